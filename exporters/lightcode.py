"""Skybrush light programs: bytecode on a clock of 20 ms frames, written from light keys and run back into them.

Source: libskybrush src/lights/commands and skybrush.js lights.ts, as laid down in the project's format notes (3.3).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from showeditor.export.assembly import Key
from showeditor.model.plan import Drones
from showeditor.model.times import round_half_up

FRAME_US = 20_000
LONGEST_FRAMES = 24 * 3600 * 50
MOST_REPEATED = 1_000_000

_END, _NOP, _SLEEP, _WAIT, _SET, _SET_GRAY, _SET_BLACK, _SET_WHITE = range(8)
_FADE, _FADE_GRAY, _FADE_BLACK, _FADE_WHITE, _LOOP, _LOOP_END, _RESET = range(8, 15)
_SET_CHANNELS, _FADE_CHANNELS, _JUMP, _TRIGGERED_JUMP, _PYRO, _PYRO_ALL = range(0x10, 0x16)

Rgb = tuple[int, int, int]
_BLACK, _WHITE = (0, 0, 0), (255, 255, 255)


def folded(rgbw: Iterable[int]) -> Rgb:
    """Red, green and blue of a colour whose white is added to all three."""
    r, g, b, w = (int(v) for v in rgbw)
    return min(255, r + w), min(255, g + w), min(255, b + w)


@cache
def _varuint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


@dataclass(slots=True)
class _Step:
    frame: int
    rgb: Rgb
    fade: bool


def _on_frames(keys: Iterable[Key]) -> list[_Step]:
    """Keys on whole frames; of steps that share a frame the last one stays."""
    out: list[_Step] = []
    for key in keys:
        frame = round_half_up(max(0, key.t_us), FRAME_US) // FRAME_US
        rgb = folded(key.rgbw)
        if out and out[-1].frame == frame:
            if out[-1].fade:
                out.append(_Step(frame, rgb, False))
            else:
                out[-1] = _Step(frame, rgb, False)
        else:
            out.append(_Step(frame, rgb, key.fade and bool(out)))
    return out


def _coloured(base: int, rgb: Rgb) -> bytes:
    if rgb == _BLACK:
        return bytes([base + 2])
    if rgb == _WHITE:
        return bytes([base + 3])
    if rgb[0] == rgb[1] == rgb[2]:
        return bytes([base + 1, rgb[0]])
    return bytes([base, *rgb])


def program(keys: Iterable[Key]) -> bytes:
    """The bytecode of light keys (times from show zero, ascending); it ends with the end mark."""
    return _coded(_on_frames(keys))


def _coded(steps: Iterable[_Step]) -> bytes:
    # (opcode and arguments, duration in frames); a pause after a colour becomes that colour's duration
    lines: list[tuple[bytes, int]] = []
    at, colour = 0, _BLACK
    for step in steps:
        gap = step.frame - at
        if step.fade:
            lines.append((_coloured(_FADE, step.rgb), gap))
        else:
            if gap and lines and lines[-1][1] == 0:
                lines[-1] = (lines[-1][0], gap)
            elif gap:
                lines.append((bytes([_SLEEP]), gap))
            if step.rgb != colour:
                lines.append((_coloured(_SET, step.rgb), 0))
        at, colour = step.frame, step.rgb
    return b"".join(head + _varuint(frames) for head, frames in lines) + bytes([_END])


def program_of(drones: Drones, i: int) -> bytes:
    """The bytecode of the light of drone `i`, as `program` writes it from keys."""
    rows = slice(int(drones.key_start[i]), int(drones.key_start[i + 1]))
    t_us, rgbw, fade = drones.key_t_us[rows], drones.key_rgbw[rows], drones.key_fade[rows]
    frame = (2 * np.maximum(t_us, 0) + FRAME_US) // (2 * FRAME_US)
    if (np.diff(frame) <= 0).any():
        columns = zip(t_us.tolist(), rgbw.tolist(), fade.tolist(), strict=True)
        return program(Key(t, (c[0], c[1], c[2], c[3]), f) for t, c, f in columns)
    rgb = np.minimum(rgbw[:, :3].astype(np.int64) + rgbw[:, 3:], 255)
    steps = [
        _Step(t, (c[0], c[1], c[2]), f)
        for t, c, f in zip(frame.tolist(), rgb.tolist(), (fade & (np.arange(len(fade)) > 0)).tolist(), strict=True)
    ]
    return _coded(steps)


@dataclass(slots=True)
class Outcome:
    """What running a program gave: keys, and how many pyro and unknowable (remote-controlled) commands it held."""

    keys: list[Key]
    pyro: int = 0
    unknowable: int = 0


@dataclass(slots=True)
class Allowance:
    """Repeated commands that the programs of one file may still run; loops of a hostile file end here."""

    left: int = MOST_REPEATED


@dataclass(slots=True)
class _Loop:
    start: int
    left: int
    since: int


@dataclass(slots=True)
class _Machine:
    code: bytes
    until: int
    at: int = 0
    frame: int = 0
    clock: int = 0
    colour: Rgb = _BLACK
    keys: list[Key] = field(default_factory=list)
    loops: list[_Loop] = field(default_factory=list)
    pyro: int = 0
    unknowable: int = 0

    def byte(self) -> int:
        if self.at >= len(self.code):
            raise ValueError(f"the light program breaks off at byte {len(self.code)}")
        self.at += 1
        return self.code[self.at - 1]

    def varuint(self) -> int:
        value = shift = 0
        while True:
            part = self.byte()
            value |= (part & 127) << shift
            if part < 128:
                return value
            shift += 7
            if shift > 28:
                raise ValueError(f"a duration longer than 5 bytes at byte {self.at} of the light program")

    def rgb(self, kind: int) -> Rgb:
        if kind == 0:
            return self.byte(), self.byte(), self.byte()
        if kind == 1:
            gray = self.byte()
            return gray, gray, gray
        return _BLACK if kind == 2 else _WHITE

    def key(self, frame: int, rgb: Rgb, fade: bool) -> None:
        new = Key(frame * FRAME_US, (*rgb, 0), fade)
        if self.keys and self.keys[-1].t_us == new.t_us:
            last = self.keys[-1]
            if not last.fade:
                self.keys[-1] = new
                return
            if last.rgbw == new.rgbw:
                return
            # a ramp that ends where a step begins: the step takes effect one microsecond later, and nothing is lost
            new = Key(new.t_us + 1, new.rgbw, False)
        self.keys.append(new)

    def set(self, rgb: Rgb, frames: int) -> None:
        if rgb != self.colour or not self.keys:
            self.key(self.frame, rgb, False)
        self.colour = rgb
        self.frame += frames

    def fade(self, rgb: Rgb, frames: int) -> None:
        if frames == 0:
            self.set(rgb, 0)
            return
        if not self.keys or self.keys[-1].t_us < self.frame * FRAME_US:
            self.key(self.frame, self.colour, False)
        self.frame += frames
        self.key(self.frame, rgb, True)
        self.colour = rgb

    def loop_end(self) -> None:
        if not self.loops:
            raise ValueError(f"a loop ends at byte {self.at} of the light program that never began")
        loop = self.loops[-1]
        loop.left -= 1
        if loop.left == 0 or self.frame >= self.until or self.frame == loop.since:
            self.loops.pop()
            return
        loop.since = self.frame
        self.at = loop.start

    def jump(self, address: int) -> None:
        if address >= len(self.code):
            raise ValueError(f"a jump to byte {address} leaves the light program")
        self.at = address

    def step(self) -> bool:
        op = self.byte()
        if op == _END:
            return False
        if op == _SLEEP:
            self.frame += self.varuint()
        elif op == _WAIT:
            self.frame = max(self.frame, self.clock + self.varuint())
        elif _SET <= op <= _SET_WHITE:
            self.set(self.rgb(op - _SET), self.varuint())
        elif _FADE <= op <= _FADE_WHITE:
            self.fade(self.rgb(op - _FADE), self.varuint())
        elif op == _LOOP:
            count = self.byte()
            if len(self.loops) >= 16:
                raise ValueError("loops of the light program are nested deeper than 16")
            self.loops.append(_Loop(self.at, count or -1, self.frame))
        elif op == _LOOP_END:
            self.loop_end()
        elif op == _RESET:
            self.clock = self.frame
        elif op != _NOP:
            self.rare(op)
        return True

    def rare(self, op: int) -> None:
        if op in (_SET_CHANNELS, _FADE_CHANNELS):
            self.at += 3
            self.frame += self.varuint()
            self.unknowable += 1
        elif op == _JUMP:
            self.jump(self.varuint())
        elif op == _TRIGGERED_JUMP:
            self.byte()
            self.varuint()
            self.unknowable += 1
        elif op in (_PYRO, _PYRO_ALL):
            self.byte()
            self.pyro += 1
        else:
            raise ValueError(f"unknown command {op:#04x} at byte {self.at - 1} of the light program")


def run(code: bytes, until_us: int, allowance: Allowance) -> Outcome:
    """The light keys of a program; endless loops are followed up to `until_us`.

    Raises ValueError naming the byte for a program that breaks off, has an unknown command or repeats without end.
    """
    machine = _Machine(code, min(LONGEST_FRAMES, until_us // FRAME_US + 1))
    done = 0
    while machine.at < len(code) and machine.frame < LONGEST_FRAMES:
        before = machine.at
        done += 1
        if done > len(code):  # every command has a byte of its own, so this one runs again
            allowance.left -= 1
            if allowance.left < 0:
                raise ValueError("the loops of the light program give too many colours")
        if not machine.step():
            break
        if machine.at < before and machine.frame >= machine.until:
            break
    return Outcome(machine.keys, machine.pyro, machine.unknowable)
