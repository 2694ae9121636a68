"""The fireworks of 《云起河湾》: about 160 cues on seven positions, all on the score, blue, white and gold only."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from showeditor.model.cue import Address, Cue, Track
from showeditor.model.music import PPQ, AtBeat
from showeditor.model.venue import Position

LINE_Y_M = 150.0
STEP_M = 33.0
PINS = 18
MODULES_EACH = 2

LEFT_TO_RIGHT = tuple(f"P{k}" for k in range(1, 8))
PAIRS = (("P4",), ("P3", "P5"), ("P2", "P6"), ("P1", "P7"))
"""From the middle outwards."""

TRACKS = (
    ("fountains", "喷泉 Fountains"),
    ("comets", "彗星 Comets"),
    ("fans", "扇面 Fans"),
    ("mines", "地礼 Mines"),
    ("shells", "礼花弹 Shells"),
)

WHITE_FAN = "45mm 80 Degrees 7 Shot (a) White Comet w/ Silver Tail Cake, 1 Row (aaaaaaa/FNT)"
WIDE_FAN = "45mm 110 Degrees 11 Shot 0.5s (a) White Comet w/ Silver Tail Cake, 1 Row (aaaaaaaaaaa/OTC)"
GOLD_FAN = "45mm 90 Degrees 9 Shot 0.6s (a) Gold Comet Cake, 1 Row (aaaaaaaaa/CTO)"
TRIPLE = "45mm 40 Degrees 3 Shot (a) White Comet w/ Silver Tail Cake, 1 Row (aaa/FNT)"
GOLD_SWEEPS = tuple(
    f"30mm 90 Degrees 36 Shot 6s (a) Gold Comet Cake, 4 Rows, Row 1,3 (aaaaaaaaa/{a}), Row 2,4 (aaaaaaaaa/{b})"
    for a, b in (("FNR", "FNL"), ("FNL", "FNR"))
)
"""A cake that sweeps to and fro, and its mirror image."""

DRUM_CAKES = {
    side: f"30mm 70 Degrees 16 Shot 4.6875s (a) {{}} Comet Cake, 2 Rows, Row 1 (aaaaaaaa/{a}), Row 2 (aaaaaaaa/{b})"
    for side, a, b in ((-1.0, "FNL", "FNR"), (1.0, "FNR", "FNL"))
}
"""Sixteen comets on the eighths of eight counts, first outwards, then back; by side, the colour left open."""

WHITE_BLAST = "60mm Silver Comet w/ White Mine"
BLUE_BLAST = "60mm Silver Comet w/ Blue Mine"
GOLD_BLAST = "60mm Gold Comet w/ Gold Mine"


def positions() -> tuple[Position, ...]:
    """Seven positions in a row on the far bank, facing the way the audience looks, so that pan 90 is its right hand."""
    names = ("左外", "左中", "左内", "中", "右内", "右中", "右外")
    return tuple(
        Position(id=f"P{k + 1}", name=f"{names[k]} P{k + 1}", at_m=((k - 3) * STEP_M, LINE_Y_M, 1.0)) for k in range(7)
    )


@dataclass
class Script:
    """Cues being written, by track."""

    rows: dict[str, list[Cue]] = field(default_factory=lambda: {name: [] for name, _ in TRACKS})
    count: int = 0

    def fire(
        self, kind: str, effect: str, place: str, bar: int, beat: float = 1.0, lean_deg: float = 0.0, group: str = ""
    ) -> None:
        """One cue whose first light or break falls on a beat; `lean_deg` leans it to the audience's right."""
        self.count += 1
        self.rows[kind].append(
            Cue(
                id=f"c{self.count:03d}",
                effect=effect,
                position=place,
                when=AtBeat(round(((bar - 1) * 4 + beat - 1.0) * PPQ)),
                holds="bloom",
                pan_deg=90.0 if lean_deg >= 0.0 else -90.0,
                tilt_deg=abs(lean_deg),
                group=group,
            )
        )

    def pair(
        self, kind: str, effect: str, ring: int, bar: int, beat: float = 1.0, out_deg: float = 0.0, group: str = ""
    ) -> None:
        """The same from both positions `ring` steps from the middle, mirrored: positive leans away from the middle."""
        places = PAIRS[ring]
        if len(places) == 1:
            self.fire(kind, effect, places[0], bar, beat, 0.0, group)
            return
        self.fire(kind, effect, places[0], bar, beat, -out_deg, group)
        self.fire(kind, effect, places[1], bar, beat, out_deg, group)


def rising(s: Script) -> None:
    """起: two quiet fountains, single comets between long pauses, darkness for the cloud, then the first flowers."""
    s.pair("fountains", "50mm 20s Silver Fountain", 2, 2, group="river light")
    s.fire("comets", "45mm Blue Comet", "P4", 3)
    s.pair("comets", "45mm Blue Comet", 1, 5, out_deg=10.0)
    s.pair("comets", "45mm Blue Comet", 2, 7, out_deg=12.0)
    s.pair("comets", "45mm Silver Comet", 3, 9, out_deg=-18.0, group="gate")
    # bars 10 to 14 belong to the drones: not one cue while the stitch of light draws the cloud
    s.pair("shells", "63mm Blue Peony", 3, 15, out_deg=2.0)
    s.pair("shells", "63mm Blue Peony w/ White Pistil", 2, 15, 3.0, out_deg=2.0)
    s.fire("shells", "75mm Silver Chrysanthemum w/ Blue Pistil", "P4", 16)
    for ring in range(4):
        s.pair("mines", "45mm White Mine", ring, 16, 2.5 + 0.5 * ring, out_deg=5.0 * ring, group="opening out")


def parting(s: Script) -> None:
    """承: a white wall, then on every bar a fan of white comets, blue flowers answering on the third beat."""
    for place in LEFT_TO_RIGHT:
        s.fire("mines", WHITE_BLAST, place, 17, group="white wall")
    s.pair("shells", "75mm Blue To White Peony w/ Silver Tail", 2, 17, out_deg=2.0)
    s.fire("shells", "75mm Silver Chrysanthemum w/ Blue Pistil", "P4", 17)
    s.pair("shells", "75mm Blue Ring w/ White Pistil", 3, 19, out_deg=3.0)
    for k, bar in enumerate(range(21, 33)):
        s.pair("fans", WHITE_FAN, k % 4, bar, group="fan on the bar")
        if k % 2 == 0:
            s.pair("shells", "75mm Blue Peony w/ White Pistil", (3, 2, 1)[k // 2 % 3], bar, 3.0, out_deg=3.0)
    for bar in (24, 28, 32):
        s.fire("shells", "75mm Silver Willow", "P4", bar, 3.0)
    s.fire("fans", WIDE_FAN, "P4", 33)
    for k, place in enumerate(LEFT_TO_RIGHT):
        s.fire("comets", "45mm Silver Comet", place, 35, 1.0 + k, 8.0, group="run to the right")
    # the last beat of bar 36 is empty


def standing(s: Script) -> None:
    """转: the drums; eight counts on the left, eight on the right, five times; then both, then nothing."""
    sides = (("P1", "P2", "P3", -1.0), ("P7", "P6", "P5", 1.0))
    for eight in range(5):
        outer, middle, inner, out = sides[eight % 2]
        bar = 37 + 2 * eight
        group = f"eight {eight + 1}"
        blast, colour = ((BLUE_BLAST, "Blue"), (WHITE_BLAST, "White"))[eight // 2 % 2]
        s.fire("mines", blast, outer, bar, 1.0, 6.0 * out, group)
        s.fire("mines", blast, inner, bar, 1.0, 0.0, group)
        s.fire("fans", TRIPLE, middle, bar, 3.0, 12.0 * out, group)
        s.fire("fans", TRIPLE, inner, bar, 4.0, -12.0 * out, group)
        s.fire("mines", blast, middle, bar + 1, 1.0, 0.0, group)
        s.fire("fans", DRUM_CAKES[out].format("Blue" if colour == "Blue" else "Silver"), middle, bar, 1.0, 0.0, group)
        s.fire("shells", f"75mm {colour} Peony w/ Silver", outer, bar + 1, 3.0, 2.0 * out, group)
    s.pair("mines", WHITE_BLAST, 3, 47, 1.0, 8.0, "eight 6")
    s.pair("fans", TRIPLE, 2, 47, 3.0, -12.0, "eight 6")
    s.pair("mines", BLUE_BLAST, 1, 48, 1.0, 0.0, "eight 6")
    s.fire("fans", WHITE_FAN, "P4", 48, 2.0, 0.0, "eight 6")


def closing(s: Script) -> None:
    """合: gold for the first time, beside the characters and never behind them; then the willows take over."""
    for place in LEFT_TO_RIGHT:
        s.fire("mines", GOLD_BLAST, place, 49, group="gold wall")
    s.pair("shells", "75mm Gold Brocade", 3, 49, out_deg=4.0)
    s.pair("shells", "75mm Gold Chrysanthemum", 2, 49, 3.0, out_deg=4.0)
    for ring, bar in ((3, 53), (2, 54), (1, 55)):
        s.pair("fans", TRIPLE, ring, bar, out_deg=-12.0, group="drawing near")
    # bar 56 is empty: the breath before the fire
    s.pair("fans", GOLD_FAN, 3, 57, group="the character burns")
    s.pair("fans", GOLD_FAN, 1, 57, group="the character burns")
    for sweep, place in zip(GOLD_SWEEPS, PAIRS[2], strict=True):
        s.fire("fans", sweep, place, 58, group="the character burns")
    s.pair("shells", "75mm Gold Palm w/ Gold Tail", 3, 57, 3.0, out_deg=4.0)
    s.pair("shells", "75mm Gold Chrysanthemum w/ White Pistil", 2, 58, 3.0, out_deg=4.0)
    s.pair("shells", "75mm Gold Brocade", 3, 59, 3.0, out_deg=4.0)
    s.pair("shells", "75mm Gold Palm w/ Gold Tail", 2, 60, 1.0, out_deg=4.0)
    for k, place in enumerate(LEFT_TO_RIGHT):
        s.fire("shells", "75mm Gold Willow", place, 61, 1.0, (k - 3) * 1.5, "willow curtain")
    for ring in (3, 1):
        s.pair("shells", "75mm Gold Willow w/ White Pistil", ring, 61, 3.0, 2.0, "willow curtain")
    s.fire("shells", "75mm Gold Kamuro", "P4", 61, 4.0, 0.0, "willow curtain")
    # the flute takes leave
    s.fire("comets", "30mm Silver Comet", "P4", 63, 2.0)


def tracks() -> tuple[Track, ...]:
    """The whole firework score, every cue on a pin of its own."""
    script = Script()
    rising(script)
    parting(script)
    standing(script)
    closing(script)
    pins = _pins(script)
    return tuple(
        Track(id=kind, name=name, cues=tuple(_wired(cue, pins) for cue in script.rows[kind])) for kind, name in TRACKS
    )


def _pins(script: Script) -> dict[str, Address]:
    """Pins in firing order, two modules beside each position: odd module first, 18 pins each."""
    free: dict[str, Iterator[Address]] = {place: _places(k) for k, place in enumerate(LEFT_TO_RIGHT)}
    cues = sorted((c for row in script.rows.values() for c in row), key=lambda c: (c.when.tick, c.id))
    return {cue.id: next(free[cue.position]) for cue in cues}


def _places(index: int) -> Iterator[Address]:
    for module in range(1 + MODULES_EACH * index, 1 + MODULES_EACH * (index + 1)):
        for pin in range(1, PINS + 1):
            yield Address(controller="cobra", module=module, pin=pin)


def _wired(cue: Cue, pins: dict[str, Address]) -> Cue:
    return Cue(
        id=cue.id,
        effect=cue.effect,
        position=cue.position,
        when=cue.when,
        holds=cue.holds,
        pan_deg=cue.pan_deg,
        tilt_deg=cue.tilt_deg,
        address=pins[cue.id],
        group=cue.group,
    )
