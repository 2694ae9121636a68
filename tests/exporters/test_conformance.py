"""What every entry point keeps to beyond test_exporters_all: sealed off, the same everywhere, steady when hurt."""

import ast
import json
import locale
import os
import socket
import sys
import time
import tracemalloc
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from showeditor.export.foreign import read_foreign
from showeditor.export.gate import Refused, publish, verify
from showeditor.export.names import ascii_text
from showeditor.export.registry import BUILT_IN, formats
from showeditor.model.arrays import frozen
from showeditor.model.errors import BadFile
from showeditor.model.plan import ControllerSpec, Firing, Plan

from control_by_hand import with_control

HERE = Path(__file__).resolve().parent
FORMATS = tuple(formats().values())
READERS = [f for f in FORMATS if f.reads]
WRITERS = [f for f in FORMATS if f.writes]
FIRING = (
    "cobra-3 cobra-4 cobra-5 cobra-6 cobra-7 firetek firectrl finale-csv finale-fin jingduan merlin starfire ignite"
).split()
every_writer = pytest.mark.parametrize("form", WRITERS, ids=lambda f: f.id)
every_reader = pytest.mark.parametrize("form", READERS, ids=lambda f: f.id)
SLOWEST_S = 2.0

_sealed = {"on": False}
_OUTSIDE = ("open", "socket.", "subprocess.", "os.", "shutil.", "tempfile.", "ctypes.dlopen", "urllib.", "mmap.")


def _hook(event: str, args: tuple[object, ...]) -> None:
    if _sealed["on"] and event.startswith(_OUTSIDE):
        _sealed["on"] = False
        raise AssertionError(f"a format touched the outside world: {event} {args!r}")


sys.addaudithook(_hook)


@pytest.fixture
def plan(drone_plan, firing_plan):
    names = ("红牡丹", "蓝，银", 'Peony 3"', "柳", "c\td")
    return with_control(replace(drone_plan, firing=replace(firing_plan().firing, effect=names)))


def both_ways(form, plan):
    files = form.write(plan)
    form.carried(plan)
    form.resolution(plan)
    form.remarks(plan)
    if form.reads:
        form.read(files, "back")
    for name, data in files.items():
        form.recognises(name, data[:4096])
    return files


# --- the table that users see -----------------------------------------------------------------------------------------


def test_firing_formats_carry_their_ids_and_status():
    proven = {"cobra-3", "cobra-4", "cobra-5", "cobra-6", "firetek", "firectrl", "finale-csv"}
    for name in FIRING:
        form = formats()[name]
        assert form.status == ("proven" if name in proven else "columns proven")
        assert form.reads
        assert form.writes is (name != "finale-fin")
        if form.status != "proven":
            assert form.limits["not_proven"]
    assert set(FIRING) <= set(BUILT_IN)


@pytest.mark.parametrize("name", [n for n in FIRING if n != "finale-fin"])
def test_what_is_not_proven_is_said_with_every_export(name, plan):
    form = formats()[name]
    said = [f for f in form.remarks(plan) if f.code == "FORMAT-UNPROVEN"]
    assert bool(said) == ("not_proven" in form.limits)
    assert all(f.severity == "note" and f.message_zh for f in said)


# --- pure -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", [lambda: open(os.devnull), lambda: socket.socket(), lambda: os.listdir(HERE)])
def test_the_seal_bites(act):
    _sealed["on"] = True
    with pytest.raises(AssertionError, match="touched the outside world"):
        act()


@every_writer
def test_no_file_socket_or_process_is_touched(form, plan):
    ascii_text("云")
    first = both_ways(form, plan)  # modules and the program's own tables are loaded when first needed
    _sealed["on"] = True
    try:
        again = both_ways(form, plan)
    finally:
        _sealed["on"] = False
    assert first == again


@every_writer
def test_locale_and_time_zone_change_nothing(form, plan, monkeypatch):
    def forbidden(*args: object) -> None:
        raise AssertionError("a format asked for the locale")

    first = form.write(plan)
    for name in ("localeconv", "format_string", "str", "atof", "currency"):
        monkeypatch.setattr(locale, name, forbidden)
    before = locale.setlocale(locale.LC_ALL)
    try:
        for wanted in ("de_DE.UTF-8", "fr_FR.UTF-8", "zh_CN.UTF-8", "tr_TR.UTF-8", "C"):
            try:
                locale.setlocale(locale.LC_ALL, wanted)
            except locale.Error:
                continue  # not every machine has it
            assert form.write(plan) == first
        monkeypatch.setenv("TZ", "Asia/Kathmandu")
        time.tzset()
        assert form.write(plan) == first
    finally:
        locale.setlocale(locale.LC_ALL, before)
        monkeypatch.delenv("TZ", raising=False)
        time.tzset()


def test_no_exporter_knows_files_clocks_or_chance():
    forbidden = {"os", "pathlib", "socket", "subprocess", "time", "datetime", "random", "locale", "shutil", "tempfile"}
    for file in (HERE.parents[1] / "exporters").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            met = {n.split(".")[0] for n in names} & forbidden
            assert not met, f"{file.name} line {node.lineno}: {met}"
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in ("open", "eval", "exec", "print", "__import__"), (
                    f"{file.name}: {node.lineno}"
                )


# --- hostile input ----------------------------------------------------------------------------------------------------


def read_in_time(form, files):
    """The plan or the BadFile; anything else, and anything slow, fails the test."""
    start = time.process_time()
    try:
        return form.read(files, "bad")
    except BadFile as error:
        return error
    finally:
        assert time.process_time() - start < SLOWEST_S


_FIRST: dict[str, tuple[str, bytes]] = {}


def name_of(form, plan):
    """A file that the format knows: its own (written once), or for one that only reads any name."""
    if form.id not in _FIRST:
        files = form.write(plan) if form.writes else {"a.fin": b"PK\x03\x04"}
        _FIRST[form.id] = sorted(files.items())[0]
    return _FIRST[form.id]


@every_reader
def test_nothing_and_noise_are_no_files(form, plan):
    name, data = name_of(form, plan)
    torn = data[: len(data) // 2] + b"\0" + data[len(data) // 2 + 1 :]
    for bad in (
        b"",
        b"\0" * 1000,
        b"\xff\xfe\xff" * 99,
        b"NaN," * 99 + b"\n",
        b"\0" * 9 if b"\0" in data else torn,  # in a text no NUL may stand
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"\n" * 1_000_000,
    ):
        assert isinstance(read_in_time(form, {name: bad}), BadFile)
    assert isinstance(read_in_time(form, {}), BadFile)


@every_reader
def test_a_line_of_50_mb_is_refused_at_once(form, plan):
    name, data = name_of(form, plan)
    for bad in (b"1" * 50_000_000, data + b"x" * 50_000_000, b'"' * 50_000_000):
        tracemalloc.start()
        found = read_in_time(form, {name: bad})
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert isinstance(found, BadFile)
        assert peak < 450_000_000


@every_reader
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_damage_gives_a_plan_or_a_bad_file(form, plan, data):
    name, whole = name_of(form, plan)
    kind = data.draw(st.sampled_from(["cut", "flip", "swap", "noise", "word"]))
    at = data.draw(st.integers(0, max(0, len(whole) - 1)))
    if kind == "cut":
        bad = whole[:at]
    elif kind == "flip":
        bad = whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :]
    elif kind == "swap":
        end = data.draw(st.integers(0, len(whole)))
        bad = whole[end:] + whole[:at]
    elif kind == "word":
        word = data.draw(
            st.sampled_from([b"NaN", b"inf", b"-1", b"1e999", b"9" * 30, b'"', b",,", b"\t", b"\r\n", b"\0"])
        )
        bad = whole[:at] + word + whole[at:]
    else:
        bad = data.draw(st.binary(max_size=500))
    found = read_in_time(form, {name: bad})
    if isinstance(found, Plan) and form.id in FIRING:
        assert all(m >= -1 for m in found.firing.module)
        assert set(found.firing.controller) - {""} <= {c.id for c in found.controllers}
        json.dumps([found.firing.effect, found.firing.ignition_us.tolist()])


# --- through the gate -------------------------------------------------------------------------------------------------


def test_the_gate_publishes_and_verifies_every_firing_format(firing_plan, tmp_path):
    spec = ControllerSpec("main", "", "any make", 0, 99, 1, 18, 1000, "test")
    plan = firing_plan(controllers=(spec,))
    names = [n for n in FIRING if n != "finale-fin"]
    receipt = publish(plan, names, tmp_path / "out")
    assert [f.id for f in receipt.formats] == names
    assert {f.id: f.status for f in receipt.formats}["jingduan"] == "columns proven"
    assert sum(f.code == "FORMAT-UNPROVEN" for f in receipt.findings) >= 7
    assert verify(tmp_path / "out") == ()
    for name in names:
        (file,) = [f for f in (tmp_path / "out" / name).rglob("*") if f.is_file()]
        assert len(read_foreign(file).firing) == 5
        whole = file.read_bytes()
        file.write_bytes(whole.replace(b"1", b"2", 1))
        assert [f.code for f in verify(tmp_path / "out")] == ["VERIFY-CHANGED"]
        file.write_bytes(whole)


def test_a_show_on_another_make_is_told_which(firing_plan, tmp_path):
    plan = firing_plan(controllers=(ControllerSpec("main", "cobra-6", "COBRA", 0, 199, 1, 18, 10_000, "test"),))
    with pytest.raises(Refused, match=r"jingduan: .*its cues are addressed on cobra-6"):
        publish(plan, ["jingduan"], tmp_path / "out")


# --- baselines --------------------------------------------------------------------------------------------------------


def tutorial_plan(model: str) -> Plan:
    """The firing table of the tutorial show as it was when the baselines were taken, on one controller of a make."""
    names, *rows = json.loads((HERE / "tutorial_firing.json").read_text(encoding="utf-8"))
    columns = dict(zip(names, zip(*rows, strict=True), strict=True))
    n = len(rows)
    return Plan(
        title="云起河湾 Clouds over the Bend",
        duration_us=160_000_000,
        firing=Firing(
            cue=columns["cue"],
            effect=columns["effect"],
            category=columns["category"],
            position=columns["position"],
            controller=("far bank",) * n,
            module=frozen(columns["module"], "int32", (None,)),
            pin=frozen(columns["pin"], "int32", (None,)),
            ignition_us=frozen(columns["ignition_us"], "int64", (None,)),
            bloom_us=frozen(columns["bloom_us"], "int64", (None,)),
            end_us=frozen(columns["end_us"], "int64", (None,)),
            calibre_mm=frozen(columns["calibre_mm"], "float32", (None,)),
            azimuth_deg=frozen(columns["azimuth_deg"], "float32", (None,)),
            tilt_deg=frozen(columns["tilt_deg"], "float32", (None,)),
            place_m=frozen(columns["place_m"], "float64", (None, 3)),
        ),
        controllers=(ControllerSpec("far bank", model, model, 0, 999, 0, 999, 1000, "test"),),
    )


def fitting(form) -> Plan:
    """The tutorial for this format; FireCtrl has 16 outputs and IGNITE six rails, which take the cues that they can."""
    plan = tutorial_plan(form.id)
    top = {"firectrl": (999, 16), "ignite": (6, 18)}.get(form.id, (999, 999))
    firing = plan.firing
    keep = [i for i in range(len(firing)) if firing.module[i] <= top[0] and firing.pin[i] <= top[1]]
    return replace(plan, firing=Firing(**{name: taken(getattr(firing, name), keep) for name in firing.__slots__}))


def taken(column, keep):
    if isinstance(column, tuple):
        return tuple(column[i] for i in keep) if column else ()
    return frozen(column[keep], column.dtype, (None, *column.shape[1:]))


@pytest.mark.parametrize("name", [n for n in FIRING if n != "finale-fin"])
def test_the_tutorial_is_written_byte_for_byte_as_before(name):
    """Renew with UPDATE_BASELINES=1 after a change of a format that is meant, and look at the files."""
    form = formats()[name]
    files = form.write(fitting(form))
    got = {file: sha256(data).hexdigest() for file, data in files.items()}
    kept = HERE / "baselines.json"
    known = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    if os.environ.get("UPDATE_BASELINES"):
        kept.write_text(json.dumps(known | {name: got}, indent=1, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")
        known[name] = got
    assert known[name] == got
