"""Pairings grown by shortest augmenting paths from prices that are right for what is paired already.

Dijkstra from an unpaired point over reduced costs |p_i - q_j|^2 + price_j - (what i pays now), all computed when
needed: blocks whose bound lies beyond the reach are not looked at, and it grows only when nothing free was found.
"""

import numpy as np

from showeditor.kernels.blocks import BLOCK, FAR, bounds, lower, scan
from showeditor.kernels.jit import Floats, Longs, f8, f8_2, f8_3, i8, i8_1, kernel, out_f8_2, out_i8_1

_FIRST_REACH = 1.0 / 1024.0
_GROWTH = 4.0
_LEAP = 64.0


@kernel(f8_2, f8_3, f8_2, f8, i8, out_i8_1, out_i8_1)
def begin(p: Floats, q: Floats, box: Floats, same: float, most: int, target: Longs, owner: Longs) -> int:
    """Gives each point its nearest target, at price 0, where nobody has it yet; returns how many got none.

    Gives up when more than `most` did.
    """
    n, blocks = p.shape[0], q.shape[0]
    price, model, bound = np.zeros((blocks, BLOCK)), np.zeros((4, blocks)), np.empty(blocks)
    for k in range(blocks * BLOCK - n):
        price[blocks - 1, BLOCK - 1 - k] = FAR
    work, tree = np.empty(BLOCK), np.empty(16)
    lost = 0
    for i in range(n):
        x, y, z = p[i, 0], p[i, 1], p[i, 2]
        bounds(x, y, z, box, model, bound)
        best = scan(x, y, z, q, price, min(i // BLOCK, blocks - 1), work, tree)
        for b in range(blocks):
            if bound[b] < best:
                low = scan(x, y, z, q, price, b, work, tree)
                best = low if low < best else best
        target[i] = -1
        for b in range(blocks):
            if target[i] < 0 and bound[b] <= best + same:
                scan(x, y, z, q, price, b, work, tree)
                for k in range(min(BLOCK, n - b * BLOCK)):
                    if work[k] <= best + same and owner[b * BLOCK + k] < 0:
                        target[i] = b * BLOCK + k
                        owner[b * BLOCK + k] = i
                        break
        lost += target[i] < 0
        if lost > most:
            break
    return lost


@kernel(f8_2, f8_3, f8_2, out_f8_2, out_f8_2, out_i8_1, out_i8_1, i8_1)
def augment(
    p: Floats, q: Floats, box: Floats, price: Floats, model: Floats, target: Longs, owner: Longs, free: Longs
) -> int:
    """Pairs the points `free` with targets nobody owns, one shortest path each; returns how many targets were settled.

    `price` and `model` (4, blocks) must be right for the pairs there are, and are right for all afterwards.
    """
    n, blocks = p.shape[0], q.shape[0]
    far = np.full((blocks, BLOCK), FAR)
    open_low = np.full(blocks, FAR)
    done = np.zeros((blocks, BLOCK), np.bool_)
    came = np.empty(blocks * BLOCK, np.int64)
    settled = np.empty(n + 1, np.int64)
    touched, is_touched = np.empty(blocks, np.int64), np.zeros(blocks, np.bool_)
    bound, work, tree = np.empty(blocks), np.empty(BLOCK), np.empty(16)
    total = 0
    for s in free:
        x, y, z = p[s, 0], p[s, 1], p[s, 2]
        pays, direct = FAR, FAR
        for b in range(blocks):
            low = scan(x, y, z, q, price, b, work, tree)
            pays = low if low < pays else pays
            for k in range(min(BLOCK, n - b * BLOCK)):
                if work[k] < direct and owner[b * BLOCK + k] < 0:
                    direct = work[k]
        most = (direct - pays) * (1.0 + 1e-9) + 1e-9
        reach = most * _FIRST_REACH
        found = -1
        while found < 0:
            count, touches = 0, 0
            now, who, u = 0.0, s, pays
            while True:
                x, y, z = p[who, 0], p[who, 1], p[who, 2]
                bounds(x, y, z, box, model, bound)
                for b in range(blocks):
                    if bound[b] - u + now > reach:
                        continue
                    if scan(x, y, z, q, price, b, work, tree) - u + now > reach:
                        continue
                    if not is_touched[b]:
                        is_touched[b] = True
                        touched[touches] = b
                        touches += 1
                    for k in range(min(BLOCK, n - b * BLOCK)):
                        v = work[k] - u + now
                        v = v if v > now else now
                        if v < far[b, k] and not done[b, k]:
                            far[b, k] = v
                            came[b * BLOCK + k] = who
                            if v < open_low[b]:
                                open_low[b] = v
                low, chosen = FAR, -1
                for t in range(touches):
                    if open_low[touched[t]] < low:
                        low, chosen = open_low[touched[t]], touched[t]
                if low > reach:
                    break
                place = -1
                rest = FAR
                for k in range(BLOCK):
                    if done[chosen, k]:
                        continue
                    if place < 0 and far[chosen, k] == low:
                        place = k
                    elif far[chosen, k] < rest:
                        rest = far[chosen, k]
                open_low[chosen] = rest
                done[chosen, place] = True
                j = chosen * BLOCK + place
                settled[count] = j
                count += 1
                now = low
                who = owner[j]
                if who < 0:
                    found = j
                    break
                dx, dy, dz = (
                    p[who, 0] - q[chosen, 0, place],
                    p[who, 1] - q[chosen, 1, place],
                    p[who, 2] - q[chosen, 2, place],
                )
                u = dx * dx + dy * dy + dz * dz + price[chosen, place]
            total += count
            if found >= 0:
                for t in range(count):
                    b, k = settled[t] // BLOCK, settled[t] % BLOCK
                    price[b, k] += now - far[b, k]
            for t in range(touches):
                b = touched[t]
                is_touched[b] = False
                open_low[b] = FAR
                for k in range(BLOCK):
                    far[b, k] = FAR
                    done[b, k] = False
                if found >= 0:
                    lower(q, price, model, b, min(BLOCK, n - b * BLOCK))
            wider = reach * (_GROWTH if count < n // 16 else _LEAP)
            reach = wider if wider < most else max(most, 2.0 * reach)
        j = found
        while True:
            i = came[j]
            after = target[i]
            owner[j] = i
            target[i] = j
            if i == s:
                break
            j = after
    return total
