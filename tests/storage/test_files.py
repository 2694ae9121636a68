"""Saving: a kill or a failing system call at any moment leaves the old or the new file, and nothing else."""

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from showeditor.model.errors import BadFile, BadInput
from showeditor.model.show import Show
from showeditor.storage import files
from showeditor.storage.files import load_show, save_show, write_atomic

ROOT = Path(__file__).parents[2]

OLD = Show("old 旧", 1_000_000)
NEW = Show("new 新", 2_000_000)


def test_saving_and_loading(tmp_path: Path) -> None:
    path = tmp_path / "云.show"
    text = save_show(OLD, path)
    assert path.read_text("utf-8") == text
    assert load_show(path) == OLD
    save_show(NEW, path)
    assert load_show(path) == NEW
    assert os.listdir(tmp_path) == ["云.show"]


def test_the_new_file_keeps_the_old_ones_permissions(tmp_path: Path) -> None:
    path = tmp_path / "a.show"
    save_show(OLD, path)
    path.chmod(0o640)
    save_show(NEW, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.show", tmp_path / "link.show"
    save_show(OLD, real)
    link.symlink_to(real.name)
    save_show(NEW, link)
    assert link.is_symlink()
    assert load_show(real) == NEW


@pytest.mark.parametrize(
    ("call", "code", "reason"),
    [
        ("open", errno.EROFS, "read-only"),
        ("open", errno.EACCES, "write-protected"),
        ("open", errno.ENOSPC, "disk is full"),
        ("fchmod", errno.EPERM, "write-protected"),
        ("write", errno.ENOSPC, "disk is full"),
        ("write", errno.EDQUOT, "quota"),
        ("write", errno.EIO, "fault"),
        ("fsync", errno.ENOSPC, "disk is full"),
        ("fsync", errno.EIO, "fault"),
        ("close", errno.EIO, "fault"),
        ("replace", errno.EACCES, "write-protected"),
        ("replace", errno.EROFS, "read-only"),
    ],
)
def test_a_failing_system_call_leaves_the_old_file_and_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int, reason: str
) -> None:
    path = tmp_path / "a.show"
    save_show(OLD, path)
    real_close = os.close

    def failing(*args: Any, **kwargs: Any) -> Any:
        if call == "close":
            real_close(args[0])
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patch:
        patch.setattr(files.os, call, failing)
        with pytest.raises(BadInput) as caught:
            save_show(NEW, path)
    assert "a.show" in str(caught.value)
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)
    assert load_show(path) == OLD
    assert os.listdir(tmp_path) == ["a.show"]


def test_a_disk_that_fills_up_in_the_middle_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.show"
    save_show(OLD, path)
    real_write = os.write
    calls = []

    def short(handle: int, data: Any) -> int:
        calls.append(len(data))
        if len(calls) > 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real_write(handle, data[:10])

    with monkeypatch.context() as patch:
        patch.setattr(files.os, "write", short)
        with pytest.raises(BadInput, match="the disk is full"):
            save_show(NEW, path)
    assert len(calls) == 3
    assert load_show(path) == OLD
    assert os.listdir(tmp_path) == ["a.show"]


def test_short_writes_are_completed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real_write = os.write
    monkeypatch.setattr(files.os, "write", lambda handle, data: real_write(handle, data[:7]))
    write_atomic(tmp_path / "x", b"0123456789" * 10)
    assert (tmp_path / "x").read_bytes() == b"0123456789" * 10


def test_folders_that_do_not_exist_and_files_in_the_way_are_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="folder does not exist"):
        save_show(OLD, tmp_path / "no" / "a.show")
    (tmp_path / "dir.show").mkdir()
    with pytest.raises(BadInput, match="in the way"):
        save_show(OLD, tmp_path / "dir.show")
    with pytest.raises(BadInput, match="too long"):
        save_show(OLD, tmp_path / ("x" * 300))


def test_a_write_protected_file_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.show"
    save_show(OLD, path)
    monkeypatch.setattr(files.os, "access", lambda *_: False)
    with pytest.raises(BadInput, match="write-protected"):
        save_show(NEW, path)
    assert load_show(path) == OLD


def test_files_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"no\.show: no such file"):
        load_show(tmp_path / "no.show")
    with pytest.raises(BadFile, match="this is a folder"):
        load_show(tmp_path)


def test_litter_of_a_killed_program_is_cleared_and_that_of_a_living_one_is_not(tmp_path: Path) -> None:
    path = tmp_path / "a.show"
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    (tmp_path / f".a.show.{dead.pid}-00ff.saving").write_text("half")
    living = tmp_path / f".a.show.{os.getpid()}-00ff.saving"
    living.write_text("half")
    (tmp_path / ".a.show.note").write_text("the user's own")
    save_show(OLD, path)
    assert sorted(os.listdir(tmp_path)) == sorted([".a.show.note", "a.show", living.name])


KILLER = """
import os, random, signal, sys, time
from pathlib import Path
from showeditor.storage.files import write_atomic

# one process without threads that forks a writer again and again, since starting Python takes long
path, dice, in_the_middle = Path(sys.argv[1]), random.Random(1), 0
bodies = [bytes([65 + k]) * (3_000_000 + k) for k in range(2)]
for _ in range(40):
    path.write_bytes(bodies[0])
    child = os.fork()
    if child == 0:
        k = 0
        while True:
            k += 1
            write_atomic(path, bodies[k % 2])
    time.sleep(dice.uniform(0.001, 0.03))
    os.kill(child, signal.SIGKILL)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL
    assert path.read_bytes() in bodies, "torn"
    in_the_middle += any(name.endswith(".saving") for name in os.listdir(path.parent))
write_atomic(path, b"done")
print(in_the_middle)
"""


def test_a_kill_at_any_moment_leaves_a_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "a.show"
    ran = subprocess.run([sys.executable, "-c", KILLER, str(path)], cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert int(ran.stdout) > 0, "no kill fell into a save: the test says nothing"
    assert path.read_bytes() == b"done"
    assert os.listdir(tmp_path) == ["a.show"]
