"""Drones taken out of a fleet keep their paths and light."""

import numpy as np
import pytest
from showeditor.export.assembly import Key, Keys, some
from showeditor.export.lights import light_of
from showeditor.export.paths import farthest

from plans_by_hand import small_swarm


@pytest.mark.parametrize("rows", [[], [3], [4, 0, 2], [0, 1, 2, 3, 4]])
def test_some_drones_are_what_they_were(rows):
    drones = small_swarm().drones
    few = some(drones, rows)
    assert few.name == tuple(drones.name[i] for i in rows)
    assert farthest(drones, few, [(i, k) for k, i in enumerate(rows)], 1e-9).distance_m == 0.0
    for k, i in enumerate(rows):
        assert np.array_equal(few.home_m[k], drones.home_m[i])
        assert np.array_equal(light_of(few, k, True).colour, light_of(drones, i, True).colour)
        assert np.array_equal(light_of(few, k, True).t_us, light_of(drones, i, True).t_us)


def test_keys_as_columns():
    keys = Keys.of([Key(0, (1, 2, 3, 4)), Key(5, (255, 0, 0, 9), True)])
    assert len(keys) == 2
    assert keys.rgbw.tolist() == [[1, 2, 3, 4], [255, 0, 0, 9]]
    assert keys.fade.tolist() == [False, True]
    assert Keys.of([]).rgbw.shape == (0, 4)
