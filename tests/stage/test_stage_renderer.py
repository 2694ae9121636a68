"""The renderer: what stands on the picture where, frames without memory, edits, tiers. Fails without OpenGL."""

import os
import subprocess
import sys
from dataclasses import replace

import msgspec
import numpy as np
import pytest
from showeditor.model.look import Look, Template
from showeditor.model.plan import Plan
from showeditor.model.venue import Geofence, Position, Seat, Venue, Wind, Zone
from showeditor.stage.bench_stars import measure, peonies
from showeditor.stage.camera import Camera, home_view, top
from showeditor.stage.field import field_of
from showeditor.stage.gl import GpuError, Store
from showeditor.stage.offscreen import Offscreen
from showeditor.stage.overlay import Overlay, overlay_lines, places_of
from showeditor.stage.stars import pick, states
from stage_plans import COMET, PEONY, Sky, heart, night, still_drones

SIZE = (320, 180)
FRONT = Camera((0.0, 0.0, 120.0), 420.0, 0.0, 0.0, 50.0)


@pytest.fixture(scope="module")
def draft():
    with Offscreen(SIZE, "draft") as held:
        yield held


@pytest.fixture(scope="module")
def standard():
    with Offscreen(SIZE, "standard") as held:
        yield held


def brightest(picture: np.ndarray, dark: np.ndarray) -> tuple[float, float]:
    """The middle (x, y) in pixels of the brightest light that `dark` does not have."""
    light = np.maximum(0.0, picture.astype(np.float64).sum(axis=2) - dark.astype(np.float64).sum(axis=2))
    light[light < 0.75 * light.max()] = 0.0
    y, x = np.mgrid[: light.shape[0], : light.shape[1]] + 0.5
    return float((x * light).sum() / light.sum()), float((y * light).sum() / light.sum())


@pytest.mark.parametrize("camera", [FRONT, Camera((0, 0, 100), 500.0, 250.0, 30.0, 40.0), Camera(height_m=400.0)])
def test_a_star_stands_where_the_twin_puts_it(draft, camera):
    look = Look(Template.SINGLE, 1, 60.0, 24.0, 5.0, (1.0, 1.0, 1.0), (1.0, 1.0, 1.0), brightness=60.0, size_m=1.2)
    site = Venue(wind=Wind(6.0, 200.0))
    sky = Sky(looks=(look,), venue=site)
    plan = sky.burst(0, 0.0, (20.0, 10.0, 90.0), velocity=(12.0, 0.0, 10.0), axis=(0.6, 0.0, 0.8)).plan()
    field = field_of(plan)
    for t_us in (400_000, 1_700_000, 3_000_000):
        records = field.records(field.live(t_us), t_us)
        star = pick(records, field.looks, field.templates, np.array([0]), np.array([0]))
        place, _ = states(star, field.rides, field.wind_mps)
        want = camera.project(place, SIZE)[0]
        got = brightest(draft.picture(plan, t_us, camera), draft.picture(Sky(venue=site).plan(), t_us, camera))
        assert got == pytest.approx(want[:2], abs=0.6)


def test_nothing_before_birth_and_after_life(draft):
    plan = Sky().burst(PEONY, 2.0, (0.0, 0.0, 150.0)).plan()
    for t_us, lit in ((1_999_999, False), (3_000_000, True), (12_000_000, False)):
        shown, dark = draft.picture(plan, t_us, FRONT), draft.picture(Sky().plan(), t_us, FRONT)
        assert (shown != dark).any() == lit


@pytest.mark.parametrize("tier", ["draft", "standard"])
def test_a_frame_is_the_same_played_and_scrubbed(request, tier):
    offscreen = request.getfixturevalue(tier)
    plan = night()
    camera = home_view(plan)
    played = [offscreen.picture(plan, t, camera) for t in range(1_000_000, 3_400_000, 600_000)]
    offscreen.picture(Sky().plan(), 0, FRONT)
    scrubbed = [offscreen.picture(plan, t, camera) for t in reversed(range(1_000_000, 3_400_000, 600_000))]
    with Offscreen(SIZE, tier) as fresh:
        alone = fresh.picture(plan, 2_800_000, camera)
    for a, b in zip(played, reversed(scrubbed), strict=True):
        assert (a == b).all()
    assert (alone == played[3]).all()
    assert (played[2] != played[3]).any()


def test_an_edit_shows_as_in_a_fresh_renderer(draft):
    base = night()
    camera = home_view(base)
    draft.picture(base, 2_500_000, camera)
    rise = base.shots.rise.copy()
    rise[1] += 3.0
    rise.flags.writeable = False
    moved = replace(base, shots=replace(base.shots, rise=rise), looks=(*base.looks[:3], *base.looks[3:]))
    brighter = replace(moved, looks=tuple(replace(k, brightness=k.brightness * 2) for k in moved.looks))
    for plan in (moved, brighter, base):
        shown = draft.picture(plan, 2_500_000, camera)
        with Offscreen(SIZE, "draft") as fresh:
            assert (fresh.picture(plan, 2_500_000, camera) == shown).all()


def test_drones_show_their_colours_where_they_are(standard):
    places = np.array([[-60.0, 0.0, 150.0], [0.0, 0.0, 150.0], [60.0, 0.0, 150.0], [120.0, 0.0, 150.0]])
    rgb = np.array([[255, 0, 0], [0, 255, 0], [0, 0, 255], [0, 0, 0]])
    plan = replace(Sky().plan(), drones=still_drones(places, rgb))
    picture = standard.picture(plan, 1_000_000, FRONT).astype(int)
    for place, colour in zip(places[:3], rgb[:3], strict=True):
        x, y, _ = FRONT.project(place, SIZE)[0]
        spot = picture[int(y) - 1 : int(y) + 2, int(x) - 1 : int(x) + 2].reshape(-1, 3)
        peak = spot[spot.sum(axis=1).argmax()]
        assert peak.argmax() == colour.argmax()
        assert peak.max() > 70
        assert np.sort(peak)[1] < 0.75 * peak.max()
    x, y, _ = FRONT.project(places[3], SIZE)[0]
    assert picture[int(y), int(x)].max() < 60


def test_water_mirrors_the_show(standard):
    show = Sky().burst(PEONY, 0.0, (0.0, 0.0, 110.0)).plan()
    dry = replace(show, venue=msgspec.structs.replace(show.venue, water_level_m=None))
    camera = home_view(show)
    below = slice(int(camera.project([0.0, -60.0, 0.0], SIZE)[0, 1]) + 4, None)
    wet_light = standard.picture(show, 1_200_000, camera)[below].astype(float)
    dry_light = standard.picture(dry, 1_200_000, camera)[below].astype(float)
    still = standard.picture(Sky().plan(), 1_200_000, camera)[below].astype(float)
    assert wet_light[..., 0].max() > still[..., 0].max() + 60
    assert wet_light[..., 0].max() > dry_light[..., 0].max() + 40


def test_the_night_is_black_blue(standard):
    picture = standard.picture(Sky().plan(), 0, home_view(night())).astype(float)
    zenith = np.median(picture[:20].reshape(-1, 3), axis=0)
    assert zenith[2] > zenith[0]
    assert zenith.max() < 40


def test_strobes_blink_and_comets_draw_trails(draft):
    strobe = Look(Template.SPHERE, 60, 50.0, 20.0, 4.0, (1, 1, 1), (1, 1, 1), strobe_hz=5.0, brightness=30, size_m=0.8)
    blinking = Sky(looks=(strobe,)).burst(0, 0.0, (0, 0, 120)).plan()
    a, b = (draft.picture(blinking, t, FRONT).astype(int) for t in (1_000_000, 1_060_000))
    assert np.abs(a - b).max() > 100
    comet = Sky(looks=(COMET,)).burst(0, 0.0, (0, 0, 2), velocity=(0.0, 0.0, 80.0)).plan()
    bare = replace(comet, looks=(replace(COMET, trail_s=0.0, sparks_per_s=0.0),))
    lit = [(draft.picture(p, 1_000_000, FRONT).astype(int)[..., 0] > 90).sum() for p in (comet, bare)]
    assert lit[0] > lit[1] + 8


def test_crackle_pops_late_in_life(draft):
    look = Look(Template.SPHERE, 80, 50.0, 20.0, 3.0, (1, 0.6, 0.2), (1, 0.6, 0.2), crackle=1.0, brightness=0.01)
    plan = Sky(looks=(look,)).burst(0, 0.0, (0, 0, 130)).plan()
    dark = draft.picture(Sky().plan(), 0, FRONT).astype(int)
    early, late = (np.abs(draft.picture(plan, t, FRONT).astype(int) - dark).max() for t in (1_200_000, 2_300_000))
    assert late > 60 > early


def test_overlays_lie_over_the_picture(draft):
    venue = Venue(
        positions=(Position("P1", "Barge", (0.0, 0.0, 0.0)),),
        zones=(Zone("Z", "audience", ((-50.0, -200.0), (50.0, -200.0), (50.0, -150.0), (-50.0, -150.0))),),
        geofence=Geofence(((-80.0, -40.0), (80.0, -40.0), (80.0, 40.0), (-80.0, 40.0)), 0.0, 120.0),
        seats=(Seat("A", "Seat", (0.0, -300.0, 10.0)),),
    )
    plan = Plan("site", 1_000_000, venue, drones=heart(30))
    plain = draft.picture(plan, 0, FRONT)
    for overlay in (
        Overlay(positions=True),
        Overlay(geofence=True),
        Overlay(zones=True),
        Overlay(offenders=("D3", "P1")),
        Overlay(marks_m=((0.0, 0.0, 100.0),)),
    ):
        assert (draft.picture(plan, 0, FRONT, overlay) != plain).any()
    assert (draft.picture(plan, 0, FRONT) == plain).all()
    assert len(places_of(plan, ("D3", "P1", "nobody"), 0)) == 2
    pads = overlay_lines(plan, Overlay(positions=True), 0, FRONT, SIZE)[-120:]
    assert pads[::4, :2] == pytest.approx(plan.drones.home_m[:, :2] - [0.35, 0.0], abs=1e-4)
    assert overlay_lines(plan, Overlay(offenders=("nobody",)), 0, FRONT, SIZE).shape == (0, 7)


def test_the_map_view_and_all_tiers_draw(draft):
    plan = night()
    assert draft.picture(plan, 2_000_000, top(plan)).std() > 5
    with Offscreen((96, 54), "film") as film:
        assert film.picture(plan, 2_000_000, home_view(plan)).std() > 5


def test_an_empty_plan_and_odd_sizes_draw():
    with Offscreen((17, 33), "draft") as small:
        assert small.picture(Plan("empty", 1), 0, Camera()).shape == (33, 17, 3)
        small.resize((64, 36))
        resized = small.picture(night(), 2_000_000, FRONT)
        with Offscreen((64, 36), "draft") as fresh:
            assert (fresh.picture(night(), 2_000_000, FRONT) == resized).all()


def test_an_edit_sends_only_what_differs(draft, monkeypatch):
    sent = []
    put = Store.put

    def counted(self, values, row=0):
        sent.append((self, values.nbytes))
        put(self, values, row)

    monkeypatch.setattr(Store, "put", counted)
    base = night()
    draft.picture(base, 2_000_000, FRONT)
    stars = draft.renderer._stars
    sent.clear()
    birth = base.bursts.birth_us + ~base.bursts.rides * 10_000
    draft.picture(replace(base, bursts=replace(base.bursts, birth_us=birth)), 2_000_000, FRONT)
    assert not any(store in (stars._looks, stars._templates, stars._rides) for store, _ in sent)
    sent.clear()
    rise = base.shots.rise.copy()
    rise[1, 2, 0] += 1.0
    moved = replace(base, shots=replace(base.shots, rise=rise))
    draft.picture(moved, 2_000_000, FRONT)
    assert [size for store, size in sent if store is stars._rides] == [64 * 6 * 16]
    records = [size for store, size in sent if store is stars._records]
    assert records == [-(-len(field_of(moved).live(2_000_000)) // 64) * 64 * 64]


def test_ten_thousand_cues_load_fast_and_cull():
    plan = peonies(400 * 2_000)
    field = field_of(plan)
    assert len(field.live(-1)) == 0
    assert len(field.live(500_000)) == int((plan.bursts.birth_us <= 500_000).sum())
    assert len(field.live(60_000_000)) == 0


def test_live_rows_are_those_alight():
    rng = np.random.default_rng(3)
    sky = Sky()
    for _ in range(300):
        sky.burst(int(rng.integers(0, len(sky.looks))), float(rng.uniform(0, 60)), (0.0, 0.0, 100.0))
    plan = sky.plan()
    field = field_of(plan)
    birth, end = plan.bursts.birth_us, plan.bursts.birth_us + plan.bursts.life_us
    for t_us in rng.integers(-1_000_000, 70_000_000, 200):
        want = set(np.flatnonzero((birth <= t_us) & (t_us < end)))
        assert set(field.order[field.live(int(t_us))]) == want


def test_bench_answers():
    result = measure(2_000, 1)
    assert result["stars"] == 2_000
    assert float(result["stateless_ms"]) > 0.0
    assert float(result["stateless_bytes"]) < float(result["numpy_bytes"]) / 50


def test_draws_beside_offscreen_qt_without_display():
    code = (
        "from PySide6.QtWidgets import QApplication, QLabel\n"
        "app = QApplication([]); label = QLabel('x'); label.show(); app.processEvents()\n"
        "from showeditor.stage.offscreen import Offscreen\n"
        "from showeditor.stage.camera import Camera\n"
        "from showeditor.model.plan import Plan\n"
        "with Offscreen((64, 36), 'draft') as o: p = o.picture(Plan('empty', 1), 0, Camera())\n"
        "app.processEvents(); assert p.shape == (36, 64, 3) and p.std() > 0\n"
    )
    away = ("DISPLAY", "WAYLAND_DISPLAY", "EGL_PLATFORM")
    env = {k: v for k, v in os.environ.items() if k not in away} | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr


def test_unknown_tier_and_unloaded_renderer_are_refused(draft):
    with pytest.raises(ValueError, match="draft, standard, film"):
        Offscreen(SIZE, "best")
    assert issubclass(GpuError, RuntimeError)
