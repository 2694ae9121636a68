"""Firing addresses and ignition times.

CTL-001 block: a cue ignites before the show starts: its lift time does not fit. Remedy: move the bloom later.
CTL-002 block: two cues at different moments, or at different positions, share a pin. Remedy: give one another pin.
CTL-003 block: an address lies outside what the controller has. Remedy: choose a module and pin that exist.
CTL-004 warn: a cue has no address: no pin fires it. Remedy: address it.
CTL-005 block: a cue names a controller that the show does not have. Remedy: add the controller or name another.
CTL-006 warn: cues of one position and moment share a pin, in series. Remedy: see that the controller fires so many.
"""

from collections import defaultdict
from collections.abc import Iterator

from showeditor.model.finding import Finding
from showeditor.model.times import clock
from showeditor.safety.case import Case
from showeditor.safety.wording import listed


def judge_addresses(case: Case) -> Iterator[Finding]:
    """Findings cue by cue; pins that several cues share, pin by pin."""
    firing = case.plan.firing
    controllers = {spec.id: spec for spec in case.plan.controllers}
    pins: dict[tuple[str, int, int], list[int]] = defaultdict(list)
    bare: list[str] = []
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
    yield from _shared(case, pins)
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


def _shared(case: Case, pins: dict[tuple[str, int, int], list[int]]) -> Iterator[Finding]:
    firing = case.plan.firing
    for (owner, module, pin), rows in pins.items():
        if len(rows) < 2:
            continue
        ids = tuple(dict.fromkeys(firing.cue[k] for k in rows))
        times = sorted(int(firing.ignition_us[k]) for k in rows)
        series = times[0] == times[-1] and len({firing.position[k] for k in rows}) == 1
        address, address_zh = f"{owner} {module}/{pin}", f"{owner} {module}/{pin}"
        if series:
            yield Finding(
                "CTL-006",
                "warn",
                f"{len(rows)} cues at {clock(times[0])} fire in series on {address}: {listed(ids)}.",
                f"{clock(times[0])} 有 {len(rows)} 个点火串联在 {address_zh}：{listed(ids)}。",
                times[0],
                times[0],
                ids,
                float(len(rows)),
                place_m=case_place(case, rows[0]),
            )
        else:
            yield Finding(
                "CTL-002",
                "block",
                f"{len(rows)} cues share the pin {address}, which fires once, at {clock(times[0])}: {listed(ids)}.",
                f"{len(rows)} 个点火共用针脚 {address_zh}，该针脚只能在 {clock(times[0])} 点燃一次：{listed(ids)}。",
                times[0],
                times[-1],
                ids,
                float(len(rows)),
                1.0,
                place_m=case_place(case, rows[0]),
            )


def case_place(case: Case, row: int) -> tuple[float, float, float]:
    """Where a cue stands."""
    x, y, z = case.plan.firing.place_m[row]
    return (float(x), float(y), float(z))
