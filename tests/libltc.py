"""Debian's libltc 1.3.2 by ctypes: the outside reader and writer of linear timecode.

A machine without it fails these tests: `python3 bootstrap.py test` installs libltc11.
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

USE_DATE = 1
BINARY_GROUP_FLAG_2 = 4
STANDARD = {24: 3, 25: 1, 30: 0}


class Frame(ctypes.Structure):
    _fields_ = [("word", ctypes.c_uint32 * 3)]


class FrameExt(ctypes.Structure):
    _fields_ = [
        ("ltc", Frame),
        ("off_start", ctypes.c_longlong),
        ("off_end", ctypes.c_longlong),
        ("reverse", ctypes.c_int),
        ("biphase_tics", ctypes.c_float * 80),
        ("sample_min", ctypes.c_ubyte),
        ("sample_max", ctypes.c_ubyte),
        ("volume", ctypes.c_double),
    ]


class Time(ctypes.Structure):
    _fields_ = [("timezone", ctypes.c_char * 6)] + [
        (name, ctypes.c_ubyte) for name in ("years", "months", "days", "hours", "mins", "secs", "frame")
    ]


@dataclass(frozen=True)
class Decoded:
    fields: tuple[int, int, int, int]
    drop: bool
    date: tuple[int, int, int]
    zone: str
    reverse: bool
    start: int
    end: int
    flags: int
    bits: tuple[int, ...]


def library() -> ctypes.CDLL:
    lib = ctypes.CDLL("libltc.so.11")
    lib.ltc_decoder_create.restype = lib.ltc_encoder_create.restype = ctypes.c_void_p
    lib.ltc_encoder_create.argtypes = [ctypes.c_double, ctypes.c_double, ctypes.c_int, ctypes.c_int]
    lib.ltc_decoder_write_s16.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_longlong]
    lib.ltc_decoder_read.argtypes = [ctypes.c_void_p, ctypes.POINTER(FrameExt)]
    lib.ltc_frame_to_time.argtypes = [ctypes.POINTER(Time), ctypes.POINTER(Frame), ctypes.c_int]
    lib.ltc_encoder_set_timecode.argtypes = [ctypes.c_void_p, ctypes.POINTER(Time)]
    for name in ("ltc_decoder_free", "ltc_encoder_free", "ltc_encoder_encode_frame", "ltc_encoder_inc_timecode"):
        getattr(lib, name).argtypes = [ctypes.c_void_p]
    lib.ltc_encoder_encode_reversed_frame.argtypes = lib.ltc_encoder_dec_timecode.argtypes = [ctypes.c_void_p]
    lib.ltc_encoder_copy_buffer.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
    lib.ltc_encoder_get_frame.argtypes = [ctypes.c_void_p, ctypes.POINTER(Frame)]
    lib.ltc_encoder_set_frame.argtypes = [ctypes.c_void_p, ctypes.POINTER(Frame)]
    lib.ltc_encoder_set_volume.argtypes = [ctypes.c_void_p, ctypes.c_double]
    return lib


def decode(samples: np.ndarray, hz: int, fps: float) -> list[Decoded]:
    """Every frame that libltc finds in 16-bit samples, with the date of the user bits."""
    lib = library()
    decoder = lib.ltc_decoder_create(round(hz / fps), 32)
    out = []
    ext, time = FrameExt(), Time()
    for at in range(0, len(samples), 1024):
        block = np.ascontiguousarray(samples[at : at + 1024], dtype=np.int16)
        lib.ltc_decoder_write_s16(decoder, block.ctypes.data, len(block), at)
        while lib.ltc_decoder_read(decoder, ctypes.byref(ext)):
            lib.ltc_frame_to_time(ctypes.byref(time), ctypes.byref(ext.ltc), USE_DATE)
            words = [ext.ltc.word[0], ext.ltc.word[1], ext.ltc.word[2]]
            bits = tuple(words[k // 32] >> k % 32 & 1 for k in range(80))
            out.append(
                Decoded(
                    (time.hours, time.mins, time.secs, time.frame),
                    bool(bits[10]),
                    (time.years, time.months, time.days),
                    time.timezone.decode(),
                    bool(ext.reverse),
                    ext.off_start,
                    ext.off_end,
                    lib.ltc_frame_parse_bcg_flags(ctypes.byref(ext.ltc), STANDARD[round(fps)]),
                    bits,
                )
            )
    lib.ltc_decoder_free(decoder)
    return out


def encode(
    label: tuple[int, int, int, int],
    count: int,
    hz: int,
    fps: float,
    *,
    drop: bool = False,
    date: tuple[int, int, int] | None = None,
    zone: str = "+0000",
    backwards: bool = False,
) -> np.ndarray:
    """What libltc writes, as floats around 0: `count` frames from a label on."""
    lib = library()
    encoder = lib.ltc_encoder_create(float(hz), float(fps), STANDARD[round(fps)], USE_DATE if date else 0)
    years, months, days = date or (0, 0, 0)
    time = Time(zone.encode(), years, months, days, *label)
    lib.ltc_encoder_set_timecode(encoder, ctypes.byref(time))
    if drop:
        frame = Frame()
        lib.ltc_encoder_get_frame(encoder, ctypes.byref(frame))
        frame.word[0] |= 1 << 10
        lib.ltc_encoder_set_frame(encoder, ctypes.byref(frame))
    pieces = list(_encoded(lib, encoder, count, hz, fps, backwards))
    lib.ltc_encoder_free(encoder)
    return np.concatenate(pieces).astype(np.float32) / 128 - 1


def _encoded(lib: ctypes.CDLL, encoder: int, count: int, hz: int, fps: float, backwards: bool) -> Iterator[np.ndarray]:
    space = np.zeros(round(hz / fps) * 2 + 100, dtype=np.uint8)
    for _ in range(count):
        (lib.ltc_encoder_encode_reversed_frame if backwards else lib.ltc_encoder_encode_frame)(encoder)
        size = lib.ltc_encoder_copy_buffer(encoder, space.ctypes.data)
        yield space[:size].copy()
        (lib.ltc_encoder_dec_timecode if backwards else lib.ltc_encoder_inc_timecode)(encoder)
