"""Firing addresses given automatically: position by position, in order of time, on as few modules as possible."""

from collections.abc import Collection, Iterator

from showeditor.model.cue import Address, Cue
from showeditor.model.errors import BadInput
from showeditor.model.show import Show
from showeditor.timeline.births import changed
from showeditor.timeline.edits import cues_of, put_cues
from showeditor.timeline.moments import cue_us


def auto_address(
    show: Show,
    controller: str,
    modules: range,
    pins: range,
    ids: Collection[str] | None = None,
    *,
    afresh: bool = False,
    shared: bool = False,
) -> Show:
    """The show with an address for every named cue (all when None) that has none.

    Cues are taken position by position (in the venue's order), within one by time. Addresses that exist are locked
    and stay, unless `afresh` gives the named cues new ones; no pin is used twice. A module serves one position
    only, so that no cable crosses the site; `shared` lets neighbours in that order share modules, which takes the
    fewest of all. Modules that a position has begun are filled first. Raises BadInput when the pins do not suffice.
    """
    named = tuple(show.cues()) if ids is None else cues_of(show, ids)
    open_cues = [cue for cue in named if afresh or cue.address is None]
    if not open_cues:
        return show
    opened = {cue.id for cue in open_cues}
    used: dict[int, set[int]] = {}
    owner: dict[int, set[str]] = {}
    for cue in show.cues():
        if cue.id not in opened and cue.address is not None and cue.address.controller == controller:
            used.setdefault(cue.address.module, set()).add(cue.address.pin)
            owner.setdefault(cue.address.module, set()).add(cue.position)
    given: list[Cue] = []
    if shared:
        groups = [[cue for group in _by_position(show, open_cues) for cue in group]]
    else:
        groups = _by_position(show, open_cues)
    for group in groups:
        free = _free(modules, pins, used, owner, None if shared else group[0].position)
        for cue in group:
            pin = next(free, None)
            if pin is None:
                raise BadInput(
                    f"controller {controller}: {len(open_cues) - len(given)} of {len(open_cues)} cues find no free pin"
                    f" on modules {modules.start} to {modules[-1]} with pins {pins.start} to {pins[-1]}"
                    if modules and pins
                    else f"controller {controller} has no modules or no pins"
                )
            used.setdefault(pin[0], set()).add(pin[1])
            owner.setdefault(pin[0], set()).add(cue.position)
            given.append(changed(cue, address=Address(controller, *pin)))
    return put_cues(show, given)


def clear_addresses(show: Show, ids: Collection[str]) -> Show:
    """The named cues without address."""
    return put_cues(show, [changed(cue, address=None) for cue in cues_of(show, ids)])


def pin_use(show: Show, controller: str) -> dict[int, dict[int, tuple[str, ...]]]:
    """Module, pin and the cues on it, for counters and for dots where two share one."""
    use: dict[int, dict[int, tuple[str, ...]]] = {}
    for cue in show.cues():
        if cue.address is not None and cue.address.controller == controller:
            pins = use.setdefault(cue.address.module, {})
            pins[cue.address.pin] = (*pins.get(cue.address.pin, ()), cue.id)
    return use


def _by_position(show: Show, cues: list[Cue]) -> list[list[Cue]]:
    order = {place.id: row for row, place in enumerate(show.venue.positions)}
    groups: dict[str, list[Cue]] = {}
    for cue in sorted(cues, key=lambda c: (order.get(c.position, len(order)), c.position, cue_us(show, c), c.id)):
        groups.setdefault(cue.position, []).append(cue)
    return list(groups.values())


def _free(
    modules: range, pins: range, used: dict[int, set[int]], owner: dict[int, set[str]], position: str | None
) -> Iterator[tuple[int, int]]:
    """Free pins: first on modules already begun, then on untouched ones; for one position only its own."""
    begun = [m for m in modules if owner.get(m) and (position is None or owner[m] == {position})]
    fresh = [m for m in modules if not owner.get(m)]
    for module in (*begun, *fresh):
        for pin in pins:
            if pin not in used.get(module, ()):
                yield module, pin
