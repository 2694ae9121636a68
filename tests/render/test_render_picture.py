"""Pictures of plans and PNG files."""

import struct
import zlib

import numpy as np
import pytest
from showeditor.model.errors import BadInput
from showeditor.model.plan import Plan
from showeditor.model.venue import Seat, Venue
from showeditor.render.picture import png_bytes, render_picture, write_png

SEATS = (Seat("A", "East bank", (0.0, -300.0, 10.0)), Seat("B", "Bridge", (-300.0, 0.0, 30.0)))
PLAN = Plan("site", 1_000_000, Venue(seats=SEATS, water_level_m=0.0))


def test_a_picture_has_the_asked_size_and_differs_by_seat():
    first = render_picture(PLAN, 0, (160, 90), "draft")
    assert first.shape == (90, 160, 3)
    assert first.dtype == np.uint8
    assert (render_picture(PLAN, 0, (160, 90), "draft", "A") == first).all()
    assert (render_picture(PLAN, 0, (160, 90), "draft", "Bridge") != first).any()


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"quality": "best"}, "draft, standard, film"),
        ({"seat": "roof"}, "no seat 'roof'; the venue has A, B"),
        ({"size": (0, 90)}, "16 to 8192"),
        ({"size": (160, 90_000)}, "16 to 8192"),
        ({"supersample": 3}, "supersampled 3 times"),
        ({"size": (8000, 80), "supersample": 2}, "supersampled 2 times"),
    ],
)
def test_impossible_wishes_are_refused(asked, message):
    with pytest.raises(BadInput, match=message):
        render_picture(PLAN, 0, **asked)


def test_a_supersampled_picture_is_the_same_one_smoother():
    plain, fine = (render_picture(PLAN, 0, (320, 180), "film", supersample=n).astype(int) for n in (1, 2))
    assert plain.shape == fine.shape
    assert (plain != fine).any()
    assert np.abs(plain - fine).mean() < 3.0


def unpacked(data: bytes) -> np.ndarray:
    """A PNG of this program read again, filter Up only; checks every CRC."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    at, kinds, body, shape = 8, [], b"", (0, 0)
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        part = data[at + 8 : at + 8 + length]
        assert struct.unpack(">I", data[at + 8 + length : at + 12 + length])[0] == zlib.crc32(kind + part)
        if kind == b"IHDR":
            width, height, *rest = struct.unpack(">IIBBBBB", part)
            assert rest == [8, 2, 0, 0, 0]
            shape = (height, width)
        body += part if kind == b"IDAT" else b""
        kinds.append(kind)
        at += 12 + length
    assert kinds[0] == b"IHDR"
    assert kinds[-1] == b"IEND"
    rows = np.frombuffer(zlib.decompress(body), np.uint8).reshape(shape[0], 1 + 3 * shape[1])
    assert (rows[:, 0] == 2).all()
    return np.cumsum(rows[:, 1:], axis=0, dtype=np.uint8).reshape(*shape, 3)


def test_png_holds_every_pixel(tmp_path):
    picture = np.random.default_rng(2).integers(0, 256, (23, 31, 3), dtype=np.uint8)
    path = tmp_path / "a.png"
    write_png(path, picture)
    assert (unpacked(path.read_bytes()) == picture).all()
    assert [p.name for p in tmp_path.iterdir()] == ["a.png"]


def test_a_failed_save_names_the_file_and_leaves_nothing(tmp_path):
    picture = np.zeros((4, 4, 3), np.uint8)
    (tmp_path / "old.png").mkdir()
    (tmp_path / "words.txt").write_text("not a folder")
    for place in ("old.png", "words.txt/a.png", "no/a.png"):
        path = tmp_path / place
        with pytest.raises(BadInput, match=rf"{path.name} cannot be saved in .*{path.parent.name}"):
            write_png(path, picture)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["old.png", "words.txt"]
    assert not any((tmp_path / "old.png").iterdir())
    assert (tmp_path / "words.txt").read_text() == "not a folder"


@pytest.mark.parametrize("shape", [(4, 4), (4, 4, 4), (0, 4, 3)])
def test_only_pictures_become_png(shape):
    with pytest.raises(ValueError, match="uint8"):
        png_bytes(np.zeros(shape, np.uint8))
