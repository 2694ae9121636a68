"""Rows of firing files: one per module, pin and moment, made from the cues of a plan and checked against a controller.

FORMAT-SPLIT note: several controllers make several files. FORMAT-UNPROVEN note: a detail of the format is not
certain. FORMAT-USE note: how the files are to be used.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from exporters.texts import LATEST_US, joined
from showeditor.export.format import Carried
from showeditor.model.errors import Unfit
from showeditor.model.finding import Finding
from showeditor.model.plan import Plan
from showeditor.model.times import US, round_half_up

REFIRING = frozenset(("Flames",))
"""Categories that a pin may fire more than once: valves, not igniters."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a format can address and how finely its clock counts; `most_rows` 0 means that no limit is known."""

    module_lo: int
    module_hi: int
    pin_lo: int
    pin_hi: int
    tick_us: int
    most_rows: int = 0
    module_word: str = "module"
    pin_word: str = "pin"


@dataclass(frozen=True, slots=True)
class Row:
    """One impulse on one pin: times on the tick, and the rows of the firing table that it lights, in cue order."""

    ignition_us: int
    module: int
    pin: int
    bloom_us: int
    cues: tuple[int, ...]

    @property
    def first(self) -> int:
        """The row of the firing table whose device describes this impulse."""
        return self.cues[0]

    @property
    def prefire_us(self) -> int:
        """From ignition to bloom, on the tick."""
        return self.bloom_us - self.ignition_us


def for_make(plan: Plan, make: str, model: str = "") -> Carried:
    """All ignitions except those of controllers that are known to be of another make (an empty model is of any).

    Where the plan has controllers of this very `model`, those of other models of the make are left to their own format.
    """
    wanted = model if model and any(c.model.lower() == model for c in plan.controllers) else make
    foreign = {c.id for c in plan.controllers if c.model and not c.model.lower().startswith(wanted)}
    return Carried(firing=tuple(i for i, c in enumerate(plan.firing.controller) if c not in foreign))


def merged(format_id: str, plan: Plan, rows: Iterable[int], bounds: Bounds) -> list[Row]:
    """The impulses of these rows of one controller by time, module and pin.

    Raises Unfit for a cue without address, out of range, before the show or after 100 hours; for a pin that is to fire
    at two moments, be they ever so near (an igniter fires once; flames alone may fire again, where the controller is
    known to); and for too many rows.
    """
    firing = plan.firing
    again = {c.id for c in plan.controllers if c.refires}
    found: dict[tuple[int, int, int], list[int]] = {}
    used: dict[tuple[int, int], tuple[int, str, bool]] = {}
    for i in rows:
        cue, module, pin, exact = firing.cue[i], int(firing.module[i]), int(firing.pin[i]), int(firing.ignition_us[i])
        _fits(format_id, cue, module, pin, exact, bounds)
        flame = firing.category[i] in REFIRING and firing.controller[i] in again
        before = used.setdefault((module, pin), (exact, cue, flame))
        if before[0] != exact and not (flame and before[2]):
            raise Unfit(
                format_id,
                f"{bounds.module_word} {module} {bounds.pin_word} {pin}",
                f"is fired twice, by cue {before[1]!r} at {before[0] / US:g} s and cue {cue!r} at {exact / US:g} s; "
                "an igniter fires once",
            )
        found.setdefault((round_half_up(exact, bounds.tick_us), module, pin), []).append(i)
    if bounds.most_rows and len(found) > bounds.most_rows:
        raise Unfit(format_id, f"{len(found)} events", f"a script holds at most {bounds.most_rows}")
    out: list[Row] = []
    for (tick, module, pin), cues in sorted(found.items()):
        bloom = max(tick, round_half_up(min(int(firing.bloom_us[i]) for i in cues), bounds.tick_us))
        out.append(Row(tick, module, pin, bloom, tuple(cues)))
    return out


def _fits(format_id: str, cue: str, module: int, pin: int, t_us: int, bounds: Bounds) -> None:
    thing, word, point = f"cue {cue!r}", bounds.module_word, bounds.pin_word
    if module < 0 or pin < 0:
        raise Unfit(format_id, thing, f"has no {word} and pin yet; give it an address")
    if not bounds.module_lo <= module <= bounds.module_hi:
        raise Unfit(format_id, thing, f"{word} {module} is outside {bounds.module_lo} to {bounds.module_hi}")
    if not bounds.pin_lo <= pin <= bounds.pin_hi:
        raise Unfit(format_id, thing, f"{point} {pin} is outside {bounds.pin_lo} to {bounds.pin_hi}")
    if t_us < 0:
        raise Unfit(format_id, thing, f"ignites {-t_us / US:g} s before the show starts")
    if t_us >= LATEST_US - US:
        raise Unfit(format_id, thing, "ignites after 99 hours")


def names_of(plan: Plan, row: Row) -> str:
    """The effects of one impulse, equal ones counted, as they are named in the plan."""
    return joined(plan.firing.effect[i] for i in row.cues)


def open_detail(format_id: str, text: str, text_zh: str) -> Finding:
    """The note by which dialog and receipt say what is not certain about a format."""
    return Finding("FORMAT-UNPROVEN", "note", f"{format_id}: not proven: {text}", f"{format_id}：未经证实：{text_zh}")


def split_note(format_id: str, names: list[str]) -> Finding:
    """The note that several controllers make several files."""
    return Finding(
        "FORMAT-SPLIT",
        "note",
        f"{format_id}: one file for each of the {len(names)} controllers",
        f"{format_id}：{len(names)} 台控制器各有一个文件",
        ids=tuple(names),
    )
