"""The camera: straight views, seats, projection and picking, framing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from showeditor.model.plan import Plan
from showeditor.model.venue import Seat, Venue
from showeditor.stage.camera import Camera, front, home_view, reach_of, seat_of, seat_view, side, top
from stage_plans import night

SIZE = (640, 360)
ANGLES = st.floats(-179.0, 179.0)


@given(ANGLES, st.floats(-85.0, 85.0), st.floats(20.0, 100.0), st.sampled_from([0.0, 300.0]))
def test_picking_undoes_projection(azimuth, elevation, fov, height):
    camera = Camera((10.0, -20.0, 60.0), 400.0, azimuth, elevation, fov, height)
    place = np.array([25.0, -5.0, 85.0])
    x, y, w = camera.project(place, SIZE)[0]
    assert w > 0
    origin, way = camera.pick_ray(x, y, SIZE)
    assert np.linalg.norm(np.cross(place - origin, way)) < 1e-6 * 400
    assert np.linalg.norm(way) == pytest.approx(1.0)


def test_the_target_is_in_the_middle_and_up_is_up():
    camera = Camera((0.0, 0.0, 100.0), 300.0)
    assert camera.project((0.0, 0.0, 100.0), SIZE)[0] == pytest.approx([320.0, 180.0, 300.0])
    higher, east = camera.project([[0.0, 0.0, 120.0], [20.0, 0.0, 100.0]], SIZE)
    assert higher[1] < 180.0
    assert east[0] > 320.0
    assert camera.eye_m == pytest.approx([0.0, -300.0, 100.0])


def test_views_follow_the_heading_of_the_venue():
    plan = Plan("turned", 1, Venue(heading_deg=90.0))
    ahead = front(plan)
    assert ahead.axes()[2][0] > 0.9
    # facing east the right hand is south: seen from there one looks north
    assert side(plan).axes()[2][1] > 0.9
    above = top(plan)
    assert above.axes()[1] == pytest.approx([1.0, 0.0, 0.0], abs=0.01)


def test_a_seat_looks_where_it_says():
    seat = Seat("S", "Left bank", (30.0, -200.0, 12.0), (0.0, 50.0, 90.0))
    camera = seat_view(seat)
    assert camera.eye_m == pytest.approx(seat.eye_m)
    assert camera.project(seat.look_m, SIZE)[0, :2] == pytest.approx([320.0, 180.0])
    venue = Venue(seats=(seat,))
    assert seat_of(venue, "Left bank") is seat
    with pytest.raises(KeyError, match="venue has S"):
        seat_of(venue, "nowhere")


@pytest.mark.parametrize("view", [front, side, top])
def test_framing_shows_everything(view):
    plan = night()
    camera = view(plan, SIZE[0] / SIZE[1])
    low, high = reach_of(plan)
    corners = [[x, y, z] for x in (low[0], high[0]) for y in (low[1], high[1]) for z in (low[2], high[2])]
    seen = camera.project(corners, SIZE)
    assert (seen[:, 2] > 0).all()
    assert seen[:, :2].min() > -1.0
    assert (seen[:, :2].max(axis=0) < np.array(SIZE) + 1.0).all()
    assert home_view(plan).eye_m == pytest.approx(plan.venue.seats[0].eye_m)


def test_orbit_keeps_the_distance_and_stops_above():
    camera = Camera(distance_m=250.0).orbit(370.0, 200.0)
    assert camera.azimuth_deg == pytest.approx(10.0)
    assert camera.elevation_deg < 90.0
    assert np.linalg.norm(camera.eye_m - np.array(camera.target_m)) == pytest.approx(250.0)


@pytest.mark.parametrize("camera", [Camera(), Camera(height_m=200.0), Camera(azimuth_deg=70.0, elevation_deg=40.0)])
def test_panning_moves_the_target_by_the_pixels(camera):
    before = camera.target_m
    after = camera.pan(30.0, -12.0, SIZE)
    moved = after.project(before, SIZE)[0, :2] - camera.project(before, SIZE)[0, :2]
    assert moved == pytest.approx([30.0, -12.0], abs=1e-6)


def test_zoom_keeps_within_reason():
    assert Camera(distance_m=100.0).zoom(2.0).distance_m == pytest.approx(50.0)
    assert Camera(distance_m=100.0).zoom(1e9).distance_m == 2.0
    assert Camera(height_m=100.0).zoom(0.5).height_m == pytest.approx(200.0)
