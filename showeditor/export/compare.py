"""What a written file says against what the plan says, as Findings; an empty answer means they agree.

EXP-MISSING block: an ignition is lost in the file. Remedy: a fault of the format; report it with the show.
EXP-EXTRA block: the file has an ignition that the plan has not. Remedy: as for EXP-MISSING.
EXP-TIME block: an ignition is moved in the file by more than the format rounds. Remedy: as for EXP-MISSING.
EXP-ORDER block: two ignitions are turned round in the file. Remedy: as for EXP-MISSING.
EXP-COLLAPSE block: two ignitions of one pin fall into one tick. Remedy: move them apart, or use a finer format.
EXP-TICK warn: two cues of one module fall into one tick. Remedy: as for EXP-COLLAPSE.
EXP-DRONES block: a drone is lost or added in the file. Remedy: as for EXP-MISSING.
EXP-PATH block: a drone flies elsewhere in the file. Remedy: as for EXP-MISSING.
EXP-LIGHT block: a drone shines differently in the file. Remedy: as for EXP-MISSING.
EXP-NOTHING block: the plan holds nothing for this format. Remedy: choose a format for what the show has.
EXP-LEFT-OUT note: something of the plan is in none of the files. Remedy: add a format that holds it.
EXP-ROUNDING note: a file read back passes a limit by no more than its own rounding.
"""

from dataclasses import dataclass, replace

from showeditor.export.control import compared_control, left_out_of_control
from showeditor.export.format import Carried, Resolution
from showeditor.export.groups import lost_groups
from showeditor.export.lights import light_of, off_by
from showeditor.export.names import file_stem
from showeditor.export.paths import farthest
from showeditor.export.payload import compared_payload
from showeditor.export.returning import compared_returns
from showeditor.model.finding import Finding
from showeditor.model.plan import Drones, Firing, Plan
from showeditor.model.times import US, clock

CLOCK_US = 1000
"""Allowed beside half a tick, for formats that count in whole milliseconds on the way."""

GAP_SLACK_M = 0.05
SPEED_SLACK_MPS = 0.1
ACCEL_SLACK_MPS2 = 0.3


@dataclass(frozen=True, slots=True)
class Comparison:
    """What agreed and how well: largest errors met, and the findings where something does not agree.

    `moments` are the rows of the firing table that were found, and when the file fires them.
    """

    findings: tuple[Finding, ...] = ()
    time_us: int = 0
    path_m: float = 0.0
    light_levels: float = 0.0
    moments: tuple[tuple[int, int], ...] = ()


def compared(plan: Plan, carried: Carried, read: Plan, resolution: Resolution, format_id: str) -> Comparison:
    """Hold what was read back from a format against the rows and drones it was to carry."""
    firing = compare_firing(plan.firing, carried.firing, read.firing, resolution, format_id)
    drones = compare_drones(plan.drones, carried.drones, read.drones, resolution, format_id)
    more = tuple(compared_payload(plan, carried, read, resolution, format_id))
    more += compared_returns(plan.drones, carried.returns, read.drones, resolution, format_id)
    more += compared_control(plan, carried, read, resolution, format_id)
    more += lost_groups(plan.firing, carried.firing, read.firing, format_id)
    findings = firing.findings + drones.findings + more
    return Comparison(findings, firing.time_us, drones.path_m, drones.light_levels, firing.moments)


def compare_firing(
    planned: Firing, rows: tuple[int, ...], read: Firing, resolution: Resolution, format_id: str
) -> Comparison:
    """Every ignition on its pin within half a tick + 1 ms, nothing more, nothing merged, nothing out of order."""
    several = len({planned.controller[i] for i in rows}) > 1
    found: list[Finding] = []
    at: dict[tuple[str, int, int], list[int]] = {}
    for k in range(len(read)):
        who = read.controller[k] if several else ""
        at.setdefault((who, int(read.module[k]), int(read.pin[k])), []).append(int(read.ignition_us[k]))
    used: dict[tuple[str, int, int, int], tuple[int, str]] = {}
    worst = 0
    pairs: list[tuple[int, int, int]] = []
    for i in rows:
        who = file_stem(planned.controller[i]) if several and planned.controller[i] else ""
        pin, t_us, cue = (who, int(planned.module[i]), int(planned.pin[i])), int(planned.ignition_us[i]), planned.cue[i]
        there = min(at.get(pin, ()), key=lambda t: abs(t - t_us), default=None)
        if there is None or 2 * abs(there - t_us) > resolution.tick_us + 2 * CLOCK_US:
            found.append(_missing(format_id, cue, t_us, there))
            continue
        worst = max(worst, abs(there - t_us))
        pairs.append((t_us, there, i))
        before = used.setdefault((*pin, there), (t_us, cue))
        if before[0] != t_us:
            found.append(_collapsed(format_id, before[1], cue, there))
    extra = {(*pin, t) for pin, times in at.items() for t in times} - set(used)
    for who, module, number, t in sorted(extra):
        found.append(
            Finding(
                "EXP-EXTRA",
                "block",
                f"{format_id}: the file fires {who} {module}-{number} at {t / US:g} s, the plan does not",
                f"{format_id}：文件在 {t / US:g} 秒点火 {who} {module}-{number}，计划中没有",
                t0_us=t,
                t1_us=t,
                ids=(f"{module}-{number}",),
            )
        )
    moments = tuple((i, there) for _, there, i in pairs)
    return Comparison(tuple(found) + _order(planned, pairs, format_id), time_us=worst, moments=moments)


def _missing(format_id: str, cue: str, t_us: int, there: int | None) -> Finding:
    if there is None:
        return Finding(
            "EXP-MISSING",
            "block",
            f"{format_id}: cue {cue} at {clock(t_us, 3)} is not in the file",
            f"{format_id}：文件中没有 {clock(t_us, 3)} 的点火 {cue}",
            t0_us=t_us,
            t1_us=t_us,
            ids=(cue,),
        )
    return Finding(
        "EXP-TIME",
        "block",
        f"{format_id}: cue {cue} is to ignite at {clock(t_us, 3)}, the file says {clock(there, 3)}",
        f"{format_id}：点火 {cue} 应在 {clock(t_us, 3)}，文件为 {clock(there, 3)}",
        t0_us=t_us,
        t1_us=there,
        ids=(cue,),
        measured=abs(there - t_us) / US,
        unit="s",
    )


def _collapsed(format_id: str, first: str, second: str, t_us: int) -> Finding:
    return Finding(
        "EXP-COLLAPSE",
        "block",
        f"{format_id}: cues {first} and {second} on one pin fall together at {clock(t_us, 3)}",
        f"{format_id}：同一点位的 {first} 与 {second} 在 {clock(t_us, 3)} 重合",
        t0_us=t_us,
        t1_us=t_us,
        ids=(first, second),
    )


def _order(planned: Firing, pairs: list[tuple[int, int, int]], format_id: str) -> tuple[Finding, ...]:
    """Order kept everywhere; cues of one module that were apart by 1 ms or more and now share a tick are told."""
    out: list[Finding] = []
    last: dict[tuple[str, int], tuple[int, int, int]] = {}
    merged: list[str] = []
    latest = None
    for t_us, there, i in sorted(pairs):
        if latest is not None and there < latest:
            cue = planned.cue[i]
            en, zh = f"{format_id}: cue {cue} comes too early in the file", f"{format_id}：{cue} 顺序提前"
            out.append(Finding("EXP-ORDER", "block", en, zh, t0_us=t_us, t1_us=t_us, ids=(cue,)))
        latest = there if latest is None else max(latest, there)
        module = (planned.controller[i], int(planned.module[i]))
        before = last.get(module)
        together = before is not None and before[1] == there and t_us - before[0] >= CLOCK_US
        if together and before is not None and planned.pin[before[2]] != planned.pin[i]:
            merged.append(planned.cue[i])
        last[module] = (t_us, there, i)
    if merged:
        out.append(
            Finding(
                "EXP-TICK",
                "warn",
                f"{format_id}: {len(merged)} cues fall into the same tick as one before them on their module",
                f"{format_id}：{len(merged)} 个点火与同模块的前一个落入同一时间刻度",
                ids=tuple(merged[:50]),
                measured=float(len(merged)),
            )
        )
    return tuple(out)


def compare_drones(
    planned: Drones, rows: tuple[int, ...], read: Drones, resolution: Resolution, format_id: str
) -> Comparison:
    """Every drone by name, its whole path within the stated distance, its light within the stated time and levels."""
    number = {name: j for j, name in enumerate(read.name)}
    wanted = {planned.name[i] for i in rows}
    lost, extra = sorted(wanted - set(number)), sorted(set(number) - wanted)
    doubled = len(number) != len(read.name) or len(wanted) != len(rows)
    if lost or extra or doubled:
        en = f"{len(lost)} drones are missing and {len(extra)} are too many"
        zh = f"缺少 {len(lost)} 架、多出 {len(extra)} 架无人机"
        if doubled:
            en, zh = "two drones have the same name", "有两架无人机同名"
        names = tuple((lost + extra)[:20])
        return Comparison((Finding("EXP-DRONES", "block", f"{format_id}: {en}", f"{format_id}：{zh}", ids=names),))
    pairs = [(i, number[planned.name[i]]) for i in rows]
    out: list[Finding] = []
    apart = farthest(planned, read, pairs, resolution.path_m)
    if apart.distance_m > resolution.path_m:
        out.append(
            Finding(
                "EXP-PATH",
                "block",
                f"{format_id}: drone {apart.drone} flies {apart.distance_m:.3f} m away from its path in the file at "
                f"{clock(apart.t_us)}",
                f"{format_id}：文件中 {apart.drone} 在 {clock(apart.t_us)} 偏离航迹 {apart.distance_m:.3f} 米",
                t0_us=apart.t_us,
                t1_us=apart.t_us,
                ids=(apart.drone,),
                measured=apart.distance_m,
                limit=resolution.path_m,
                unit="m",
            )
        )
    worst = 0.0
    for i, j in pairs:
        levels, when = off_by(
            light_of(planned, i, resolution.white),
            light_of(read, j, resolution.white),
            resolution.light_us + CLOCK_US,
        )
        worst = max(worst, levels)
        if levels > resolution.light_levels:
            out.append(
                Finding(
                    "EXP-LIGHT",
                    "block",
                    f"{format_id}: drone {planned.name[i]} shows another colour in the file at {clock(when)}",
                    f"{format_id}：文件中 {planned.name[i]} 在 {clock(when)} 颜色不同",
                    t0_us=when,
                    t1_us=when,
                    ids=(planned.name[i],),
                    measured=levels,
                    limit=float(resolution.light_levels),
                )
            )
            break
    return Comparison(tuple(out), path_m=apart.distance_m, light_levels=worst)


def judged(
    found: tuple[Finding, ...], known: tuple[Finding, ...], resolution: Resolution, format_id: str
) -> list[Finding]:
    """What the check of a file read back adds to the check of the plan.

    A limit that is passed by no more than the format's rounding (and never more than 5 cm, 0.1 m/s, 0.3 m/s2) becomes a
    note that says so; every other new block stays one.
    """
    slack = {
        "m": min(2 * resolution.path_m, GAP_SLACK_M),
        "m/s": min(resolution.speed_mps, SPEED_SLACK_MPS),
        "m/s2": min(resolution.accel_mps2, ACCEL_SLACK_MPS2),
        "m/s²": min(resolution.accel_mps2, ACCEL_SLACK_MPS2),
    }
    seen = {(f.code, f.ids, f.severity) for f in known}
    out: list[Finding] = []
    for f in found:
        if f.severity == "note" or (f.severity == "warn" and (f.code, f.ids, f.severity) in seen):
            continue
        text, text_zh = f"as written in {format_id}: {f.message}", f"写成 {format_id} 后：{f.message_zh}"
        over = None if f.measured is None or f.limit is None else abs(f.measured - f.limit)
        if f.severity == "block" and over is not None and over <= slack.get(f.unit, 0.0):
            out.append(replace(f, code="EXP-ROUNDING", severity="note", message=text, message_zh=text_zh))
        else:
            out.append(replace(f, message=text, message_zh=text_zh))
    return out


def nothing_to_write(format_id: str, title: str, title_zh: str, plan: Plan | None = None) -> Finding:
    """The refusal of a format that finds nothing in the plan that it could carry; tells where the cues are instead."""
    models = sorted({c.model for c in plan.controllers if c.model}) if plan is not None and len(plan.firing) else []
    en = f"; its cues are addressed on {', '.join(models)}" if models else ""
    zh = f"；点火地址属于 {'、'.join(models)}" if models else ""
    return Finding(
        "EXP-NOTHING",
        "block",
        f"{format_id}: the show has nothing that {title} could hold{en}",
        f"{format_id}：节目中没有可写入“{title_zh}”的内容{zh}",
        ids=(format_id,),
    )


def left_out(plan: Plan, taken: list[Carried]) -> tuple[Finding, ...]:
    """What no chosen format carries, told so that nobody believes it exported."""
    rows = set(range(len(plan.firing))) - {i for c in taken for i in c.firing}
    drones = set(range(len(plan.drones))) - {i for c in taken for i in c.drones}
    out: list[Finding] = []
    if rows:
        names = tuple(plan.firing.cue[i] for i in sorted(rows)[:50])
        en, zh = f"{len(rows)} cues are in none of the files", f"{len(rows)} 个点火不在任何文件中"
        out.append(Finding("EXP-LEFT-OUT", "note", en, zh, ids=names, measured=float(len(rows))))
    if drones:
        names = tuple(plan.drones.name[i] for i in sorted(drones)[:50])
        en, zh = f"{len(drones)} drones are in none of the files", f"{len(drones)} 架无人机不在任何文件中"
        out.append(Finding("EXP-LEFT-OUT", "note", en, zh, ids=names, measured=float(len(drones))))
    out += left_out_of_control(plan, taken)
    return tuple(out)
