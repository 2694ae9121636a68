"""Buildings: footprints covered exactly, walls that face outwards, and lights that they hide."""

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Polygon
from showeditor.model.venue import Venue, Zone
from showeditor.stage.buildings import MOST_CORNERS, UNKNOWN_HEIGHT_M, _corners, building_mesh, triangles
from showeditor.stage.camera import Camera
from showeditor.stage.offscreen import Offscreen
from stage_plans import PEONY, Sky, river

SIZE = (320, 180)
FRONT = Camera((0.0, 0.0, 60.0), 300.0, 0.0, 0.0, 50.0)
SQUARE = ((-60.0, -40.0), (60.0, -40.0), (60.0, -20.0), (-60.0, -20.0))


@st.composite
def star_shaped(draw):
    """A simple ring, concave or not, in either sense."""
    count = draw(st.integers(3, 14))
    radius = draw(st.lists(st.floats(1.0, 50.0), min_size=count, max_size=count))
    turn = np.arange(count) * 2.0 * np.pi / count * draw(st.sampled_from([1.0, -1.0]))
    return tuple((float(r * np.cos(t)), float(r * np.sin(t))) for r, t in zip(radius, turn, strict=True))


@given(star_shaped())
def test_roofs_cover_the_footprint(ring):
    corners = _corners(ring)
    cut = corners[triangles(corners)]
    want = Polygon(ring)
    pieces = [Polygon(t) for t in cut]
    assert sum(p.area for p in pieces) == pytest.approx(want.area, rel=1e-6)
    assert all(p.difference(want.buffer(1e-6)).area < 1e-6 for p in pieces)


@pytest.mark.parametrize("ring", [((0, 0), (9, 9), (9, 0), (0, 9)), ((0, 0), (5, 0), (9, 0), (2, 0)), ((0, 0),) * 5])
def test_footprints_that_cross_themselves_end(ring):
    corners = _corners(tuple((float(x), float(y)) for x, y in ring))
    assert len(triangles(corners)) == max(0, len(corners) - 2)


def test_meshes_are_closed_upwards_and_face_out():
    mesh = building_mesh(Venue(zones=(Zone("A", "building", SQUARE, height_m=12.0), Zone("B", "water", SQUARE))), -1.5)
    assert mesh.shape == (4 * 6 + 6, 9)
    assert mesh[:, 2].min() == -1.5
    assert mesh[:, 2].max() == 12.0
    middle = np.array([0.0, -30.0])
    walls = mesh[mesh[:, 8] > 0]
    assert (((walls[:, :2] - middle) * walls[:, 3:5]).sum(axis=1) > 0).all()
    assert walls[:, 8] == pytest.approx(13.5)
    unknown = building_mesh(Venue(zones=(Zone("A", "building", SQUARE),)), 0.0)
    assert unknown[:, 2].max() == UNKNOWN_HEIGHT_M
    assert building_mesh(Venue(), 0.0).shape == (0, 9)
    many = tuple((float(np.cos(t)), float(np.sin(t))) for t in np.linspace(0, 6.28, 5_000))
    assert len(building_mesh(Venue(zones=(Zone("A", "building", many),)), 0.0)) <= 9 * MOST_CORNERS


@pytest.mark.parametrize("tier", ["draft", "standard"])
def test_buildings_hide_what_is_behind_and_not_what_is_before(tier):
    site = msgspec.structs.replace(river(), zones=(Zone("A", "building", SQUARE, height_m=90.0),))

    def light(at, venue) -> float:
        show = Sky(looks=(PEONY,), venue=venue).burst(0, 0.0, at).plan()
        lit = offscreen.picture(show, 600_000, FRONT).astype(int)
        dark = offscreen.picture(Sky(venue=venue).plan(), 600_000, FRONT).astype(int)
        x, y, _ = FRONT.project(at, SIZE)[0]
        return float((lit - dark)[int(y) - 8 : int(y) + 8, int(x) - 8 : int(x) + 8].max())

    with Offscreen(SIZE, tier) as offscreen:
        behind, before = (0.0, 60.0, 50.0), (0.0, -110.0, 50.0)
        assert light(behind, river()) > 80
        assert light(behind, site) < 40
        assert light(before, site) > 80
        # the venue without it again
        assert light(behind, river()) > 80


def test_bursts_light_the_walls_before_them():
    site = msgspec.structs.replace(river(), zones=(Zone("A", "building", SQUARE, height_m=40.0),), water_level_m=None)
    with Offscreen(SIZE, "draft") as offscreen:
        dark = offscreen.picture(Sky(venue=site).plan(), 1_000_000, FRONT).astype(int)
        lit = [
            offscreen.picture(Sky(venue=site).burst(PEONY, 0.0, (0.0, y, 190.0)).plan(), 1_000_000, FRONT).astype(int)
            for y in (-120.0, 120.0)
        ]
    x, y, _ = FRONT.project([0.0, -40.0, 20.0], SIZE)[0]
    wall = (slice(int(y) - 4, int(y) + 4), slice(int(x) - 20, int(x) + 20))
    near, behind = ((p - dark)[wall].mean(axis=(0, 1)) for p in lit)
    assert near[0] > behind[0] + 8
    assert near[0] > near[2]
