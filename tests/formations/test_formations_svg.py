"""SVG drawings: shapes, transforms, colours, and everything hostile that a file can hold."""

import itertools

import numpy as np
import pytest
from showeditor.formations.drawing import Drawing
from showeditor.formations.svg import draw_svg, svg_sketch
from showeditor.model.arrays import Floats
from showeditor.model.errors import BadFile, BadInput


def svg(body: str, head: str = "") -> str:
    return f'{head}<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">{body}</svg>'


def least(drawing: Drawing) -> float:
    return min(float(np.linalg.norm(a - b)) for a, b in itertools.combinations(drawing.points.metres, 2))


def box(body: str) -> tuple[float, float, float, float]:
    return svg_sketch(svg(body)).box


def radius(line: Floats, x: float, y: float) -> Floats:
    found: Floats = np.hypot(line[:, 0] - x, line[:, 1] + y)
    return found


def test_strokes_and_fills_keep_their_colours_and_the_spacing() -> None:
    drawing = draw_svg(
        svg(
            '<g stroke="#ff0000" fill="none"><path d="M0,0 L50,50"/><circle cx="70" cy="30" r="20"/></g>'
            '<rect x="10" y="60" width="30" height="30" fill="rgb(0,128,255)"/>'
            '<path d="M60,60 h30 v30 z" style="stroke:black"/>'
        ),
        height_m=40.0,
        spacing_m=1.5,
    )
    assert set(drawing.colours) == {(255, 0, 0), (0, 128, 255), (255, 255, 255)}
    assert least(drawing) >= 1.5
    z = drawing.points.metres[:, 2]
    assert z.max() - z.min() == pytest.approx(40.0, abs=0.1)
    red = drawing.points.metres[[c == (255, 0, 0) for c in drawing.colours]]
    assert red[:, 2].mean() > 0, "y down becomes z up"


def test_an_exact_count() -> None:
    drawing = draw_svg(svg('<circle cx="50" cy="50" r="40" fill="none" stroke="white"/>'), count=60, height_m=None)
    assert len(drawing) == 60
    assert 2.0 <= least(drawing) < 2.003
    reach = np.linalg.norm(drawing.points.metres, axis=1)
    assert reach.max() - reach.min() < 0.02


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<rect x="10" y="20" width="30" height="40"/>', (10, -60, 40, -20)),
        ('<rect x="10" y="20" width="30" height="40" rx="5"/>', (10, -60, 40, -20)),
        ('<ellipse cx="50" cy="50" rx="20" ry="10"/>', (30, -60, 70, -40)),
        ('<line x1="1" y1="2" x2="3" y2="9"/>', (1, -9, 3, -2)),
        ('<polygon points="0,0 10,0 10,5"/>', (0, -5, 10, 0)),
        ('<polyline points="0 0 10 0 10 5"/>', (0, -5, 10, 0)),
        ('<path d="M10 10 q 10 -20 20 0 t 20 0"/>', (10, -20, 50, 0)),
        ('<g transform="translate(5,6) scale(2)"><path d="M0,0 h10 v10"/></g>', (5, -26, 25, -6)),
        ('<path transform="rotate(90)" d="M0,0 h10 v4"/>', (-4, -10, 0, 0)),
        ('<path transform="rotate(90, 10, 0)" d="M0,0 h10 v4"/>', (6, 0, 10, 10)),
        ('<path transform="matrix(1 0 0 -1 0 0)" d="M0,0 h10 v4"/>', (0, 0, 10, 4)),
        ('<path transform="skewX(45)" d="M0,0 v10 h1"/>', (0, -10, 11, 0)),
        ('<defs><path id="a" d="M0,0 h10 v4"/></defs><use href="#a" x="100" y="1"/>', (100, -5, 110, -1)),
        ('<symbol id="a"><path d="M0,0 h10 v4"/></symbol><use href="#a"/>', (0, -4, 10, 0)),
    ],
)
def test_shapes_and_transforms(body: str, expected: tuple[float, float, float, float]) -> None:
    assert box(body) == pytest.approx(expected, abs=0.02)


def test_an_arc_is_round() -> None:
    sketch = svg_sketch(svg('<path d="M30,50 A20,20 0 0 1 70,50" stroke="red" fill="none"/>'))
    assert radius(sketch.strokes[0].line, 50, 50) == pytest.approx(20.0, abs=0.02)
    assert not sketch.strokes[0].closed


def test_style_sheets_classes_and_inheritance() -> None:
    body = (
        "<style>.a, .b { stroke: #00ff00; fill: none } #c { stroke: gold }</style>"
        '<path class="a" d="M0,0 h10"/><path class="b" id="c" d="M0,5 h10"/>'
        '<g display="none"><path d="M0,0 v99"/></g><path style="visibility:hidden" d="M0,0 v99"/>'
    )
    sketch = svg_sketch(svg(body))
    assert [s.colour for s in sketch.strokes] == [(0, 255, 0), (255, 215, 0)]


def test_a_hole_stays_empty() -> None:
    ring = '<path fill="red" fill-rule="evenodd" d="M0,0 h40 v40 h-40 z M10,10 h20 v20 h-20 z"/>'
    points = draw_svg(svg(ring), height_m=40.0, spacing_m=1.5).points.metres
    assert len(points) > 300
    inside = (np.abs(points[:, 0]) < 9.5) & (np.abs(points[:, 2]) < 9.5)
    assert not inside.any()


def test_a_plain_document_type_is_harmless() -> None:
    head = '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/g/svg11.dtd">'
    assert len(svg_sketch(svg('<path d="M0,0 h9"/>', head)).strokes) == 1


BOMB = '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
USE_BOMB = '<g id="a0"><path d="M0,0 h1"/></g>' + "".join(
    f'<g id="a{k}">' + f'<use href="#a{k - 1}"/>' * 20 + "</g>" for k in range(1, 9)
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not well-formed"),
        ("<svg><path", "line 1"),
        ("<html/>", "<html>: expected an <svg>"),
        (svg(""), "shows nothing"),
        (svg("<desc>&b;</desc>", BOMB), "entities are refused"),
        (svg(USE_BOMB), "more than 20000 elements"),
        (svg("<script>alert(1)</script>"), "scripts are refused"),
        (svg('<path onload="x()" d="M0,0 h9"/>'), "scripts are refused"),
        (svg('<image href="http://a/b.png"/>'), "pictures are refused"),
        (svg('<use href="http://a/b.svg#c"/>'), "outside references are refused"),
        (svg('<use href="#nowhere"/>'), "'#nowhere', which is not in the drawing"),
        (svg('<g id="me"><use href="#me"/></g>'), "nested too deeply"),
        (svg("<style>@import 'http://a'</style>"), "outside references"),
        (svg('<path id="p1" d="M0,0 L banana"/>'), r'<path id="p1">|shows nothing'),
        (svg('<path d="5 5 5"/>'), "path data cannot be read"),
        (svg('<path d="M0,0 L1e999,5"/>'), "no places|cannot be read"),
        (svg('<circle cx="a" r="5"/>'), "cx is 'a'"),
        (svg('<polygon points="1 2 3"/>'), "count is odd"),
        (svg('<path transform="wobble(3)" d="M0,0 h9"/>'), "wobble"),
        (svg('<text x="1">hi</text>'), "convert them to paths"),
        ("x" * 5_000_001, "larger than 5 MB"),
    ],
)
def test_hostile_and_broken_files_are_refused_with_the_place(text: str, message: str) -> None:
    with pytest.raises(BadFile, match=message) as caught:
        draw_svg(text, file="bad.svg")
    assert str(caught.value).startswith("bad.svg")


def test_a_huge_drawing_is_refused() -> None:
    with pytest.raises(BadInput, match=r"more than 100000 points|too large"):
        draw_svg(svg('<rect width="100" height="100" fill="red"/>'), height_m=5000.0, spacing_m=1.0)


@pytest.mark.parametrize("spacing_m", [0.9, 1.5, 2.0, 2.037])
def test_a_filled_square_is_packed_hexagonally(spacing_m: float) -> None:
    drawing = draw_svg(svg('<rect width="90" height="90" fill="red"/>'), height_m=45.0, spacing_m=spacing_m)
    ideal = 45.0**2 / (spacing_m**2 * np.sqrt(0.75))
    assert 0.93 * ideal < len(drawing) < 1.15 * ideal
    assert drawing.spacing_m >= spacing_m
