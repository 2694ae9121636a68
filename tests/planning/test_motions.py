"""Motion of a held formation: within the limits, spaced in continuous time, refused with what would do."""

import math
from typing import Any

import msgspec
import numpy as np
import pytest
from showeditor.formations.bvh import figure_of, read_bvh
from showeditor.kernels.bernstein import states
from showeditor.model.fingerprint import fingerprint
from showeditor.model.motions import Dance, Follow, Morph, Motion, Scatter, Swell, Turn
from showeditor.model.music import AtTime
from showeditor.model.plan import Plan
from showeditor.model.points import Points
from showeditor.model.show import Show
from showeditor.model.swarm import Fleet, Flight, Formation, Grid, Placement, Scene
from showeditor.planning.compile import compile_show
from showeditor.safety.check import check
from showeditor.storage.text import show_of_text, show_to_text

S = 1_000_000
FLAT = [[6.0 * x, 0.0, 6.0 * z] for z in range(3) for x in range(5)]


def moving(motion: Motion | None, points: Any = FLAT, hold_s: float = 40, spare: int = 1, **other: Any) -> Show:
    row = Formation("row", "row", Points(points))
    goal = Formation("goal", "goal", Points([[9.0 * x - 12.0, 5.0, 9.0 * z] for z in range(3) for x in range(5)]))
    first = Scene("a", "row", AtTime(60 * S), round(hold_s * S), Placement((0.0, 80.0, 40.0), 30.0), motion=motion)
    then = Scene("b", "row", AtTime(round((90 + hold_s) * S)), 5 * S, Placement((0.0, 80.0, 40.0)))
    n = len(points) + spare
    fleet = Fleet("f", "skybrush-default", n, Grid((-30.0, 0.0, 0.0), 8, 5.0))
    flight = Flight("night", "f", AtTime(0), (first, then))
    return Show("moving", 300 * S, fleets=(fleet,), formations=(row, goal), flights=(flight,), **other)


def at(plan: Plan, t_s: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    d = plan.drones
    return states(
        d.piece_start, d.piece_t0_us, d.piece_t1_us, d.ctrl_start, d.ctrl, d.home_m, round(t_s * S)
    )  # fmt: skip


GOOD = [
    Turn(2 * S, 30 * S, "z", 180.0),
    Turn(2 * S, 30 * S, "y", 90.0),
    Swell(2 * S, 30 * S, "x", "y", 2.0, 30.0, 8 * S),
    Morph(2 * S, 20 * S, "goal"),
    Scatter(2 * S, 30 * S, 1.6, 1.0),
    Follow(2 * S, 30 * S, ((15.0, 0.0, 5.0), (30.0, 10.0, 0.0))),
]


@pytest.mark.parametrize("motion", GOOD, ids=lambda m: type(m).__name__)
def test_motion_keeps_every_limit_and_the_checker_agrees(motion: Motion) -> None:
    plan = compile_show(moving(motion))
    assert plan.problems == ()
    still = compile_show(moving(None))
    assert not np.allclose(at(plan, 76.0)[0], at(still, 76.0)[0], atol=0.5)
    for t_s in np.arange(60.0, 101.0, 0.37):
        _, speed, accel = at(plan, float(t_s))
        assert np.hypot(speed[:, 0], speed[:, 1]).max() <= plan.limits.max_speed_xy_mps
        assert np.abs(speed[:, 2]).max() <= plan.limits.max_speed_up_mps
        assert np.sqrt((accel**2).sum(axis=1)).max() <= plan.limits.max_accel_mps2
    # at rest at both ends, and no step anywhere
    for t_s in (61.9, 99.9):
        assert np.abs(at(plan, t_s)[1]).max() < 1e-9
    d = plan.drones
    joins = [
        np.abs(d.ctrl[d.ctrl_start[p + 1] - 1] - d.ctrl[d.ctrl_start[p + 1]]).max()
        for k in range(len(d))
        for p in range(int(d.piece_start[k]), int(d.piece_start[k + 1]) - 1)
    ]
    assert max(joins) < 1e-9
    kinds = {f.code for f in check(plan, plan.limits) if f.severity == "block"}
    assert not [code for code in kinds if code.startswith(("DRONE", "SPACING", "SPEED", "PLAN", "PATH"))], kinds


def test_where_motions_lead() -> None:
    turned, still = at(compile_show(moving(GOOD[0])), 95.0)[0], at(compile_show(moving(None)), 95.0)[0]
    row = Formation("row", "row", Points(FLAT)).points.metres
    held = 0.5 * (row.min(axis=0) + row.max(axis=0))
    heading = math.radians(30.0)
    right = np.array([math.cos(heading), -math.sin(heading), 0.0])
    ahead = np.array([math.sin(heading), math.cos(heading), 0.0])
    middle = np.array([0.0, 80.0, 40.0]) + held[0] * right + held[1] * ahead
    shown = np.flatnonzero(np.abs(turned - still).max(axis=1) > 1e-6)
    assert len(shown) == 12  # the middle column stays
    assert np.allclose(turned[shown][:, :2], (2.0 * middle - still[shown])[:, :2], atol=1e-6)
    carried = at(compile_show(moving(GOOD[5])), 95.0)[0] - still
    moved = np.flatnonzero(np.abs(carried).max(axis=1) > 1.0)
    assert len(moved) == 15
    assert np.allclose(carried[moved], 30.0 * right + 10.0 * ahead, atol=1e-6)
    gathered = at(compile_show(moving(GOOD[4])), 95.0)[0]
    assert np.allclose(gathered, still, atol=1e-6)


@pytest.mark.parametrize(
    ("motion", "says"),
    [
        (Turn(2 * S, 4 * S, "z", 360.0), "would do"),
        (Swell(2 * S, 30 * S, amplitude_m=6.0, period_us=2 * S), "period of 2.0 s"),
        (Swell(2 * S, 30 * S, amplitude_m=500.0, period_us=S // 10), "period of 0.1 s"),
        (Scatter(2 * S, 30 * S, 0.3), "enlarge the formation"),
        (Turn(20 * S, 30 * S), "held for 40.00 s"),
        (Morph(2 * S, 20 * S, "nowhere"), "does not have"),
    ],
)
def test_refusals_name_what_would_help_and_the_drones_hold_still(motion: Motion, says: str) -> None:
    plan = compile_show(moving(motion))
    (finding,) = plan.problems
    assert (finding.code, finding.severity) == ("PLAN-MOTION", "block")
    assert says in finding.message
    assert np.abs(at(plan, 75.0)[1]).max() < 1e-9


def test_the_duration_that_is_offered_does() -> None:
    (finding,) = compile_show(moving(Turn(0, 4 * S, "z", 360.0), hold_s=90)).problems
    assert finding.limit is not None
    assert compile_show(moving(Turn(0, round(finding.limit * S), "z", 360.0), hold_s=90)).problems == ()
    shorter = round(finding.limit * 0.8 * S)
    assert compile_show(moving(Turn(0, shorter, "z", 360.0), hold_s=90)).problems != ()


WALKER = b"""HIERARCHY
ROOT Hips
{
  OFFSET 0 0 0
  CHANNELS 6 Xposition Yposition Zposition Zrotation Xrotation Yrotation
  JOINT Chest
  {
    OFFSET 0 10 0
    CHANNELS 3 Zrotation Xrotation Yrotation
    JOINT Arm
    {
      OFFSET 0 0 0
      CHANNELS 3 Zrotation Xrotation Yrotation
      End Site
      {
        OFFSET 10 0 0
      }
    }
    End Site
    {
      OFFSET 0 5 0
    }
  }
}
MOTION
Frames: 3
Frame Time: 2.0
1 2 3 0 0 0 0 0 0 0 0 0
1 2 3 0 0 0 0 0 0 90 0 0
1 2 3 0 0 90 0 0 0 0 0 0
"""


def test_a_recorded_figure_by_hand() -> None:
    bvh = read_bvh(WALKER, "walker.bvh")
    assert bvh.names == ("Hips", "Chest", "Arm", "Arm end", "Chest end")
    hand = bvh.names.index("Arm end")
    # y up becomes z up, towards the viewer becomes -y
    assert np.allclose(bvh.places[0, hand], [11.0, -3.0, 12.0])
    assert np.allclose(bvh.places[1, hand], [1.0, -3.0, 22.0])
    # turned about the upright by 90 degrees the hand points away from the viewer
    assert np.allclose(bvh.places[2, hand], [1.0, 7.0, 12.0])


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        (b"Frames: 3", b"Frames: 4", r"48 channel values, got 36"),
        (b"1 2 3 0 0 90", b"1 2 x 0 0 90", r"line 30.*'x'"),
        (b"Zrotation Xrotation Yrotation\n    JOINT", b"Zrotation Xrotation Wrotation\n    JOINT", r"channels such as"),
        (b"HIERARCHY", b"HIERARCHIE", r"line 1.*HIERARCHY"),
        (b"OFFSET 0 5 0", b"OFFSET 0 nan 0", r"line 21.*an offset"),
        (b"MOTION", b"", r"MOTION"),
    ],
)
def test_torn_figures_are_refused_with_their_line(old: bytes, new: bytes, place: str) -> None:
    from showeditor.model.errors import BadFile

    with pytest.raises(BadFile, match=place):
        read_bvh(WALKER.replace(old, new), "walker.bvh")


def test_a_figure_dances_at_an_honest_pace() -> None:
    figure = figure_of(read_bvh(WALKER.replace(b" 90 0 0\n", b" 30 0 0\n"), "walker.bvh"), 60.0, 7.0)
    assert len(figure.points_m) == len(figure.bones) >= 12
    dance = Dance(S, 80 * S, figure.poses, figure.bones)
    assert dance.pace == pytest.approx(4.0 / 79.0)
    show = moving(dance, figure.points_m.tolist(), hold_s=90, spare=0)
    plan = compile_show(show)
    assert plan.problems == ()
    assert np.allclose(at(plan, 60.5)[1], 0.0)
    assert np.abs(at(plan, 90.0)[1]).max() > 0.1
    fast = msgspec.structs.replace(dance, for_us=5 * S)
    (finding,) = compile_show(moving(fast, figure.points_m.tolist(), hold_s=90, spare=0)).problems
    assert "would do" in finding.message
    assert show_of_text(show_to_text(show), "x") == show


def test_an_edit_of_another_scene_keeps_the_motion(monkeypatch: pytest.MonkeyPatch) -> None:
    from showeditor.planning import motions

    show = moving(GOOD[1])
    plan = compile_show(show)
    (flight,) = show.flights
    later = msgspec.structs.replace(flight.scenes[1], hold_us=9 * S)
    edited = msgspec.structs.replace(show, flights=(msgspec.structs.replace(flight, scenes=(flight.scenes[0], later)),))
    made: list[object] = []
    real = motions._planned
    monkeypatch.setattr(motions, "_planned", lambda *given: (made.append(given[0]), real(*given))[1])
    again = compile_show(edited, plan)
    assert made == []
    assert fingerprint(again) == fingerprint(compile_show(edited))
