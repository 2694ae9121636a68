"""Places of single drones at single moments."""

import numpy as np

from showeditor.kernels.jit import Floats, Longs, f8_2, i8_1, kernel, out_f8_2
from showeditor.kernels.paths import Paths, cursor, place


@kernel(i8_1, i8_1, i8_1, i8_1, f8_2, f8_2, i8_1, i8_1, out_f8_2)
def _places(
    piece_start: Longs,
    t0: Longs,
    t1: Longs,
    ctrl_start: Longs,
    ctrl: Floats,
    home: Floats,
    who: Longs,
    when: Longs,
    out: Floats,
) -> None:
    paths = Paths(piece_start, t0, t1, ctrl_start, ctrl, home)
    for k in range(who.shape[0]):
        place(paths, who[k], cursor(paths, who[k], when[k]), when[k], out[k])


def places(paths: Paths, who: Longs, when_us: Longs) -> Floats:
    """The place (k, 3) m of drone who[k] at when_us[k]."""
    out = np.empty((len(who), 3))
    _places(*paths, np.ascontiguousarray(who, np.int64), np.ascontiguousarray(when_us, np.int64), out)
    return out
