"""`showeditor import`, `profile` and `formats`: in from elsewhere, edited, out again, and compared."""

import json

import numpy as np
import pytest
from showeditor.cli import main
from showeditor.export.foreign import read_foreign
from showeditor.export.profiles import SHELF
from showeditor.export.registry import formats
from showeditor.kernels.bernstein import states
from showeditor.model.show import Show
from showeditor.model.venue import Venue, Zone
from showeditor.planning.compile import compile_show
from showeditor.storage.files import load_show, save_show
from showeditor.timeline.edits import move_cues

from plans_by_hand import small_swarm

SCRIPT = (
    "#@firmware6\n0,1,deadman,0,show.mp3,Demo,18,,,,\n"
    "00:00:10.00s,1,1,Gold Comet w/ Red Mine,,,,,,,\n00:00:11.20s,1,2,Red Peony 3in,,,,,,,\n"
    "00:00:20.00s,2,2,36 Shot Fan Cake,,,,,,,\nEND\n"
)


@pytest.fixture(autouse=True)
def alone(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("APPDATA", str(tmp_path / "config"))
    SHELF.clear()
    yield
    SHELF.clear()


@pytest.fixture
def site(tmp_path):
    ring = ((-50.0, -420.0), (50.0, -420.0), (50.0, -400.0), (-50.0, -400.0))
    save_show(Show("Demo", 60_000_000, venue=Venue(zones=(Zone("a", "audience", ring),))), tmp_path / "site.show")
    return str(tmp_path / "site.show")


def places(drones, t_us):
    d = drones
    return states(d.piece_start, d.piece_t0_us, d.piece_t1_us, d.ctrl_start, d.ctrl, d.home_m, t_us)[0]


def test_a_cobra_script_goes_in_and_out_again(tmp_path, site, capsys):
    (tmp_path / "demo.csv").write_text(SCRIPT)
    show, out = str(tmp_path / "in.show"), str(tmp_path / "out")
    assert main(["import", str(tmp_path / "demo.csv"), "--into", site, "--out", show]) == 0
    said = capsys.readouterr()
    assert "3 cues" in said.out
    assert "audio box file 'show.mp3'" in said.err
    assert main(["export", show, "--format", "cobra-6", "--out", out]) == 0
    ((_, data),) = ((p.name, p.read_bytes()) for p in (tmp_path / "out").glob("*.csv"))
    rows = [line for line in data.decode().split("\r\n") if line.startswith("00:")]
    assert rows == [line for line in SCRIPT.split("\n") if line.startswith("00:")]
    # an edit between, and the files differ by it alone
    edited = load_show(tmp_path / "in.show")
    save_show(move_cues(edited, [tuple(edited.cues())[1].id], 500_000), tmp_path / "in.show")
    assert main(["export", show, "--format", "cobra-6", "--out", str(tmp_path / "later")]) == 0
    ((_, later),) = ((p.name, p.read_bytes()) for p in (tmp_path / "later").glob("*.csv"))
    assert later == data.replace(b"00:00:11.20s", b"00:00:11.70s")


@pytest.mark.parametrize("name", ["skyc", "skyb", "vviz", "skybrush-csv", "poly7"])
def test_a_drone_show_goes_in_is_moved_and_goes_out_again(name, tmp_path):
    source = tmp_path / "from"
    source.mkdir()
    for file, data in formats()[name].write(small_swarm()).items():
        (source / file).write_bytes(data)
    before = read_foreign(source)
    show = str(tmp_path / "in.show")
    assert main(["import", str(source), "--out", show]) == 0
    assert compile_show(load_show(tmp_path / "in.show")).drones.ctrl.tobytes() == before.drones.ctrl.tobytes()
    assert main(["import", str(source), "--out", show, "--later", "3", "--at", "40,10,0", "--turn", "90"]) == 0
    assert main(["export", show, "--format", "skyc", "--out", str(tmp_path / "out")]) == 0
    after = read_foreign(tmp_path / "out")
    row = [after.drones.name.index(n) for n in before.drones.name]
    for t in range(0, 60_000_000, 1_700_000):
        here, there = places(before.drones, t), places(after.drones, t + 3_000_000)[row]
        assert np.abs(there - np.stack([here[:, 1] + 40, 10 - here[:, 0], here[:, 2]], axis=1)).max() < 0.002


def test_finale_out_and_in_keeps_ignitions_effects_and_blooms(tmp_path, site):
    (tmp_path / "demo.csv").write_text(SCRIPT)
    one, two = str(tmp_path / "one.show"), str(tmp_path / "two.show")
    assert main(["import", str(tmp_path / "demo.csv"), "--into", site, "--out", one]) == 0
    assert main(["export", one, "--format", "finale-csv", "--out", str(tmp_path / "out")]) == 0
    assert main(["import", str(tmp_path / "out"), "--into", site, "--out", two, "--controller", "cobra-6"]) == 0
    first, second = (compile_show(load_show(tmp_path / n)).firing for n in ("one.show", "two.show"))
    for column in ("ignition_us", "module", "pin"):
        assert getattr(first, column).tolist() == getattr(second, column).tolist()
    assert np.abs(first.bloom_us - second.bloom_us).max() <= 1000
    assert np.abs(first.tilt_deg - second.tilt_deg).max() < 0.6


def test_a_table_with_columns_said_by_hand_and_the_report_as_json(tmp_path, capsys):
    (tmp_path / "t.csv").write_text("when,what,box,line,cost\n1500,Red Peony,1,2,9\n")
    show = str(tmp_path / "t.show")
    command = ["import", str(tmp_path / "t.csv"), "--out", show, "--json", "--controller", "firetek"]
    assert main(command) == 2
    assert "no column is known as a time; the columns are 'when', 'what', 'box'" in capsys.readouterr().err
    maps = ["--map", "when=ignition-ms", "--map", "what=name", "--map", "line=pin", "--action-time", "effect"]
    assert main([*command, *maps]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["read"] == [{"file": str(tmp_path / "t.csv"), "format": "table", "cues": 1, "drones": 0}]
    codes = [f["code"] for f in told["findings"]]
    assert "IMPORT-SWITCH" in codes
    assert "FIRING-LEFT-OUT" in codes
    (cue,) = load_show(tmp_path / "t.show").cues()
    assert (cue.when.t_us, cue.address.module, cue.address.pin) == (1_500_000, 1, 2)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--out", "x.csv"], "an import is written as a .show"),
        (["--out", "x.show", "--at", "1,2"], "import: "),
        (["--out", "x.show", "--map", "pin"], "COLUMN=field was expected"),
        (["--out", "x.show", "--angles", "north"], "invalid choice"),
    ],
)
def test_what_cannot_be_meant(more, words, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "demo.csv").write_text(SCRIPT)
    assert main(["import", "demo.csv", *more]) == 2
    assert words in capsys.readouterr().err
    assert not (tmp_path / "x.show").exists()


def test_a_profile_is_learned_listed_and_exported_with(tmp_path, site, capsys):
    (tmp_path / "dof.TXT").write_bytes(b"10.500\t1\t1\tGold Comet\r\n11.200\t1\t2\tRed Peony\r\n")
    assert main(["profile"]) == 0
    assert "shangyi-tech" in capsys.readouterr().out
    assert main(["profile", str(tmp_path / "dof.TXT"), "--like", "dance-of-fire"]) == 0
    mine = tmp_path / "mine.toml"
    mine.write_text(capsys.readouterr().out, encoding="utf-8")
    assert main(["formats", "--profile", str(mine)]) == 0
    listed = capsys.readouterr().out
    assert "profile:dance-of-fire" in listed
    assert "open: whether rows must be sorted by module first" in listed
    SHELF.clear()
    show = str(tmp_path / "in.show")
    source = str(tmp_path / "dof.TXT")
    assert (
        main(["import", source, "--into", site, "--profile", str(mine), "--controller", "cobra-6", "--out", show]) == 0
    )
    out = str(tmp_path / "out")
    assert main(["export", show, "--profile", str(mine), "--format", "profile:dance-of-fire", "--out", out]) == 0
    assert (tmp_path / "out" / "Demo.TXT").read_bytes() == (tmp_path / "dof.TXT").read_bytes()
    mine.write_text("id = 3")
    assert main(["formats", "--profile", str(mine)]) == 2
    assert "mine.toml: id: Expected `str`, got `int`" in capsys.readouterr().err
