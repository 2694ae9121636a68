"""Who may go where: groups that stay together and carriers of fireworks at the points that are kept for them.

Drones of one class may take places of that class only; each class is paired by itself, so that the sum of squared
distances is the least under these conditions. The promise of swap stability then holds within a class; between
classes ways are bent where needed, as everywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from showeditor.kernels.assignment import pair_up
from showeditor.model.arrays import Floats, Longs
from showeditor.model.swarm import Fleet, Formation
from showeditor.planning.carriers import Burden


@dataclass(frozen=True, slots=True)
class Lacking:
    """Marked points that too few drones of their group (load) are there for."""

    what: str
    load: bool
    points: int
    drones: int


@dataclass(frozen=True, slots=True)
class Classes:
    """Class of each drone of a fleet (0: plain); `groups` and `loads` name the classes from 1 on."""

    of_drone: Longs
    groups: dict[str, int]
    loads: dict[str, int]

    @property
    def plain(self) -> bool:
        """Whether every drone may go anywhere."""
        return not self.groups and not self.loads


def classes_of(fleet: Fleet, carried: Sequence[Burden]) -> Classes:
    """The classes of a fleet's drones; a drone in a group and under a load counts with its load."""
    of_drone = np.zeros(fleet.count, np.int64)
    loads: dict[str, int] = {}
    groups: dict[str, int] = {}
    for one in carried:
        if one.load.charges and one.drones:
            loads[one.load.id] = len(loads) + 1
            of_drone[list(one.drones)] = loads[one.load.id]
    for group in fleet.groups:
        rows = np.array([k - 1 for k in group.drones if k <= fleet.count], np.int64)
        rows = rows[of_drone[rows] == 0]
        if len(rows):
            groups[group.id] = len(loads) + len(groups) + 1
            of_drone[rows] = groups[group.id]
    return Classes(of_drone, groups, loads)


def _marked(formation: Formation, point: Longs, classes: Classes) -> tuple[Longs, list[str]]:
    """The class that each flown point is kept for (0: for anybody), and marks of groups and loads that nobody has."""
    kept = np.zeros(len(formation.points), np.int64)
    unknown: list[str] = []
    for mark in formation.marks:
        name = mark.load or mark.group
        found = classes.loads.get(name) if mark.load else classes.groups.get(name)
        if found is None:
            unknown.append(name)
        else:
            kept[np.array(mark.points) - 1] = found
    return kept[point], unknown


def places_of_classes(
    formation: Formation, point: Longs, slots_m: Floats, here_m: Floats, holder: Longs, classes: Classes
) -> tuple[Longs, list[Lacking], list[str]]:
    """The class of drone that each slot takes (n,), as many of each class as there are drones; what is lacking.

    The first `len(point)` slots are the formation's points. A class keeps its marked points; where too few of its
    drones are there, the others fill up. Drones of a load with marked points take no other points of the formation. A
    group without marked points takes neighbours: those nearest to the middle of where its drones would go.
    """
    n, m = len(slots_m), len(point)
    mine = classes.of_drone[holder]
    kept, unknown = _marked(formation, point, classes)
    takes = np.full(n, -1, np.int64)
    lacking: list[Lacking] = []
    names = {value: (name, True) for name, value in classes.loads.items()}
    names |= {value: (name, False) for name, value in classes.groups.items()}
    free = pair_up(here_m, slots_m).target
    for value, (name, is_load) in sorted(names.items()):
        have = int((mine == value).sum())
        marked = np.flatnonzero(kept == value)
        if len(marked) > have:
            lacking.append(Lacking(name, is_load, len(marked), have))
        takes[marked[:have]] = value
        rest = have - len(marked[:have])
        if not rest:
            continue
        if is_load and not len(marked):
            # nothing is kept for them: they go where they would
            continue
        open_rows = np.flatnonzero((takes < 0) & np.concatenate([kept == 0, np.ones(n - m, np.bool_)]))
        if len(open_rows) < rest:
            open_rows = np.flatnonzero(takes < 0)
        if is_load:
            open_rows = open_rows[open_rows >= m] if int((open_rows >= m).sum()) >= rest else open_rows
        middle = slots_m[free[mine == value]].mean(axis=0)
        away = ((slots_m[open_rows] - middle) ** 2).sum(axis=1)
        takes[open_rows[np.argsort(away, kind="stable")[:rest]]] = value
    # drones without a claim share the rest, as one class
    takes[takes < 0] = 0
    return takes, lacking, unknown


def pair_classes(here_m: Floats, slots_m: Floats, mine: Longs, takes: Longs) -> Longs:
    """The slot that each drone goes to: class by class; drones whose class has no slots of its own join the plain."""
    target = np.empty(len(here_m), np.int64)
    claimed = set(takes.tolist())
    joined = np.where(np.isin(mine, list(claimed)), mine, 0)
    for value in sorted(claimed | {0}):
        rows, places = np.flatnonzero(joined == value), np.flatnonzero(takes == value)
        if len(rows) != len(places):
            raise ValueError(f"class {value} has {len(rows)} drones and {len(places)} places")
        if len(rows):
            target[rows] = places[pair_up(here_m[rows], slots_m[places]).target]
    return target
