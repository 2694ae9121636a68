"""`showeditor export`, `convert` and `verify`: folders of files through the gate."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from showeditor.commands.command import BLOCKED, CLEAR, Command, profile_flag
from showeditor.commands.saying import progress, say, say_findings
from showeditor.commands.sources import plan_of, waivers_given
from showeditor.model.errors import BadInput
from showeditor.model.finding import blocks
from showeditor.model.plan import Plan

if TYPE_CHECKING:
    from showeditor.export.gate import Approval
    from showeditor.export.receipt import Receipt
    from showeditor.export.signatures import Trust


TOLD = ("EXP-SIZE", "EXP-NO-PAYLOAD", "EXP-NO-YAW", "FORMAT-SPLIT", "MISSION-NO-CLOCK")
"""Notes about files that people should not have to look for in the receipt."""


def publish_plan(plan: Plan, show_fingerprint: str, format_ids: str, out: str, approval: Approval) -> int:
    """Publish through the gate and tell the outcome."""
    from showeditor.export.gate import Refused, publish

    ids = [name.strip() for name in format_ids.split(",") if name.strip()]
    try:
        receipt = publish(
            plan,
            ids,
            Path(out),
            show_fingerprint=show_fingerprint,
            approval=approval,
            progress=progress("publishing"),
        )
    except Refused as refused:
        say_findings(f for f in refused.findings if f.severity == "block")
        say("BLOCKED: nothing was written")
        return BLOCKED
    for file in receipt.files[:12]:
        say(f"{file.sha256[:12]}  {file.bytes:>9}  {file.name}")
    if len(receipt.files) > 12:
        say(f"... and {len(receipt.files) - 12} more")
    for one in receipt.signatures:
        say(f"signed by {one.name} as {one.role}, {one.when}")
    for finding in receipt.findings:
        if finding.code in TOLD:
            say(finding.message)
    say_rounding(receipt)
    say(f"published {len(receipt.files)} files to {out}; receipt.json names what was checked")
    return CLEAR


def say_rounding(receipt: Receipt) -> None:
    """Tell how far each format moved the cues."""
    from showeditor.export.rounding import spread_of

    for one in receipt.formats:
        spread = spread_of(one.rounding_us)
        if spread is not None:
            say(
                f"{one.id}: {spread.moved} of {spread.cues} cues rounded to {one.tick_us / 1000:g} ms, "
                f"at most +{spread.late_us / 1000:g} -{spread.early_us / 1000:g} ms (cue {spread.cue}), "
                f"{spread.mean_us / 1000:.3g} ms on average"
            )


def approval_of(options: argparse.Namespace, file: str) -> Approval:
    """The signatures beside a show (or named with --signatures) and the persons who are trusted."""
    from showeditor.export.gate import Approval
    from showeditor.export.signatures import beside, read_signed

    named = options.signatures
    signed = read_signed(Path(named) if named else beside(Path(file)))
    if named and signed is None:
        raise BadInput(f"{named}: there is no such file")
    return Approval(signed.signatures if signed is not None else (), trust_of(options))


def trust_of(options: argparse.Namespace) -> Trust | None:
    """The trust file of --trust, else of the environment; None where neither names one."""
    from showeditor.export.signatures import trusted

    return trusted(options.trust or "")


def _signing_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--waive", help="a file of waivers: who accepts which warnings, why and when")
    parser.add_argument("--signatures", help="a file of signatures (default: the one beside the show)")
    parser.add_argument("--trust", help="the file of persons whose signatures count (default: $SHOWEDITOR_TRUST)")


def export(options: argparse.Namespace) -> int:
    """Publish a show through the gate."""
    from showeditor.export.media import with_media

    if Path(options.show).suffix != ".show":
        raise BadInput(f"{options.show}: export takes a .show; use convert for other files")
    plan, mark = plan_of(options.show)
    plan = replace(plan, waivers=plan.waivers + waivers_given(options.waive))
    names = [name.strip() for name in options.format.split(",") if name.strip()]
    plan = with_media(plan, names, Path(options.show).parent)
    return publish_plan(plan, mark, options.format, options.out, approval_of(options, options.show))


def export_arguments(parser: argparse.ArgumentParser) -> None:
    """State what export takes."""
    parser.add_argument("show")
    parser.add_argument(
        "--format", required=True, help="format ids, separated by commas; ID:OPTION=VALUE where a format has options"
    )
    profile_flag(parser)
    parser.add_argument("--out", required=True)
    _signing_arguments(parser)


EXPORT = Command("export", export, export_arguments)


def convert(options: argparse.Namespace) -> int:
    """Read a foreign file and publish it through the same gate."""
    plan, mark = plan_of(options.file, options.read_as)
    plan = replace(plan, waivers=plan.waivers + waivers_given(options.waive))
    return publish_plan(plan, mark, options.to, options.out, approval_of(options, options.file))


def convert_arguments(parser: argparse.ArgumentParser) -> None:
    """State what convert takes."""
    parser.add_argument("file")
    profile_flag(parser)
    parser.add_argument("--as", dest="read_as", default="", metavar="ID[:OPTION=VALUE]", help="read it as this format")
    parser.add_argument("--to", required=True, help="a format id, ID:OPTION=VALUE where it has options")
    parser.add_argument("--out", required=True)
    _signing_arguments(parser)


CONVERT = Command("convert", convert, convert_arguments)


def verify(options: argparse.Namespace) -> int:
    """Hold a published folder against its receipt."""
    from showeditor.export.gate import verify
    from showeditor.export.verify import read_receipt

    findings = verify(Path(options.folder), trust_of(options))
    say_findings(findings)
    if not blocks(findings):
        say_rounding(read_receipt(Path(options.folder)))
    if blocks(findings):
        say(f"{options.folder}: NOT what was published")
        return BLOCKED
    say(f"{options.folder}: every byte is as published")
    return CLEAR


def verify_arguments(parser: argparse.ArgumentParser) -> None:
    """State what verify takes."""
    parser.add_argument("folder")
    parser.add_argument("--trust", help="the file of persons whose signatures count (default: $SHOWEDITOR_TRUST)")


VERIFY = Command("verify", verify, verify_arguments)
