"""Effect names of firing files -> descriptions in the effect language, with what the file knows beside the name."""

import re
from dataclasses import dataclass, replace

from showeditor.effects.description import Description, write
from showeditor.effects.grammar import parse
from showeditor.effects.reading import read
from showeditor.model.errors import BadInput

_COUNTED = re.compile(r"^([1-9][0-9]{0,2}) x (.+)$")
_JOIN = " + "
_NEAR_US = 2_000


@dataclass(frozen=True, slots=True)
class Named:
    """One device as a cue will hold it, and whether its words, its calibre, its rise and its length came through."""

    effect: str
    readable: bool = True
    unknown: tuple[str, ...] = ()
    other_calibre_mm: float = 0.0
    prefire_off_us: int = 0
    length_off_us: int = 0
    other_kind: str = ""


def devices_in(text: str) -> tuple[str, ...]:
    """The single devices of a row's name: `2 x Mine + Red Comet` are three; a cake's own `+` stays inside it."""
    whole = " ".join(text.split())
    counted = _COUNTED.match(whole)
    if counted and _JOIN not in whole:
        return (counted[2],) * int(counted[1])
    if _JOIN not in whole or _reads(whole):
        return (whole,)
    parts = [part.strip() for part in whole.split(_JOIN)]
    singles: list[str] = []
    for part in parts:
        found = _COUNTED.match(part)
        singles += [found[2]] * int(found[1]) if found else [part]
    return tuple(singles) if all(map(_reads, singles)) and len(singles) <= 200 else (whole,)


def _reads(text: str) -> bool:
    try:
        read(text)
    except BadInput:
        return False
    return True


def named(
    text: str, *, calibre_mm: float = 0.0, prefire_us: int | None = None, lasts_us: int = 0, category: str = ""
) -> Named:
    """The description of one device: the file's own words, with its calibre and prefire where the words lack them.

    `prefire_us` None: the file does not tell when the effect is seen. A name that cannot be read is kept as it stands.
    """
    try:
        found = parse(text)
        device = read(text)
    except BadInput:
        return Named(text or "?", readable=False)
    wanted = found
    other = 0.0
    if calibre_mm > 0:
        if found.calibre_mm is None:
            wanted = replace(wanted, calibre_mm=calibre_mm)
        elif abs(found.calibre_mm - calibre_mm) > 0.5:
            other = calibre_mm
    if lasts_us > 0 and found.duration_us is None and device.category in ("Cakes", "Candles"):
        wanted = replace(wanted, duration_us=lasts_us)
    effect = text if wanted is found else _kept(wanted, text)
    device = read(effect)
    if prefire_us is not None and abs(device.prefire_us - prefire_us) > _NEAR_US:
        told = _kept(replace(parse(effect), prefire_us=prefire_us), effect)
        if abs(read(told).prefire_us - prefire_us) <= _NEAR_US:
            effect, device = told, read(told)
    return Named(
        effect,
        unknown=device.unknown,
        other_calibre_mm=other,
        prefire_off_us=0 if prefire_us is None else prefire_us - device.prefire_us,
        length_off_us=lasts_us - device.duration_us if lasts_us else 0,
        other_kind=category if category and category.lower() != device.category.lower() else "",
    )


def _kept(description: Description, otherwise: str) -> str:
    """The text of a changed description; the old one where it would not read back."""
    text = write(description)
    return text if _reads(text) else otherwise
