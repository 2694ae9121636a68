"""Pictures and folders of pictures as small films."""

from pathlib import Path

import numpy as np
import pytest
from showeditor.formations.film import film_from, reduced
from showeditor.model.errors import BadFile, BadInput


def ppm(pixels: np.ndarray) -> bytes:
    return b"P6 %d %d 255\n" % (pixels.shape[1], pixels.shape[0]) + pixels.astype(np.uint8).tobytes()


def test_a_folder_runs_in_the_order_of_its_numbers(tmp_path: Path) -> None:
    for number in (10, 2, 1):
        (tmp_path / f"frame{number}.ppm").write_bytes(ppm(np.full((2, 3, 3), number)))
    film = film_from(tmp_path, 25.0)
    assert (film.width, film.height, film.count, film.frames_per_s) == (3, 2, 3, 25.0)
    assert [film.pixels()[k * 24] for k in range(3)] == [1, 2, 10]
    assert film_from(tmp_path, 25.0) == film


def test_large_pictures_are_reduced_to_means() -> None:
    picture = np.zeros((200, 400, 4), np.uint8)
    picture[:, 200:] = (255, 0, 0, 255)
    small = reduced(picture, 100)
    assert small.shape == (50, 100, 4)
    assert small[10, 20].tolist() == [0, 0, 0, 0]
    assert small[10, 80].tolist() == [255, 0, 0, 255]
    odd = reduced(picture, 3)
    # the transparent half does not darken the red one
    assert odd[0, 1].tolist()[0] == 255
    assert 100 < odd[0, 1, 3] < 155


def test_what_is_no_film_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no pictures"):
        film_from(tmp_path)
    (tmp_path / "a1.ppm").write_bytes(ppm(np.zeros((2, 2, 3))))
    (tmp_path / "a2.ppm").write_bytes(ppm(np.zeros((3, 2, 3))))
    with pytest.raises(BadInput, match=r"a2.ppm has 2 x 3"):
        film_from(tmp_path)
    with pytest.raises(BadFile, match=r"none.png"):
        film_from(tmp_path / "none.png")
