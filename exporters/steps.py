"""Light as steps: ramps of a plan as held colours on the frames of a format that knows no ramps."""

import numpy as np

from showeditor.export.lights import light_of
from showeditor.model.arrays import Bytes, Longs
from showeditor.model.plan import Drones

STRAY_LEVELS = 4
"""The most (of 255) that a held colour leaves the ramp it stands for; Skybrush Studio's own tolerance for lights."""


def stepped(drones: Drones, i: int, tick_us: int, last_frame: int) -> tuple[Longs, Bytes]:
    """The frames (n,), 0 first, from which drone `i` holds colours (n, 3), white added to red, green and blue.

    A ramp becomes as many equal parts as keep its colour within STRAY_LEVELS of the held one in every channel. Edges
    are rounded to frames half up; of colours on one frame the last stays; frames after `last_frame` are left out.
    """
    light = light_of(drones, i, False)
    if not len(light.t_us):
        return np.zeros(1, dtype=np.int64), np.zeros((1, 3), dtype=np.uint8)
    colour = light.colour
    ramp = light.fade[1:]
    rise = np.where(ramp, np.abs(np.diff(colour, axis=0)).max(axis=1), 0.0)
    # parts a frame long at most follow the steepest ramp as well as frames can; shorter ones would be dropped again
    room = np.maximum(1, -(-np.diff(light.t_us) // tick_us))
    count = np.where(rise > 0, np.minimum(np.ceil(rise / (2 * STRAY_LEVELS)), room), 1).astype(np.int64)
    first = np.cumsum(count) - count
    key = np.repeat(np.arange(len(count)), count)
    part = np.arange(len(key)) - first[key]
    begin = light.t_us[key] + (light.t_us[key + 1] - light.t_us[key]) * part // count[key]
    share = np.where(ramp[key], (part + 0.5) / count[key], 0.0)[:, None]
    held = colour[key] + (colour[key + 1] - colour[key]) * share
    t_us = np.concatenate([[0], begin, light.t_us[-1:]])
    shown = np.concatenate([np.zeros((1, 3)), held, colour[-1:]])
    frame = (2 * t_us + tick_us) // (2 * tick_us)
    rgb = np.floor(shown + 0.5).astype(np.uint8)
    keep = np.append(np.diff(frame) > 0, True) & (frame <= last_frame)
    frame, rgb = frame[keep], rgb[keep]
    differs = np.ones(len(frame), dtype=np.bool_)
    differs[1:] = (rgb[1:] != rgb[:-1]).any(axis=1)
    return frame[differs], rgb[differs]
