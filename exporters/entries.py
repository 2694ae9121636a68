"""Rows read from firing files, as plans.

FIRING-ORDER warn: a row is earlier than the one before it. FIRING-LEFT-OUT note: rows that are no ignitions were not
read, or columns have no place in a plan.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from showeditor.model.arrays import frozen
from showeditor.model.errors import BadInput
from showeditor.model.finding import Finding
from showeditor.model.plan import ControllerSpec, Firing, Mark, Plan
from showeditor.model.venue import Vec3


@dataclass(frozen=True, slots=True)
class Entry:
    """One ignition of a file: `name` is where it stands there; None for a bloom or end that the file does not tell."""

    name: str
    effect: str
    module: int
    pin: int
    ignition_us: int
    bloom_us: int | None = None
    end_us: int | None = None
    controller: str = ""
    calibre_mm: float = 0.0
    category: str = ""
    position: str = ""
    place_m: Vec3 = (0.0, 0.0, 0.0)
    lean_deg: float = 0.0
    hazard: str = ""


@dataclass(slots=True)
class Reading:
    """What one file says: its title, its rows in the file's order, and what was found on the way."""

    title: str = ""
    entries: list[Entry] = field(default_factory=list)
    problems: list[Finding] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    def leave_out(self, count: int, words: str, words_zh: str) -> None:
        """Tell rows that are not read."""
        if count:
            en, zh = f"{count} {words} are not read", f"未读取 {count} 个{words_zh}"
            self.problems.append(Finding("FIRING-LEFT-OUT", "note", en, zh, measured=float(count)))

    def leave_columns(self, rows: Iterable[Mapping[str, str]], kept: Collection[str]) -> None:
        """Tell the columns that hold something and have no place in a plan."""
        lost = sorted(
            {name for row in rows for name, cell in row.items() if cell not in ("", "0") and name not in kept}
        )
        if lost:
            names = ", ".join(name or "(no name)" for name in lost)
            en, zh = f"these columns are not kept: {names}", f"未保留的列：{names}"
            self.problems.append(Finding("FIRING-LEFT-OUT", "note", en, zh, ids=tuple(lost), measured=float(len(lost))))

    def expect_order(self) -> None:
        """Tell the rows that come before their time; formats that are sorted by time ask for it."""
        last: int | None = None
        for entry in self.entries:
            if last is not None and entry.ignition_us < last:
                t = entry.ignition_us
                en, zh = f"{entry.name}: earlier than the row before it", f"{entry.name}：时间早于上一行"
                self.problems.append(Finding("FIRING-ORDER", "warn", en, zh, t, t, (entry.name,)))
            last = entry.ignition_us if last is None else max(last, entry.ignition_us)


def plan_of(
    entries: Iterable[Entry],
    title: str,
    specs: Sequence[ControllerSpec],
    problems: Iterable[Finding] = (),
    marks: Iterable[Mark] = (),
) -> Plan:
    """The plan whose firing table holds the rows by time; a lean is to the east, or to the west where negative."""
    rows = sorted(entries, key=lambda e: e.ignition_us)
    n = len(rows)
    blooms = [max(e.ignition_us, e.ignition_us if e.bloom_us is None else e.bloom_us) for e in rows]
    ends = [max(b, b if e.end_us is None else e.end_us) for e, b in zip(rows, blooms, strict=True)]
    firing = Firing(
        cue=tuple(e.name for e in rows),
        effect=tuple(e.effect for e in rows),
        category=tuple(e.category for e in rows),
        position=tuple(e.position for e in rows),
        controller=tuple(e.controller for e in rows),
        module=frozen([e.module for e in rows], "int32", (None,)),
        pin=frozen([e.pin for e in rows], "int32", (None,)),
        ignition_us=frozen([e.ignition_us for e in rows], "int64", (None,)),
        bloom_us=frozen(blooms, "int64", (None,)),
        end_us=frozen(ends, "int64", (None,)),
        calibre_mm=frozen([e.calibre_mm for e in rows], "float32", (None,)),
        azimuth_deg=frozen(
            [270.0 if e.lean_deg < 0 else 90.0 if e.lean_deg else 0.0 for e in rows], "float32", (None,)
        ),
        tilt_deg=frozen([abs(e.lean_deg) for e in rows], "float32", (None,)),
        hazard=tuple(e.hazard for e in rows) if any(e.hazard for e in rows) else (),
        place_m=frozen([e.place_m for e in rows] or [(0.0, 0.0, 0.0)] * n, "float64", (None, 3)),
    )
    last = max([0, *(e.ignition_us for e in rows), *ends])
    return Plan(
        title=title,
        duration_us=last + 1_000_000,
        firing=firing,
        controllers=tuple(specs),
        marks=tuple(marks),
        problems=tuple(problems),
    )


def lean_of(plan: Plan, i: int) -> float:
    """How far a row's device leans to the east (west: negative) as seen from the south, in degrees.

    A fan begins with a shot that leans by itself; what other programs call the angle of a cake is that of its box. A
    plan that was read from a file has no shots and holds the box's lean as it is.
    """
    firing = plan.firing
    azimuth, tilt = math.radians(float(firing.azimuth_deg[i])), math.radians(float(firing.tilt_deg[i]))
    lean = math.degrees(math.atan2(math.sin(tilt) * math.sin(azimuth), math.cos(tilt)))
    if not len(plan.shots) or (tilt == 0.0 and firing.category[i] not in ("Cakes", "Candles")):
        return lean
    return lean - _own_lean(firing.effect[i])


@lru_cache(maxsize=4096)
def _own_lean(text: str) -> float:
    """The angle of an effect's first shot in its own box; 0 for a text that is no effect."""
    # the effect language brings numba along, which a list of formats need not wait for
    from showeditor.effects.reading import read

    try:
        shots = read(text).shots
    except BadInput:
        return 0.0
    return min(shots, key=lambda shot: shot.ignition_us).angle_deg
