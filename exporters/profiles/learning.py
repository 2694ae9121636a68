"""A profile proposed from one sample file: what the file itself shows, and a question mark for what it does not."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from exporters.profiles.profile import profile_of
from exporters.profiles.reading import reader
from exporters.table.columns import guess
from exporters.texts import BIGGEST, cells_of, time_of
from showeditor.export.names import ascii_text
from showeditor.model.errors import BadFile

_FIELDS = {"ignition": "ignition", "ignition-ms": "ignition", "effect-time": "effect", "effect-time-ms": "effect",
           "prefire": "prefire", "duration": "duration", "name": "name", "calibre": "calibre", "category": "category",
           "position": "position", "angle": "angle", "controller": "controller", "module": "module", "pin": "pin",
           "devices": "devices"}  # fmt: skip
_MOST_HEAD = 40


@dataclass(frozen=True, slots=True)
class _Shape:
    """The outer form of a text file."""

    encoding: str
    bom: bool
    line_end: str
    delimiter: str
    lines: tuple[str, ...]
    first: int
    columns: int
    named: bool
    after: int
    quoting: str

    @property
    def rows(self) -> list[list[str]]:
        """The cells of the rows that are whole."""
        cells = (cells_of(line, self.delimiter) for line in self.lines[self.first : self.after])
        return [row for row in cells if len(row) == self.columns]

    @property
    def names(self) -> list[str]:
        """The names of the columns; empty ones where the file has none."""
        if not self.named:
            return [""] * self.columns
        return cells_of(self.lines[self.first - 1], self.delimiter)


def learn(data: bytes, name: str, draft: Mapping[str, object]) -> str:
    """The TOML text of a proposed profile; `draft` are facts about the system that are known (see assets/profiles).

    What the sample does not show stands as `?` and has to be completed by hand; where the sample contradicts a known
    fact, a comment says so. A profile that is complete is tried: comments say whether it reads the sample.
    Raises BadFile for a file that is no text of rows.
    """
    shape = _shape(data, name)
    stem = re.sub(r"\.[^.]*$", "", name.replace("\\", "/").rpartition("/")[2])
    suffix = re.search(r"\.[A-Za-z0-9]{1,8}$", name)
    columns, notes = _columns(shape, draft)
    notes += _against(shape, draft)
    odd = shape.after - shape.first - len(shape.rows)
    if odd:
        notes.append(f"{odd} lines between the rows have another number of columns: not understood")
    modules, pins = _range(shape, columns, "module"), _range(shape, columns, "pin")
    tick = min([c.tick_us for c in columns if c.tick_us] or [1000])
    title = str(draft.get("title") or f"{stem} (learned)")
    source = f"the sample file {name.rpartition('/')[2]}" + (f"; {draft['source']}" if "source" in draft else "")
    sort = draft.get("sort") or _sorted(shape, columns)
    lines = [
        f"# Proposed from {name.rpartition('/')[2]}: {len(shape.rows)} rows. Check every line before you fly on it.",
        *(f"# {note}" for note in notes),
        f"id = {_text(str(draft.get('id') or _slug(stem)))}",
        f"title = {_text(ascii_text(title))}",
        f"title_zh = {_text(str(draft.get('title_zh') or stem))}",
        f"source = {_text(source)}",
        'confidence = "I"',
        f"suffix = {_text(suffix[0] if suffix else '.csv')}",
        f"encoding = {_text(shape.encoding)}",
        f"bom = {str(shape.bom).lower()}",
        f"delimiter = {_text(shape.delimiter)}",
        f"line_end = {_text(shape.line_end)}",
        f"quoting = {_text(shape.quoting)}",
        f"head = {_list(shape.lines[: shape.first - shape.named])}",
        f"column_names = {str(shape.named).lower()}",
        f"tail = {_list(shape.lines[shape.after :])}",
        f"sort = {_list([str(s) for s in sort] if isinstance(sort, (list, tuple)) else [])}",
        f"tick_us = {tick}  # the finest step that the sample shows",
        "",
        "[addresses]  # only what the sample uses: state the ranges of the box",
        f"module_lo = {modules[0]}",
        f"module_hi = {modules[1]}",
        f"pin_lo = {pins[0]}",
        f"pin_hi = {pins[1]}",
        *(line for column in columns for line in column.lines()),
    ]
    text = "\n".join(lines) + "\n"
    return _tried(text, data, name)


@dataclass(frozen=True, slots=True)
class _Guess:
    """What one column is taken to hold; `?` for what the sample does not show."""

    field: str
    name: str
    form: str = ""
    text: str = ""
    pad: int = 0
    base: int = 10
    tick_us: int = 0
    shown: str = ""

    def lines(self) -> list[str]:
        out = ["", "[[columns]]" + (f"  # {self.shown}" if self.shown else ""), f"field = {_text(self.field)}"]
        out.append(f"name = {_text(self.name)}")
        out += [f"as = {_text(self.form)}"] if self.form else []
        out += [f"text = {_text(self.text)}"] if self.text else []
        out += [f"pad = {self.pad}"] if self.pad else []
        return out + ([f"base = {self.base}"] if self.base != 10 else [])


def _shape(data: bytes, name: str) -> _Shape:
    if len(data) > BIGGEST:
        raise BadFile(name, "", f"at most {BIGGEST // 1_000_000} MB were expected")
    encoding, bom, text = _decoded(data, name)
    ends = {end: len(re.findall(end, text)) for end in ("\r\n", "(?<!\r)\n", "\r(?!\n)")}
    line_end = {"\r\n": "\r\n", "(?<!\r)\n": "\n", "\r(?!\n)": "\r"}[max(ends, key=lambda e: ends[e])]
    lines = re.split(r"\r\n|\r|\n", text)
    while lines and not lines[-1].strip():
        lines.pop()
    best: tuple[int, int, str, int] = (0, 0, ",", 0)
    for delimiter in (",", "\t", ";", "|"):
        counts = [len(cells_of(line, delimiter)) for line in lines]
        for width in set(counts):
            hits = counts.count(width)
            if width > 1 and (hits, width) > best[:2]:
                best = (hits, width, delimiter, counts.index(width))
    hits, width, delimiter, first = best
    if hits < 2:
        raise BadFile(name, "", "rows with one number of columns were expected, at least two")
    if first > _MOST_HEAD:
        raise BadFile(name, f"line {first + 1}", f"rows were expected within the first {_MOST_HEAD} lines")
    after = max(k for k, line in enumerate(lines) if len(cells_of(line, delimiter)) == width) + 1
    named = not any(_timed(cell) or re.match(r"^[0-9]+$", cell) for cell in cells_of(lines[first], delimiter))
    body = lines[first + named : after]
    quotes = sum(line.count('"') for line in body)
    all_quoted = all(line.startswith('"') and line.endswith('"') for line in body)
    doubled = any(f'{delimiter}"' in f"{delimiter}{line}" for line in body)
    quoting = "all" if quotes and all_quoted else "excel" if doubled or not quotes else "none"
    if delimiter == "\t" and not quotes:
        quoting = "none"  # tab files seldom quote at all
    return _Shape(encoding, bom, line_end, delimiter, tuple(lines), first + named, width, named, after, quoting)


def _decoded(data: bytes, name: str) -> tuple[str, bool, str]:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le")):
        if data.startswith(mark):
            try:
                return encoding, True, data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise BadFile(name, f"byte {error.start}", f"text in {encoding} was expected") from None
    for encoding in ("ascii", "utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return encoding, False, text
    raise BadFile(name, "", "a text file in ASCII, UTF-8, UTF-16 or GB18030 was expected")


def _timed(cell: str) -> bool:
    return time_of(cell) is not None and bool(re.search(r"[.:]", cell))


def _columns(shape: _Shape, draft: Mapping[str, object]) -> tuple[list[_Guess], list[str]]:
    names, rows = shape.names, shape.rows
    known = draft.get("fields")
    fields = [str(f) for f in known] if isinstance(known, (list, tuple)) and len(known) == shape.columns else []
    hints = fields or [_FIELDS.get(held, "") for held in guess(names)]
    out: list[_Guess] = []
    notes: list[str] = []
    for k, name in enumerate(names):
        cells = [row[k] for row in rows]
        out.append(_column(hints[k], name, cells, notes))
    for needed in ("module", "pin"):
        places = [c for c in out if c.field == needed]
        if not places and not any(c.field == "pattern" for c in out):
            notes.append(f"no column is known as the {needed}: replace a ? by {needed!r}")
    return out, notes


def _column(hint: str, name: str, cells: Sequence[str], notes: list[str]) -> _Guess:
    shown = ", ".join(dict.fromkeys(c for c in cells[:4] if c))[:60].replace("\n", " ")
    filled = [c for c in cells if c]
    label = name or "the column without a name"
    if hint in ("ignition", "effect", "prefire", "duration") or (not hint and filled and all(map(_timed, filled))):
        field = hint or "?"
        if any(":" in c for c in filled):
            form = "clock"
        elif any("." in c for c in filled):
            form = "seconds"
        else:
            form = "?"
            notes.append(f"{label}: whole numbers; say whether they are ms, tenths, hundredths or frames")
        decimals = max((len(c.rpartition(".")[2].rstrip("s")) for c in filled if "." in c), default=0)
        if field == "?":
            notes.append(f"{label}: a time; say whether it is the ignition, the effect, the prefire or the duration")
        return _Guess(field, name, form, tick_us=10 ** max(0, 6 - decimals) if decimals else 0, shown=shown)
    if hint in ("module", "pin", "devices", "controller"):
        whole = all(re.match(r"^[0-9]+$", c) for c in filled)
        widths = {len(c) for c in filled}
        padded = whole and len(widths) == 1 and any(c.startswith("0") and len(c) > 1 for c in filled)
        if not whole and hint != "controller" and all(re.match(r"^[0-9A-Fa-f]+$", c) for c in filled):
            return _Guess(hint, name, base=16, shown=shown)
        return _Guess(hint, name, pad=max(widths) if padded else 0, shown=shown)
    if hint:
        return _Guess(hint, name, shown=shown)
    if len(set(cells)) == 1:
        # one and the same cell in every row is a fixed text as far as the sample goes
        return _Guess("text", name, text=cells[0], shown="the same in every row of the sample")
    if filled == [str(k + 1) for k in range(len(filled))]:
        return _Guess("number", name, shown=shown)
    notes.append(f"{label}: not known what it holds ({shown})")
    return _Guess("?", name, shown=shown)


def _range(shape: _Shape, columns: Sequence[_Guess], field: str) -> tuple[int, int]:
    for k, column in enumerate(columns):
        if column.field == field:
            numbers = [int(row[k], column.base) for row in shape.rows if re.match(r"^[0-9A-Fa-f]{1,5}$", row[k])]
            if numbers:
                return min(numbers), max(numbers)
    return 0, 0


def _sorted(shape: _Shape, columns: Sequence[_Guess]) -> list[str]:
    for field in ("ignition", "effect"):
        for k, column in enumerate(columns):
            if column.field == field:
                times = [time_of(row[k]) or 0 for row in shape.rows]
                if times == sorted(times):
                    return [field, "module", "pin"]
    return ["ignition", "module", "pin"]


def _against(shape: _Shape, draft: Mapping[str, object]) -> list[str]:
    """Where the sample is otherwise than what is known of the system."""
    out: list[str] = []
    for key in ("encoding", "bom", "delimiter", "line_end", "quoting"):
        if key in draft and draft[key] != getattr(shape, key):
            if key == "encoding" and shape.encoding == "ascii":
                continue  # a sample without other signs cannot show more
            out.append(f"{key}: {draft[key]!r} is known of this system, the sample has {getattr(shape, key)!r}")
    names = draft.get("names")
    if isinstance(names, (list, tuple)) and [str(n) for n in names] != shape.names:
        out.append(f"column names: {', '.join(map(str, names))} are known, the sample has {', '.join(shape.names)}")
    return out


def _tried(text: str, data: bytes, name: str) -> str:
    if '"?"' in text:
        return text + "\n# Not complete: replace every ? above, then try it with: showeditor formats --profile FILE\n"
    try:
        found = reader(profile_of(text))(data, name)
    except BadFile as error:
        return text + f"\n# Tried on the sample: does not read it ({' '.join(str(error).split())})\n"
    return text + f"\n# Tried on the sample: reads {len(found.entries)} rows.\n"


def _slug(stem: str) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_text(stem).lower()).strip("-")[:39]
    return slug if len(slug) > 1 else "learned"


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _list(values: Sequence[str]) -> str:
    return "[" + ", ".join(_text(value) for value in values) + "]"
