"""Firing addresses and ignition times.

CTL-001 block: a cue ignites before the show starts: its lift time does not fit. Remedy: move the bloom later.
CTL-002 block: two cues at different moments, or at different positions, share a pin. Remedy: give one another pin.
CTL-003 block: an address lies outside what the controller has. Remedy: choose a module and pin that exist.
CTL-004 warn: a cue has no address: no pin fires it. Remedy: address it.
CTL-005 block: a cue names a controller that the show does not have. Remedy: add the controller or name another.
CTL-006 warn: cues of one position and moment share a pin, in series, and nobody has stated how many igniters the
    controller fires on a pin. Remedy: see that it fires so many, or state the figure of the controller.
CTL-007 block: more igniters in series on a pin than the controller fires. Remedy: take further pins.
CTL-008 block: a pin of a relay or flame is to fire again sooner than the controller can, or nobody has stated how soon
    it can. Remedy: wait longer, take another pin, or state the figure of the controller.
CTL-021 block: the ranges of modules and pins of a controller are not known. Remedy: state them with their source.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from showeditor.model.finding import Finding
from showeditor.model.plan import ControllerSpec
from showeditor.model.times import US, clock, round_half_up
from showeditor.safety.case import Case
from showeditor.safety.wording import listed

REFIRING = frozenset(("Flames",))
"""Categories whose pin may fire again where the controller can: no igniter is spent (firing-formats.md 2, point 3)."""


def judge_addresses(case: Case) -> Iterator[Finding]:
    """Findings cue by cue; pins that several cues share, pin by pin."""
    firing = case.plan.firing
    controllers = {spec.id: spec for spec in case.plan.controllers}
    pins: dict[tuple[str, int, int], list[int]] = defaultdict(list)
    bare: list[str] = []
    vague: dict[str, list[str]] = {}
    for k in range(len(firing)):
        cue, t = firing.cue[k], int(firing.ignition_us[k])
        if t < 0:
            yield Finding(
                "CTL-001",
                "block",
                f"Cue {cue} ignites {-t / 1e6:.2f} s before the show starts.",
                f"点火 {cue} 在演出开始前 {-t / 1e6:.2f} 秒点燃。",
                t,
                t,
                (cue,),
                t / 1e6,
                0.0,
                "s",
                case_place(case, k),
            )
        module, pin, owner = int(firing.module[k]), int(firing.pin[k]), firing.controller[k]
        if module < 0 or pin < 0:
            bare.append(cue)
            continue
        pins[owner, module, pin].append(k)
        spec = controllers.get(owner)
        if spec is not None and not spec.ranges_known:
            vague.setdefault(owner, []).append(cue)
        if spec is None:
            yield Finding(
                "CTL-005",
                "block",
                f"Cue {cue} is fired by controller {owner!r}, which the show does not have.",
                f"点火 {cue} 使用的控制器“{owner}”不在演出中。",
                t,
                t,
                (cue,),
                place_m=case_place(case, k),
            )
            continue
        for value, low, high, name, name_zh in (
            (module, spec.module_lo, spec.module_hi, "module", "模块"),
            (pin, spec.pin_lo, spec.pin_hi, "pin", "针脚"),
        ):
            if not low <= value <= high:
                yield Finding(
                    "CTL-003",
                    "block",
                    f"Cue {cue} is on {name} {value}, but {spec.title} has {low} to {high}.",
                    f"点火 {cue} 的{name_zh} {value} 超出 {spec.title} 的范围 {low}–{high}。",
                    t,
                    t,
                    (cue,),
                    float(value),
                    float(high if value > high else low),
                    place_m=case_place(case, k),
                )
    for owner, cues in vague.items():
        title = controllers[owner].title
        yield Finding(
            "CTL-021",
            "block",
            f"Which modules and pins {title} ({owner}) has is not known: {len(cues)} cues cannot be judged.",
            f"{title}（{owner}）的模块和针脚范围未知，{len(cues)} 个点火无法判断。",
            ids=(owner, *cues[:50]),
        )
    yield from _shared(case, controllers, pins)
    if bare:
        names = tuple(dict.fromkeys(bare))
        yield Finding(
            "CTL-004",
            "warn",
            f"{len(bare)} cues have no address: {listed(names)}.",
            f"{len(bare)} 个点火没有地址：{listed(names)}。",
            ids=names,
            measured=float(len(bare)),
            limit=0.0,
        )


def _shared(
    case: Case, controllers: dict[str, ControllerSpec], pins: dict[tuple[str, int, int], list[int]]
) -> Iterator[Finding]:
    firing = case.plan.firing
    for (owner, module, pin), rows in pins.items():
        if len(rows) < 2:
            continue
        spec = controllers.get(owner)
        address = f"{owner} {module}/{pin}"
        at: dict[int, list[int]] = defaultdict(list)
        for k in rows:
            at[int(firing.ignition_us[k])].append(k)
        again = len(at) > 1 and all(firing.category[k] in REFIRING for k in rows)
        if (len(at) > 1 and not (again and spec is not None and spec.refires)) or any(
            len({firing.position[k] for k in together}) > 1 for together in at.values()
        ):
            yield _twice(case, address, rows)
            continue
        if spec is not None and len(at) > 1:
            yield from _again(case, spec, address, sorted(at), rows)
        for t_us, together in sorted(at.items()):
            if len(together) > 1:
                yield from _series(case, spec, address, t_us, together)


def _twice(case: Case, address: str, rows: list[int]) -> Finding:
    firing = case.plan.firing
    ids = tuple(dict.fromkeys(firing.cue[k] for k in rows))
    times = sorted(int(firing.ignition_us[k]) for k in rows)
    return Finding(
        "CTL-002",
        "block",
        f"{len(rows)} cues share the pin {address}, which fires once, at {clock(times[0])}: {listed(ids)}.",
        f"{len(rows)} 个点火共用针脚 {address}，该针脚只能在 {clock(times[0])} 点燃一次：{listed(ids)}。",
        times[0],
        times[-1],
        ids,
        float(len(rows)),
        1.0,
        place_m=case_place(case, rows[0]),
    )


def _again(case: Case, spec: ControllerSpec, address: str, times: list[int], rows: list[int]) -> Iterator[Finding]:
    """A pin that may fire again: whether it is given the time."""
    firing = case.plan.firing
    ticks = [round_half_up(t, spec.tick_us) for t in times]
    gap, first = min((b - a, a) for a, b in pairwise(ticks))
    if spec.refire_gap_us is not None and gap >= max(1, spec.refire_gap_us):
        return
    ids = tuple(firing.cue[k] for k in rows)
    need = spec.refire_gap_us
    en = "how soon it can is not stated" if need is None else f"it needs {need / US:g} s"
    zh = "未说明最短间隔" if need is None else f"至少需要 {need / US:g} 秒"
    yield Finding(
        "CTL-008",
        "block",
        f"The pin {address} fires again {gap / US:g} s later, at {clock(first + gap)}; {en}: {listed(ids)}.",
        f"针脚 {address} 在 {clock(first + gap)} 再次点火，间隔 {gap / US:g} 秒，{zh}：{listed(ids)}。",
        first,
        first + gap,
        ids,
        gap / US,
        None if need is None else need / US,
        "s",
        case_place(case, rows[0]),
    )


def _series(case: Case, spec: ControllerSpec | None, address: str, t_us: int, rows: list[int]) -> Iterator[Finding]:
    ids = tuple(dict.fromkeys(case.plan.firing.cue[k] for k in rows))
    most = spec.igniters_per_pin if spec is not None else None
    if most is not None and len(rows) <= most:
        return
    place = case_place(case, rows[0])
    if most is None:
        yield Finding(
            "CTL-006",
            "warn",
            f"{len(rows)} cues at {clock(t_us)} fire in series on {address}: {listed(ids)}.",
            f"{clock(t_us)} 有 {len(rows)} 个点火串联在 {address}：{listed(ids)}。",
            t_us,
            t_us,
            ids,
            float(len(rows)),
            place_m=place,
        )
        return
    yield Finding(
        "CTL-007",
        "block",
        f"{len(rows)} igniters in series on {address} at {clock(t_us)}; it fires {most}: {listed(ids)}.",
        f"{clock(t_us)} 针脚 {address} 串联了 {len(rows)} 个点火头，最多 {most} 个：{listed(ids)}。",
        t_us,
        t_us,
        ids,
        float(len(rows)),
        float(most),
        place_m=place,
    )


def case_place(case: Case, row: int) -> tuple[float, float, float]:
    """Where a cue stands."""
    x, y, z = case.plan.firing.place_m[row]
    return (float(x), float(y), float(z))
