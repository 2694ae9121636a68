"""Minimal plans, one per code, for controllers, their clocks and cables, and licences."""

from collections.abc import Callable
from dataclasses import replace

from safety_plans import CONTROLLER, S, cue, fireworks, quiet
from showeditor.model.control import Licence, Module, Sound
from showeditor.model.cue import Controller
from showeditor.model.music import Music
from showeditor.model.plan import ControllerSpec, Plan
from showeditor.model.timecode import Timecode
from showeditor.model.venue import Position

SHA = "ab" * 32


def run(*cues: dict[str, object], **figures: object) -> Plan:
    """These cues on one controller of these figures."""
    return replace(quiet(), controllers=(replace(CONTROLLER, **figures),), **fireworks(*cues))


def sited(*cues: dict[str, object], site: dict[str, object], **figures: object) -> Plan:
    """These cues on a controller that the crew states more about."""
    return run(*cues, site=Controller("main", "cobra-6", **site), **figures)


def columns(plan: Plan, **values: tuple[str, ...]) -> Plan:
    return replace(plan, firing=replace(plan.firing, **values))


def coarse(*t: float) -> Plan:
    """Cues of one position at a controller that counts tenths, like fault 14 of the designers' list."""
    return run(*(cue(f"c{k}", t=at, address=("main", 0, k + 1)) for k, at in enumerate(t)), tick_us=100_000)


def heard(music: Music | None, sound: Sound, **site: object) -> Plan:
    return replace(sited(cue("c1"), site={"sound": sound, **site}), music=music)


def two_makes(*follows: str) -> Plan:
    """Two controllers of different makes, each with a cue."""
    pair = tuple(
        ControllerSpec(
            name, name, name, 0, 99, 1, 18, tick, "test", timecode=("ltc",), site=Controller(name, name, follows=how)
        )
        for name, tick, how in zip(("cobra-6", "firetek"), (10_000, 1000), follows, strict=True)
    )
    cues = (cue("a", address=("cobra-6", 1, 1)), cue("b", t=12, address=("firetek", 1, 1)))
    return replace(quiet(), controllers=pair, **fireworks(*cues))


def flames(gap: float, **figures: object) -> Plan:
    plan = run(cue("a"), cue("b", t=10 + gap), refires=True, **figures)
    return columns(plan, category=("Flames", "Flames"))


def on_module(n: int) -> tuple[dict[str, object], ...]:
    return tuple(cue(f"c{k}", t=10 + k, address=("main", 0, k + 1)) for k in range(n))


def apart(metres: float) -> Plan:
    """Two cues of one module so far apart, the module beside the first."""
    far = (400.0 + metres, 0.0, 0.0)
    cues = (cue("a", address=("main", 0, 1)), cue("b", t=12, at=far, position="P2", address=("main", 0, 2)))
    plan = sited(*cues, site={"cable_m": 30.0, "modules": (Module(0, "P1"),)})
    places = (Position("P1", "", (400.0, 0.0, 0.0)), Position("P2", "", far))
    return replace(plan, venue=replace_venue(plan, places))


def replace_venue(plan: Plan, places: tuple[Position, ...]) -> object:
    return type(plan.venue)(zones=plan.venue.zones, positions=places)


def needing(*licences: Licence, date: str = "") -> Plan:
    return replace(quiet(), licences=licences, date=date)


CONTROL: dict[str, Callable[[], Plan]] = {
    "CTL-007": lambda: run(cue("a"), cue("b"), cue("c"), igniters_per_pin=2),
    "CTL-008": lambda: flames(0.5, refire_gap_us=1 * S),
    "CTL-009": lambda: run(*(cue(f"c{k}", t=10 + 0.05 * k, address=("main", 0, k + 1)) for k in range(2)),
                           module_gap_us=100_000),
    "CTL-010": lambda: run(*on_module(4), most_cues=3),
    "CTL-011": lambda: run(*on_module(4), most_cues_per_module=3),
    "CTL-012": lambda: coarse(10.06, 10.13),
    "CTL-013": lambda: sited(cue("late", t=60), site={"modules": (Module(0, on_us=0, off_us=50 * S),)}),
    "CTL-014": lambda: sited(cue("a"), site={"follows": "timecode"}, timecode=("fsk",)),
    "CTL-015": lambda: two_makes("timecode", "button"),
    "CTL-016": lambda: heard(Music("a.wav", start_us=0), Sound("a.wav", 40_000)),
    "CTL-017": lambda: columns(run(cue("a", address=("main", 0, 1)), cue("b", t=12, calibre=100.0,
                               address=("main", 0, 2))), rack=("R1", "R1")),
    "CTL-018": lambda: sited(cue("a", address=("main", 0, 1)), cue("b", t=12, calibre=100.0, address=("main", 0, 2)),
                             site={"one_calibre": True}),
    "CTL-019": lambda: columns(run(*on_module(3), hazard_groups=2), hazard=("a", "b", "c")),
    "CTL-021": lambda: run(cue("a"), ranges_known=False),
    "CTL-022": lambda: apart(31.0),
    "CTL-023": lambda: columns(run(cue("a")), hazard=("high wind",)),
    "CTL-024": lambda: sited(cue("a"), site={"follows": "timecode"}),
    "CTL-025": lambda: replace(
        sited(*on_module(2), site={"follows": "timecode"}, timecode=("ltc",)), timecode=Timecode(zero="23:59:49:12")
    ),
    "CTL-026": lambda: heard(Music("a.wav"), Sound("a.wav", 0, SHA)),
    "LIC-001": lambda: needing(Licence("l1", "operator", "Liu")),
    "LIC-002": lambda: needing(Licence("l1", "permit", number="7", until="2026-02-01"), date="2026-02-02"),
    "LIC-003": lambda: needing(Licence("l1", "permit", number="7", until="2026-02-01")),
}  # fmt: skip
