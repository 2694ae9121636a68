"""Sound: decoded samples of a music file."""

import struct
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import BinaryIO

import numpy as np
import soundfile

from showeditor.model.arrays import Singles, frozen
from showeditor.model.births import positive
from showeditor.model.errors import BadFile
from showeditor.model.times import US

LONGEST_BYTES = 4 << 30
"""Decoded size that a file may have: about three hours of stereo at 48 kHz."""

_BLOCK = 1 << 18
_KINDS = {
    b"RIFF": "WAV",
    b"RIFX": "WAV",
    b"RF64": "WAV",
    b"fLaC": "FLAC",
    b"OggS": "OGG",
    b"ID3": "MP3",
    b"FORM": "AIFF",
}


@dataclass(frozen=True, slots=True, eq=False)
class Sound:
    """Decoded audio: `samples` is float32, read-only, (frames, channels), full scale 1.0."""

    rate: int
    samples: Singles

    def __post_init__(self) -> None:
        positive("sample rate", self.rate)
        if self.samples.ndim != 2 or self.samples.dtype != np.float32 or self.samples.flags.writeable:
            raise ValueError("samples must be a read-only float32 array of shape (frames, channels)")

    @property
    def frames(self) -> int:
        """Sample frames."""
        return int(self.samples.shape[0])

    @property
    def channels(self) -> int:
        """Channels."""
        return int(self.samples.shape[1])

    @property
    def duration_us(self) -> int:
        """Length in microseconds, rounded half up."""
        return (2 * self.frames * US + self.rate) // (2 * self.rate)


def sound_of(rate: int, samples: np.ndarray) -> Sound:
    """A Sound of an array (frames,) or (frames, channels); raises ValueError for anything not finite."""
    shaped = samples.reshape(-1, 1) if samples.ndim == 1 else samples
    return Sound(rate, frozen(shaped, np.float32, (None, None), "samples"))


def load_sound(path: str | PathLike[str]) -> Sound:
    """The decoded samples of a WAV, FLAC, OGG, MP3 or AIFF file.

    Raises BadFile when the file is missing, of another kind, torn (it holds less than its header promises) or too long.
    """
    name = Path(path)
    with _opened(name) as raw:
        kind = _kind(raw, name.name)
        _refuse_torn(raw, kind, name.name)
        try:
            with soundfile.SoundFile(raw) as file:
                return _read(file, name.name, kind)
        except soundfile.SoundFileError as error:
            raise BadFile(name.name, "", f"cannot be decoded as {kind}: {_reason(error)}") from error


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except FileNotFoundError as error:
        raise BadFile(path.name, "", "the file does not exist") from error
    except OSError as error:
        raise BadFile(path.name, "", f"the file cannot be opened: {error.strerror}") from error


def _kind(raw: BinaryIO, name: str) -> str:
    head = raw.read(12)
    raw.seek(0)
    if not head:
        raise BadFile(name, "", "the file is empty")
    for magic, kind in _KINDS.items():
        if head.startswith(magic):
            if kind == "WAV" and head[8:12] != b"WAVE":
                break
            return kind
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0:
        return "MP3"
    raise BadFile(name, "byte 0", "not a sound file (WAV, FLAC, OGG, MP3 or AIFF is expected)")


def _refuse_torn(raw: BinaryIO, kind: str, name: str) -> None:
    size = raw.seek(0, 2)
    raw.seek(0)
    if kind == "WAV":
        head = raw.read(8)
        stated = struct.unpack(">I" if head[:4] == b"RIFX" else "<I", head[4:8])[0]
        # 0 and all ones are what programs write that stream to a pipe; RF64 keeps its length elsewhere
        if head[:4] != b"RF64" and stated not in (0, 0xFFFFFFFF) and stated > size - 8 + 1:
            raise BadFile(name, f"byte {size}", f"the file is torn: {stated + 8} bytes are announced, {size} are there")
    elif kind == "OGG":
        raw.seek(max(0, size - 0x10100))
        tail = raw.read()
        if not _ends_stream(tail[tail.rfind(b"OggS") :]):
            raise BadFile(name, f"byte {size}", "the file is torn: the last page of the stream is missing")
    raw.seek(0)


def _ends_stream(page: bytes) -> bool:
    """Whether an Ogg page (RFC 3533, section 6) is marked as the last and is there to its end."""
    if not page.startswith(b"OggS") or len(page) < 27 + (page[26] if len(page) > 26 else 0):
        return False
    return bool(page[5] & 4) and len(page) >= 27 + page[26] + sum(page[27 : 27 + page[26]])


def _read(file: soundfile.SoundFile, name: str, kind: str) -> Sound:
    frames, channels, rate = int(file.frames), int(file.channels), int(file.samplerate)
    if frames <= 0:
        raise BadFile(name, "", "the file holds no sound")
    if frames * channels * 4 > LONGEST_BYTES:
        hours = frames / rate / 3600
        raise BadFile(name, "", f"{hours:.1f} hours of {channels} channels are more than the program can hold")
    samples = np.empty((frames, channels), dtype=np.float32)
    done = 0
    while done < frames:
        block = file.read(
            min(_BLOCK, frames - done), dtype="float32", always_2d=True, out=samples[done : done + _BLOCK]
        )
        if not len(block):
            break
        if not np.isfinite(block).all():
            raise BadFile(name, f"{done / rate:.1f} s", "the samples must be finite numbers")
        done += len(block)
    if done < frames:
        raise BadFile(name, f"{done / rate:.1f} s", f"the file is torn: {frames / rate:.1f} s of {kind} were announced")
    samples.flags.writeable = False
    return Sound(rate, samples)


def _reason(error: Exception) -> str:
    text = getattr(error, "error_string", "") or str(error)
    return str(text).rstrip(".").strip()
