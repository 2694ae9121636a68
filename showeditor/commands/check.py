"""`showeditor check`: a show or a foreign file, and what was found."""

import argparse
from dataclasses import replace

from showeditor.commands.command import BLOCKED, CLEAR, Command, json_flag, profile_flag
from showeditor.commands.saying import counts_of, finding_json, progress, say, say_findings, say_json
from showeditor.commands.sources import limits_given, plan_of, waivers_given
from showeditor.model.errors import BadInput
from showeditor.model.finding import blocks


def run(options: argparse.Namespace) -> int:
    """Check a show or a foreign file and say what was found."""
    from showeditor.model.fingerprint import fingerprint
    from showeditor.safety.check import check

    if options.codes:
        from showeditor.safety.codes import manual

        say(manual().rstrip("\n"))
        return CLEAR
    if not options.file:
        raise BadInput("check: a file to check is missing")
    plan, _ = plan_of(options.file, options.read_as)
    if options.rules:
        plan = replace(plan, rules=options.rules)
    if options.limits:
        plan = replace(plan, limits=limits_given(options.limits, plan.limits), limits_source="given with --limits")
    plan = replace(plan, waivers=plan.waivers + waivers_given(options.waive))
    findings = check(plan, progress=progress("checking"))
    clear = not blocks(findings)
    if options.json:
        say_json(
            {
                "clear": clear,
                "fingerprint": fingerprint(plan),
                "limits_source": plan.limits_source,
                "findings": [finding_json(f) for f in findings],
                "counts": counts_of(plan, findings),
            }
        )
    else:
        say_findings(findings)
        counts = counts_of(plan, findings)
        say(
            f"{'clear' if clear else 'BLOCKED'}: {counts['drones']} drones, {counts['cues']} cues; "
            f"{counts['block']} block, {counts['warn']} warn, {counts['note']} note (limits: {plan.limits_source})"
        )
    return CLEAR if clear else BLOCKED


def arguments(parser: argparse.ArgumentParser) -> None:
    """State what check takes."""
    parser.add_argument("file", nargs="?")
    parser.add_argument("--codes", action="store_true", help="the manual page of all findings (docs/findings.md)")
    json_flag(parser)
    profile_flag(parser)
    parser.add_argument("--as", dest="read_as", default="", metavar="ID[:OPTION=VALUE]", help="read it as this format")
    parser.add_argument("--limits", help="a TOML file, or name=value,...")
    parser.add_argument("--rules", help="a rule pack of assets/rules")
    parser.add_argument("--waive", help="a file of waivers: who accepts which warnings, why and when")


COMMAND = Command("check", run, arguments)
