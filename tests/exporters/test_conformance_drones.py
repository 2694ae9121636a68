"""What every entry point keeps to, part two: bytes as before for every example show, and hostile files in a child."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from showeditor.export.payload import with_drones
from showeditor.export.registry import formats
from showeditor.model.arrays import frozen
from showeditor.model.errors import Unfit
from showeditor.model.plan import Plan
from showeditor.model.recording import Recording
from showeditor.planning.compile import compile_show
from showeditor.storage.files import load_show

from control_by_hand import with_control
from plans_by_hand import DEMO, burdened, firing_of, small_swarm

HERE = Path(__file__).resolve().parent
KEPT = HERE / "baselines_drones.json"
DRONES = HERE / "example_drones.json"
SHOWS = sorted((HERE.parents[1] / "shows").glob("*/*.show"))
WRITERS = [f for f in formats().values() if f.writes]
OFFSET_M = 1e-7 / np.pi
SLOWEST_S, MOST_MB = 2.0, 500.0


@cache
def plans():
    """The first drones of every example show as they were when the baselines were taken, and a swarm made by hand.

    Renew after a new or changed show: UPDATE_BASELINES=shows pytest tests/exporters/test_conformance_drones.py
    """
    if os.environ.get("UPDATE_BASELINES") == "shows":
        texts = {}
        for path in SHOWS:
            plan = settled(compile_show(load_show(path)))
            texts[path.stem] = {
                "title": plan.title,
                "duration_us": plan.duration_us,
                "drones": Recording(plan.drones).text(),
            }
        DRONES.write_text(json.dumps(texts, indent=1, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")
    venue = small_swarm().venue
    out = {"swarm by hand": settled(burdened(small_swarm()))}
    for name, kept in json.loads(DRONES.read_text("utf-8")).items():
        drones = Recording.of_text(kept["drones"]).drones
        out[name] = Plan(kept["title"], kept["duration_us"], venue=venue, drones=drones)
    return out


def test_every_example_show_has_its_baselines():
    assert {p.stem for p in SHOWS} <= set(plans())


def settled(plan, most=6):
    """The plan with its first drones, on numbers that every machine computes alike.

    The last bits of a compiled plan differ from processor to processor. Rounded to a micrometre they agree, and the
    offset (a part of a micrometre that no rounding step divides) keeps formats from having to round exact halves.
    """
    d = plan.drones
    n = min(most, len(d))
    pieces, keys = int(d.piece_start[n]) if n else 0, int(d.key_start[n]) if n else 0
    points = int(d.ctrl_start[pieces])
    turns = int(d.yaw_start[n]) if len(d.yaw_t_us) else 0
    drones = replace(
        d,
        name=d.name[:n],
        fleet=d.fleet[:n],
        home_m=frozen(np.round(d.home_m[:n], 6) + OFFSET_M, np.float64, (None, 3)),
        off_us=d.off_us[:n],
        on_us=d.on_us[:n],
        piece_start=d.piece_start[: n + 1],
        piece_t0_us=d.piece_t0_us[:pieces],
        piece_t1_us=d.piece_t1_us[:pieces],
        ctrl_start=d.ctrl_start[: pieces + 1],
        ctrl=frozen(np.round(d.ctrl[:points], 6) + OFFSET_M, np.float64, (None, 3)),
        key_start=d.key_start[: n + 1],
        key_t_us=d.key_t_us[:keys],
        key_rgbw=d.key_rgbw[:keys],
        key_fade=d.key_fade[:keys],
        yaw_start=d.yaw_start[: n + 1] if turns else d.yaw_start[:1],
        yaw_t_us=d.yaw_t_us[:turns],
        yaw_deg=d.yaw_deg[:turns],
    )
    return with_drones(plan, drones)


def cases():
    """Each format that carries drones, with each plan."""
    flying = [f for f in WRITERS if f.carried(small_swarm()).drones]
    return [(f.id, name) for f in flying for name in sorted(plans())]


@pytest.mark.parametrize(("form_id", "show"), cases())
def test_drone_files_are_written_byte_for_byte_as_before(form_id, show):
    """Renew with UPDATE_BASELINES=1 after a change of a format or a show that is meant, and look at the files.

    The command: UPDATE_BASELINES=1 python -m pytest tests/exporters/test_conformance_drones.py -k byte_for_byte
    """
    form = formats()[form_id]
    try:
        files = form.write(plans()[show])
    except Unfit as error:
        got = {"unfit": str(error)}
    else:
        whole = b"".join(name.encode() + b"\0" + files[name] for name in sorted(files))
        got = {"files": len(files), "bytes": sum(map(len, files.values())), "sha256": sha256(whole).hexdigest()}
    known = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
    if os.environ.get("UPDATE_BASELINES"):
        known.setdefault(show, {})[form_id] = got
        KEPT.write_text(json.dumps(known, indent=1, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")
    assert known[show][form_id] == got


# --- hostile files, in a child process that may take 2 s and 500 MB for each ------------------------------------------


READERS = sorted(f.id for f in formats().values() if f.reads)


def child(folder, *habit):
    return subprocess.run(
        [sys.executable, HERE / "hostile_child.py", folder, *habit], capture_output=True, text=True, timeout=240
    )


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What the child says about every reader, and its last words."""
    folder = tmp_path_factory.mktemp("hostile")
    plan = with_control(replace(burdened(small_swarm()), firing=firing_of(DEMO)))
    for form_id in READERS:
        form = formats()[form_id]
        (folder / form_id).mkdir()
        if form.writes and form.carried(plan):
            for name, data in form.write(plan).items():
                target = folder / form_id / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
    done = child(folder)
    return {row["format"]: row for row in map(json.loads, done.stdout.splitlines())}, done.stderr[-3000:]


@pytest.mark.parametrize("form_id", READERS)
def test_hostile_files_end_in_an_error_within_2_s_and_500_mb(form_id, told):
    rows, last_words = told
    assert form_id in rows, last_words
    row = rows[form_id]
    assert row["errors"] == row["cases"] >= 16, last_words
    assert row["slowest_s"] < SLOWEST_S, row
    assert row["peak_mb"] < MOST_MB, row


@pytest.mark.parametrize("habit", ["slow", "hungry", "crash", "accept"])
def test_the_child_notices_a_bad_reader(habit, tmp_path):
    (tmp_path / "skyc").mkdir()
    assert child(tmp_path, habit).returncode != 0
