"""The time axis: microseconds to pixels and back, zoom at a point, the grid lines worth drawing."""

from dataclasses import dataclass, replace

from showeditor.model.music import Music
from showeditor.model.times import US, clock
from showeditor.timeline.grid import lines

MIN_US_PER_PX = 200.0
MAX_US_PER_PX = 4_000_000.0
_STEPS_US = tuple(
    int(s * US) for s in (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600)
)


@dataclass(frozen=True, slots=True)
class Axis:
    """Which stretch of time the widget shows: the time at x = 0 and the microseconds in a pixel."""

    start_us: float = -2_000_000.0
    us_per_px: float = 100_000.0

    def x(self, t_us: float) -> float:
        """Pixels right of the left edge of the lanes."""
        return (t_us - self.start_us) / self.us_per_px

    def t(self, x: float) -> int:
        """The whole microsecond at a pixel."""
        return round(self.start_us + x * self.us_per_px)

    def zoomed(self, factor: float, at_x: float) -> "Axis":
        """Zoomed in by `factor` with the time under `at_x` staying where it is."""
        scale = min(max(self.us_per_px / factor, MIN_US_PER_PX), MAX_US_PER_PX)
        return Axis(self.start_us + at_x * (self.us_per_px - scale), scale)

    def moved(self, dx: float) -> "Axis":
        """Scrolled by `dx` pixels to later times."""
        return replace(self, start_us=self.start_us + dx * self.us_per_px)

    @staticmethod
    def fitting(t0_us: float, t1_us: float, width: float, margin: float = 24.0) -> "Axis":
        """An axis that shows [t0, t1] with a margin on both sides."""
        room = max(width - 2 * margin, 50.0)
        scale = min(max(max(t1_us - t0_us, 1.0) / room, MIN_US_PER_PX), MAX_US_PER_PX)
        middle = (t0_us + t1_us) / 2
        return Axis(middle - scale * width / 2, scale)


@dataclass(frozen=True, slots=True)
class GridLine:
    """A line of the ruler: its time, its text (empty for small lines) and its rank (0 the strongest)."""

    t_us: int
    text: str
    rank: int


def clock_lines(axis: Axis, width: float, least_px: float = 76.0) -> list[GridLine]:
    """Lines of the clock ruler, labelled about every `least_px` pixels."""
    step = next((s for s in _STEPS_US if s / axis.us_per_px >= least_px), _STEPS_US[-1])
    small = step // 5
    decimals = 0 if step >= US else 3 if step < 10_000 else 2 if step < 100_000 else 1
    first = axis.t(0) // small
    last = axis.t(width) // small + 1
    return [
        GridLine(n * small, clock(n * small, decimals) if n % 5 == 0 else "", 0 if n % 5 == 0 else 1)
        for n in range(first, last + 1)
    ]


def beat_lines(axis: Axis, width: float, music: Music, least_px: float = 7.0) -> list[GridLine]:
    """Bar and beat lines; beats, then bars, are left out when they would stand closer than `least_px`."""
    found = lines(music, max(axis.t(0), music.downbeat_us, 0), axis.t(width), round(axis.us_per_px * least_px))
    return [GridLine(line.t_us, str(line.bar) if line.beat == 1 else "", int(line.beat != 1)) for line in found]


def musical(t_us: int, music: Music) -> str:
    """`bar.beat.tick` of a show time, as a musician counts; before the downbeat `-`."""
    tick = music.tempo.tick_of_us(t_us - music.downbeat_us)
    if tick < 0:
        return "–"
    bar, beat, over = music.tempo.bar_beat(tick)
    return f"{bar}.{beat}.{over:03d}"
