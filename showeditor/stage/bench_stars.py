"""How long stars take: moved by the GPU from burst records, beside the same stars moved by numpy and uploaded."""

import time
from collections.abc import Callable

import numpy as np

from showeditor.model.arrays import Longs, frozen
from showeditor.model.look import Look, Template
from showeditor.model.plan import Bursts, Plan
from showeditor.model.venue import Venue
from showeditor.stage.camera import Camera
from showeditor.stage.egl import Surface
from showeditor.stage.field import Field, field_of
from showeditor.stage.gl import Device, Target
from showeditor.stage.lights import lamp_rows
from showeditor.stage.quality import DRAFT
from showeditor.stage.renderer import Renderer
from showeditor.stage.starfield import Starfield
from showeditor.stage.stars import pick, states

SIZE = (1280, 720)
_A_BURST = 400
_T_US = 2_000_000
_CAMERA = Camera((0.0, 0.0, 150.0), 480.0, 0.0, 5.0, 50.0)


def peonies(stars: int) -> Plan:
    """A plan with at least so many stars alight from 1 s to 3 s, spread over the sky."""
    count = max(1, -(-stars // _A_BURST))
    n = np.arange(count)
    origin = np.stack([(n * 97.0) % 500.0 - 250.0, (n * 31.0) % 120.0 - 60.0, 110.0 + (n * 53.0) % 150.0], axis=1)
    look = Look(
        Template.SPHERE, _A_BURST, 100.0, 24.0, 4.0, (1.0, 0.3, 0.1), (0.2, 0.4, 1.0), 0.03, 0.0, brightness=6.0
    )
    bursts = Bursts(
        look=frozen(np.zeros(count), np.int32, (None,)),
        shot=frozen(np.full(count, -1), np.int32, (None,)),
        birth_us=frozen((n * 37_000) % 1_000_000, np.int64, (None,)),
        life_us=frozen(np.full(count, 4_000_000), np.int64, (None,)),
        origin_m=frozen(origin, np.float64, (None, 3)),
        velocity_mps=frozen(np.zeros((count, 3)), np.float64, (None, 3)),
        axis=frozen(np.tile([0.0, 0.0, 1.0], (count, 1)), np.float64, (None, 3)),
        scale=frozen(np.ones(count), np.float32, (None,)),
        seed=frozen(n, np.int32, (None,)),
        rides=frozen(np.zeros(count), np.bool_, (None,)),
    )
    return Plan("bench", 10_000_000, Venue(), bursts=bursts, looks=(look,))


def _median_ms(step: Callable[[int], None], device: Device, repeats: int) -> float:
    times = []
    for n in range(repeats + 2):
        device.finish()
        start = time.perf_counter()
        step(n)
        device.finish()
        times.append((time.perf_counter() - start) * 1e3)
    return float(np.median(times[2:]))


def _numpy_rows(field: Field, rows: Longs, t_us: int) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    records = field.records(rows, t_us)
    record = np.repeat(np.arange(len(rows)), _A_BURST)
    star = np.tile(np.arange(_A_BURST), len(rows))
    found = pick(records, field.looks, field.templates, record, star)
    places, _ = states(found, field.rides, field.wind_mps)
    look = field.looks[found.look].astype(np.float64)
    change = np.clip((found.age_s / found.life_s - look[:, 3, 3]) / look[:, 4, 0], 0.0, 1.0)[:, None]
    light = look[:, 2, :3] * (1.0 - change) + look[:, 3, :3] * change
    light *= (1.0 + 1.6 * np.exp(-12.0 * found.age_s))[:, None]
    return np.asarray(lamp_rows(places, light, 0.84, 2.4), np.float32)


def measure(stars: int = 10_000, repeats: int = 15) -> dict[str, float | str]:
    """Median milliseconds at 1280x720 on this machine's GL, and the ratio of both ways.

    `stateless_ms`: records uploaded, stars moved and drawn by the GPU; `numpy_ms`: the same stars moved by the float64
    twin, uploaded as points and drawn (`numpy_moving_ms` of it without drawing); `frame_ms`: a whole draft frame.
    """
    surface = Surface()
    surface.enter()
    plan = peonies(stars)
    field = field_of(plan)
    renderer = Renderer("draft")
    renderer.load(plan)
    device = renderer.device
    frame = _median_ms(lambda n: renderer.draw(_T_US + n * 16_667, _CAMERA, SIZE), device, repeats)
    device.begin()
    target = Target(device, *SIZE)
    drawn = Starfield(device, DRAFT)
    drawn.load(field)
    none = np.zeros((0, 8), np.float32)
    empty = np.zeros(0, np.int64)
    clip, metre = _CAMERA.world_to_clip(SIZE), _CAMERA.metre_px(SIZE)

    def stateless(n: int) -> None:
        t_us = _T_US + n * 16_667
        with target:
            device.clear()
            drawn.put(field.live(t_us), t_us, none)
            drawn.draw(clip, metre, SIZE, water_m=0.0)

    def uploaded(n: int) -> None:
        t_us = _T_US + n * 16_667
        with target:
            device.clear()
            drawn.put(empty, t_us, _numpy_rows(field, field.live(t_us), t_us))
            drawn.draw(clip, metre, SIZE, water_m=0.0)

    stateless_ms = _median_ms(stateless, device, repeats)
    live = drawn.live_stars
    bytes_sent = 64 * len(field.live(_T_US)) + 8 * -(-live // 64)
    numpy_ms = _median_ms(uploaded, device, repeats)
    start = time.perf_counter()
    _numpy_rows(field, field.live(_T_US), _T_US)
    moving_ms = (time.perf_counter() - start) * 1e3
    driver = device.version
    renderer.close()
    surface.close()
    return {
        "stars": float(live),
        "stateless_ms": stateless_ms,
        "numpy_ms": numpy_ms,
        "numpy_moving_ms": moving_ms,
        "ratio": numpy_ms / stateless_ms,
        "stateless_bytes": float(bytes_sent),
        "numpy_bytes": 32.0 * live,
        "frame_ms": frame,
        "driver": driver,
    }
