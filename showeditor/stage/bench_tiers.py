"""What each tier costs: a finale with trails and old smoke at its usual size, and the most stars a draft must hold."""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from showeditor.model.arrays import frozen
from showeditor.model.look import Look, Template
from showeditor.model.plan import Bursts, Plan
from showeditor.model.venue import Seat, Venue, Wind
from showeditor.stage.bench_stars import peonies
from showeditor.stage.camera import home_view
from showeditor.stage.egl import Surface
from showeditor.stage.gl import Device
from showeditor.stage.renderer import Renderer

SIZES = {"draft": (1280, 720), "standard": (1280, 720), "film": (1600, 900)}
FINALE_US = 9_000_000
_GOLD, _RED, _BLUE = (1.0, 0.5, 0.14), (1.0, 0.06, 0.05), (0.2, 0.3, 1.0)
_TRAILING = Look(
    Template.SPHERE,
    271,
    110.0,
    24.0,
    5.0,
    _GOLD,
    _GOLD,
    brightness=8.0,
    size_m=0.34,
    flash=1.0,
    trail_s=2.4,
    trail_colour=_GOLD,
    trail_brightness=5.5,
    sparks_per_s=36.0,
)
_PLAIN = Look(Template.SPHERE, 354, 120.0, 28.0, 4.0, _RED, _BLUE, brightness=14.0, size_m=0.5, flash=1.0)


def finale() -> Plan:
    """6,250 stars alight at `FINALE_US`, 2,710 of them with trails, over water and under the smoke of 20 shells."""
    look = np.repeat([0, 1, 1], [10, 10, 20])
    n = np.arange(len(look))
    birth = np.concatenate([FINALE_US - 2_500_000 + n[:20] * 60_000, 1_000_000 + (n[20:] - 20) * 150_000])
    origin = np.stack([(n * 97.0) % 420.0 - 210.0, (n * 31.0) % 80.0 - 40.0, 130.0 + (n * 53.0) % 110.0], axis=1)
    rows = len(look)
    bursts = Bursts(
        look=frozen(look, np.int32, (None,)),
        shot=frozen(np.full(rows, -1), np.int32, (None,)),
        birth_us=frozen(birth, np.int64, (None,)),
        life_us=frozen(np.where(look == 0, 7_700_000, 4_300_000), np.int64, (None,)),
        origin_m=frozen(origin, np.float64, (None, 3)),
        velocity_mps=frozen(np.zeros((rows, 3)), np.float64, (None, 3)),
        axis=frozen(np.tile([0.0, 0.0, 1.0], (rows, 1)), np.float64, (None, 3)),
        scale=frozen(np.ones(rows), np.float32, (None,)),
        seed=frozen(n, np.int32, (None,)),
        rides=frozen(np.zeros(rows), np.bool_, (None,)),
    )
    seat = Seat("A", "Seat", (0.0, -400.0, 14.0), (0.0, 0.0, 110.0))
    site = Venue("bench", seats=(seat,), wind=Wind(3.0, 270.0), water_level_m=0.0)
    return Plan("bench", 20_000_000, site, bursts=bursts, looks=(_TRAILING, _PLAIN))


def _median_ms(draw: Callable[[int], None], device: Device, repeats: int) -> float:
    times = []
    for n in range(repeats + 1):
        device.finish()
        start = time.perf_counter()
        draw(n)
        device.finish()
        times.append((time.perf_counter() - start) * 1e3)
    return float(np.median(times[1:]))


def _frame_ms(
    tier: str, plan: Plan, t_us: int, repeats: int, size: tuple[int, int], *, smoke: bool = True
) -> tuple[float, int]:
    renderer = Renderer(tier)
    if not smoke:
        renderer.quality = replace(renderer.quality, grey_smoke=False)
    renderer.load(plan)
    camera = home_view(plan, size[0] / size[1])
    taken = _median_ms(lambda n: renderer.draw(t_us + n * 16_667, camera, size), renderer.device, repeats)
    live = renderer.live_stars
    renderer.close()
    return taken, live


def measure(repeats: int = 5, sizes: Mapping[str, tuple[int, int]] = SIZES) -> dict[str, float | str]:
    """Median milliseconds of whole frames on this machine's GL, `TIER_...` for draft, standard and film.

    `TIER_empty_ms`: scenery, halo and tone alone; `TIER_finale_ms`: the finale; `TIER_smoke_ms`: its smoke's part of
    that; `draft_100k_ms`: a hundred thousand live stars as a draft. `sizes`: a picture size for each tier.
    """
    surface = Surface()
    surface.enter()
    plan = finale()
    empty = replace(plan, bursts=Bursts())
    out: dict[str, float | str] = {}
    for tier, size in sizes.items():
        full, live = _frame_ms(tier, plan, FINALE_US, repeats, size)
        clear, _ = _frame_ms(tier, plan, FINALE_US, repeats, size, smoke=False)
        out[f"{tier}_empty_ms"], _ = _frame_ms(tier, empty, FINALE_US, repeats, size)
        out[f"{tier}_finale_ms"], out[f"{tier}_smoke_ms"] = full, full - clear
        out["finale_stars"] = float(live)
    out["draft_100k_ms"], live = _frame_ms("draft", peonies(100_000), 2_000_000, repeats, sizes["draft"])
    out["draft_stars"] = float(live)
    probe = Renderer("draft")
    out["driver"] = probe.device.version
    probe.close()
    surface.close()
    return out
