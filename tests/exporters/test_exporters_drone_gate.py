"""Every drone format through the gate, and from each into `.skyc` and on: what users do with `export` and `convert`."""

from dataclasses import replace

import numpy as np
import pytest
from showeditor.export.compare import compared
from showeditor.export.foreign import read_foreign
from showeditor.export.gate import Refused, publish, verify
from showeditor.export.paths import farthest
from showeditor.export.registry import formats
from showeditor.model.arrays import frozen
from showeditor.model.limits import Limits
from showeditor.safety.check import check

DRONES = "skyc skyb vviz vviz-finale skybrush-csv dss-path drotek poly7 qgc-plan qgc-wpl litchi".split()
WHOLE = [name for name in DRONES if name != "litchi"]


def test_all_are_published_at_once_and_verify(drone_plan, tmp_path):
    receipt = publish(drone_plan, DRONES, tmp_path / "out")
    assert [f.id for f in receipt.formats] == DRONES
    assert all(f.path_error_m <= f.path_tolerance_m for f in receipt.formats)
    assert verify(tmp_path / "out") == ()
    said = {(f.code, f.severity) for f in receipt.findings}
    assert ("MISSION-NO-CLOCK", "warn") in said
    assert ("FORMAT-SAMPLED", "note") in said
    one = tmp_path / "out" / "dss-path" / "APM-1.PATH"
    one.write_bytes(one.read_bytes()[:-1] + b"\x01")
    assert [f.code for f in verify(tmp_path / "out")] == ["VERIFY-CHANGED"]


@pytest.mark.parametrize("name", WHOLE)
def test_from_each_format_into_skyc(name, drone_plan, tmp_path):
    publish(drone_plan, [name], tmp_path / "first")
    read = read_foreign(tmp_path / "first")
    assert not [f for f in check(read) if f.severity == "block"]
    publish(read, ["skyc"], tmp_path / "second")
    again = read_foreign(tmp_path / "second").drones
    rows = {n: j for j, n in enumerate(again.name)}
    pairs = [(i, rows[n]) for i, n in enumerate(drone_plan.drones.name)]
    allowed = formats()[name].resolution(drone_plan).path_m + 0.004
    assert farthest(drone_plan.drones, again, pairs, allowed).distance_m <= allowed


@pytest.mark.parametrize("name", ["vviz", "skybrush-csv", "dss-path", "drotek", "poly7"])
def test_light_that_differs_in_the_file_would_be_seen(name, drone_plan):
    """The reading of each format keeps light apart by time: colours moved by 2 s do not pass as the plan's."""
    form = formats()[name]
    late = replace(drone_plan.drones, key_t_us=drone_plan.drones.key_t_us + 2_000_000)
    read = form.read(form.write(replace(drone_plan, drones=late)), "x")
    found = compared(drone_plan, form.carried(drone_plan), read, form.resolution(drone_plan), name).findings
    assert bool(found) == (name != "poly7")  # which holds no light, and says so


@pytest.mark.parametrize("name", [n for n in WHOLE if n != "vviz-finale"])
def test_a_show_turned_by_seven_degrees_does_not_pass(name, drone_plan):
    """The accident of 2024: a file whose frame is turned is another flight."""
    c, s = np.cos(np.radians(7)), np.sin(np.radians(7))
    about = np.array([[c, s, 0], [-s, c, 0], [0, 0, 1.0]])
    drones = drone_plan.drones
    turned = replace(
        drones,
        ctrl=frozen(drones.ctrl @ about, np.float64, (None, 3)),
        home_m=frozen(drones.home_m @ about, np.float64, (None, 3)),
    )
    form = formats()[name]
    read = form.read(form.write(replace(drone_plan, drones=turned)), "x")
    found = compared(drone_plan, form.carried(drone_plan), read, form.resolution(drone_plan), name).findings
    assert "EXP-PATH" in {f.code for f in found}


def test_a_show_too_fast_for_samples_is_refused_by_the_check_or_the_format(drone_plan, tmp_path):
    plan = replace(drone_plan, limits=Limits(max_speed_xy_mps=0.5))
    with pytest.raises(Refused):
        publish(plan, ["vviz"], tmp_path / "out")
    assert not (tmp_path / "out").exists()
