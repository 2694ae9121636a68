"""One transition from two lists, checked by a brute-force walk through it and by the safety check."""

import numpy as np
import pytest
from showeditor.formations.drawing import as_csv
from showeditor.formations.text import draw_text
from showeditor.kernels.bernstein import states
from showeditor.model.errors import BadFile, BadInput
from showeditor.model.limits import Limits
from showeditor.model.plan import Plan
from showeditor.planning.between import plan_csv

HEAD = "Name,x_m,y_m,z_m\n"


def lifted(text: str, metres: float) -> str:
    lines = text.splitlines()
    out = [lines[0]]
    for line in lines[1:]:
        cells = line.split(",")
        cells[3] = f"{float(cells[3]) + metres:.3f}"
        out.append(",".join(cells))
    return "\n".join(out) + "\n"


def two_texts(n: int = 80, spacing_m: float = 1.7) -> tuple[str, str]:
    a = draw_text("云", height_m=None, spacing_m=spacing_m, count=n)
    b = draw_text("火", height_m=None, spacing_m=spacing_m, count=n)
    return lifted(as_csv(a, "A"), 60.0), lifted(as_csv(b, "B"), 70.0)


def places(plan: Plan, t_us: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    d = plan.drones
    return states(d.piece_start, d.piece_t0_us, d.piece_t1_us, d.ctrl_start, d.ctrl, d.home_m, t_us)


def test_two_characters_without_a_violation() -> None:
    limits = Limits(min_gap_m=1.5)
    a, b = two_texts()
    plan = plan_csv(a, b, limits)
    assert plan.drones.name[:2] == ("A001", "A002")
    assert len(plan.drones) == 80
    nearest = np.inf
    for t in np.linspace(0, plan.duration_us, 400).astype(np.int64):
        place, speed, accel = places(plan, int(t))
        gaps = np.linalg.norm(place[:, None] - place[None], axis=2) + np.eye(80) * 1e9
        nearest = min(nearest, float(gaps.min()))
        assert np.hypot(speed[:, 0], speed[:, 1]).max() <= limits.max_speed_xy_mps
        assert np.abs(speed[:, 2]).max() <= limits.max_speed_up_mps
        assert np.linalg.norm(accel, axis=1).max() <= limits.max_accel_mps2
    assert nearest >= 1.5
    assert places(plan, 0)[0] == pytest.approx(plan.drones.home_m)
    ends = {tuple(row) for row in np.round(places(plan, plan.duration_us)[0], 3).tolist()}
    wanted = {tuple(float(v) for v in line.split(",")[1:4]) for line in b.splitlines()[1:]}
    assert ends == wanted


def test_colours_blend_on_the_way() -> None:
    a = "Name,x_m,y_m,z_m,Red,Green,Blue\nA,0,0,50,255,0,0\n"
    plan = plan_csv(a, HEAD + "Z,5,0,50\n", Limits())
    assert plan.drones.key_rgbw[:, :3].tolist() == [[255, 0, 0]] * 3
    assert plan.drones.key_fade.tolist() == [False, False, True]


@pytest.mark.parametrize(
    ("a", "b", "error", "message"),
    [
        ("A,0,0,9\nB,9,0,9\n", "A,0,0,9\n", BadInput, "the first formation has 2 places, the second 1"),
        ("A,0,0,9\nB,2,0,9\n", "A,0,9,9\nB,9,9,9\n", BadInput, "in the first formation A and B are 2.000 m apart"),
        ("A,0,0,9\nB,9,0,9\n", "C,0,0,9\nD,0,0,9\n", BadInput, "in the second formation C and D are 0.000 m apart"),
        ("A,0,0,nan\n", "A,0,0,9\n", BadFile, "the first formation: line 2: z_m is 'nan'"),
        ("A,0,0,9\nA,9,0,9\n", "A,0,0,9\nB,9,0,9\n", BadFile, "the first formation: line 3: the name 'A'"),
        ("A,0,0,9\n", "", BadFile, "the second formation: the list has a head line but no points"),
    ],
)
def test_what_cannot_be_planned_is_refused(a: str, b: str, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        plan_csv(HEAD + a, HEAD + b, Limits(min_gap_m=3.0))
