"""Smoke, skies and the shutter: what hangs in the air, in which light, for how long the picture looks."""

from dataclasses import replace

import msgspec
import numpy as np
import pytest
from showeditor.model.look import Look, Template
from showeditor.model.venue import Wind
from showeditor.stage.camera import Camera
from showeditor.stage.field import field_of
from showeditor.stage.looks import MAX_COLOURS, pack_looks
from showeditor.stage.offscreen import Offscreen
from showeditor.stage.shutter import CLOSED, Shutter
from showeditor.stage.smoke import SMOKE_US, smoking
from stage_plans import CHRYSANTHEMUM, COMET, PEONY, Sky, heart, night, river

SIZE = (320, 180)
FRONT = Camera((0.0, 0.0, 120.0), 420.0, 0.0, 0.0, 50.0)
CLOUD = replace(
    PEONY, stars=50, life_s=1.5, colour=(0.8, 0.05, 0.05), colour_to=(0.8, 0.05, 0.05), smoke=1.0, flash=0.0
)


@pytest.fixture(scope="module")
def draft():
    with Offscreen(SIZE, "draft") as held:
        yield held


@pytest.fixture(scope="module")
def standard():
    with Offscreen(SIZE, "standard") as held:
        yield held


def under(kind: str, wind: Wind = Wind()):
    return msgspec.structs.replace(river(wind), sky=kind, water_level_m=None)


def test_old_smoke_is_lit_by_a_new_burst_and_not_drawn_in_draft(draft, standard):
    new = Sky().burst(CHRYSANTHEMUM, 8.0, (30.0, 40.0, 150.0))
    both = Sky().burst(CHRYSANTHEMUM, 8.0, (30.0, 40.0, 150.0)).burst(PEONY, 3.0, (-20.0, 0.0, 140.0))
    for offscreen, smoky in ((draft, False), (standard, True)):
        # the newer burst must twinkle alike in both plans
        alone, after = (replace(s.plan().bursts, seed=s.plan().bursts.seed * 0 + 5) for s in (new, both))
        dark = offscreen.picture(replace(new.plan(), bursts=alone), 9_000_000, FRONT).astype(int)
        hung = offscreen.picture(replace(both.plan(), bursts=after), 9_000_000, FRONT).astype(int)
        assert (np.abs(hung - dark).max() > 12) == smoky


def test_rows_smoke_until_the_last_puff_is_gone():
    rng = np.random.default_rng(7)
    sky = Sky(looks=(PEONY, COMET, CLOUD))
    for _ in range(200):
        sky.burst(int(rng.integers(0, 3)), float(rng.uniform(0, 60)), (0.0, 0.0, 100.0))
    plan = sky.plan()
    field = field_of(plan)
    birth, end = plan.bursts.birth_us, plan.bursts.birth_us + plan.bursts.life_us + SMOKE_US
    for t_us in rng.integers(-1_000_000, 120_000_000, 100):
        want = {n for n in range(200) if birth[n] <= t_us < end[n]}
        assert set(field.order[smoking(field, int(t_us))]) == want
        made = {n for n in want if plan.bursts.look[n] == 2}
        assert set(field.order[smoking(field, int(t_us), grey=False)]) == made


def middle(picture: np.ndarray, clear: np.ndarray) -> float:
    change = np.abs(picture.astype(float) - clear.astype(float)).sum(axis=2)
    change[change < 30] = 0.0
    return float((change.sum(axis=0) * (np.arange(SIZE[0]) + 0.5)).sum() / change.sum())


@pytest.mark.parametrize("tier", ["draft", "standard"])
def test_coloured_smoke_of_a_day_show_drifts_with_the_wind(request, tier):
    offscreen = request.getfixturevalue(tier)
    plan = Sky(looks=(CLOUD,), venue=under("day", Wind(6.0, 270.0))).burst(0, 0.0, (-50.0, 0.0, 120.0)).plan()
    clear = offscreen.picture(Sky(venue=under("day")).plan(), 0, FRONT)
    early, late = (middle(offscreen.picture(plan, t, FRONT), clear) for t in (3_000_000, 9_000_000))
    want = FRONT.project([36.0, 0.0, 120.0], SIZE)[0, 0] - FRONT.project([0.0, 0.0, 120.0], SIZE)[0, 0]
    assert late - early == pytest.approx(want, rel=0.25)
    shown = offscreen.picture(plan, 3_000_000, FRONT).astype(int)
    red = (shown - clear.astype(int)).reshape(-1, 3)
    assert red[np.abs(red).sum(axis=1).argmax()].argmax() == 0
    assert (offscreen.picture(plan, 26_000_000, FRONT) == clear).all()


def test_smoke_effects_do_not_glow(standard):
    plan = Sky(looks=(CLOUD,), venue=under("night")).burst(0, 0.0, (0.0, 0.0, 120.0)).plan()
    dark = standard.picture(Sky(venue=under("night")).plan(), 0, FRONT).astype(int)
    assert 0 < (standard.picture(plan, 1_000_000, FRONT).astype(int) - dark).max() < 40


def test_skies_differ_as_their_hours_do(standard):
    levels = [np.median(standard.picture(Sky(venue=under(s)).plan(), 0, FRONT)[:30]) for s in ("night", "dusk", "day")]
    assert levels[0] < 40 < levels[1] < 120 < levels[2]


def test_the_moon_stands_in_the_night_alone(standard):
    up = Camera((0.0, 0.0, 0.0), 1.0, 323.0, -37.0, 30.0)
    night_sky, day_sky = (standard.picture(Sky(venue=under(s)).plan(), 0, up) for s in ("night", "day"))
    assert night_sky[85:95, 155:165].max() > 180
    assert np.ptp(night_sky[85:95, 155:165].astype(int).sum(axis=2)) > 300
    assert np.ptp(day_sky[85:95, 155:165].astype(int).sum(axis=2)) < 60


def test_stars_go_through_all_their_colours(draft):
    red, green, blue = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)
    look = Look(
        Template.RING, 60, 40.0, 24.0, 3.0, red, blue, via=(green,), life_jitter=0.0, brightness=12.0, size_m=1.0
    )
    plan = Sky(looks=(look,), venue=under("night")).burst(0, 0.0, (0.0, 0.0, 120.0), axis=(0.0, 1.0, 0.0)).plan()
    dark = draft.picture(Sky(venue=under("night")).plan(), 0, FRONT).astype(int)
    for t_us, channel in ((500_000, 0), (1_500_000, 1), (2_500_000, 2)):
        light = (draft.picture(plan, t_us, FRONT).astype(int) - dark).reshape(-1, 3)
        assert light.sum(axis=0).argmax() == channel
    rows, _ = pack_looks([replace(look, via=(green,) * 20)])
    assert rows[0, 4, 0] == -MAX_COLOURS


def test_shutter_moments_lie_evenly_about_the_picture():
    assert CLOSED.times(7) == (7,)
    assert Shutter(20_000, 1).times(7) == (7,)
    assert Shutter(8_000, 4).times(1_000_000) == (997_000, 999_000, 1_001_000, 1_003_000)
    for wrong in ((-1, 4), (10, 0), (10, 257)):
        with pytest.raises(ValueError, match="shutter"):
            Shutter(*wrong)


def breadth(light: np.ndarray) -> float:
    """Deviation of a light along x, px."""
    rows = np.where(light > 0.2 * light.max(), light, 0).sum(axis=0)
    x = np.arange(len(rows))
    mean = (rows * x).sum() / rows.sum()
    return float(np.sqrt((rows * (x - mean) ** 2).sum() / rows.sum()))


def test_an_open_shutter_draws_streaks_of_moving_stars_and_keeps_what_stands(draft):
    fast = replace(COMET, trail_s=0.0, sparks_per_s=0.0, brightness=40.0, size_m=1.0)
    comet = Sky(looks=(fast,)).burst(0, 0.0, (-80.0, 0.0, 100.0), velocity=(120.0, 0.0, 20.0)).plan()
    dark = draft.picture(Sky().plan(), 400_000, FRONT).astype(int)
    sharp, blurred = (
        (draft.picture(comet, 400_000, FRONT, shutter=s).astype(int) - dark).max(axis=2)
        for s in (CLOSED, Shutter(600_000, 40))
    )
    sharp_wide, blurred_wide = (breadth(light) for light in (sharp, blurred))
    assert blurred_wide > 2.0 * sharp_wide
    assert sharp.max() > blurred.max()
    still = replace(Sky().plan(), drones=heart(40))
    a, b = (draft.picture(still, 400_000, FRONT, shutter=s).astype(int) for s in (CLOSED, Shutter(200_000, 8)))
    assert np.abs(a - b).max() <= 2
    show = night()
    a, b = (draft.picture(show, 2_500_000, FRONT, shutter=Shutter(20_000, 5)) for _ in range(2))
    assert (a == b).all()
