"""The firing table of a foreign file -> cues, positions and controllers of a show, with a report of what did not fit.

Every ignition keeps its moment: cues are held by their ignition.

IMPORT-EFFECT warn: a name is no known effect. Remedy: give the cue an effect.
IMPORT-WORDS warn: words of a name are not known. Remedy: as for IMPORT-EFFECT.
IMPORT-CALIBRE, IMPORT-PREFIRE, IMPORT-LENGTH, IMPORT-KIND note: the file says otherwise than the effect as it is read.
IMPORT-PLACE warn: the file does not say where positions stand. Remedy: place them in the venue.
IMPORT-POSITION warn: the file names no positions, all its cues stand at one place. Remedy: as for IMPORT-PLACE.
IMPORT-CONTROLLER warn: the file does not say of which make a controller is. Remedy: choose its model.
IMPORT-ADDRESS note: rows have no address yet.
IMPORT-SPLIT note: rows that name several devices became a cue each.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from math import ceil

from showeditor.model.cue import Address, Controller, Cue, Track
from showeditor.model.finding import Finding, Severity
from showeditor.model.music import AtTime
from showeditor.model.plan import Plan
from showeditor.model.show import Show
from showeditor.model.venue import Position
from showeditor.timeline.births import born, changed
from showeditor.timeline.ids import fresh_cue_ids, fresh_ids
from showeditor.timeline.import_effects import Named, devices_in, named

MOST_ON_A_TRACK = 400
UNKNOWN_MODEL = "unknown"
_APART_M = 10.0


_KINDS: tuple[tuple[str, Severity, Callable[[Named], bool], str, str], ...] = (
    (
        "IMPORT-EFFECT",
        "warn",
        lambda one: not one.readable,
        "names that are no known effects; they stand as they were written",
        "不是已知效果的名称，按原文保留",
    ),
    (
        "IMPORT-CALIBRE",
        "note",
        lambda one: one.other_calibre_mm > 0,
        "the calibre column differs from the calibre in the name; the name counts",
        "口径列与名称中的口径不同，以名称为准",
    ),
    (
        "IMPORT-PREFIRE",
        "note",
        lambda one: abs(one.prefire_off_us) > 2_000,
        "the file's prefire cannot be said in these descriptions; the ignition counts",
        "这些效果描述无法表示文件中的提前量，以点火时间为准",
    ),
    (
        "IMPORT-LENGTH",
        "note",
        lambda one: abs(one.length_off_us) > 1_000_000,
        "the duration in the file is not kept, the effect's own differs by more than a second",
        "未保留文件中的时长，与效果本身相差超过一秒",
    ),
    (
        "IMPORT-KIND",
        "note",
        lambda one: bool(one.other_kind),
        "the category in the file differs from what the name says; the name counts",
        "文件中的类别与名称不符，以名称为准",
    ),
)


@dataclass(slots=True)
class Report:
    """What could not be carried over, gathered by kind; nothing stays unsaid."""

    source: str
    findings: list[Finding] = field(default_factory=list)

    def tell(
        self, code: str, severity: Severity, en: str, zh: str, ids: Iterable[str] = (), measured: float | None = None
    ) -> None:
        """Add one line; `ids` are rows of the file."""
        rows = tuple(ids)
        some = f" ({', '.join(rows[:5])}{', ...' if len(rows) > 5 else ''})" if rows else ""
        some_zh = f"（{'、'.join(rows[:5])}{'等' if len(rows) > 5 else ''}）" if rows else ""
        count = float(len(rows)) if measured is None and rows else measured
        text, text_zh = f"{self.source}: {en}{some}", f"{self.source}：{zh}{some_zh}"
        self.findings.append(Finding(code, severity, text, text_zh, ids=rows[:50], measured=count))


def with_cues(show: Show, plan: Plan, offset_us: int, model: str, report: Report) -> Show:
    """The show with the ignitions of the plan `offset_us` later, on tracks named after the file.

    `model` is the controller model for controllers of which the file does not say the make ("" where nobody said).
    """
    firing = plan.firing
    if not len(firing):
        return show
    show, places = _with_positions(show, plan, report)
    show, owners = _with_controllers(show, plan, model, report)
    tells_bloom = bool((firing.bloom_us > firing.ignition_us).any())
    made: list[tuple[int, Named, str]] = []
    split: list[str] = []
    for i, text in enumerate(firing.effect):
        devices = devices_in(text)
        if len(devices) > 1:
            split.append(firing.cue[i])
        prefire = int(firing.bloom_us[i] - firing.ignition_us[i])
        tells = tells_bloom and (prefire > 0 or firing.category[i] not in ("Shells", ""))
        for device in devices:
            one = named(
                device,
                calibre_mm=float(firing.calibre_mm[i]),
                prefire_us=prefire if tells else None,
                lasts_us=max(0, int(firing.end_us[i] - firing.bloom_us[i])),
                category=firing.category[i],
            )
            made.append((i, one, device))
    ids = fresh_cue_ids(show, len(made))
    cues = [
        _cue(plan, i, one, name, places, owners, offset_us, report.source)
        for (i, one, _), name in zip(made, ids, strict=True)
    ]
    _say(plan, [(firing.cue[i], one) for i, one, _ in made], split, report)
    return _with_tracks(show, cues, report.source)


def _cue(
    plan: Plan,
    i: int,
    one: Named,
    name: str,
    places: dict[int, Position],
    owners: dict[str, str],
    offset_us: int,
    source: str,
) -> Cue:
    firing, place = plan.firing, places[i]
    module, pin = int(firing.module[i]), int(firing.pin[i])
    owner = owners.get(firing.controller[i], "")
    return born(
        Cue,
        id=name,
        effect=one.effect,
        position=place.id,
        when=AtTime(int(firing.ignition_us[i]) + offset_us),
        holds="ignition",
        pan_deg=(float(firing.azimuth_deg[i]) - place.heading_deg) % 360.0 if firing.tilt_deg[i] else 0.0,
        tilt_deg=float(firing.tilt_deg[i]),
        address=Address(owner, module, pin) if owner and module >= 0 and pin >= 0 else None,
        note=f"{source}: {firing.cue[i]}",
    )


def _say(plan: Plan, made: list[tuple[str, Named]], split: list[str], report: Report) -> None:
    def rows(which: Callable[[Named], bool]) -> list[str]:
        return [at for at, one in made if which(one)]

    for code, severity, which, en, zh in _KINDS:
        if found := rows(which):
            report.tell(code, severity, en, zh, found)
    words = ", ".join(dict.fromkeys(word for _, one in made for word in one.unknown))[:200]
    if words:
        strange = rows(lambda one: bool(one.unknown))
        report.tell("IMPORT-WORDS", "warn", f"words that are not known: {words}", f"未知的词：{words}", strange)
    if split:
        report.tell("IMPORT-SPLIT", "note", "rows that name several devices became one cue for each, on the same pin",
                    "一行含多个器材的，各成一个点火，共用一个点位", split)  # fmt: skip
    open_rows = [plan.firing.cue[i] for i in range(len(plan.firing)) if plan.firing.module[i] < 0]
    if open_rows:
        report.tell("IMPORT-ADDRESS", "note", f"{len(open_rows)} rows have no address yet",
                    f"有 {len(open_rows)} 行尚无地址", open_rows)  # fmt: skip


def _with_positions(show: Show, plan: Plan, report: Report) -> tuple[Show, dict[int, Position]]:
    firing = plan.firing
    spots = {i: (firing.position[i].strip(), tuple(float(v) for v in firing.place_m[i])) for i in range(len(firing))}
    known = {p.id: p for p in show.venue.positions}
    by_name = {p.name: p for p in show.venue.positions}
    told = any(any(at) for _, at in spots.values())
    fresh: dict[tuple[str, tuple[float, ...]], Position] = {}
    wanted = list(dict.fromkeys(spots.values()))
    for k, (name, at) in enumerate(wanted):
        old = known.get(name) or by_name.get(name)
        if old is not None and (not told or max(abs(a - b) for a, b in zip(old.at_m, at, strict=True)) < 0.01):
            fresh[(name, at)] = old
            continue
        base = "".join(c if ord(c) >= 32 else " " for c in name).strip() or "imported"
        own, number = base, 1
        while own in known:
            number += 1
            own = f"{base}-{number}"
        # in a row where nobody said, so that they can be seen and moved
        x, y, z = at if told else (_APART_M * (k - (len(wanted) - 1) / 2), 0.0, 0.0)
        fresh[(name, at)] = known[own] = born(Position, id=own, name=name or own, at_m=(x, y, z))
    added = [p for p in fresh.values() if p.id not in {q.id for q in show.venue.positions}]
    if added and not told:
        en = f"the file does not say where its {len(added)} positions stand; they are laid in a row, move them"
        zh = f"文件未说明 {len(added)} 个位置的坐标；暂排成一行，请自行移动"
        report.tell("IMPORT-PLACE", "warn", en, zh, [p.id for p in added])
    if not any(name for name, _ in spots.values()):
        report.tell("IMPORT-POSITION", "warn", "the file names no positions; all its cues stand at one place",
                    "文件没有位置名称，所有点火都放在同一位置")  # fmt: skip
    venue = changed(show.venue, positions=(*show.venue.positions, *dict.fromkeys(added)))
    return changed(show, venue=venue), {i: fresh[spot] for i, spot in spots.items()}


def _with_controllers(show: Show, plan: Plan, model: str, report: Report) -> tuple[Show, dict[str, str]]:
    used = [name for name in dict.fromkeys(plan.firing.controller) if name]
    specs = {spec.id: spec for spec in plan.controllers}
    known = {c.id: c for c in show.controllers}
    owners: dict[str, str] = {}
    unsure: list[str] = []
    for name in used:
        own_model = (specs[name].model if name in specs else "") or model
        if not own_model:
            unsure.append(name)
            own_model = UNKNOWN_MODEL
        own, number = name, 1
        while own in known and known[own].model != own_model:
            number += 1
            own = f"{name}-{number}"
        if own not in known:
            known[own] = born(Controller, id=own, model=own_model, name=specs[name].title if name in specs else "")
        owners[name] = own
    if unsure:
        en = "the file does not say of which make these controllers are; choose a model"
        report.tell("IMPORT-CONTROLLER", "warn", en, "文件未说明这些控制器的型号，请选择型号", unsure)
    return changed(show, controllers=tuple(known.values())), owners


def _with_tracks(show: Show, cues: list[Cue], source: str) -> Show:
    parts = ceil(len(cues) / MOST_ON_A_TRACK)
    ids = fresh_ids((track.id for track in show.tracks), "t", parts)
    tracks = [
        born(
            Track,
            id=ids[k],
            name=source if parts == 1 else f"{source} {k + 1}",
            cues=tuple(cues[k * MOST_ON_A_TRACK : (k + 1) * MOST_ON_A_TRACK]),
        )
        for k in range(parts)
    ]
    return changed(show, tracks=(*show.tracks, *tracks))
