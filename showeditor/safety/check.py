"""check(plan): every rule over a plan, failing closed.

SAFE-001 block: a rule could not be carried out. Remedy: none by the user; report the message with the show.
SAFE-002 block: the rule pack is unknown or its file is broken. Remedy: choose a rule pack of assets/rules.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from showeditor.model.errors import ShowEditorError
from showeditor.model.finding import Finding
from showeditor.model.limits import Limits
from showeditor.model.plan import Plan
from showeditor.safety.addresses import judge_addresses
from showeditor.safety.air import judge_air
from showeditor.safety.airspace import judge_airspace
from showeditor.safety.audience import judge_audience
from showeditor.safety.carrying import judge_carrying
from showeditor.safety.case import Case
from showeditor.safety.clocks import judge_clocks
from showeditor.safety.content import judge_content
from showeditor.safety.control import judge_control
from showeditor.safety.coverage import judge_coverage
from showeditor.safety.downwash import judge_downwash
from showeditor.safety.duds import judge_duds
from showeditor.safety.earlier import Earlier
from showeditor.safety.failures import judge_failures
from showeditor.safety.fallout import judge_fallout
from showeditor.safety.given import judge_given
from showeditor.safety.handling import judge_handling
from showeditor.safety.homeward import judge_homeward
from showeditor.safety.late import judge_late
from showeditor.safety.licences import judge_licences
from showeditor.safety.low_flight import judge_low_flight
from showeditor.safety.packs import Figure, Pack, load_pack
from showeditor.safety.people import judge_people
from showeditor.safety.returning import judge_returning
from showeditor.safety.rigging import judge_rigging
from showeditor.safety.sites import judge_sites
from showeditor.safety.soundness import judge_soundness
from showeditor.safety.spacing import judge_spacing
from showeditor.safety.sparks import judge_sparks
from showeditor.safety.speeds import judge_speeds
from showeditor.safety.together import judge_together
from showeditor.safety.turning_back import judge_turning_back
from showeditor.safety.validity import judge_validity
from showeditor.safety.waivers import lifted
from showeditor.safety.ways import judge_ways

Judge = Callable[[Case], Iterable[Finding]]

FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    BufferError,
    ImportError,
    LookupError,
    MemoryError,
    NameError,
    OSError,
    RuntimeError,
    ShowEditorError,
    TypeError,
    ValueError,
)
"""What a defective rule may raise; anything else (a cancelled search) ends the check without an answer."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its share of the time; `flies` marks rules that need sound drone paths."""

    name: str
    judge: Judge
    share: float
    flies: bool = False


RULES: tuple[Rule, ...] = (
    Rule("content", judge_content, 0.01),
    Rule("given", judge_given, 0.01),
    Rule("addresses", judge_addresses, 0.03),
    Rule("control", judge_control, 0.005),
    Rule("clocks", judge_clocks, 0.005),
    Rule("rigging", judge_rigging, 0.005),
    Rule("licences", judge_licences, 0.005),
    Rule("audience", judge_audience, 0.05),
    Rule("sites", judge_sites, 0.02),
    Rule("duds", judge_duds, 0.02),
    Rule("ways", judge_ways, 0.01),
    Rule("people", judge_people, 0.01),
    Rule("fallout", judge_fallout, 0.02),
    Rule("air", judge_air, 0.01),
    Rule("speeds", judge_speeds, 0.1, flies=True),
    Rule("airspace", judge_airspace, 0.05, flies=True),
    Rule("low flight", judge_low_flight, 0.1, flies=True),
    Rule("handling", judge_handling, 0.02, flies=True),
    Rule("downwash", judge_downwash, 0.03, flies=True),
    Rule("homeward", judge_homeward, 0.05, flies=True),
    Rule("returning", judge_returning, 0.02, flies=True),
    Rule("failures", judge_failures, 0.05, flies=True),
    Rule("carrying", judge_carrying, 0.01, flies=True),
    Rule("sparks", judge_sparks, 0.02, flies=True),
    Rule("together", judge_together, 0.1, flies=True),
    Rule("turning back", judge_turning_back, 0.05, flies=True),
    Rule("coverage", judge_coverage, 0.005),
    Rule("spacing", judge_spacing, 0.17, flies=True),
    Rule("late", judge_late, 0.05, flies=True),
)

_RANK = {"block": 0, "warn": 1, "note": 2}


def check(
    plan: Plan,
    limits: Limits | None = None,
    progress: Callable[[float], None] | None = None,
    *,
    rules: tuple[Rule, ...] = RULES,
    earlier: Earlier | None = None,
) -> tuple[Finding, ...]:
    """Every Finding about a plan, blocks first, then by time; the plan's own problems are among them.

    Warnings that the plan's waivers accept come as notes that say by whom.

    `limits` replaces the plan's flight limits. `progress` is told shares from 0 to 1; an exception of a kind not in
    FAULTS that it raises ends the check. A rule that fails or lacks data is a Finding that blocks. `earlier`: what a
    check of an earlier version of this plan kept for this one; a gate goes without.
    """
    findings: list[Finding] = list(plan.problems)
    pack, complaints = _pack(plan.rules, plan.date)
    findings += complaints
    done = 0.0

    def told(share: float) -> None:
        if progress:
            progress(min(1.0, done + share))

    case = Case(plan, limits or plan.limits, pack, earlier=earlier)
    broken = _carried_out("soundness", judge_soundness, case)
    findings += broken
    for rule in rules:
        if not (rule.flies and broken):
            case.progress = _scaled(told, rule.share)
            findings += _carried_out(rule.name, rule.judge, case)
        done += rule.share
        told(0.0)
    if progress:
        progress(1.0)
    return tuple(sorted(lifted(findings, plan.waivers), key=lambda f: (_RANK[f.severity], f.t0_us, f.code)))


@dataclass(frozen=True, slots=True)
class Closest:
    """The nearest two flying drones of a plan: distance, moment, names."""

    gap_m: float
    t_us: int
    names: tuple[str, str]


def closest_approach(plan: Plan, limits: Limits | None = None) -> Closest | None:
    """The nearest two flying drones; None where fewer than two fly. Raises ValueError for broken paths."""
    pack, _ = _pack(plan.rules, plan.date)
    case = Case(plan, limits or plan.limits, pack)
    for finding in judge_soundness(case):
        raise ValueError(finding.message)
    if len(plan.drones) < 2 or not math.isfinite(case.nearness.closest_m):
        return None
    a, b = case.names(case.nearness.closest_pair)
    return Closest(case.nearness.closest_m, case.nearness.closest_us, (a, b))


def _scaled(told: Callable[[float], None], share: float) -> Callable[[float], None]:
    return lambda part: told(share * part)


def _carried_out(name: str, judge: Judge, case: Case) -> list[Finding]:
    """What a rule finds; a fault of the rule is a Finding itself. What it found before failing is kept."""
    found: list[Finding] = []
    try:
        found.extend(judge(case))
    except FAULTS as error:
        found.append(
            Finding(
                "SAFE-001",
                "block",
                f"The rule {name!r} could not be carried out ({type(error).__name__}: {error}): do not publish.",
                f"规则“{name}”无法执行（{type(error).__name__}：{error}），不得发布。",
                ids=(name,),
            )
        )
    return found


_NO_FIGURE = Figure(None, "no rule pack", "U")
_NO_PACK = Pack("none", "No rule pack", "无规则包", "", "no rule pack", False, (), _NO_FIGURE, _NO_FIGURE)


def _pack(pack_id: str, day: str) -> tuple[Pack, list[Finding]]:
    try:
        pack = load_pack(pack_id)
    except ShowEditorError as error:
        return _NO_PACK, [
            Finding(
                "SAFE-002",
                "block",
                f"The rule pack cannot be used: {error}.",
                f"规则包“{pack_id}”无法使用：{error}。",
                ids=(pack_id,),
            )
        ]
    return pack, list(judge_validity(pack, day))
