"""Pictures all around and for domes: where things stand on them, and that faces join without seams."""

import numpy as np
import pytest
from showeditor.model.errors import BadInput
from showeditor.model.plan import Plan
from showeditor.model.venue import Seat, Venue
from showeditor.render.picture import render_picture
from showeditor.render.projection import assembled, check_shape, face_side, faces, rays
from showeditor.stage.bench_stars import peonies
from showeditor.stage.camera import Camera

EYE = Camera((0.0, 0.0, 120.0), 400.0, 30.0, 0.0)


def painted(camera: Camera, side: int = 120) -> np.ndarray:
    """A face that shows each pixel's direction as a colour."""
    right, up, forward = camera.axes()
    at = ((np.arange(side) + 0.5) / side * 2.0 - 1.0) * np.tan(np.radians(camera.fov_deg / 2))
    way = forward + at[None, :, None] * right - at[:, None, None] * up
    way /= np.sqrt((way**2).sum(axis=2))[..., None]
    return np.rint(127.5 + 127.0 * way).astype(np.uint8)


@pytest.mark.parametrize(("projection", "size"), [("equirect", (240, 120)), ("dome", (180, 180))])
def test_every_pixel_shows_what_lies_in_its_direction(projection, size):
    got = assembled(projection, size, EYE, painted).astype(float)
    way = rays(projection, size, EYE.azimuth_deg, slice(0, size[1]))
    seen = (way**2).sum(axis=2) > 0.5
    assert np.abs(got - (127.5 + 127.0 * way))[seen].max() < 2.0
    assert (got[~seen] == 0).all()
    assert seen.all() == (projection == "equirect")


def test_the_way_of_the_seat_is_in_the_middle_or_at_the_bottom():
    forward = EYE.axes()[2]
    around = rays("equirect", (401, 201), 30.0, slice(0, 201))
    assert around[100, 200] == pytest.approx(forward, abs=0.01)
    assert around[0, 7] == pytest.approx([0.0, 0.0, 1.0], abs=0.01)
    assert around[100, 300] == pytest.approx(EYE.axes()[0], abs=0.01)
    dome = rays("dome", (401, 401), 30.0, slice(0, 401))
    assert dome[400, 200] == pytest.approx(forward, abs=0.01)
    assert dome[200, 200] == pytest.approx([0.0, 0.0, 1.0], abs=0.01)
    assert dome[200, 400] == pytest.approx(EYE.axes()[0], abs=0.01)


def test_all_faces_look_from_the_seat():
    for face in faces(EYE, "equirect"):
        assert face.eye_m == pytest.approx(EYE.eye_m, abs=1e-6)
    assert len(faces(EYE, "equirect")) == 6
    assert len(faces(EYE, "dome")) == 5


def test_faces_join_without_seams():
    site = Venue(seats=(Seat("A", "Seat", (-180.0, -300.0, 12.0), (-180.0, 0.0, 12.0)),), water_level_m=0.0)
    show = peonies(4_000)
    plan = Plan("seams", show.duration_us, site, bursts=show.bursts, looks=show.looks)
    size = (640, 320)
    whole = render_picture(plan, 2_000_000, size, projection="equirect").astype(float)
    # the same sphere from faces turned by 45 degrees: edges of one lie in the middle of faces of the other
    turned = render_picture(
        plan, 2_000_000, size, projection="equirect", camera=Camera((32.132, -87.868, 12.0), 300.0, 45.0)
    ).astype(float)
    away = np.abs(np.roll(whole, -size[0] // 8, axis=1) - turned).sum(axis=2)
    edges = [size[0] * k // 8 for k in range(8)]
    by_column = np.median(away, axis=0)
    near = np.array([by_column[max(0, e - 3) : e + 3].mean() for e in edges])
    assert by_column.mean() < 4.0
    assert near.max() < 8.0
    # the far edge of the picture meets the near one
    assert np.median(np.abs(whole[:, 0] - whole[:, -1])) < 3.0


@pytest.mark.parametrize(
    ("projection", "size", "message"),
    [
        ("fisheye", (64, 64), "flat, equirect, dome"),
        ("equirect", (64, 64), "twice as wide"),
        ("dome", (64, 32), "wide as"),
    ],
)
def test_wrong_shapes_are_refused(projection, size, message):
    with pytest.raises(BadInput, match=message):
        check_shape(projection, size)
    with pytest.raises(BadInput, match=message):
        render_picture(Plan("x", 1), 0, size, projection=projection)


def test_faces_are_as_fine_as_the_picture():
    for projection, size in (("equirect", (1000, 500)), ("dome", (600, 600))):
        step = 2.0 * np.tan(np.radians(55.0)) / face_side(projection, size)
        assert step <= (2.0 * np.pi / size[0] if projection == "equirect" else np.pi / size[0])
