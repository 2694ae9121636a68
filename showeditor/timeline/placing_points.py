"""Edits of a formation's points by hand: moved, added, deleted, mirrored. Colours and path go with their points."""

from collections.abc import Collection, Sequence
from typing import Literal

import numpy as np

from showeditor.model.arrays import Floats
from showeditor.model.errors import BadInput
from showeditor.model.points import Points
from showeditor.model.show import Show
from showeditor.model.swarm import DrawnSource, Formation, Rgb
from showeditor.model.venue import Vec3
from showeditor.timeline.ids import require
from showeditor.timeline.scenes import change_formation

BY_HAND = "by hand"
"""What the source of a formation says once its points were placed by hand: it is not drawn again over them."""

Axis = Literal["x", "y", "z"]
_AXES: tuple[Axis, ...] = ("x", "y", "z")
_WHITE: Rgb = (255, 255, 255)


def move_points(show: Show, formation: str, rows: Collection[int], by_m: Vec3) -> Show:
    """The named points of a formation shifted by metres to the right, away and up."""
    drawn = _drawn(show, formation, rows)
    metres = drawn.points.metres.copy()
    metres[sorted(set(rows))] += np.array(by_m)
    return _placed(show, drawn, metres)


def put_points(show: Show, formation: str, rows: Collection[int], axis: Axis, to_m: float) -> Show:
    """The named points brought to one coordinate."""
    drawn = _drawn(show, formation, rows)
    metres = drawn.points.metres.copy()
    metres[sorted(set(rows)), _AXES.index(axis)] = to_m
    return _placed(show, drawn, metres)


def add_points(show: Show, formation: str, places_m: Sequence[Vec3], colour: Rgb | None = None) -> Show:
    """The formation with more points at its end, in a colour (None: that of its last point)."""
    drawn = _drawn(show, formation, ())
    if not places_m:
        return show
    metres = np.concatenate([drawn.points.metres, np.array(places_m, np.float64)])
    n = len(places_m)
    colours = drawn.colours
    if colours or colour is not None:
        colours = (colours or (_WHITE,) * len(drawn.points)) + ((colour or drawn.colours[-1]),) * n
    path = (*drawn.path, *((1.0,) * n)) if drawn.path else ()
    return _placed(show, drawn, metres, colours, path)


def delete_points(show: Show, formation: str, rows: Collection[int]) -> Show:
    """The formation without the named points; raises BadInput when none would be left."""
    drawn = _drawn(show, formation, rows)
    gone = set(rows)
    kept = [k for k in range(len(drawn.points)) if k not in gone]
    if not kept:
        raise BadInput("a formation needs one point at least; delete the formation instead")
    colours = tuple(drawn.colours[k] for k in kept) if drawn.colours else ()
    path = tuple(drawn.path[k] for k in kept) if drawn.path else ()
    return _placed(show, drawn, drawn.points.metres[kept], colours, path)


def mirror_points(show: Show, formation: str, rows: Collection[int], axis: Axis, *, copy: bool = False) -> Show:
    """The named points mirrored about the middle of the formation (`copy`: mirrored twins are added to them)."""
    drawn = _drawn(show, formation, rows)
    metres = drawn.points.metres.copy()
    chosen, column = sorted(set(rows)), _AXES.index(axis)
    middle = metres[:, column].min() + metres[:, column].max()
    twins = metres[chosen].copy()
    twins[:, column] = middle - twins[:, column]
    if not copy:
        metres[chosen] = twins
        return _placed(show, drawn, metres)
    # who stands on the middle line is its own twin
    own = np.abs(twins[:, column] - metres[chosen, column]) > 2e-3
    chosen, twins = [k for k, apart in zip(chosen, own.tolist(), strict=True) if apart], twins[own]
    colours = drawn.colours + tuple(drawn.colours[k] for k in chosen) if drawn.colours else ()
    path = drawn.path + tuple(drawn.path[k] for k in chosen) if drawn.path else ()
    return _placed(show, drawn, np.concatenate([metres, twins]), colours, path)


def _drawn(show: Show, formation: str, rows: Collection[int]) -> Formation:
    require("formation", [formation], {drawn.id for drawn in show.formations})
    drawn = next(drawn for drawn in show.formations if drawn.id == formation)
    bad = [row for row in rows if not 0 <= row < len(drawn.points)]
    if bad:
        raise BadInput(f"formation {formation} has {len(drawn.points)} points, there is no point {bad[0] + 1}")
    return drawn


def _placed(
    show: Show,
    drawn: Formation,
    metres: Floats,
    colours: tuple[Rgb, ...] | None = None,
    path: tuple[float, ...] | None = None,
) -> Show:
    try:
        points = Points(metres)
    except ValueError as error:
        raise BadInput(str(error)) from None
    if points == drawn.points:
        return show
    return change_formation(
        show,
        drawn.id,
        points=points,
        colours=drawn.colours if colours is None else colours,
        path=drawn.path if path is None else path,
        source=DrawnSource(BY_HAND),
    )
