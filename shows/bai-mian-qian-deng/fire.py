"""The fireworks of 《百面千灯》: some 2,600 cues on 33 positions, in the colours of the five acts, by rule and seed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from site_plan import BARGES, FRONT, REAR

from showeditor.model.control import Figures, Sound
from showeditor.model.cue import Address, Controller, Cue, Track
from showeditor.model.music import PPQ, AtBeat

ACTS = (("青 Qing", 1), ("赤 Chi", 55), ("黄 Huang", 109), ("白 Bai", 163), ("黑 Hei", 217))
"""Name and first bar of each act: five-phase colours."""

LAST_BAR = 270
FINALE_BAR = 256
"""Twenty seconds from here, thirty ignitions a second."""

COLOURS = (("Blue", "Green"), ("Red", "Orange"), ("Gold", "Yellow"), ("White", "Silver"), ("Purple", "Blue"))
QUIET = (
    range(36, 38),
    range(68, 70),
    range(106, 110),
    range(117, 119),
    range(128, 130),
    range(135, 137),
    range(142, 144),
)
"""Bars that belong to the drones alone: pictures being revealed, faces being changed."""

IGNITERS = Figures("example of this show: what its crew would measure on the box", igniters_per_pin=2)


def controllers(sound: Sound) -> tuple[Controller, ...]:
    """Two of different makes that follow the LTC, and an older box as a spare that plays the sound."""
    return (
        Controller("front", "firetek", "fireTEK, bank and barges", follows="timecode", figures=IGNITERS),
        Controller("rear", "cobra-6", "COBRA 18R2, rear row", follows="timecode"),
        Controller("spare", "cobra-4", "COBRA 18R2, older firmware, spare", follows="timecode", sound=sound),
    )


@dataclass
class Script:
    """Cues being written, by track."""

    noise: np.random.Generator
    rows: dict[str, list[Cue]] = field(default_factory=dict)
    count: int = 0

    def fire(self, effect: str, place: str, bar: int, beat: float, lean_deg: float = 0.0, group: str = "") -> None:
        """One cue whose light falls on a beat; `lean_deg` leans it to the audience's right."""
        self.count += 1
        kind = "barges" if place in BARGES else ("bank" if place in FRONT else "rear")
        act = sum(1 for _, first in ACTS if bar >= first)
        self.rows.setdefault(f"{kind}-{act}-{(bar - 1) // 9}", []).append(
            Cue(
                id=f"c{self.count:04d}",
                effect=effect,
                position=place,
                when=AtBeat(round(((bar - 1) * 4 + beat - 1.0) * PPQ)),
                pan_deg=90.0 if lean_deg >= 0.0 else -90.0,
                tilt_deg=round(abs(lean_deg), 1),
                group=group,
                rack=f"{place}-{effect.partition('mm')[0]}",
            )
        )


def _chase(s: Script, effect: str, places: Sequence[str], bar: int, step: float, lean: float) -> None:
    for k, place in enumerate(places):
        s.fire(effect, place, bar, 1.0 + step * k, lean, f"chase {bar}")


def _wall(s: Script, effect: str, places: Sequence[str], bar: int, spread_deg: float) -> None:
    middle = (len(places) - 1) / 2.0
    for k, place in enumerate(places):
        s.fire(effect, place, bar, 1.0, spread_deg * (k - middle) / middle, f"wall {bar}")


def _open(s: Script, effect: str, places: Sequence[str], bar: int, step: float) -> None:
    half = len(places) // 2
    for k in range(half):
        for place, lean in ((places[half - 1 - k], -4.0), (places[half + k], 4.0)):
            s.fire(effect, place, bar, 1.0 + step * k, lean, f"opening {bar}")


def _volley(s: Script, effects: Sequence[str], places: Sequence[str], bar: int) -> None:
    for k, place in enumerate(places):
        s.fire(effects[k % len(effects)], place, bar, 1.0 + 0.5 * (k % 4), 0.0, f"volley {bar}")


def _act(s: Script, number: int, first: int, last: int) -> None:
    one, two = COLOURS[number]
    comet, mine = f"45mm {one} Comet", f"45mm {two} Mine"
    small, ring = f"75mm {one} Peony", f"75mm {two} Chrysanthemum"
    large = (f"100mm {one} Peony w/ {two} Pistil", f"125mm {two} Chrysanthemum", f"100mm {one} Willow")
    for bar in range(first, last, 2):
        if any(bar in quiet or bar + 1 in quiet for quiet in QUIET):
            continue
        turn = (bar - first) // 2
        match turn % 6:
            case 0:
                way = FRONT if turn % 4 else FRONT[::-1]
                _chase(s, comet, way, bar, 0.5, 8.0 if turn % 4 else -8.0)
            case 1:
                _volley(s, (small, ring), REAR[turn % 2 :: 2], bar)
                _volley(s, (comet,), BARGES, bar + 1)
            case 2:
                _open(s, mine, FRONT, bar, 0.5)
            case 3:
                _volley(s, large, REAR[1::3], bar)
                _chase(s, mine, BARGES, bar + 1, 0.25, 0.0)
            case 4:
                _wall(s, comet, FRONT, bar, 14.0)
                _volley(s, (ring,), REAR[::4], bar + 1)
            case 5:
                _open(s, small, REAR, bar, 0.5)
                _volley(s, (mine, comet), BARGES, bar)


def _finale(s: Script) -> None:
    """Thirty a second for twenty seconds: six hundred cues, every place, seeded."""
    shells = (
        "75mm Gold Brocade",
        "75mm Red Peony",
        "100mm Gold Kamuro",
        "75mm White Chrysanthemum",
        "100mm Purple Peony",
    )
    low = ("45mm Gold Comet", "45mm Red Mine", "45mm Silver Comet", "45mm Blue Mine")
    for k in range(600):
        beat = 1.0 + k / 15.0
        bar, rest = FINALE_BAR + int((beat - 1.0) // 4), (beat - 1.0) % 4.0 + 1.0
        if k % 3 == 0:
            place, effect = REAR[int(s.noise.integers(14))], shells[int(s.noise.integers(5))]
        elif k % 3 == 1:
            place, effect = FRONT[int(s.noise.integers(14))], low[int(s.noise.integers(4))]
        else:
            place, effect = (*FRONT, *BARGES)[int(s.noise.integers(19))], low[int(s.noise.integers(4))]
        lean = float(s.noise.integers(-10, 11)) if effect in low else 0.0
        s.fire(effect, place, bar, rest, lean, "finale")


def tracks(seed: int) -> tuple[Track, ...]:
    """The whole firework score, every cue on a pin of its own."""
    s = Script(np.random.default_rng(seed))
    ends = [first for _, first in ACTS[1:]] + [FINALE_BAR - 2]
    for number, ((_, first), last) in enumerate(zip(ACTS, ends, strict=True)):
        _act(s, number, first + (4 if number == 0 else 0), last)
        # the drums between the patterns: comets from the bank on the second beat, small flowers behind
        for bar in range(first + 5, last - 1, 2):
            if not any(bar in quiet for quiet in QUIET):
                for k in s.noise.permutation(14)[:4].tolist():
                    s.fire(f"30mm {COLOURS[number][0]} Comet", FRONT[k], bar, 2.0 + 0.5 * (k % 4), float(k - 7), "drum")
    _finale(s)
    pins = _pins([cue for row in s.rows.values() for cue in row])
    return tuple(
        Track(id=name, name=name, cues=tuple(_wired(cue, pins) for cue in row)) for name, row in sorted(s.rows.items())
    )


def _pins(cues: Sequence[Cue]) -> dict[str, Address]:
    """Pins in firing order; each position has modules of its own."""
    free = {place: _places("front", 1 + 5 * k, 100) for k, place in enumerate((*FRONT, *BARGES))}
    free |= {place: _places("rear", 12 * k, 18) for k, place in enumerate(REAR)}
    return {cue.id: next(free[cue.position]) for cue in sorted(cues, key=lambda c: (c.when.tick, c.id))}


def _places(controller: str, first: int, pins: int) -> Iterator[Address]:
    for module in range(first, first + (5 if pins == 100 else 12)):
        for pin in range(1, pins + 1):
            yield Address(controller, module, pin)


def _wired(cue: Cue, pins: dict[str, Address]) -> Cue:
    return Cue(
        id=cue.id, effect=cue.effect, position=cue.position, when=cue.when, holds=cue.holds, pan_deg=cue.pan_deg,
        tilt_deg=cue.tilt_deg, address=pins[cue.id], group=cue.group, rack=cue.rack,
    )  # fmt: skip
