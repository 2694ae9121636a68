"""What the fireworks sound like from a seat: lift thumps, breaks and crackle, each as late as sound needs.

The level of a break falls with distance and grows with the calibre, as the far field of a blast does: peak pressure
goes with the cube root of the charge over the distance (Hopkinson-Cranz scaling), and the charge with the cube of the
calibre. Air takes the high notes on the way: one low pass for each octave of distance (own simplification).
The waveforms are made here, from a Friedlander pulse and seeded noise; no recording is used.
"""

import math
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

import numpy as np

from showeditor.audio.sound import Sound, sound_of
from showeditor.model.arrays import Bytes, Floats, Longs, Singles
from showeditor.model.plan import Plan, ShotKind
from showeditor.model.times import US

SOUND_MPS = 343.0
"""Speed of sound in dry air at 20 degrees Celsius."""

REFERENCE_MM, REFERENCE_M, REFERENCE_LEVEL = 150.0, 150.0, 0.5
"""A break of a 150 mm shell 150 m away peaks at half of full scale."""

_LIFT_LEVEL = 0.4
_CRACKLE_LEVEL = 0.12
_NEAREST_M = 10.0
_VARIANTS = 6
_CALIBRES_MM = (30.0, 60.0, 90.0, 130.0, 180.0, 250.0, 350.0, 600.0)


class Noise(IntEnum):
    """What is heard."""

    LIFT = 0
    BREAK = 1
    CRACKLE = 2


@dataclass(frozen=True, slots=True, eq=False)
class Reports:
    """Sounds at their source, one row each: when, where, the calibre of the device, what it is, and how long."""

    t_us: Longs
    place_m: Floats
    calibre_mm: Floats
    noise: Bytes
    lasts_s: Floats

    def __len__(self) -> int:
        return len(self.t_us)


def reports_of(plan: Plan) -> Reports:
    """Every lift, shell break and crackling burst of a plan, in no particular order."""
    shots, bursts = plan.shots, plan.bursts
    fired = np.isin(shots.kind, (ShotKind.SHELL, ShotKind.COMET, ShotKind.MINE)) & (shots.calibre_mm > 0)
    broke = (shots.kind == ShotKind.SHELL) & (shots.calibre_mm > 0)
    crackling = np.array([look.crackle > 0 for look in plan.looks], dtype=bool)
    pops = crackling[bursts.look] if len(plan.looks) else np.zeros(0, dtype=bool)
    life_s = np.array([look.life_s for look in plan.looks], dtype=np.float64)
    owner = bursts.shot[pops]
    of_pops = np.where(owner >= 0, shots.calibre_mm[np.maximum(owner, 0)], 75.0) if len(shots) else np.zeros(len(owner))
    counts = (int(fired.sum()), int(broke.sum()), int(pops.sum()))
    lasting = life_s[bursts.look[pops]] if len(life_s) else np.zeros(0)
    return Reports(
        np.concatenate([shots.lift_us[fired], shots.break_us[broke], bursts.birth_us[pops]]),
        np.concatenate([shots.origin_m[fired], shots.break_m[broke], bursts.origin_m[pops]]).reshape(-1, 3),
        np.concatenate([shots.calibre_mm[fired], shots.calibre_mm[broke], of_pops]).astype(np.float64),
        np.repeat(np.array([Noise.LIFT, Noise.BREAK, Noise.CRACKLE], dtype=np.uint8), counts),
        np.concatenate([np.zeros(counts[0] + counts[1]), lasting]),
    )


def heard(
    reports: Reports, ear_m: tuple[float, float, float], facing_deg: float, duration_us: int, rate: int = 48_000
) -> Singles:
    """What reaches a listener who looks along a compass heading: samples (frames, 2) from show zero, not limited.

    A sound begins on the sample nearest to its emission plus the way at 343 m/s; one that reaches the listener after
    `duration_us` is not heard. The same reports give the same samples.
    """
    frames = round(duration_us * rate / US)
    out = np.zeros((frames, 2), dtype=np.float32)
    if not len(reports) or frames == 0:
        return out
    way = reports.place_m - np.asarray(ear_m, dtype=np.float64)
    distance = np.maximum(np.linalg.norm(way, axis=1), _NEAREST_M)
    begin = np.floor((reports.t_us / US + distance / SOUND_MPS) * rate + 0.5).astype(np.int64)
    gain = REFERENCE_LEVEL * (reports.calibre_mm / REFERENCE_MM) * (REFERENCE_M / distance)
    gain *= np.array([_LIFT_LEVEL, 1.0, _CRACKLE_LEVEL])[reports.noise]
    heading = math.radians(facing_deg)
    across = way[:, 0] * math.cos(heading) - way[:, 1] * math.sin(heading)
    # a source far to one side still reaches the other ear
    pan = np.clip(across / distance, -1.0, 1.0) * 0.8
    left, right = np.sqrt((1.0 - pan) / 2.0), np.sqrt((1.0 + pan) / 2.0)
    size = np.minimum(np.searchsorted(_CALIBRES_MM, reports.calibre_mm), len(_CALIBRES_MM) - 1)
    octave = np.clip(np.round(np.log2(distance / 50.0)), 0, 6).astype(np.int64)
    for k in np.lexsort((np.arange(len(reports)), begin)).tolist():
        start = int(begin[k])
        if not 0 <= start < frames:
            continue
        variant = int(reports.t_us[k] // 1_000 + 7 * k) % _VARIANTS
        lasts = min(6, max(1, round(float(reports.lasts_s[k])))) if reports.noise[k] == Noise.CRACKLE else 0
        wave = _wave(int(reports.noise[k]), int(size[k]), int(octave[k]), variant, lasts, rate)
        piece = wave[: frames - start] * np.float32(gain[k])
        out[start : start + len(piece), 0] += piece * np.float32(left[k])
        out[start : start + len(piece), 1] += piece * np.float32(right[k])
    return out


def mixed(music: Sound | None, start_us: int, gain_db: float, reports: Singles, rate: int) -> Sound:
    """Music and fireworks together from show zero; peaks are rounded off, quiet passages stay as they are.

    `music` begins at `start_us` of the show; it must have the rate of the reports.
    """
    out = reports.astype(np.float32, copy=True)
    if music is not None:
        if music.rate != rate:
            raise ValueError(f"the music has {music.rate} samples a second, the fireworks {rate}")
        samples = music.samples if music.channels == 2 else np.repeat(music.samples[:, :1], 2, axis=1)
        at = round(start_us * rate / US)
        source = samples[max(0, -at) :]
        at = max(0, at)
        room = max(0, min(len(source), len(out) - at))
        out[at : at + room] += source[:room] * np.float32(10.0 ** (gain_db / 20.0))
    loud = np.abs(out) > 0.7
    out[loud] = np.sign(out[loud]) * (0.7 + 0.3 * np.tanh((np.abs(out[loud]) - 0.7) / 0.3))
    return sound_of(rate, out)


@cache
def _wave(noise: int, size: int, octave: int, variant: int, lasts: int, rate: int) -> Singles:
    """One waveform with peak 1: a class of calibre, an octave of distance, one of a few variants."""
    dice = np.random.Generator(np.random.PCG64(1_000_003 * noise + 10_007 * size + 101 * variant + lasts))
    scale = _CALIBRES_MM[size] / REFERENCE_MM
    if noise == Noise.CRACKLE:
        wave = _crackle(dice, lasts, rate)
    else:
        positive_s = (0.006 if noise == Noise.LIFT else 0.004) * scale
        tail_s = (0.18 if noise == Noise.LIFT else 0.55) * math.sqrt(scale)
        t = np.arange(round((6 * positive_s + 4 * tail_s) * rate)) / rate
        pulse = (1.0 - t / positive_s) * np.exp(-1.2 * t / positive_s)
        rumble = _low(dice.standard_normal(len(t)), 900.0 / math.sqrt(scale), rate)
        rumble *= np.exp(-t / tail_s) * (1.0 - np.exp(-t / (2 * positive_s)))
        wave = pulse + 1.6 * rumble
    wave = _low(wave, 16_000.0 / 2.0**octave, rate)
    fade = min(len(wave), round(0.01 * rate))
    wave[len(wave) - fade :] *= np.linspace(1.0, 0.0, fade)
    shaped: Singles = (wave / max(1e-12, float(np.abs(wave).max()))).astype(np.float32)
    shaped.flags.writeable = False
    return shaped


def _crackle(dice: np.random.Generator, lasts: int, rate: int) -> Floats:
    wave = np.zeros(round((lasts + 0.2) * rate))
    snap = dice.standard_normal(round(0.004 * rate)) * np.exp(-np.arange(round(0.004 * rate)) / (0.0008 * rate))
    for at in np.sort(dice.uniform(0.25 * lasts, lasts, 140 * lasts)):
        start = int(at * rate)
        wave[start : start + len(snap)] += snap[: len(wave) - start] * dice.uniform(0.3, 1.0)
    return wave


def _low(wave: Floats, corner_hz: float, rate: int) -> Floats:
    """A first-order low pass, by the frequency response of an RC filter."""
    if corner_hz >= rate / 2:
        return wave
    count = len(wave)
    padded = 1 << (2 * count - 1).bit_length()
    response = 1.0 / (1.0 + 1j * np.fft.rfftfreq(padded, 1.0 / rate) / corner_hz)
    out: Floats = np.fft.irfft(np.fft.rfft(wave, padded) * response, padded)[:count]
    return out
