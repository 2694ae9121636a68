"""Options of formats, given behind the id, on the way out and in."""

import json
from dataclasses import replace

import numpy as np
import pytest
from exporters.vviz import VVIZ
from showeditor.cli import main
from showeditor.export.foreign import read_foreign
from showeditor.export.gate import publish, verify
from showeditor.export.registry import format_named, formats
from showeditor.model.errors import BadInput

from plans_by_hand import small_swarm


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("vviz:speed=fast", "it has frames"),
        ("vviz:frames=sometimes", "one of held, since"),
        ("vviz:frames=since:frames=held", "twice"),
        ("litchi:x=1", "it has none"),
        ("nothing:frames=since", "unknown format 'nothing'"),
    ],
)
def test_unknown_options_are_named(text, words):
    with pytest.raises(BadInput, match=words):
        format_named(text)


def test_the_default_is_the_format_itself():
    assert format_named("vviz") is formats()["vviz"]
    assert format_named("vviz:frames=held") == VVIZ
    assert format_named("skyb:version=1").id == "skyb"


def test_both_ways_of_counting_frames_say_the_same_light(tmp_path):
    plan = small_swarm()
    held, since = (format_named(f"vviz:frames={way}") for way in ("held", "since"))
    ((_, data),) = since.write(plan).items()
    assert b'"colorFrames":"since"' in data
    read = held.read({"x.vviz": data}, "x")  # our own files say which way they count
    again = held.read(held.write(plan), "x")
    assert np.array_equal(read.drones.key_t_us, again.drones.key_t_us)
    bare = data.replace(b'"colorFrames":"since",', b"")  # as other programs write it
    assert np.array_equal(since.read({"x.vviz": bare}, "x").drones.key_t_us, again.drones.key_t_us)
    assert not np.array_equal(held.read({"x.vviz": bare}, "x").drones.key_t_us, again.drones.key_t_us)


def test_the_gate_publishes_with_options_and_refuses_a_format_twice(tmp_path):
    plan = small_swarm()
    publish(plan, ["vviz:frames=since"], tmp_path / "a")
    assert verify(tmp_path / "a") == ()
    with pytest.raises(BadInput, match="named twice"):
        publish(plan, ["vviz", "vviz:frames=since"], tmp_path / "b")


def test_a_file_is_read_as_what_the_user_says_it_is(tmp_path, capsys):
    """The Z axis of a stranger's VVIZ: only the user can know it, and both commands take it."""
    plan = small_swarm()
    ((_, data),) = VVIZ.write(plan).items()
    file = tmp_path / "stranger.vviz"
    file.write_bytes(data)
    north, south = (read_foreign(file, name).drones.home_m[:, 1] for name in ("vviz", "vviz-finale"))
    assert north.tolist() == pytest.approx((-south).tolist())
    assert north[1] == pytest.approx(7.0)
    assert main(["check", str(file), "--as", "vviz-finale:frames=since", "--limits", "min_gap_m=2", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["counts"]["drones"] == 5
    assert main(["check", str(file), "--as", "vviz:frames=no"]) == 2
    assert "one of held, since" in capsys.readouterr().err
    out = tmp_path / "out"
    assert main(["convert", str(file), "--as", "vviz-finale", "--to", "skyb:version=1", "--out", str(out)]) == 0
    assert (out / "D001.skyb").read_bytes()[:5] == b"skyb\x01"
    assert verify(out) == ()
    with pytest.raises(BadInput, match="unknown format"):
        read_foreign(file, "nonsense")


def test_the_receipt_says_how_many_bytes_a_drone_takes(tmp_path):
    receipt = publish(replace(small_swarm(), title="five"), ["skyb"], tmp_path / "a")
    (note,) = [f for f in receipt.findings if f.code == "EXP-SIZE"]
    sizes = [f.bytes for f in receipt.files]
    assert note.measured == sum(sizes) / 5
    assert str(max(sizes)) in note.message
