"""Drawings from text and motifs: spacing by brute force, exact counts, refusals, strokes where a hand draws them."""

import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from showeditor.formations.drawing import Drawing, as_csv, as_json
from showeditor.formations.fonts import open_font
from showeditor.formations.motifs import MOTIFS, cloud, ridge
from showeditor.formations.points import draw_csv
from showeditor.formations.text import Style, draw_text, text_sketch
from showeditor.model.errors import BadInput


def least(drawing: Drawing) -> float:
    points = drawing.points.metres
    return min(float(np.linalg.norm(a - b)) for a, b in itertools.combinations(points, 2))


def assert_sound(drawing: Drawing, spacing_m: float) -> None:
    assert len(drawing.path) == len(drawing)
    assert min(drawing.path) == 0.0
    assert max(drawing.path) == 1.0 or len(drawing) == 1
    assert least(drawing) >= spacing_m
    assert drawing.spacing_m == pytest.approx(least(drawing))
    assert np.abs(drawing.points.metres[:, 1]).max() == 0.0


@pytest.mark.parametrize("style", ["centreline", "outline", "fill"])
@pytest.mark.parametrize("text", ["火", "云起", "Sky 2", "剧"])
def test_points_keep_the_spacing(text: str, style: Style) -> None:
    drawing = draw_text(text, height_m=40.0, spacing_m=1.5, style=style)
    assert_sound(drawing, 1.5)
    assert drawing.points.metres[:, 2].max() - drawing.points.metres[:, 2].min() < 43.0


@pytest.mark.parametrize("count", [1, 2, 17, 53, 66, 120])
@pytest.mark.parametrize("style", ["centreline", "outline", "fill"])
def test_an_exact_count_at_the_smallest_size_that_holds_it(count: int, style: Style) -> None:
    drawing = draw_text("火", height_m=None, spacing_m=2.0, style=style, count=count)
    assert len(drawing) == count
    if count > 1:
        assert 2.0 <= least(drawing) < 2.003


def test_an_exact_count_at_a_given_size_uses_the_room() -> None:
    few, many = (draw_text("云", height_m=40.0, spacing_m=1.5, count=n) for n in (30, 60))
    assert (len(few), len(many)) == (30, 60)
    assert least(few) > 1.7 * least(many) >= 1.7 * 1.5


def test_points_of_a_stroke_are_evenly_spaced() -> None:
    points = draw_text("一", height_m=40.0, spacing_m=1.5).points.metres
    steps = np.linalg.norm(np.diff(points[np.argsort(points[:, 0])], axis=0), axis=1)
    assert steps.max() - steps.min() < 0.05
    assert len(points) >= 20


def test_a_centreline_lies_inside_the_character_and_runs_through_its_middle() -> None:
    sketch = text_sketch("十")
    assert len(sketch.strokes) == 2
    assert {round(abs(float(np.ptp(s.line[:, 0]))), 1) for s in sketch.strokes} == {0.0, 0.9}


def test_a_character_has_about_the_strokes_that_a_hand_would_draw() -> None:
    assert [len(text_sketch(c).strokes) for c in "一十口川"] == [1, 2, 2, 3]
    assert [s.closed for s in text_sketch("0").strokes] == [True]


def test_the_path_runs_from_the_first_character_to_the_last() -> None:
    drawing = draw_text("天空", height_m=40.0, spacing_m=1.5)
    x = drawing.points.metres[:, 0]
    path = np.array(drawing.path)
    assert path[x < -1.0].max() <= path[x > 1.0].min()


def test_lines_stand_below_each_other() -> None:
    drawing = draw_text("火\n花", height_m=20.0, spacing_m=1.5)
    z = drawing.points.metres[:, 2]
    assert z.max() - z.min() == pytest.approx(20.0 * 2.1, rel=0.06)


def test_the_same_text_gives_the_same_points() -> None:
    assert draw_text("福", height_m=50.0, spacing_m=1.5) == draw_text("福", height_m=50.0, spacing_m=1.5)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"text": " \n"}, "empty"),
        ({"text": "\U0001f409"}, r"no glyph for '🐉' \(U\+1F409\)"),
        ({"text": "火", "spacing_m": 0.0}, "spacing must be greater"),
        ({"text": "火", "spacing_m": float("nan")}, "spacing must be greater"),
        ({"text": "火", "height_m": -1.0}, "height must be greater"),
        ({"text": "火", "count": 0}, "number of points"),
        ({"text": "火", "count": 900, "height_m": 20.0}, r"900 points do not fit: \d+ fit at 20 m height"),
        ({"text": "火", "style": "bold"}, "style 'bold'"),
        ({"text": "火", "font": "No Such Font"}, "'No Such Font' is not installed"),
        ({"text": "火" * 300}, "too long"),
        ({"text": "火", "height_m": 1e9}, "more than|too large"),
    ],
)
def test_what_cannot_be_drawn_is_refused(arguments: dict[str, Any], message: str) -> None:
    text = str(arguments.pop("text"))
    with pytest.raises(BadInput, match=message):
        draw_text(text, **arguments)


@settings(max_examples=25, deadline=None)
@given(st.integers(2, 200), st.floats(0.8, 4.0), st.sampled_from(sorted(MOTIFS)), st.booleans())
def test_motifs_hold_any_number_of_points(count: int, spacing_m: float, motif: str, mirrored: bool) -> None:
    drawing = MOTIFS[motif](height_m=None, spacing_m=spacing_m, count=count, mirrored=mirrored)
    assert len(drawing) == count
    assert least(drawing) >= spacing_m


def test_a_mirrored_motif_is_the_mirror_image() -> None:
    one, other = cloud(height_m=20.0), cloud(height_m=20.0, mirrored=True)
    assert one.points.metres * np.array([-1.0, 1.0, 1.0]) == pytest.approx(other.points.metres, abs=0.002)
    assert_sound(ridge(height_m=30.0, spacing_m=1.5), 1.5)


def test_the_shipped_font_holds_what_the_program_and_the_shows_write() -> None:
    font = open_font()
    words = "云起河湾四时凤鸣百面千灯天空剧院福龙凤火花山浏阳无人机烟花点火导出检查队形航段，。：；（）！？《》“”…·—"
    assert [c for c in words if not font.has(c)] == []
    hanzi = [bytes([row, cell]).decode("gb2312") for row in range(0xB0, 0xD7) for cell in range(0xA1, 0xFA)]
    assert [c for c in hanzi if not font.has(c)] == []


def test_a_drawing_as_csv_reads_back() -> None:
    drawing = draw_text("山", height_m=30.0, spacing_m=2.0)
    back = draw_csv(as_csv(drawing))
    assert back.points == drawing.points
    data = as_json(drawing)
    assert data["count"] == len(data["points"]) == len(drawing)
