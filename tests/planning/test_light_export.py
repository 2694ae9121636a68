"""Preview equals export: what the stage draws is what the files of drones say, within their step of 20 ms."""

import numpy as np
import pytest
from exporters.skyb import SKYB
from exporters.skyc import SKYC
from hypothesis import given, settings
from hypothesis import strategies as st
from showeditor.export.format import Format
from showeditor.model.light_effects import Blend, Gradient, LightEffect, Pulse, Solid, Twinkle, Wave, Wipe
from showeditor.model.music import AtTime
from showeditor.model.plan import Drones, Plan
from showeditor.model.points import Points
from showeditor.model.show import Show
from showeditor.model.swarm import Fleet, Flight, Formation, Grid, LightKey, Placement, Rgb, Scene, Stitch
from showeditor.planning.compile import compile_show
from showeditor.stage.lights import drone_colours

S = 1_000_000
STEP_US = 20_000

rgb: st.SearchStrategy[Rgb] = st.tuples(st.integers(0, 255), st.integers(0, 255), st.integers(0, 255))
blends: st.SearchStrategy[Blend] = st.sampled_from(["over", "add", "multiply", "brightest", "screen"])
times = {"at_us": st.integers(-S, 3 * S), "for_us": st.integers(1, 6 * S), "colour": rgb, "blend": blends}
effects: st.SearchStrategy[LightEffect] = st.one_of(
    st.builds(Solid, **times, opacity=st.floats(0, 1)),
    st.builds(Gradient, **times, end=rgb),
    st.builds(Wave, **times),
    st.builds(Wipe, **times, soft=st.sampled_from([0.0, 0.2])),
    st.builds(Twinkle, **times, seed=st.integers(0, 99)),
    st.builds(Pulse, **times, period_us=st.integers(300_000, 2 * S)),
)


def lit_plan(layers: tuple[LightEffect, ...], white: bool) -> Plan:
    fleet = Fleet("f", "drotek-hard", 3, Grid((0.0, 0.0, 0.0), 3, 5.0), white=white)
    row = Formation("r", "r", Points([[5.0 * k, 0.0, 0.0] for k in range(3)]), path=(0.0, 0.5, 1.0))
    keys = (LightKey(0, (40, 90, 160)), LightKey(4 * S, (200, 30, 30), fade=True))
    scene = Scene("s", "r", AtTime(30 * S), 8 * S, Placement((0.0, 30.0, 20.0)), keys, Stitch(0, S), effects=layers)
    flight = Flight("n", "f", AtTime(0), (scene,))
    return compile_show(Show("light", 90 * S, fleets=(fleet,), formations=(row,), flights=(flight,)))


def folded(drones: Drones, t_us: int) -> np.ndarray:
    colour = drone_colours(drones, t_us)
    return np.minimum(255.0, colour[:, :3] + colour[:, 3:])


@pytest.mark.parametrize("form", [SKYC, SKYB], ids=["skyc", "skyb"])
@given(layers=st.lists(effects, max_size=3).map(tuple), white=st.booleans())
@settings(max_examples=12, deadline=None)
def test_stage_plan_and_file_show_one_light(form: Format, layers: tuple[LightEffect, ...], white: bool) -> None:
    plan = lit_plan(layers, white)
    back = form.read(form.write(plan), "x")
    moments = np.unique(plan.drones.key_t_us)
    for t_us in range(29 * S, 39 * S, 110_001):
        # a jump may fall on either side of a frame: the file shows a colour that the plan shows within one step
        keys = moments[np.abs(moments - t_us) <= STEP_US].tolist()
        near = np.stack([folded(plan.drones, t) for t in (t_us - STEP_US, t_us, t_us + STEP_US, *keys)])
        there = folded(back.drones, t_us)
        low, high = near.min(axis=0) - 2.0, near.max(axis=0) + 2.0
        assert ((there >= low) & (there <= high)).all(), (t_us, there, near)
