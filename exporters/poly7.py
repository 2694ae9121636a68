"""Crazyswarm poly7 CSV: one table of degree-7 polynomials per drone, out and in; nothing is resampled.

Source: uav_trajectory of Crazyswarm2, as laid down in the project's format notes (3.5). A row is a duration and the
coefficients of x, y, z and yaw in powers 0 to 7 of the seconds since the row began; metres and radians, yaw
counter-clockwise from X; a drone rests before and after. Bernstein pieces of degree 7 and such rows are the same
polynomials, so the change is exact up to the last bits of the printed numbers. Frame: X forward is the venue's x
(east), Y left its y (north), Z up. Light is not in the format, nor is the time at which the first row begins: every
table begins at show zero with a row of rest.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import comb

import numpy as np

from exporters.content import BIGGEST, text_of
from exporters.headings import heading_at
from exporters.samples import refuse_early
from showeditor.export.assembly import Path, drones_of, end_of
from showeditor.export.curves import DEGREE, all_raised, over
from showeditor.export.format import Carried, Files, Resolution, Status
from showeditor.export.names import safe_member
from showeditor.export.payload import heading_of, turning
from showeditor.model.arrays import Floats, Longs
from showeditor.model.errors import BadFile, Unfit
from showeditor.model.finding import Finding
from showeditor.model.plan import Drones, Plan

COLUMNS = ["duration", *(f"{axis}^{k}" for axis in ("x", "y", "z", "yaw") for k in range(DEGREE + 1))]
HEAD = ",".join(COLUMNS)
MOST_ROWS = 100_000
PATH_M = 1e-5
NORTH_DEG = 90.0
TURN_STEPS = 20
_ID = "poly7"
_FLAT_M = 1e-9


@cache
def powers_of_bernstein() -> Floats:
    """The matrix (8, 8) that turns Bernstein coefficients over [0, 1] into those of powers.

    c_k = sum over i <= k of (-1)^(k-i) C(7, k) C(k, i) b_i (Farin, Curves and Surfaces for CAGD, 5.8).
    """
    out = np.zeros((DEGREE + 1, DEGREE + 1))
    for k in range(DEGREE + 1):
        for i in range(k + 1):
            out[k, i] = (-1) ** (k - i) * comb(DEGREE, k) * comb(k, i)
    out.flags.writeable = False
    return out


@cache
def bernstein_of_powers() -> Floats:
    """The inverse of `powers_of_bernstein`: b_i = sum over k <= i of C(i, k) / C(7, k) c_k."""
    out = np.zeros((DEGREE + 1, DEGREE + 1))
    for i in range(DEGREE + 1):
        for k in range(i + 1):
            out[i, k] = comb(i, k) / comb(DEGREE, k)
    out.flags.writeable = False
    return out


@dataclass(frozen=True)
class Poly7:
    """The format `poly7`: `DRONE.csv` for every drone."""

    id: str = _ID
    title: str = "Crazyswarm poly7 CSV, one per drone"
    title_zh: str = "Crazyswarm poly7 CSV，每机一个"
    status: Status = "proven"
    reads: bool = True
    writes: bool = True

    @property
    def limits(self) -> Mapping[str, int | float | str]:
        """Columns, degree and what 4 kB of a Crazyflie hold."""
        return {"columns": len(COLUMNS), "max_degree": DEGREE, "crazyflie_pieces": 31, "step_m": PATH_M}

    def carried(self, plan: Plan) -> Carried:
        """All drones and their headings."""
        return Carried((), tuple(range(len(plan.drones))), (), turning(plan.drones))

    def resolution(self, plan: Plan) -> Resolution:
        """Only the last bits of numbers; light does not travel, which compares as any light will do."""
        return Resolution(1000, PATH_M, 1e-3, 1e-2, 0, 255, yaw_deg=1e-3)

    def remarks(self, plan: Plan) -> tuple[Finding, ...]:
        """That there is no light in the tables; paths too long for a Crazyflie's memory."""
        out: list[Finding] = []
        if len(plan.drones.key_t_us):
            out.append(
                Finding("FORMAT-NO-LIGHT", "note", f"{_ID}: the format holds no light", f"{_ID}：此格式不含灯光")
            )
        most = int(np.diff(plan.drones.piece_start).max(initial=0)) + 1
        if most > 31:
            out.append(
                Finding(
                    "POLY7-MEMORY",
                    "note",
                    f"{_ID}: up to {most} pieces a drone; the memory of a Crazyflie holds 31 at a time",
                    f"{_ID}：单机最多 {most} 段；Crazyflie 内存一次只能容纳 31 段",
                    measured=float(most),
                    limit=31.0,
                )
            )
        return tuple(out)

    def write(self, plan: Plan) -> dict[str, bytes]:
        """`NAME.csv` for every drone; raises Unfit naming the drone."""
        drones = plan.drones
        refuse_early(self.id, drones)
        whole = all_raised(drones)
        out: dict[str, bytes] = {}
        taken: set[str] = set()
        turns = set(turning(drones))
        for i, name in enumerate(drones.name):
            if "/" in name or not safe_member(f"{name}.csv"):
                raise Unfit(self.id, f"drone {name!r}", "its name cannot be the name of a file")
            if name.casefold() in taken:
                raise Unfit(self.id, f"drone {name!r}", "its file name is also that of another drone")
            taken.add(name.casefold())
            knots = _knots(drones, i)
            ways = over(drones, whole, np.full(len(knots) - 1, i), knots[:-1], knots[1:])
            yaw = np.radians(NORTH_DEG - heading_at(drones, i, knots)) if i in turns else np.zeros(len(knots))
            lines = [HEAD]
            for k, way in enumerate(ways):
                lines.append(_line(int(knots[k + 1] - knots[k]), way, float(yaw[k]), float(yaw[k + 1])))
            out[f"{name}.csv"] = "\n".join([*lines, ""]).encode("ascii")
        return out

    def read(self, files: Files, name: str) -> Plan:
        """The drones of a set, each named after its file; raises BadFile with the file and line."""
        if not files:
            raise BadFile(name, "", "at least one .csv file was expected")
        paths = [_path(files[file], file) for file in sorted(files, key=lambda f: (len(f), f))]
        try:
            drones = drones_of(paths)
        except ValueError as error:
            raise BadFile(name, "", str(error)) from error
        return Plan(title=name, duration_us=max(1, end_of(drones)), drones=drones)

    def recognises(self, name: str, head: bytes) -> bool:
        """Whether it is a table that begins with the columns of this format."""
        first = head.lstrip(b"\xef\xbb\xbf").split(b"\n")[0].lower().replace(b" ", b"")
        return first.startswith((b"duration,x^0,", b"#duration,x^0,"))


def _knots(drones: Drones, i: int) -> Longs:
    """The moments at which a row begins or ends: show zero, the ends of pieces, and heading keys between them."""
    rows = slice(int(drones.piece_start[i]), int(drones.piece_start[i + 1]))
    t, _ = heading_of(drones, i)
    knots = np.unique(np.concatenate([[0], drones.piece_t0_us[rows], drones.piece_t1_us[rows], t[t > 0]]))
    return knots if len(knots) > 1 else np.array([0, 1_000_000])


def _line(span_us: int, bernstein: Floats, yaw_0: float = 0.0, yaw_1: float = 0.0) -> str:
    span = span_us * 1e-6
    middle = bernstein - bernstein[0]
    # powers of the move from the first place, so that large coordinates cost no digits
    middle = np.where(np.abs(middle) < _FLAT_M, 0.0, middle)
    powers = np.zeros_like(middle)
    scale = 1.0
    # term by term in a fixed order, so that the last digits are the same on every processor
    for k, weights in enumerate(powers_of_bernstein().tolist()):
        for i, weight in enumerate(weights[: k + 1]):
            powers[k] += weight * middle[i]
        powers[k] /= scale
        scale *= span
    powers[0] = bernstein[0]
    cells = [repr(float(v)) for v in (powers.T + 0.0).ravel()]
    turn = [repr(yaw_0), repr((yaw_1 - yaw_0) / span)]
    return ",".join([repr(span_us / 1e6), *cells, *turn, *["0.0"] * (DEGREE - 1)])


def _path(data: bytes, file: str) -> Path:
    if len(data) > BIGGEST:
        raise BadFile(file, "", f"a file of at most {BIGGEST // 1_000_000} MB was expected")
    lines = text_of(data, file).replace("\r\n", "\n").split("\n")
    if lines[-1] != "":
        raise BadFile(file, f"line {len(lines)}", "a whole last line was expected, the file breaks off")
    lines.pop()
    if not lines or not lines[0].lower().replace(" ", "").lstrip("#").startswith("duration,x^0,"):
        raise BadFile(file, "line 1", "a header that begins with duration,x^0 was expected")
    if not 2 <= len(lines) <= MOST_ROWS:
        raise BadFile(file, "", f"one to {MOST_ROWS} rows were expected, found {len(lines) - 1}")
    rows: list[list[float]] = []
    for number, line in enumerate(lines[1:], 2):
        cells = line.rstrip(",").split(",")
        try:
            if len(cells) != len(COLUMNS) or max(map(len, cells)) > 40:
                raise ValueError
            rows.append([float(c) for c in cells])
        except ValueError as error:
            expected = f"{len(COLUMNS)} numbers were expected, found {line!r:.60}"
            raise BadFile(file, f"line {number}", expected) from error
    table = np.array(rows)
    if not (np.abs(table) < 1e12).all():  # also catches what is not a number
        raise BadFile(file, "", "finite numbers were expected")
    end_us = np.floor(np.cumsum(table[:, 0]) * 1e6 + 0.5)
    if not (np.diff(np.concatenate([[0.0], end_us])) > 0).all() or end_us[-1] > 1e12:
        raise BadFile(file, "", "durations above zero were expected, 48 hours at most together")
    powers = table[:, 1 : 1 + 3 * (DEGREE + 1)].reshape(-1, 3, DEGREE + 1).transpose(0, 2, 1)
    scaled = powers * table[:, 0, None, None] ** np.arange(DEGREE + 1)[None, :, None]
    if not (np.abs(scaled) < 1e9).all():
        raise BadFile(file, "", "places within 100 km were expected")
    ctrl = np.einsum("ik,mkj->mij", bernstein_of_powers(), scaled)
    own = file.rpartition("/")[2]
    own = own[:-4] if own.lower().endswith(".csv") else own
    path = Path(own, tuple(ctrl[0, 0].tolist()))
    for t, points in zip(end_us.astype(np.int64).tolist(), ctrl, strict=True):
        still = np.abs(points - points[0]).max() < _FLAT_M
        path.add(t, points[:1] if still else points)
    path.yaw = _headings(table, end_us.astype(np.int64), file)
    return path


def _headings(table: Floats, end_us: Longs, file: str) -> list[tuple[int, float]]:
    """Heading keys of the yaw columns: straight turns by their ends, bent ones at TURN_STEPS; none for all zeros."""
    powers = table[:, 1 + 3 * (DEGREE + 1) :]
    if not powers.any():
        return []
    out: list[tuple[int, float]] = []
    start = 0
    for (span, *_), row, end in zip(table.tolist(), powers, end_us.tolist(), strict=True):
        steps = TURN_STEPS if row[2:].any() else 1
        for k in range(0 if not out else 1, steps + 1):
            t = span * k / steps
            deg = NORTH_DEG - float(np.degrees((row * t ** np.arange(DEGREE + 1)).sum()))
            if not abs(deg) < 1e6:
                raise BadFile(file, "", "headings within 1000000 degrees were expected")
            out.append((start + (end - start) * k // steps, deg))
        start = end
    return out


POLY7 = Poly7()
