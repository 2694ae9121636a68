"""Fonts: the one that ships with the program, those of the system by name, and glyph outlines as contours."""

import io
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont, TTLibError
from fontTools.ttLib.ttCollection import TTCollection

from showeditor.model.arrays import Floats
from showeditor.model.assets import asset
from showeditor.model.errors import BadFile, BadInput

SHIPPED = "Show Sans SC"

_SUFFIXES = (".otf", ".ttf", ".ttc", ".otc")


# fontTools states no types for these; their arguments are plain and checked by the tests
_Pen: Callable[[Any], Any] = DecomposingRecordingPen
_Collection: Callable[..., Any] = TTCollection


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character's contours ((k, 2), x right, y up, in em) and how far the next one stands."""

    contours: tuple[Floats, ...]
    advance: float


class Font:
    """An open font; sizes in em."""

    def __init__(self, file: TTFont, name: str) -> None:
        self.name = name
        head: Any = file["head"]
        self._units = float(head.unitsPerEm)
        self._characters: dict[int, str] = file.getBestCmap() or {}
        self._glyphs = file.getGlyphSet()
        self._file = file

    def has(self, character: str) -> bool:
        """Whether the font can draw this character."""
        return ord(character) in self._characters

    def glyph(self, character: str) -> Glyph:
        """The outline of a character; raises BadInput naming it when the font has none."""
        if not self.has(character):
            raise BadInput(f"font {self.name!r} has no glyph for {character!r} (U+{ord(character):04X})")
        found = self._glyphs[self._characters[ord(character)]]
        pen = _Pen(self._glyphs)
        found.draw(pen)
        contours = tuple(c / self._units for c in flattened(pen.value, self._units / 400.0))
        return Glyph(contours, float(found.width) / self._units)


def flattened(commands: Sequence[tuple[str, tuple[tuple[float, float] | None, ...]]], tolerance: float) -> list[Floats]:
    """Polylines (k, 2) of recorded pen commands, curves cut so fine that they are within about `tolerance`."""
    lines: list[Floats] = []
    here: list[Floats] = []

    def close() -> None:
        nonlocal here
        if here:
            whole = np.concatenate(here)
            keep = np.concatenate([[True], np.abs(np.diff(whole, axis=0)).max(axis=1) > 1e-9])
            lines.append(whole[keep])
        here = []

    for name, raw in commands:
        points = [np.array(p, np.float64) for p in raw if p is not None]
        if name == "moveTo":
            close()
            here = [points[0][None]]
        elif name == "lineTo":
            here.append(points[0][None])
        elif name == "curveTo":
            here.append(_bezier(here[-1][-1], points, tolerance))
        elif name == "qCurveTo":
            if raw[-1] is None:
                # a closed curve without an on-curve point begins between its last and first
                points.append((points[-1] + points[0]) / 2.0)
                here = [points[-1][None]]
            for k, control in enumerate(points[:-1]):
                end = points[-1] if k == len(points) - 2 else (control + points[k + 1]) / 2.0
                here.append(_bezier(here[-1][-1], [control, end], tolerance))
            if len(points) == 1:
                here.append(points[0][None])
        elif name == "closePath":
            if here and np.abs(here[0][0] - here[-1][-1]).max() < 1e-9 and sum(len(h) for h in here) > 1:
                here[-1] = here[-1][:-1]
                here = [h for h in here if len(h)]
            close()
        elif name == "endPath":
            close()
    close()
    return lines


def _bezier(start: Floats, controls: list[Floats], tolerance: float) -> Floats:
    points = np.array([start, *controls])
    bend = np.abs(np.diff(points, n=2, axis=0)).max(initial=0.0)
    steps = int(np.clip(np.ceil(np.sqrt(bend / max(tolerance, 1e-12))), 1, 200))
    t = np.linspace(0.0, 1.0, steps + 1)[1:, None]
    level = [np.broadcast_to(p, (steps, 2)) for p in points]
    while len(level) > 1:
        level = [a + (b - a) * t for a, b in pairwise(level)]
    out: Floats = np.array(level[0])
    return out


def _folders() -> list[Path]:
    home = Path.home()
    if sys.platform == "win32":
        return [Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts", home / "AppData/Local/Microsoft/Windows/Fonts"]
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"]
    return [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts", home / ".fonts"]


@lru_cache(maxsize=1)
def _system_files() -> tuple[Path, ...]:
    found: list[Path] = []
    for folder in _folders():
        if folder.is_dir():
            found += [p for p in sorted(folder.rglob("*")) if p.suffix.lower() in _SUFFIXES]
    return tuple(found)


def _faces(path: Path) -> list[TTFont]:
    """The faces of a font file, read whole so that nothing stays open."""
    try:
        stream = io.BytesIO(path.read_bytes())
        if path.suffix.lower() in (".ttc", ".otc"):
            return list(_Collection(stream, lazy=True).fonts)
        return [TTFont(stream, lazy=True)]
    except (TTLibError, OSError, AssertionError) as error:
        raise BadFile(path.name, "", f"not a font: {error}") from None


def _names(face: TTFont) -> set[str]:
    names = {face["name"].getDebugName(k) for k in (1, 4, 6, 16)} if "name" in face else set()
    return {_plain(name) for name in names if name}


def _plain(name: str) -> str:
    return "".join(c for c in name.lower() if c.isalnum())


@lru_cache(maxsize=8)
def open_font(name: str = "") -> Font:
    """The font of that family, full or file name; '' is the one that ships. Raises BadInput when there is none."""
    if not name or _plain(name) == _plain(SHIPPED):
        return Font(_faces(asset("fonts", "ShowSansSC-Regular.otf"))[0], SHIPPED)
    wanted = _plain(name)
    # most files are named after their family: those are opened first
    files = sorted(_system_files(), key=lambda p: (wanted[:8] not in _plain(p.stem), str(p)))
    for path in files:
        if _plain(path.stem) == wanted or path.name == name:
            return Font(_faces(path)[0], name)
        try:
            faces = _faces(path)
        except BadFile:
            continue
        for face in faces:
            if wanted in _names(face):
                return Font(face, name)
    raise BadInput(f"font {name!r} is not installed")
