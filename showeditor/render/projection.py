"""The whole sphere or the sky above, put together from six square pictures around one eye.

Each face sees 110 degrees; where two overlap they fade into one another about the edge of the cube, so glows and waves
that end at the edge of one face leave no seam.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from showeditor.model.arrays import Bytes, Floats, Singles
from showeditor.model.errors import BadInput
from showeditor.stage.camera import Camera

PROJECTIONS = ("flat", "equirect", "dome")
_FOV_DEG = 110.0
_SLOPE = float(np.tan(np.radians(_FOV_DEG / 2.0)))
_FADE = (0.80, 1.25)
"""Where a face begins to fade and has gone, in halves of the cube's face; each other's reciprocal, so that both sides
of an edge fade alike."""
_STRIP = 64


def check_shape(projection: str, size: tuple[int, int]) -> None:
    """Raises BadInput for an unknown projection or a size that does not suit it."""
    if projection not in PROJECTIONS:
        raise BadInput(f"projection must be one of {', '.join(PROJECTIONS)}, not {projection!r}")
    width, height = size
    if projection == "equirect" and width != 2 * height:
        raise BadInput(f"an equirect picture must be twice as wide as high, not {width}x{height}")
    if projection == "dome" and width != height:
        raise BadInput(f"a dome picture must be as wide as high, not {width}x{height}")


def face_side(projection: str, size: tuple[int, int]) -> int:
    """Pixels along a face so that no part of the picture is coarser than it asks for."""
    per_radian = size[0] / (2.0 * np.pi) if projection == "equirect" else size[0] / np.pi
    return int(min(8192, max(16, 2 * np.ceil(per_radian * _SLOPE))))


def faces(camera: Camera, projection: str) -> tuple[Camera, ...]:
    """The cameras of the faces: ahead, right, behind, left, up and (but for a dome) down; level, all from one eye."""
    x, y, z = camera.eye_m
    level = Camera((0.0, 0.0, 0.0), 1.0, camera.azimuth_deg, 0.0, _FOV_DEG)
    turned = [replace(level, azimuth_deg=(camera.azimuth_deg + turn) % 360.0) for turn in (0.0, 90.0, 180.0, 270.0)]
    turned += [replace(level, elevation_deg=tilt) for tilt in ((-90.0, 90.0) if projection == "equirect" else (-90.0,))]
    out = []
    for face in turned:
        way = face.axes()[2]
        out.append(replace(face, target_m=(float(x + way[0]), float(y + way[1]), float(z + way[2]))))
    return tuple(out)


def rays(projection: str, size: tuple[int, int], azimuth_deg: float, rows: slice) -> Floats:
    """Unit vectors in the venue of the pixels of some rows, float64 (rows, width, 3); zero outside a dome's circle.

    Equirect: the azimuth in the middle, the zenith along the top. Dome: azimuthal equidistant, the zenith in the
    middle, the horizon on the circle, the azimuth at the bottom.
    """
    width, height = size
    x, y = np.meshgrid(np.arange(width) + 0.5, np.arange(height)[rows] + 0.5)
    if projection == "equirect":
        turn = np.radians(azimuth_deg) + (x / width - 0.5) * 2.0 * np.pi
        up = (0.5 - y / height) * np.pi
        seen = np.ones_like(x)
    else:
        right, down = 2.0 * x / width - 1.0, 2.0 * y / height - 1.0
        radius = np.hypot(right, down)
        turn = np.radians(azimuth_deg) + np.arctan2(right, down)
        up = (1.0 - radius) * (np.pi / 2.0)
        seen = np.where(radius <= 1.0, 1.0, 0.0)
    level = np.cos(up)
    way = np.stack([level * np.sin(turn), level * np.cos(turn), np.sin(up)], axis=2)
    return np.asarray(way * seen[..., None])


def _sample(picture: Singles, x: Floats, y: Floats) -> Floats:
    side = picture.shape[0]
    x, y = np.clip(x - 0.5, 0.0, side - 1.001), np.clip(y - 0.5, 0.0, side - 1.001)
    i, j = x.astype(np.int64), y.astype(np.int64)
    fx, fy = (x - i)[:, None], (y - j)[:, None]
    upper = picture[j, i] * (1.0 - fx) + picture[j, i + 1] * fx
    lower = picture[j + 1, i] * (1.0 - fx) + picture[j + 1, i + 1] * fx
    return np.asarray(upper * (1.0 - fy) + lower * fy)


def assembled(projection: str, size: tuple[int, int], camera: Camera, face_picture: Callable[[Camera], Bytes]) -> Bytes:
    """The picture, uint8 (height, width, 3), from what `face_picture` gives for each face: uint8 (side, side, 3)."""
    cameras = faces(camera, projection)
    pictures = [face_picture(face).astype(np.float32) for face in cameras]
    out = np.zeros((size[1], size[0], 3), np.uint8)
    for first in range(0, size[1], _STRIP):
        rows = slice(first, min(first + _STRIP, size[1]))
        way = rays(projection, size, camera.azimuth_deg, rows).reshape(-1, 3)
        total, weight = np.zeros((len(way), 3)), np.zeros((len(way), 1))
        for face, picture in zip(cameras, pictures, strict=True):
            right, up, forward = face.axes()
            deep = way @ forward
            ahead = np.flatnonzero(deep > 0.2)
            u, v = (way[ahead] @ axis / deep[ahead] for axis in (right, up))
            fade = np.clip((_FADE[1] - np.maximum(np.abs(u), np.abs(v))) / (_FADE[1] - _FADE[0]), 0.0, 1.0)
            near = fade > 0.0
            ahead, u, v, fade = ahead[near], u[near], v[near], fade[near]
            part = (fade * fade * (3.0 - 2.0 * fade))[:, None]
            half = picture.shape[0] / 2.0
            total[ahead] += _sample(picture, half + u / _SLOPE * half, half - v / _SLOPE * half) * part
            weight[ahead] += part
        mean = np.where(weight > 0.0, total / np.maximum(weight, 1e-9), 0.0)
        out[rows] = np.rint(mean).astype(np.uint8).reshape(-1, size[0], 3)
    return out
