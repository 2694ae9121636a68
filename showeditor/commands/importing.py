"""`showeditor import`: files of other programs into a show that can be edited.

IMPORT-SWITCH warn: a switch means nothing to the format that was read. Remedy: leave it out.
"""

import argparse
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from showeditor.commands.command import CLEAR, Command, json_flag, profile_flag
from showeditor.commands.saying import finding_json, say, say_json
from showeditor.model.errors import BadInput
from showeditor.model.finding import Finding
from showeditor.model.times import us_of_text

if TYPE_CHECKING:
    from showeditor.timeline.importing import Wish


def run(options: argparse.Namespace) -> int:
    """Read files of other programs into a show that can be edited, and say what could not be carried over."""
    from showeditor.export.foreign import open_foreign
    from showeditor.export.switches import Adjustable, Switches
    from showeditor.storage.files import load_show, save_show
    from showeditor.timeline.importing import bring_in, empty_show

    out = Path(options.out)
    if out.suffix != ".show":
        raise BadInput(f"{options.out}: an import is written as a .show")
    switches = Switches(
        options.angles, options.prefire, options.duration, options.chains, options.action_time, _columns(options.map)
    )
    wish = _wish(options)
    show = load_show(Path(options.into)) if options.into else None
    findings: list[Finding] = []
    read: list[dict[str, object]] = []
    for file in options.files:
        opened = open_foreign(Path(file), options.format or "", sheets="table")
        form = opened.form
        taken = form.takes if isinstance(form, Adjustable) else frozenset()
        idle = [name for name in switches.turned() if name not in taken]
        if idle:
            findings.append(_idle(file, form.id, idle))
        form = form.adjusted(switches) if isinstance(form, Adjustable) else form
        plan = replace(opened, form=form).read()
        if show is None:
            show = empty_show(options.title or plan.title)
        show, found = bring_in(show, plan, Path(file).name, opened.digest, wish)
        findings += found
        read.append({"file": file, "format": form.id, "cues": len(plan.firing), "drones": len(plan.drones)})
    if show is None:
        raise BadInput("import: name at least one file")
    save_show(show, out)
    if options.json:
        say_json({"show": str(out), "read": read, "findings": [finding_json(f) for f in findings]})
        return CLEAR
    for one in read:
        say(f"{one['file']}: {one['format']}, {one['cues']} cues, {one['drones']} drones")
    cues, flights = sum(1 for _ in show.cues()), len(show.recorded)
    say(f"{out}: {cues} cues, {flights} recorded flights, {show.duration_us / 1e6:g} s")
    _say_report(findings)
    return CLEAR


def _say_report(findings: Iterable[Finding]) -> None:
    """The report on standard error, so that it never mixes with what other programs read."""
    for f in findings:
        sys.stderr.write(f"{f.severity:5} {f.code:17} {f.message}\n")


def _idle(file: str, format_id: str, names: list[str]) -> Finding:
    what = ", ".join(name.replace("_", "-") for name in names)
    en = f"{Path(file).name}: --{what} means nothing to the format {format_id}, which says so itself"
    zh = f"{Path(file).name}：开关 {what} 对格式 {format_id} 无作用"
    return Finding("IMPORT-SWITCH", "warn", en, zh, ids=tuple(names))


def _columns(pairs: list[str] | None) -> tuple[tuple[str, str], ...]:
    out: list[tuple[str, str]] = []
    for pair in pairs or ():
        column, mark, held = pair.rpartition("=")
        if not mark or not column.strip():
            raise BadInput(f"--map: COLUMN=field was expected, got {pair!r}")
        out.append((column.strip(), held.strip()))
    return tuple(out)


def _wish(options: argparse.Namespace) -> "Wish":
    """Where and when the files go."""
    from showeditor.timeline.importing import Wish

    try:
        offset, start = us_of_text(options.later), us_of_text(options.cut_from)
        end = us_of_text(options.cut_to) if options.cut_to else None
        x, y, z = (float(v) for v in options.at.split(","))
    except ValueError as error:
        raise BadInput(f"import: {error}") from None
    return Wish(offset, (x, y, z), options.turn, start, end, options.controller, options.returns == "keep")


def arguments(parser: argparse.ArgumentParser) -> None:
    """State what import takes."""
    from showeditor.export.switches import ActionTime, Angles, Chains, Unit

    parser.add_argument("files", nargs="+", metavar="FILE", help="firing scripts, drone files or folders, tables")
    json_flag(parser)
    profile_flag(parser)
    parser.add_argument("--out", required=True, help="the .show to write")
    parser.add_argument("--into", help="a .show to add to (default: a new one)")
    parser.add_argument("--title", default="", help="title of a new show")
    parser.add_argument("--format", help="how to read: ID or ID:option=value (default: found from the file)")
    parser.add_argument("--angles", choices=get_args(Angles), default="up-0", help="angle convention")
    parser.add_argument("--prefire", choices=get_args(Unit), default="s", help="unit of prefires")
    parser.add_argument("--duration", choices=get_args(Unit), default="s", help="unit of durations")
    parser.add_argument("--chains", choices=get_args(Chains), default="merge", help="rows of a chain: one cue, or each")
    parser.add_argument("--action-time", choices=get_args(ActionTime), default="ignition", help="times of .fin files")
    parser.add_argument("--map", action="append", metavar="COLUMN=FIELD", help="what a column of a table holds")
    parser.add_argument("--controller", default="", help="controller model where a file names none")
    parser.add_argument("--later", default="0", metavar="T", help="everything begins this much later")
    parser.add_argument("--at", default="0,0,0", metavar="X,Y,Z", help="drone paths moved by metres east, north, up")
    parser.add_argument("--turn", type=float, default=0.0, metavar="DEG", help="drone paths turned clockwise")
    parser.add_argument("--returns", choices=("keep", "leave"), default="keep", help="the return plans of drones")
    parser.add_argument("--cut-from", default="0", metavar="T", help="drone paths from this moment of the file")
    parser.add_argument("--cut-to", metavar="T", help="drone paths up to this moment of the file")


COMMAND = Command("import", run, arguments)
