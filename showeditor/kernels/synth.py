"""Sample-by-sample loops of the synthesiser that numpy cannot do: recursive filters and delay lines."""

import numpy as np

from showeditor.kernels.jit import Floats, f8, f8_1, kernel, out_f8_1


@kernel(out_f8_1, f8, f8, f8)
def _pluck(wave: Floats, period: float, damping: float, loss: float) -> None:
    # the averaging filter delays by `damping`, the all-pass by the rest; kept off 0, where its pole would ring
    whole = int(period - damping - 0.1)
    rest = period - damping - whole
    allpass = (1.0 - rest) / (1.0 + rest)
    before = 0.0
    through = 0.0
    last = 0.0
    for n in range(whole, wave.shape[0]):
        x = wave[n - whole]
        low = (1.0 - damping) * x + damping * before
        before = x
        through = allpass * (low - through) + last
        last = low
        wave[n] += loss * through


def pluck(excitation: Floats, frames: int, period: float, damping: float, loss: float) -> Floats:
    """A plucked string, (frames,): Karplus-Strong with a fractional delay by an all-pass (Jaffe and Smith 1983).

    `excitation` starts the string, `period` is in samples (at least 3), `damping` 0..0.5 dulls it, `loss` is what
    is left after each round trip.
    """
    wave = np.zeros(frames)
    count = min(frames, len(excitation))
    wave[:count] = excitation[:count]
    _pluck(wave, period, damping, loss)
    return wave


@kernel(f8_1, f8, f8, out_f8_1)
def _resonate(signal: Floats, cosine: float, radius: float, out: Floats) -> None:
    first = 0.0
    second = 0.0
    for n in range(signal.shape[0]):
        value = signal[n] + 2.0 * radius * cosine * first - radius * radius * second
        second = first
        first = value
        out[n] = value


def resonate(signal: Floats, frequency: float, bandwidth: float, rate: float) -> Floats:
    """`signal` through one two-pole resonator at `frequency` Hz of `bandwidth` Hz, scaled to about unit peak gain."""
    radius = float(np.exp(-np.pi * bandwidth / rate))
    angle = 2.0 * np.pi * frequency / rate
    out = np.empty(len(signal))
    _resonate(np.ascontiguousarray(signal, dtype=np.float64), float(np.cos(angle)), radius, out)
    out *= (1.0 - radius) * float(np.sqrt(max(1e-9, 1.0 - 2.0 * radius * np.cos(2.0 * angle) + radius * radius)))
    return out


@kernel(f8_1, f8, out_f8_1)
def _smooth(signal: Floats, keep: float, out: Floats) -> None:
    value = 0.0
    for n in range(signal.shape[0]):
        value = keep * value + (1.0 - keep) * signal[n]
        out[n] = value


def smooth(signal: Floats, cutoff: float, rate: float) -> Floats:
    """`signal` through a one-pole low-pass at `cutoff` Hz."""
    out = np.empty(len(signal))
    _smooth(np.ascontiguousarray(signal, dtype=np.float64), float(np.exp(-2.0 * np.pi * cutoff / rate)), out)
    return out
