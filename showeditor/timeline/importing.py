"""Plans read from other programs' files -> a Show that can be edited, and a report of what could not be carried.

IMPORT-SHIFT warn: everything of a file begins later, as it held times before zero. Remedy: move the music by as much.
IMPORT-EARLY warn: paths or light began before zero and were cut. Remedy: move the flight later.
IMPORT-VENUE note: the site of the file is not taken, as the show has one.
IMPORT-NAMES note: drone names were taken already, those of the file got a prefix.
IMPORT-LEFT note: parts of the file have no place in a show yet.
"""

from dataclasses import dataclass

from msgspec.structs import replace

from showeditor.model.finding import Finding
from showeditor.model.limits import Limits
from showeditor.model.music import LONGEST_US, AtTime
from showeditor.model.plan import Plan
from showeditor.model.recording import Recording
from showeditor.model.returns import homing
from showeditor.model.show import Show
from showeditor.model.times import US
from showeditor.model.venue import Vec3, Venue
from showeditor.timeline import parts
from showeditor.timeline.births import changed
from showeditor.timeline.ids import fresh_ids
from showeditor.timeline.import_cues import Report, with_cues
from showeditor.timeline.import_stage import end_of_stage, with_stage
from showeditor.timeline.recordings import add_recording, change_recorded

_STATED_BY_NOBODY = Plan(title="-", duration_us=0).limits_source


@dataclass(frozen=True, slots=True)
class Wish:
    """How a file is laid into a show: how much later, where its drones fly, and which controller model it is for.

    `from_us` and `to_us` cut a flight on the file's own clock; `model` counts where the file names no make.
    `returns`: whether the return plans of drones are taken.
    """

    offset_us: int = 0
    at_m: Vec3 = (0.0, 0.0, 0.0)
    heading_deg: float = 0.0
    from_us: int = 0
    to_us: int | None = None
    model: str = ""
    returns: bool = True


def empty_show(title: str) -> Show:
    """A show with nothing in it, to import into."""
    clean = "".join(c for c in title if ord(c) >= 32).strip()[:200]
    return Show(clean or "import", US)


def bring_in(
    show: Show, plan: Plan, source: str, digest: str = "", wish: Wish = Wish()
) -> tuple[Show, tuple[Finding, ...]]:
    """The show with all that a plan read from the file `source` holds, and the report.

    Ignitions become cues, drones one recorded flight, marks markers; zones, stage cues and captions are the same in the
    show, which grows to hold them. What the reading itself found is part of the report.
    """
    report = Report(source)
    report.findings += plan.problems
    drones, firing = plan.drones, plan.firing
    first = min([0, *firing.ignition_us.tolist(), *(m.t_us for m in plan.marks)])
    first = min([first, *(event.t_us for event in plan.stage), *(span.t0_us for span in plan.captions)])
    offset = wish.offset_us
    if first + offset < 0:
        wanted = -(first // US) * US
        report.tell("IMPORT-SHIFT", "warn", f"holds times before zero; everything in it begins {wanted / US:g} s later",
                    f"含有零点之前的时间；全部内容推迟 {wanted / US:g} 秒")  # fmt: skip
        offset = wanted
    show = _with_site(show, plan, wish, report)
    show = with_cues(show, plan, offset, wish.model, report)
    show = with_stage(show, plan, offset, report)
    end = max(max([0, *firing.end_us.tolist()]) + offset, end_of_stage(plan, offset))
    if len(drones):
        show, flight_end = _with_flight(show, plan, source, digest, offset, wish, report)
        end = max(end, flight_end)
    known = {(m.name, getattr(m.when, "t_us", None)) for m in show.markers}
    for mark in plan.marks:
        at = mark.t_us + offset
        if mark.name.strip() and (mark.name, at) not in known and 0 <= at < LONGEST_US:
            show, _ = parts.add_marker(show, _readable(mark.name), AtTime(at))
    _left_out(plan, report)
    whole = -(-(end + US) // US) * US
    if whole > show.duration_us:
        show = changed(show, duration_us=whole)
    return show, tuple(report.findings)


def _readable(text: str) -> str:
    return "".join(c if ord(c) >= 32 else " " for c in text).strip()


def _with_flight(
    show: Show, plan: Plan, source: str, digest: str, offset_us: int, wish: Wish, report: Report
) -> tuple[Show, int]:
    recording = Recording(plan.drones)
    limits: Limits | None = None if plan.limits_source == _STATED_BY_NOBODY else plan.limits
    show, flight = add_recording(show, recording, source, f"{source} {digest}".strip(), limits)
    if next(one.prefix for one in show.recorded if one.id == flight):
        report.tell("IMPORT-NAMES", "note", f"drone names are taken already; those of this file begin with {flight}-",
                    f"无人机名称已被占用，此文件中的名称前加 {flight}-")  # fmt: skip
    early = recording.starts_us
    show = change_recorded(
        show,
        flight,
        from_us=max(wish.from_us, 0),
        to_us=wish.to_us,
        start=AtTime(max(0, offset_us) + max(wish.from_us, 0)),
        at_m=wish.at_m,
        heading_deg=wish.heading_deg,
        returns=wish.returns,
    )
    plans = len(homing(plan.drones))
    if plans and not wish.returns:
        report.tell("IMPORT-LEFT", "note", f"the return plans of {plans} drones are not taken, as asked",
                    f"按要求未采用 {plans} 架无人机的返航计划", measured=float(plans))  # fmt: skip
    if early < 0:
        en = f"paths or lights begin {-early / US:g} s before zero; that part is cut off"
        report.tell("IMPORT-EARLY", "warn", en, f"航迹或灯光在零点前 {-early / US:g} 秒开始，该部分被裁去")
    last = next(one for one in show.recorded if one.id == flight)
    return show, max(0, offset_us) + last.ends_us


def _with_site(show: Show, plan: Plan, wish: Wish, report: Report) -> Show:
    bare = Venue()
    stated = [name for name in ("origin", "geofence") if getattr(plan.venue, name) != getattr(bare, name)]
    for name in stated:
        if getattr(show.venue, name) == getattr(bare, name):
            show = changed(show, venue=replace(show.venue, **{name: getattr(plan.venue, name)}))
        elif getattr(show.venue, name) != getattr(plan.venue, name):
            report.tell("IMPORT-VENUE", "note", f"the {name} of the file is not taken, the show has one",
                        f"未采用文件中的{'原点' if name == 'origin' else '地理围栏'}，节目已有设定")  # fmt: skip
    known = {(zone.kind, zone.ring) for zone in show.venue.zones}
    coming = [zone for zone in plan.venue.zones if (zone.kind, zone.ring) not in known]
    if coming and (wish.at_m != Wish().at_m or wish.heading_deg):
        report.tell("IMPORT-VENUE", "note", f"{len(coming)} zones of the file are not taken: its paths are moved",
                    f"航迹已移动，未采用文件中的 {len(coming)} 个区域")  # fmt: skip
    elif coming:
        fresh = fresh_ids((zone.id for zone in show.venue.zones), "z", len(coming))
        made = [replace(z, id=own, name=z.name or z.id) for z, own in zip(coming, fresh, strict=True)]
        show = changed(show, venue=replace(show.venue, zones=(*show.venue.zones, *made)))
    return show


def _left_out(plan: Plan, report: Report) -> None:
    seats = len(plan.venue.seats)
    if seats:
        report.tell("IMPORT-LEFT", "note", f"{seats} seats of the file are not taken",
                    f"未采用文件中的 {seats} 个座位", measured=float(seats))  # fmt: skip
    if len(plan.ignitions.drone):
        count = len(plan.ignitions.drone)
        report.tell("IMPORT-LEFT", "warn", f"{count} ignitions of fireworks on drones are not taken",
                    f"未采用 {count} 个无人机挂载烟花的点火", measured=float(count))  # fmt: skip
    if plan.soundtrack is not None:
        report.tell("IMPORT-LEFT", "note", "the sound of the file is not taken; add it to the show as music",
                    "未采用文件中的声音，请将其作为音乐加入节目")  # fmt: skip
    if plan.music is not None:
        report.tell("IMPORT-LEFT", "note", "the music of the file is not taken; import it as music",
                    "未采用文件中的音乐，请单独导入音乐")  # fmt: skip
