"""`showeditor plan`: one transition between two formations."""

import argparse
from pathlib import Path
from typing import get_args

from showeditor.commands.command import BLOCKED, CLEAR, Command
from showeditor.commands.saying import progress, say, say_findings
from showeditor.commands.sources import limits_given
from showeditor.model.errors import BadInput
from showeditor.model.limits import Limits
from showeditor.model.passage import Order, Passage


def run(options: argparse.Namespace) -> int:
    """Plan one transition between two formations and publish it."""
    from showeditor.planning.between import plan_csv

    texts = []
    for name in (options.start, options.to):
        try:
            texts.append(Path(name).read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError) as error:
            raise BadInput(f"{name}: {error}") from None
    limits = limits_given(options.limits, Limits()) if options.limits else Limits()
    passage = Passage(options.order, round(options.spread * 1e6)) if options.order else None
    plan = plan_csv(texts[0], texts[1], limits, passage)
    from showeditor.export.gate import Refused, publish_file

    try:
        written = publish_file(plan, Path(options.out), progress=progress("publishing"))
    except Refused as refused:
        say_findings(f for f in refused.findings if f.severity == "block")
        say("BLOCKED: nothing was written")
        return BLOCKED
    say(f"{written}: {len(plan.drones)} drones, {plan.duration_us / 1e6:.2f} s")
    return CLEAR


def arguments(parser: argparse.ArgumentParser) -> None:
    """State what plan takes."""
    parser.add_argument("--from", dest="start", required=True, help="CSV: Name,x_m,y_m,z_m")
    parser.add_argument("--to", required=True)
    parser.add_argument("--limits")
    parser.add_argument("--order", choices=[order for order in get_args(Order) if order != "together"],
                        help="drones leave one after the other in this order")  # fmt: skip
    parser.add_argument("--spread", type=float, default=3.0, help="seconds between the first and the last to leave")
    parser.add_argument("--out", required=True, help="a .skyc file")


COMMAND = Command("plan", run, arguments)
