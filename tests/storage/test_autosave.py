"""Autosave: unsaved work survives a crash and nothing else does; two editors on one show are noticed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from showeditor.model.errors import BadFile, BadInput
from showeditor.model.show import Show
from showeditor.storage.autosave import (
    Autosave,
    find_recovery,
    find_untitled,
    read_recovery,
    state_folder,
)
from showeditor.storage.files import save_show

ROOT = Path(__file__).parents[2]
OLD = Show("old", 1_000_000)
NEW = Show("new 新", 2_000_000)


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SHOWEDITOR_STATE", str(tmp_path / "state"))
    return tmp_path / "state"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    save_show(OLD, tmp_path / "云.show")
    return tmp_path / "云.show"


def crash(autosave: Autosave) -> None:
    """Ends an editor the unclean way: the system drops its lock, its files stay."""
    if autosave._lock is not None and autosave._lock._handle is not None:
        os.close(autosave._lock._handle)


def test_unsaved_work_is_found_after_a_crash(path: Path) -> None:
    autosave = Autosave(path, OLD)
    autosave.claim()
    assert autosave.keep(NEW)
    assert not autosave.keep(NEW)
    crash(autosave)
    found = find_recovery(path)
    assert found is not None
    assert found.show == NEW
    assert found.original == path
    assert abs(found.kept_at_us / 1e6 - time.time()) < 60
    found.discard()
    assert find_recovery(path) is None


def test_nothing_is_offered_after_a_clean_close_or_a_save(path: Path, state: Path) -> None:
    autosave = Autosave(path, OLD)
    autosave.claim()
    autosave.keep(NEW)
    save_show(NEW, path)
    autosave.saved(NEW, path)
    assert find_recovery(path) is None
    autosave.keep(OLD)
    autosave.close()
    autosave.close()
    assert find_recovery(path) is None
    assert os.listdir(state) == []


def test_going_back_to_the_saved_show_removes_the_recovery(path: Path, state: Path) -> None:
    autosave = Autosave(path, OLD)
    autosave.keep(NEW)
    assert not autosave.keep(OLD)
    assert os.listdir(state) == []


def test_work_that_the_file_already_says_or_outdates_is_not_offered(path: Path) -> None:
    autosave = Autosave(path, OLD)
    autosave.keep(NEW)
    save_show(NEW, path)
    os.utime(path, (1, 1))
    assert find_recovery(path) is None
    assert not autosave.file.exists()
    autosave = Autosave(path, NEW)
    autosave.keep(OLD)
    os.utime(path, (time.time() + 100,) * 2)
    assert find_recovery(path) is None


def test_work_of_a_running_editor_is_left_alone(path: Path) -> None:
    autosave = Autosave(path, OLD)
    autosave.claim()
    autosave.keep(NEW)
    assert find_recovery(path) is None
    assert autosave.file.exists()
    autosave.close()


def test_untitled_shows_are_kept_and_found(path: Path) -> None:
    first, second = Autosave(), Autosave()
    for autosave, show in ((first, OLD), (second, NEW)):
        autosave.claim()
        autosave.keep(show)
    assert find_untitled() == ()
    crash(first)
    (found,) = find_untitled()
    assert found.show == OLD
    assert found.original is None
    second.saved(NEW, path)
    second.close()
    found.discard()
    assert find_untitled() == ()


def test_saving_under_another_name_moves_the_claim(path: Path, tmp_path: Path) -> None:
    autosave = Autosave(path, OLD)
    autosave.claim()
    other = tmp_path / "b.show"
    save_show(NEW, other)
    autosave.saved(NEW, other)
    free = Autosave(path)
    free.claim()
    with pytest.raises(BadInput, match=r"b\.show is already open"):
        Autosave(other).claim()
    free.close()
    autosave.close()


def test_a_second_editor_is_told_and_a_killed_one_lets_go(path: Path, tmp_path: Path) -> None:
    script = (
        "import sys, time\nfrom pathlib import Path\nfrom showeditor.storage.autosave import Autosave\n"
        "from showeditor.model.show import Show\n"
        "a = Autosave(Path(sys.argv[1]))\na.claim()\na.keep(Show('theirs', 5))\nprint('ready', flush=True)\n"
        "time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", script, str(path)], cwd=ROOT, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"ready\n"
        mine = Autosave(path, OLD)
        with pytest.raises(BadInput, match=rf"云\.show is already open in another editor \(process {other.pid}\)"):
            mine.claim()
        assert find_recovery(path) is None
        other.send_signal(signal.SIGKILL)
        other.wait()
    found = find_recovery(path)
    assert found is not None
    assert found.show.title == "theirs"
    mine.claim()
    mine.close()


def test_a_link_and_its_file_are_one_document(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.show"
    link.symlink_to(path)
    autosave = Autosave(path, OLD)
    autosave.claim()
    with pytest.raises(BadInput, match="already open"):
        Autosave(link).claim()
    autosave.close()


def test_damaged_recovery_files_are_told(path: Path) -> None:
    autosave = Autosave(path, OLD)
    autosave.keep(NEW)
    whole = autosave.file.read_bytes()
    for torn in (whole[:-5], whole[:10], b"", whole.replace(b'"recovery":1', b'"recovery":2')):
        autosave.file.write_bytes(torn)
        with pytest.raises(BadFile, match="recovery"):
            find_recovery(path)
    autosave.file.write_bytes(whole)
    assert read_recovery(autosave.file).show == NEW


def test_a_damaged_untitled_recovery_does_not_hide_the_others() -> None:
    good, bad = Autosave(), Autosave()
    good.keep(NEW)
    bad.keep(OLD)
    bad.file.write_bytes(b"torn")
    assert [found.show for found in find_untitled()] == [NEW]


def test_the_state_folder_follows_the_platform(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SHOWEDITOR_STATE")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "xdg"))
    monkeypatch.setattr(sys, "platform", "linux")
    assert state_folder() == tmp_path / "xdg" / "showeditor"
    monkeypatch.setenv("SHOWEDITOR_STATE", str(tmp_path / "file" / "x"))
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(BadInput, match="state folder"):
        state_folder()
