"""Undoing the row filters of PNG (ISO/IEC 15948, section 9)."""

from showeditor.kernels.jit import Bytes, i8, kernel, out_u1_2, u1_2


@kernel(u1_2, i8, out_u1_2)
def unfilter(rows: Bytes, step: int, out: Bytes) -> int:
    """Bytes of an image (height, width x step) from its filtered rows (one more byte in front: the filter).

    Returns the row whose filter is unknown, or -1.
    """
    height, width = out.shape
    for r in range(height):
        kind = rows[r, 0]
        if kind > 4:
            return r
        for c in range(width):
            left = int(out[r, c - step]) if c >= step else 0
            above = int(out[r - 1, c]) if r > 0 else 0
            corner = int(out[r - 1, c - step]) if r > 0 and c >= step else 0
            value = int(rows[r, c + 1])
            if kind == 1:
                value += left
            elif kind == 2:
                value += above
            elif kind == 3:
                value += (left + above) // 2
            elif kind == 4:
                a, b, d = abs(above - corner), abs(left - corner), abs(left + above - 2 * corner)
                value += left if a <= b and a <= d else above if b <= d else corner
            out[r, c] = value & 255
    return -1
