"""Numbered pictures: their moments, their names, what stops them."""

from fractions import Fraction

import numpy as np
import pytest
from showeditor.model.errors import BadInput
from showeditor.model.plan import Plan
from showeditor.model.venue import Venue
from showeditor.render.picture import png_bytes, render_picture
from showeditor.render.sequence import frame_paths, frame_times, write_sequence
from showeditor.stage.bench_stars import peonies

PLAN = Plan("site", 1_000_000, Venue(), bursts=peonies(800).bursts, looks=peonies(800).looks)


def test_frames_lie_at_their_rate_without_drift():
    assert frame_times(0, 100_000, Fraction(25)) == [0, 40_000, 80_000]
    assert frame_times(500_000, 580_000, Fraction(25)) == [500_000, 540_000]
    film = frame_times(0, 3_600_000_000, Fraction(30_000, 1_001))
    assert film[1] == 33_367
    assert film[30_000] == 1_001_000_000
    assert film[-1] < 3_600_000_000
    assert len(frame_times(0, 1, Fraction(25))) == 1


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ((0, 10, Fraction(0)), "1 to 240"),
        ((0, 10, Fraction(241)), "1 to 240"),
        ((10, 10, Fraction(25)), "end after it starts"),
        ((-5, 10, Fraction(25)), "end after it starts"),
        ((0, 36_000_000_000, Fraction(120)), "at most 1000000 frames"),
    ],
)
def test_impossible_stretches_are_refused(asked, message):
    with pytest.raises(BadInput, match=message):
        frame_times(*asked)


def test_names_carry_one_number(tmp_path):
    assert [p.name for p in frame_paths(tmp_path / "a%03d.png", 2)] == ["a000.png", "a001.png"]
    assert [p.name for p in frame_paths(tmp_path / "%d.png", 2)] == ["0.png", "1.png"]
    for wrong in ("a.png", "%05d-%05d.png", "100%%05d.png", "%s.png", "%05d.mp4", "%999d.png"):
        with pytest.raises(BadInput, match=r"one number|as \.png"):
            frame_paths(tmp_path / wrong, 2)


def test_a_sequence_is_the_pictures_one_by_one(tmp_path):
    told = []
    paths = write_sequence(
        PLAN,
        tmp_path / "frames" / "%04d.png",
        1_000_000,
        1_100_000,
        size=(64, 36),
        quality="draft",
        blur=0.0,
        progress=told.append,
    )
    assert [p.name for p in paths] == ["0000.png", "0001.png", "0002.png"]
    assert told == pytest.approx([1 / 3, 2 / 3, 1.0])
    assert sorted(p.name for p in (tmp_path / "frames").iterdir()) == [p.name for p in paths]
    for path, t_us in zip(paths, (1_000_000, 1_040_000, 1_080_000), strict=True):
        assert path.read_bytes() == png_bytes(render_picture(PLAN, t_us, (64, 36), "draft"))
    blurred = write_sequence(PLAN, tmp_path / "b%d.png", 1_000_000, 1_000_001, size=(64, 36), quality="draft", blur=1.0)
    assert blurred[0].read_bytes() != paths[0].read_bytes()


def test_what_cannot_be_written_is_refused_by_name(tmp_path):
    (tmp_path / "words.txt").write_text("x")
    for pattern in ("words.txt/%d.png", "no/no/%d.png"):
        with pytest.raises(BadInput, match=r"cannot be (made|saved)"):
            write_sequence(PLAN, tmp_path / pattern, 0, 1, size=(16, 16), quality="draft")
    with pytest.raises(BadInput, match="blur"):
        write_sequence(PLAN, tmp_path / "%d.png", 0, 1, blur=2.0)
    with pytest.raises(BadInput, match="draft, standard, film"):
        write_sequence(PLAN, tmp_path / "%d.png", 0, 1, quality="best")
    assert np.array([p.name == "words.txt" for p in tmp_path.iterdir()]).all()
