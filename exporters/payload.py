"""Fireworks on drones as formats hold them: which channel of which drone is lit when, and with what under it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from exporters.samples import Sampler
from showeditor.export.payload import heading_of
from showeditor.model.arrays import frozen
from showeditor.model.carried import UNKNOWN, Carriers, Ignitions
from showeditor.model.plan import Drones, Plan

_STEP_US = 10_000


@dataclass(frozen=True, slots=True)
class Fire:
    """One ignition: `channel` counts from 1, `pitch_deg` -90 is down, `yaw_deg` clockwise from the nose."""

    t_us: int
    channel: int
    effect: str = ""
    pitch_deg: float = -90.0
    yaw_deg: float = 0.0
    burn_us: int = 0


def fires_of(plan: Plan) -> dict[int, list[Fire]]:
    """The ignitions of each drone that has any, in order of time."""
    rows = plan.ignitions
    out: dict[int, list[Fire]] = {}
    for k in np.argsort(rows.ignition_us, kind="stable").tolist():
        t_us = int(rows.ignition_us[k])
        fire = Fire(
            t_us,
            int(rows.channel[k]),
            rows.effect[k],
            round(float(rows.pitch_deg[k]), 3),
            round(float(rows.yaw_deg[k]), 3),
            max(0, int(rows.burnt_us[k]) - t_us),
        )
        out.setdefault(int(rows.drone[k]), []).append(fire)
    return out


def payload_of(drones: Drones, fires: Sequence[Sequence[Fire]]) -> tuple[Ignitions, Carriers]:
    """The payload of drones of a file, one list for each; what files do not say about a charge is UNKNOWN."""
    rows = sorted(
        ((fire.t_us, i, fire.channel, fire) for i, own in enumerate(fires) for fire in own), key=lambda row: row[:3]
    )
    if not rows:
        return Ignitions(), Carriers()
    sampler = Sampler.of(drones)
    place, velocity, direction = (np.zeros((len(rows), 3)) for _ in range(3))
    for k, (t_us, i, _, fire) in enumerate(rows):
        before, here, after = sampler.places(i, np.array([t_us - _STEP_US, t_us, t_us + _STEP_US]))
        place[k], velocity[k] = here, (after - before) / (2e-6 * _STEP_US)
        t, deg = heading_of(drones, i)
        nose = float(np.interp(t_us, t, deg)) if len(t) else 0.0
        up, round_ = np.radians(fire.pitch_deg), np.radians(nose + fire.yaw_deg)
        direction[k] = np.sin(round_) * np.cos(up), np.cos(round_) * np.cos(up), np.sin(up)
    unknown = frozen(np.full(len(rows), UNKNOWN), np.float32, (None,))
    burnt = [fire.t_us + fire.burn_us for *_, fire in rows]
    ignitions = Ignitions(
        drone=frozen([i for _, i, _, _ in rows], np.int32, (None,)),
        channel=frozen([c for _, _, c, _ in rows], np.int32, (None,)),
        trigger=tuple(f"{drones.name[i]}/{k + 1}" for k, (_, i, _, _) in enumerate(rows)),
        effect=tuple(fire.effect for *_, fire in rows),
        ignition_us=frozen([t for t, *_ in rows], np.int64, (None,)),
        burnt_us=frozen(burnt, np.int64, (None,)),
        dark_us=frozen(burnt, np.int64, (None,)),
        place_m=frozen(place, np.float64, (None, 3)),
        velocity_mps=frozen(velocity, np.float64, (None, 3)),
        direction=frozen(direction, np.float64, (None, 3)),
        pitch_deg=frozen([fire.pitch_deg for *_, fire in rows], np.float32, (None,)),
        yaw_deg=frozen([fire.yaw_deg for *_, fire in rows], np.float32, (None,)),
        cone_deg=unknown,
        reach_m=unknown,
        fall_m=unknown,
        fall_s=unknown,
        recoil_ns=unknown,
        mass_kg=unknown,
    )
    carrying = sorted({i for _, i, _, _ in rows})
    none = frozen(np.full(len(carrying), UNKNOWN), np.float32, (None,))
    carriers = Carriers(
        drone=frozen(carrying, np.int32, (None,)),
        load=("",) * len(carrying),
        channels=frozen(np.zeros(len(carrying)), np.int32, (None,)),
        payload_kg=none,
        max_payload_kg=none,
        max_speed_xy_mps=none,
        max_speed_up_mps=none,
        max_speed_down_mps=none,
        max_accel_mps2=none,
        max_wind_mps=none,
        endurance_s=none,
        source=("",) * len(carrying),
    )
    return ignitions, carriers


def whole(plan: Plan) -> tuple[int, ...]:
    """All rows of the ignitions, for formats that hold every one."""
    return tuple(range(len(plan.ignitions)))
