"""Ways, pairings and spacings that have been planned, remembered by content: an edit plans only what it touched."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from showeditor.kernels.assignment import Pairing, pair_up
from showeditor.model.arrays import Floats, Longs
from showeditor.model.limits import Limits
from showeditor.planning import fleets
from showeditor.planning.memory import Memory, content
from showeditor.planning.staggered import plan_staggered
from showeditor.planning.transition import Transition, plan_transition, shortest_us, spacing

_TRANSITIONS: Memory[Transition] = Memory(128)
_PAIRINGS: Memory[Pairing] = Memory(128)
_SPACINGS: Memory[tuple[float, tuple[int, int]]] = Memory(512)
PARKINGS: Memory[tuple[Floats, int]] = Memory(256)

_THREADS = 2


def forget() -> None:
    """Empties the planner's memory (tests compare a fresh compile with a remembered one)."""
    _TRANSITIONS.forget()
    _PAIRINGS.forget()
    _SPACINGS.forget()
    PARKINGS.forget()
    fleets.forget()


def pairing_between(a_m: Floats, b_m: Floats) -> Pairing:
    """`pair_up`, remembered."""
    return _PAIRINGS.recall((content(a_m), content(b_m)), lambda: pair_up(a_m, b_m))


def spaced(places_m: Floats) -> tuple[float, tuple[int, int]]:
    """`spacing`, remembered."""
    return _SPACINGS.recall(content(places_m), partial(spacing, places_m))


def straight_us(a_m: Floats, b_m: Floats, limits: Limits) -> int:
    """How long a way flown straight by minimum jerk takes at least."""
    return shortest_us(a_m, b_m[pairing_between(a_m, b_m).target], None, limits)


def transition_between(a_m: Floats, b_m: Floats, limits: Limits, *, quick: bool) -> Transition:
    """`plan_transition` of drones that may go anywhere, remembered."""
    key = (content(a_m), content(b_m), limits, quick)

    def planned() -> Transition:
        pairing, both = pairing_between(a_m, b_m), (spaced(a_m)[0], spaced(b_m)[0])
        return plan_transition(a_m, b_m, limits, quick=quick, pairing=pairing, spaced_m=both)

    return _TRANSITIONS.recall(key, planned)


def bound_between(a_m: Floats, b_m: Floats, target: Longs, limits: Limits, *, quick: bool) -> Transition:
    """The transition of drones whose places are settled: drone i to place target[i]; remembered."""
    key = (content(a_m), content(b_m), content(target), limits, quick)

    def planned() -> Transition:
        both = (spaced(a_m)[0], spaced(b_m)[0])
        way = plan_transition(a_m, b_m[target], limits, free=False, quick=quick, spaced_m=both)
        return Transition(
            way.law, way.start_m, target, way.end_m, way.bend_m, way.shortest_us, way.gap_m, way.pair, way.tight, 0.0
        )

    return _TRANSITIONS.recall(key, planned)


def staggered_between(
    a_m: Floats,
    b_m: Floats,
    target: Longs,
    delay_us: Longs,
    duration_us: int,
    limits: Limits,
    *,
    aside_m: float,
    smooth: bool | None,
    nudge: bool = False,
) -> Transition:
    """`plan_staggered`, remembered."""
    places, how = (content(a_m), content(b_m), content(target)), (aside_m, smooth, nudge)
    key = (*places, content(delay_us), duration_us, limits, *how)

    def planned() -> Transition:
        return plan_staggered(
            a_m, b_m, limits, delay_us, duration_us, aside_m=aside_m, smooth=smooth, target=target, nudge=nudge
        )

    return _TRANSITIONS.recall(key, planned)


def plan_ahead(stops: Sequence[tuple[Floats, Floats, int | None]], limits: Limits) -> None:
    """Plans free synchronised ways of many drones on all cores before they are asked for one by one.

    Each is places, places and the time there is for them (None: as little as possible). What is asked for later is
    found in the memory, so the plan does not depend on this.
    """
    wanted = [one for one in stops if len(one[0]) >= 2]
    if len(wanted) < 2:
        return

    def one(job: tuple[Floats, Floats, int | None]) -> None:
        a, b, given = job
        quick = given is None or straight_us(a, b, limits) > given
        transition_between(a, b, limits, quick=quick)

    with ThreadPoolExecutor(_THREADS) as pool:
        list(pool.map(one, wanted))
