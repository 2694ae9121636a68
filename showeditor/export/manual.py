"""The manual page of all built-in formats, made from the registry so that it cannot go out of date unnoticed."""

from typing import Any

import msgspec

from showeditor.export.format import Format, options_of
from showeditor.export.registry import BUILT_IN, formats
from showeditor.model.assets import asset

_HEAD = """# File formats

This page is generated: `showeditor formats --page > docs/formats.md`. A test fails when it is out of date.

*proven*: read by programs that we did not write. *columns proven*: the layout is known from a source, a detail named
below is open; it is said with every export. *profile*: a description of a text table as data. *beta*: our own reading
of incomplete facts. Every file is read back and compared with the plan before anything lies in the folder, whatever its
status (the gate). Options are given behind the id: `--format vviz:frames=since`, `check FILE --as vviz:frames=since`.

| id | format | ways | status |
|---|---|---|---|
"""


def formats_page() -> str:
    """The page in Markdown: a table of all formats, then a section each with limits, open details, outside readers."""
    rows, traps = _outside()
    chosen = [f for f in formats().values() if f.id in BUILT_IN]
    table = "".join(f"| [`{f.id}`](#{f.id}) | {f.title} | {_ways(f)} | {f.status} |\n" for f in chosen)
    parts = [_section(f, [r for r in rows if f.id in r["formats"]], traps.get(f.id, [])) for f in chosen]
    return _HEAD + table + "".join(parts)


def _ways(form: Format) -> str:
    return ", ".join(way for way, has in (("in", form.reads), ("out", form.writes)) if has)


def _outside() -> tuple[list[dict[str, Any]], dict[str, list[str]]]:
    data = msgspec.json.decode(asset("formats", "outside.json").read_bytes())
    if not all(row.get("source") and row.get("confidence") for row in data["rows"]):
        raise ValueError("assets/formats/outside.json: every row needs a source and a confidence")
    return data["rows"], data["traps"]


def _section(form: Format, readers: list[dict[str, Any]], traps: list[str]) -> str:
    limits = dict(form.limits)
    open_detail = str(limits.pop("not_proven", ""))
    out = [f"\n## {form.id}\n\n{form.title} · {form.title_zh} · {form.status} · {_ways(form)}\n"]
    if limits:
        out.append("\n" + "; ".join(f"{name} {value}" for name, value in limits.items()) + "\n")
    for name, values in options_of(form).items():
        out.append(f"\nOption `{name}`: {', '.join(f'`{v}`' for v in values)} (the first is the default).\n")
    if open_detail:
        out.append(f"\nOpen: {open_detail}.\n")
    if traps:
        out.append("\n" + "".join(f"- {trap}\n" for trap in traps))
    if readers:
        out.append("\nMeant for:\n\n")
        out += [f"- {r['reader']}: {r['what']} ({r['source']}; {r['confidence']})\n" for r in readers]
    return "".join(out)
