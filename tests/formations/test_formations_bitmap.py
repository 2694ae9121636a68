"""Pictures: every kind of PNG read against a plain writer, tones as density, contours, torn files refused."""

import struct
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from showeditor.formations.bitmap import contours, draw_bitmap
from showeditor.formations.png import read_picture
from showeditor.model.arrays import Bytes
from showeditor.model.errors import BadFile, BadInput


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(pixels: Bytes, colour: int, filters: list[int], extra: bytes = b"", depth: int = 8) -> bytes:
    """The plain writer: each row filtered by hand."""
    height, width, step = pixels.shape
    rows = bytearray()
    flat = pixels.reshape(height, -1).astype(int)
    for r in range(height):
        kind = filters[r % len(filters)]
        rows.append(kind)
        for c in range(width * step):
            a = flat[r, c - step] if c >= step else 0
            b = flat[r - 1, c] if r else 0
            d = flat[r - 1, c - step] if r and c >= step else 0
            paeth = min((a, b, d), key=lambda v: (abs(a + b - d - v),))
            rows.append(int(flat[r, c] - [0, a, b, (a + b) // 2, paeth][kind]) & 255)
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + extra
        + chunk(b"IDAT", zlib.compress(bytes(rows)))
        + chunk(b"IEND", b"")
    )


@settings(max_examples=40, deadline=None)
@given(
    st.integers(1, 9),
    st.integers(1, 9),
    st.sampled_from([0, 2, 4, 6]),
    st.lists(st.integers(0, 4), min_size=1, max_size=5),
    st.integers(0, 9999),
)
def test_every_kind_of_row_reads_back(height: int, width: int, colour: int, filters: list[int], seed: int) -> None:
    step = {0: 1, 2: 3, 4: 2, 6: 4}[colour]
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, step)).astype(np.uint8)
    back = read_picture(png(pixels, colour, filters), "a.png")
    assert np.array_equal(back[:, :, :3], np.broadcast_to(pixels[:, :, : 1 if step < 3 else 3], (height, width, 3)))
    assert np.array_equal(back[:, :, 3], pixels[:, :, -1] if step in (2, 4) else np.full((height, width), 255))


def test_a_palette_and_its_clear_colours() -> None:
    pixels = np.array([[[0], [1], [2]]], np.uint8)
    extra = chunk(b"PLTE", bytes([1, 2, 3, 4, 5, 6, 7, 8, 9])) + chunk(b"tRNS", bytes([255, 0]))
    assert read_picture(png(pixels, 3, [0], extra), "a.png").tolist() == [
        [[1, 2, 3, 255], [4, 5, 6, 0], [7, 8, 9, 255]]
    ]
    with pytest.raises(BadFile, match="PLTE"):
        read_picture(png(pixels + 1, 3, [0], extra), "a.png")


def test_a_ppm_reads() -> None:
    assert read_picture(b"P6 # by hand\n2 1\n255\n" + bytes(range(6)), "a.ppm").tolist() == [
        [[0, 1, 2, 255], [3, 4, 5, 255]]
    ]


def disc() -> bytes:
    y, x = np.mgrid[0:120, 0:160]
    pixels = np.full((120, 160, 3), 255, np.uint8)
    ring = np.hypot(x - 80, y - 60)
    pixels[(ring < 50) & (ring > 20)] = (220, 30, 30)
    return png(pixels, 2, [1])


def gap(points: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> float:
    far = np.linalg.norm(points[:, None] - points[None], axis=-1)
    return float((far + np.eye(len(points)) * 1e9).min())


@pytest.mark.parametrize("style", ["stipple", "contour"])
def test_a_ring_on_white_is_drawn_in_its_colour_at_its_size(style: str) -> None:
    drawing = draw_bitmap(disc(), height_m=50.0, spacing_m=2.0, style="contour" if style == "contour" else "stipple")
    points = drawing.points.metres
    assert set(drawing.colours) == {(220, 30, 30)}
    assert np.ptp(points[:, 0]) == pytest.approx(50.0, abs=2.5)
    assert np.ptp(points[:, 2]) == pytest.approx(50.0, abs=2.5)
    radius = np.hypot(points[:, 0], points[:, 2])
    assert 9.0 < radius.min() < 11.5
    assert gap(points) >= 2.0
    if style == "contour":
        assert ((np.abs(radius - 25.0) < 0.7) | (np.abs(radius - 10.0) < 0.7)).all()


def test_brighter_is_denser() -> None:
    pixels = np.zeros((60, 120, 3), np.uint8)
    pixels[8:52, 8:60] = 255
    pixels[8:52, 60:112] = 80
    x = draw_bitmap(png(pixels, 2, [0]), height_m=40.0, spacing_m=1.5).points.metres[:, 0]
    assert (x < 0).sum() > 2 * (x > 0).sum() > 30


@settings(max_examples=15, deadline=None)
@given(st.integers(2, 300), st.floats(0.8, 3.0), st.booleans())
def test_an_exact_number_of_points(count: int, spacing_m: float, contour: bool) -> None:
    drawing = draw_bitmap(
        disc(), height_m=None, spacing_m=spacing_m, style="contour" if contour else "stipple", count=count
    )
    assert len(drawing) == count
    assert gap(drawing.points.metres) >= spacing_m


def test_contours_close_and_turn_the_same_way() -> None:
    level = np.zeros((12, 12))
    level[3:8, 3:9] = 1.0
    level[5, 5] = 0.0
    found = contours(level, 0.5)
    assert sorted(len(line) for line in found) == [4, 22]
    areas = [
        0.5 * np.sum(line[:, 0] * np.roll(line[:, 1], -1) - line[:, 1] * np.roll(line[:, 0], -1)) for line in found
    ]
    assert sorted(np.sign(areas)) == [-1.0, 1.0]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "byte 0"),
        (disc()[:60], "ends inside chunk IDAT"),
        (disc()[:-12], "before IEND"),
        (disc().replace(b"IDAT", b"IDAU"), "damaged"),
        (png(np.zeros((1, 1, 1), np.uint8), 0, [0], depth=16), "8 bits a channel"),
        (b"P6 2 2 255\n123", "ends before its last pixel"),
        (b"P6 999999 2 255\n123", "cannot be used"),
    ],
)
def test_torn_pictures_are_refused_by_place(data: bytes, message: str) -> None:
    with pytest.raises(BadFile, match=message):
        draw_bitmap(data)


def test_a_bomb_is_not_unpacked_and_an_unknown_filter_is_named() -> None:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 0, 0, 0, 0))
    sign, end = b"\x89PNG\r\n\x1a\n", chunk(b"IEND", b"")
    bomb = sign + head + chunk(b"IDAT", zlib.compress(bytes(50_000_000))) + end
    assert read_picture(bomb, "a.png").shape == (2, 2, 4)
    with pytest.raises(BadFile, match="row 1: an unknown row filter"):
        read_picture(sign + head + chunk(b"IDAT", zlib.compress(bytes([0, 1, 2, 9, 1, 2]))) + end, "a.png")


def test_an_empty_picture_is_refused() -> None:
    with pytest.raises(BadInput, match="nothing that stands out"):
        draw_bitmap(png(np.full((5, 5, 3), 90, np.uint8), 2, [0]))


def test_a_soft_edge_keeps_the_colour_of_the_shape() -> None:
    y, x = np.mgrid[0:90, 0:90]
    part = np.clip(40.0 - np.hypot(x - 45, y - 45), 0.0, 1.0)[:, :, None]
    pixels = (255.0 + (np.array([200.0, 0.0, 0.0]) - 255.0) * part).astype(np.uint8)
    drawing = draw_bitmap(png(pixels, 2, [0]), height_m=60.0, spacing_m=2.0)
    assert min(red - green for red, green, _ in drawing.colours) > 150
