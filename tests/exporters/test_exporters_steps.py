"""Ramps as steps: never farther from the plan than the format states, however short and steep."""

import numpy as np
import pytest
from exporters.steps import STRAY_LEVELS, stepped
from hypothesis import given, settings
from hypothesis import strategies as st
from showeditor.export.assembly import Key, Path, drones_of
from showeditor.export.lights import Light, light_of, off_by

FRAME_US = 40_000


def lit(rows):
    path = Path("D", (0.0, 0.0, 0.0))
    path.add(60_000_000, np.zeros((1, 3)))
    path.keys = [Key(t, (*rgb, 0), fade) for t, rgb, fade in rows]
    return drones_of([path])


def stray(drones):
    frame, rgb = stepped(drones, 0, FRAME_US, 10_000)
    held = Light(frame * FRAME_US, rgb.astype(np.float64), np.zeros(len(frame), dtype=np.bool_))
    return off_by(light_of(drones, 0, False), held, FRAME_US + 1000)[0]


channel = st.integers(0, 255)
keys = st.lists(
    st.tuples(st.integers(1, 400), st.tuples(channel, channel, channel), st.booleans()), min_size=1, max_size=8
)


@given(keys)
@settings(max_examples=150, deadline=2000)
def test_any_light_stays_within_the_stated_levels(rows):
    gaps = np.cumsum([gap for gap, _, _ in rows]) * 12_345
    assert stray(lit([(int(t), rgb, fade) for t, (_, rgb, fade) in zip(gaps, rows, strict=True)])) <= STRAY_LEVELS + 1


@pytest.mark.parametrize("lasts_us", [1000, 40_000, 100_000, 119_000, 121_000])
def test_a_steep_ramp_that_ends_between_frames(lasts_us):
    drones = lit(
        [(0, (235, 31, 23), False), (2_200_000, (235, 31, 23), False), (2_200_000 + lasts_us, (255, 250, 240), True)]
    )
    assert stray(drones) <= STRAY_LEVELS + 1


def test_a_slow_ramp_needs_few_steps_and_no_light_is_black():
    frame, rgb = stepped(lit([(0, (0, 0, 0), False), (50_000_000, (160, 80, 0), True)]), 0, FRAME_US, 10_000)
    assert len(frame) == 21
    assert rgb[-1].tolist() == [160, 80, 0]
    assert stepped(lit([]), 0, FRAME_US, 10)[1].tolist() == [[0, 0, 0]]
