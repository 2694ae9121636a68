"""Compiled kernels are kept under a name that follows every source of the room."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOM = Path(__file__).resolve().parents[2] / "showeditor/kernels"

PROBE = "import sys; sys.path.insert(0, sys.argv[1]); from showeditor.kernels import jit; print(jit._CACHE)"


def folder_of(root: Path) -> Path:
    done = subprocess.run(
        [sys.executable, "-c", PROBE, str(root)], capture_output=True, text=True, check=True, cwd=root
    )
    return Path(done.stdout.strip())


def test_mending_any_source_leaves_no_old_machine_code_in_use(tmp_path: Path) -> None:
    room = tmp_path / "showeditor/kernels"
    room.mkdir(parents=True)
    (room.parent / "__init__.py").write_text("", encoding="utf-8")
    for name in ("__init__.py", "jit.py", "paths.py"):
        shutil.copy(ROOM / name, room)
    first = folder_of(tmp_path)
    assert first == folder_of(tmp_path)
    assert first.parent == room / "__pycache__"
    with (room / "paths.py").open("a", encoding="utf-8") as file:
        file.write("# mended\n")
    assert folder_of(tmp_path) != first
