"""A profile: one text format of a controller as frozen data."""

import re
import tomllib
from typing import Literal

import msgspec

from showeditor.export.registry import BUILT_IN
from showeditor.model.errors import BadFile
from showeditor.model.times import US

LONGEST = 100_000

Field = Literal[
    "ignition",
    "effect",
    "prefire",
    "duration",
    "module",
    "pin",
    "name",
    "number",
    "devices",
    "calibre",
    "category",
    "position",
    "angle",
    "controller",
    "act",
    "act-number",
    "pattern",
    "text",
]
"""What a column can hold: times of the impulse, its address, the names on it, its number in the file, a fixed text.

`act` is the name of the act it belongs to by its effect, `act-number` counts acts from 1. `pattern` puts several whole
numbers and fixed signs into one cell.
"""

PLACES = re.compile(r"\{(module|pin|number|devices|act-number)(?::0([1-9]))?\}")
"""A place in a pattern: `{module}`, or `{pin:02}` with the least number of digits."""

TIMES = ("ignition", "effect", "prefire", "duration")
_UNITS = {"seconds": 1, "clock": 1, "ms": 1000, "tenths": 10, "hundredths": 100, "frames": 0}


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One column.

    `as_` (in JSON `as`) is the form of a time: `seconds` (12.345), `clock` (HH:MM:SS.ss), or a whole number of `ms`,
    `tenths`, `hundredths` or `frames`. `pad` is the least number of digits, `base` 10 or 16; both for whole numbers.
    `text` is what stands in every row of a `text` column; in a `pattern` column it is the pattern, as
    `{module}-{pin:02}`. `name` stands in the line of column names.
    """

    field: Field
    name: str = ""
    as_: Literal["seconds", "clock", "ms", "tenths", "hundredths", "frames"] = msgspec.field(
        name="as", default="seconds"
    )
    pad: int = 0
    base: Literal[10, 16] = 10
    text: str = ""


class Addresses(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Inclusive ranges of modules and pins."""

    module_lo: int
    module_hi: int
    pin_lo: int
    pin_hi: int


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One text format.

    `tick_us` is the step that times are rounded to, half up. `head` are lines before the line of column names (which is
    written when `column_names` is set); `{title}` in them stands for the show's title, `{rows}` for the number of rows.
    `tail` are lines after the rows. `sort` names fields. `forbidden` signs become a space. `max_rows` 0: no limit.
    `confidence`: C (a vendor's file was seen), S (stated by the vendor), I (inferred).
    """

    id: str
    title: str
    source: str
    confidence: Literal["C", "S", "I"]
    columns: tuple[Column, ...]
    addresses: Addresses
    tick_us: int
    suffix: str
    title_zh: str = ""
    make: str = ""
    file_stem: str = ""
    encoding: Literal["ascii", "utf-8", "utf-16-le", "cp1252", "gb18030"] = "utf-8"
    bom: bool = False
    delimiter: str = ","
    line_end: Literal["\r\n", "\n", "\r"] = "\r\n"
    quoting: Literal["excel", "all", "none"] = "excel"
    head: tuple[str, ...] = ()
    column_names: bool = True
    tail: tuple[str, ...] = ()
    sort: tuple[Literal["ignition", "effect", "module", "pin", "act"], ...] = ("ignition", "module", "pin")
    frames_per_second: int = 0
    max_rows: int = 0
    longest_name: int = 540
    forbidden: str = ""

    def __post_init__(self) -> None:
        if not re.match(r"^[a-z0-9][a-z0-9-]{1,39}$", self.id):
            raise ValueError(f"id must be small letters, digits and -, got {self.id[:40]!r}")
        if not self.source.strip() or not self.title.strip():
            raise ValueError("a title and a source are needed")
        if not re.match(r"^\.[A-Za-z0-9]{1,8}$", self.suffix):
            raise ValueError(f"suffix must be a dot and letters, got {self.suffix[:20]!r}")
        if not 1 <= len(self.columns) <= 100:
            raise ValueError("1 to 100 columns are needed")
        if len(self.delimiter) != 1 or self.delimiter in '"\r\n':
            raise ValueError("delimiter must be one sign, no quotation mark and no line end")
        if not 1 <= self.tick_us <= US or US % self.tick_us:
            raise ValueError(f"tick_us must divide a second, got {self.tick_us}")
        a = self.addresses
        for low, high, what in ((a.module_lo, a.module_hi, "module"), (a.pin_lo, a.pin_hi, "pin")):
            if not 0 <= low <= high <= 999_999:
                raise ValueError(f"the range of {what}s must be 0 <= low <= high, got {low} to {high}")
        if self.max_rows < 0 or not 4 <= self.longest_name <= 10_000:
            raise ValueError("max_rows must not be negative and longest_name at least 4")
        if self.id in BUILT_IN:
            raise ValueError(f"id {self.id!r} is the id of a built-in format")
        if any(sign in text for text in self.head + self.tail for sign in "\r\n"):
            raise ValueError("head and tail hold one line in each text")
        self._check_columns()

    def _check_columns(self) -> None:
        fields: list[str] = [c.field for c in self.columns if c.field != "pattern"]
        for column in self.columns:
            if column.field == "pattern":
                fields += [found[1] for found in PLACES.finditer(column.text)]
                if not PLACES.search(column.text) or re.search(r"[{}]", PLACES.sub("", column.text)):
                    raise ValueError(f"a pattern such as {{module}}-{{pin:02}} was expected, got {column.text[:40]!r}")
                if re.search(r"\}[0-9]*\{", column.text):
                    raise ValueError(f"a sign must stand between the numbers of {column.text[:40]!r}")
        twice = {f for f in fields if f != "text" and fields.count(f) > 1}
        if twice:
            raise ValueError(f"column {min(twice)!r} stands twice")
        for needed in ("module", "pin"):
            if needed not in fields:
                raise ValueError(f"a column {needed!r} is needed")
        if "ignition" not in fields and not {"effect", "prefire"} <= set(fields):
            raise ValueError("a column 'ignition', or 'effect' and 'prefire', is needed: else no file can be read back")
        for column in self.columns:
            self._check_column(column)

    def _check_column(self, column: Column) -> None:
        if not 0 <= column.pad <= 12:
            raise ValueError("pad must be 0 to 12")
        if column.field in TIMES and column.as_ not in ("seconds", "clock"):
            per_second = self.frames_per_second if column.as_ == "frames" else _UNITS[column.as_]
            if per_second < 1 or US % per_second or self.tick_us % (US // per_second):
                raise ValueError(f"tick_us {self.tick_us} is no whole number of {column.as_}")
        if (
            column.as_ == "clock"
            and column.field in TIMES
            and (str(US // self.tick_us).strip("0") != "1" or self.tick_us == US)
        ):
            raise ValueError("clock times need a tick of 0.1, 0.01, 0.001 ... s")
        if self.quoting == "none" and self.delimiter in column.text + column.name:
            raise ValueError(f"the delimiter stands in {column.text or column.name!r}, and nothing is quoted")

    def unit_us(self, column: Column) -> int:
        """Microseconds in one count of a column of whole numbers."""
        return US // (self.frames_per_second if column.as_ == "frames" else _UNITS[column.as_])


def profile_of(text: str, file: str = "profile") -> Profile:
    """The profile that a TOML (or JSON) text holds; raises BadFile naming the file, the key and what was expected."""
    if len(text) > LONGEST:
        raise BadFile(file, "", f"at most {LONGEST} characters were expected")
    try:
        if text.lstrip().startswith("{"):
            return msgspec.json.decode(text.encode("utf-8"), type=Profile)
        return msgspec.convert(tomllib.loads(text), type=Profile)
    except msgspec.ValidationError as error:
        reason, _, path = str(error).partition(" - at ")
        raise BadFile(file, path.strip("`").removeprefix("$").removeprefix(".") or "profile", reason) from error
    except (tomllib.TOMLDecodeError, msgspec.DecodeError, UnicodeEncodeError, RecursionError) as error:
        raise BadFile(file, "", f"a profile in TOML was expected ({error})") from error
