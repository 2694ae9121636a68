"""Cues as text: tab-separated rows under a header, readable and writable by any spreadsheet."""

import csv
import io
from collections.abc import Callable, Collection, Mapping
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from showeditor.model.cue import Address, Cue
from showeditor.model.errors import BadInput
from showeditor.model.music import AtBeat, AtTime, When
from showeditor.model.show import Show
from showeditor.model.times import US, us_of_text
from showeditor.timeline.births import born, changed
from showeditor.timeline.edits import add_cues, add_track, cues_of
from showeditor.timeline.ids import fresh_cue_ids
from showeditor.timeline.moments import at_us, cue_us

T = TypeVar("T")

HEADER = (
    "Time", "Tick", "Effect", "Position", "Holds", "Pan", "Tilt", "Controller", "Module", "Pin", "Group", "Note",
    "Track",
)  # fmt: skip
"""Columns as written. Time is in seconds; Tick (960 a quarter note) is filled for musical cues and then rules."""

_NAMES: Mapping[str, str] = {
    **{name.lower(): name for name in HEADER},
    "时间": "Time", "刻": "Tick", "效果": "Effect", "点位": "Position", "基准": "Holds", "方位": "Pan", "倾角": "Tilt",
    "控制器": "Controller", "模块": "Module", "通道": "Pin", "分组": "Group", "备注": "Note", "轨道": "Track",
}  # fmt: skip
_HOLDS: Mapping[str, str] = {"": "bloom", "bloom": "bloom", "ignition": "ignition", "绽放": "bloom", "点火": "ignition"}


def text_of_cues(show: Show, ids: Collection[str]) -> str:
    """The named cues as tab-separated rows under a header, in order of time."""
    out = io.StringIO()
    writer = csv.writer(out, dialect="excel-tab", lineterminator="\n")
    writer.writerow(HEADER)
    track_of = {cue.id: track.name for track in show.tracks for cue in track.cues}
    for cue in sorted(cues_of(show, ids), key=lambda cue: (cue_us(show, cue), cue.id)):
        address = cue.address
        writer.writerow(
            [
                _seconds(cue_us(show, cue)),
                cue.when.tick if isinstance(cue.when, AtBeat) else "",
                cue.effect,
                cue.position,
                cue.holds,
                repr(cue.pan_deg),
                repr(cue.tilt_deg),
                address.controller if address else "",
                address.module if address else "",
                address.pin if address else "",
                cue.group,
                cue.note,
                track_of[cue.id],
            ]
        )
    return out.getvalue()


def cues_of_text(text: str) -> tuple[tuple[Cue, str], ...]:
    """Cues and the names of their tracks from pasted rows; the cues' ids are row numbers, to be made fresh.

    The first row names the columns (English or Chinese, any order, unknown ones refused); Time and Effect are needed.
    Raises BadInput naming the row and the column.
    """
    try:
        rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff")), dialect="excel-tab"))
    except csv.Error as error:
        raise BadInput(f"the clipboard holds no rows of a spreadsheet: {error}") from None
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if not rows:
        raise BadInput("the clipboard holds no rows")
    columns = []
    for cell in rows[0]:
        name = _NAMES.get(cell.strip().lower())
        if name is None:
            raise BadInput(f"row 1: {cell.strip()!r} is not a column of cues (known: {', '.join(HEADER)})")
        columns.append(name)
    if len(set(columns)) != len(columns):
        raise BadInput("row 1: a column stands there twice")
    if "Effect" not in columns or not {"Time", "Tick"} & set(columns):
        raise BadInput("row 1: the columns Time (or Tick) and Effect are needed")
    return tuple(_cue_of_row(number, columns, row) for number, row in enumerate(rows[1:], 2))


def paste_cues(show: Show, text: str, at_time_us: int | None = None) -> tuple[Show, tuple[str, ...]]:
    """The show with the pasted cues added, each in the track of its name (made if missing), and their fresh ids.

    `at_time_us` puts the earliest cue there and the others after it as they were; addresses are then left out. Without
    it the cues keep their moments and addresses.
    """
    pasted = cues_of_text(text)
    if not pasted:
        return show, ()
    names = fresh_cue_ids(show, len(pasted))
    offset = 0 if at_time_us is None else at_time_us - min(cue_us(show, cue) for cue, _ in pasted)
    placed: dict[str, list[Cue]] = {}
    for name, (cue, track) in zip(names, pasted, strict=True):
        when = at_us(cue.when, show.music, cue_us(show, cue) + offset) if offset else cue.when
        address = cue.address if at_time_us is None else None
        placed.setdefault(track, []).append(changed(cue, id=name, when=when, address=address))
    for track_name, cues in placed.items():
        if track_name and all(track.name != track_name for track in show.tracks):
            show = add_track(show, track_name)
        into = next((track.id for track in show.tracks if track.name == track_name), None)
        show = add_cues(show, cues, into)
    return show, names


def _cue_of_row(number: int, columns: list[str], row: list[str]) -> tuple[Cue, str]:
    if any(cell.strip() for cell in row[len(columns) :]):
        raise BadInput(f"row {number}: there are more cells than columns")
    cells = dict(zip(columns, (cell.strip() for cell in row), strict=False))

    def read(column: str, reader: Callable[[str], T], otherwise: T) -> T:
        cell = cells.get(column, "")
        if not cell:
            return otherwise
        try:
            return reader(cell)
        except (ValueError, InvalidOperation):
            raise BadInput(f"row {number}, column {column}: {cell!r} cannot be read") from None

    if not cells.get("Effect"):
        raise BadInput(f"row {number}, column Effect: a cue needs an effect")
    if not cells.get("Tick") and not cells.get("Time"):
        raise BadInput(f"row {number}, column Time: a cue needs a time")
    holds = _HOLDS.get(cells.get("Holds", "").lower())
    if holds is None:
        raise BadInput(f"row {number}, column Holds: expected bloom or ignition, got {cells['Holds']!r}")
    when: When
    try:
        if cells.get("Tick"):
            when = born(AtBeat, tick=read("Tick", int, 0))
        else:
            when = born(AtTime, t_us=read("Time", us_of_text, 0))
        address = None
        if cells.get("Module") or cells.get("Pin"):
            controller = cells.get("Controller", "") or "1"
            address = born(Address, controller=controller, module=read("Module", int, 0), pin=read("Pin", int, 0))
        cue = born(
            Cue,
            id=f"row {number}",
            effect=cells["Effect"],
            position=cells.get("Position", ""),
            when=when,
            holds=holds,
            pan_deg=read("Pan", _number, 0.0),
            tilt_deg=read("Tilt", _number, 0.0),
            address=address,
            group=cells.get("Group", ""),
            note=cells.get("Note", ""),
        )
    except BadInput as error:
        raise BadInput(str(error) if str(error).startswith("row ") else f"row {number}: {error}") from None
    return cue, cells.get("Track", "")


def _number(text: str) -> float:
    return float(Decimal(text.removesuffix("°")))


def _seconds(t_us: int) -> str:
    return f"{Decimal(t_us) / US:f}"
