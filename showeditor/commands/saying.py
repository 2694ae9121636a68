"""What commands write: lines and JSON on standard output, progress on a terminal."""

import json
import sys
from collections.abc import Callable, Iterable
from typing import Any

from showeditor.model.finding import Finding
from showeditor.model.plan import Plan


def say(text: str = "") -> None:
    """Write one line to standard output."""
    sys.stdout.write(f"{text}\n")


def say_json(value: object) -> None:
    """Write JSON and nothing else."""
    say(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False))


def progress(what: str) -> Callable[[float], None] | None:
    """A progress line on a terminal; None where nobody watches."""
    if not sys.stderr.isatty():
        return None

    def show(share: float) -> None:
        sys.stderr.write(f"\r{what} {min(1.0, share):4.0%}" + ("\n" if share >= 1.0 else ""))
        sys.stderr.flush()

    return show


def say_findings(findings: Iterable[Finding]) -> None:
    """One line a finding, as a person reads it."""
    from showeditor.model.times import clock

    for f in findings:
        span = clock(f.t0_us) if f.t1_us <= f.t0_us else f"{clock(f.t0_us)}-{clock(f.t1_us)}"
        say(f"{f.severity:5} {f.code:8} {span:>15}  {f.message}")


def finding_json(f: Finding) -> dict[str, Any]:
    """A finding in the shape that `check --json` promises."""
    from showeditor.safety.codes import remedy, remedy_zh

    return {
        "code": f.code,
        "severity": f.severity,
        "t0_s": f.t0_us / 1e6,
        "t1_s": f.t1_us / 1e6,
        "ids": list(f.ids),
        "measured": f.measured,
        "limit": f.limit,
        "unit": f.unit,
        "message": f.message,
        "message_zh": f.message_zh,
        "margin": f.margin,
        "remedy": remedy(f.code),
        "remedy_zh": remedy_zh(f.code),
    }


def counts_of(plan: Plan, findings: Iterable[Finding]) -> dict[str, int]:
    """How much was checked and what came of it."""
    rows = list(findings)
    return {
        "drones": len(plan.drones),
        "cues": len(plan.firing),
        "shots": len(plan.shots),
        **{severity: sum(f.severity == severity for f in rows) for severity in ("block", "warn", "note")},
    }
