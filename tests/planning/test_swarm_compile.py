"""A whole flight: limits, distances and continuity by brute force; problems; healing; determinism."""

import math
from collections.abc import Callable
from itertools import pairwise

import msgspec
import numpy as np
import pytest
from showeditor.kernels.bernstein import states
from showeditor.model.arrays import Floats
from showeditor.model.fingerprint import fingerprint
from showeditor.model.limits import Limits
from showeditor.model.music import AtTime
from showeditor.model.plan import Drones
from showeditor.model.points import Points
from showeditor.model.show import Show
from showeditor.model.swarm import Fleet, Flight, Formation, Grid, LightKey, Placement, Scene, Stitch
from showeditor.planning import remembered, transition
from showeditor.planning.placing import world_places
from showeditor.planning.swarm import Swarm, compile_swarm

S = 1_000_000


def ring(n: int, step: float) -> Points:
    radius = step / (2.0 * math.sin(math.pi / n))
    turn = np.arange(n) / n * 2.0 * math.pi
    return Points(np.stack([radius * np.cos(turn), 0.0 * turn, radius * np.sin(turn)], axis=1))


def wall(n: int, columns: int, step: float) -> Points:
    k = np.arange(n)
    return Points(np.stack([k % columns * step, 0.0 * k, k // columns * step], axis=1))


def scene(name: str, formation: str, arrive_s: float, hold_s: float, z: float, **more: object) -> Scene:
    place = Placement((0.0, 60.0, z), heading_deg=20.0, lean_deg=5.0)
    return msgspec.structs.replace(
        Scene(name, formation, AtTime(round(arrive_s * S)), round(hold_s * S), place), **more
    )


def a_show(n: int = 60, pad_m: float = 3.0, model: str = "rtk-dense", gap: float = 1.5) -> Show:
    formations = (
        Formation("ring", "ring", ring(n, 1.5 * gap), path=tuple((np.arange(n) / n).tolist())),
        Formation("small", "small", ring(n // 2, 1.6 * gap), colours=((255, 100, 0),) * (n // 2)),
        Formation("wall", "wall", wall(n, 10, 1.55 * gap)),
    )
    scenes = (
        scene("s1", "ring", 120, 15, 60, lights=(LightKey(0, (255, 255, 255)),), stitch=Stitch(0, 8 * S)),
        scene("s2", "small", 185, 10, 50, lights=(LightKey(0, (255, 255, 255), own=True),)),
        scene("s3", "wall", 250, 10, 40),
    )
    fleet = Fleet("A", model, n, Grid((-10.0, -20.0, 0.0), 10, pad_m, heading_deg=10.0))
    return Show(
        "swarm", 400 * S, fleets=(fleet,), formations=formations, flights=(Flight("f", "A", AtTime(2 * S), scenes),)
    )


def edited(show: Show, index: int, **changes: object) -> Show:
    flight = show.flights[0]
    scenes = list(flight.scenes)
    scenes[index] = msgspec.structs.replace(scenes[index], **changes)
    return msgspec.structs.replace(show, flights=(msgspec.structs.replace(flight, scenes=tuple(scenes)),))


def at(drones: Drones, t_us: int) -> tuple[Floats, Floats, Floats]:
    return states(
        drones.piece_start, drones.piece_t0_us, drones.piece_t1_us, drones.ctrl_start, drones.ctrl, drones.home_m, t_us
    )


def codes(swarm: Swarm) -> list[str]:
    return [finding.code for finding in swarm.problems]


@pytest.mark.parametrize(
    ("pad_m", "model", "gap"),
    [(3.0, "rtk-dense", 1.5), (1.0, "rtk-dense", 1.5), (3.0, "skybrush-default", 3.0), (2.0, "skybrush-default", 3.0)],
)
def test_every_moment_keeps_speed_acceleration_and_distance(pad_m: float, model: str, gap: float) -> None:
    swarm = compile_swarm(a_show(40, pad_m, model, gap))
    limits, drones = swarm.limits, swarm.drones
    assert codes(swarm) == []
    assert all(leg.gap_m >= limits.min_gap_m - 1e-9 for leg in swarm.legs)
    assert [leg.proven for leg in swarm.legs] == [True] * 4
    nearest = math.inf
    for t in range(0, int(drones.piece_t1_us.max()) + S, 100_000):
        place, speed, accel = at(drones, t)
        assert np.hypot(speed[:, 0], speed[:, 1]).max() <= limits.max_speed_xy_mps
        assert speed[:, 2].max() <= limits.max_speed_up_mps
        assert -speed[:, 2].min() <= limits.max_speed_down_mps
        assert np.linalg.norm(accel, axis=1).max() <= limits.max_accel_mps2
        air = place[(drones.off_us < t) & (t < drones.on_us)]
        if len(air) > 1:
            nearest = min(
                nearest, float((np.linalg.norm(air[:, None] - air[None], axis=2) + np.eye(len(air)) * 1e9).min())
            )
        low = place[:, 2] < limits.min_nav_altitude_m
        assert np.hypot(speed[low, 0], speed[low, 1]).max(initial=0.0) < 1e-9
    assert nearest >= gap - 1e-9


def test_pieces_join_in_time_place_speed_and_acceleration() -> None:
    drones = compile_swarm(a_show()).drones
    for i in range(len(drones)):
        first, last = int(drones.piece_start[i]), int(drones.piece_start[i + 1])
        ends: list[tuple[Floats, Floats]] = []
        for p in range(first, last):
            c = drones.ctrl[drones.ctrl_start[p] : drones.ctrl_start[p + 1]]
            span = float(drones.piece_t1_us[p] - drones.piece_t0_us[p]) * 1e-6
            assert span > 0
            c1 = np.diff(c, axis=0) * (len(c) - 1) / span if len(c) > 1 else np.zeros((1, 3))
            c2 = np.diff(c1, axis=0) * (len(c1) - 1) / span if len(c1) > 1 else np.zeros((1, 3))
            ends.append((np.array([c[0], c1[0], c2[0]]), np.array([c[-1], c1[-1], c2[-1]])))
        assert drones.piece_t0_us[first + 1 : last].tolist() == drones.piece_t1_us[first : last - 1].tolist()
        for before, after in pairwise(ends):
            assert after[0] == pytest.approx(before[1], abs=1e-9)
        assert ends[0][0][0] == pytest.approx(drones.home_m[i])


def test_scenes_stand_where_and_when_they_are_asked_for() -> None:
    show = a_show()
    swarm = compile_swarm(show)
    for one in show.flights[0].scenes:
        formation = next(f for f in show.formations if f.id == one.formation)
        want = world_places(formation.points.metres, one.place)
        assert isinstance(one.arrive, AtTime)
        for t in (one.arrive.t_us, one.arrive.t_us + one.hold_us):
            place, speed, _ = at(swarm.drones, t)
            apart = np.linalg.norm(place[:, None] - want[None], axis=2).min(axis=0)
            assert apart.max() < 1e-9
            assert np.abs(speed).max() < 1e-9


def test_all_drones_come_home_to_pads_of_their_own() -> None:
    swarm = compile_swarm(a_show())
    place, _, _ = at(swarm.drones, 10**12)
    pads = swarm.drones.home_m
    taken = np.linalg.norm(place[:, None] - pads[None], axis=2).argmin(axis=1)
    assert sorted(taken.tolist()) == list(range(len(pads)))
    assert np.linalg.norm(place - pads[taken], axis=1).max() < 1e-9


def test_a_placement_turns_leans_and_scales() -> None:
    place = Placement((1.0, 2.0, 3.0), heading_deg=90.0, lean_deg=90.0, scale=2.0)
    found = world_places(np.array([[1.0, 0, 0], [0, 1.0, 0], [0, 0, 1.0]]), place)
    # heading east: right is south, away is east; leaning flat back, up becomes away and away becomes down
    assert found == pytest.approx(np.array([[1.0, 0, 3], [1, 2, 1], [3, 2, 3]]))


def test_an_edit_heals_to_exactly_what_a_fresh_compile_gives() -> None:
    show = a_show()
    remembered.forget()
    first = compile_swarm(show)
    for changes in (
        {"place": Placement((5.0, 62.0, 55.0), heading_deg=-15.0)},
        {"arrive": AtTime(190 * S)},
        {"formation": "wall"},
        {"lights": (LightKey(-2 * S, (1, 2, 3)), LightKey(S, (9, 9, 9), fade=True))},
    ):
        after = edited(show, 1, **changes)
        healed = compile_swarm(after, first)
        remembered.forget()
        fresh = compile_swarm(after)
        assert fingerprint(healed.drones) == fingerprint(fresh.drones)
        assert fingerprint(healed.drones) != fingerprint(first.drones)
        compile_swarm(show)


def test_an_unchanged_swarm_is_the_same_object() -> None:
    show = a_show()
    swarm = compile_swarm(show)
    assert compile_swarm(msgspec.structs.replace(show, title="another"), swarm) is swarm


def test_only_ways_next_to_an_edit_are_planned_again(monkeypatch: pytest.MonkeyPatch) -> None:
    show = a_show()
    remembered.forget()
    compile_swarm(show)
    planned: list[int] = []
    plan: Callable[..., object] = transition.plan_transition

    def counting(a: Floats, b: Floats, limits: Limits, **known: object) -> object:
        planned.append(1)
        return plan(a, b, limits, **known)

    monkeypatch.setattr(remembered, "plan_transition", counting)
    compile_swarm(edited(show, 0, lights=()))
    assert planned == []
    compile_swarm(edited(show, 2, place=Placement((0.0, 60.0, 45.0))))
    # the way there, and the way home
    assert 1 <= len(planned) <= 2


def test_a_scene_after_too_little_time_arrives_late_and_says_the_shortest_time() -> None:
    show = edited(a_show(), 1, arrive=AtTime(136 * S))
    swarm = compile_swarm(show)
    found = next(f for f in swarm.problems if f.code == "PLAN-TIME")
    assert found.severity == "block"
    assert found.measured == pytest.approx(1.0)
    assert found.limit is not None
    assert f"{found.limit:.2f} s" in found.message
    assert "最短安全时间" in found.message_zh
    enough = compile_swarm(edited(a_show(), 1, arrive=AtTime(135 * S + math.ceil(found.limit * S))))
    assert codes(enough) == []
    for t in range(130 * S, 170 * S, S // 5):
        _, speed, _ = at(swarm.drones, t)
        assert np.hypot(speed[:, 0], speed[:, 1]).max() <= swarm.limits.max_speed_xy_mps


def test_overlapping_scenes_are_named_with_the_earliest_moment() -> None:
    swarm = compile_swarm(edited(a_show(), 1, arrive=AtTime(125 * S)))
    assert codes(swarm) == ["PLAN-OVERLAP"]
    assert swarm.problems[0].ids == ("s1", "s2")


def test_a_formation_larger_than_the_fleet_is_named() -> None:
    show = a_show()
    fleet = msgspec.structs.replace(show.fleets[0], count=50)
    swarm = compile_swarm(msgspec.structs.replace(show, fleets=(fleet,)))
    assert codes(swarm) == ["PLAN-FLEET-SIZE", "PLAN-FLEET-SIZE"]
    assert swarm.problems[0].message == "formation 'ring' needs 60 places, fleet 'A' has 50 drones"
    assert "60 个位置" in swarm.problems[0].message_zh


def test_missing_things_are_findings() -> None:
    show = a_show()
    assert codes(compile_swarm(edited(show, 1, formation="nowhere"))) == ["PLAN-FORMATION"]
    flight = msgspec.structs.replace(show.flights[0], fleet="Z")
    lost = compile_swarm(msgspec.structs.replace(show, flights=(flight,)))
    assert codes(lost) == ["PLAN-FLEET"]
    assert len(lost.drones) == 60
    fleet = msgspec.structs.replace(show.fleets[0], model="paper-plane")
    strange = compile_swarm(msgspec.structs.replace(show, fleets=(fleet,)))
    assert "PLAN-DRONE-MODEL" in codes(strange)


def test_a_formation_that_is_too_dense_is_named_with_the_factor() -> None:
    swarm = compile_swarm(edited(a_show(), 2, place=Placement((0.0, 60.0, 40.0), scale=0.5)))
    assert codes(swarm) == ["PLAN-SPACING"]
    assert "'wall'" in swarm.problems[0].message
    assert swarm.problems[0].measured == pytest.approx(1.1625, abs=1e-3)


def test_a_show_without_drones_and_a_fleet_without_a_flight() -> None:
    assert len(compile_swarm(Show("empty", S)).drones) == 0
    resting = compile_swarm(msgspec.structs.replace(a_show(), flights=()))
    assert len(resting.drones) == 60
    assert at(resting.drones, 5 * S)[0] == pytest.approx(resting.drones.home_m)


def test_one_drone_flies() -> None:
    formation = Formation("dot", "dot", Points([[0.0, 0.0, 0.0]]))
    fleet = Fleet("A", "rtk-dense", 1, Grid((0.0, 0.0, 0.0), 1, 3.0))
    flight = Flight("f", "A", AtTime(0), (scene("s", "dot", 60, 5, 50),))
    swarm = compile_swarm(Show("one", 200 * S, fleets=(fleet,), formations=(formation,), flights=(flight,)))
    assert codes(swarm) == []
    assert at(swarm.drones, 60 * S)[0] == pytest.approx(np.array([[0.0, 60.0, 50.0]]))


def test_a_declared_park_is_where_spare_drones_hover_dark() -> None:
    show = a_show()
    fleet = msgspec.structs.replace(show.fleets[0], park=Grid((-60.0, 40.0, 30.0), 6, 3.0))
    swarm = compile_swarm(msgspec.structs.replace(show, fleets=(fleet,)))
    place, _, _ = at(swarm.drones, 190 * S)
    parked = place[np.abs(place[:, 2] - 30.0) < 1e-9]
    assert len(parked) == 30
    assert parked[:, 0].min() == pytest.approx(-60.0)


def test_two_flights_of_one_fleet_follow_each_other() -> None:
    show = a_show(30)
    second = Flight("g", "A", AtTime(400 * S), (scene("s4", "wall", 500, 5, 40),))
    swarm = compile_swarm(msgspec.structs.replace(show, flights=(*show.flights, second)))
    assert codes(swarm) == []
    want = world_places(show.formations[2].points.metres, second.scenes[0].place)
    place, _, _ = at(swarm.drones, 502 * S)
    assert np.linalg.norm(place[:, None] - want[None], axis=2).min(axis=0).max() < 1e-9
    early = Flight("g", "A", AtTime(200 * S), second.scenes)
    assert codes(compile_swarm(msgspec.structs.replace(show, flights=(*show.flights, early)))) == ["PLAN-TAKEOFF"]


def test_the_limits_are_the_models_tightened_by_the_show() -> None:
    swarm = compile_swarm(a_show())
    assert (swarm.limits.min_gap_m, swarm.limits_source) == (1.5, "drone model rtk-dense")
    tight = compile_swarm(msgspec.structs.replace(a_show(), limits=Limits(min_gap_m=2.0)))
    assert tight.limits.min_gap_m == 2.0
    assert tight.limits_source == "drone model rtk-dense, tightened by the show"
    assert tight.limits.max_speed_up_mps == 2.0
