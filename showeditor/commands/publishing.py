"""`showeditor export`, `convert` and `verify`: folders of files through the gate."""

import argparse
from pathlib import Path

from showeditor.commands.command import BLOCKED, CLEAR, Command
from showeditor.commands.saying import progress, say, say_findings
from showeditor.commands.sources import plan_of
from showeditor.model.errors import BadInput
from showeditor.model.finding import blocks
from showeditor.model.plan import Plan


def publish_plan(plan: Plan, show_fingerprint: str, format_ids: str, out: str) -> int:
    """Publish through the gate and tell the outcome."""
    from showeditor.export.gate import Refused, publish

    ids = [name.strip() for name in format_ids.split(",") if name.strip()]
    try:
        receipt = publish(plan, ids, Path(out), show_fingerprint=show_fingerprint, progress=progress("publishing"))
    except Refused as refused:
        say_findings(f for f in refused.findings if f.severity == "block")
        say("BLOCKED: nothing was written")
        return BLOCKED
    for file in receipt.files[:12]:
        say(f"{file.sha256[:12]}  {file.bytes:>9}  {file.name}")
    if len(receipt.files) > 12:
        say(f"... and {len(receipt.files) - 12} more")
    say(f"published {len(receipt.files)} files to {out}; receipt.json names what was checked")
    return CLEAR


def export(options: argparse.Namespace) -> int:
    """Publish a show through the gate."""
    if Path(options.show).suffix != ".show":
        raise BadInput(f"{options.show}: export takes a .show; use convert for other files")
    plan, mark = plan_of(options.show)
    return publish_plan(plan, mark, options.format, options.out)


def export_arguments(parser: argparse.ArgumentParser) -> None:
    """State what export takes."""
    parser.add_argument("show")
    parser.add_argument("--format", required=True, help="format ids, separated by commas")
    parser.add_argument("--out", required=True)


EXPORT = Command("export", export, export_arguments)


def convert(options: argparse.Namespace) -> int:
    """Read a foreign file and publish it through the same gate."""
    plan, mark = plan_of(options.file)
    return publish_plan(plan, mark, options.to, options.out)


def convert_arguments(parser: argparse.ArgumentParser) -> None:
    """State what convert takes."""
    parser.add_argument("file")
    parser.add_argument("--to", required=True, help="a format id")
    parser.add_argument("--out", required=True)


CONVERT = Command("convert", convert, convert_arguments)


def verify(options: argparse.Namespace) -> int:
    """Hold a published folder against its receipt."""
    from showeditor.export.gate import verify

    findings = verify(Path(options.folder))
    say_findings(findings)
    if blocks(findings):
        say(f"{options.folder}: NOT what was published")
        return BLOCKED
    say(f"{options.folder}: every byte is as published")
    return CLEAR


def verify_arguments(parser: argparse.ArgumentParser) -> None:
    """State what verify takes."""
    parser.add_argument("folder")


VERIFY = Command("verify", verify, verify_arguments)
