"""Tables of whole numbers as text with a decimal point, as JSON writes them: a fleet's file holds millions of them."""

from collections.abc import Sequence

import numpy as np

from showeditor.kernels.jit import Bytes, Longs, i8_1, i8_2, kernel, out_u1_2, u1_1

_WIDEST = 21
"""Characters of a 64-bit number with its sign and decimal point."""


@kernel(i8_2, i8_1, u1_1, i8_1, out_u1_2)
def _rows(values: Longs, places: Longs, literal: Bytes, literal_start: Longs, out: Bytes) -> int:
    """Fills out[0] and returns how many bytes it wrote; `literal` holds the texts before, between and after columns."""
    text = out[0]
    digit = np.empty(20, np.uint8)
    at = 0
    for i in range(values.shape[0]):
        for k in range(values.shape[1] + 1):
            for b in range(literal_start[k], literal_start[k + 1]):
                text[at] = literal[b]
                at += 1
            if k == values.shape[1]:
                break
            rest = values[i, k]
            if rest < 0:
                text[at] = 45
                at += 1
                rest = -rest
            count = 0
            while rest > 0 or count <= places[k]:
                digit[count] = 48 + rest % 10
                rest //= 10
                count += 1
            last = 0
            while last < places[k] - 1 and digit[last] == 48:  # no zeros at the end, but one digit after the point
                last += 1
            for d in range(count - 1, last - 1, -1):
                text[at] = digit[d]
                at += 1
                if d == places[k] and places[k] > 0:
                    text[at] = 46
                    at += 1
    return at


def rows_of_text(values: Longs, places: Sequence[int], texts: Sequence[str]) -> bytes:
    """One text after the other for the rows of a table (n, k) of whole numbers, in ASCII.

    Column c counts in tenths of a power: 12345 with `places` 4 is written 1.2345, and 0 as 0.0; with 0 places it has no
    point. `texts` (k + 1) stand before, between and after the columns of every row.
    """
    if values.ndim != 2 or len(places) != values.shape[1] or len(texts) != len(places) + 1:
        raise ValueError("a table, a number of decimals for each column and one text more were expected")
    if (values.size and int(np.abs(values).max()) > 10**17) or max(places, default=0) > 18:
        raise ValueError("numbers below 10^17 with at most 18 decimals were expected")
    parts = [text.encode("ascii") for text in texts]
    literal = np.frombuffer(b"".join(parts), dtype=np.uint8)
    starts = np.cumsum([0, *(len(part) for part in parts)], dtype=np.int64)
    room = len(values) * (len(literal) + _WIDEST * len(places))
    out = np.empty((1, room), dtype=np.uint8)
    table = np.ascontiguousarray(values, dtype=np.int64)
    used = _rows(table, np.array(places, dtype=np.int64), literal, starts, out)
    return out[0, :used].tobytes()
