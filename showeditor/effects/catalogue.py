"""The catalogue: named effects with their figures, from assets/effects/catalogue.csv and from users' own tables."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import get_args

from showeditor.effects.description import write
from showeditor.effects.device import Category
from showeditor.effects.grammar import parse
from showeditor.effects.tables import number, read_table
from showeditor.model.births import finite, named, not_negative, positive
from showeditor.model.errors import BadFile
from showeditor.model.times import us

_LATENCY_BELOW_S = 0.5
_ONE_SHOT = frozenset(("Shells", "Comets", "Mines"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One effect of a catalogue: `id` is its part number, `vdl` its description, `lift_s` from ignition to bloom.

    Figures that nobody stated are None; `source` and `confidence` say where the others come from. Test firings give
    the standard deviations `lift_sigma_s` and `height_sigma_m` (0: not known).
    """

    id: str
    category: Category
    title_en: str
    title_zh: str
    vdl: str
    calibre_mm: float | None
    height_m: float | None
    lift_s: float | None
    duration_s: float | None
    source: str
    confidence: str
    lift_sigma_s: float = 0.0
    height_sigma_m: float = 0.0

    def __post_init__(self) -> None:
        named("id of a catalogue entry", self.id)
        named(f"source of {self.id}", self.source)
        for name, value in (("calibre", self.calibre_mm), ("height", self.height_m)):
            if value is not None:
                positive(f"{name} of {self.id}", value)
        for name, value in (("lift", self.lift_s), ("duration", self.duration_s)):
            if value is not None:
                not_negative(f"{name} of {self.id}", value)
        finite(f"spread of {self.id}", self.lift_sigma_s, self.height_sigma_m)

    def description(self) -> str:
        """The effect's description with the entry's own figures written into it, for a cue.

        Calibre always; height and lift where one shot flies (of a cake they hold for no single shot); a lift time
        below half a second would be read as latency and is left to the tables.
        """
        found = parse(self.vdl)
        if self.calibre_mm is not None:
            found = replace(found, calibre_mm=self.calibre_mm)
        if self.category in _ONE_SHOT and found.device != "Chain":
            if self.height_m is not None:
                found = replace(found, height_m=round(self.height_m, 2))
            if self.lift_s is not None and self.lift_s >= _LATENCY_BELOW_S and self.category == "Shells":
                found = replace(found, prefire_us=us(round(self.lift_s, 3)))
        return write(found)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Entries in their order; ids are unique."""

    entries: tuple[Entry, ...]

    def __len__(self) -> int:
        return len(self.entries)

    def find(self, id: str) -> Entry | None:
        """The entry of a part number, or None."""
        return next((entry for entry in self.entries if entry.id == id), None)

    def search(
        self, words: str = "", *, category: str = "", calibre_mm: tuple[float, float] | None = None
    ) -> tuple[Entry, ...]:
        """Entries that hold every one of the words (id, titles, description), of a category and a span of calibres."""
        wanted = words.casefold().split()
        return tuple(
            entry
            for entry in self.entries
            if (not category or entry.category == category)
            and (calibre_mm is None or (entry.calibre_mm or 0.0) >= calibre_mm[0])
            and (calibre_mm is None or (entry.calibre_mm or 0.0) <= calibre_mm[1])
            and all(word in _text(entry) for word in wanted)
        )

    def joined(self, others: Iterable[Entry]) -> "Catalogue":
        """This catalogue with others' entries; an entry with a known id takes the place of the known one."""
        new = {entry.id: entry for entry in others}
        kept = tuple(new.pop(entry.id, entry) for entry in self.entries)
        return Catalogue(kept + tuple(new.values()))


def _text(entry: Entry) -> str:
    return f"{entry.id} {entry.title_en} {entry.title_zh} {entry.vdl} {entry.category}".casefold()


@cache
def catalogue() -> Catalogue:
    """The built-in catalogue; raises BadFile for a row without a figure, source or confidence, or with a double id."""
    file = "catalogue.csv"
    found: dict[str, Entry] = {}
    for row in read_table("effects", file):
        name = row["id"]
        category = category_of(row["category"])
        if category is None:
            raise BadFile(file, name, f"expected a category, found {row['category']!r}")
        if name in found:
            raise BadFile(file, name, "expected every id once")
        if not row["title_en"] or not row["title_zh"]:
            raise BadFile(file, name, "expected a title in both languages")
        try:
            found[name] = Entry(
                id=name, category=category, title_en=row["title_en"], title_zh=row["title_zh"], vdl=row["vdl"],
                calibre_mm=number(row, "calibre_mm", file), height_m=number(row, "height_m", file),
                lift_s=number(row, "lift_s", file), duration_s=number(row, "duration_s", file),
                source=row["source"], confidence=row["confidence"],
            )  # fmt: skip
        except ValueError as error:
            raise BadFile(file, name, str(error)) from None
    return Catalogue(tuple(found.values()))


def category_of(text: str) -> Category | None:
    """The category of that name, or None."""
    names: tuple[Category, ...] = get_args(Category)
    return next((name for name in names if name.casefold() == text.strip().casefold()), None)
