"""`showeditor live` as a user types it."""

import socket

import pytest
from pythonosc.osc_message import OscMessage
from showeditor.cli import main
from showeditor.export.gate import publish
from showeditor.model.plan import Plan
from showeditor.model.stage import Osc, StageEvent
from showeditor.model.timecode import Timecode

from control_by_hand import with_control


@pytest.fixture
def folder(tmp_path):
    stage = tuple(StageEvent(f"q{k}", 100_000 * k, f"Cue {k}", "灯光", Osc("/go", (k,))) for k in range(4))
    plan = with_control(Plan("Demo", 400_000), timecode=Timecode("30", pre_roll_us=100_000), stage=stage)
    publish(plan, ["stage-csv", "ltc-wav"], tmp_path / "out")
    return tmp_path / "out"


def test_the_cues_come_out_of_the_wire(folder, capsys):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as wire:
        wire.bind(("127.0.0.1", 0))
        wire.settimeout(5)
        assert main(["live", str(folder), "--osc", f"127.0.0.1:{wire.getsockname()[1]}"]) == 0
        heard = [OscMessage(wire.recv(2000)).params[0] for _ in range(4)]
    assert heard == [0, 1, 2, 3]
    out = capsys.readouterr().out
    assert out.startswith(
        "Demo: every byte is as published; 30 frames a second, show zero at 00:00:00:00; 4 stage cues"
    )
    assert "0:00.30  灯光: Cue 3 -> OSC 127.0.0.1" in out
    assert out.endswith("end of the show\n")


def test_timecode_as_sound_counts_even_without_a_sound_card(folder, capsys):
    assert main(["live", str(folder), "--timecode", "ltc", "--from", "0.2"]) == 0
    out = capsys.readouterr().out
    assert "the sound (" in out
    assert "Cue 3" in out
    assert "Cue 1" not in out


def test_a_changed_folder_is_refused(folder, capsys):
    file = next((folder / "ltc-wav").iterdir())
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    assert main(["live", str(folder)]) == 1
    out = capsys.readouterr().out
    assert "NOT what was published; nothing was sent" in out
    assert "Cue" not in out


def test_the_list_sends_nothing(folder, capsys):
    assert main(["live", str(folder), "--list"]) == 0
    assert capsys.readouterr().out.count("灯光: Cue") == 4


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--timecode", "mtc"], "needs --midi PORT"),
        (["--chase", "ltc", "--timecode", "ltc"], "cannot follow other code"),
        (["--chase", "mtc", "--from", "0"], "contradict"),
        (["--from", "x"], "not a time"),
        (["--from", "60"], "the show ends at 0:00"),
        (["--osc", "here"], "HOST:PORT was expected"),
        (["--midi", "no such port"], "MIDI output"),
        (["--chase", "mtc", "--input", "no such port"], "MIDI input"),
        (["--flywheel", "-1"], "flywheel"),
        (["--osc", "no.such.host.invalid:1"], "no such host"),
    ],
)
def test_what_cannot_be_done_is_said(folder, capsys, arguments, said):
    assert main(["live", str(folder), *arguments]) == 2
    assert said in capsys.readouterr().err
