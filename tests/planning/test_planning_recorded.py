"""Recorded flights: what was read is what is flown, wherever and whenever the show puts it."""

import base64
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from showeditor.kernels.bernstein import states
from showeditor.model.fingerprint import fingerprint
from showeditor.model.limits import Limits
from showeditor.model.music import AtTime
from showeditor.model.recording import RecordedFlight, Recording
from showeditor.model.show import Show
from showeditor.planning.compile import compile_show
from showeditor.storage.text import show_of_text, show_to_text

from plans_by_hand import small_swarm

DRONES = small_swarm().drones


def show_with(**more):
    flight = RecordedFlight("r1", "Elsewhere", Recording(DRONES), **more)
    return Show("Recorded", 200_000_000, recorded=(flight,))


def places(drones, t_us):
    d = drones
    return states(d.piece_start, d.piece_t0_us, d.piece_t1_us, d.ctrl_start, d.ctrl, d.home_m, t_us)[0]


def test_an_untouched_recording_is_flown_bit_for_bit():
    plan = compile_show(show_with())
    assert fingerprint(plan.drones) == fingerprint(DRONES)
    assert not plan.problems


def test_a_show_with_a_recording_reads_back_and_keeps_its_bytes():
    show = show_with(source="x.skyc", limits=Limits(min_gap_m=2.0))
    text = show_to_text(show)
    back = show_of_text(text, "x")
    assert back == show
    assert show_to_text(back) == text
    assert fingerprint(compile_show(back).drones) == fingerprint(DRONES)


def test_a_show_without_recordings_is_written_as_before():
    assert "recorded" not in show_to_text(Show("Plain", 1_000_000))


def test_later_and_elsewhere():
    plan = compile_show(show_with(start=AtTime(5_000_000), at_m=(100.0, -20.0, 3.0), heading_deg=90.0))
    for t in (0, 2_000_000, 7_500_000):
        there, here = places(plan.drones, t + 5_000_000), places(DRONES, t)
        # a quarter turn clockwise: north becomes east, east becomes south
        turned = np.stack([here[:, 1] + 100.0, -here[:, 0] - 20.0, here[:, 2] + 3.0], axis=1)
        assert np.abs(there - turned).max() < 1e-9
    assert plan.drones.key_t_us.tolist() == (DRONES.key_t_us + 5_000_000).tolist()


def test_a_cut_in_the_air_blocks_and_keeps_the_curve():
    off, on = int(DRONES.off_us.min()), int(DRONES.on_us.max())
    lo, hi = off + (on - off) // 3 + 7, on - (on - off) // 4 - 3
    plan = compile_show(show_with(from_us=lo, to_us=hi, start=AtTime(1_000_000)))
    assert [f.code for f in plan.problems] == ["PLAN-RECORDED-AIR"] * 2
    for t in np.linspace(lo, hi, 41).astype(int).tolist():
        assert np.abs(places(plan.drones, t - lo + 1_000_000) - places(DRONES, t)).max() < 1e-6
    assert plan.drones.piece_t0_us.min() == 1_000_000
    assert plan.drones.piece_t1_us.max() == hi - lo + 1_000_000


def test_two_recordings_need_names_of_their_own():
    one = show_with()
    other = replace(one.recorded[0], id="r2", at_m=(500.0, 0.0, 0.0))
    both = replace(one, recorded=(*one.recorded, other))
    assert [f.code for f in compile_show(both).problems] == ["PLAN-RECORDED-NAMES"]
    told = replace(one, recorded=(*one.recorded, replace(other, prefix="b-")))
    plan = compile_show(told)
    assert not plan.problems
    n = len(DRONES)
    assert len(plan.drones) == 2 * n
    assert np.abs(places(plan.drones, 3_000_000)[n:] - places(DRONES, 3_000_000) - (500, 0, 0)).max() < 1e-9
    again = compile_show(told, plan)
    assert again.drones is plan.drones


def test_muted_and_empty_parts():
    assert len(compile_show(show_with(muted=True)).drones) == 0
    late = compile_show(show_with(from_us=150_000_000))
    assert [f.code for f in late.problems] == ["PLAN-RECORDED-PART"]


@pytest.mark.parametrize("text", ["", "?", "aaaa", "eJw=", Recording(DRONES).text()[:-8]])
def test_what_is_no_recording_is_refused(text):
    with pytest.raises(ValueError, match=r"recording"):
        Recording.of_text(text)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_recording_with_other_bytes_inside_is_whole_or_refused(data):
    inner = bytearray(zlib.decompress(base64.b64decode(Recording(DRONES).text())))
    for _ in range(data.draw(st.integers(1, 4))):
        inner[data.draw(st.integers(0, len(inner) - 1))] = data.draw(st.integers(0, 255))
    text = base64.b64encode(zlib.compress(bytes(inner))).decode()
    try:
        read = Recording.of_text(text)
    except ValueError:
        return
    assert np.isfinite(read.drones.ctrl).all()
    assert len(read.drones.piece_start) == len(read) + 1
