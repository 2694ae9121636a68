"""The grand show 《百面千灯》: as stated and clear; with its fourteen seeded faults each is found, and nothing else."""

import importlib.util
import subprocess
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest
from showeditor.model.finding import Finding
from showeditor.model.light_effects import Wipe
from showeditor.model.music import moment_us
from showeditor.model.plan import Plan
from showeditor.model.show import Show
from showeditor.planning.compile import compile_show
from showeditor.safety.check import check
from showeditor.storage.files import load_show
from showeditor.storage.media import missing_media

FOLDER = Path(__file__).resolve().parents[2] / "shows" / "bai-mian-qian-deng"
NAME = "bai-mian-qian-deng"


def _faults() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bai_mian_qian_deng_faults", FOLDER / "faults.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


FAULTS = _faults().FAULTS
seeded = _faults().seeded


@pytest.fixture(scope="module")
def show() -> Show:
    return load_show(FOLDER / f"{NAME}.show")


@pytest.fixture(scope="module")
def plan(show: Show) -> Plan:
    return compile_show(show)


def serious(plan: Plan) -> list[Finding]:
    return [f for f in check(plan) if f.severity != "note"]


def test_the_generator_writes_the_shipped_files_byte_for_byte(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(FOLDER / "compose.py"), "--out", str(tmp_path)], check=True, timeout=200)
    for name in (f"{NAME}.show", f"{NAME}.mid"):
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes()
    faulty = f"{NAME}-zhao-cuo.show"
    subprocess.run(
        [sys.executable, str(FOLDER / "faults.py"), "--out", str(tmp_path / faulty)], check=True, timeout=200
    )
    assert (tmp_path / faulty).read_bytes() == (FOLDER / faulty).read_bytes()
    assert sum(p.stat().st_size for p in FOLDER.iterdir() if p.is_file()) < 3_000_000


def test_it_is_as_large_as_stated(show: Show) -> None:
    assert show.duration_us == 540_000_000
    assert [act.name[0] for act in show.acts] == list("青赤黄白黑")
    assert len(list(show.cues())) == 2632
    assert len(show.venue.positions) == 33
    assert sum(p.id.startswith("S") for p in show.venue.positions) == 5
    assert show.fleets[0].count == 1000
    assert len({c.address.controller for c in show.cues() if c.address is not None}) == 2
    assert len(show.controllers) == 3
    pins = Counter(c.address for c in show.cues())
    assert None not in pins
    assert set(pins.values()) == {1}
    finale = [c for c in show.cues() if c.group == "finale"]
    times = [moment_us(c.when, show.music) for c in finale]
    assert len(finale) == 600
    assert 19.5e6 < max(times) - min(times) < 20.5e6
    assert missing_media(show, FOLDER) == ()


def test_the_mask_changes_its_face_by_light_alone(show: Show, plan: Plan) -> None:
    mask = next(s for s in show.flights[0].scenes if s.id == "mask")
    start = moment_us(mask.arrive, show.music)
    wipes = [e for e in mask.effects if isinstance(e, Wipe)]
    assert len(wipes) == 4
    d = plan.drones
    held = (d.piece_t0_us < start + mask.hold_us) & (d.piece_t1_us > start)
    assert held.sum() == len(d)
    assert ((d.ctrl_start[1:] - d.ctrl_start[:-1])[held] == 1).all()
    keys = (d.key_t_us > start) & (d.key_t_us < start + mask.hold_us)
    assert len({tuple(c) for c in d.key_rgbw[keys].tolist()}) > 50


def test_it_is_clear_and_its_one_warning_is_accepted_by_name(plan: Plan) -> None:
    findings = check(plan)
    assert [f for f in findings if f.severity != "note"] == []
    accepted = [f for f in findings if f.message.startswith("Accepted by ")]
    assert [f.code for f in accepted] == ["CTL-024"]


def test_all_faults_at_once_are_all_found_and_nothing_else(show: Show, plan: Plan) -> None:
    found = serious(compile_show(seeded(show, FAULTS), plan))
    for number, fault in FAULTS.items():
        for code in fault.codes:
            assert any(f.code == code and (not fault.ids or fault.ids & set(f.ids)) for f in found), (number, code)
    wanted = [fault for fault in FAULTS.values()]
    for f in found:
        assert any(f.code in w.codes | w.also and (not w.ids or w.ids & set(f.ids)) for w in wanted), f.message


@pytest.mark.parametrize("number", sorted(FAULTS))
def test_each_fault_alone_is_found_and_nothing_else(show: Show, plan: Plan, number: int) -> None:
    fault = FAULTS[number]
    found = serious(compile_show(seeded(show, [number]), plan))
    assert fault.codes <= {f.code for f in found} <= fault.codes | fault.also
    assert all(not fault.ids or fault.ids & set(f.ids) for f in found)
