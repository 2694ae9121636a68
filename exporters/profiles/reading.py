"""Files read as a profile describes them."""

import re
from collections.abc import Callable

from exporters.entries import Entry, Reading
from exporters.profiles.profile import PLACES, TIMES, Column, Profile
from exporters.texts import calibre_of, cells_of, head_lines, lines_of, time_of
from showeditor.model.errors import BadFile
from showeditor.model.plan import Mark


def reader(profile: Profile) -> Callable[[bytes, str], Reading]:
    """The function that reads files of this profile."""
    return lambda data, file: _read(profile, data, file)


def teller(profile: Profile) -> Callable[[str, bytes], bool]:
    """The function that says whether a file is of this profile: by its name and its first lines."""
    return lambda name, head: _tells(profile, name, head)


def _decoded(profile: Profile, data: bytes, file: str) -> list[str]:
    """The lines, turned into UTF-8 first where the encoding has no mark of its own."""
    if profile.encoding in ("ascii", "cp1252", "gb18030") or (profile.encoding == "utf-16-le" and not profile.bom):
        try:
            data = data.decode(profile.encoding).encode("utf-8")
        except UnicodeError as error:
            raise BadFile(file, "", f"text in {profile.encoding} was expected") from error
    return lines_of(data, file)


def _read(profile: Profile, data: bytes, file: str) -> Reading:
    lines = _decoded(profile, data, file)
    first = len(profile.head) + profile.column_names
    last = len(lines) - len(profile.tail)
    if last <= first:
        raise BadFile(file, "", f"rows were expected after {first} lines")
    fixed = [*zip(profile.head, lines, strict=False), *zip(profile.tail, lines[last:], strict=True)]
    for pattern, line in fixed:
        if not _fits(pattern, line):
            raise BadFile(file, f"line {lines.index(line) + 1}", f"{pattern!r} was expected, found {line[:40]!r}")
    out = Reading(title=_title(profile, lines))
    for number, line in enumerate(lines[first:last], first + 1):
        cells = _cells(profile, line)
        if len(cells) != len(profile.columns):
            raise BadFile(file, f"line {number}", f"{len(profile.columns)} columns were expected, found {len(cells)}")
        entry = _entry(profile, cells, file, f"line {number}")
        out.entries.append(entry)
        for column, cell in zip(profile.columns, cells, strict=True):
            if column.field == "act" and cell and cell not in {mark.name for mark in out.marks}:
                seen = entry.ignition_us if entry.bloom_us is None else entry.bloom_us
                out.marks.append(Mark(cell, seen, act=True))
    if profile.sort and profile.sort[0] == "ignition":
        out.expect_order()
    return out


def _cells(profile: Profile, line: str) -> list[str]:
    if profile.quoting == "none":
        return [c.strip() for c in line.split(profile.delimiter)]
    return cells_of(line, profile.delimiter)


def _fits(pattern: str, line: str) -> bool:
    """Whether a line is the pattern with anything in the places of its words in braces."""
    parts = re.split(r"\{title\}|\{rows\}", pattern)
    if len(parts) == 1:
        return line == pattern
    return line.startswith(parts[0]) and line.endswith(parts[-1]) and len(line) >= len(parts[0]) + len(parts[-1])


def _title(profile: Profile, lines: list[str]) -> str:
    for pattern, line in zip(profile.head, lines, strict=False):
        before, mark, after = pattern.partition("{title}")
        if mark and "{" not in before + after:
            return line[len(before) : len(line) - len(after)]
    return ""


def _entry(profile: Profile, cells: list[str], file: str, at: str) -> Entry:
    words: dict[str, str] = {}
    counts: dict[str, int] = {}
    columns = list(zip(profile.columns, cells, strict=True))
    for column, cell in columns:
        if column.field == "pattern":
            counts |= _places(column.text, cell, file, at)
        elif column.field in TIMES:
            t_us = _time(cell, column, profile)
            if t_us is None:
                raise BadFile(file, at, f"a time as {column.as_} was expected for {column.field}, found {cell[:40]!r}")
            counts[column.field] = t_us
        elif column.field in ("module", "pin"):
            number = _whole(cell, column.base)
            if number is None:
                raise BadFile(file, at, f"a whole number was expected for {column.field}, found {cell[:40]!r}")
            counts[column.field] = number
        else:
            words[column.field] = cell
    prefire = counts.get("prefire", 0)
    ignition = counts["ignition"] if "ignition" in counts else counts["effect"] - prefire
    bloom = counts.get("effect", ignition + prefire)
    lean = words.get("angle", "")
    return Entry(
        at,
        words.get("name", ""),
        counts["module"],
        counts["pin"],
        ignition,
        bloom_us=max(ignition, bloom),
        end_us=max(ignition, bloom) + max(0, counts.get("duration", 0)),
        calibre_mm=calibre_of(words.get("calibre", "")),
        category=words.get("category", ""),
        position=words.get("position", ""),
        lean_deg=float(lean) if re.match(r"^-?[0-9]{1,2}$", lean) else 0.0,
    )


def _places(pattern: str, cell: str, file: str, at: str) -> dict[str, int]:
    """The numbers of a cell that a pattern made."""
    names = [found[1] for found in PLACES.finditer(pattern)]
    signs = [re.escape(part) for part in PLACES.split(pattern)[::3]]
    found = re.match("([0-9]{1,6})".join(signs) + "$", cell)
    if found is None:
        raise BadFile(file, at, f"{pattern!r} was expected, found {cell[:40]!r}")
    return dict(zip(names, map(int, found.groups()), strict=True))


def _whole(cell: str, base: int) -> int | None:
    return int(cell, base) if re.match(r"^[0-9]{1,9}$" if base == 10 else r"^[0-9A-Fa-f]{1,6}$", cell) else None


def _time(cell: str, column: Column, profile: Profile) -> int | None:
    if column.as_ in ("seconds", "clock"):
        return time_of(cell)
    count = _whole(cell, column.base)
    t_us = None if count is None else count * profile.unit_us(column)
    return None if t_us is None or t_us >= 100 * 3600 * 1_000_000 else t_us


def _tells(profile: Profile, name: str, head: bytes) -> bool:
    if not name.lower().endswith(profile.suffix.lower()):
        return False
    marked = profile.bom or profile.encoding == "utf-8"
    lines = head_lines(head) if marked else head.decode(profile.encoding, "replace").splitlines()
    wanted = list(profile.head)
    if profile.column_names:
        wanted.append(profile.delimiter.join(c.name for c in profile.columns))
    if len(lines) < len(wanted) + 1:
        return False
    named = _cells(profile, lines[len(profile.head)]) if profile.column_names else []
    if profile.column_names and named != [c.name.strip() for c in profile.columns]:
        return False
    if not all(map(_fits, profile.head, lines)):
        return False
    try:
        _entry(profile, _cells(profile, lines[len(wanted)]), "", "")
    except (BadFile, ValueError):
        return False
    return True
