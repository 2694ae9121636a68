"""MIDI ports that are not there."""

import sys

import pytest
from showeditor.live.sending import midi_port
from showeditor.model.errors import BadInput


def test_a_machine_without_the_sound_library_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rtmidi", None)
    with pytest.raises(BadInput, match="libasound2"):
        midi_port("any", output=True)
