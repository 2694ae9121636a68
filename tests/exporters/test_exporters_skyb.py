import struct
import warnings
import zlib
from dataclasses import replace

import numpy as np
import pytest
from exporters.pieces import Pieces, on_milliseconds
from exporters.skyb import SKYB
from exporters.skyb.blocks import Block, packed, unpacked
from exporters.skyb.trajectory import decode, encode, scale_of, segment
from hypothesis import given, settings
from hypothesis import strategies as st
from showeditor.export.assembly import Path, drones_of
from showeditor.kernels.bernstein import states
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.plan import Plan

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from cflib.crazyflie.mem.trajectory_memory import CompressedSegment, CompressedStart

metres = st.floats(-32.0, 32.0, allow_nan=False)


@given(
    st.lists(
        st.tuples(st.integers(1, 65_000), st.sampled_from([1, 2, 3, 7]), st.integers(0, 2**32 - 1)),
        min_size=1,
        max_size=6,
    ),
    st.tuples(metres, metres, metres),
)
@settings(max_examples=150, deadline=4000)
def test_segments_are_those_of_cflib_byte_for_byte(parts, start):
    here = np.array(start)
    t, t0, t1, ctrl = 0, [], [], []
    expected = bytes(CompressedStart(*start, 0.0).pack())
    last = tuple(int(v * 1000) for v in start)
    for duration, degree, seed in parts:
        points = np.vstack([here, np.random.default_rng(seed).uniform(-32, 32, (degree, 3))])
        data, last_of_piece = segment(duration, points, last, 1)
        kinds = [data[0] >> (2 * axis) & 3 for axis in range(3)]
        if degree != 2:  # a raised quadratic may differ in the last bit before it is cut
            elements = [list(points[-1:, k]) if kind == 1 else list(points[1:, k]) for k, kind in enumerate(kinds)]
            elements = [e if kind else [] for e, kind in zip(elements, kinds, strict=True)]
            element = CompressedSegment(duration / 1000 + 1e-9, *elements, [])
            assert data == bytes(element.pack())
        t0.append(t)
        t += duration
        t1.append(t)
        ctrl.append(points)
        expected += data
        last, here = last_of_piece, points[-1]
    body = encode(Pieces(tuple(t0), tuple(t1), tuple(ctrl)), np.array(start), 1)
    assert body[0] == 1
    assert body[1:] == expected


def test_axes_that_rest_or_run_straight_take_less_room():
    points = np.array([(0.0, 5.0, 2.0)] * 4 + [(8.0, 5.0, 2.0)] * 4)
    points[:, 2] = np.linspace(2.0, 6.0, 8)
    data, last = segment(4000, points, (0, 5000, 2000), 1)
    assert data[0] == 3 | 0 << 2 | 1 << 4
    assert len(data) == 3 + 14 + 0 + 2
    assert last == (8000, 5000, 6000)
    element = CompressedSegment(4.0, [0.0, 0.0, 0.0, 8.0, 8.0, 8.0, 8.0], [], [6.0], [])
    assert data == bytes(element.pack())


def test_scale_rule():
    assert scale_of(np.array([[32.766, 0, 0]])) == 1
    assert scale_of(np.array([[0, -32.767, 0]])) == 2  # 32.767 * 1000 lies just above 32767
    assert scale_of(np.array([[200.0, 0, 0]])) == 7
    assert scale_of(np.array([[4161.0, 0, 0]])) == 127
    assert scale_of(np.array([[4200.0, 0, 0]])) == 129


def farthest_apart(a, b, until, step=31_337):
    worst = 0.0
    for t in range(0, until, step):
        first, second = (
            states(d.piece_start, d.piece_t0_us, d.piece_t1_us, d.ctrl_start, d.ctrl, d.home_m, t)[0] for d in (a, b)
        )
        worst = max(worst, float(np.linalg.norm(first - second, axis=1).max()))
    return worst


def test_round_trip(drone_plan, sealed_off):
    files = SKYB.write(drone_plan)
    assert sorted(files) == [f"D{k:03d}.skyb" for k in range(5)]
    assert files == SKYB.write(drone_plan)
    back = SKYB.read(files, "set")
    assert back.drones.name == drone_plan.drones.name
    assert back.title == drone_plan.title
    assert farthest_apart(drone_plan.drones, back.drones, 66_000_000) < 0.010
    assert np.abs(back.drones.off_us - drone_plan.drones.off_us).max() <= 1000
    assert np.abs(back.drones.on_us - drone_plan.drones.on_us).max() <= 1000
    assert not back.problems


def test_every_file_is_version_2_with_its_checksum(drone_plan):
    for data in SKYB.write(drone_plan).values():
        assert data[:6] == b"skyb\x02\x01"
        stated = struct.unpack_from("<I", data, 6)[0]
        assert stated == zlib.crc32(data[:6] + bytes(4) + data[10:], 0xFFFFFFFF) ^ 0xFFFFFFFF


def test_checksum_against_a_bitwise_definition():
    def slow(data):
        crc = 0
        for byte in data:
            crc ^= byte
            for _ in range(8):
                crc = crc >> 1 ^ (0xEDB88320 if crc & 1 else 0)
        return crc

    data = packed([(Block.COMMENT, b"abc")])
    assert struct.unpack_from("<I", data, 6)[0] == slow(data[:6] + bytes(4) + data[10:])


def test_any_changed_byte_is_noticed(drone_plan):
    data = SKYB.write(drone_plan)["D001.skyb"]
    for at in range(4, len(data)):
        wrong = bytearray(data)
        wrong[at] ^= 0x10
        if at in (4, 5):  # the version and feature bits: other versions have no checksum to notice with
            continue
        with pytest.raises(BadFile, match="D001"):
            SKYB.read({"D001.skyb": bytes(wrong)}, "x")


def test_torn_files_are_noticed_even_without_a_checksum():
    body = packed([(Block.TRAJECTORY, struct.pack("<B4hBHh", 1, 0, 0, 0, 0, 1, 1000, 500))])
    plain = b"skyb\x01" + body[10:]
    assert SKYB.read({"a.skyb": plain}, "a").drones.ctrl.tolist() == [[0.0, 0.0, 0.0], [0.5, 0.0, 0.0]]
    assert SKYB.read({"a.skyb": b"skyb\x02\x00" + body[10:]}, "a").drones.name == ("a",)
    for end in range(len(plain)):
        with pytest.raises(BadFile):
            SKYB.read({"a.skyb": plain[:end]}, "a")


def test_the_first_block_of_a_type_counts_and_others_are_told():
    moves = struct.pack("<B4hBHh", 1, 0, 0, 0, 0, 1, 1000, 500)
    other = struct.pack("<B4hBHh", 1, 0, 0, 0, 0, 1, 1000, 900)
    data = packed([(Block.TRAJECTORY, moves), (Block.TRAJECTORY, other), (Block.EVENTS, bytes(10))])
    plan = SKYB.read({"a.skyb": data}, "a")
    assert plan.drones.ctrl[1, 0] == 0.5
    assert [f.code for f in plan.problems] == ["FORMAT-LEFT-OUT"]
    assert set(unpacked(data)) == {1, 6}


def test_a_late_drone_first_stands_still(drone_plan):
    path = Path("late", (0.0, 0.0, 0.0))
    decode(unpacked(SKYB.write(drone_plan)["D000.skyb"])[Block.TRAJECTORY], path)
    assert path.ends_us[0] == 2_000_000
    assert len(path.ctrl[0]) == 1


def test_long_pieces_are_split_at_65_seconds():
    path = Path("slow", (0.0, 0.0, 0.0))
    path.add(200_000_000, np.array([[0.0, 0, 0]] * 4 + [[30.0, 20, 10]] * 4))
    plan = Plan("t", 200_000_000, drones=drones_of([path]))
    files = SKYB.write(plan)
    back = SKYB.read(files, "x")
    assert (back.drones.piece_t1_us - back.drones.piece_t0_us).max() <= 65_000_000
    assert farthest_apart(plan.drones, back.drones, 200_000_000, 777_777) < 0.004


def test_knots_between_milliseconds_do_not_shift_the_path():
    path = Path("odd", (0.0, 0.0, 0.0), start_us=333)
    here = np.zeros(3)
    for k in range(40):  # 8 m/s across: half a millisecond late would be 4 mm
        there = here + np.array([8.0, 0.0, 0.0])
        path.add(333 + 1_000_000 * (k + 1) + 77 * k, np.array([here, there]))
        here = there
    plan = Plan("t", 50_000_000, drones=drones_of([path]))
    back = SKYB.read(SKYB.write(plan), "x")
    step = scale_of(plan.drones.ctrl) / 1000
    assert farthest_apart(plan.drones, back.drones, 41_000_000) <= 2 * step
    times = on_milliseconds(plan.drones)[0]
    assert list(times.t0_ms[1:]) == list(times.t1_ms[:-1])


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda p: replace(p, drones=replace(p.drones, name=("a/b", "b", "c", "d", "e"))), "'a/b'"),
        (lambda p: replace(p, drones=replace(p.drones, name=("x", "X", "c", "d", "e"))), "'X'"),
        (lambda p: replace(p, drones=replace(p.drones, ctrl=p.drones.ctrl * 300)), "4,161 m"),
    ],
)
def test_what_does_not_fit_is_named(change, word, drone_plan):
    with pytest.raises(Unfit, match=word):
        SKYB.write(change(drone_plan))


def test_a_block_too_large_is_refused_with_its_size():
    path = Path("busy", (0.0, 0.0, 0.0))
    for k in range(5000):
        path.add((k + 1) * 100_000, np.random.default_rng(k).uniform(-9, 9, (8, 3)))
    with pytest.raises(Unfit, match=r"busy.*225009 bytes; 65535"):
        SKYB.write(Plan("t", 1, drones=drones_of([path])))


@given(st.binary(max_size=200))
@settings(max_examples=300, deadline=2000)
def test_any_bytes_are_a_plan_or_a_bad_file(data):
    for head in (b"", b"skyb\x01", b"skyb\x02\x00", b"skyb\x01\x01" + struct.pack("<H", len(data))):
        try:
            plan = SKYB.read({"x.skyb": head + data}, "x")
        except BadFile:
            continue
        assert len(plan.drones) == 1
        assert np.isfinite(plan.drones.ctrl).all()
