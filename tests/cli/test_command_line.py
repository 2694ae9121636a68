"""The promises of the command line: exit codes, JSON shapes, one clear line for bad input, nothing half written."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from showeditor.cli import main

ROOT = Path(__file__).resolve().parents[2]
SHOW = ROOT / "shows/yun-qi-he-wan/yun-qi-he-wan.show"

A = "Name,x_m,y_m,z_m\nD1,0,0,20\nD2,5,0,20\nD3,10,0,20\n"
B = "Name,x_m,y_m,z_m\nP1,0,20,30\nP2,6,20,30\nP3,12,20,30\n"


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    out, err = capsys.readouterr()
    return code, out, err


def said_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    code, out, err = said(capsys, *arguments, "--json")
    assert err == ""
    return code, json.loads(out)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published") / "night"
    assert main(["export", str(SHOW), "--format", "cobra-6,skyc,skyb", "--out", str(folder)]) == 0
    return folder


def test_check_promises_its_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, answer = said_json(capsys, "check", str(SHOW))
    assert code == 0
    assert answer["clear"] is True
    assert len(answer["fingerprint"]) == 64
    assert answer["counts"]["drones"] == 120
    wanted = {"code", "severity", "t0_s", "t1_s", "ids", "measured", "limit", "unit", "message"}
    assert all(wanted <= set(finding) for finding in answer["findings"])


def test_limits_given_are_the_limits_used(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, answer = said_json(capsys, "check", str(SHOW), "--limits", "min_gap_m=5")
    assert code == 1
    assert answer["clear"] is False
    toml = tmp_path / "limits.toml"
    toml.write_text("min_gap_m = 5.0\n", encoding="utf-8")
    again_code, again = said_json(capsys, "check", str(SHOW), "--limits", str(toml))
    assert (again_code, again["findings"]) == (code, answer["findings"])


def test_a_show_that_breaks_a_rule_exports_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    broken = tmp_path / "near.show"
    text = SHOW.read_text(encoding="utf-8")
    assert '"rules":"design-envelope"' in text
    broken.write_text(text.replace('"rules":"design-envelope"', '"rules":"cn"'), encoding="utf-8")
    out = tmp_path / "out"
    code, said_out, _ = said(capsys, "export", str(broken), "--format", "cobra-6", "--out", str(out))
    assert code == 1
    assert "nothing was written" in said_out
    assert not out.exists()
    assert {p.name for p in tmp_path.iterdir()} == {"near.show"}


def test_what_was_published_verifies_until_a_byte_changes(
    capsys: pytest.CaptureFixture[str], published: Path, tmp_path: Path
) -> None:
    assert said(capsys, "verify", str(published))[0] == 0
    copy = tmp_path / "night"
    subprocess.run(["cp", "-r", str(published), str(copy)], check=True)
    victim = next(copy.rglob("*.skyb"))
    data = bytearray(victim.read_bytes())
    data[len(data) // 2] ^= 1
    victim.write_bytes(bytes(data))
    code, out, _ = said(capsys, "verify", str(copy))
    assert code == 1
    assert victim.name in out


def test_published_files_are_checked_as_foreign_files(capsys: pytest.CaptureFixture[str], published: Path) -> None:
    (skyc,) = published.rglob("*.skyc")
    for file in (skyc, published / "skyb"):
        code, answer = said_json(capsys, "check", str(file))
        assert answer["counts"]["drones"] == 120
        assert code == 0, answer["findings"]
        assert answer["counts"]["block"] == 0


def test_convert_goes_through_the_same_gate(
    capsys: pytest.CaptureFixture[str], published: Path, tmp_path: Path
) -> None:
    (skyc,) = published.rglob("*.skyc")
    out = tmp_path / "converted"
    code, _, err = said(capsys, "convert", str(skyc), "--to", "skyb", "--out", str(out))
    assert (code, err) == (0, "")
    assert len(list(out.rglob("*.skyb"))) == 120
    assert said(capsys, "verify", str(out))[0] == 0


def test_plan_writes_one_checked_transition(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(A, encoding="utf-8")
    (tmp_path / "b.csv").write_text(B, encoding="utf-8")
    out = tmp_path / "t.skyc"
    line = ["plan", "--from", str(tmp_path / "a.csv"), "--to", str(tmp_path / "b.csv"), "--out", str(out)]
    assert said(capsys, *line)[0] == 0
    with zipfile.ZipFile(out) as packed:
        assert "show.json" in packed.namelist()
    code, answer = said_json(capsys, "check", str(out))
    assert code == 0
    assert answer["counts"]["drones"] == 3
    out.unlink()
    assert said(capsys, *line, "--limits", "min_gap_m=7")[0] in (1, 2)
    assert not out.exists()


@pytest.mark.parametrize("source", ["火", "motif:cloud"])
def test_formation_gives_the_points_asked_for(capsys: pytest.CaptureFixture[str], source: str) -> None:
    code, answer = said_json(capsys, "formation", source, "-n", "60", "--spacing", "3")
    assert code == 0
    assert answer["count"] == len(answer["points"]) == 60
    assert answer["spacing_m"] >= 3.0 - 1e-3


def test_vdl_promises_its_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, answer = said_json(capsys, "vdl", "3 寸 red peony w/ Blue Pistil flurble")
    assert code == 0
    assert answer["unknown"] == ["flurble"]
    (shot,) = answer["shots"]
    assert {"ignition_s", "break_s", "angle_deg", "calibre_mm", "layers"} <= set(shot)
    assert all({"effect", "colours"} <= set(layer) for layer in shot["layers"])


def test_music_tells_the_tempo(capsys: pytest.CaptureFixture[str]) -> None:
    code, answer = said_json(capsys, "music", str(SHOW.with_suffix(".mid")))
    assert code == 0
    assert any("起" in str(marker) for marker in answer["markers"])


def test_formats_promise_their_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, rows = said_json(capsys, "formats")
    assert code == 0
    assert all({"id", "title", "reads", "writes", "status", "limits"} <= set(row) for row in rows)
    assert {"cobra-3", "cobra-4", "cobra-5", "cobra-6", "skyc", "skyb"} <= {row["id"] for row in rows}


def test_render_draws_a_picture(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = tmp_path / "sky.png"
    code, _, _ = said(capsys, "render", str(SHOW), "--at", "2:25", "--size", "320x180", "--out", str(out))
    assert code == 0
    assert out.read_bytes().startswith(b"\x89PNG")


def test_render_draws_a_stretch_and_a_whole_sphere(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    frames = tmp_path / "frames" / "%03d.png"
    line = ["render", str(SHOW), "--from", "145", "--to", "145.08", "--size", "160x90", "--quality", "draft"]
    code, _, err = said(capsys, *line, "--out", str(frames))
    assert (code, err) == (0, "")
    assert sorted(p.name for p in frames.parent.iterdir()) == ["000.png", "001.png"]
    sphere = tmp_path / "sphere.png"
    line = ["render", str(SHOW), "--at", "145", "--size", "256x128", "--projection", "equirect", "--quality", "draft"]
    assert said(capsys, *line, "--out", str(sphere))[0] == 0
    assert sphere.read_bytes().startswith(b"\x89PNG")


BAD = {
    "no such show": (["check", "nowhere.show"], "nowhere.show"),
    "torn show": (["check", "torn.show"], "torn.show"),
    "foreign file": (["check", "words.txt"], "words.txt"),
    "unknown field": (["check", "field.show"], "colour_of_the_sky"),
    "NaN": (["check", "nan.show"], "nan.show"),
    "unknown format": (["export", "good.show", "--format", "zzz", "--out", "out"], "zzz"),
    "no format": (["export", "good.show", "--format", ",", "--out", "out"], "format"),
    "no folder": (["export", "good.show", "--format", "cobra-6", "--out", "words.txt/out"], "words.txt"),
    "export of a foreign file": (["export", "words.txt", "--format", "skyc", "--out", "out"], "convert"),
    "unknown limit": (["check", "good.show", "--limits", "max_zeal=1"], "max_zeal"),
    "bad limit": (["check", "good.show", "--limits", "min_gap_m=-1"], "min_gap_m"),
    "limits file": (["check", "good.show", "--limits", "nowhere.toml"], "nowhere.toml"),
    "verify nothing": (["verify", "nowhere"], "nowhere"),
    "bad time": (["render", "good.show", "--at", "soon", "--out", "x.png"], "soon"),
    "bad size": (["render", "good.show", "--size", "9x9", "--out", "x.png"], "9x9"),
    "half a stretch": (["render", "good.show", "--from", "1", "--out", "f/%03d.png"], "--to"),
    "video": (["render", "good.show", "--from", "1", "--to", "2", "--out", "x.mp4"], "x.mp4"),
    "flat dome": (["render", "good.show", "--projection", "dome", "--size", "320x180", "--out", "x.png"], "320"),
    "bad picture name": (["render", "good.show", "--out", "x.txt"], "x.txt"),
    "picture nowhere": (["render", "good.show", "--size", "320x180", "--out", "words.txt/x.png"], "x.png"),
    "unknown seat": (["render", "good.show", "--seat", "moon", "--size", "320x180", "--out", "x.png"], "moon"),
    "empty vdl": (["vdl", "   "], ""),
    "not music": (["music", "words.txt"], "words.txt"),
    "no benchmark": (["bench", "zeal"], "zeal"),
    "missing option": (["export", "good.show"], "--format"),
    "missing csv": (["plan", "--from", "nowhere.csv", "--to", "nowhere.csv", "--out", "t.skyc"], "nowhere.csv"),
    "csv with NaN": (["plan", "--from", "nan.csv", "--to", "nan.csv", "--out", "t.skyc"], "line 2"),
    "no glyph": (["formation", "\U0001f600"], "U+1F600"),
    "no drones": (["formation", "火", "-n", "0"], "0"),
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    good = SHOW.read_text(encoding="utf-8")
    (folder / "good.show").write_text(good, encoding="utf-8")
    (folder / "torn.show").write_text(good[: len(good) // 2], encoding="utf-8")
    (folder / "field.show").write_text(
        good.replace('"duration_us"', '"colour_of_the_sky": 1, "duration_us"', 1), encoding="utf-8"
    )
    (folder / "nan.show").write_text(
        good.replace(chr(34) + "duration_us" + chr(34) + ":", chr(34) + "duration_us" + chr(34) + ":NaN", 1),
        encoding="utf-8",
    )
    (folder / "words.txt").write_text("once upon a time\n", encoding="utf-8")
    (folder / "nan.csv").write_text("Name,x_m,y_m,z_m\nD1,nan,0,20\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_one_clear_line(
    case: str, desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments, names = BAD[case]
    monkeypatch.chdir(desk)
    before = sorted(p.name for p in desk.iterdir())
    code, _, err = said(capsys, *arguments)
    assert code == 2, err
    assert err.count("\n") == 1
    assert err.startswith("showeditor: ")
    assert names in err
    assert sorted(p.name for p in desk.iterdir()) == before


def test_a_bug_says_so(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def fall(*_: object) -> None:
        raise ZeroDivisionError("planted")

    monkeypatch.setattr("showeditor.export.registry.formats_json", fall)
    assert main(["formats"]) == 3


def test_the_module_runs_as_a_program() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "showeditor", "--version"], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("showeditor ")


def test_a_benchmark_names_its_peer_and_ratio(capsys: pytest.CaptureFixture[str]) -> None:
    code, rows = said_json(capsys, "bench", "stars")
    assert code == 0
    (row,) = rows
    assert row["peer"]
    assert row["ratio"] > 0
    assert row["summary"]
