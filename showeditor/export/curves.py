"""Bernstein pieces cut, raised and measured, many at a time; the common ground of drone formats and the gate."""

from functools import cache
from math import comb

import numpy as np

from showeditor.model.arrays import Floats, Longs
from showeditor.model.plan import Drones

DEGREE = 7


@cache
def raising(low: int, high: int) -> Floats:
    """The matrix (high + 1, low + 1) that raises Bernstein coefficients from degree `low` to degree `high`."""
    matrix = np.zeros((high + 1, low + 1))
    for i in range(high + 1):
        for j in range(max(0, i - high + low), min(low, i) + 1):
            matrix[i, j] = comb(low, j) * comb(high - low, i - j) / comb(high, i)
    matrix.flags.writeable = False
    return matrix


def raised(ctrl: Floats, degree: int) -> Floats:
    """Control points (m, n + 1, 3) or (n + 1, 3) raised to `degree`."""
    low = ctrl.shape[-2] - 1
    if low == degree:
        return ctrl
    out: Floats = np.einsum("ij,...jk->...ik", raising(low, degree), ctrl)
    # the ends are exact: a sum over zero weights could turn them by a last bit
    out[..., 0, :] = ctrl[..., 0, :]
    out[..., -1, :] = ctrl[..., -1, :]
    return out


def degrees(drones: Drones) -> Longs:
    """The degree of every piece, (pieces,)."""
    return np.diff(drones.ctrl_start) - 1


def all_raised(drones: Drones) -> Floats:
    """Every piece of all drones as degree 7, (pieces, 8, 3)."""
    degree = degrees(drones)
    out = np.empty((len(degree), DEGREE + 1, 3))
    for d in np.unique(degree):
        rows = np.nonzero(degree == d)[0]
        index = drones.ctrl_start[rows][:, None] + np.arange(d + 1)
        points = drones.ctrl[index]
        if d == DEGREE:
            out[rows] = points
            continue
        # term by term in a fixed order: a sum of products would differ in its last bits from processor to processor
        weights = raising(int(d), DEGREE)
        for i in range(1, DEGREE):
            total = np.zeros((len(rows), 3))
            for j in np.nonzero(weights[i])[0]:
                total += weights[i, j] * points[:, j]
            out[rows, i] = total
        out[rows, 0], out[rows, DEGREE] = points[:, 0], points[:, d]
    return out


def cut(ctrl: Floats, u0: Floats, u1: Floats) -> Floats:
    """Control points (m, n, 3) of the same curves over [u0, u1] (each (m,)), by blossoming.

    Ends outside [0, 1] carry the polynomial on. Source: Farin, Curves and Surfaces for CAGD, section on blossoms.
    """
    count = ctrl.shape[1]
    out = np.empty_like(ctrl)
    a, b = u0[:, None, None], u1[:, None, None]
    work = ctrl
    for j in range(count):
        # `work` has seen u0 j times; the rest of the arguments are u1
        rest = work
        for _ in range(count - 1 - j):
            rest = rest[:, :-1] + (rest[:, 1:] - rest[:, :-1]) * b
        out[:, count - 1 - j] = rest[:, 0]
        if j < count - 1:
            work = work[:, :-1] + (work[:, 1:] - work[:, :-1]) * a
    return out


def halved(ctrl: Floats) -> tuple[Floats, Floats]:
    """Both halves of curves (m, n, 3) by de Casteljau at 1/2."""
    count = ctrl.shape[1]
    left, right = np.empty_like(ctrl), np.empty_like(ctrl)
    work = ctrl
    for j in range(count):
        left[:, j] = work[:, 0]
        right[:, count - 1 - j] = work[:, -1]
        work = (work[:, :-1] + work[:, 1:]) * 0.5
    return left, right


def over(drones: Drones, whole: Floats, drone: Longs, a_us: Longs, b_us: Longs) -> Floats:
    """The paths of `drone` (m,) over [a_us, b_us] as degree 7, (m, 8, 3); no interval may straddle a knot.

    `whole` is `all_raised(drones)`. Outside its pieces a drone stands at the nearer end.
    """
    first, last = drones.piece_start[drone], drones.piece_start[drone + 1]
    has = last > first
    out = np.repeat(drones.home_m[drone][:, None, :], DEGREE + 1, axis=1)
    if not has.any():
        return out
    m = np.nonzero(has)[0]
    piece = _piece_of(drones, drone[m], a_us[m], b_us[m])
    t0, t1 = drones.piece_t0_us[piece], drones.piece_t1_us[piece]
    span = np.maximum(t1 - t0, 1).astype(np.float64)
    early, late = b_us[m] <= t0, a_us[m] >= t1
    u0, u1 = (a_us[m] - t0) / span, (b_us[m] - t0) / span
    u0 = np.where(early, 0.0, np.where(late, 1.0, u0))
    u1 = np.where(early, 0.0, np.where(late, 1.0, u1))
    out[m] = cut(whole[piece], u0, u1)
    return out


def _piece_of(drones: Drones, drone: Longs, a_us: Longs, b_us: Longs) -> Longs:
    # one search for all drones: times shifted so that each drone's pieces follow the ones of the drone before
    t1 = drones.piece_t1_us
    owner = np.repeat(np.arange(len(drones)), np.diff(drones.piece_start))
    low = int(min(t1.min(initial=0), a_us.min(initial=0)))
    width = int(max(t1.max(initial=0), b_us.max(initial=0))) - low + 2
    keys = owner * width + (t1 - low)
    wanted = np.searchsorted(keys, drone * width + (a_us - low), side="right")
    return np.clip(wanted, drones.piece_start[drone], drones.piece_start[drone + 1] - 1)


def moving(drones: Drones, slack_m: float = 1e-6) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which pieces leave their own first point by more than `slack_m`, (pieces,)."""
    if len(drones.piece_t0_us) == 0:
        return np.zeros(0, dtype=np.bool_)
    owner = np.repeat(np.arange(len(drones.piece_t0_us)), np.diff(drones.ctrl_start))
    away = np.abs(drones.ctrl - drones.ctrl[drones.ctrl_start[:-1]][owner]).max(axis=1)
    return np.asarray(np.maximum.reduceat(away, drones.ctrl_start[:-1]) > slack_m)
