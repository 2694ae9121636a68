"""The user's own effects: kept as one table in the state folder, joined with the built-in catalogue."""

import csv
import io
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path

from showeditor.effects.catalogue import Catalogue, Entry, catalogue, category_of
from showeditor.effects.tables import read_rows
from showeditor.model.errors import BadFile
from showeditor.storage.autosave import state_folder
from showeditor.storage.files import write_atomic

_COLUMNS = tuple(one.name for one in fields(Entry))
_FIGURES = ("calibre_mm", "height_m", "lift_s", "duration_s")


def catalogue_file() -> Path:
    """Where the user's effects are kept."""
    return state_folder() / "catalogue.csv"


def own_entries() -> tuple[Entry, ...]:
    """The user's effects in their order, none where nothing was imported; raises BadFile for a damaged table."""
    file = catalogue_file()
    if not file.exists():
        return ()
    found = []
    for row in read_rows(file):
        category = category_of(row.get("category", ""))
        if category is None:
            raise BadFile(file.name, row.get("id", ""), f"expected a category, found {row.get('category')!r}")
        try:
            figures = {name: float(row[name]) if row[name] else None for name in _FIGURES}
            found.append(
                Entry(
                    id=row["id"],
                    category=category,
                    title_en=row["title_en"],
                    title_zh=row["title_zh"],
                    vdl=row["vdl"],
                    source=row["source"],
                    confidence=row["confidence"],
                    lift_sigma_s=float(row["lift_sigma_s"]),
                    height_sigma_m=float(row["height_sigma_m"]),
                    **figures,
                )
            )
        except (KeyError, ValueError) as error:
            raise BadFile(file.name, row.get("id", ""), f"expected a whole row ({error})") from None
    return tuple(found)


def whole_catalogue() -> Catalogue:
    """The built-in catalogue with the user's effects; one of the user's takes the place of a built-in of its id."""
    return catalogue().joined(own_entries())


def keep_entries(entries: Iterable[Entry]) -> int:
    """Adds effects to the user's own; a known id is replaced. Gives back how many the user has now."""
    kept = Catalogue(own_entries()).joined(entries).entries
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for entry in kept:
        values = [getattr(entry, name) for name in _COLUMNS]
        writer.writerow(["" if value is None else value for value in values])
    write_atomic(catalogue_file(), out.getvalue().encode())
    return len(kept)
