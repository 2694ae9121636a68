"""The music of 《百面千灯》: drums, gongs and cymbals in patterns of our own, as MIDI, from a seed."""

from io import BytesIO

import mido
import numpy as np
from fire import ACTS, LAST_BAR

PPQ = 480
BPM = 120
DRUM, GONG_BIG, GONG_SMALL, CYMBAL, BLOCK, HAND_CYMBAL = 36, 52, 53, 49, 76, 42
VOICE = 9
SUONA, STRINGS = 0, 1
GONG = (0, 2, 4, 7, 9)

PATTERNS = (
    "D...g...D.D.g...", "D.b.g.b.D.Dbg.b.", "DDh.g.h.D.Dhg.hh", "D..D..g.D.D.g.gh", "DbDbg.g.DDDbgbgb",
)  # fmt: skip
"""One bar in sixteenths for each act: D drum, g small gong, b block, h hand cymbals."""

KEYS = {"D": DRUM, "g": GONG_SMALL, "b": BLOCK, "h": HAND_CYMBAL}


def notes(seed: int) -> list[tuple[int, int, float, float, int]]:
    """Every note: channel, key, start and length in quarters, velocity."""
    noise = np.random.default_rng(seed)
    out: list[tuple[int, int, float, float, int]] = []
    firsts = [first for _, first in ACTS] + [LAST_BAR + 1]
    for act, pattern in enumerate(PATTERNS):
        for bar in range(firsts[act], firsts[act + 1]):
            at = 4.0 * (bar - 1)
            inside = bar - firsts[act]
            if inside % 18 == 0:
                out.append((VOICE, GONG_BIG, at, 0.5, 110))
                out.append((VOICE, CYMBAL, at, 0.5, 90))
            breath = inside % 9 == 8
            for k, what in enumerate(pattern):
                if what in KEYS and not (breath and k >= 8):
                    loud = 70 + 12 * act // 2 + (22 if k % 4 == 0 else 0) + int(noise.integers(-6, 7))
                    out.append((VOICE, KEYS[what], at + k / 4.0, 0.25, min(127, loud)))
            if inside % 6 == 0:
                root = int(noise.integers(0, 5))
                for step in (root, root + 2, root + 4):
                    octave, degree = divmod(step, 5)
                    out.append((STRINGS, 50 + 12 * octave + GONG[degree], at, 23.0, 48 + 4 * act))
            if inside % 4 == 2:
                for k in range(4):
                    octave, degree = divmod(int(noise.integers(2, 9)), 5)
                    out.append((SUONA, 62 + 12 * octave + GONG[degree], at + k, 0.9, 74))
    return out


def midi_of(seed: int) -> bytes:
    """The piece as a MIDI file of type 1 with UTF-8 act markers; the same bytes every time."""
    file = mido.MidiFile(type=1, ticks_per_beat=PPQ, charset="utf-8")
    lead = mido.MidiTrack([mido.MetaMessage("track_name", name="百面千灯", time=0)])
    lead.append(mido.MetaMessage("set_tempo", tempo=60_000_000 // BPM, time=0))
    lead.append(mido.MetaMessage("time_signature", numerator=4, denominator=4, time=0))
    last = 0
    for name, bar in ACTS:
        tick = (bar - 1) * 4 * PPQ
        lead.append(mido.MetaMessage("marker", text=name, time=tick - last))
        last = tick
    lead.append(mido.MetaMessage("end_of_track", time=LAST_BAR * 4 * PPQ - last))
    file.tracks.append(lead)
    played = notes(seed)
    for channel, name, program in (
        (SUONA, "唢呐 suona", 111),
        (STRINGS, "弦 strings", 48),
        (VOICE, "锣鼓 drums, gongs", 0),
    ):
        file.tracks.append(_track(played, channel, name, program))
    out = BytesIO()
    file.save(file=out)
    return out.getvalue()


def _track(played: list[tuple[int, int, float, float, int]], channel: int, name: str, program: int) -> mido.MidiTrack:
    track = mido.MidiTrack([mido.MetaMessage("track_name", name=name, time=0)])
    track.append(mido.Message("program_change", channel=channel, program=program, time=0))
    events: list[tuple[int, int, int, int]] = []
    for c, key, at, length, velocity in played:
        if c == channel:
            begin, end = round(at * PPQ), round((at + length) * PPQ)
            events += [(begin, 1, key, velocity), (end, 0, key, 0)]
    last = 0
    for tick, on, key, velocity in sorted(events):
        kind = "note_on" if on else "note_off"
        track.append(mido.Message(kind, channel=channel, note=key, velocity=velocity, time=tick - last))
        last = tick
    return track
