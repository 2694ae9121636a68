"""A stretch of a Plan as numbered pictures, ready for any video encoder; no sound."""

import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from showeditor.model.errors import BadInput
from showeditor.model.plan import Plan
from showeditor.render.picture import write_png
from showeditor.render.studio import Studio
from showeditor.stage.backdrop import NO_BACKDROP, Backdrop
from showeditor.stage.shutter import CLOSED, Shutter

MOST_FRAMES = 1_000_000
_NUMBER = re.compile(r"%0?(\d{0,2})d")
_MOMENTS = {"draft": 3, "standard": 6, "film": 12}


def frame_times(from_us: int, to_us: int, fps: Fraction) -> list[int]:
    """The moments of the frames from `from_us` up to, not including, `to_us`; frame n at n/fps, rounded half up once.

    Raises BadInput for a rate outside 1 to 240 a second, an empty stretch or one of more than a million frames.
    """
    if not 1 <= fps <= 240:
        raise BadInput(f"a sequence takes 1 to 240 frames a second, not {fps}")
    if not 0 <= from_us < to_us:
        raise BadInput(f"a sequence must end after it starts, not run from {from_us / 1e6} s to {to_us / 1e6} s")
    step = Fraction(1_000_000) / fps
    count = -(-(to_us - from_us) // step)
    if count > MOST_FRAMES:
        raise BadInput(f"a sequence holds at most {MOST_FRAMES} frames, this one would hold {count}")
    return [from_us + int(n * step + Fraction(1, 2)) for n in range(count)]


def frame_paths(pattern: Path, count: int) -> list[Path]:
    """The files of the frames 0, 1, 2 ...: `night/%05d.png` gives night/00000.png and so on.

    Raises BadInput unless the name, not its folder, holds exactly one number like %05d and ends with .png.
    """
    if len(_NUMBER.findall(pattern.name)) != 1 or pattern.name.count("%") != 1:
        raise BadInput(f"{pattern.name}: a sequence needs one number like %05d in its name")
    if pattern.suffix.lower() != ".png":
        raise BadInput(f"{pattern.name}: pictures are written as .png")
    return [pattern.with_name(pattern.name % n) for n in range(count)]


def write_sequence(
    plan: Plan,
    pattern: Path,
    from_us: int,
    to_us: int,
    *,
    fps: Fraction = Fraction(25),
    size: tuple[int, int] = (1280, 720),
    quality: str = "standard",
    seat: str | None = None,
    projection: str = "flat",
    blur: float = 0.5,
    backdrop: Backdrop = NO_BACKDROP,
    progress: Callable[[float], None] | None = None,
) -> tuple[Path, ...]:
    """The files written, one per frame, in order; each appears whole or not at all, older ones are replaced.

    `blur` is the part of a frame's time for which the shutter is open, 0 (none) to 1. The last folder of `pattern` is
    made where it is missing. `progress` is told the part done after each frame. Raises BadInput as `Studio`,
    `frame_times` and `frame_paths` do, and when a file cannot be written.
    """
    if not 0.0 <= blur <= 1.0:
        raise BadInput(f"blur must lie between 0 and 1, not {blur}")
    times = frame_times(from_us, to_us, fps)
    paths = frame_paths(pattern, len(times))
    shutter = Shutter(int(blur * 1_000_000 / fps), _MOMENTS.get(quality, 1)) if blur > 0.0 else CLOSED
    with Studio(plan, size, quality, seat, projection=projection, shutter=shutter, backdrop=backdrop) as studio:
        try:
            pattern.parent.mkdir(exist_ok=True)
        except OSError as error:
            raise BadInput(f"{pattern.parent} cannot be made: {error.strerror}") from None
        for n, (t_us, path) in enumerate(zip(times, paths, strict=True)):
            write_png(path, studio.picture(t_us))
            if progress is not None:
                progress((n + 1) / len(times))
    return tuple(paths)
