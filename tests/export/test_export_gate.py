import errno
import json
import os
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from showeditor import __version__
from showeditor.export import folder as folders
from showeditor.export import gate
from showeditor.export.foreign import read_foreign
from showeditor.export.format import Carried, Resolution
from showeditor.export.gate import Refused, Waiver, publish, publish_file, verify
from showeditor.export.receipt import receipt_of, sha256
from showeditor.export.verify import read_receipt
from showeditor.model.arrays import frozen
from showeditor.model.errors import BadFile, BadInput, Unfit
from showeditor.model.finding import Finding, blocks
from showeditor.model.fingerprint import fingerprint
from showeditor.model.limits import Limits
from showeditor.model.plan import ControllerSpec, Plan


@pytest.fixture
def plan(drone_plan, firing_plan):
    """Both kinds of content; the gate's own test plan, clear by every rule."""
    spec = ControllerSpec("main", "cobra-6", "COBRA", 0, 199, 1, 18, 10_000, "test")
    return replace(drone_plan, firing=firing_plan().firing, controllers=(spec,), title="Demo")


@pytest.fixture
def asked(monkeypatch):
    """Plans that the gate handed to the check, in order; `answers` are given back one by one, then nothing."""

    class Asked(list):
        def __init__(self):
            super().__init__()
            self.answers: list[tuple[Finding, ...]] = []

    seen = Asked()

    def check(plan, limits=None, progress=None):
        seen.append(plan)
        return seen.answers.pop(0) if seen.answers else ()

    monkeypatch.setattr(gate, "check", check)
    return seen


def finding(severity="block", **more):
    return Finding("rule.x", severity, "too near", "太近", **more)


def everything(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


# --- publishing ----------------------------------------------------------------------------------------------------


def test_several_formats_lie_in_folders_of_their_own(plan, tmp_path):
    receipt = publish(plan, ["cobra-6", "skyc", "skyb"], tmp_path / "out", show_fingerprint="ab" * 32)
    names = set(everything(tmp_path / "out"))
    assert names == {"receipt.json", "cobra-6/Demo.csv", "skyc/Demo.skyc", *(f"skyb/D00{k}.skyb" for k in range(5))}
    assert {f.name for f in receipt.files} == names - {"receipt.json"}
    assert verify(tmp_path / "out") == ()
    assert os.listdir(tmp_path) == ["out"]


def test_one_format_lies_in_the_folder_itself_and_parents_are_made(plan, tmp_path):
    publish(plan, ["skyc"], tmp_path / "a" / "b" / "out")
    assert sorted(os.listdir(tmp_path / "a" / "b" / "out")) == ["Demo.skyc", "receipt.json"]


def test_the_receipt_names_everything(plan, tmp_path):
    waiver = Waiver("rule.x", "A. Person", "seen on site", "2026-05-01")
    receipt = publish(
        plan, ["cobra-6", "skyb"], tmp_path / "out", show_fingerprint="cd" * 32, waivers=[waiver], when="T"
    )
    held = json.loads((tmp_path / "out" / "receipt.json").read_bytes())
    assert held["program"] == f"showeditor {__version__}"
    assert set(held["libraries"]) == {"python", "cryptography", "msgspec", "numba", "numpy", "shapely"}
    assert held["show_sha256"] == "cd" * 32
    assert held["plan_sha256"] == fingerprint(replace(plan, waivers=(waiver,)))
    assert len(held["rules_sha256"]) == 64
    assert held["limits"]["min_gap_m"] == plan.limits.min_gap_m
    assert held["waivers"][0]["who"] == "A. Person"
    assert held["when"] == "T"
    assert [f["id"] for f in held["formats"]] == ["cobra-6", "skyb"]
    assert 0 < held["formats"][1]["path_error_m"] <= held["formats"][1]["path_tolerance_m"]
    for file in receipt.files:
        data = (tmp_path / "out" / file.name).read_bytes()
        assert (file.sha256, file.bytes) == (sha256(data), len(data))
    assert read_receipt(tmp_path / "out") == receipt


def test_the_same_plan_publishes_the_same_bytes(plan, tmp_path):
    before = fingerprint(plan)
    publish(plan, ["cobra-6", "skyc", "skyb"], tmp_path / "one")
    publish(plan, ["cobra-6", "skyc", "skyb"], tmp_path / "two")
    assert everything(tmp_path / "one") == everything(tmp_path / "two")
    assert fingerprint(plan) == before


def test_progress_runs_from_nothing_to_all(plan, tmp_path):
    shares = []
    publish(plan, ["cobra-6", "skyb"], tmp_path / "out", progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert len(shares) > 4


# --- refusing ------------------------------------------------------------------------------------------------------


def test_two_drones_too_near_are_refused_and_nothing_is_written(plan, tmp_path):
    near = replace(plan, limits=Limits(min_gap_m=30.0))
    with pytest.raises(Refused) as caught:
        publish(near, ["skyc"], tmp_path / "out")
    assert blocks(caught.value.findings)
    assert str(caught.value)
    assert os.listdir(tmp_path) == []


def test_limits_of_the_caller_can_only_tighten(plan, tmp_path):
    publish(plan, ["skyc"], tmp_path / "soft", limits=Limits(min_gap_m=0.1, max_speed_xy_mps=99))
    assert read_receipt(tmp_path / "soft").limits.min_gap_m == plan.limits.min_gap_m
    with pytest.raises(Refused):
        publish(plan, ["skyc"], tmp_path / "hard", limits=Limits(min_gap_m=30.0))


def test_the_gate_checks_whatever_it_was_told_before(plan, tmp_path, asked):
    asked.answers = [(finding(),)]
    with pytest.raises(Refused, match="too near"):
        publish(plan, ["cobra-6"], tmp_path / "out", waivers=[Waiver("rule.x", "me", "because", "2026-05-01")])
    assert [replace(p, waivers=()) for p in asked] == [plan]
    assert os.listdir(tmp_path) == []


def test_warnings_are_kept_in_the_receipt_and_do_not_refuse(plan, tmp_path, asked):
    asked.answers = [(finding("warn"),)]
    receipt = publish(plan, ["cobra-6"], tmp_path / "out")
    assert [f.code for f in receipt.findings if f.severity == "warn"] == ["rule.x"]
    # drones are in no file of this choice, and that is said
    assert "EXP-LEFT-OUT" in {f.code for f in receipt.findings}


def test_drones_read_back_are_checked_again(plan, tmp_path, asked):
    asked.answers = [(), (finding(measured=1.0, limit=3.0, unit="m"),)]
    with pytest.raises(Refused, match="as written in skyc"):
        publish(plan, ["skyc"], tmp_path / "out")
    first, second = asked
    assert first is plan
    assert second.limits == plan.limits
    assert second.drones.name == plan.drones.name
    assert not np.array_equal(second.drones.ctrl_start, plan.drones.ctrl_start)
    assert os.listdir(tmp_path) == []


def test_a_format_without_anything_to_carry_is_refused(drone_plan, firing_plan, tmp_path):
    with pytest.raises(Refused, match="cobra-6: the show has nothing"):
        publish(drone_plan, ["cobra-6"], tmp_path / "out")
    with pytest.raises(Refused, match="skyb: the show has nothing"):
        publish(Plan("empty", 1), ["skyb"], tmp_path / "out")
    assert os.listdir(tmp_path) == []


def test_an_unfit_plan_says_so_and_leaves_nothing(plan, tmp_path, asked):
    firing = replace(plan.firing, module=frozen([120] * 5, np.int32, (None,)))
    with pytest.raises(Unfit, match="channel 120"):
        publish(replace(plan, firing=firing), ["skyc", "cobra-5"], tmp_path / "out")
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("ids", [[], ["nothing"], ["skyc", "skyc"], ["skyc", "nothing"]])
def test_bad_choices_of_formats(plan, tmp_path, ids):
    with pytest.raises(BadInput):
        publish(plan, ids, tmp_path / "out")
    assert os.listdir(tmp_path) == []


@dataclass
class Liar:
    """A format that writes something else than it was given."""

    files: dict
    read_plan: object
    id: str = "liar"
    title: str = "Liar"
    title_zh: str = "说谎者"
    status: str = "beta"
    reads: bool = True
    writes: bool = True

    @property
    def limits(self):
        return {}

    def carried(self, plan):
        return Carried(tuple(range(len(plan.firing))), tuple(range(len(plan.drones))))

    def resolution(self, plan):
        return Resolution(path_m=0.01, light_us=20_000, light_levels=2)

    def remarks(self, plan):
        return ()

    def write(self, plan):
        return self.files

    def read(self, files, name):
        if isinstance(self.read_plan, Exception):
            raise self.read_plan
        return self.read_plan

    def recognises(self, name, head):
        return False


def lying(monkeypatch, **more):
    liar = Liar(**{"files": {"a.bin": b"x"}, "read_plan": None, **more})
    monkeypatch.setattr(gate, "format_named", lambda name: liar)


def test_a_format_that_cannot_read_what_it_wrote_is_refused(plan, tmp_path, monkeypatch, asked):
    lying(monkeypatch, read_plan=BadFile("a.bin", "byte 0", "a header was expected"))
    with pytest.raises(Refused) as caught:
        publish(plan, ["liar"], tmp_path / "out")
    assert [f.code for f in caught.value.findings if f.severity == "block"] == ["EXP-UNREADABLE"]
    assert os.listdir(tmp_path) == []


def test_what_is_read_back_counts(plan, tmp_path, monkeypatch, asked):
    later = replace(plan, firing=replace(plan.firing, ignition_us=plan.firing.ignition_us + 700_000))
    lying(monkeypatch, read_plan=later)
    with pytest.raises(Refused) as caught:
        publish(plan, ["liar"], tmp_path / "out")
    assert {"EXP-TIME", "EXP-EXTRA"} <= {f.code for f in caught.value.findings}
    ctrl = plan.drones.ctrl + np.array([0.0, 0.0, 0.02])
    lying(monkeypatch, read_plan=replace(plan, drones=replace(plan.drones, ctrl=ctrl)))
    with pytest.raises(Refused, match=r"flies 0\.020 m away"):
        publish(plan, ["liar"], tmp_path / "out")
    lying(monkeypatch, read_plan=BadFile("a.bin", "byte 3", "sense"))
    with pytest.raises(Refused, match="cannot read back"):
        publish(plan, ["liar"], tmp_path / "out")
    lying(monkeypatch, read_plan=plan)
    assert publish(plan, ["liar"], tmp_path / "out")


@pytest.mark.parametrize(
    "files", [{}, {"../a": b""}, {"/a": b""}, {"receipt.json": b""}, {"RECEIPT.JSON": b""}, {"a.x": b"", "A.x": b""}]
)
def test_a_format_cannot_choose_its_place(plan, tmp_path, monkeypatch, files, asked):
    lying(monkeypatch, files=files, read_plan=plan)
    with pytest.raises(Unfit):
        publish(plan, ["liar"], tmp_path / "out")
    assert os.listdir(tmp_path) == []


# --- disks and folders ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "words"), [(errno.ENOSPC, "No space left"), (errno.EROFS, "Read-only")])
@pytest.mark.parametrize("at", [0, 1, 4])
def test_a_full_or_locked_disk_leaves_what_was_there(plan, tmp_path, monkeypatch, number, words, at):
    target = tmp_path / "out"
    publish(plan, ["skyb"], target)
    before = everything(target)
    real, calls = folders.write_through, []

    def failing(path, data):
        calls.append(path)
        if len(calls) > at:
            path.write_bytes(data[: len(data) // 2])
            raise OSError(number, os.strerror(number))
        real(path, data)

    monkeypatch.setattr(folders, "write_through", failing)
    with pytest.raises(BadInput, match=words) as caught:
        publish(replace(plan, title="Other"), ["skyb"], target)
    assert str(target) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert everything(target) == before
    with pytest.raises(BadInput, match=words):
        publish(plan, ["skyb"], tmp_path / "deep" / "new")
    assert os.listdir(tmp_path) == ["out"]


@pytest.mark.parametrize("call", ["mkdtemp", "rename", "fsync"])
def test_every_step_on_disk_may_fail(plan, tmp_path, monkeypatch, call):
    def refuse(*args, **kwargs):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(folders.tempfile if call == "mkdtemp" else folders.os, call, refuse)
    with pytest.raises(BadInput, match="Permission denied"):
        publish(plan, ["cobra-6"], tmp_path / "out")
    monkeypatch.undo()
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("by_exchange", [True, False])
def test_an_earlier_publication_is_replaced(plan, tmp_path, monkeypatch, by_exchange):
    if not by_exchange:
        monkeypatch.setattr(folders, "_exchange", lambda first, second: False)
    publish(plan, ["skyb"], tmp_path / "out")
    publish(plan, ["cobra-6"], tmp_path / "out")
    assert sorted(everything(tmp_path / "out")) == ["Demo.csv", "receipt.json"]
    assert os.listdir(tmp_path) == ["out"]


def test_a_failed_replacement_puts_the_old_folder_back(plan, tmp_path, monkeypatch):
    publish(plan, ["skyb"], tmp_path / "out")
    before = everything(tmp_path / "out")
    real, calls = os.rename, []

    def second_fails(a, b):
        calls.append(a)
        if len(calls) == 2:
            raise OSError(errno.EIO, "Input/output error")
        real(a, b)

    monkeypatch.setattr(folders, "_exchange", lambda first, second: False)
    monkeypatch.setattr(folders.os, "rename", second_fails)
    with pytest.raises(BadInput, match="Input/output"):
        publish(plan, ["cobra-6"], tmp_path / "out")
    assert everything(tmp_path / "out") == before
    assert os.listdir(tmp_path) == ["out"]


def test_an_empty_folder_is_taken(plan, tmp_path):
    (tmp_path / "out").mkdir()
    publish(plan, ["cobra-6"], tmp_path / "out")
    assert verify(tmp_path / "out") == ()


@pytest.mark.parametrize("kind", ["foreign", "added", "file", "changed receipt"])
def test_foreign_content_is_left_alone(plan, tmp_path, kind):
    target = tmp_path / "out"
    if kind == "file":
        target.write_text("mine")
    elif kind == "foreign":
        target.mkdir()
        (target / "letter.txt").write_text("mine")
    else:
        publish(plan, ["skyb"], target)
        if kind == "added":
            (target / "notes").mkdir()
            (target / "notes" / "n.txt").write_text("mine")
        else:
            (target / "receipt.json").write_text("{}")
    before = everything(tmp_path)
    with pytest.raises(BadInput, match="cannot publish into"):
        publish(plan, ["cobra-6"], target)
    assert everything(tmp_path) == before


# --- one file ------------------------------------------------------------------------------------------------------


def test_one_file_with_its_receipt_beside_it(drone_plan, tmp_path):
    target = tmp_path / "T.skyc"
    assert publish_file(drone_plan, target) == target
    assert sorted(os.listdir(tmp_path)) == ["T.skyc", "T.skyc.receipt.json"]
    assert verify(target) == ()
    assert read_foreign(target).drones.name == drone_plan.drones.name
    target.write_bytes(target.read_bytes() + b"\0")
    assert [f.code for f in verify(target)] == ["VERIFY-CHANGED"]


def test_one_file_is_refused_like_a_folder(drone_plan, tmp_path, monkeypatch):
    with pytest.raises(Refused):
        publish_file(replace(drone_plan, limits=Limits(min_gap_m=30.0)), tmp_path / "T.skyc")
    with pytest.raises(Unfit, match="5 files"):
        publish_file(drone_plan, tmp_path / "T.skyb")
    with pytest.raises(BadInput, match="ending"):
        publish_file(drone_plan, tmp_path / "T.docx")

    def full(path, data):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(folders, "write_through", full)
    with pytest.raises(BadInput, match="No space left"):
        publish_file(drone_plan, tmp_path / "x" / "T.skyc")
    assert os.listdir(tmp_path) == []


# --- verifying -----------------------------------------------------------------------------------------------------


@pytest.fixture
def published(plan, tmp_path):
    publish(plan, ["cobra-6", "skyb"], tmp_path / "out")
    return tmp_path / "out"


def test_every_changed_byte_of_a_small_file_is_found(published):
    target = published / "cobra-6" / "Demo.csv"
    data = target.read_bytes()
    for at in range(0, len(data), 7):
        target.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert [(f.code, f.ids) for f in verify(published)] == [("VERIFY-CHANGED", ("cobra-6/Demo.csv",))]
    target.write_bytes(data)
    assert verify(published) == ()


def test_every_changed_byte_of_the_receipt_is_found(published):
    target = published / "receipt.json"
    data = target.read_bytes()
    for at in range(0, len(data), 11):
        target.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        (found,) = verify(published)
        assert found.code == "VERIFY-RECEIPT"
        assert found.severity == "block"
    target.write_bytes(data + b"\n")
    assert blocks(verify(published))


def test_missing_and_additional_files_are_found(published):
    (published / "skyb" / "D003.skyb").unlink()
    (published / "skyb" / "D009.skyb").write_bytes(b"x")
    (published / "empty").mkdir()
    (published / "link").symlink_to(published / "receipt.json")
    found = {(f.code, f.ids[0]) for f in verify(published)}
    assert found == {
        ("VERIFY-MISSING", "skyb/D003.skyb"),
        ("VERIFY-EXTRA", "skyb/D009.skyb"),
        ("VERIFY-EXTRA", "empty"),
        ("VERIFY-EXTRA", "link"),
    }


def test_a_receipt_with_other_sums_and_an_old_seal_is_no_receipt(published):
    data = (published / "receipt.json").read_bytes()
    held = json.loads(data)
    held["limits"]["min_gap_m"] = 0.1
    with pytest.raises(BadFile, match="changed after"):
        receipt_of(json.dumps(held).encode(), "receipt.json")


@pytest.mark.parametrize("where", ["nowhere", "empty"])
def test_without_a_receipt_there_is_nothing_to_verify(tmp_path, where):
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadInput):
        verify(tmp_path / where)


# --- foreign files -------------------------------------------------------------------------------------------------


def test_published_files_are_read_as_foreign_ones(published, plan, tmp_path):
    assert read_foreign(published / "skyb").drones.name == plan.drones.name
    assert read_foreign(published / "cobra-6" / "Demo.csv").controllers[0].model == "cobra-6"
    assert len(read_foreign(published / "skyb" / "D002.skyb").drones) == 1
    publish(plan, ["skyb"], tmp_path / "alone")
    assert read_foreign(tmp_path / "alone").drones.name == plan.drones.name
    assert len(read_foreign(published).firing) == 5


def test_unchanged_published_files_keep_the_limits_of_their_receipt(published, plan, tmp_path):
    for path in (published / "skyb", published / "skyb" / "D001.skyb"):
        read = read_foreign(path)
        assert read.limits == plan.limits
        assert read.limits_source == "receipt of out"
    (published / "skyb" / "D001.skyb").write_bytes((published / "skyb" / "D002.skyb").read_bytes())
    assert read_foreign(published / "skyb").limits == Limits()
    (tmp_path / "D001.skyb").write_bytes((published / "skyb" / "D003.skyb").read_bytes())
    assert read_foreign(tmp_path / "D001.skyb").limits_source == "program default"


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04", b"\0" * 5000, b"Name,x\nA,1\n"])
@pytest.mark.parametrize("name", ["a.csv", "a.bin", "a.json", "a.skyc", "a.skyb", "a.show"])
def test_nobody_knows_this_file(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(BadFile, match=name):
        read_foreign(tmp_path / name)


def test_missing_empty_and_oversized(tmp_path, monkeypatch):
    with pytest.raises(BadFile, match="no such file"):
        read_foreign(tmp_path / "x.skyc")
    with pytest.raises(BadFile, match="none that can be read"):
        read_foreign(tmp_path)
    (tmp_path / "x.skyc").write_bytes(b"PK" + bytes(2000))
    monkeypatch.setattr("showeditor.export.foreign.BIGGEST_FILE", 1000)
    with pytest.raises(BadFile, match="at most"):
        read_foreign(tmp_path / "x.skyc")
    os.mkfifo(tmp_path / "pipe.skyc")
    with pytest.raises(BadFile, match="ordinary file"):
        read_foreign(Path(tmp_path / "pipe.skyc"))
