"""Levels for light fixtures: their state at any moment, and the packets that carry them.

Art-Net 4 (Artistic Licence, ArtDmx) and ANSI E1.31-2018 (sACN).
"""

import struct
import uuid
from collections.abc import Iterable

import numpy as np

from showeditor.model.arrays import Floats
from showeditor.model.stage import Dmx, StageEvent

CHANNELS = 512
ART_NET_PORT, SACN_PORT = 6454, 5568
SOURCE = "showeditor"
_CID = uuid.uuid5(uuid.NAMESPACE_DNS, "showeditor.live").bytes


class _Universe:
    def __init__(self) -> None:
        self.start: Floats = np.zeros(CHANNELS)
        self.target: Floats = np.zeros(CHANNELS)
        self.begin: Floats = np.zeros(CHANNELS)
        self.fade: Floats = np.zeros(CHANNELS)

    def at(self, t_us: int) -> Floats:
        share = np.where(self.fade > 0, (t_us - self.begin) / np.maximum(self.fade, 1.0), 1.0)
        out: Floats = self.start + (self.target - self.start) * np.clip(share, 0.0, 1.0)
        return out


def levels_at(events: Iterable[StageEvent], t_us: int) -> dict[int, bytes]:
    """The 512 levels of every universe that the cues name, as they stand at a show time, fades under way.

    Whatever was jumped over, the picture is that of the cues up to now.
    """
    universes: dict[int, _Universe] = {}
    for event in sorted(events, key=lambda e: e.t_us):
        cue = event.action
        if not isinstance(cue, Dmx):
            continue
        one = universes.setdefault(cue.universe, _Universe())
        if event.t_us > t_us:
            continue
        rows = slice(cue.channel - 1, cue.channel - 1 + len(cue.levels))
        one.start[rows] = one.at(event.t_us)[rows]
        one.target[rows] = cue.levels
        one.begin[rows] = event.t_us
        one.fade[rows] = cue.fade_us
    return {number: bytes(np.floor(u.at(t_us) + 0.5).astype(np.uint8)) for number, u in sorted(universes.items())}


def art_net_packet(universe: int, sequence: int, levels: bytes) -> bytes:
    """ArtDmx to the port address `universe` (net, sub-net and universe in one number); sequence 1 to 255."""
    head = b"Art-Net\0" + struct.pack("<H", 0x5000) + struct.pack(">H", 14)
    return head + bytes((sequence, 0, universe & 255, universe >> 8)) + struct.pack(">H", len(levels)) + levels


def sacn_packet(universe: int, sequence: int, levels: bytes, priority: int = 100) -> bytes:
    """An E1.31 data packet of 512 levels; sequence 0 to 255."""
    dmp = struct.pack(">BBHHH", 0x02, 0xA1, 0, 1, len(levels) + 1) + b"\0" + levels
    dmp = struct.pack(">H", 0x7000 | (len(dmp) + 2)) + dmp
    name = SOURCE.encode().ljust(64, b"\0")
    framing = struct.pack(">I", 2) + name + struct.pack(">BHBBH", priority, 0, sequence, 0, universe) + dmp
    framing = struct.pack(">H", 0x7000 | (len(framing) + 2)) + framing
    root = struct.pack(">I", 4) + _CID + framing
    return b"\0\x10\0\0ASC-E1.17\0\0\0" + struct.pack(">H", 0x7000 | (len(root) + 2)) + root


def sacn_group(universe: int) -> str:
    """The multicast address of a universe."""
    return f"239.255.{universe >> 8}.{universe & 255}"
