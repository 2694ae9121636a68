"""Compiled kernels are kept under a name that follows every source they are made of, and no other."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

ROOM = Path(__file__).resolve().parents[2] / "showeditor/kernels"

PROBE = """
import sys
sys.path.insert(0, sys.argv[1])
from showeditor.kernels import jit
print(jit._cache_folder("meeting"))
"""


def folder_of(root: Path) -> Path:
    done = subprocess.run(
        [sys.executable, "-c", PROBE, str(root)], capture_output=True, text=True, check=True, cwd=root
    )
    return Path(done.stdout.strip())


def mend(path: Path) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write("# mended\n")


def room_of(tmp_path: Path) -> Path:
    room = tmp_path / "showeditor/kernels"
    room.mkdir(parents=True)
    (room.parent / "__init__.py").write_text("", encoding="utf-8")
    (room / "__init__.py").write_text("", encoding="utf-8")
    shutil.copy(ROOM / "jit.py", room)
    (room / "meeting.py").write_text("from showeditor.kernels.middle import f\n", encoding="utf-8")
    (room / "middle.py").write_text("from showeditor.kernels.deep import (\n    f,\n)\n", encoding="utf-8")
    (room / "deep.py").write_text("f = 1\n", encoding="utf-8")
    (room / "stranger.py").write_text("g = 1\n", encoding="utf-8")
    return room


def test_mending_a_source_far_below_leaves_no_old_machine_code_in_use(tmp_path: Path) -> None:
    room = room_of(tmp_path)
    first = folder_of(tmp_path)
    assert first == folder_of(tmp_path)
    assert first.parent == room / "__pycache__"
    mend(room / "deep.py")
    second = folder_of(tmp_path)
    assert second != first
    mend(room / "jit.py")
    assert folder_of(tmp_path) not in (first, second)


def test_mending_an_unrelated_source_keeps_the_compiled_kernels(tmp_path: Path) -> None:
    room = room_of(tmp_path)
    first = folder_of(tmp_path)
    mend(room / "stranger.py")
    assert folder_of(tmp_path) == first


def test_kernels_import_one_another_in_the_one_way_that_the_cache_follows() -> None:
    for path in sorted(ROOM.glob("*.py")):
        if path.name == "__main__.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert node.level == 0, path.name
                assert node.module != "showeditor.kernels", path.name
            if isinstance(node, ast.Import):
                assert not any(name.name.startswith("showeditor") for name in node.names), path.name
