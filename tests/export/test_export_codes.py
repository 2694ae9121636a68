"""One change in a file per code of the comparison trips that code and no other; and every such code is one of these."""

from dataclasses import replace

import numpy as np
import pytest
from showeditor.export.compare import nothing_to_write
from showeditor.export.control import compared_control
from showeditor.export.format import Carried, Resolution
from showeditor.model.arrays import frozen
from showeditor.model.plan import Plan, Soundtrack
from showeditor.model.stage import CaptionSpan, Osc, StageEvent
from showeditor.model.timecode import Timecode

S = 1_000_000
SOUND = Soundtrack(8000, 0, frozen(np.arange(800) % 100, np.int16, (None,)))
PLAN = Plan(
    "night",
    60 * S,
    timecode=Timecode("25", "01:00:00:00"),
    soundtrack=SOUND,
    stage=(StageEvent("s1", 5 * S, "Red", "Light", Osc("/go", (1,))),),
    captions=(CaptionSpan("k1", 3 * S, 5 * S, "夜", "Night"),),
)
TAKES = Carried(stage=(0,), captions=(0,), timecode=True, soundtrack=True)
KEEPS = Resolution(keeps=("name", "department", "action", "zh", "en"))


def codes(read: Plan) -> list[str]:
    return [f.code for f in compared_control(PLAN, TAKES, read, KEEPS, "own")]


def test_what_was_written_agrees() -> None:
    assert codes(PLAN) == []


@pytest.mark.parametrize(
    ("code", "read"),
    [
        ("EXP-TIMECODE", replace(PLAN, timecode=Timecode("25", "02:00:00:00"))),
        ("EXP-TIMECODE", replace(PLAN, timecode=Timecode("30", "01:00:00:00"))),
        ("EXP-SOUND", replace(PLAN, soundtrack=None)),
        ("EXP-SOUND", replace(PLAN, soundtrack=replace(SOUND, samples=frozen(SOUND.samples + 1, np.int16, (None,))))),
        ("EXP-STAGE", replace(PLAN, stage=())),
        ("EXP-STAGE", replace(PLAN, stage=(replace(PLAN.stage[0], action=Osc("/go", (2,))),))),
        ("EXP-STAGE", replace(PLAN, stage=(replace(PLAN.stage[0], t_us=6 * S),))),
        ("EXP-CAPTION", replace(PLAN, captions=())),
        ("EXP-CAPTION", replace(PLAN, captions=(replace(PLAN.captions[0], zh="昼"),))),
        ("EXP-CAPTION", replace(PLAN, captions=(*PLAN.captions, CaptionSpan("k2", 9 * S, 10 * S, "二")))),
    ],
)
def test_one_change_trips_exactly_its_code(code: str, read: Plan) -> None:
    assert set(codes(read)) == {code}


def test_a_format_without_anything_to_hold() -> None:
    finding = nothing_to_write("cobra-6", "COBRA", "眼镜蛇", PLAN)
    assert (finding.code, finding.severity) == ("EXP-NOTHING", "block")
