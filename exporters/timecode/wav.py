"""WAV files of 16-bit samples with one marker: the chunks, out and in.

Microsoft and IBM, Multimedia Programming Interface and Data Specifications 1.0 (RIFF WAVE, cue and adtl chunks).
"""

import struct
from dataclasses import dataclass

import numpy as np

from showeditor.model.arrays import Shorts
from showeditor.model.errors import BadFile

BIGGEST = (1 << 32) - 1024


@dataclass(frozen=True, slots=True)
class Wav:
    """Samples (n, channels) and the place of the marker, 0 where there is none."""

    rate: int
    samples: Shorts
    marker: int = 0


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def wav_bytes(rate: int, samples: Shorts, marker: int, label: str) -> bytes:
    """The file; `marker` is a sample number that players show as `label`."""
    channels = samples.shape[1]
    head = _chunk(b"fmt ", struct.pack("<HHIIHH", 1, channels, rate, rate * channels * 2, channels * 2, 16))
    cue = _chunk(b"cue ", struct.pack("<IIIIIII", 1, 1, marker, 0x61746164, 0, 0, marker))
    text = _chunk(b"LIST", b"adtl" + _chunk(b"labl", struct.pack("<I", 1) + label.encode("ascii") + b"\0"))
    body = b"WAVE" + head + _chunk(b"data", samples.astype("<i2").tobytes()) + cue + text
    return b"RIFF" + struct.pack("<I", len(body)) + body


def wav_of(data: bytes, file: str) -> Wav:
    """What a WAV file of 16-bit samples holds; raises BadFile with the byte."""
    if len(data) < 12 or data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        raise BadFile(file, "byte 0", "a WAV file was expected")
    (size,) = struct.unpack_from("<I", data, 4)
    if size + 8 != len(data):
        raise BadFile(file, "byte 4", f"{size + 8} bytes are announced, {len(data)} are there (torn file?)")
    at, chunks = 12, dict[bytes, tuple[int, int]]()
    while at + 8 <= len(data):
        (size,) = struct.unpack_from("<I", data, at + 4)
        if at + 8 + size > len(data):
            raise BadFile(file, f"byte {at}", "a part of the file ends after its end (torn file?)")
        chunks.setdefault(data[at : at + 4], (at + 8, size))
        at += 8 + size + size % 2
    begin, size = chunks.get(b"fmt ", (0, 0))
    if size < 16:
        raise BadFile(file, "", "a description of the samples was expected")
    kind, channels, rate, _, block, bits = struct.unpack_from("<HHIIHH", data, begin)
    if kind not in (1, 0xFFFE) or bits != 16 or not 1 <= channels <= 8 or block != 2 * channels:
        raise BadFile(file, f"byte {begin}", "samples of 16 bits in one to eight channels were expected")
    if not 16_000 <= rate <= 192_000:
        raise BadFile(file, f"byte {begin + 4}", f"16000 to 192000 samples a second were expected, found {rate}")
    begin, size = chunks.get(b"data", (0, 0))
    if not size or size % block:
        raise BadFile(file, "", "whole samples were expected")
    samples = np.frombuffer(data, "<i2", size // 2, begin).reshape(-1, channels).astype(np.int16)
    begin, size = chunks.get(b"cue ", (0, 0))
    marker = struct.unpack_from("<I", data, begin + 24)[0] if size >= 28 else 0
    if marker > len(samples):
        raise BadFile(file, f"byte {begin + 24}", "a marker inside the sound was expected")
    return Wav(rate, samples, marker)


def channels_of(head: bytes) -> int:
    """How many channels a WAV file of this beginning has; 0 for what is no WAV file."""
    if head[:4] != b"RIFF" or head[8:12] != b"WAVE":
        return 0
    at = head.find(b"fmt ", 12)
    return int(struct.unpack_from("<H", head, at + 10)[0]) if 0 < at < len(head) - 12 else 0
