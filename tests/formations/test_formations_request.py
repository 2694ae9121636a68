"""Requests for formations: every source, and drawings within a number of drones."""

from dataclasses import replace

import numpy as np
import pytest
from showeditor.formations.budget import draw_within
from showeditor.formations.legibility import Legibility, seen_from
from showeditor.formations.motifs import MOTIFS, motif_sketch
from showeditor.formations.request import STYLES, Request, drawn, opened
from showeditor.formations.sketch import Sketch, Stroke
from showeditor.model.errors import BadFile, BadInput

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg"><g><path d="M0,0 L100,0 L100,60" stroke="#ff8800" fill="none"/></g>'
    b'<g><rect x="20" y="70" width="60" height="20" fill="#0088ff"/></g>'
    b'<path d="M20,35 L60,35" stroke="#ffffff"/></svg>'
)
OBJ = b"v 0 0 0\nv 10 0 0\nv 0 20 0\nv 0 0 10\nf 1 2 3\nf 1 3 4\n"


def test_every_kind_of_file_is_opened_by_its_name() -> None:
    assert opened("a.svg", SVG).kind == "svg"
    assert opened("a.obj", OBJ).kind == "mesh"
    assert opened("a.csv", "Name,x_m,y_m,z_m\n一,1,2,3\n".encode("gb18030")).kind == "points"
    with pytest.raises(BadFile, match=r"a\.doc"):
        opened("a.doc", b"")


@pytest.mark.parametrize("name", sorted(MOTIFS))
def test_a_motif_as_sketch_is_the_motif(name: str) -> None:
    sketch = motif_sketch(name)
    mirrored = motif_sketch(name, mirrored=True)
    assert np.allclose(mirrored.strokes[0].line, sketch.strokes[0].line * (-1.0, 1.0))
    made = drawn(Request("motif", name, height_m=60.0, spacing_m=2.0)).drawing
    assert made.spacing_m >= 2.0
    assert len(made) == len(made.path)


def test_unknown_motif() -> None:
    with pytest.raises(BadInput, match="unicorn"):
        drawn(Request("motif", "unicorn"))


def test_colours_of_strokes_and_fills_are_kept_and_outlines_replace_areas() -> None:
    request = opened("a.svg", SVG)
    full = drawn(request).drawing
    assert {(255, 136, 0), (0, 136, 255), (255, 255, 255)} == set(full.colours)
    rim = drawn(replace(request, style="outline")).drawing
    assert len(rim) < len(full)
    assert (0, 136, 255) in rim.colours


def test_details_go_before_the_drawing_gets_coarser() -> None:
    sketch = motif_sketch("phoenix")
    every = drawn(Request("motif", "phoenix", height_m=80.0, spacing_m=2.0))
    need = len(every.drawing)
    some = drawn(Request("motif", "phoenix", height_m=80.0, spacing_m=2.0, most=need - 40))
    assert need - 100 < len(some.drawing) <= need - 40
    assert some.left_out > 0
    assert not some.widened
    assert some.drawing.spacing_m >= 2.0
    few = drawn(Request("motif", "phoenix", height_m=80.0, spacing_m=2.0, most=60))
    assert len(few.drawing) == 60
    assert few.widened
    assert few.left_out >= sum(s.detail > 0 for s in sketch.strokes)
    assert few.drawing.spacing_m > 2.0


def test_the_finest_details_go_first() -> None:
    long = np.array([[0.0, 0.0], [100.0, 0.0]])
    strokes = tuple(
        Stroke(long * 0.5 + (0.0, 10.0 * k), colour=(k, 0, 0), detail=d) for k, d in enumerate((0, 50, 400, 90))
    )
    made = draw_within(Sketch(strokes), 80, height_m=30.0, spacing_m=2.0, unit_m=30.0)
    assert made.left_out == 1
    assert {c[0] for c in made.drawing.colours} == {0, 1, 3}


def test_a_text_keeps_its_strokes() -> None:
    made = drawn(Request("text", "龙", height_m=40.0, spacing_m=1.0, most=60))
    assert len(made.drawing) == 60
    assert made.left_out == 0
    assert made.widened


def test_a_mesh_gets_wider_apart() -> None:
    request = replace(opened("a.obj", OBJ), height_m=20.0, spacing_m=1.0, style=STYLES["mesh"][0])
    need = len(drawn(request).drawing)
    made = drawn(replace(request, most=need // 2))
    assert len(made.drawing) == need // 2
    assert made.drawing.spacing_m > 1.0


def test_a_list_of_points_is_never_thinned() -> None:
    request = opened("a.csv", b"Name,x_m,y_m,z_m\na,0,0,0\nb,1,0,0\nc,2,0,0\n")
    with pytest.raises(BadInput, match="3 points"):
        drawn(replace(request, most=2))
    with pytest.raises(BadInput, match="not 4"):
        drawn(replace(request, count=4))


def test_legibility_is_geometry() -> None:
    places = np.array([[-20.0, 200.0, 30.0], [20.0, 200.0, 70.0]])
    seen = seen_from((0.0, 0.0, 0.0), places, np.array([0.0, 1.0, 0.0]), 2.0, 40.0)
    assert seen.distance_m == pytest.approx(np.hypot(200.0, 50.0))
    assert seen.width_share == pytest.approx(200.0 / np.hypot(200.0, 50.0))
    assert seen.height_deg == pytest.approx(
        np.degrees(np.arctan2(70, np.hypot(200, 20)) - np.arctan2(30, np.hypot(200, 20)))
    )
    assert seen.spacing_arcmin == pytest.approx(32.4, abs=0.1)
    assert (seen.detail, seen.verdict) == (20.0, "simple")
    aside = seen_from((200.0, 190.0, 50.0), places, np.array([0.0, 1.0, 0.0]), 2.0, 40.0)
    assert aside.verdict == "aside"


@pytest.mark.parametrize(
    ("seen", "verdict"),
    [
        (Legibility(300.0, 8.0, 20.0, 0.9, 31.0), "reads"),
        (Legibility(300.0, 8.0, 20.0, 0.9, 25.0), "simple"),
        (Legibility(300.0, 8.0, 20.0, 0.9, 12.0), "coarse"),
        (Legibility(9000.0, 0.3, 0.7, 0.9, 31.0), "merged"),
        (Legibility(300.0, 8.0, 20.0, 0.3, 31.0), "aside"),
    ],
)
def test_verdicts(seen: Legibility, verdict: str) -> None:
    assert seen.verdict == verdict
