"""《百面千灯》找错版: the show with fourteen faults seeded into it, for learning to find them.

    python shows/bai-mian-qian-deng/faults.py [--out FILE] [NUMBER ...]

Each fault is a small edit of the clear show; without numbers all fourteen are made.
"""

import argparse
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from showeditor.model.cue import Address, Cue
from showeditor.model.music import AtTime
from showeditor.model.points import Points
from showeditor.model.show import Show
from showeditor.model.swarm import Formation, Grid, Scene
from showeditor.model.times import us
from showeditor.model.venue import Wind, Zone
from showeditor.storage.files import load_show, save_show

NAME = "bai-mian-qian-deng"
HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Fault:
    """What is wrong, how it is made, the codes that must find it, and ids that must be named (any of them).

    `also` are codes that may find it as well: the wind of the evening blows a shell aside, and drones that park
    elsewhere come to other places of the next picture.
    """

    title: str
    make: Callable[[Show], Show]
    codes: frozenset[str]
    ids: frozenset[str]
    also: frozenset[str] = frozenset()


def _with_cues(show: Show, changed: dict[str, Cue]) -> Show:
    tracks = tuple(
        replace(track, cues=tuple(changed.get(cue.id, cue) for cue in track.cues))
        if any(cue.id in changed for cue in track.cues)
        else track
        for track in show.tracks
    )
    return replace(show, tracks=tracks)


def _cues(show: Show, *ids: str) -> list[Cue]:
    known = {cue.id: cue for cue in show.cues()}
    return [known[name] for name in ids]


def _with_formation(show: Show, formation: Formation) -> Show:
    rows = tuple(formation if f.id == formation.id else f for f in show.formations)
    return replace(show, formations=rows)


def _with_scene(show: Show, scene: Scene) -> Show:
    flight = show.flights[0]
    scenes = tuple(scene if s.id == scene.id else s for s in flight.scenes)
    return replace(show, flights=(replace(flight, scenes=scenes),))


EARLY, TWIN_A, TWIN_B = "c0020", "c0600", "c0700"
SERIES = ("c0910", "c0911", "c0912")
MIXED, FAN, STRAY = "c0068", ("c0045", "c0132", "c0278"), "c0854"
CLOSE = ("c1216", "c1217")


def early(show: Show) -> Show:
    """A shell that needs seconds to rise is to break half a second into the show."""
    (cue,) = _cues(show, EARLY)
    return _with_cues(show, {EARLY: replace(cue, when=AtTime(us(0.5)))})


def twins(show: Show) -> Show:
    """A copied row of the pin list: two cues at different moments on one pin."""
    a, b = _cues(show, TWIN_A, TWIN_B)
    return _with_cues(show, {TWIN_B: replace(b, address=a.address)})


def crowded(show: Show) -> Show:
    """Three comets in series on a pin that fires two igniters."""
    first, *rest = _cues(show, *SERIES)
    same = {cue.id: replace(first, id=cue.id) for cue in rest}
    return _with_cues(show, same)


def mixed(show: Show) -> Show:
    """A 100 mm shell ordered in place of a 75 mm one stands in the 75 mm rack."""
    (cue,) = _cues(show, MIXED)
    return _with_cues(show, {MIXED: replace(cue, effect=cue.effect.replace("75mm", "100mm"))})


def aimed(show: Show) -> Show:
    """A fan in the outermost rack, leaning at the seats of the east terrace."""
    turned = {
        c.id: replace(c, pan_deg=90.0, tilt_deg=t) for c, t in zip(_cues(show, *FAN), (45.0, 50.0, 55.0), strict=True)
    }
    return _with_cues(show, turned)


def through(show: Show) -> Show:
    """A shell moved to the middle barge and leant towards the mask."""
    (cue,) = _cues(show, STRAY)
    return _with_cues(show, {STRAY: replace(cue, position="S3", pan_deg=180.0, tilt_deg=35.0, rack="")})


def near(show: Show) -> Show:
    """A lantern of 剧院 nudged by hand to a metre beside its neighbour."""
    formation = next(f for f in show.formations if f.id == "theatre")
    points = formation.points.metres.copy()
    points[401] = points[400] + (1.0, 0.0, 0.0)
    return _with_formation(show, replace(formation, points=Points(points)))


def hasty(show: Show) -> Show:
    """Fret and seal called half a minute early: the way from the mask cannot be flown in the time that is left."""
    scene = next(s for s in show.flights[0].scenes if s.id == "seal")
    mask = next(s for s in show.flights[0].scenes if s.id == "mask")
    ends = show.music.tempo.us_of_tick(mask.arrive.tick) + mask.hold_us if show.music else 0
    return _with_scene(show, replace(scene, arrive=AtTime(ends + us(4.0)), hold_us=us(40.0)))


def windy(show: Show) -> Show:
    """The forecast of the evening: more wind than the rule pack allows fireworks to be fired in."""
    return replace(show, venue=replace(show.venue, wind=Wind(10.5, show.venue.wind.from_deg)))


def unparked(show: Show) -> Show:
    """The parking grid slipped: drones that a picture does not need wait before the stand, outside the fence."""
    fleet = show.fleets[0]
    grid = Grid(origin_m=(-73.5, -40.0, 30.0), columns=50, spacing_m=3.0)
    return replace(show, fleets=(replace(fleet, park=grid),))


def dry(show: Show) -> Show:
    """The reeds under 剧院 were drawn as water; in February they are dry, and the tassels burn above them."""
    reeds = Zone("reeds", "dry_grass", ((-95.0, 98.0), (95.0, 98.0), (95.0, 126.0), (-95.0, 126.0)), "芦苇 reeds")
    return replace(show, venue=replace(show.venue, zones=(*show.venue.zones, reeds)))


def late_sound(show: Show) -> Show:
    """The box that plays the sound begins it a second and a half late."""
    rows = tuple(
        replace(c, sound=replace(c.sound, start_us=us(1.5))) if c.sound is not None else c for c in show.controllers
    )
    return replace(show, controllers=rows)


def unlicensed(show: Show) -> Show:
    """The permit of the airspace was never entered."""
    rows = tuple(replace(one, number="") if one.id == "airspace" else one for one in show.licences)
    return replace(show, licences=rows)


def collided(show: Show) -> Show:
    """Two comets 60 ms apart moved to the spare, whose clock ticks every 100 ms."""
    a, b = _cues(show, *CLOSE)
    moved = {
        a.id: replace(a, when=AtTime(us(300.17)), holds="ignition", address=Address("spare", 1, 1)),
        b.id: replace(
            b, when=AtTime(us(300.23)), holds="ignition", address=Address("spare", 1, 2), position=a.position,
            effect=a.effect, rack=a.rack,
        ),
    }  # fmt: skip
    return _with_cues(show, moved)


FAULTS: dict[int, Fault] = {
    1: Fault("点火早于零点 pre-fire before zero", early, frozenset({"CTL-001"}), frozenset({EARLY})),
    2: Fault("两发同一针脚 two cues on one pin", twins, frozenset({"CTL-002"}), frozenset({TWIN_A, TWIN_B})),
    3: Fault("针脚超载 pin over capacity", crowded, frozenset({"CTL-007"}), frozenset(SERIES)),
    4: Fault("炮架混装 calibre mix in rack", mixed, frozenset({"CTL-017"}), frozenset({MIXED})),
    5: Fault("扇面朝向座席 fan aimed at seats", aimed, frozenset({"FWK-003", "FWK-011"}), frozenset(FAN)),
    6: Fault(
        "弹道穿过机群 shell through drones",
        through,
        frozenset({"MIX-002", "MIX-003"}),
        frozenset({STRAY}),
        frozenset({"MIX-001", "MIX-004"}),
    ),
    7: Fault("机间距不足 drone pair too near", near, frozenset({"DRN-001", "PLAN-SPACING"}), frozenset()),
    8: Fault("转场超速 over-speed transition", hasty, frozenset({"PLAN-TIME"}), frozenset({"seal"})),
    9: Fault("超风速 wind overrun", windy, frozenset({"FWK-009"}), frozenset()),
    10: Fault(
        "闲置无人机未停泊 unparked idle drones",
        unparked,
        frozenset({"DRN-007"}),
        frozenset(),
        frozenset({"PLAN-PAYLOAD-CHANNEL"}),
    ),
    11: Fault("流苏下是干草 tassel over grass", dry, frozenset({"PYR-003"}), frozenset()),
    12: Fault("声音偏移 wrong sound offset", late_sound, frozenset({"CTL-016"}), frozenset({"spare"})),
    13: Fault("缺少许可 missing licence", unlicensed, frozenset({"LIC-001"}), frozenset({"airspace"})),
    14: Fault("100 毫秒刻度重合 rounding collision at 100 ms", collided, frozenset({"CTL-012"}), frozenset(CLOSE)),
}


def seeded(show: Show, numbers: Iterable[int]) -> Show:
    """The show with these faults."""
    for number in numbers:
        show = FAULTS[number].make(show)
    return replace(show, title=f"{show.title} · 找错版")


def main() -> None:
    """Write the show with faults."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--out", type=Path, default=HERE / f"{NAME}-zhao-cuo.show", help="file to write")
    options.add_argument("number", nargs="*", type=int, help="which faults (default: all)")
    chosen = options.parse_args()
    clear = load_show(HERE / f"{NAME}.show")
    save_show(seeded(clear, chosen.number or FAULTS), chosen.out)


if __name__ == "__main__":
    main()
