"""Rings and strokes that lie over the picture."""

from dataclasses import replace

import numpy as np
import pytest
from showeditor.model.plan import Plan
from showeditor.model.venue import Position, Venue
from showeditor.stage.camera import Camera
from showeditor.stage.overlay import Overlay, overlay_lines
from showeditor.stage.overlay_strokes import stroke

SIZE = (640, 400)
CAMERA = Camera((0.0, 0.0, 20.0), 200.0, 30.0, 15.0)
PLACES = tuple(Position(f"P{n}", f"P{n}", (9.0 * n - 90.0, 20.0 * (n % 5), 0.5 * n)) for n in range(50))


def rings(*names: str) -> np.ndarray:
    plan = Plan("p", 1_000_000, venue=Venue(positions=PLACES))
    lines = overlay_lines(plan, Overlay(offenders=names), 0, CAMERA, SIZE)
    assert lines.shape[1] == 7
    return lines[:, :3].reshape(len(names), -1, 2, 3)


@pytest.mark.parametrize(("count", "wide"), [(3, 11.0), (50, 4.0)])
def test_a_ring_is_a_circle_of_pixels_around_each_thing(count: int, wide: float) -> None:
    drawn = rings(*(p.name for p in PLACES[:count]))
    for ring, place in zip(drawn, PLACES, strict=False):
        centre = CAMERA.project([place.at_m], SIZE)[0, :2]
        away = np.linalg.norm(CAMERA.project(ring.reshape(-1, 3), SIZE)[:, :2] - centre, axis=1)
        assert away == pytest.approx(wide, rel=0.01)
        # closed: every line begins where the one before ended
        assert ring[1:, 0] == pytest.approx(ring[:-1, 1])
        assert ring[0, 0] == pytest.approx(ring[-1, 1])


def test_rings_keep_their_size_in_an_orthographic_picture() -> None:
    flat = replace(CAMERA, height_m=120.0)
    plan = Plan("p", 1_000_000, venue=Venue(positions=PLACES[:1]))
    lines = overlay_lines(plan, Overlay(marks_m=((5.0, 6.0, 7.0),)), 0, flat, SIZE)
    away = np.linalg.norm(
        flat.project(lines[:, :3], SIZE)[:, :2] - flat.project([(5.0, 6.0, 7.0)], SIZE)[0, :2], axis=1
    )
    assert away == pytest.approx(16.0, rel=0.01)


def test_strokes_and_ways_are_laid_over_in_order() -> None:
    one = stroke(np.array([[0.0, 0, 0], [1, 0, 0]]), (1.0, 0.0, 0.0, 1.0))
    two = stroke(np.array([[0.0, 0, 0], [0, 1, 0]]), (0.0, 1.0, 0.0, 1.0))
    lines = overlay_lines(Plan("p", 1), Overlay(ways=one, strokes=two), 0, CAMERA, SIZE)
    assert (lines == np.concatenate([one, two])).all()
    assert not Overlay().any()
