"""What a music file holds, as plain data for the command line."""

from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np

from showeditor.audio.beats import find_beats
from showeditor.audio.score import Score, beats_us, load_midi
from showeditor.audio.sound import Sound, load_sound
from showeditor.model.errors import BadFile
from showeditor.model.times import US

SILENT_DB = -120.0
"""What stands for silence where a level in decibels is asked for."""


def describe(path: str | PathLike[str]) -> dict[str, Any]:
    """What a MIDI or sound file holds: `kind` is "midi" or "audio"; times in seconds, levels in dB of full scale.

    Raises BadFile when it is neither.
    """
    name = Path(path)
    try:
        with name.open("rb") as file:
            head = file.read(4)
    except FileNotFoundError as error:
        raise BadFile(name.name, "", "the file does not exist") from error
    except OSError as error:
        raise BadFile(name.name, "", f"the file cannot be opened: {error.strerror}") from error
    if head == b"MThd":
        return describe_score(load_midi(name), name.name)
    return describe_sound(load_sound(name), name.name)


def describe_score(score: Score, name: str) -> dict[str, Any]:
    """Tempo map, time signatures, beats, texts and tracks of a score."""
    tempo = score.tempo
    notes = score.notes
    return {
        "file": name,
        "kind": "midi",
        "duration_s": score.duration_us / US,
        "encoding": score.encoding,
        "tempo": [
            {
                "t_s": tempo.us_of_tick(mark.tick) / US,
                "tick": mark.tick,
                "bpm": round(60 * US / mark.us_per_quarter, 6),
                "us_per_quarter": mark.us_per_quarter,
            }
            for mark in tempo.tempos
        ],
        "signatures": [
            {"t_s": tempo.us_of_tick(s.tick) / US, "tick": s.tick, "beats": s.beats, "unit": s.unit}
            for s in tempo.signatures
        ],
        "beats": [{"t_s": t_us / US, "bar": bar, "beat": beat} for t_us, bar, beat in beats_us(tempo, score.end_tick)],
        "markers": [
            {"t_s": tempo.us_of_tick(t.tick) / US, "tick": t.tick, "text": t.text, "kind": t.kind}
            for t in score.texts
            if t.kind != "text"
        ],
        "tracks": [
            {"name": track, "notes": int((notes.track == index).sum())} for index, track in enumerate(score.tracks)
        ],
        "notes": len(notes),
    }


def describe_sound(sound: Sound, name: str) -> dict[str, Any]:
    """Length, rate, channels and levels of a sound, and an estimate of its beats (`estimated` says so)."""
    peak, square = 0.0, 0.0
    for first in range(0, sound.frames, 1 << 20):
        block = sound.samples[first : first + (1 << 20)]
        peak = max(peak, float(np.abs(block).max()))
        square += float(np.einsum("ij,ij->", block, block, dtype=np.float64))
    beats = find_beats(sound)
    rms = float(np.sqrt(square / (sound.frames * sound.channels)))
    return {
        "file": name,
        "kind": "audio",
        "duration_s": sound.duration_us / US,
        "rate_hz": sound.rate,
        "channels": sound.channels,
        "frames": sound.frames,
        "peak_db": _decibels(peak),
        "rms_db": _decibels(rms),
        "estimated": True,
        "tempo_bpm": round(beats.tempo_bpm, 2),
        "beats": [
            {"t_s": round(float(t), 3), "bpm": round(float(b), 2)} for t, b in zip(beats.t_s, beats.bpm, strict=True)
        ],
    }


def _decibels(level: float) -> float:
    return round(max(SILENT_DB, 20.0 * float(np.log10(max(level, 1e-12)))), 2)
