"""Tools that spread cues: fans of angles, sequences of times, alternation and mirroring."""

import math
from collections.abc import Collection, Sequence
from typing import Literal

from showeditor.model.cue import Cue
from showeditor.model.errors import BadInput
from showeditor.model.show import Show
from showeditor.model.venue import Position
from showeditor.timeline.births import changed
from showeditor.timeline.edits import add_cues, cues_of, put_cues
from showeditor.timeline.ids import fresh_cue_ids
from showeditor.timeline.moments import at_us, cue_us

Order = Literal["time", "left-right", "right-left", "centre-out", "outside-in", "given"]
"""`left` and `right` are those of somebody in the audience; `given` is the order of the ids passed in."""


def in_order(show: Show, ids: Collection[str], order: Order) -> tuple[tuple[Cue, ...], ...]:
    """The named cues in steps: cues of one step (the same place, the same distance from the centre) belong together.

    `time` and `given` make a step of every cue. Places count by their distance across the audience's view.
    """
    picked = cues_of(show, ids)
    if order == "given":
        by_id = {cue.id: cue for cue in picked}
        return tuple((by_id[name],) for name in dict.fromkeys(ids))
    if order == "time":
        return tuple((cue,) for cue in sorted(picked, key=lambda cue: (cue_us(show, cue), cue.id)))
    places_m = across(show)
    middle = _middle([places_m.get(cue.position, 0.0) for cue in picked])
    rank: dict[str, float] = {}
    for cue in picked:
        x = places_m.get(cue.position, 0.0)
        away = abs(x - middle)
        rank[cue.id] = {"left-right": x, "right-left": -x, "centre-out": away, "outside-in": -away}[order]
    steps: dict[float, list[Cue]] = {}
    for cue in sorted(picked, key=lambda cue: (rank[cue.id], cue_us(show, cue), cue.id)):
        steps.setdefault(round(rank[cue.id], 3), []).append(cue)
    return tuple(tuple(step) for step in steps.values())


def fan(show: Show, ids: Collection[str], first_deg: float, last_deg: float, order: Order = "left-right") -> Show:
    """The named cues leaning evenly from `first_deg` to `last_deg` across the audience's view, positive to its right.

    Cues of one step of the order lean alike; a single step takes the middle. They are written as pan 90 and a tilt.
    """
    steps = in_order(show, ids, order)
    leans = spread(first_deg, last_deg, len(steps))
    side = facing(show)
    return put_cues(show, [leaning(cue, lean, side) for step, lean in zip(steps, leans, strict=True) for cue in step])


def fan_of_copies(
    show: Show, cue: str, count: int, first_deg: float, last_deg: float, gap_us: int = 0
) -> tuple[Show, tuple[str, ...]]:
    """One cue made into a fan of `count`, itself and copies `gap_us` apart in its track; also the ids of the fan.

    Leans as in `fan`; the copies have no address.
    """
    if count < 1:
        raise BadInput(f"a fan needs 1 shot or more, got {count}")
    (old,) = cues_of(show, [cue])
    names = (old.id, *fresh_cue_ids(show, count - 1))
    begin, side = cue_us(show, old), facing(show)
    shots = [
        changed(
            leaning(old, lean, side),
            id=name,
            when=at_us(old.when, show.music, max(0, begin + k * gap_us)),
            address=old.address if k == 0 else None,
        )
        for k, (name, lean) in enumerate(zip(names, spread(first_deg, last_deg, count), strict=True))
    ]
    track = next(row.id for row in show.tracks if any(one.id == old.id for one in row.cues))
    return add_cues(put_cues(show, shots[:1]), shots[1:], track), names


def sequence(
    show: Show,
    ids: Collection[str],
    gap_us: int,
    order: Order = "left-right",
    *,
    start_us: int | None = None,
) -> Show:
    """The named cues fired step by step, `gap_us` from one step to the next, from `start_us` or their earliest moment.

    A negative gap runs backwards; a moment that would lie before show zero becomes zero. Musical cues stay musical, on
    the nearest tick.
    """
    steps = in_order(show, ids, order)
    earliest = min((cue_us(show, cue) for step in steps for cue in step), default=0)
    begin = earliest if start_us is None else start_us
    return put_cues(
        show,
        [
            changed(cue, when=at_us(cue.when, show.music, max(0, begin + k * gap_us)))
            for k, step in enumerate(steps)
            for cue in step
        ],
    )


def sequence_over(show: Show, ids: Collection[str], span_us: int, order: Order = "left-right") -> Show:
    """The named cues spread evenly so that the last step fires `span_us` after the first."""
    steps = in_order(show, ids, order)
    earliest = min((cue_us(show, cue) for step in steps for cue in step), default=0)
    last = max(1, len(steps) - 1)
    return put_cues(
        show,
        [
            changed(cue, when=at_us(cue.when, show.music, max(0, earliest + (2 * k * span_us + last) // (2 * last))))
            for k, step in enumerate(steps)
            for cue in step
        ],
    )


def alternate(show: Show, ids: Collection[str], positions: Sequence[str]) -> Show:
    """The named cues in order of time fired from the positions in turn."""
    known = {place.id for place in show.venue.positions}
    missing = [name for name in positions if name not in known]
    if missing or not positions:
        raise BadInput(f"alternating needs positions of the venue, got {', '.join(missing) or 'none'}")
    steps = in_order(show, ids, "time")
    return put_cues(
        show, [changed(cue, position=positions[k % len(positions)]) for k, (cue,) in enumerate(steps)]
    )  # fmt: skip


def alternate_lean(show: Show, ids: Collection[str], lean_deg: float) -> Show:
    """The named cues in order of time leaning by `lean_deg` to the audience's right and left in turn."""
    side = facing(show)
    steps = in_order(show, ids, "time")
    return put_cues(
        show, [leaning(cue, lean_deg if k % 2 == 0 else -lean_deg, side) for k, (cue,) in enumerate(steps)]
    )  # fmt: skip


def mirror(show: Show, ids: Collection[str], *, tolerance_m: float = 2.0) -> Show:
    """The named cues mirrored left to right as the audience sees it: positions and angles.

    A position goes to the one at its mirrored place about the middle of all positions; where there is none within
    `tolerance_m` a cue keeps its position.
    """
    partner = mirrored_positions(show, tolerance_m=tolerance_m)
    return put_cues(show, [_mirrored(show, cue, partner) for cue in cues_of(show, ids)])


def mirrored_copies(show: Show, ids: Collection[str], *, tolerance_m: float = 2.0) -> tuple[Show, tuple[str, ...]]:
    """Mirrored copies beside the named cues, without address, and the copies' ids.

    A cue that is its own mirror image is not copied.
    """
    partner = mirrored_positions(show, tolerance_m=tolerance_m)
    sources = [cue for cue in cues_of(show, ids) if not _same_shot(_mirrored(show, cue, partner), cue)]
    names = fresh_cue_ids(show, len(sources))
    copies = {
        cue.id: changed(_mirrored(show, cue, partner), id=name, address=None)
        for cue, name in zip(sources, names, strict=True)
    }
    for track in show.tracks:
        show = add_cues(show, [copies[cue.id] for cue in track.cues if cue.id in copies], track.id)
    return show, names


def mirrored_positions(show: Show, *, tolerance_m: float = 2.0) -> dict[str, str]:
    """Each position's partner on the other side of the audience's view; a position without one is its own."""
    places = show.venue.positions
    places_m = across(show)
    middle = _middle(list(places_m.values()))
    partner: dict[str, str] = {}
    for place in places:
        wanted = 2 * middle - places_m[place.id]

        def gap(other: Position, place: Position = place, wanted: float = wanted) -> float:
            depth = _along(show, other) - _along(show, place)
            return math.hypot(places_m[other.id] - wanted, depth, other.at_m[2] - place.at_m[2])

        best = min(places, key=gap)
        partner[place.id] = best.id if gap(best) <= tolerance_m else place.id
    return partner


def spread(first: float, last: float, count: int) -> tuple[float, ...]:
    """`count` numbers evenly from first to last, rounded to a millionth; one alone is the middle."""
    if count == 1:
        return (round((first + last) / 2, 6),)
    return tuple(round(first + (last - first) * k / (count - 1), 6) for k in range(count))


def facing(show: Show) -> dict[str, int]:
    """1 for positions whose right hand is the audience's right, -1 for those that face the audience."""
    view = show.venue.heading_deg
    return {
        place.id: 1 if math.cos(math.radians(place.heading_deg - view)) >= 0 else -1
        for place in show.venue.positions
    }  # fmt: skip


def leaning(cue: Cue, lean_deg: float, side: dict[str, int]) -> Cue:
    """The cue leaning across the audience's view, positive to its right, as pan 90 and a tilt; `side` from `facing`."""
    tilt = lean_deg * side.get(cue.position, 1)
    return changed(cue, pan_deg=90.0, tilt_deg=tilt if tilt else 0.0)


def _mirrored(show: Show, cue: Cue, partner: dict[str, str]) -> Cue:
    to = partner.get(cue.position, cue.position)
    headings = {place.id: place.heading_deg for place in show.venue.positions}
    axis = 2 * show.venue.heading_deg
    # compass azimuths mirror into axis - azimuth; the pan counts from the heading of the position it ends at
    pan = _half_turn(axis - headings.get(cue.position, axis / 2) - headings.get(to, axis / 2) - cue.pan_deg)
    if abs(cue.pan_deg) == 90.0 and pan == -cue.pan_deg:  # a fan keeps its plane and leans the other way
        return changed(cue, position=to, tilt_deg=-cue.tilt_deg)
    return changed(cue, position=to, pan_deg=pan)


def _half_turn(deg: float) -> float:
    turned = round((deg + 180.0) % 360.0 - 180.0, 6)
    return turned if turned else 0.0


def _same_shot(one: Cue, other: Cue) -> bool:
    return one.position == other.position and one.pan_deg == other.pan_deg and one.tilt_deg == other.tilt_deg


def across(show: Show) -> dict[str, float]:
    """Each position's place across the audience's view in metres, growing to its right."""
    heading = math.radians(show.venue.heading_deg)
    east, north = math.cos(heading), -math.sin(heading)
    return {place.id: place.at_m[0] * east + place.at_m[1] * north for place in show.venue.positions}


def _along(show: Show, place: Position) -> float:
    heading = math.radians(show.venue.heading_deg)
    return place.at_m[0] * math.sin(heading) + place.at_m[1] * math.cos(heading)


def _middle(values: Sequence[float]) -> float:
    return (min(values) + max(values)) / 2 if values else 0.0
