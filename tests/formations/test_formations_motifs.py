"""Motifs: titles, exact numbers, details by budget, colours, determinism."""

import numpy as np
import pytest
from showeditor.formations.motifs import MOTIFS, TITLES, Motif, afforded
from showeditor.formations.ornaments import MASKS
from showeditor.formations.source import draw_source
from showeditor.model.errors import BadInput


def test_every_motif_has_names_in_both_languages() -> None:
    assert list(TITLES) == list(MOTIFS)
    assert len({title for both in TITLES.values() for title in both}) == 2 * len(TITLES)
    assert len(MASKS) == 6


@pytest.mark.parametrize("name", sorted(MOTIFS))
def test_a_motif_is_drawn_at_its_height_and_spacing(name: str) -> None:
    drawing = MOTIFS[name](height_m=60.0, spacing_m=1.5)
    points = drawing.points.metres
    far = np.linalg.norm(points[:, None] - points[None], axis=-1) + np.eye(len(points)) * 1e9
    assert far.min() >= 1.5
    # the older two count their height without the outermost tips
    assert np.ptp(points[:, 2]) == pytest.approx(60.0, rel=0.05 if name not in ("cloud", "ridge") else 0.2)
    assert len(drawing.path) == len(points)
    assert drawing == MOTIFS[name](height_m=60.0, spacing_m=1.5)


@pytest.mark.parametrize("name", sorted(set(MOTIFS) - {"cloud", "ridge"}))
def test_details_come_with_the_budget(name: str) -> None:
    motif = MOTIFS[name]
    assert isinstance(motif, Motif)
    budgets = (20, 80, 200, 600, 2000)
    counts = [
        len(afforded(motif.sketch, height_m=None, unit_m=1.0, spacing_m=1.0, count=count).strokes) for count in budgets
    ]
    assert counts == sorted(counts)
    assert counts[0] < counts[-1] == len(motif.sketch.strokes)
    for count in budgets:
        drawing = motif(height_m=None, spacing_m=2.0, count=count)
        assert len(drawing) == len(drawing.colours) == count


def test_a_mirrored_phoenix_looks_the_other_way() -> None:
    one, other = (MOTIFS["phoenix"](height_m=50.0, mirrored=mirrored).points.metres for mirrored in (False, True))
    assert np.sort(one[:, 0]) == pytest.approx(np.sort(-other[:, 0]), abs=0.01)


def test_masks_differ_in_colour_only() -> None:
    red, blue = MOTIFS["mask-red"](height_m=None, count=400), MOTIFS["mask-blue"](height_m=None, count=400)
    assert red.colours != blue.colours
    assert len(red) == len(blue) == 400


def test_motifs_are_sources() -> None:
    assert len(draw_source("motif:lotus", count=150)) == 150
    with pytest.raises(BadInput, match="known are cloud, dragon"):
        draw_source("motif:unicorn")
    with pytest.raises(BadInput, match="height must be greater"):
        draw_source("motif:lotus", height_m=-1.0)
