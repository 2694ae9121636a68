"""Two controllers of different makes in one show: each its own files, every cue in exactly one, one clock."""

from pathlib import Path

import pytest
from showeditor.export.gate import publish
from showeditor.model.cue import Controller, Cue, Track
from showeditor.model.music import AtTime
from showeditor.model.show import Show
from showeditor.model.venue import Position, Venue, Zone
from showeditor.planning.compile import compile_show
from showeditor.planning.controllers import spec_of
from showeditor.safety.check import check
from showeditor.timeline.addressing import Wishes, address_site

S = 1_000_000
SEATS = Zone("seats", "audience", ((-200.0, -700.0), (200.0, -700.0), (200.0, -800.0), (-200.0, -800.0)))


def two_banks(*follows: str) -> Show:
    places = (
        Position("near", "", (0.0, 0.0, 0.0), controller="A"),
        Position("far", "", (60.0, 0.0, 0.0), controller="B"),
    )
    cues = tuple(Cue(f"c{k:02d}", "75mm red peony", ("near", "far")[k % 2], AtTime((10 + k) * S)) for k in range(40))
    boxes = (Controller("A", "cobra-6", follows=follows[0]), Controller("B", "jingduan", follows=follows[1]))
    show = Show("two banks", 90 * S, venue=Venue(zones=(SEATS,), positions=places),
                tracks=(Track("t", "t", cues),), controllers=boxes)  # fmt: skip
    specs = [spec_of(box) for box in boxes]
    ranges = {s.id: (range(1, s.module_hi + 1), range(s.pin_lo, s.pin_hi + 1)) for s in specs if s is not None}
    return address_site(show, ranges, "A", None, dict.fromkeys(ranges, Wishes()))[-1].show


def test_each_make_gets_its_own_files_and_every_cue_is_in_one(tmp_path: Path) -> None:
    plan = compile_show(two_banks("timecode", "timecode"))
    receipt = publish(plan, ["cobra-6", "jingduan"], tmp_path / "out")
    by_format = {one.id: set(one.rounding_us) for one in receipt.formats}
    assert by_format == {
        "cobra-6": {f"c{k:02d}" for k in range(0, 40, 2)},
        "jingduan": {f"c{k:02d}" for k in range(1, 40, 2)},
    }
    assert "EXP-LEFT-OUT" not in {f.code for f in receipt.findings}
    assert {name.split("/")[0] for name in (f.name for f in receipt.files)} == {"cobra-6", "jingduan"}


@pytest.mark.parametrize(
    ("follows", "codes"),
    [
        (("timecode", "timecode"), {"CTL-024"}),  # nobody has stated whether a Jingduan host chases
        (("timecode", "button"), {"CTL-015"}),
        (("", ""), {"CTL-015"}),
    ],
)
def test_one_clock(follows: tuple[str, str], codes: set[str]) -> None:
    found = check(compile_show(two_banks(*follows)))
    assert {f.code for f in found if f.severity != "note"} == codes
