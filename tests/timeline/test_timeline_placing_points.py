"""Points of a formation moved, added, deleted and mirrored by hand."""

import numpy as np
import pytest
from showeditor.model.errors import BadInput
from showeditor.model.points import Points
from showeditor.model.show import Show
from showeditor.model.swarm import DrawnSource, Formation, TextSource
from showeditor.timeline.placing_points import (
    BY_HAND,
    add_points,
    delete_points,
    mirror_points,
    move_points,
    put_points,
)

POINTS = [[0.0, 0.0, 0.0], [4.0, 1.0, 2.0], [10.0, 0.0, 6.0]]


def show_of(*, plain: bool = False) -> Show:
    extra = {} if plain else {"colours": ((1, 0, 0), (2, 0, 0), (3, 0, 0)), "path": (0.0, 0.5, 1.0)}
    drawn = Formation("f1", "x", Points(POINTS), source=TextSource("一"), **extra)  # fmt: skip
    return Show(title="t", duration_us=60_000_000, formations=(drawn, Formation("f2", "y", Points(POINTS))))


def metres(show: Show) -> list[list[float]]:
    return show.formations[0].points.metres.tolist()


def test_only_the_named_points_move() -> None:
    show = show_of()
    after = move_points(show, "f1", [1, 2], (1.0, 0.0, -0.5))
    assert metres(after) == [[0, 0, 0], [5, 1, 1.5], [11, 0, 5.5]]
    assert after.formations[0].source == DrawnSource(BY_HAND)
    assert after.formations[0].colours == show.formations[0].colours
    assert after.formations[1] is show.formations[1]
    assert move_points(show, "f1", [1], (0.0, 0.0, 0.0)) is show
    assert metres(put_points(show, "f1", [0, 1], "z", 9.0)) == [[0, 0, 9], [4, 1, 9], [10, 0, 6]]


@pytest.mark.parametrize("plain", [False, True])
def test_columns_stay_as_long_as_the_points(plain: bool) -> None:
    show = show_of(plain=plain)
    for after, n in (
        (add_points(show, "f1", [(1, 1, 1), (2, 2, 2)]), 5),
        (delete_points(show, "f1", [1]), 2),
        (mirror_points(show, "f1", [0, 1], "x", copy=True), 5),
    ):
        drawn = after.formations[0]
        assert len(drawn.points) == n
        assert len(drawn.colours) == (0 if plain else n)
        assert len(drawn.path) == (0 if plain else n)
    assert metres(delete_points(show, "f1", [1])) == [POINTS[0], POINTS[2]]


def test_mirrors() -> None:
    show = show_of()
    assert [p[0] for p in metres(mirror_points(show, "f1", [0, 1, 2], "x"))] == [10, 6, 0]
    twins = mirror_points(show, "f1", [1], "x", copy=True)
    assert metres(twins)[3] == [6, 1, 2]
    middle = put_points(show, "f1", [1], "x", 5.0)
    assert mirror_points(middle, "f1", [1], "x", copy=True) is middle


def test_a_colour_for_new_points() -> None:
    after = add_points(show_of(plain=True), "f1", [(0, 0, 9)], colour=(9, 9, 9))
    assert after.formations[0].colours == ((255, 255, 255),) * 3 + ((9, 9, 9),)
    assert add_points(show_of(), "f1", [(0, 0, 9)]).formations[0].colours[3] == (3, 0, 0)


def test_refusals() -> None:
    show = show_of()
    with pytest.raises(BadInput, match="no point 4"):
        move_points(show, "f1", [3], (1, 0, 0))
    with pytest.raises(BadInput, match="one point at least"):
        delete_points(show, "f1", [0, 1, 2])
    with pytest.raises(BadInput, match="formation"):
        add_points(show, "f9", [(0, 0, 0)])
    with pytest.raises(BadInput, match="finite"):
        move_points(show, "f1", [0], (np.nan, 0.0, 0.0))
    with pytest.raises(BadInput, match="100 km"):
        add_points(show, "f1", [(0, 0, 2e5)])
