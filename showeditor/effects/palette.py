"""The palette: ready effects with titles in both languages (assets/effects/first-set.json)."""

from functools import cache

import msgspec

from showeditor.effects.tables import CONFIDENCES
from showeditor.model.assets import asset
from showeditor.model.errors import BadFile


class PaletteEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One effect to pick: `vdl` is its description in canonical form, `category` that of its device."""

    id: str
    title_en: str
    title_zh: str
    vdl: str
    category: str


class _Palette(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    source: str
    confidence: str
    effects: tuple[PaletteEntry, ...]


@cache
def first_set() -> tuple[PaletteEntry, ...]:
    """The palette of the first set in its order; raises BadFile for a broken file, missing source or double id."""
    file = "first-set.json"
    try:
        palette = msgspec.json.decode(asset("effects", file).read_bytes(), type=_Palette)
    except msgspec.MsgspecError as error:
        raise BadFile(file, "", f"expected a palette ({error})") from None
    if not palette.source.strip() or palette.confidence not in CONFIDENCES:
        raise BadFile(file, "", "expected a source and a confidence: S, C, I or M")
    seen: set[str] = set()
    for entry in palette.effects:
        if entry.id in seen:
            raise BadFile(file, entry.id, "expected every id once")
        seen.add(entry.id)
    return palette.effects
