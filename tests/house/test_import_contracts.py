"""The import contracts of pyproject.toml hold, and each is seen failing once in a scratch copy."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

BREAKS = {
    "rooms": ("showeditor/safety/check.py", "import showeditor.planning.compile"),
    "formats-are-strangers": ("showeditor/export/gate.py", "import exporters.cobra"),
    "formats-see-plans": ("exporters/skyb/__init__.py", "import showeditor.planning.compile"),
    "qt": ("showeditor/session/session.py", "import PySide6.QtCore"),
    "vispy": ("showeditor/render/picture.py", "import vispy.gloo"),
    "numba": ("showeditor/planning/compile.py", "import numba"),
}


def lint(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-c",
        "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()",
        "--config",
        "pyproject.toml",
        "--no-cache",
        *options,
    ]
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("house")
    leave = shutil.ignore_patterns("__pycache__")
    for room in ("showeditor", "exporters"):
        shutil.copytree(ROOT / room, folder / room, ignore=leave)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_every_contract_holds() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{len(BREAKS)} kept, 0 broken" in done.stdout


@pytest.mark.parametrize("contract", BREAKS)
def test_contract_is_seen_failing(contract: str, copy: Path) -> None:
    name, line = BREAKS[contract]
    file = copy / name
    before = file.read_text(encoding="utf-8")
    file.write_text(f"{before}\n{line}\n", encoding="utf-8")
    try:
        done = lint(copy, "--contract", contract)
    finally:
        file.write_text(before, encoding="utf-8")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "0 kept, 1 broken" in done.stdout


def test_shaders_live_in_one_folder() -> None:
    strays = [p for p in ROOT.glob("showeditor/**/*.glsl") if p.parent != ROOT / "showeditor/stage/shaders"]
    inside_python = [p for p in ROOT.glob("showeditor/**/*.py") if "gl_Position" in p.read_text(encoding="utf-8")]
    assert not strays
    assert not inside_python


def test_no_room_is_too_long_to_read() -> None:
    long = {}
    for pattern in ("showeditor/**/*.py", "exporters/**/*.py", "showeditor/**/*.glsl", "tests/**/*.py"):
        for path in ROOT.glob(pattern):
            lines = len(path.read_text(encoding="utf-8").splitlines())
            if lines > 600:
                long[str(path.relative_to(ROOT))] = lines
    assert not long
