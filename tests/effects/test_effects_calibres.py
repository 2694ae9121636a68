import math

import numpy as np
import pytest
from numpy.polynomial import chebyshev
from showeditor.effects.calibres import lit, shell, span_mm, star, trade_mm
from showeditor.effects.reading import read
from showeditor.effects.tables import read_rows, read_table
from showeditor.kernels.ballistics import drag_per_m, rises
from showeditor.model.errors import BadFile, BadInput

TABLES = [("physics", f"{n}.csv") for n in ("shells", "stars", "comets", "mines", "fountains")]
TABLES += [("effects", "colours.csv"), ("effects", "families.csv"), ("controllers", "controllers.csv")]


@pytest.mark.parametrize("parts", TABLES)
def test_every_row_of_every_table_has_a_source_and_a_confidence(parts):
    for row in read_table(*parts):
        assert row["source"].strip()
        assert row["confidence"] in "SCIM"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a,source,confidence\n1,,S\n", "line 2"),
        ("a,source,confidence\n1,book,\n", "line 2"),
        ("a,source,confidence\n1,book,U\n", "line 2"),
        ("a,source,confidence\n1,book\n", "line 2"),
        ("a,source,confidence\n1,book,S,more\n", "line 2"),
        ("a\n1\n", "line 2"),
        ("a,source,confidence\n", "at least one row"),
    ],
)
def test_a_table_that_hides_where_its_numbers_come_from_is_refused(tmp_path, text, place):
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadFile, match=place):
        read_rows(path)


def test_table_values_and_interpolation():
    assert (shell(150.0).height_m, shell(150.0).burst_m, shell(150.0).mass_kg) == (200.0, 160.0, pytest.approx(1.1))
    middle = shell(112.5)
    assert middle.height_m == pytest.approx(147.5)
    assert middle.mass_kg == pytest.approx(1.1 * (112.5 / 150) ** 3, rel=0.01)
    assert lit("comet", 45.0).lit_s == 2.0


@pytest.mark.parametrize("calibre", [10.0, 601.0])
def test_no_calibre_is_guessed_beyond_the_table(calibre):
    with pytest.raises(BadInput, match=f"{calibre:g} mm"):
        shell(calibre)


def test_trade_sizes():
    assert [trade_mm(i) for i in (2, 2.5, 3, 5, 12)] == [50, 63, 75, 125, 300]


def test_star_speeds_agree_with_the_reference_table():
    # safety-and-physics 2.3: initial speed needed for the table's burst diameter
    for calibre, speed in ((75, 37), (100, 58), (150, 89), (300, 151)):
        found = star(float(calibre)).speed_for(shell(float(calibre)).burst_m / 2, star(float(calibre)).life_s)
        assert found == pytest.approx(speed, rel=0.10)


def test_a_star_reaches_the_burst_radius_when_it_burns_out():
    one, life, radius = star(150.0), 2.4, 80.0
    v, x, dt = one.speed_for(radius, life), 0.0, 1e-4
    for _ in range(round(life / dt)):
        middle = v - 0.5 * dt * one.k_per_m * v * v
        x += dt * middle
        v -= dt * one.k_per_m * middle * middle
    assert x == pytest.approx(radius, rel=1e-3)


def test_terminal_speed_of_a_12_mm_star():
    assert star(150.0).terminal_mps == pytest.approx(21.2, abs=0.1)
    assert math.isclose(star(150.0).resized(4.0).terminal_mps, 2 * star(150.0).terminal_mps)


def test_spans():
    assert span_mm("shell") == (20.0, 600.0)
    assert np.isfinite(span_mm("mine")).all()


@pytest.mark.parametrize("text", ["38mm Peony", "600mm Peony", "12mm Comet", "75mm Comet", "20mm Peony", "125mm Mine"])
def test_the_polynomial_of_every_kind_of_flight_stays_on_its_path(text):
    shot = read(text).shots[0]
    k0 = drag_per_m([shot.mass_kg], [shot.diameter_m], [shot.drag])
    muzzle = np.array([[0.5, 0.0, 0.75**0.5]]) * shot.muzzle_mps
    wind = np.array([-8.0, 5.0, 0.0])
    fuse = np.array([shot.rise_us * 1e-6])
    rise, _, _ = rises(muzzle, k0, fuse, wind)
    part = np.linspace(0.01, 1.0, 60)
    # the end of a flight is integrated, not fitted: a shorter fuse gives the true place on the way
    truth = rises(np.repeat(muzzle, 60, axis=0), np.repeat(k0, 60), part * fuse[0], wind)[1]
    fitted = np.stack([chebyshev.chebval(2 * part - 1, rise[0, axis]) for axis in range(3)], axis=1)
    bound = 0.06 if text in ("20mm Peony", "125mm Mine") else 0.02
    assert np.linalg.norm(fitted - truth, axis=1).max() < bound
