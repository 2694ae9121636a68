"""The wind's growth with height."""

import numpy as np
import pytest
from showeditor.model.air import growth, wind_at, wind_vector
from showeditor.model.venue import Wind


def test_a_wind_blows_from_where_it_is_said_to_come() -> None:
    assert wind_vector(Wind(5.0, 270.0)) == pytest.approx([5.0, 0.0, 0.0])
    assert wind_vector(Wind(5.0, 0.0)) == pytest.approx([0.0, -5.0, 0.0])


def test_a_uniform_wind_is_the_same_at_all_heights_to_the_bit() -> None:
    wind = Wind(7.0, 123.0)
    assert np.array_equal(wind_at(wind, [0.0, 3.0, 900.0]), np.tile(wind_vector(wind), (3, 1)))


def test_the_law_over_open_country_gives_the_published_growth() -> None:
    # safety-and-physics 1.8: 1.3 to 1.6 times at burst heights with exponent 0.15
    assert growth(Wind(1.0, 0.0, 0.15), [10.0, 60.0, 230.0]) == pytest.approx([1.0, 1.308, 1.600], abs=1e-3)
    assert growth(Wind(1.0, 0.0, 0.15), [-50.0, 0.0, 1.0]) == pytest.approx([0.1**0.15] * 3)


@pytest.mark.parametrize("exponent", [-0.1, 0.7, float("nan")])
def test_impossible_laws_are_refused(exponent: float) -> None:
    with pytest.raises(ValueError, match="exponent of the wind"):
        Wind(1.0, 0.0, exponent)
