"""`showeditor catalogue`: the effects to choose from, imports of suppliers' tables, and test firings."""

import argparse
import sys
from dataclasses import asdict
from pathlib import Path

from showeditor.commands.command import CLEAR, Command, json_flag
from showeditor.commands.saying import say, say_json
from showeditor.model.errors import BadInput


def run(options: argparse.Namespace) -> int:
    """List effects of the catalogue; import a table of effects, or measured test firings."""
    from showeditor.storage.catalogues import whole_catalogue

    if options.table or options.firings:
        return _import(options)
    found = whole_catalogue().search(" ".join(options.words), category=options.category or "")
    if options.json:
        say_json([asdict(entry) for entry in found])
        return CLEAR
    for entry in found:
        say(f"{entry.id:28} {entry.category:12} {entry.description():44} {entry.title_en} {entry.title_zh}")
    say(f"{len(found)} effects")
    return CLEAR


def _import(options: argparse.Namespace) -> int:
    from showeditor.effects.catalogue_import import import_catalogue
    from showeditor.effects.firing_import import import_firings
    from showeditor.effects.firing_log import calibrated
    from showeditor.storage.catalogues import keep_entries, own_entries, whole_catalogue

    mapping = _mapping(options.map)
    file = Path(options.table or options.firings)
    try:
        data = file.read_bytes()
    except OSError as error:
        raise BadInput(f"{file}: {error.strerror}") from None
    if options.table:
        imported = import_catalogue(data, file.name, mapping)
        taken, problems = imported.entries, imported.problems
        if not taken:
            raise BadInput(f"{file.name}: no effect could be read; {problems[0] if problems else 'the table is empty'}")
        result = {"effects": [entry.id for entry in taken]}
        outcome = f"{len(taken)} effects imported, the user's catalogue holds {keep_entries(taken)}"
    else:
        measured = import_firings(data, file.name, mapping)
        problems = measured.problems
        before = whole_catalogue()
        after, unknown = calibrated(before, measured.firings)
        changed = [new for old, new in zip(before.entries, after.entries, strict=True) if new != old]
        if not changed:
            first = f"unknown effects: {', '.join(unknown[:5])}" if unknown else str(next(iter(problems), "no rows"))
            raise BadInput(f"{file.name}: no test firing could be used; {first}")
        keep_entries(changed)
        result = {"effects": [entry.id for entry in changed], "unknown": list(unknown)}
        outcome = (
            f"{len(measured.firings)} test firings of {len(changed)} effects, the user's catalogue holds "
            f"{len(own_entries())}" + (f"; unknown effects: {', '.join(unknown)}" if unknown else "")
        )
    if options.json:
        say_json({**result, "problems": [asdict(problem) for problem in problems]})
        return CLEAR
    for problem in problems:
        sys.stderr.write(f"{file.name}: {problem}\n")
    say(outcome)
    return CLEAR


def _mapping(pairs: list[str] | None) -> dict[str, str] | None:
    if not pairs:
        return None
    chosen = {}
    for pair in pairs:
        field, equals, header = pair.partition("=")
        if not equals or not field or not header:
            raise BadInput(f"--map expects field=header, got {pair!r}")
        chosen[field.strip()] = header.strip()
    return chosen


def arguments(parser: argparse.ArgumentParser) -> None:
    """State what catalogue takes."""
    parser.add_argument("words", nargs="*", help="words that an effect holds")
    parser.add_argument("--category", help="Shells, Comets, Mines, Cakes, ...")
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--import", dest="table", metavar="FILE", help="a CSV or XLSX table of effects")
    ways.add_argument("--firings", metavar="FILE", help="a CSV or XLSX table of test firings")
    parser.add_argument("--map", action="append", metavar="FIELD=HEADER", help="which column holds what")
    json_flag(parser)


COMMAND = Command("catalogue", run, arguments)
