import itertools

import numpy as np
import pytest
from exporters.pieces import Pieces, on_milliseconds
from exporters.skyb import SKYB
from exporters.skyb.merging import ACCEL_MPS2, PATH_M, felt, merged
from exporters.skyb.trajectory import segment
from exporters.skyc import SKYC
from showeditor.export.assembly import Path, drones_of
from showeditor.export.curves import raised
from showeditor.export.paths import farthest
from showeditor.kernels.bernstein import states
from showeditor.model.plan import Plan


def flown(pieces, name="D"):
    path = Path(name, tuple(pieces.ctrl[0][0]), start_us=pieces.t0_ms[0] * 1000)
    for t1, ctrl in zip(pieces.t1_ms, pieces.ctrl, strict=True):
        path.add(t1 * 1000, ctrl)
    return drones_of([path])


@pytest.fixture
def far_plan():
    """Brisk flights 90 m out, where a step is 4 mm."""
    paths = []
    for k in range(3):
        here = np.array([90.0, 4.0 * k, 10.0])
        path = Path(f"D{k}", tuple(here), start_us=2_000_000 + 250 * k)
        t = path.start_us
        for seconds, step in (
            (3, (9.0, 2.0, 4.0)),
            (4, (-3.0, 14.0, 6.0)),
            (2, (0.0, 0.0, 3.0)),
            (6, (20.0, 1.0, -9.0)),
        ):
            t += seconds * 1_000_000
            path.add(t, np.array([here] * 4 + [here + np.array(step)] * 4))
            here = here + np.array(step)
        paths.append(path)
    return Plan("far", 20_000_000, drones=drones_of(paths))


def accelerations(d):
    return np.array(
        [
            states(d.piece_start, d.piece_t0_us, d.piece_t1_us, d.ctrl_start, d.ctrl, d.home_m, t)[2]
            for t in range(2_000_000, 17_000_000, 10_007)
        ]
    )


def test_long_pieces_are_given_back_as_they_are(drone_plan):
    for pieces in on_milliseconds(drone_plan.drones):
        assert merged(pieces, 1) is pieces


def test_short_pieces_of_a_skyc_do_not_become_false_accelerations(far_plan):
    plan = far_plan
    read = SKYC.read(SKYC.write(plan), "x")
    back = SKYB.read(SKYB.write(read), "x")
    assert len(back.drones.piece_t0_us) * 3 < len(read.drones.piece_t0_us)
    worst = np.abs(accelerations(back.drones) - accelerations(plan.drones)).max()
    assert worst < 0.3
    pairs = [(i, i) for i in range(3)]
    assert farthest(read.drones, back.drones, pairs, SKYB.resolution(read).path_m).distance_m <= 0.010


def test_joined_pieces_stay_within_both_bounds(far_plan):
    read = SKYC.read(SKYC.write(far_plan), "x").drones
    for pieces in on_milliseconds(read):
        joined = merged(pieces, 4)
        assert len(joined.ctrl) < len(pieces.ctrl)
        assert (joined.t0_ms[0], joined.t1_ms[-1]) == (pieces.t0_ms[0], pieces.t1_ms[-1])
        assert joined.t0_ms[1:] == joined.t1_ms[:-1]
        a, b = flown(pieces), flown(joined)
        assert farthest(a, b, [(0, 0)], 1.0).distance_m < 0.1
        assert farthest(a, b, [(0, 0)], PATH_M + 1e-9).distance_m <= PATH_M + 1e-9
        # at a knot the pieces' own acceleration jumps a little, so the difference may pass the bound by that jump
        assert np.abs(accelerations(a) - accelerations(b)).max() <= ACCEL_MPS2 + 0.1


def test_a_corner_is_not_rounded():
    points = [np.array([[0.0, 0, 0], [0.3, 0, 0]]), np.array([[0.3, 0, 0], [0.35, 0, 0], [0.3, 0.3, 0]])]
    pieces = Pieces((0, 100), (100, 200), tuple(points))
    assert felt(100, points[1], 1)
    assert len(merged(pieces, 1).ctrl) == 2


def test_cubic_control_values_beyond_16_bits_stay_at_degree_7():
    cubic = np.array([[0.0], [40.0], [-40.0], [0.0]]) @ np.array([[1.0, 0.0, 0.0]])
    seven = raised(cubic, 7)
    assert np.abs(seven).max() < 32.7
    data, _ = segment(5000, seven, (0, 0, 0), 1)
    assert data[0] & 3 == 3
    assert segment(5000, seven, (0, 0, 0), 2)[0][0] & 3 == 2


@pytest.mark.parametrize("span_ms", [77, 251, 1000])
def test_runs_longer_than_a_segment_may_be_are_not_joined(span_ms):
    n = 200_000 // span_ms
    x = np.arange(n + 1) * span_ms * 1e-3
    ctrl = tuple(
        np.array([[a + (b - a) * k / 3, np.sin((a + (b - a) * k / 3) / 9), 0] for k in range(4)])
        for a, b in itertools.pairwise(x)
    )
    pieces = Pieces(tuple(range(0, n * span_ms, span_ms)), tuple(range(span_ms, n * span_ms + 1, span_ms)), ctrl)
    joined = merged(pieces, 7)
    assert max(b - a for a, b in zip(joined.t0_ms, joined.t1_ms, strict=True)) <= 65_000
