import json
import struct
import time
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from exporters.drotek import DROTEK, hull
from exporters.drotek.dance import decoded, encoded, ned_of, venue_of
from hypothesis import given, settings
from hypothesis import strategies as st
from showeditor.export.assembly import Key, Path, drones_of
from showeditor.kernels.bernstein import states
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.limits import Limits
from showeditor.model.plan import Plan
from showeditor.safety.check import check


def place(plan, t_us):
    d = plan.drones
    return states(d.piece_start, d.piece_t0_us, d.piece_t1_us, d.ctrl_start, d.ctrl, d.home_m, t_us)[0]


def climb(x=4.0, seconds=30):
    path = Path("A", (x, 7.0, 0.0))
    path.add(seconds * 1_000_000, np.array([[x, 7, 0]] * 4 + [[x + 1, 9, 20]] * 4))
    path.keys = [Key(0, (9, 0, 0, 0)), Key(10_000_000, (0, 200, 0, 0)), Key(12_000_000, (0, 0, 0, 0), True)]
    return Plan("x", seconds * 1_000_000, drones=drones_of([path]))


def dance_of(plan):
    ((_, data),) = DROTEK.write(plan).items()
    return bytes(json.loads(data)["show"]["families"][0]["drones"][0]["dance"])


def taken_apart(dance):
    """A dance read with struct alone, as the loader's own layout is written down."""
    magic, size, count, scale, land = struct.unpack_from(">HIBBB", dance)
    sections = {}
    for k in range(count):
        kind, first, last = struct.unpack_from(">BII", dance, 9 + 9 * k)
        sections[kind] = dance[first : last + 1]
    return magic, size, scale, land, sections


def test_bytes_of_a_dance_and_an_asymmetric_figure():
    """4 m east and 7 m north becomes x (north) 700, y (east) 400; up is negative z."""
    dance = dance_of(climb())
    magic, size, scale, land, sections = taken_apart(dance)
    assert (magic, size, scale, land) == (0xAA77, len(dance), 1, 0)
    moves = list(struct.iter_unpack(">H3h", sections[0]))
    assert moves[0] == (0, 700, 400, 0)
    assert moves[1][0] == 6
    assert moves[-1] == (720, 900, 500, -2000)
    lights = list(struct.iter_unpack(">H4B", sections[1]))
    assert lights[0] == (0, 9, 0, 0, 0)
    assert lights[1] == (240, 0, 200, 0, 0)
    assert lights[-1] == (288, 0, 0, 0, 0)
    assert all(b[0] - a[0] == 6 for a, b in pairwise(lights[1:]))


def test_the_exchange_of_axes_keeps_the_hand_and_undoes_itself():
    axes = np.eye(3)
    assert np.linalg.det(ned_of(axes)) == pytest.approx(1.0)
    assert venue_of(ned_of(axes)).tolist() == axes.tolist()


def test_the_show_around_the_dances(drone_plan):
    ((name, data),) = DROTEK.write(drone_plan).items()
    assert name == "云起河湾.json"
    show = json.loads(data)["show"]
    assert len(show["families"]) == show["nb_x"] * show["nb_y"] == 5
    assert (show["families"][1]["x"], show["families"][1]["y"], show["families"][1]["z"]) == (700, 400, 0)
    assert show["altitude_range"] == [-2000, 0]
    assert show["step_x"] == 800  # D000 and D002
    assert [-500, 2800] in show["hull"]  # the last drone's landing place: north -5, east 28
    assert json.loads(data)["physic_parameters"]["minimum_distance"] == 2.5


def test_limits_and_names_come_back(drone_plan):
    back = DROTEK.read(DROTEK.write(drone_plan), "x.json")
    assert back.drones.name == drone_plan.drones.name
    assert back.limits == replace_limits(drone_plan.limits)
    assert back.limits_source == "stated by x.json"
    plan = replace(drone_plan, drones=back.drones)
    assert not [f for f in check(plan) if f.severity == "block"]


def replace_limits(limits):
    same = Limits()
    return Limits(
        limits.min_gap_m,
        limits.max_speed_xy_mps,
        limits.max_speed_up_mps,
        limits.max_speed_down_mps,
        limits.max_accel_mps2,
        same.max_altitude_m,
        same.min_nav_altitude_m,
    )


def test_far_shows_use_a_scale():
    plan = climb(x=500.0)
    _, _, scale, _, sections = taken_apart(dance_of(plan))
    assert scale == 2
    assert struct.unpack_from(">H3h", sections[0]) == (0, 350, 25_000, 0)
    assert place(DROTEK.read(DROTEK.write(plan), "x"), 30_000_000)[0] == pytest.approx([501, 9, 20], abs=0.011)
    with pytest.raises(Unfit, match="farther"):
        DROTEK.write(climb(x=1400.0))


def test_what_does_not_fit():
    with pytest.raises(Unfit, match="longer than 2730 s"):
        DROTEK.write(climb(seconds=2800))
    with pytest.raises(Unfit, match="sharply"):
        DROTEK.write(climb(seconds=3))
    blink = Path("A", (0.0, 0.0, 0.0))
    blink.keys = [Key(42_000 * k, (k % 2 * 255, 0, 0, 0)) for k in range(15_000)]
    with pytest.raises(Unfit, match="100000"):
        DROTEK.write(Plan("x", 1, drones=drones_of([blink])))


def old(version, clock, ticks):
    """A dance of version 1 or 2: no scale byte; milliseconds in 4 bytes or frames in 2."""
    rows = [(0, 10, 20, 0), (ticks, 10, 20, -300), (2 * ticks, 10, 20, -300)]
    moves = b"".join(struct.pack(f">{clock}3h", *r) for r in rows)
    fires = struct.pack(f">{clock}2B", ticks, 1, 3)
    at = 7 + 18
    head = struct.pack(">HIB", version, at + len(moves) + len(fires), 2)
    head += struct.pack(">BII", 0, at, at + len(moves) - 1)
    head += struct.pack(">BII", 2, at + len(moves), at + len(moves) + len(fires) - 1)
    return list(head + moves + fires)


@pytest.mark.parametrize(("version", "clock", "ticks"), [(0xAA55, "I", 10_000), (0xAA66, "H", 240)])
def test_old_versions_are_read(version, clock, ticks):
    file = {"show": {"families": [{"drones": [{"dance": old(version, clock, ticks)}], "x": 10, "y": 20, "z": 0}]}}
    plan = DROTEK.read({"x.json": json.dumps(file).encode()}, "x.json")
    assert plan.drones.name == ("Drone 1",)
    assert place(plan, 5_000_000)[0] == pytest.approx([0.2, 0.1, 1.5], abs=0.006)
    assert place(plan, 30_000_000)[0].tolist() == [0.2, 0.1, 3.0]
    assert len(plan.ignitions)


def test_white_and_ramps_of_others():
    frames = np.array([0, 24, 48])
    dance = bytearray(encoded(frames, np.zeros((3, 3)), frames, np.array([[9, 0, 0]] * 3, dtype=np.uint8), 1))
    dance[-1 - 6] = 128 + 127  # the white byte of the second colour: a ramp, full white
    dance[-1] = 64
    held = decoded(bytes(dance))
    assert held.key_rgbw[:, 3].tolist() == [0, 255, 129]
    assert held.ramps.tolist() == [False, True, False]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda d: d[:6], "7 bytes"),
        (lambda d: d[:-1], "bytes were expected"),
        (lambda d: [0xAA, 0x88, *d[2:]], "AA88"),
        (lambda d: [*d[:7], 9, *d[8:]], "scale"),
        (lambda d: [*d[:6], 200, *d[7:]], "section"),
        (lambda d: [*d[:9], 7, *d[10:]], "section"),
        (lambda d: [*d[:17], d[17] - 1, *d[18:]], "rows of 8 bytes"),
        (lambda d: [256, *d[1:]], "range"),
        (lambda d: [10**30, *d[1:]], ""),
        (lambda d: [-1, *d[1:]], "range"),
        (lambda d: [], "7 bytes"),
        (lambda d: [0] * 500_000, "at most"),
    ],
)
def test_bad_dances_are_named(change, words):
    ((_, data),) = DROTEK.write(climb()).items()
    show = json.loads(data)
    drone = show["show"]["families"][0]["drones"][0]
    drone["dance"] = change(drone["dance"])
    with pytest.raises(BadFile) as caught:
        DROTEK.read({"x.json": json.dumps(show).encode()}, "x.json")
    assert words in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        b'{"show": {"families": []}}',
        b'{"show": {"families": [{"drones": []}]}}',
        b"[" * 300_000,
        b'{"show": {"families": [{"drones": [{"dance": [' + b"1" * 20_000_000 + b"]}]}]}}",
        b'{"show": {"families": [{"drones": [{"dance": [NaN]}]}]}}',
        b"",
    ],
)
def test_hostile_json(text):
    started = time.monotonic()
    with pytest.raises(BadFile):
        DROTEK.read({"x.json": text}, "x.json")
    assert time.monotonic() - started < 2


@given(st.binary(max_size=120))
@settings(max_examples=300, deadline=2000)
def test_any_bytes_are_a_dance_or_named(data):
    for magic in (b"\xaa\x55", b"\xaa\x66", b"\xaa\x77"):
        whole = magic + struct.pack(">I", len(data) + 6) + data
        try:
            dance = decoded(whole)
        except ValueError:
            continue
        assert len(dance.t_us) == len(dance.places)


def test_hull_against_brute_force():
    rng = np.random.default_rng(3)
    points = rng.integers(-9, 9, (40, 2)).astype(float)
    ring = np.array(hull(points))
    for p in points:
        edge, away = np.roll(ring, -1, axis=0) - ring, p - ring
        assert (edge[:, 0] * away[:, 1] - edge[:, 1] * away[:, 0] >= 0).all()
    assert hull(np.zeros((4, 2))) == [[0, 0]]
