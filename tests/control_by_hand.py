"""Timecode, stage cues, captions and music made by hand, for the tests of formats, the gate and the live clock."""

from dataclasses import replace

import numpy as np
from showeditor.model.arrays import frozen
from showeditor.model.plan import Plan, Soundtrack
from showeditor.model.stage import Call, CaptionSpan, Dmx, Msc, Osc, StageEvent
from showeditor.model.timecode import Timecode

STAGE = (
    StageEvent("q1", 0, 'Doors, "half"', "Stage", Call(), "wait for the bell"),
    StageEvent("q2", 1_000_000, "红色", "灯光", Osc("/eos/cue/1/fire", (1, 0.1, "云", True)), "慢"),
    StageEvent("q3", 2_500_000, "Go 12.5", "灯光", Msc("go", "12.5", "1", 3)),
    StageEvent("q4", 2_500_000, "Stop", "Sound", Msc("stop", kind="sound")),
    StageEvent("q5", 4_000_500, "Wash", "灯光", Dmx(1, 10, (255, 0, 128), 2_000_000)),
    StageEvent("q6", 7_777_777, "Blackout", "灯光", Osc("/eos/key/go")),
)
CAPTIONS = (
    CaptionSpan("n1", 500_000, 2_000_000, "夜色渐浓\n云起河湾", "Night falls\nclouds <rise> & drift", "Ann & Bo"),
    CaptionSpan("n2", 2_000_000, 4_500_000, "第二句", ""),
    CaptionSpan("n3", 5_000_000, 6_000_400, "", "No Chinese here"),
)


def music(rate: int = 48_000, start_us: int = 250_000, seconds: float = 3.0) -> Soundtrack:
    """Three seconds of a sound with no symmetry."""
    t = np.arange(int(rate * seconds)) / rate
    return Soundtrack(rate, start_us, frozen(12_000 * np.sin(2 * np.pi * 220 * t * (1 + 0.1 * t)), np.int16, (None,)))


def with_control(plan: Plan, **more: object) -> Plan:
    """The plan with stage cues, captions, music, and timecode that begins before midnight."""
    timecode = Timecode("29.97df", "-00:00:04:00", 3_000_000, "2026-09-30", 8)
    held = {"timecode": timecode, "stage": STAGE, "captions": CAPTIONS, "soundtrack": music(), **more}
    return replace(plan, **held)
