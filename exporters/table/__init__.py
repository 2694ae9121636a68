"""Tables that people make themselves: CSV and XLSX whose columns are known by name or said by the reader. In only."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from exporters.entries import Entry, Reading, plan_of
from exporters.finale.devices import first_lean, ignitions_of
from exporters.finale.generic import specs_of
from exporters.table.columns import FIELDS, TIMES, guess
from exporters.texts import LATEST_US, calibre_of, decimal_us, time_of, whole_of
from showeditor.effects.sheets import read_sheet
from showeditor.export.format import Carried, Files, Resolution, Status
from showeditor.export.names import file_stem
from showeditor.export.switches import Preview, Switches
from showeditor.model.errors import BadFile, BadInput, Unfit
from showeditor.model.finding import Finding
from showeditor.model.plan import Plan
from showeditor.model.times import US

_DAY_US = 86_400 * US
_ADDRESS = re.compile(r"^([0-9]{1,6})\s*[-/:. ]\s*([0-9]{1,6})$")
_MOST_HEAD = 10


@dataclass(frozen=True)
class Table:
    """The format `table`: never recognised by itself, chosen where no other format knows a sheet."""

    switches: Switches = field(default=Switches())
    id: str = "table"
    title: str = "Table (CSV, XLSX) with columns of your own"
    title_zh: str = "自定义列的表格（CSV、XLSX）"
    status: Status = "beta"
    reads: bool = True
    writes: bool = False

    @property
    def fields(self) -> Mapping[str, tuple[str, str]]:
        """What a column can hold, in English and Chinese."""
        return FIELDS

    @property
    def takes(self) -> frozenset[str]:
        """All switches but that of `.fin` files."""
        return frozenset(("angles", "prefire", "duration", "chains", "columns"))

    def adjusted(self, switches: Switches) -> "Table":
        """The format that reads with these switches; raises BadInput for a field that does not exist."""
        for column, held in switches.columns:
            if held and held not in FIELDS:
                raise BadInput(
                    f"column {column!r}: {held!r} is nothing a column can hold; known are {', '.join(FIELDS)}"
                )
        return replace(self, switches=switches)

    @property
    def limits(self) -> Mapping[str, int | float | str]:
        """Tick, and what is not proven."""
        return {"tick_us": 1, "not_proven": "what the columns mean is guessed from their names, or said by you"}

    def carried(self, plan: Plan) -> Carried:
        """Nothing: tables are not written."""
        return Carried()

    def resolution(self, plan: Plan) -> Resolution:
        """Microseconds."""
        return Resolution(tick_us=1)

    def remarks(self, plan: Plan) -> tuple[Finding, ...]:
        """Nothing, as nothing is written."""
        return ()

    def write(self, plan: Plan) -> dict[str, bytes]:
        """Raises Unfit: tables are read only."""
        raise Unfit(self.id, "the show", "a table can be read, not written; export finale-csv instead")

    def recognises(self, name: str, head: bytes) -> bool:
        """Never: a table of any kind is read only where somebody asks for it."""
        return False

    def preview(self, files: Files, name: str, most: int = 20) -> Preview:
        """The columns, what each is taken to hold, and the first rows; raises BadFile."""
        names, held, rows, _ = self._sheet(files, name)
        width = len(names)
        top = tuple(tuple((row + [""] * width)[:width]) for row in rows[:most])
        return Preview(tuple(names), tuple(held), top, len(rows))

    def read(self, files: Files, name: str) -> Plan:
        """The firing table of a sheet; raises BadFile naming the row."""
        names, held, rows, first = self._sheet(files, name)
        times = [h for h in held if h in TIMES]
        if not times:
            known = ", ".join(repr(n) for n in names[:20])
            raise BadFile(name, f"row {first}", f"no column is known as a time; the columns are {known}")
        if not {"name", "pin", "address", "position"} & set(held):
            raise BadFile(name, f"row {first}", "a column with effects, pins or positions was expected")
        out = Reading()
        out.problems.append(self.switches.said(self.id))
        out.problems.append(_understood(names, held))
        entries: list[tuple[str, Entry]] = []
        cells_of: list[dict[str, str]] = []
        left = 0
        for number, row in enumerate(rows, first + 1):
            cells = {h: c for h, c in zip(held, row, strict=False) if h}
            cells_of.append({n: c for n, h, c in zip(names, held, row, strict=False) if not h})
            if not any(row):
                continue
            if not any(cells.get(t) for t in times):
                left += 1
                continue
            chain = cells.get("chain", "") if self.switches.chains == "merge" else ""
            entries.append((chain, _entry(cells, self.switches, name, f"row {number}")))
        if not entries:
            raise BadFile(name, "", "rows with a time were expected after the column names")
        out.entries = ignitions_of(entries)
        out.leave_columns(cells_of, ())
        out.leave_out(left, "rows without a time", "没有时间的行")
        title = file_stem(re.sub(r"\.[A-Za-z]{2,4}$", "", name.rpartition("/")[2]))
        return plan_of(out.entries, title, specs_of(out.entries), out.problems)

    def _sheet(self, files: Files, name: str) -> tuple[list[str], list[str], list[list[str]], int]:
        """Names of the columns, what they hold, the rows after them, and the number of the row with the names."""
        if len(files) != 1:
            raise BadFile(name, "", f"one table was expected, found {len(files)} files")
        rows = read_sheet(next(iter(files.values())), name)
        said = {column.strip().lower(): held for column, held in self.switches.columns}
        best, score = 0, -1
        for k, row in enumerate(rows[:_MOST_HEAD]):
            hits = sum(bool(h) for h in guess(row)) + 2 * sum(cell.strip().lower() in said for cell in row)
            if hits > score:
                best, score = k, hits
        if not rows or not any(rows[best]):
            raise BadFile(name, "", "a row with the names of the columns was expected")
        names = [cell or f"column {k}" for k, cell in enumerate(rows[best], 1)]
        held = list(guess(names))
        unknown = set(said)
        for k, column in enumerate(names):
            for word in (column.lower(), f"column {k + 1}"):
                if word in said:
                    unknown.discard(word)
                    held = ["" if h == said[word] else h for h in held]
                    held[k] = said[word]
        if unknown:
            raise BadFile(name, f"row {best + 1}", f"no column {min(unknown)!r}; there are {', '.join(names[:20])}")
        return names, held, rows[best + 1 :], best + 1


def _understood(names: Sequence[str], held: Sequence[str]) -> Finding:
    pairs = [(n, FIELDS[h]) for n, h in zip(names, held, strict=True) if h]
    en = "; ".join(f"{n!r} as {words[0]}" for n, words in pairs)
    zh = "；".join(f"“{n}”作为{words[1]}" for n, words in pairs)
    return Finding("TABLE-READ", "note", f"table: read {en}", f"table：{zh}")


def _time(cells: Mapping[str, str], field_: str) -> int | None:
    """Microseconds of a time column; None where it is empty, -LATEST_US where it cannot be read."""
    for held, unit in ((field_, 0), (f"{field_}-ms", 1000)):
        cell = cells.get(held, "")
        if cell:
            found = decimal_us(cell, unit) if unit else time_of(cell)
            return -LATEST_US if found is None else found
    return None


def _entry(cells: Mapping[str, str], switches: Switches, file: str, at: str) -> Entry:
    prefire = decimal_us(cells.get("prefire") or "0", switches.prefire_us)
    lasts = decimal_us(cells.get("duration") or "0", switches.duration_us)
    if prefire is None or lasts is None or prefire < 0 or lasts < 0:
        raise BadFile(file, at, "prefire and duration as numbers were expected")
    ignition, bloom = _time(cells, "ignition"), _time(cells, "effect-time")
    if cells.get("time-of-day"):
        part = decimal_us(cells["time-of-day"], _DAY_US)
        ignition = -LATEST_US if part is None else part
    if -LATEST_US in (ignition, bloom):
        shown = next(cells[t] for t in TIMES if cells.get(t))
        raise BadFile(file, at, f"a time such as 00:01:02.500 was expected, found {shown[:40]!r}")
    if ignition is None:
        ignition = (bloom or 0) - prefire
    bloom = max(ignition, ignition + prefire if bloom is None else bloom)
    module, pin = _address(cells, file, at)
    lean = first_lean(cells.get("angle", ""))
    count, text = whole_of(cells.get("devices", "")), cells.get("name", "")
    return Entry(
        at,
        f"{count} x {text}" if count not in (None, 0, 1) and text else text,
        module,
        pin,
        ignition,
        bloom_us=bloom,
        end_us=bloom + lasts,
        controller=cells.get("controller", "") or ("table" if module >= 0 else ""),
        calibre_mm=calibre_of(cells.get("calibre", "")),
        category=cells.get("category", ""),
        position=cells.get("position", ""),
        lean_deg=0.0 if lean is None else switches.lean_deg(lean),
    )


def _address(cells: Mapping[str, str], file: str, at: str) -> tuple[int, int]:
    both = cells.get("address", "")
    if both:
        found = _ADDRESS.match(both)
        if found is None:
            raise BadFile(file, at, f"an address such as 1-05 was expected, found {both[:40]!r}")
        return int(found[1]), int(found[2])
    numbers = []
    for held in ("module", "pin"):
        cell = re.sub(r"\.0$", "", cells.get(held, ""))  # XLSX holds whole numbers as 5.0 at times
        number = -1 if not cell else whole_of(cell)
        if number is None:
            raise BadFile(file, at, f"a whole number was expected for the {held}, found {cell[:40]!r}")
        numbers.append(number)
    return numbers[0], numbers[1]


TABLE = Table()
