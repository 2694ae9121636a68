"""From outlines to pixels, and from pixels to lines one pixel wide."""

import numpy as np

from showeditor.kernels.jit import Floats, Longs, b1, f8_2, kernel, out_i8_2


@kernel(f8_2, b1, out_i8_2)
def _fill(edges: Floats, even_odd: bool, image: Longs) -> None:
    rows, columns = image.shape
    where = np.empty(edges.shape[0])
    turn = np.empty(edges.shape[0], np.int64)
    for r in range(rows):
        y = r + 0.5
        count = 0
        for e in range(edges.shape[0]):
            y0, y1 = edges[e, 1], edges[e, 3]
            if (y0 <= y) != (y1 <= y):
                x = edges[e, 0] + (y - y0) / (y1 - y0) * (edges[e, 2] - edges[e, 0])
                k = count
                while k > 0 and where[k - 1] > x:
                    where[k] = where[k - 1]
                    turn[k] = turn[k - 1]
                    k -= 1
                where[k] = x
                turn[k] = 1 if y1 > y0 else -1
                count += 1
        winding = 0
        for k in range(count - 1):
            winding += turn[k]
            inside = (k % 2 == 0) if even_odd else winding != 0
            if inside:
                first = max(0, int(np.ceil(where[k] - 0.5)))
                last = min(columns, int(np.ceil(where[k + 1] - 0.5)))
                for c in range(first, last):
                    image[r, c] = 1


@kernel(out_i8_2)
def _thin(image: Longs) -> None:
    rows, columns = image.shape
    gone = np.empty((rows * columns, 2), np.int64)
    n = np.empty(10, np.int64)
    changed = True
    while changed:
        changed = False
        for step in range(2):
            count = 0
            for r in range(1, rows - 1):
                for c in range(1, columns - 1):
                    if image[r, c] == 0:
                        continue
                    # clockwise from the upper neighbour, the first again at the end
                    n[0], n[1], n[2] = image[r - 1, c], image[r - 1, c + 1], image[r, c + 1]
                    n[3], n[4], n[5] = image[r + 1, c + 1], image[r + 1, c], image[r + 1, c - 1]
                    n[6], n[7], n[8] = image[r, c - 1], image[r - 1, c - 1], image[r - 1, c]
                    around = 0
                    rises = 0
                    for k in range(8):
                        around += n[k]
                        if n[k] == 0 and n[k + 1] == 1:
                            rises += 1
                    if around < 2 or around > 6 or rises != 1:
                        continue
                    if step == 0:
                        free = n[0] * n[2] * n[4] == 0 and n[2] * n[4] * n[6] == 0
                    else:
                        free = n[0] * n[2] * n[6] == 0 and n[0] * n[4] * n[6] == 0
                    if free:
                        gone[count, 0], gone[count, 1] = r, c
                        count += 1
            for k in range(count):
                image[gone[k, 0], gone[k, 1]] = 0
            changed = changed or count > 0


def filled(contours: list[Floats], rows: int, columns: int, *, even_odd: bool = False) -> Longs:
    """Pixels (rows, columns) whose centres lie inside closed `contours` ((k, 2) x, y in pixels): 1 inside, 0 outside.

    Nonzero winding, or even-odd.
    """
    image = np.zeros((rows, columns), np.int64)
    parts = [np.concatenate([c, np.roll(c, -1, axis=0)], axis=1) for c in contours if len(c) > 2]
    if parts:
        _fill(np.ascontiguousarray(np.concatenate(parts)), even_odd, image)
    return image


def thinned(image: Longs) -> Longs:
    """The skeleton of an image of 0 and 1 (Zhang and Suen 1984); pixels on the border are left as they are."""
    out = image.copy()
    _thin(out)
    return out
