"""What a controller's script and clock can hold, after rounding to its tick.

CTL-009 block: two impulses of one module follow each other more quickly than the controller can. Remedy: move one, or
    address it on another module.
CTL-010 block: more cues than a script of the controller holds. Remedy: use a second controller.
CTL-011 block: more cues on a module than a script of the controller holds for one. Remedy: use a further module.
CTL-012 block: two cues of one position that are more than half a tick and 1 ms apart fall into one tick of their
    controller. Remedy: give them one moment, move them apart, or use a controller with a finer clock.
CTL-013 block: a cue fires while its module is off: before it is switched on, after it is switched off, or after it
    has switched itself off because nothing was fired. Remedy: change the times of the module, or its address.
CTL-020 note: figures of a controller that nobody has stated, so that they are not judged. Remedy: state them.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from showeditor.model.arrays import Longs
from showeditor.model.finding import Finding
from showeditor.model.plan import ControllerSpec, Firing
from showeditor.model.times import US, clock
from showeditor.safety.addresses import case_place
from showeditor.safety.case import Case
from showeditor.safety.wording import listed

SLACK_US = 1000
"""Beside half a tick: what formats that count whole milliseconds may add."""

Rows = NDArray[np.intp]


def judge_control(case: Case) -> Iterator[Finding]:
    """Findings controller by controller, over the cues that have an address on it."""
    firing = case.plan.firing
    addressed = (firing.module >= 0) & (firing.pin >= 0)
    owners = np.array(firing.controller, dtype=object)
    for spec in case.plan.controllers:
        rows = np.flatnonzero(addressed & (owners == spec.id)) if len(firing) else np.zeros(0, np.intp)
        if not len(rows):
            continue
        exact = firing.ignition_us[rows]
        ticks = (2 * exact + spec.tick_us) // (2 * spec.tick_us) * spec.tick_us
        yield from _gaps(case, spec, rows, ticks)
        yield from _capacity(firing, spec, rows, ticks)
        yield from _collapses(case, spec, rows, ticks)
        yield from _off(case, spec, rows)
        yield from _unstated(spec)


def _gaps(case: Case, spec: ControllerSpec, rows: Rows, ticks: Longs) -> Iterator[Finding]:
    least = spec.module_gap_us
    if not least:
        return
    firing = case.plan.firing
    module, pin = firing.module[rows], firing.pin[rows]
    order = np.lexsort((pin, ticks, module))
    a, b = order[:-1], order[1:]
    gap = ticks[b] - ticks[a]
    near = (module[a] == module[b]) & (gap < least) & ~((pin[a] == pin[b]) & (gap == 0))
    for i in np.flatnonzero(near):
        first, second = int(rows[a[i]]), int(rows[b[i]])
        t0, t1 = int(ticks[a[i]]), int(ticks[b[i]])
        ids = (firing.cue[first], firing.cue[second])
        yield Finding(
            "CTL-009",
            "block",
            f"Cues {ids[0]} and {ids[1]} on module {module[a[i]]} of {spec.id} are {gap[i] / US:g} s apart at "
            f"{clock(t0)}; {spec.title} needs {least / US:g} s.",
            f"{spec.id} 模块 {module[a[i]]} 上的 {ids[0]} 与 {ids[1]} 在 {clock(t0)} 仅相隔 {gap[i] / US:g} 秒，"
            f"{spec.title} 需要 {least / US:g} 秒。",
            t0,
            t1,
            ids,
            float(gap[i]) / US,
            least / US,
            "s",
            case_place(case, first),
        )


def _capacity(firing: Firing, spec: ControllerSpec, rows: Rows, ticks: Longs) -> Iterator[Finding]:
    """An impulse is one row of the script: several cues on one pin and tick are one."""
    module = firing.module[rows].astype(np.int64)
    impulses = np.unique(np.column_stack([module, firing.pin[rows], ticks]), axis=0)
    if spec.most_cues is not None and len(impulses) > spec.most_cues:
        yield Finding(
            "CTL-010",
            "block",
            f"{len(impulses)} cues are on {spec.id}; a script of {spec.title} holds {spec.most_cues}.",
            f"{spec.id} 上有 {len(impulses)} 个点火，{spec.title} 的脚本最多 {spec.most_cues} 个。",
            ids=(spec.id,),
            measured=float(len(impulses)),
            limit=float(spec.most_cues),
        )
    if spec.most_cues_per_module is None:
        return
    numbers, counts = np.unique(impulses[:, 0], return_counts=True)
    for number, count in zip(numbers.tolist(), counts.tolist(), strict=True):
        if count > spec.most_cues_per_module:
            yield Finding(
                "CTL-011",
                "block",
                f"{count} cues are on module {number} of {spec.id}; a script of {spec.title} holds "
                f"{spec.most_cues_per_module} for one module.",
                f"{spec.id} 模块 {number} 上有 {count} 个点火，"
                f"{spec.title} 每个模块最多 {spec.most_cues_per_module} 个。",
                ids=(spec.id, str(number)),
                measured=float(count),
                limit=float(spec.most_cues_per_module),
            )


def _collapses(case: Case, spec: ControllerSpec, rows: Rows, ticks: Longs) -> Iterator[Finding]:
    """Neighbours in time at one position, apart by more than rounding may move them, and yet in one tick."""
    if spec.tick_us <= 2 * SLACK_US:
        return
    firing = case.plan.firing
    exact = firing.ignition_us[rows]
    place = np.unique(np.array([firing.position[k] for k in rows], dtype=str), return_inverse=True)[1]
    order = np.lexsort((exact, ticks, place))
    fresh = np.r_[True, (np.diff(place[order]) != 0) | (np.diff(ticks[order]) != 0)]
    starts = np.flatnonzero(fresh)
    ends = np.r_[starts[1:], len(order)] - 1
    apart = exact[order[ends]] - exact[order[starts]]
    for g in np.flatnonzero(2 * apart > spec.tick_us + 2 * SLACK_US):
        members = [int(rows[i]) for i in order[starts[g] : ends[g] + 1]]
        ids = tuple(firing.cue[k] for k in members)
        t_us = int(ticks[order[starts[g]]])
        where, ms, tick_ms = firing.position[members[0]], apart[g] / 1000, spec.tick_us / 1000
        yield Finding(
            "CTL-012",
            "block",
            f"Cues {listed(ids)} at {where} are {ms:g} ms apart and fall together at {clock(t_us)}: "
            f"{spec.title} counts {tick_ms:g} ms.",
            f"{where} 的点火 {listed(ids)} 相隔 {ms:g} 毫秒，却在 {clock(t_us)} 合为一刻："
            f"{spec.title} 的时间刻度为 {tick_ms:g} 毫秒。",
            int(exact[order[starts[g]]]),
            int(exact[order[ends[g]]]),
            ids,
            float(apart[g]) / US,
            (spec.tick_us // 2 + SLACK_US) / US,
            "s",
            case_place(case, members[0]),
        )


def _off(case: Case, spec: ControllerSpec, rows: Rows) -> Iterator[Finding]:
    firing = case.plan.firing
    stated = {m.number: m for m in spec.site.modules} if spec.site is not None else {}
    for k in rows.tolist() if stated else ():
        one = stated.get(int(firing.module[k]))
        t_us = int(firing.ignition_us[k])
        if one is not None and one.on_us is not None and t_us < one.on_us:
            at = clock(one.on_us)
            yield _dark(case, spec, k, one.on_us, f"which is switched on at {at}", f"在 {at} 才接通")
        elif one is not None and one.off_us is not None and t_us >= one.off_us:
            at = clock(one.off_us)
            yield _dark(case, spec, k, one.off_us, f"which was switched off at {at}", f"已在 {at} 关断")
    if not spec.idle_off_us:
        return
    module = firing.module[rows]
    order = np.lexsort((firing.ignition_us[rows], module))
    t, m = firing.ignition_us[rows][order], module[order]
    on = np.array([_on_us(stated.get(int(number))) for number in m[np.r_[True, np.diff(m) != 0]]], dtype=np.int64)
    before = np.r_[0, t[:-1]]
    first = np.r_[True, np.diff(m) != 0]
    before[first] = on
    for i in np.flatnonzero(t - before > spec.idle_off_us):
        since = int(before[i]) + spec.idle_off_us
        yield _dark(
            case,
            spec,
            int(rows[order[i]]),
            since,
            f"which switched itself off at {clock(since)} after {spec.idle_off_us / US:g} s without a cue",
            f"因 {spec.idle_off_us / US:g} 秒无点火已于 {clock(since)} 自动关断",
        )


def _on_us(module: object) -> int:
    on = getattr(module, "on_us", None)
    return int(on) if on is not None else 0


def _dark(case: Case, spec: ControllerSpec, row: int, edge_us: int, en: str, zh: str) -> Finding:
    firing = case.plan.firing
    cue, t_us, module = firing.cue[row], int(firing.ignition_us[row]), int(firing.module[row])
    return Finding(
        "CTL-013",
        "block",
        f"Cue {cue} at {clock(t_us)} is on module {module} of {spec.id}, {en}.",
        f"{clock(t_us)} 的点火 {cue} 位于 {spec.id} 模块 {module}，该模块{zh}。",
        t_us,
        t_us,
        (cue,),
        t_us / US,
        edge_us / US,
        "s",
        case_place(case, row),
    )


_FIGURES = (
    ("igniters_per_pin", "igniters on a pin", "每针脚点火头数"),
    ("module_gap_us", "least gap on a module", "模块最短间隔"),
    ("most_cues", "cues in a script", "脚本容量"),
    ("most_cues_per_module", "cues on a module", "每模块容量"),
    ("idle_off_us", "when a module switches itself off", "模块自动关断时间"),
)


def _unstated(spec: ControllerSpec) -> Iterator[Finding]:
    open_ones = [(en, zh) for name, en, zh in _FIGURES if getattr(spec, name) is None]
    if open_ones and spec.site is not None:
        en, zh = ", ".join(e for e, _ in open_ones), "、".join(z for _, z in open_ones)
        yield Finding(
            "CTL-020",
            "note",
            f"Nobody has stated for {spec.title} ({spec.id}), so it is not judged: {en}.",
            f"{spec.title}（{spec.id}）未说明以下数据，未作判断：{zh}。",
            ids=(spec.id,),
        )
