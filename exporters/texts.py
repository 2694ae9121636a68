"""Text as firing formats hold it: decoding, lines, cells, quoting, names in ASCII, times."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from showeditor.export.names import ascii_text
from showeditor.model.errors import BadFile
from showeditor.model.times import US

BIGGEST = 16_000_000
MOST_LINES = 40_000
LONGEST_LINE = 10_000
MOST_COLUMNS = 200
LATEST_US = 100 * 3600 * US
_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def text_of(data: bytes, file: str) -> str:
    """The file's text: UTF-8 or UTF-16 by its mark, else UTF-8, else GB18030; raises BadFile for anything else."""
    if len(data) > BIGGEST:
        raise BadFile(file, "", f"at most {BIGGEST // 1_000_000} MB were expected")
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return _decoded(data[len(mark) :], (encoding,), file)
    return _decoded(data, ("utf-8", "gb18030"), file)


def _decoded(body: bytes, encodings: tuple[str, ...], file: str) -> str:
    for encoding in encodings:
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise BadFile(file, f"character {text.index(chr(0))}", "text was expected, found a NUL")
        return text
    raise BadFile(file, "", f"text in {' or '.join(e.upper() for e in encodings)} was expected")


def lines_of(data: bytes, file: str) -> list[str]:
    """The lines of a file, without their ends; raises BadFile when the last one is torn off or there are too many."""
    text = text_of(data, file)
    if text.count("\n") > MOST_LINES or text.count("\r") > MOST_LINES:
        raise BadFile(file, "", f"at most {MOST_LINES} lines were expected")
    lines = re.split(r"\r\n|\r|\n", text)
    if lines.pop():
        raise BadFile(file, f"line {len(lines) + 1}", "a line end was expected after the last line (torn file?)")
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST_LINE:
            raise BadFile(file, f"line {number}", f"at most {LONGEST_LINE} characters were expected")
    return lines


def head_lines(head: bytes) -> list[str]:
    """The first lines of a file for a look at its kind; empty for what is no text."""
    for mark, encoding in _MARKS.items():
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "replace").splitlines()
    return [] if b"\0" in head else head.decode("utf-8", "replace").splitlines()


def cells_of(line: str, delimiter: str) -> list[str]:
    """The cells of one line.

    A cell that begins and ends with a quotation mark is taken as Excel writes it (inner ones doubled, or after a
    backslash as old editions of Finale wrote them); a bare inch mark, as tab files carry it, stays an ordinary sign.
    Where a quotation mark is never closed, the rest of the line is taken as it stands.
    """
    if '"' not in line:
        return [c.strip() for c in line.split(delimiter)]
    quoted = _quoted(delimiter)
    out: list[str] = []
    at = 0
    while at <= len(line):
        found = quoted.match(line, at) if line.startswith('"', at) else None
        if found is not None:
            out.append(_INNER.sub('"', found[1]).strip())
            at = found.end() + 1
            continue
        if line.startswith('"', at):
            return out + [c.strip() for c in line[at:].split(delimiter)]
        end = line.find(delimiter, at)
        end = len(line) if end < 0 else end
        out.append(line[at:end].strip())
        at = end + 1
    return out


_INNER = re.compile(r'""|\\"(?!")')


@cache
def _quoted(delimiter: str) -> re.Pattern[str]:
    """A quoted cell: it ends with the first odd run of quotation marks before a delimiter or the end.

    Nothing in it goes back, so that no line, however hostile, takes more than one pass.
    """
    end = f"(?:{re.escape(delimiter)}|$)"
    return re.compile(f'"((?:[^"]++|"++(?!{end})|(?:"")++(?={end}))*+(?:"")*+)"(?={end})')


def one_line(text: str) -> str:
    """The text without line breaks, other control signs and half characters, which no file could hold."""
    return "".join(" " if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") else c for c in text).strip()


def excel(cell: str, delimiter: str = ",") -> str:
    """A cell as Excel quotes it: only where it holds the delimiter or a quotation mark. Control signs become spaces."""
    flat = one_line(cell)
    if delimiter in flat or '"' in flat:
        return '"' + flat.replace('"', '""') + '"'
    return flat


def plain(text: str, forbidden: str = ",") -> str:
    """A name as one unquoted ASCII cell: delimiters become semicolons or spaces, inch marks `in`."""
    ascii_only = re.sub(r'(?<=[0-9])\s*"', "in", ascii_text(text)).replace('"', "'")
    for sign in forbidden:
        ascii_only = ascii_only.replace(sign, " " if sign in ";\t" else ";")
    return re.sub(r" {2,}", " ", ascii_only).strip()


def joined(names: Iterable[str], longest: int = 540) -> str:
    """The names of one row, equal ones counted, cut to what the controller takes."""
    counts: dict[str, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    text = " + ".join(f"{n} x {name}" if n > 1 else name for name, n in counts.items())
    return text if len(text) <= longest else text[: longest - 4].rstrip() + " ..."


def clock_text(t_us: int, tick_us: int) -> str:
    """`HH:MM:SS.ss` with as many decimals as the tick has, for a time that already lies on it."""
    minutes, rest = divmod(t_us, 60 * US)
    hours, minutes = divmod(minutes, 60)
    whole, part = divmod(rest, US)
    decimals = len(str(US // tick_us)) - 1
    return f"{hours:02d}:{minutes:02d}:{whole:02d}.{part // tick_us:0{decimals}d}"


def seconds_text(t_us: int) -> str:
    """Seconds with three decimals (`10.739`) for a time that lies on a millisecond."""
    whole, part = divmod(t_us, US)
    return f"{whole}.{part // 1000:03d}"


def short_seconds(t_us: int) -> str:
    """Seconds without trailing zeros (`2.8`, `0`) for a time that lies on a millisecond."""
    return seconds_text(t_us).rstrip("0").rstrip(".")


def number_text(value: float) -> str:
    """A number of at most three decimals without trailing zeros: `45`, `62.5`."""
    return f"{value:.3f}".rstrip("0").rstrip(".") if value else "0"


_CLOCK = re.compile(r"^(-)?(?:([0-9]+):)?(?:([0-9]+):)?([0-9]+)(?:\.([0-9]+))?s?$")
_NUMBER = re.compile(r"^(-)?([0-9]{1,12})(?:\.([0-9]{0,9}))?$")
_WHOLE = re.compile(r"^[0-9]{1,6}$")


def _signed(minus: str | None, units: int, part: str | None, unit_us: int) -> int | None:
    """Microseconds of whole and decimal units, half up, in integers; None beyond 100 hours."""
    t_us = units * unit_us
    if part:
        t_us += (2 * int(part) * unit_us + 10 ** len(part)) // (2 * 10 ** len(part))
    if t_us >= LATEST_US:
        return None
    return -t_us if minus else t_us


def time_of(cell: str) -> int | None:
    """Microseconds of `10.739`, `1:02.4`, `00:01:02.40s`; None for anything else, also beyond 100 hours."""
    text = cell.strip()
    found = _CLOCK.match(text) if len(text) <= 24 else None
    if found is None:
        return None
    minus, first, second, rest, part = found.groups()
    units = int(rest)
    if second is not None:
        units += int(first) * 3600 + int(second) * 60
    elif first is not None:
        units += int(first) * 60
    return _signed(minus, units, part, US)


def decimal_us(cell: str, unit_us: int) -> int | None:
    """Microseconds of a decimal number of `unit_us`; None for anything else, also beyond 100 hours."""
    found = _NUMBER.match(cell.strip())
    return None if found is None else _signed(found[1], int(found[2]), found[3], unit_us)


def whole_of(cell: str) -> int | None:
    """A whole number of up to six digits; None for anything else."""
    text = cell.strip()
    return int(text) if _WHOLE.match(text) else None


def calibre_of(cell: str) -> float:
    """Millimetres of `45mm`, `3"`, `2.5 in`, `75`; 0 for anything else. An inch is 25 mm, as the trade counts."""
    found = re.match(r'^([0-9]{1,4}(?:\.[0-9]{1,3})?)\s*(mm|in|inch|")?\.?$', cell.strip(), re.IGNORECASE)
    if not found:
        return 0.0
    value = float(found[1])
    return float(int(value * 25 + 0.5)) if (found[2] or "mm").lower() != "mm" else value


def calibre_text(calibre_mm: float) -> str:
    """`45mm`; empty where no calibre is known."""
    return f"{number_text(calibre_mm)}mm" if calibre_mm > 0 else ""


def degrees_text(angle_deg: float) -> str:
    """A whole number of degrees, halves away from the vertical: `0`, `-15`."""
    return str(int(abs(angle_deg) + 0.5) * (-1 if angle_deg < 0 else 1))
