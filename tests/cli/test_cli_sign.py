"""From a new key to a signed export, and waivers, on the command line."""

import json
import os
from pathlib import Path

import msgspec
import pytest
from showeditor.cli import main
from showeditor.model.cue import Address, Controller, Cue, Track
from showeditor.model.music import AtTime
from showeditor.model.show import Show
from showeditor.model.venue import Position, Venue, Zone
from showeditor.model.waiver import Waiver
from showeditor.storage.files import load_show, save_show
from showeditor.storage.text import show_of_text, show_to_text

AUDIENCE = Zone("crowd", "audience", ((-50.0, -300.0), (50.0, -300.0), (50.0, -260.0), (-50.0, -260.0)))


def small(calibre: str = "75mm Red Peony") -> Show:
    """Two shells in series on one pin: one warning, nothing that blocks."""
    cues = tuple(
        Cue(f"c{k}", calibre, "P1", AtTime(9_000_000), address=Address("main", 1, 1), tilt_deg=0.0) for k in (1, 2)
    )
    return Show(
        title="Two in series",
        duration_us=30_000_000,
        venue=Venue(zones=(AUDIENCE,), positions=(Position("P1", "P1", (0.0, 0.0, 0.0)),)),
        tracks=(Track("t", "shells", cues),),
        controllers=(Controller("main", "cobra-6"),),
    )


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SHOWEDITOR_PASSPHRASE", "open sesame, twice")
    monkeypatch.delenv("SHOWEDITOR_TRUST", raising=False)
    save_show(small(), tmp_path / "two.show")
    return tmp_path / "two.show"


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    out, err = capsys.readouterr()
    return code, out, err


def checked(capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, str]:
    code, out, _ = said(capsys, "check", "two.show", "--json", *more)
    assert code == 0
    return {f["code"]: f["severity"] for f in json.loads(out)["findings"]}


def test_keys_trust_signatures_export_and_verify(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, role in (("Li", "safety officer"), ("Wang", "firing operator")):
        assert main(["sign", "keygen", "--name", name, "--out", f"{name}.key"]) == 0
        assert main(["sign", "trust", "trust.json", f"{name}.key.pub", "--role", role]) == 0
        assert main(["sign", "two.show", "--key", f"{name}.key", "--role", role, "--when", "2026-05-01"]) == 0
    capsys.readouterr()
    code, out, _ = said(capsys, "export", "two.show", "--format", "cobra-6", "--out", "out", "--trust", "trust.json")
    assert code == 0
    assert "signed by Li as safety officer, 2026-05-01" in out
    assert said(capsys, "verify", "out", "--trust", "trust.json")[0] == 0
    assert main(["sign", "out", "--key", "Li.key", "--role", "safety officer"]) == 0
    assert said(capsys, "verify", "out", "--trust", "trust.json")[0] == 0
    # an edit voids both; the export goes on, as this pack asks for none, without them
    save_show(msgspec.structs.replace(load_show(file), note="later"), file)
    assert main(["export", "two.show", "--format", "cobra-6", "--out", "later", "--trust", "trust.json"]) == 0
    assert json.loads(Path("later/receipt.json").read_text())["signatures"] == []
    code, out, _ = said(capsys, "sign", "two.show", "--key", "Li.key", "--role", "safety officer")
    assert code == 0
    assert "2 earlier signatures were void" in out
    assert said(capsys, "sign", "keygen", "--name", "Li", "--out", "Li.key")[0] == 2


def test_a_waiver_accepts_a_warning_and_never_a_block(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert checked(capsys)["CTL-006"] == "warn"
    rows = [{"code": "CTL-006", "who": "Li", "why": "two pots on one lead", "when": "2026-05-01", "ids": ["c1", "c2"]}]
    Path("w.json").write_text(json.dumps({"waivers": rows}))
    assert checked(capsys, "--waive", "w.json")["CTL-006"] == "note"
    assert main(["export", "two.show", "--format", "cobra-6", "--out", "out", "--waive", "w.json"]) == 0
    receipt = json.loads(Path("out/receipt.json").read_text())
    assert receipt["waivers"] == rows
    assert any(f["message"].startswith("Accepted by Li on 2026-05-01") for f in receipt["findings"])
    capsys.readouterr()
    # for fewer cues than the finding has it is no acceptance
    Path("w.json").write_text(json.dumps({"waivers": [{**rows[0], "ids": ["c1"]}]}))
    found = checked(capsys, "--waive", "w.json")
    assert (found["CTL-006"], found["WVR-001"]) == ("warn", "note")
    save_show(small("500mm Red Peony"), file)
    Path("w.json").write_text(json.dumps({"waivers": [{**rows[0], "code": "FWK-001", "ids": []}]}))
    capsys.readouterr()
    code, out, _ = said(capsys, "check", "two.show", "--json", "--waive", "w.json")
    severities = {(f["code"], f["severity"]) for f in json.loads(out)["findings"]}
    assert code == 1
    assert {("FWK-001", "block"), ("WVR-002", "note")} <= severities
    code, out, _ = said(capsys, "sign", "two.show", "--key", "no.key", "--role", "x")
    assert (code, "cannot be signed" in out) == (1, True)


@pytest.mark.parametrize(
    ("text", "words"),
    [("{", "w.json"), ('{"waivers": [{"code": "A"}]}', "who"), ('{"waivers": [{"code": "A", "who": "B", "why": "C", '
      '"when": "soon"}]}', "2026-05-01")],
)  # fmt: skip
def test_a_bad_waiver_file_is_one_line(file: Path, capsys: pytest.CaptureFixture[str], text: str, words: str) -> None:
    Path("w.json").write_text(text)
    code, out, err = said(capsys, "check", "two.show", "--waive", "w.json")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert words in err


@pytest.mark.parametrize(
    "arguments",
    [["sign", "keygen"], ["sign", "trust", "t.json"], ["sign", "two.show"],
     ["sign", "nowhere", "--key", "k", "--role", "r"],
     ["sign", "two.show", "--key", "none.key", "--role", "r"], ["verify", "two.show", "--trust", "none.json"],
     ["export", "two.show", "--format", "skyc", "--out", "o", "--signatures", "none.json"]],
)  # fmt: skip
def test_bad_input_is_one_line_and_leaves_nothing(
    file: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    code, out, err = said(capsys, *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert os.listdir() == ["two.show"]


def test_waivers_lie_in_the_show_and_older_shows_stay_as_they_are() -> None:
    assert '"waivers"' not in show_to_text(small())
    waived = msgspec.structs.replace(small(), waivers=(Waiver("CTL-006", "李工", "两发同线", "2026-05-01", ("c1",)),))
    assert show_of_text(show_to_text(waived), "x") == waived
    with pytest.raises(ValueError, match="name under a waiver"):
        Waiver("CTL-006", " ", "why", "2026-05-01")


def test_a_block_that_the_rule_pack_lets_an_officer_sign(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # Germany: beyond 20 degrees of tilt an individual assessment is needed
    show = small()
    cues = tuple(
        msgspec.structs.replace(c, tilt_deg=22.0, address=Address("main", 1, k))
        for k, c in enumerate(show.cues(), start=1)
    )
    waiver = Waiver("FWK-007", "Li", "assessed on site, nobody behind the bank", "2026-05-01")
    tilted = msgspec.structs.replace(show, rules="de-f4", tracks=(Track("t", "shells", cues),), waivers=(waiver,))
    save_show(tilted, file)
    export = ["export", "two.show", "--format", "cobra-6", "--out", "out", "--trust", "trust.json"]
    main(["sign", "keygen", "--name", "Li", "--out", "Li.key"])
    main(["sign", "trust", "trust.json", "Li.key.pub", "--role", "safety officer"])
    capsys.readouterr()
    code, out, _ = said(capsys, *export)
    assert (code, out.count("FWK-007")) == (1, 1)
    assert not Path("out").exists()
    assert said(capsys, "sign", "two.show", "--key", "Li.key", "--role", "safety officer")[0] == 0
    assert said(capsys, *export)[0] == 0
    (kept,) = (f for f in json.loads(Path("out/receipt.json").read_text())["findings"] if f["code"] == "FWK-007")
    assert kept["severity"] == "warn"
    assert kept["message"].startswith("Accepted by Li on 2026-05-01 (assessed on site")
    # without the waiver of that person the signature lifts nothing, and it is void besides
    save_show(msgspec.structs.replace(tilted, waivers=()), file)
    assert said(capsys, *export)[0] == 1
