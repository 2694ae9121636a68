"""A small synthesiser of our own: plucked strings, blown tones, drums, gongs and bells; no samples of anybody's.

Deterministic: the same score and seed give the same sound on one machine (transforms may differ in the last bit between
processors). Timbres follow General MIDI programs: koto and other plucked strings, flutes, tubular bells and
chimes, strings as a soft pad, taiko and toms as drums; channel 10 plays drums, woodblock and gong by key.
"""

from collections.abc import Callable
from functools import partial

import numpy as np

from showeditor.audio.score import Score
from showeditor.audio.sound import Sound
from showeditor.kernels.synth import pluck, resonate, smooth
from showeditor.model.arrays import Floats, frozen

Voice = Callable[[float, float, float, float, np.random.Generator], Floats]
"""(frequency Hz, length s, velocity 0..1, rate, noise source) -> mono samples, longer than the note by its release."""


def frequency_of(key: int) -> float:
    """Hertz of a MIDI key, A4 = 440, equal temperament."""
    return float(440.0 * 2.0 ** ((key - 69) / 12.0))


def _fade(wave: Floats, attack_s: float, release_s: float, rate: float) -> Floats:
    rise, fall = max(1, int(attack_s * rate)), max(1, int(release_s * rate))
    rise, fall = min(rise, len(wave)), min(fall, len(wave))
    wave[:rise] *= 0.5 - 0.5 * np.cos(np.pi * np.arange(rise) / rise)
    wave[len(wave) - fall :] *= 0.5 + 0.5 * np.cos(np.pi * np.arange(fall) / fall)
    return wave


def _string(hz: float, length_s: float, velocity: float, rate: float, noise: np.random.Generator) -> Floats:
    period = max(4.0, rate / hz)
    start = noise.uniform(-1.0, 1.0, int(period) + 1)
    # plucked near the bridge: a comb takes out what that place cannot sound; soft touch, dull start
    comb = max(1, int(period * 0.17))
    start = smooth(start - np.roll(start, comb), 900.0 + 6500.0 * velocity * velocity, rate)
    ring_s = float(np.clip(3.4 * (220.0 / hz) ** 0.45, 0.6, 5.0))
    frames = int((min(max(length_s, 0.25) * 1.0 + 1.6, ring_s + 0.4)) * rate)
    wave = pluck(start, frames, period, 0.32, float(0.001 ** (1.0 / (ring_s * hz))))
    wave /= max(1e-9, float(np.abs(wave).max()))
    return _fade(wave * (0.25 + 0.75 * velocity), 0.001, 0.35, rate)


def _flute(hz: float, length_s: float, velocity: float, rate: float, noise: np.random.Generator) -> Floats:
    frames = int((length_s + 0.22) * rate)
    t = np.arange(frames) / rate
    # vibrato comes in late, as a player's breath does
    depth = 0.004 * np.clip((t - 0.35) / 0.6, 0.0, 1.0)
    phase = 2.0 * np.pi * hz * (t + np.cumsum(depth * np.sin(2.0 * np.pi * 4.8 * t)) / rate)
    tone = np.sin(phase) + 0.22 * velocity * np.sin(2.0 * phase) + 0.10 * np.sin(3.0 * phase)
    breath = resonate(noise.normal(0.0, 1.0, frames), hz, hz * 0.25, rate)
    breath += 0.15 * smooth(noise.normal(0.0, 1.0, frames), 2600.0, rate)
    puff = 1.0 + 2.5 * np.exp(-t / 0.05)
    return _fade((tone * 0.55 + 0.10 * puff * breath) * (0.3 + 0.7 * velocity), 0.07, 0.2, rate)


def _pad(hz: float, length_s: float, velocity: float, rate: float, noise: np.random.Generator) -> Floats:
    frames = int((length_s + 0.9) * rate)
    t = np.arange(frames) / rate
    wave = np.zeros(frames)
    for cents in (-7.0, 0.0, 6.0):
        f = hz * 2.0 ** (cents / 1200.0)
        start = noise.uniform(0.0, 2.0 * np.pi)
        for harmonic, weight in ((1, 1.0), (2, 0.42), (3, 0.22), (4, 0.10), (5, 0.05)):
            if f * harmonic < rate * 0.4:
                wave += weight * np.sin(2.0 * np.pi * f * harmonic * t + start * harmonic)
    swell = min(0.7, 0.45 * length_s)
    return _fade(wave * 0.22 * (0.3 + 0.7 * velocity), swell, 0.85, rate)


_BELL = ((0.5, 0.35, 1.0), (1.0, 1.0, 0.8), (1.19, 0.5, 0.6), (1.5, 0.35, 0.5), (2.0, 0.55, 0.45), (2.74, 0.3, 0.3))
_GONG = tuple(
    (r, 1.0 / (1.0 + 0.35 * i), 1.0 / (1.0 + 0.5 * i)) for i, r in enumerate((1, 1.47, 2.09, 2.56, 3.39, 4.08))
)


def _partials(
    hz: float,
    length_s: float,
    velocity: float,
    rate: float,
    noise: np.random.Generator,
    *,
    table: tuple[tuple[float, float, float], ...],
    ring_s: float,
    bend: float = 0.0,
    strike: float = 0.1,
) -> Floats:
    frames = int(ring_s * 1.6 * rate)
    t = np.arange(frames) / rate
    # a big gong's pitch sinks after the blow
    warp = t + bend * 0.3 * (1.0 - np.exp(-t / 0.3))
    wave = np.zeros(frames)
    for ratio, weight, life in table:
        if hz * ratio < rate * 0.45:
            beat = 1.0 + 0.0015 * noise.uniform(-1.0, 1.0)
            wave += weight * np.exp(-t * 3.0 / (ring_s * life)) * np.sin(2.0 * np.pi * hz * ratio * beat * warp)
    hit = min(frames, int(0.08 * rate))
    wave[:hit] += strike * noise.normal(0.0, 1.0, hit) * np.exp(-np.arange(hit) / (0.012 * rate))
    return _fade(wave * 0.4 * (0.2 + 0.8 * velocity), 0.002, ring_s * 0.3, rate)


def _drum(hz: float, length_s: float, velocity: float, rate: float, noise: np.random.Generator) -> Floats:
    frames = int(1.3 * rate)
    t = np.arange(frames) / rate
    sink = t + 0.045 * 0.8 * (1.0 - np.exp(-t / 0.045))
    skin = np.exp(-t / 0.26) * np.sin(2.0 * np.pi * hz * sink)
    skin += 0.5 * np.exp(-t / 0.14) * np.sin(2.0 * np.pi * hz * 1.59 * sink)
    skin += 0.3 * np.exp(-t / 0.09) * np.sin(2.0 * np.pi * hz * 2.14 * sink)
    blow = smooth(noise.normal(0.0, 1.0, frames), 600.0 + 2600.0 * velocity, rate) * np.exp(-t / 0.018)
    return _fade((skin + 1.6 * blow) * (0.2 + 0.8 * velocity * velocity), 0.001, 0.2, rate)


def _block(hz: float, length_s: float, velocity: float, rate: float, noise: np.random.Generator) -> Floats:
    frames = int(0.22 * rate)
    t = np.arange(frames) / rate
    wave = np.exp(-t / 0.028) * (np.sin(2.0 * np.pi * hz * t) + 0.6 * np.sin(2.0 * np.pi * hz * 2.42 * t))
    return _fade(wave * 0.6 * velocity, 0.001, 0.05, rate)


def _cymbal(hz: float, length_s: float, velocity: float, rate: float, noise: np.random.Generator) -> Floats:
    frames = int(2.4 * rate)
    t = np.arange(frames) / rate
    hiss = noise.normal(0.0, 1.0, frames)
    bright = hiss - smooth(hiss, 4200.0, rate)
    return _fade(bright * np.exp(-t / (0.25 + 0.55 * velocity)) * 0.28 * velocity, 0.002, 0.5, rate)


_bell: Voice = partial(_partials, table=_BELL, ring_s=3.2, strike=0.15)
_gong: Voice = partial(_partials, table=_GONG, ring_s=5.5, bend=0.05, strike=0.5)


_DRIVE = 1.8
"""How far into the soft knee the loudest sample goes."""


def voice_of(program: int) -> Voice:
    """The timbre for a General MIDI program (0-based)."""
    if program in (9, 10, 11, 12, 14, 112, 113):
        return _bell
    if 72 <= program <= 79 or program in (64, 65, 68, 71, 111):
        return _flute
    if 40 <= program <= 55 or 88 <= program <= 95 or program == 110:
        return _pad
    if program in (116, 117, 118, 47):
        return _drum
    if program == 115:
        return _block
    if program == 119:
        return _cymbal
    return _string


def _struck(key: int) -> tuple[Voice, float]:
    """Voice and pitch for a key of the drum channel."""
    if key in (76, 77, 37, 75):
        return _block, 1180.0 if key != 77 else 860.0
    if key in (49, 51, 52, 55, 57, 59):
        return (_gong, 98.0) if key == 52 else (_cymbal, 0.0)
    return _drum, {35: 58.0, 36: 64.0, 41: 82.0, 43: 92.0, 45: 108.0, 47: 124.0, 48: 140.0, 50: 156.0}.get(key, 96.0)


def render(score: Score, rate: int = 48_000, seed: int = 1, tail_s: float = 4.0, room: float = 0.22) -> Sound:
    """The score as stereo sound at `rate`, peak 0.89; `room` is the part of reverberation, `tail_s` follows the end."""
    frames = int(score.duration_us * rate / 1e6 + tail_s * rate)
    mix = np.zeros((2, frames))
    notes = score.notes
    made: dict[tuple[int, int, int, int, int], Floats] = {}
    for i in range(len(notes)):
        channel, key, program = int(notes.channel[i]), int(notes.key[i]), int(notes.program[i])
        begin_us = score.tempo.us_of_tick(int(notes.tick[i]))
        length_s = (score.tempo.us_of_tick(int(notes.end_tick[i])) - begin_us) / 1e6
        velocity = int(notes.velocity[i])
        drums = channel == 9
        # equal notes share one rendering; four takes of each keep repeats from sounding like a machine
        name = (-1 if drums else program, key, velocity, round(length_s * 1000), i % 4)
        if name not in made:
            voice, hz = _struck(key) if drums else (voice_of(program), frequency_of(key))
            noise = np.random.default_rng([seed, *(part & 0xFFFF for part in name)])
            made[name] = voice(hz, length_s, velocity / 127.0, float(rate), noise)
        wave = made[name]
        first = int(begin_us * rate / 1e6)
        wave = wave[: max(0, frames - first)]
        gain = (int(notes.volume[i]) / 127.0) ** 2
        angle = int(notes.pan[i]) / 127.0 * np.pi / 2.0
        mix[0, first : first + len(wave)] += wave * (gain * np.cos(angle))
        mix[1, first : first + len(wave)] += wave * (gain * np.sin(angle))
    if room > 0.0:
        mix = (1.0 - room) * mix + room * _reverberated(mix, rate, seed)
    peak = float(np.abs(mix).max(initial=0.0))
    if peak > 0.0:
        # a soft knee brings plucked notes nearer to the drums, as a sound engineer's limiter would
        mix = np.tanh(mix * (_DRIVE / peak)) * (0.89 / np.tanh(_DRIVE))
    return Sound(rate, frozen(np.ascontiguousarray(mix.T), np.float32, (None, 2)))


def _reverberated(mix: Floats, rate: int, seed: int) -> Floats:
    """`mix` in an open-air valley: noise that dies away in 2.2 s, duller the later, after a short silence."""
    noise = np.random.default_rng([seed, 777])
    length = int(2.2 * rate)
    t = np.arange(length) / rate
    size = 1 << int(np.ceil(np.log2(mix.shape[1] + length)))
    out = np.empty_like(mix)
    for side in range(2):
        tail = noise.normal(0.0, 1.0, length) * np.exp(-t * 6.9 / 2.2)
        early, late = smooth(tail, 5200.0, rate), smooth(tail, 1600.0, rate)
        blend = np.clip(t / 0.7, 0.0, 1.0)
        tail = early * (1.0 - blend) + late * blend
        tail[: int(0.018 * rate)] = 0.0
        tail /= np.sqrt(float((tail * tail).sum()))
        whole = np.fft.irfft(np.fft.rfft(mix[side], size) * np.fft.rfft(tail, size), size)
        out[side] = whole[: mix.shape[1]]
    return out
