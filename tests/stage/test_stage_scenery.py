"""Scenery: where the horizon parts the picture, far lamps, and what the tiers cost."""

import numpy as np
import pytest
from showeditor.model.venue import Venue
from showeditor.stage.bench_tiers import FINALE_US, finale, measure
from showeditor.stage.camera import Camera, top
from showeditor.stage.field import field_of
from showeditor.stage.gl import shader_text
from showeditor.stage.offscreen import Offscreen
from showeditor.stage.quality import TIERS
from showeditor.stage.scenery import town_lights
from showeditor.stage.surroundings import horizon_row
from stage_plans import Sky, night


@pytest.mark.parametrize("elevation", [-90.0, -60.0, -20.0, 0.0, 3.0, 30.0, 70.0, 90.0])
@pytest.mark.parametrize("azimuth", [0.0, 217.0])
def test_the_horizon_parts_rays_that_rise_from_rays_that_fall(azimuth, elevation):
    camera = Camera((0.0, 0.0, 100.0), 300.0, azimuth, elevation, 70.0)
    size = (90, 60)
    row = horizon_row(camera)
    for y in range(size[1]):
        way = camera.pick_ray(20.5, y + 0.5, size)[1]
        above = 1.0 - 2.0 * (y + 0.5) / size[1] > row
        assert above == (way[2] > 0.0) or abs(way[2]) < 1e-9


def test_views_straight_from_above_show_ground_alone():
    assert horizon_row(top(night())) == 1.0
    assert horizon_row(Camera(height_m=200.0, elevation_deg=0.0)) == -1.0


@pytest.mark.parametrize("tier", ["draft", "standard"])
def test_no_row_of_the_picture_is_left_out(tier):
    with Offscreen((64, 48), tier) as offscreen:
        for elevation in np.linspace(-80.0, 80.0, 9):
            picture = offscreen.picture(Sky().plan(), 0, Camera((0.0, 0.0, 60.0), 200.0, 10.0, float(elevation), 60.0))
            assert (picture.max(axis=2) > 0).mean() > 0.95


def test_far_lamps_stand_around_the_site_above_its_ground():
    places, light = town_lights(Venue(water_level_m=-3.0))
    assert np.hypot(places[:, 0], places[:, 1]).min() > 1_000.0
    assert places[:, 2].min() >= 0.0
    assert light.min() > 0.0


def test_variants_of_a_shader_define_their_parts_behind_the_version():
    first, second, third = shader_text("scenery.frag.glsl", ("ABOVE", "MOON")).splitlines()[:3]
    assert first == "#version 330"
    assert (second, third) == ("#define ABOVE", "#define MOON")


def test_the_finale_is_what_it_says():
    plan = finale()
    field = field_of(plan)
    alight = field.records(field.live(FINALE_US), FINALE_US)
    stars = field.looks[alight[:, 12].astype(int), 0, 1]
    trailing = field.looks[alight[:, 12].astype(int), 5, 3] > 0
    assert stars.sum() == 6_250
    assert stars[trailing].sum() == 2_710


def test_tiers_are_measured():
    got = measure(1, {tier: (64, 36) for tier in TIERS})
    for tier in TIERS:
        assert 0.0 < float(got[f"{tier}_empty_ms"])
        assert 0.0 < float(got[f"{tier}_finale_ms"])
    assert got["draft_stars"] == 100_000
