"""Tables that users bring -> rows of text: CSV in the usual encodings, the first sheet of an XLSX file."""

import csv
import io
import lzma
import struct
import zipfile
import zlib
from xml.parsers import expat

from showeditor.model.errors import BadFile

MOST_ROWS = 50_000
MOST_COLUMNS = 200
MOST_BYTES = 64 * 1024 * 1024
_LONGEST_CELL = 2_000

Rows = list[list[str]]


def read_sheet(data: bytes, name: str) -> Rows:
    """The rows of a CSV or XLSX file, cells as stripped text; raises BadFile naming the place."""
    if len(data) > MOST_BYTES:
        raise BadFile(name, "", f"expected at most {MOST_BYTES // 2**20} MiB")
    return _xlsx(data, name) if data[:4] == b"PK\x03\x04" else _csv(data, name)


def _csv(data: bytes, name: str) -> Rows:
    text = ""
    for encoding in ("utf-8-sig", "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise BadFile(name, "", "expected text in UTF-8 or GB18030")
    head = text[: text.find("\n")] if "\n" in text else text
    delimiter = max(",;\t", key=head.count)
    rows: Rows = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            _checked(name, f"line {reader.line_num}", len(rows), len(cells))
            rows.append([cell.strip()[:_LONGEST_CELL] for cell in cells])
    except csv.Error as error:
        raise BadFile(name, f"line {reader.line_num}", f"expected CSV ({error})") from None
    return rows


def _checked(name: str, place: str, rows: int, columns: int) -> None:
    if rows >= MOST_ROWS:
        raise BadFile(name, place, f"expected at most {MOST_ROWS} rows")
    if columns > MOST_COLUMNS:
        raise BadFile(name, place, f"expected at most {MOST_COLUMNS} columns")


def _xlsx(data: bytes, name: str) -> Rows:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = set(archive.namelist())
            sheet = "xl/worksheets/sheet1.xml"
            if sheet not in members:
                raise BadFile(name, sheet, "expected a first sheet")
            shared: list[str] = []
            if "xl/sharedStrings.xml" in members:
                shared = _shared(_member(archive, "xl/sharedStrings.xml", name), name)
            return _cells(_member(archive, sheet, name), shared, name)
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        struct.error,
        RuntimeError,
        EOFError,
        OSError,
        ValueError,
    ) as error:
        raise BadFile(name, "", f"expected an XLSX file ({error})") from None


def _member(archive: zipfile.ZipFile, member: str, name: str) -> bytes:
    # the size in the directory may lie, so that what is read is capped as well
    with archive.open(member) as stream:
        data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise BadFile(name, member, f"expected at most {MOST_BYTES // 2**20} MiB")
    return data


def _parser(name: str, place: str) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise BadFile(name, place, "expected no document type: entities are not read")

    parser.StartDoctypeDeclHandler = refuse
    return parser


def _run(parser: expat.XMLParserType, data: bytes, name: str, place: str) -> None:
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise BadFile(name, place, f"expected XML ({error})") from None


def _shared(data: bytes, name: str) -> list[str]:
    place = "xl/sharedStrings.xml"
    found: list[str] = []
    inside = [""]

    def start(tag: str, _: dict[str, str]) -> None:
        if _plain(tag) == "si":
            found.append("")
        inside.append(_plain(tag))

    def text(piece: str) -> None:
        # phonetic guides (rPh) repeat the text in another script
        if inside[-1] == "t" and "rPh" not in inside and found and len(found[-1]) < _LONGEST_CELL:
            found[-1] += piece

    parser = _parser(name, place)
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: inside.pop()
    parser.CharacterDataHandler = text
    _run(parser, data, name, place)
    return found


def _plain(tag: str) -> str:
    """A tag without the prefix of its namespace."""
    return tag.rpartition(":")[2]


def _column(reference: str) -> int:
    letters = reference.rstrip("0123456789").upper()
    column = 0
    for letter in letters[:4]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def _cells(data: bytes, shared: list[str], name: str) -> Rows:
    place = "xl/worksheets/sheet1.xml"
    rows: Rows = []
    kind, value, tag_now = "", "", ""
    at = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal kind, value, tag_now, at
        tag = tag_now = _plain(tag)
        if tag == "row":
            _checked(name, place, len(rows), 0)
            rows.append([])
            at = 0
        elif tag == "c" and rows:
            kind, value = attributes.get("t", ""), ""
            if "r" in attributes:
                at = _column(attributes["r"])
            if not 0 <= at < MOST_COLUMNS:
                raise BadFile(name, f"cell {attributes.get('r', '')[:12]}", f"expected at most {MOST_COLUMNS} columns")

    def text(piece: str) -> None:
        nonlocal value
        if tag_now in ("v", "t") and len(value) < _LONGEST_CELL:
            value += piece

    def end(tag: str) -> None:
        nonlocal at, tag_now
        tag_now = ""
        if _plain(tag) == "c" and rows:
            row = rows[-1]
            row += [""] * (at + 1 - len(row))
            if kind == "s":
                index = int(value) if value.isdigit() and len(value) < 10 else -1
                if not 0 <= index < len(shared):
                    raise BadFile(name, f"row {len(rows)}", "expected a known shared string")
                row[at] = shared[index].strip()
            else:
                row[at] = value.strip()
            at += 1

    parser = _parser(name, place)
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    _run(parser, data, name, place)
    return rows
