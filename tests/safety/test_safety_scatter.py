"""Monte-Carlo landings: one seed one result, and the shape that the physics asks for."""

from dataclasses import replace

import numpy as np
import pytest
from safety_plans import cue, fireworks, quiet
from shapely import union_all
from shapely.geometry import Point
from showeditor.model.plan import Plan
from showeditor.model.venue import Venue, Wind
from showeditor.safety.scatter import LEVELS, Spread, scatter

STILL = Spread(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


def windy(speed: float, from_deg: float = 270.0) -> Plan:
    plan = replace(quiet(), **fireworks(*(cue(f"c{k}", address=("main", k, 1)) for k in range(20))))
    return replace(plan, venue=Venue(zones=plan.venue.zones, wind=Wind(speed, from_deg)))


def mean(density: object) -> tuple[float, float]:
    rows, columns = np.nonzero(density.counts)
    weight = density.counts[rows, columns]
    x, y = density.origin_m
    return (
        x + (float((columns * weight).sum() / weight.sum()) + 0.5) * density.cell_m,
        y + (float((rows * weight).sum() / weight.sum()) + 0.5) * density.cell_m,
    )


@pytest.mark.parametrize("workers", [2, 5])
def test_the_number_of_workers_changes_nothing(workers: int) -> None:
    one = scatter(windy(5.0), seed=7, trials=70, workers=1)
    many = scatter(windy(5.0), seed=7, trials=70, workers=workers)
    np.testing.assert_array_equal(one.duds.counts, many.duds.counts)
    np.testing.assert_array_equal(one.drones.counts, many.drones.counts)
    other = scatter(windy(5.0), seed=8, trials=70)
    assert (one.duds.counts != other.duds.counts).any()


def test_nothing_is_lost() -> None:
    found = scatter(windy(5.0), seed=1, trials=40)
    assert found.duds.counts.sum() == 40 * 20
    assert found.debris.counts.sum() == 40 * 20
    assert found.drones.counts.sum() == 40 * 2


def test_without_spread_all_duds_fall_where_the_table_says() -> None:
    """75 mm, vertical, 10 m/s: 52 m down the wind (safety-and-physics 2.5)."""
    found = scatter(windy(10.0), seed=1, trials=3, spread=STILL, cell_m=2.0)
    assert (found.duds.counts > 0).sum() == 1
    x, y = mean(found.duds)
    assert x - 400.0 == pytest.approx(52.0, abs=6.0)
    assert y == pytest.approx(0.0, abs=2.0)


def test_paper_drifts_as_far_as_the_wind_carries_it_while_it_sinks() -> None:
    """From 108 m at 3 to 8 m/s in a wind of 10 m/s: 135 to 360 m."""
    found = scatter(windy(10.0), seed=1, trials=30, spread=STILL)
    _, columns = np.nonzero(found.debris.counts)
    east = found.debris.origin_m[0] + 5.0 * columns - 400.0
    assert east.min() == pytest.approx(135.0, abs=12.0)
    assert east.max() == pytest.approx(360.0, abs=12.0)


def test_scatter_grows_with_the_tube_error() -> None:
    def width(tube: float) -> float:
        found = scatter(windy(0.0), seed=3, trials=60, spread=replace(STILL, tube_deg=tube))
        return union_all(found.duds.contour(0.95)).area

    assert width(1.0) < width(2.0) < width(4.0)


def test_contours_lie_in_one_another_and_hold_their_share() -> None:
    found = scatter(windy(6.0), seed=5, trials=150)
    areas = [union_all(found.duds.contour(share)) for share in LEVELS]
    assert areas[0].within(areas[1])
    assert areas[1].within(areas[2])
    rows, columns = np.nonzero(found.duds.counts)
    x, y = found.duds.origin_m
    total = found.duds.counts.sum()
    for share, area in zip(LEVELS, areas, strict=True):
        held = sum(
            int(found.duds.counts[r, c])
            for r, c in zip(rows, columns, strict=True)
            if area.contains(Point(x + 5 * c + 2.5, y + 5 * r + 2.5))
        )
        assert held >= share * total


def test_a_share_of_duds_is_that_share() -> None:
    found = scatter(windy(0.0), seed=2, trials=200, spread=Spread(dud_share=0.1))
    assert found.duds.counts.sum() == pytest.approx(400, abs=60)


def test_it_can_be_cancelled_and_tells_its_progress() -> None:
    class Cancelled(Exception):
        pass

    shares: list[float] = []

    def stop(share: float) -> None:
        shares.append(share)
        if share > 0.3:
            raise Cancelled

    with pytest.raises(Cancelled):
        scatter(windy(3.0), seed=1, trials=160, progress=stop)
    assert shares == sorted(shares)
    assert shares[-1] < 0.6


def test_a_plan_with_nothing_has_empty_densities() -> None:
    found = scatter(Plan("nothing", 1), seed=1, trials=2)
    assert found.duds.contour(0.95) == ()
    assert found.drones.counts.sum() == 0


@pytest.mark.parametrize("wrong", [{"tube_deg": -1.0}, {"dud_share": 1.5}, {"gps_m": float("nan")}])
def test_spreads_out_of_range_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"must|not"):
        Spread(**wrong)
