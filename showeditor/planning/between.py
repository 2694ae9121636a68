"""One way between two lists of places as a Plan of its own: hover, the shortest safe way, hover."""

import math
from dataclasses import replace

import numpy as np

from showeditor.formations.points import read_places
from showeditor.model.arrays import frozen
from showeditor.model.errors import BadInput
from showeditor.model.limits import Limits
from showeditor.model.passage import Passage
from showeditor.model.plan import Drones, Plan
from showeditor.planning.pieces import assemble, hover
from showeditor.planning.staggered import delays_us, plan_staggered, staggered_shortest_us
from showeditor.planning.transition import Transition, plan_transition, spacing

HOVER_US = 1_000_000
"""How long drones stand before and after a transition that is planned on its own."""

_TRIES = 4


def _staggered(way: Transition, limits: Limits, passage: Passage) -> Transition:
    """The same flights one after the other, in the shortest time found: bends may need more than straight ways do."""
    delay = delays_us(passage, way.start_m, way.end_m)
    places = np.empty_like(way.end_m)
    places[way.target] = way.end_m
    length = staggered_shortest_us(way.start_m, way.end_m, limits, int(delay.max(initial=0)))
    for _ in range(_TRIES):
        found = plan_staggered(
            way.start_m, places, limits, delay, length, target=way.target, aside_m=passage.aside_m, smooth=False
        )
        if found.shortest_us <= length:
            break
        length = found.shortest_us
    return replace(found, shortest_us=length)


def plan_csv(a_text: str, b_text: str, limits: Limits, passage: Passage | None = None) -> Plan:
    """The Plan of one transition between two lists of places (Name,x_m,y_m,z_m): hover, the shortest safe way, hover.

    Drones bear the names of the first list; who flies to which place of the second is free. Colours, where both lists
    have them, blend on the way. `passage`: the order of a staggered way. Raises BadFile for a list that cannot be read,
    BadInput for different counts, places nearer together than `limits.min_gap_m` and pairs that cannot be kept apart,
    naming them.
    """
    a, b = read_places(a_text, "the first formation"), read_places(b_text, "the second formation")
    n = len(a.names)
    if len(b.names) != n:
        raise BadInput(f"the first formation has {n} places, the second {len(b.names)}; a transition needs as many")
    for which, named in (("first", a), ("second", b)):
        gap, (i, j) = spacing(named.places_m)
        if gap < limits.min_gap_m - 1e-6:
            raise BadInput(
                f"in the {which} formation {named.names[i]} and {named.names[j]} are {gap:.3f} m apart, "
                f"drones must keep {limits.min_gap_m:g} m"
            )
    way = plan_transition(a.places_m, b.places_m, limits, quick=True)
    if passage is not None and passage.staggered:
        way = _staggered(way, limits, passage)
    if way.tight:
        worst = way.tight[0]
        raise BadInput(
            f"{a.names[worst.a]} and {a.names[worst.b]} come within {worst.gap_m:.3f} m on the way, they must keep "
            f"{limits.min_gap_m:g} m; a spacing of {limits.min_gap_m * math.sqrt(2.0):.2f} m is always clear"
        )
    depart, arrive = HOVER_US, HOVER_US + way.shortest_us
    end = arrive + HOVER_US
    rows = assemble(n, [*hover(way.start_m, 0, depart), *way.blocks(depart, arrive), *hover(way.end_m, arrive, end)])
    white = np.full((n, 3), 255)
    before = np.array(a.colours) if a.colours else white
    after = np.array(b.colours)[way.target] if b.colours else before
    rgbw = np.zeros((n, 3, 4), np.uint8)
    rgbw[:, :2, :3], rgbw[:, 2, :3] = before[:, None], after
    drones = Drones(
        name=a.names,
        fleet=("plan",) * n,
        home_m=frozen(a.places_m, np.float64, (None, 3)),
        off_us=frozen(np.zeros(n), np.int64, (None,)),
        on_us=frozen(np.full(n, end), np.int64, (None,)),
        piece_start=frozen(rows.piece_start, np.int64, (None,)),
        piece_t0_us=frozen(rows.t0_us, np.int64, (None,)),
        piece_t1_us=frozen(rows.t1_us, np.int64, (None,)),
        ctrl_start=frozen(rows.ctrl_start, np.int64, (None,)),
        ctrl=frozen(rows.ctrl, np.float64, (None, 3)),
        key_start=frozen(np.arange(n + 1) * 3, np.int64, (None,)),
        key_t_us=frozen(np.tile([0, depart, arrive], n), np.int64, (None,)),
        key_rgbw=frozen(rgbw.reshape(-1, 4), np.uint8, (None, 4)),
        key_fade=frozen(np.tile([False, False, True], n), np.bool_, (None,)),
    )
    return Plan("transition", end, drones=drones, limits=limits, limits_source="the given limits")
