"""Lines over the picture: firing positions, geofence, zones, rings around offenders."""

from dataclasses import dataclass

import numpy as np

from showeditor.model.arrays import Floats, Singles
from showeditor.model.plan import Plan
from showeditor.stage.camera import Camera
from showeditor.stage.lights import drone_places

_ROUND = 28
_POSITION, _FENCE, _OFFENDER, _CHOSEN = (
    (0.45, 0.75, 1.0, 0.55),
    (0.35, 0.9, 0.6, 0.5),
    (1.0, 0.25, 0.2, 0.95),
    (1.0, 0.85, 0.3, 0.9),
)
_PAD = (0.55, 0.65, 0.8, 0.3)
_PAD_M = 0.35
_FEW = 40
_ZONES = {
    "audience": (1.0, 0.72, 0.2, 0.6),
    "building": (0.8, 0.4, 0.9, 0.5),
    "no_fly": (1.0, 0.3, 0.3, 0.6),
    "water": (0.25, 0.5, 0.9, 0.3),
}


@dataclass(frozen=True, slots=True)
class Overlay:
    """What is drawn over the picture. `positions` are firing positions and take-off pads.

    `offenders` and `chosen`: names of drones or positions, or ids of cues. `ways`: line ends as `ways.way_lines` makes.
    `strokes`: line ends with their colour, as `overlay_strokes` makes them.
    """

    positions: bool = False
    geofence: bool = False
    zones: bool = False
    offenders: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()
    marks_m: tuple[tuple[float, float, float], ...] = ()
    ways: Singles | None = None
    strokes: Singles | None = None

    def any(self) -> bool:
        """Whether anything is to be drawn."""
        drawn = bool(self.offenders or self.chosen or self.marks_m)
        drawn = drawn or self.ways is not None or self.strokes is not None
        return self.positions or self.geofence or self.zones or drawn


NOTHING = Overlay()


def places_of(plan: Plan, ids: tuple[str, ...], t_us: int) -> Floats:
    """Where named things are at a moment, float64 (n, 3): drones, firing positions, cues (at their burst or tube)."""
    wanted = set(ids)
    found = [np.asarray(p.at_m, np.float64) for p in plan.venue.positions if p.id in wanted or p.name in wanted]
    drones = [n for n, name in enumerate(plan.drones.name) if name in wanted]
    if drones:
        found.extend(drone_places(plan.drones, t_us)[drones])
    for n, cue in enumerate(plan.firing.cue):
        if cue in wanted:
            shots = np.flatnonzero(plan.shots.cue == n)
            risen = [k for k in shots if plan.shots.break_us[k] <= t_us]
            found.append(plan.shots.break_m[risen[-1]] if risen else plan.firing.place_m[n])
    return np.array(found, np.float64).reshape(-1, 3)


def _closed(corners: Floats) -> Floats:
    return np.stack([corners, np.roll(corners, -1, axis=0)], axis=1).reshape(-1, 3)


def _rings(at: Floats, camera: Camera, size: tuple[int, int], radius_px: float) -> Floats:
    """Rings that face the camera around places (n, 3), of one size in the picture."""
    right, up, _ = camera.axes()
    w = np.maximum(1e-3, camera.project(at, size)[:, 2])
    radius = radius_px * w / camera.metre_px(size)
    turn = np.arange(_ROUND) * 2.0 * np.pi / _ROUND
    wheel = np.cos(turn)[:, None] * right + np.sin(turn)[:, None] * up
    corners = at[:, None] + radius[:, None, None] * wheel
    return np.stack([corners, np.roll(corners, -1, axis=1)], axis=2).reshape(-1, 3)


def _pads(homes: Floats) -> Floats:
    """A small cross on the ground at every take-off place."""
    arms = np.array([[-_PAD_M, 0.0, 0.0], [_PAD_M, 0.0, 0.0], [0.0, -_PAD_M, 0.0], [0.0, _PAD_M, 0.0]])
    return np.asarray((homes[:, None, :] + arms).reshape(-1, 3))


def overlay_lines(plan: Plan, overlay: Overlay, t_us: int, camera: Camera, size: tuple[int, int]) -> Singles:
    """Line ends, float32 (2 n, 7): place and colour with opacity."""
    parts: list[tuple[Floats, tuple[float, float, float, float]]] = []
    level = plan.venue.water_level_m or 0.0
    if overlay.zones:
        for zone in plan.venue.zones:
            corners = np.array([(x, y, level + 0.1) for x, y in zone.ring])
            parts.append((_closed(corners), _ZONES.get(zone.kind, (0.6, 0.6, 0.6, 0.4))))
    fence = plan.venue.geofence
    if overlay.geofence and fence:
        low = np.array([(x, y, fence.floor_m) for x, y in fence.ring])
        high = low + np.array([0.0, 0.0, fence.ceiling_m - fence.floor_m])
        upright = np.stack([low, high], axis=1).reshape(-1, 3)
        parts += [(_closed(low), _FENCE), (_closed(high), _FENCE), (upright, _FENCE)]
    if overlay.positions:
        for position in plan.venue.positions:
            at = np.array(position.at_m, np.float64)
            heading = np.radians(position.heading_deg)
            tip = at + 6.0 * np.array([np.sin(heading), np.cos(heading), 0.0])
            parts += [(_rings(at[None], camera, size, 5.0), _POSITION), (np.array([at, tip]), _POSITION)]
            parts.append((np.array([at, at + np.array([0.0, 0.0, 3.0])]), _POSITION))
        parts.append((_pads(plan.drones.home_m), _PAD))
    # many rings would hide one another and what they are around
    wide = 11.0 if len(overlay.offenders) <= _FEW else 4.0
    for ids, paint, radius in ((overlay.offenders, _OFFENDER, wide), (overlay.chosen, _CHOSEN, 9.0)):
        if ids:
            parts.append((_rings(places_of(plan, ids, t_us), camera, size, radius), paint))
    if overlay.marks_m:
        parts.append((_rings(np.array(overlay.marks_m, np.float64), camera, size, 16.0), _OFFENDER))
    rows = [np.concatenate([ends, np.broadcast_to(np.array(paint), (len(ends), 4))], axis=1) for ends, paint in parts]
    lines = np.concatenate(rows or [np.zeros((0, 7))]).astype(np.float32)
    return np.concatenate([*(given for given in (overlay.ways, overlay.strokes) if given is not None), lines])
