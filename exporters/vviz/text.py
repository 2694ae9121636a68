"""The long lists of a VVIZ as JSON text: steps of a drone and colours of its light, written from whole numbers."""

import msgspec
import numpy as np

from showeditor.kernels.decimals import rows_of_text
from showeditor.model.arrays import Bytes, Floats, Longs

_TURN_PLACES = 3


def traversal(steps: Longs, decimals: int, tick_us: int, turns: Floats | None) -> msgspec.Raw:
    """The agentTraversal of steps (n, 3) in units of the last decimal, a tick each; `turns` (n,) are degrees."""
    texts = ['{"dx":', ',"dy":', ',"dz":', f',"dt":{tick_us / 1e6!r}']
    if turns is None:
        return _listed(rows_of_text(steps, [decimals] * 3, [*texts[:3], texts[3] + "},"]))
    units = np.rint(turns * 10**_TURN_PLACES).astype(np.int64)
    table = np.column_stack([steps, units])
    return _listed(rows_of_text(table, [decimals] * 3 + [_TURN_PLACES], [*texts[:3], texts[3] + ',"dh":', "},"]))


def actions(rgb: Bytes, frames: Longs) -> msgspec.Raw:
    """The payloadActions of colours (n, 3) and their frames (n,); no white."""
    table = np.column_stack([rgb.astype(np.int64), frames])
    return _listed(rows_of_text(table, [0] * 4, ['{"r":', ',"g":', ',"b":', ',"w":0,"frames":', "},"]))


def _listed(rows: bytes) -> msgspec.Raw:
    return msgspec.Raw(b"[" + rows[:-1] + b"]")
