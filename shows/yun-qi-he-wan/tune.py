"""The music of 《云起河湾》: hand-set themes in D gong at 96 beats a minute, ornamented from a seed, as MIDI."""

from dataclasses import dataclass, field
from io import BytesIO

import mido
import numpy as np

PPQ = 480
BPM = 96
BARS = 64
ACTS = (("起 云起", 1), ("承 云分", 17), ("转 山立", 37), ("合 云火", 49))
"""Name and first bar of each act."""

GONG = (0, 2, 4, 7, 9)
"""D gong: D E F-sharp A B, as semitones above D."""

GUZHENG, PIPA, XIAO, BELLS, STRINGS, LEFT_DRUM, RIGHT_DRUM, STRUCK = 0, 1, 2, 3, 4, 5, 6, 9
VOICES = {
    # channel: (name, General MIDI program, volume, pan)
    GUZHENG: ("古筝 guzheng", 107, 124, 52),
    PIPA: ("琵琶 pipa", 106, 96, 88),
    XIAO: ("箫 xiao", 77, 76, 70),
    BELLS: ("编钟 bells", 14, 62, 40),
    STRINGS: ("弦 strings", 48, 62, 64),
    LEFT_DRUM: ("大鼓左 drum, left", 116, 100, 22),
    RIGHT_DRUM: ("大鼓右 drum, right", 116, 100, 106),
    STRUCK: ("锣 板 gong, block", 0, 100, 64),
}
BIG_GONG, BLOCK, LOW_DRUM, CYMBAL = 52, 76, 36, 49

# (scale step, quarters); None rests; step 0 is D4
RIVER = (
    ((5, 1.5), (4, 0.5), (3, 2.0)),
    ((2, 1.0), (3, 1.0), (1, 2.0)),
    ((0, 1.0), (1, 0.5), (2, 0.5), (3, 1.5), (2, 0.5)),
    ((1, 3.0), (None, 1.0)),
    ((2, 1.5), (3, 0.5), (5, 2.0)),
    ((6, 1.0), (5, 0.5), (4, 0.5), (3, 2.0)),
    ((4, 1.0), (3, 0.5), (2, 0.5), (1, 1.0), (2, 1.0)),
    ((0, 3.0), (None, 1.0)),
)
"""The theme, eight bars of 4/4."""

CLOUDS = (
    ((3, 0.5), (5, 0.5), (6, 1.0), (5, 0.5), (6, 0.5), (8, 1.0)),
    ((7, 1.0), (6, 0.5), (5, 0.5), (6, 2.0)),
    ((5, 0.5), (4, 0.5), (3, 1.0), (4, 0.5), (5, 0.5), (3, 1.0)),
    ((2, 1.5), (3, 0.5), (1, 2.0)),
    ((3, 0.5), (5, 0.5), (6, 1.0), (8, 0.5), (7, 0.5), (6, 1.0)),
    ((10, 1.5), (8, 0.5), (7, 2.0)),
    ((6, 0.5), (7, 0.5), (6, 0.5), (5, 0.5), (4, 0.5), (3, 0.5), (2, 1.0)),
    ((3, 1.0), (1, 1.0), (0, 2.0)),
)
"""The answer of the second act."""

GROUND = (0, 4, 0, 3, 4, 1, 3, 0)
"""Scale step of the bass under each bar of either theme."""


def key_of(step: int) -> int:
    """The MIDI key of a scale step, 0 = D4."""
    octave, degree = divmod(step, 5)
    return 62 + 12 * octave + GONG[degree]


@dataclass
class Sheet:
    """Notes being collected: (channel, key, start in quarters, length in quarters, velocity)."""

    noise: np.random.Generator
    notes: list[tuple[int, int, float, float, int]] = field(default_factory=list)

    def put(self, channel: int, key: int, at: float, length: float, velocity: float) -> None:
        """One note; its loudness breathes a little."""
        loud = int(np.clip(velocity + self.noise.integers(-4, 5), 1, 127))
        self.notes.append((channel, key, at, length, loud))

    def sing(self, channel: int, bars: tuple, first_bar: int, velocity: float, octave: int = 0) -> None:
        """A theme from `first_bar` on."""
        for i, bar in enumerate(bars):
            at = 4.0 * (first_bar - 1 + i)
            for step, length in bar:
                if step is not None:
                    self.put(channel, key_of(step) + 12 * octave, at, length * 0.96, velocity)
                at += length

    def tremble(self, bars: tuple, first_bar: int, velocity: float) -> None:
        """A theme on the pipa with rolled long notes (轮指)."""
        for i, bar in enumerate(bars):
            at = 4.0 * (first_bar - 1 + i)
            for step, length in bar:
                if step is not None:
                    strokes = max(1, int(length * 8)) if length >= 1.0 else 1
                    for k in range(strokes):
                        swell = 0.72 + 0.28 * np.sin(np.pi * (k + 1) / (strokes + 1))
                        self.put(PIPA, key_of(step), at + k * length / strokes, length / strokes, velocity * swell)
                at += length

    def ripple(self, first_bar: int, count: int, velocity: float, *, eighths: int = 8) -> None:
        """Broken fifths and octaves on the guzheng over the ground."""
        for i in range(count):
            root = GROUND[i % 8]
            shape = (root - 10, root - 7, root - 5, root - 2, root, root - 2, root - 5, root - 7)
            for k in range(eighths):
                at = 4.0 * (first_bar - 1 + i) + k * 4.0 / eighths
                accent = 8 if k == 0 else 0
                self.put(GUZHENG, key_of(shape[k * 8 // eighths]), at, 1.0, velocity + accent)

    def lay(self, first_bar: int, count: int, velocity: float) -> None:
        """Strings: root and fifth, two bars to a chord."""
        for i in range(0, count, 2):
            root = GROUND[i % 8]
            at = 4.0 * (first_bar - 1 + i)
            for step in (root - 10, root - 5, root - 2):
                self.put(STRINGS, key_of(step), at, 7.8, velocity)

    def run(self, first_bar: int, count: int, low: int, high: int, velocity: float) -> None:
        """A guzheng run in sixteenths that climbs from `low` to `high`, falling back a little on every beat."""
        total = count * 16
        for k in range(total):
            step = low + round((high - low) * k / (total - 1)) + (2 - k % 4 if k % 4 else 0)
            at = 4.0 * (first_bar - 1) + k / 4
            self.put(GUZHENG, key_of(step), at, 0.8, velocity * (0.6 + 0.4 * k / total) + (10 if k % 4 == 0 else 0))

    def strike(self, key: int, bar: int, beat: float, velocity: float) -> None:
        """Gong, block or drum of the drum channel."""
        self.put(STRUCK, key, 4.0 * (bar - 1) + beat - 1.0, 0.5, velocity)

    def drum(self, left: bool, bar: int, beat: float, velocity: float, low: bool = True) -> None:
        """A stroke on one of the two big drums."""
        self.put(LEFT_DRUM if left else RIGHT_DRUM, 38 if low else 45, 4.0 * (bar - 1) + beat - 1.0, 0.5, velocity)


EIGHT = ((1, 1, 1), (2.5, 0.6, 0), (3, 0.8, 1), (3.5, 0.5, 0), (4, 0.8, 0), (5, 1, 1), (6, 0.7, 0), (6.5, 0.7, 0))
EIGHT += ((7, 0.9, 1), (7.5, 0.5, 0), (8, 0.7, 0), (8.5, 0.6, 0))
"""The drum figure of the third act over eight counts: (count, weight, low skin)."""


def compose(seed: int = 960) -> Sheet:
    """Every note of the piece."""
    s = Sheet(np.random.default_rng(seed))
    # 起: a gong over the water, the flute far away, the guzheng dropping single notes; then the cloud's run
    s.strike(BIG_GONG, 1, 1, 62)
    s.lay(1, 16, 44)
    for bar in (1, 2):
        for k, step in enumerate((-10, -7, -5, 0)):
            s.put(GUZHENG, key_of(step), 4.0 * (bar - 1) + k, 3.0, 50)
    s.sing(XIAO, RIVER, 3, 66)
    for i in range(8):
        for k, step in ((0, GROUND[i] - 10), (1, GROUND[i] - 5), (2.5, GROUND[i] - 2)):
            s.put(GUZHENG, key_of(step), 4.0 * (2 + i) + k, 2.0, 52)
    # bar 11 holds its breath; from bar 12 the guzheng draws the cloud
    s.strike(BIG_GONG, 12, 1, 70)
    s.run(12, 3, -8, 12, 94)
    s.put(BELLS, key_of(5), 44.0, 4.0, 74)
    s.put(BELLS, key_of(8), 48.0, 4.0, 74)
    s.put(BELLS, key_of(10), 52.0, 4.0, 84)
    s.sing(GUZHENG, CLOUDS[:1], 15, 90)
    s.sing(XIAO, RIVER[4:5], 15, 76)
    s.sing(XIAO, CLOUDS[1:2], 16, 78)
    for k in range(8):
        s.put(GUZHENG, key_of(-10 + 2 * k), 60.0 + k * 0.5, 1.2, 70 + 4 * k)
    # 承: the river theme over ripples, a bell on every bar; the pipa answers
    s.strike(BIG_GONG, 17, 1, 84)
    s.strike(CYMBAL, 17, 1, 70)
    s.ripple(17, 18, 66)
    s.lay(17, 20, 58)
    s.sing(XIAO, RIVER, 17, 84)
    s.sing(GUZHENG, RIVER, 17, 84, 1)
    s.tremble(CLOUDS, 25, 86)
    s.sing(XIAO, CLOUDS[4:], 29, 78)
    for bar in range(17, 35):
        s.put(BELLS, key_of(GROUND[(bar - 17) % 8] + 5), 4.0 * (bar - 1), 4.0, 78)
        s.drum(True, bar, 1, 70)
        s.drum(False, bar, 3, 60, low=False)
        if bar >= 25:
            for beat in (2, 4):
                s.strike(BLOCK, bar, beat, 58)
            s.drum(False, bar, 4.5, 56, low=False)
    s.sing(XIAO, RIVER[6:], 33, 80)
    for k in range(32):
        # two bars of roll into the turn, the last beat left empty
        if k < 28:
            s.drum(k % 2 == 0, 35, 1 + k / 4, 44 + 2.2 * k, low=k % 4 == 0)
    # 转: drums left and right by eights, pipa driving; stops dead before the close
    for eight in range(6):
        bar = 37 + 2 * eight
        left = eight % 2 == 0
        s.strike(BIG_GONG, bar, 1, 96)
        for count, weight, low in EIGHT:
            if eight == 5 and count >= 7:
                continue
            s.drum(left, bar, count, 58 + 62 * weight, low=bool(low))
            if weight >= 0.9:
                s.drum(not left, bar, count, 60, low=True)
        for k in range(32):
            if eight == 5 and k >= 24:
                break
            root = (0, 0, 3, 3, 1, 4)[eight]
            step = root + (0, 2, 5, 2, 3, 2, 5, 7)[k % 8] - 5
            s.put(PIPA, key_of(step), 4.0 * (bar - 1) + k / 4, 0.3, 62 + (16 if k % 4 == 0 else 0) + 2 * eight)
        for k in range(8 if eight < 5 else 6):
            s.strike(BLOCK, bar, 1 + k, 60)
        s.put(STRINGS, key_of((0, 0, 3, 3, 1, 4)[eight] - 15), 4.0 * (bar - 1), 7.5 if eight < 5 else 5.5, 70)
    # 合: all together, higher; then the gold falls
    s.strike(BIG_GONG, 49, 1, 118)
    s.strike(CYMBAL, 49, 1, 96)
    s.ripple(49, 12, 76)
    s.lay(49, 12, 78)
    s.sing(XIAO, RIVER, 49, 96)
    s.sing(GUZHENG, RIVER, 49, 94, 1)
    s.tremble(RIVER, 49, 76)
    s.sing(XIAO, CLOUDS[4:], 57, 100)
    s.sing(GUZHENG, CLOUDS[4:], 57, 100, 1)
    s.tremble(CLOUDS[4:], 57, 92)
    for bar in range(49, 61):
        s.put(BELLS, key_of(GROUND[(bar - 49) % 8] + 5), 4.0 * (bar - 1), 4.0, 92)
        s.drum(True, bar, 1, 92)
        s.drum(False, bar, 3, 84)
        if bar >= 55:
            s.drum(True, bar, 2.5, 72, low=False)
            s.drum(False, bar, 4, 78, low=False)
            s.drum(False, bar, 4.5, 74, low=False)
    s.strike(BIG_GONG, 57, 1, 110)
    s.strike(CYMBAL, 57, 1, 100)
    s.strike(BIG_GONG, 61, 1, 124)
    s.strike(LOW_DRUM, 61, 1, 120)
    for step in (-10, -5, -2, 0, 3, 5):
        s.put(STRINGS, key_of(step), 240.0, 13.0, 76)
    s.put(BELLS, key_of(5), 240.0, 6.0, 100)
    for k in range(24):
        s.put(GUZHENG, key_of(15 - k), 241.0 + k / 3, 2.5, 84 - 2 * k)
    for k, step in enumerate((5, 3, 0)):
        s.put(XIAO, key_of(step), 249.0 + k, 0.95 if k < 2 else 3.0, 66 - 6 * k)
    s.put(BELLS, key_of(0), 252.0, 4.0, 66)
    s.put(GUZHENG, key_of(-10), 252.0, 4.0, 60)
    return s


def midi_of(sheet: Sheet) -> bytes:
    """The piece as a MIDI file of type 1 with UTF-8 act markers; the same bytes every time."""
    file = mido.MidiFile(type=1, ticks_per_beat=PPQ, charset="utf-8")
    lead = mido.MidiTrack([mido.MetaMessage("track_name", name="云起河湾", time=0)])
    lead.append(mido.MetaMessage("set_tempo", tempo=60_000_000 // BPM, time=0))
    lead.append(mido.MetaMessage("time_signature", numerator=4, denominator=4, time=0))
    last = 0
    for name, bar in ACTS:
        tick = (bar - 1) * 4 * PPQ
        lead.append(mido.MetaMessage("marker", text=name, time=tick - last))
        last = tick
    lead.append(mido.MetaMessage("end_of_track", time=BARS * 4 * PPQ - last))
    file.tracks.append(lead)
    for channel, (name, program, volume, pan) in VOICES.items():
        file.tracks.append(_track(sheet, channel, name, program, volume, pan))
    out = BytesIO()
    file.save(file=out)
    return out.getvalue()


def _track(sheet: Sheet, channel: int, name: str, program: int, volume: int, pan: int) -> mido.MidiTrack:
    track = mido.MidiTrack([mido.MetaMessage("track_name", name=name, time=0)])
    track.append(mido.Message("program_change", channel=channel, program=program, time=0))
    track.append(mido.Message("control_change", channel=channel, control=7, value=volume, time=0))
    track.append(mido.Message("control_change", channel=channel, control=10, value=pan, time=0))
    events: list[tuple[int, int, int, int]] = []
    for c, key, at, length, velocity in sheet.notes:
        if c == channel:
            begin, end = round(at * PPQ), round((at + length) * PPQ)
            # ends sort before beginnings at the same tick, so that a repeated key is struck anew
            events.append((begin, 1, key, velocity))
            events.append((max(end, begin + 1), 0, key, 0))
    last = 0
    for tick, on, key, velocity in sorted(events):
        track.append(
            mido.Message(
                "note_on" if on else "note_off", channel=channel, note=key, velocity=velocity, time=tick - last
            )
        )
        last = tick
    return track
