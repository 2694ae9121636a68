"""Firing addresses given automatically: on as few modules as possible, and never moved without being asked.

Cues that have an address keep it, unless they are to be addressed afresh and are not locked. What a module may serve
together (`Wishes`) decides which cues can share one; how few modules that takes is found by `fewest_modules`.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from showeditor.effects.reading import read
from showeditor.model.control import Module
from showeditor.model.cue import Address, Controller, Cue
from showeditor.model.errors import BadInput
from showeditor.model.show import Show
from showeditor.timeline.addressing_fewest import fewest_modules
from showeditor.timeline.addressing_sites import Sites
from showeditor.timeline.births import changed
from showeditor.timeline.edits import cues_of, put_cues
from showeditor.timeline.moments import cue_us

Apart = Literal["position", "act", "calibre", "hazard"]
By = Literal["position", "act", "calibre", "time"]
Key = tuple[object, ...]
Pin = list[Cue]
"""Cues that share a pin: one, or several in series."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """How addresses are to be given.

    `apart`: what a module never mixes. `reach_m`: how far a cue may be from its module (None: anywhere; only where
    modules may serve several positions). `order`: how pins run along a module. `spare_pins` at the end of each module
    stay free. `afresh`: cues that have an address get a new one, unless it is locked. `series`: how many cues of one
    position and ignition may share a pin, wired in series.
    """

    apart: frozenset[Apart] = frozenset(("position",))
    reach_m: float | None = None
    order: tuple[By, ...] = ("position", "time")
    spare_pins: int = 0
    afresh: bool = False
    series: int = 1


@dataclass(frozen=True, slots=True)
class Addressed:
    """A show with addresses: the cues that got one, how many modules were begun, and how many it takes at least."""

    show: Show
    cues: tuple[str, ...]
    modules: int
    least: int

    @property
    def proven(self) -> bool:
        """Whether no other way needs fewer modules."""
        return self.modules <= self.least


@dataclass(slots=True)
class _Used:
    """A module in use: its taken pins, the kinds of cues on it, and their positions."""

    pins: set[int] = field(default_factory=set)
    kinds: set[Key] = field(default_factory=set)
    positions: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Lot:
    """Pins of one module, with the cues they get."""

    module: int | None
    place: int
    pins: list[Pin]


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
    """The show with an address for every named cue (all when None) that has none, by position and time.

    A module serves one position only, unless `shared` lets all share. Raises BadInput when the pins do not suffice.
    """
    apart: frozenset[Apart] = frozenset() if shared else frozenset(("position",))
    return address_cues(show, controller, modules, pins, ids, Wishes(apart, afresh=afresh)).show


def address_cues(
    show: Show,
    controller: str,
    modules: range,
    pins: range,
    ids: Collection[str] | None = None,
    wishes: Wishes = Wishes(),
) -> Addressed:
    """Addresses of one controller for the named cues (all when None); raises BadInput saying what is missing."""
    named = tuple(show.cues()) if ids is None else cues_of(show, ids)
    cues = [cue for cue in named if _open(cue, wishes.afresh)]
    if not cues:
        return Addressed(show, (), 0, 0)
    if not modules or not pins:
        raise BadInput(f"controller {controller} has no modules or no pins")
    size = len(pins) - wishes.spare_pins
    if size < 1:
        raise BadInput(
            f"controller {controller}: {wishes.spare_pins} of the {len(pins)} pins of a module are to stay free, "
            "so that none is left"
        )
    key, kind = _keys(show, wishes)
    usable = pins[:size]
    used = _in_use(show, controller, {cue.id for cue in cues}, kind)
    sites = Sites(show, controller, "position" in wishes.apart, wishes.reach_m)
    lots: list[_Lot] = []
    least = 0
    for group in _parted(sorted(cues, key=key), kind):
        queues: dict[int, list[Pin]] = {}
        for pin in _in_series(show, group, wishes.series):
            queues.setdefault(sites.number(pin[0].position), []).append(pin)
        wanted = sum(map(len, queues.values()))
        room = _filled(lots, queues, sites, used, kind(group[0]), modules, usable)
        need = np.zeros(len(sites.names), dtype=np.int64)
        for p, queue in queues.items():
            need[p] = len(queue)
        placing = fewest_modules(need, sites.near, sites.along, size)
        least += placing.bound if not room or sites.exact else max(0, -(-(wanted - room) // size))
        for place, serves in placing.modules:
            mine = [pin for p, n in serves.items() for pin in queues[p][:n]]
            for p, n in serves.items():
                del queues[p][:n]
            lots.append(_Lot(None, place, mine))
    begun = _numbered(controller, lots, modules, used, usable, sites.stands, len(cues))
    given = _pinned(controller, lots, used, usable, key)
    after = put_cues(show, given)
    if wishes.reach_m is not None:
        after = _stood(after, controller, begun, sites)
    return Addressed(after, tuple(cue.id for cue in given), len(begun), least)


def address_site(
    show: Show,
    ranges: Mapping[str, tuple[range, range]],
    default: str,
    ids: Collection[str] | None = None,
    wishes: Mapping[str, Wishes] | None = None,
) -> tuple[Addressed, ...]:
    """Addresses on several controllers: every position on the one chosen for it, else on `default`; one answer each.

    `ranges` are the modules and pins of each controller. The last answer holds the finished show. Raises BadInput when
    a position is fired by a controller without ranges.
    """
    chosen = {p.id: p.controller or default for p in show.venue.positions}
    named = tuple(show.cues()) if ids is None else cues_of(show, ids)
    parts: dict[str, list[str]] = {}
    for cue in named:
        owner = chosen.get(cue.position, default)
        if owner not in ranges:
            raise BadInput(f"position {cue.position} is fired by controller {owner!r}, whose modules are not known")
        parts.setdefault(owner, []).append(cue.id)
    out: list[Addressed] = []
    for owner, mine in parts.items():
        modules, pins = ranges[owner]
        one = address_cues(show, owner, modules, pins, mine, (wishes or {}).get(owner, Wishes()))
        show = one.show
        out.append(one)
    return tuple(out)


def clear_addresses(show: Show, ids: Collection[str]) -> Show:
    """The named cues without address; locked ones keep theirs."""
    return put_cues(show, [changed(cue, address=None) for cue in cues_of(show, ids) if not _locked(cue)])


def lock_addresses(show: Show, ids: Collection[str], locked: bool = True) -> Show:
    """The named cues' addresses locked or unlocked; cues without address stay as they are."""
    picked = [cue for cue in cues_of(show, ids) if cue.address is not None and cue.address.locked != locked]
    return put_cues(
        show, [changed(c, address=changed(c.address, locked=locked)) for c in picked if c.address is not None]
    )


def pin_use(show: Show, controller: str) -> dict[int, dict[int, tuple[str, ...]]]:
    """Module, pin and the cues on it, for counters and for dots where two share one."""
    use: dict[int, dict[int, tuple[str, ...]]] = {}
    for cue in show.cues():
        if cue.address is not None and cue.address.controller == controller:
            pins = use.setdefault(cue.address.module, {})
            pins[cue.address.pin] = (*pins.get(cue.address.pin, ()), cue.id)
    return use


def calibre_mm(effect: str) -> float:
    """The calibre that an effect text stands for; 0 where it stands for none."""
    try:
        return read(effect).calibre_mm
    except BadInput:
        return 0.0


def prefire_us(effect: str) -> int:
    """The time from ignition to bloom of an effect text; 0 where it stands for none."""
    try:
        return read(effect).prefire_us
    except BadInput:
        return 0


def _locked(cue: Cue) -> bool:
    return cue.address is not None and cue.address.locked


def _open(cue: Cue, afresh: bool) -> bool:
    return cue.address is None or (afresh and not cue.address.locked)


def _keys(show: Show, wishes: Wishes) -> tuple[Callable[[Cue], Key], Callable[[Cue], Key]]:
    """How cues are sorted along modules, and which kinds of cues a module does not mix (positions aside)."""
    place = {p.id: row for row, p in enumerate(show.venue.positions)}
    acts = sorted((act.start_us, act.end_us, row) for row, act in enumerate(show.acts))

    def act(cue: Cue) -> int:
        t_us = cue_us(show, cue)
        return next((row for start, end, row in acts if start <= t_us < end), len(acts))

    parts: dict[str, Callable[[Cue], object]] = {
        "position": lambda cue: (place.get(cue.position, len(place)), cue.position),
        "act": act,
        "calibre": lambda cue: calibre_mm(cue.effect),
        "hazard": lambda cue: cue.hazard,
        "time": lambda cue: cue_us(show, cue),
    }
    order = [parts[name] for name in dict.fromkeys((*wishes.order, "time"))]
    kinds = [parts[name] for name in ("act", "calibre", "hazard") if name in wishes.apart]
    return lambda cue: (*(part(cue) for part in order), cue.id), lambda cue: tuple(part(cue) for part in kinds)


def _parted(cues: Sequence[Cue], kind: Callable[[Cue], Key]) -> list[list[Cue]]:
    groups: dict[Key, list[Cue]] = {}
    for cue in cues:
        groups.setdefault(kind(cue), []).append(cue)
    return list(groups.values())


def _in_series(show: Show, cues: Sequence[Cue], most: int) -> list[Pin]:
    """The cues by pins: each alone, or up to `most` of one position that ignite at one moment, in the order given."""
    if most < 2:
        return [[cue] for cue in cues]
    out: list[Pin] = []
    begun: dict[tuple[str, int], Pin] = {}
    for cue in cues:
        key = (cue.position, cue_us(show, cue) - (prefire_us(cue.effect) if cue.holds == "bloom" else 0))
        pin = begun.get(key)
        if pin is None or len(pin) >= most:
            pin = begun[key] = []
            out.append(pin)
        pin.append(cue)
    return out


def _in_use(show: Show, controller: str, opened: set[str], kind: Callable[[Cue], Key]) -> dict[int, _Used]:
    """The modules that cues outside of `opened` are on."""
    used: dict[int, _Used] = {}
    for cue in show.cues():
        if cue.address is None or cue.address.controller != controller or cue.id in opened:
            continue
        one = used.setdefault(cue.address.module, _Used())
        one.pins.add(cue.address.pin)
        one.kinds.add(kind(cue))
        one.positions[cue.position] = one.positions.get(cue.position, 0) + 1
    return used


def _filled(
    lots: list[_Lot],
    queues: dict[int, list[Pin]],
    sites: Sites,
    used: dict[int, _Used],
    kind: Key,
    modules: range,
    pins: range,
) -> int:
    """Fills the free pins of modules that are in use already and hold this kind only; how many such pins there were."""
    room = 0
    choices = sites.near.sum(axis=0)
    for module in sorted(m for m in used if m in modules):
        use = used[module]
        place = sites.of_module(module, use.positions)
        if use.kinds != {kind} or (sites.alone and set(use.positions) != {sites.names[place]}):
            continue
        free = sum(pin not in use.pins for pin in pins)
        room += free
        taken: list[Pin] = []
        reached = [p for p in queues if queues[p] and sites.near[place, p]]
        for p in sorted(reached, key=lambda p: (p != place, int(choices[p]), p)):
            n = free - len(taken)
            taken += queues[p][:n]
            del queues[p][:n]
        if taken:
            lots.append(_Lot(module, place, taken))
    return room


def _numbered(
    controller: str,
    lots: list[_Lot],
    modules: range,
    used: dict[int, _Used],
    pins: range,
    stands: Mapping[int, int],
    count: int,
) -> list[_Lot]:
    """Numbers for the modules that are begun: those stated to stand there first, those stated elsewhere last."""
    fresh = [lot for lot in lots if lot.module is None]
    free = [m for m in modules if m not in used]
    if len(free) < len(fresh):
        left = sum(len(pin) for lot in fresh[len(free) :] for pin in lot.pins)
        more = len(fresh) - len(free)
        raise BadInput(
            f"controller {controller}: {left} of {count} cues find no free pin on modules {modules.start} to"
            f" {modules[-1]} with pins {pins.start} to {pins[-1]}; {more} more modules are needed"
        )
    here: dict[int, list[int]] = {}
    for m in reversed(free):
        if m in stands:
            here.setdefault(stands[m], []).append(m)
    for lot in fresh:
        if here.get(lot.place):
            lot.module = here[lot.place].pop()
    given = {lot.module for lot in fresh}
    rest = iter([m for m in free if m not in stands] + [m for m in free if m in stands and m not in given])
    for lot in fresh:
        if lot.module is None:
            lot.module = next(rest)
    return fresh


def _pinned(
    controller: str, lots: Iterable[_Lot], used: Mapping[int, _Used], pins: range, key: Callable[[Cue], Key]
) -> list[Cue]:
    out: list[Cue] = []
    for lot in lots:
        module = lot.module if lot.module is not None else -1
        taken = used[module].pins if module in used else set()
        free = (pin for pin in pins if pin not in taken)
        for cues, pin in zip(sorted(lot.pins, key=lambda cues: key(cues[0])), free, strict=False):
            out += (changed(cue, address=Address(controller, module, pin)) for cue in cues)
    return out


def _stood(show: Show, controller: str, begun: Sequence[_Lot], sites: Sites) -> Show:
    """The controller with the positions at which the begun modules stand; what else is stated of them stays."""
    places = {lot.module: sites.names[lot.place] for lot in begun if lot.module is not None}

    def stated(one: Controller) -> Controller:
        old = {m.number: m for m in one.modules}
        new = {n: changed(old[n], position=p) if n in old else Module(n, p) for n, p in places.items()}
        both = {**old, **new}
        return changed(one, modules=tuple(both[n] for n in sorted(both)))

    sited = tuple(stated(c) if c.id == controller else c for c in show.controllers)
    return changed(show, controllers=sited) if places else show
