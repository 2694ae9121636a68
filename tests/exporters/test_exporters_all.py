"""What every registered format keeps to, whoever wrote it."""

from dataclasses import replace

import pytest
from showeditor.export.compare import compared
from showeditor.export.names import safe_member
from showeditor.export.registry import formats
from showeditor.model.arrays import frozen
from showeditor.model.errors import BadFile
from showeditor.model.finding import blocks
from showeditor.model.fingerprint import fingerprint

from control_by_hand import with_control

WRITERS = [f for f in formats().values() if f.writes]
every_writer = pytest.mark.parametrize("form", WRITERS, ids=lambda f: f.id)


@pytest.fixture
def plan(drone_plan, firing_plan):
    firing = firing_plan().firing
    names = ("红牡丹", "蓝，银", 'Peony 3"', "柳", "c")
    return with_control(
        replace(drone_plan, firing=replace(firing, effect=names))
    )  # no controller stated: any make may take it


@every_writer
def test_written_again_is_the_same_and_the_plan_stays(form, plan, sealed_off):
    before = fingerprint(plan)
    first = form.write(plan)
    assert first == form.write(plan)
    assert fingerprint(plan) == before
    assert all(safe_member(name) for name in first)
    assert form.carried(plan)


@every_writer
def test_read_back_agrees_within_the_stated_resolution(form, plan, sealed_off):
    read = form.read(form.write(plan), "back")
    agreement = compared(plan, form.carried(plan), read, form.resolution(plan), form.id)
    assert not blocks(agreement.findings)
    assert 2 * agreement.time_us <= form.resolution(plan).tick_us


@every_writer
def test_what_was_written_and_read_can_be_written_again(form, plan):
    once = form.write(plan)
    again = form.read(once, "back")
    drones = again.drones
    twice = form.write(replace(plan, firing=again.firing, drones=drones, controllers=()))
    read = form.read(twice, "back")
    assert not blocks(compared(plan, form.carried(plan), read, replace_path(form.resolution(plan)), form.id).findings)


def replace_path(resolution):
    return replace(resolution, path_m=2 * resolution.path_m, light_us=2 * resolution.light_us)


@every_writer
def test_only_this_format_recognises_its_files(form, plan):
    for name, data in list(form.write(plan).items())[:3]:
        assert [f.id for f in formats().values() if f.recognises(name, data[:4096])] == [form.id]


@every_writer
def test_torn_files_are_never_taken_for_whole_ones(form, plan):
    files = form.write(plan)
    name, data = sorted(files.items())[0]
    for end in sorted({0, 1, 3, 9, 50, len(data) // 3, len(data) // 2, len(data) - 3}):
        with pytest.raises(BadFile):
            form.read({**files, name: data[:end]}, "torn")


@every_writer
def test_limits_and_titles_are_data(form):
    assert form.limits
    assert all(isinstance(v, (int, float, str)) for v in form.limits.values())
    assert form.status in ("proven", "columns proven", "beta")


@pytest.mark.parametrize("form", [f for f in WRITERS if f.id in ("skyc", "skyb")], ids=lambda f: f.id)
def test_white_light_is_folded_in_and_said(form, plan):
    rgbw = plan.drones.key_rgbw.copy()
    rgbw[1] = (10, 20, 250, 30)
    white = replace(plan, drones=replace(plan.drones, key_rgbw=frozen(rgbw, "uint8", (None, 4))))
    read = form.read(form.write(white), "back")
    assert not blocks(compared(white, form.carried(white), read, form.resolution(white), form.id).findings)
    assert any(f.code == "FORMAT-WHITE" for f in form.remarks(white)) or form.resolution(white).white
