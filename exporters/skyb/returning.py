"""The return plan block of `.skyb`.

Source: libskybrush src/rth_plan/rth_plan.c and include/skybrush/rth_plan.h (commit 99beb12), as laid down in the format
notes (3.2): flags and scale in a byte each, the most acceleration, points of three 16-bit numbers, then entries whose
moments and durations are whole seconds as varuints. Lengths are millimetres times the scale, the acceleration mm/s2.
The block does not hold how fast a drone comes down at its target.
"""

import struct
from collections.abc import Sequence

from exporters.skyb.trajectory import MOST_SCALE
from showeditor.model.returns import Homing, Return
from showeditor.model.venue import Vec3

SECOND_US = 1_000_000
MOST_S = 16_777_216
_PRE, _POST = 2, 1
_CODES = {Homing.LAND: 1, Homing.ABOVE: 2, Homing.STRAIGHT: 3}
_ACTIONS = {code: action for action, code in _CODES.items()}
_MOST_ENTRIES = 65_535


def whole_seconds(us: int, what: str) -> int:
    """These microseconds as seconds; ValueError unless they are whole, not negative and in range."""
    if us % SECOND_US or not 0 <= us < MOST_S * SECOND_US:
        raise ValueError(f"a return plan counts {what} in whole seconds, found {us / SECOND_US:g} s")
    return us // SECOND_US


def return_body(plan: Sequence[Return]) -> bytes:
    """The block of a return plan; ValueError for what it cannot hold."""
    if len(plan) > _MOST_ENTRIES:
        raise ValueError(f"a return plan of {len(plan)} rows; {_MOST_ENTRIES} is the most")
    lengths = [abs(v) for r in plan for v in (*r.target_m, r.arrival_m, r.neck_m)]
    scale = -(-(int(max(lengths, default=0.0) * 1000 + 0.5) + 1) // 32768)
    if scale > MOST_SCALE:
        raise ValueError("its return plan reaches farther than 4,161 m from the origin")
    paces = {round(r.accel_mps2 * 1000) for r in plan if r.action != Homing.LAND}
    if len(paces) > 1 or max(paces, default=0) > 65_535:
        raise ValueError("a return plan holds one acceleration below 65 m/s2 for all its rows")

    def steps(value_m: float) -> int:
        whole = min(32767, int(abs(value_m) * 1000 / scale + 0.5))
        return whole if value_m >= 0 else -whole

    points: dict[Vec3, int] = {}
    entries: list[bytes] = []
    before_s = 0
    for row in plan:
        at_s = whole_seconds(row.t_us, "moments")
        flags = _CODES[row.action] << 4 | (_PRE if row.before_us else 0) | (_POST if row.after_us else 0)
        out = bytes([flags]) + _varuint(at_s - before_s)
        before_s = at_s
        if row.action != Homing.LAND:
            out += _varuint(points.setdefault(row.target_m, len(points)))
            if row.action == Homing.STRAIGHT:
                out += struct.pack("<hh", steps(row.arrival_m), steps(row.neck_m))
                out += _varuint(whole_seconds(row.neck_us, "durations"))
            out += _varuint(whole_seconds(row.way_us, "durations"))
        for wait in (row.before_us, row.after_us):
            if wait:
                out += _varuint(whole_seconds(wait, "durations"))
        entries.append(out)
    table = b"".join(struct.pack("<hhh", *(steps(v) for v in point)) for point in points)
    head = struct.pack("<BBHH", 0, scale, max(paces, default=0), len(points))
    return head + table + struct.pack("<H", len(entries)) + b"".join(entries)


def returns_of_body(body: bytes) -> list[Return]:
    """The rows of a return plan block; raises ValueError naming the byte."""
    if len(body) < 6:
        raise ValueError(f"a return plan of at least 6 bytes was expected, found {len(body)}")
    scale, accel, count = body[1] & 0x7F, *struct.unpack_from("<HH", body, 2)
    table = _Bytes(body, 6, scale / 1000)
    points = [(table.metres(), table.metres(), table.metres()) for _ in range(count)]
    out: list[Return] = []
    t_s = 0
    last = Return(0)
    point: Vec3 = (0.0, 0.0, 0.0)
    for _ in range(table.short()):
        flags = table.byte()
        t_s += table.varuint()
        code = flags >> 4 & 3
        action = last.action if code == 0 else _ACTIONS[code]
        arrival, neck, neck_s = (last.arrival_m, last.neck_m, last.neck_us // SECOND_US) if code == 0 else (0.0, 0.0, 0)
        if code and action != Homing.LAND:
            number = table.varuint()
            if number >= count:
                raise ValueError(f"byte {table.at}: one of {count} points was expected, found number {number}")
            point = points[number]
            if action == Homing.STRAIGHT:
                arrival, neck, neck_s = table.metres(), table.metres(), table.varuint()
        way_s = table.varuint() if action != Homing.LAND else 0
        before_s = table.varuint() if flags & _PRE else 0
        after_s = table.varuint() if flags & _POST else 0
        goes = action != Homing.LAND
        last = Return(
            t_s * SECOND_US,
            action,
            point if goes else (0.0, 0.0, 0.0),
            arrival,
            neck,
            before_s * SECOND_US,
            neck_s * SECOND_US,
            way_s * SECOND_US,
            after_s * SECOND_US,
            accel / 1000 if goes else 0.0,
        )
        out.append(last)
    return out


def _varuint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


class _Bytes:
    """A block read from front to back; every step raises ValueError where the block breaks off."""

    def __init__(self, body: bytes, at: int, step_m: float) -> None:
        self.body, self.at, self.step_m = body, at, step_m

    def _take(self, count: int) -> bytes:
        if self.at + count > len(self.body):
            raise ValueError(f"byte {self.at}: the return plan breaks off")
        self.at += count
        return self.body[self.at - count : self.at]

    def byte(self) -> int:
        return self._take(1)[0]

    def short(self) -> int:
        return int.from_bytes(self._take(2), "little")

    def metres(self) -> float:
        return int.from_bytes(self._take(2), "little", signed=True) * self.step_m

    def varuint(self) -> int:
        value = shift = 0
        while True:
            part = self.byte()
            value |= (part & 127) << shift
            if value >= MOST_S:
                raise ValueError(f"byte {self.at}: a number below {MOST_S} was expected")
            if part < 128:
                return value
            shift += 7
            if shift > 28:
                raise ValueError(f"byte {self.at}: a number of at most 5 bytes was expected")
