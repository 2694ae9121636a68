"""The `.skyb` container: magic, version, checksum, blocks of a type and a length.

Source: libskybrush src/formats/binary.c and skybrush-server show/formats.py, as laid down in the format notes (3.2).
"""

import struct
import zlib
from collections.abc import Sequence
from enum import IntEnum

MAGIC = b"skyb"
BIGGEST_BLOCK = 65_535


class Block(IntEnum):
    """Types of blocks."""

    TRAJECTORY = 1
    LIGHTS = 2
    COMMENT = 3
    RETURN = 4
    YAW = 5
    EVENTS = 6


def checksum(data: bytes) -> int:
    """Reflected CRC-32 (0x04C11DB7) that starts at zero and is not inverted at the end ("AP-CRC32")."""
    return zlib.crc32(data, 0xFFFFFFFF) ^ 0xFFFFFFFF


def packed(blocks: Sequence[tuple[Block, bytes]], version: int = 2) -> bytes:
    """A version 2 file with its checksum, or one of version 1; raises ValueError for a block above 65,535 bytes."""
    parts = []
    for kind, body in blocks:
        if len(body) > BIGGEST_BLOCK:
            raise ValueError(f"the {kind.name.lower()} block needs {len(body)} bytes; {BIGGEST_BLOCK} is the most")
        parts.append(struct.pack("<BH", kind, len(body)) + body)
    tail = b"".join(parts)
    if version == 1:
        return MAGIC + b"\x01" + tail
    crc = checksum(MAGIC + b"\x02\x01" + bytes(4) + tail)
    return MAGIC + b"\x02\x01" + struct.pack("<I", crc) + tail


def unpacked(data: bytes) -> dict[int, bytes]:
    """The first block of every type; raises ValueError naming the byte or the checksum."""
    if data[:4] != MAGIC:
        raise ValueError('byte 0: "skyb" was expected')
    if len(data) < 5:
        raise ValueError("byte 4: a version number was expected")
    version, at = data[4], 5
    if version == 2:
        at = _checked(data)
    elif version != 1:
        raise ValueError(f"byte 4: version 1 or 2 was expected, found {version}")
    out: dict[int, bytes] = {}
    while at < len(data):
        if at + 3 > len(data):
            raise ValueError(f"byte {at}: the file breaks off inside a block's head")
        kind, length = struct.unpack_from("<BH", data, at)
        at += 3
        if at + length > len(data):
            raise ValueError(f"byte {at}: a block of {length} bytes was expected, {len(data) - at} are left")
        out.setdefault(kind, data[at : at + length])
        at += length
    return out


def _checked(data: bytes) -> int:
    if len(data) < 6:
        raise ValueError("byte 5: feature bits were expected")
    features = data[5]
    if features & ~1:
        raise ValueError(f"byte 5: unknown feature bits {features:#04x}")
    if not features & 1:
        return 6
    if len(data) < 10:
        raise ValueError("byte 6: a checksum of 4 bytes was expected")
    stated = struct.unpack_from("<I", data, 6)[0]
    found = checksum(data[:6] + bytes(4) + data[10:])
    if stated != found:
        raise ValueError(f"byte 6: the checksum is {stated:08x}, the content gives {found:08x} (corrupted data)")
    return 10
