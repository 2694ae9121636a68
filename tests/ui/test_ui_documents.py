"""Documents: saving, unsaved work, recovery, bad files, recent files, music beside the show."""

from pathlib import Path

import msgspec
import numpy as np
import pytest
import soundfile
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox
from pytestqt.qtbot import QtBot
from showeditor.audio.sound import load_sound
from showeditor.model.music import Music
from showeditor.storage.autosave import find_recovery
from showeditor.storage.files import load_show, save_show
from showeditor.timeline import parts
from showeditor.ui.app import Studio


def write_wave(path: Path, seconds: float = 2.0) -> None:
    import numpy as np
    import soundfile

    t = np.arange(int(8000 * seconds)) / 8000
    soundfile.write(path, 0.5 * np.sin(2 * np.pi * 440 * t), 8000)


def write_midi(path: Path) -> None:
    import mido

    file = mido.MidiFile(type=1, ticks_per_beat=480, charset="utf-8")
    track = mido.MidiTrack()
    file.tracks.append(track)
    track.append(mido.MetaMessage("set_tempo", tempo=600_000))
    track.append(mido.MetaMessage("marker", text="起 rise"))
    track.append(mido.Message("note_on", note=60, velocity=90, time=0))
    track.append(mido.Message("note_off", note=60, time=480 * 8))
    track.append(mido.MetaMessage("marker", text="承 carry"))
    track.append(mido.Message("note_on", note=62, velocity=90, time=0))
    track.append(mido.Message("note_off", note=62, time=480 * 24))
    file.save(path)


def edit(studio: Studio, title: str) -> None:
    studio.desk.apply(parts.change_show(studio.session.show, title=title), "Rename")


def test_save_and_open(studio: Studio, tmp_path: Path) -> None:
    documents = studio.window.documents
    edit(studio, "云起")
    assert studio.window.isWindowModified()
    documents.save_to(tmp_path / "a.show")
    assert not studio.window.isWindowModified()
    assert load_show(tmp_path / "a.show").title == "云起"
    assert "a.show" in studio.window.windowTitle()
    edit(studio, "other")
    documents.open(tmp_path / "a.show")
    assert studio.session.show.title == "云起"
    assert not studio.session.dirty
    assert documents.recent() == [str((tmp_path / "a.show").resolve())]


def test_a_bad_file_leaves_the_document_alone(studio: Studio, tmp_path: Path, told: list[str]) -> None:
    before = studio.session.show
    (tmp_path / "torn.show").write_text('{"format": "showeditor', encoding="utf-8")
    studio.window.documents.open(tmp_path / "torn.show")
    studio.window.documents.open(tmp_path / "missing.show")
    assert studio.session.show is before
    assert len(told) == 2
    assert "torn.show" in told[0]
    assert "missing.show" in told[1]
    told.clear()


def test_a_read_only_folder_is_told_in_one_sentence(
    studio: Studio, tmp_path: Path, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "taken.show").mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(tmp_path / "taken.show"), ""))
    studio.window.documents.save_as_asked()
    (message,) = told
    assert "taken.show" in message
    assert "Traceback" not in message
    told.clear()


def test_unsaved_work_is_asked_about(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = studio.window.documents
    assert documents.may_leave()
    edit(studio, "unsaved")
    asked: list[str] = []

    def answer(box: QMessageBox) -> int:
        asked.append(box.text())
        return QMessageBox.StandardButton.Cancel.value

    monkeypatch.setattr(QMessageBox, "exec", answer)
    assert not documents.may_leave()
    assert "unsaved" in asked[0]
    documents.new()
    assert studio.session.show.title == "unsaved"


def test_work_of_a_crash_is_offered_again(studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "b.show"
    documents = studio.window.documents
    documents.save_to(file)
    documents.open(file)
    edit(studio, "edited before the crash")
    documents.keep()
    # a crash: the recovery file stays, the claim on the document goes with the process
    autosave = documents._autosave
    assert autosave is not None
    kept = autosave.file.read_bytes()
    autosave.close()
    autosave.file.write_bytes(kept)
    documents._autosave = None
    found = find_recovery(file)
    assert found is not None
    monkeypatch.setattr(QMessageBox, "exec", lambda _box: QMessageBox.StandardButton.Yes)
    documents.open(file)
    assert studio.session.show.title == "edited before the crash"
    assert studio.session.dirty
    assert studio.session.state.path == file


def test_music_is_copied_beside_the_show(studio: Studio, tmp_path: Path, qtbot: QtBot) -> None:
    music, home = tmp_path / "elsewhere", tmp_path / "home"
    music.mkdir()
    home.mkdir()
    write_wave(music / "song.wav")
    studio.window.documents.save_to(home / "c.show")
    studio.window.creating.import_file(music / "song.wav")
    qtbot.waitUntil(lambda: studio.desk.heard.pyramid is not None, timeout=20_000)
    held = studio.session.show.music
    assert held is not None
    assert held.file == "song.wav"
    assert (home / "song.wav").read_bytes() == (music / "song.wav").read_bytes()
    assert studio.desk.heard.sound is not None
    assert studio.desk.heard.sound.duration_us == load_sound(music / "song.wav").duration_us
    # another file of the same name does not replace the first
    write_wave(music / "song.wav", 3.0)
    studio.window.creating.import_file(music / "song.wav")
    qtbot.waitUntil(lambda: (home / "song-2.wav").exists(), timeout=20_000)


def test_a_score_brings_tempo_and_acts(
    studio: Studio, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_midi(tmp_path / "score.mid")
    studio.window.documents.save_to(tmp_path / "d.show")
    monkeypatch.setattr(QInputDialog, "getItem", lambda _p, _t, _l, choices, *_r: (choices[0], True))
    studio.window.creating.import_file(tmp_path / "score.mid")
    qtbot.waitUntil(lambda: len(studio.session.show.acts) == 2, timeout=20_000)
    show = studio.session.show
    assert show.music is not None
    assert show.music.score == "score.mid"
    assert show.music.tempo.tempos[0].us_per_quarter == 600_000
    assert [(a.name, a.start_us) for a in show.acts] == [("起 rise", 0), ("承 carry", 4_800_000)]
    assert studio.session.state.undo_label == "Import music"


def test_music_that_is_none_is_refused(studio: Studio, tmp_path: Path, qtbot: QtBot, told: list[str]) -> None:
    (tmp_path / "x.wav").write_bytes(b"no music")
    studio.window.documents.save_to(tmp_path / "e.show")
    before = studio.session.show
    studio.window.creating.import_file(tmp_path / "x.wav")
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert "x.wav" in told[0]
    assert studio.session.show is before
    told.clear()


def test_missing_music_is_a_finding_and_returns_with_the_file(
    studio: Studio, qtbot: QtBot, tmp_path: Path, told: list[str]
) -> None:
    path = tmp_path / "quiet.show"
    save_show(msgspec.structs.replace(studio.session.show, music=Music(file="gone.wav")), path)
    studio.window.documents.open(path)
    qtbot.waitUntil(lambda: studio.session.state.fresh, timeout=60_000)
    (found,) = (f for f in studio.session.findings if f.code == "MEDIA-MISSING")
    assert found.ids == ("gone.wav",)
    assert str(tmp_path) in found.message
    soundfile.write(tmp_path / "gone.wav", np.zeros(4410), 44_100)
    edit(studio, "louder")
    qtbot.waitUntil(lambda: studio.session.state.fresh, timeout=60_000)
    assert not [f for f in studio.session.findings if f.code == "MEDIA-MISSING"]
