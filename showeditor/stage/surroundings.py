"""Draws what surrounds the show: sky, hills, land, water with its mirror picture."""

import numpy as np

from showeditor.model.arrays import Singles
from showeditor.model.plan import Plan
from showeditor.model.venue import Sky, Venue
from showeditor.stage.backdrop import NO_BACKDROP, Backdrop
from showeditor.stage.camera import Camera
from showeditor.stage.gl import Device, Screen, Store, Target, picture_texture
from showeditor.stage.lights import LIGHTS, lamp_rows
from showeditor.stage.quality import Quality
from showeditor.stage.scenery import (
    audience_ahead,
    ground_level,
    night_stars,
    noise_picture,
    ridge_picture,
    site_picture,
    town_lights,
)
from showeditor.stage.skies import Skylight, skylight, sunward

_SOFT = 10
_STAR_WAY_M = 9_000.0
_WHOLE = (-1.0, 1.0)
_EXTRAS: dict[Sky, tuple[str, ...]] = {"night": ("MOON",), "dusk": ("MOON", "CLOUDS"), "day": ("CLOUDS",)}


def _rays(camera: Camera, size: tuple[int, int]) -> dict[str, object]:
    right, up, forward = camera.axes()
    aspect = size[0] / size[1]
    none = np.zeros(3)
    if camera.height_m > 0.0:
        half = camera.height_m / 2.0
        spans = (none, none, right * half * aspect, up * half)
    else:
        slope = np.tan(np.radians(camera.fov_deg) / 2.0)
        spans = (right * slope * aspect, up * slope, none, none)
    named = zip(("right_span", "up_span", "right_shift", "up_shift"), spans, strict=True)
    rays: dict[str, object] = {name: span.astype(np.float32) for name, span in named}
    return rays | {"eye": camera.eye_m.astype(np.float32), "forward": forward.astype(np.float32)}


def _painted(sky: Skylight, venue: Venue) -> dict[str, object]:
    fall, even, clouds, lumps = {"night": (15.0, 0.5, 0.0, 1.1), "dusk": (6.5, 0.12, 0.5, 0.0)}.get(
        venue.sky, (9.0, 0.5, 0.75, 0.0)
    )
    way = audience_ahead(venue) if venue.sky == "night" else tuple(sunward(sky))
    return {
        "zenith": sky.zenith,
        "horizon": sky.horizon,
        "town": sky.town,
        "hill_own": sky.hill,
        "tree_own": sky.tree,
        "land_own": sky.land,
        "sea_own": sky.sea,
        "glow_way": way,
        "glow_shape": (fall, even, clouds, lumps),
        "moon": (*sky.moon_way, sky.moon),
        "cloud_lit": tuple(0.35 * a + 0.75 * s for a, s in zip(sky.ambient, sky.sunlight, strict=True)),
    }


def horizon_row(camera: Camera) -> float:
    """The height on the picture, -1 (its lower edge) to 1, that parts sky from ground."""
    forward, up = camera.axes()[2][2], camera.axes()[1][2]
    rise = 0.0 if camera.height_m > 0.0 else up * np.tan(np.radians(camera.fov_deg) / 2.0)
    if abs(rise) < 1e-9:
        return -1.0 if forward >= 0.0 else 1.0
    return float(np.clip(-forward / rise, -1.0, 1.0))


class Surroundings:
    """The scenery of one venue at one picture size."""

    def __init__(self, device: Device, quality: Quality, size: tuple[int, int]) -> None:
        self.device, self.quality, self.size = device, quality, size
        self._glows = [Screen(f"{name}.frag.glsl", "ray.vert.glsl") for name in ("air", "ground", "sheen")]
        self._copy = Screen("copy.frag.glsl")
        self.noise = picture_texture(noise_picture(), repeat=True)
        self._ridge = picture_texture(ridge_picture(), repeat=True)
        self._lights = Store(2 * LIGHTS)
        self._soft = [Target(device, size[0] // _SOFT, size[1] // _SOFT) for _ in self._glows]
        part = quality.reflection
        self.mirrored = Target(device, size[0] // part, size[1] // part, depth=True)
        self._small = Target(device, size[0] // quality.scenery, size[1] // quality.scenery)
        self._venue: Venue | None = None
        self._backdrop = NO_BACKDROP
        self._parts: tuple[str, ...] | None = None
        self.sky = skylight(Venue())
        self._direction, self._starlight = night_stars()

    def load(self, venue: Venue, backdrop: Backdrop) -> None:
        """Draw the map of water and land when the venue or its pictures are new ones."""
        if self._venue is not None and self._venue == venue and self._backdrop is backdrop:
            return
        self._venue, self._backdrop = venue, backdrop
        picture, self._box = site_picture(venue)
        self._site = picture_texture(picture, repeat=False)
        self.sky = skylight(venue)
        parts = ("DETAIL", *_EXTRAS[venue.sky]) if self.quality.detail else ()
        self._pictures: dict[str, object] = {}
        if backdrop.plan is not None:
            box, turn = backdrop.chart()
            self._pictures |= {"chart": picture_texture(backdrop.plan, repeat=False), "chart_box": box}
            self._pictures["chart_turn"] = turn
            parts = (*parts, "PLAN")
        if backdrop.panorama is not None:
            self._pictures["panorama"] = picture_texture(backdrop.panorama, repeat=True)
            self._pictures["panorama_way"] = backdrop.around()
            # it has a moon of its own, or none
            parts = (*(part for part in parts if part != "MOON"), "PANORAMA")
        if parts != self._parts:
            self._parts = parts
            self._above = Screen("scenery.frag.glsl", "ray.vert.glsl", ("ABOVE", *parts))
            self._below = Screen("scenery.frag.glsl", "ray.vert.glsl", parts)
        places, light = town_lights(venue)
        self._towns = lamp_rows(places, light * self.sky.towns, 2.6, 1.6)

    def star_lamps(self, camera: Camera) -> Singles:
        """The stars of the sky as lamp rows, far away in their directions; none in orthographic views."""
        if camera.height_m > 0.0 or self.sky.stars <= 0.0 or self._backdrop.panorama is not None:
            return np.zeros((0, 8), np.float32)
        return lamp_rows(camera.eye_m + self._direction * _STAR_WAY_M, self._starlight * self.sky.stars, 24.0, 1.7)

    def town_lamps(self, camera: Camera) -> Singles:
        """Far lamps of the towns as lamp rows; none in orthographic views and by day."""
        hidden = camera.height_m > 0.0 or self.sky.towns <= 0.0 or self._backdrop.panorama is not None
        return self._towns[:0] if hidden else self._towns

    def put_lights(self, lights: Singles) -> dict[str, object]:
        """Send the strongest bursts (n, 8); gives the shader inputs that read them."""
        rows = np.zeros((1, 2 * LIGHTS, 4), np.float32)
        rows[0, : 2 * len(lights)] = lights.reshape(-1, 4)
        self._lights.put(rows)
        return {"lights": self._lights, "count": float(len(lights))}

    def draw(self, plan: Plan, t_us: int, camera: Camera, lit: dict[str, object], into: Target) -> None:
        """Cover the target with the scenery, lit by what `put_lights` gave; `mirrored` must hold the mirrored stars."""
        level = ground_level(plan)
        ahead = audience_ahead(plan.venue)
        common = _rays(camera, self.size) | {"water": level}
        self.device.blend("none")
        for target, screen in zip(self._soft, self._glows, strict=True):
            with target:
                screen.draw(**common, **lit, rows=_WHOLE)
        # waves drift slowly; whole periods of the texture are taken off in float64 first
        seconds = t_us * 1e-6
        drift = ((0.0110 * seconds) % 1.0, (-0.0235 * seconds) % 1.0)
        perspective = camera.height_m <= 0.0
        focal = 0.5 / np.tan(np.radians(camera.fov_deg) / 2.0) if perspective else 0.1
        target = into if self.quality.scenery == 1 else self._small
        row = horizon_row(camera)
        inputs: dict[str, object] = {
            **common,
            "noise": self.noise,
            "ridge": self._ridge,
            "site": self._site,
            "air": self._soft[0],
            "ground": self._soft[1],
            "sheen": self._soft[2],
            "mirrored": self.mirrored,
            "site_box": self._box,
            "heading": (ahead[1], -ahead[0], 1.0 if perspective else 0.0),
            "ahead": ahead,
            "drift": drift,
            "has_water": float(plan.venue.water_level_m is not None),
            "focal": float(focal),
            "taps": float(self.quality.taps),
            **_painted(self.sky, plan.venue),
            **self._pictures,
        }
        with target:
            for screen, rows in ((self._above, (row, 1.0)), (self._below, (-1.0, row))):
                if rows[0] < rows[1]:
                    screen.draw(**inputs, rows=rows)
        if target is not into:
            with into:
                self._copy.draw(picture=self._small)

    def delete(self) -> None:
        """Give the memory back."""
        for target in (*self._soft, self.mirrored, self._small):
            target.delete()
