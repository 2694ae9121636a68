"""Set up on a fresh machine, then run or test: `python3 bootstrap.py run`, `python3 bootstrap.py test`.

Needs nothing but Python 3.11 or newer. It makes `.venv` beside itself, installs the locked dependencies of
requirements/ into it (hashes checked) and, on Debian and Ubuntu, the system libraries that Qt and OpenGL need:
itself where it may (root, or sudo without a password), else it prints the line to give to somebody who may.
A second run finds everything in place and starts at once.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import json
import os
import platform
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "showeditor-setup.json"
TUTORIAL = ROOT / "shows" / "yun-qi-he-wan" / "yun-qi-he-wan.show"

# shared object -> Debian package; proved in a clean Debian 12 minbase
DRAWING = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
}
WINDOW = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
SCREEN = {"Xvfb": "xvfb", "xauth": "xauth"}
ORACLES = {"libltc.so.11": "libltc11"}
"""Outside readers that the tests hold our files against."""


def say(text: str) -> None:
    """Write one line at once, so that it stands before the output of what is started next."""
    sys.stdout.write(f"bootstrap: {text}\n")
    sys.stdout.flush()


def stop(text: str) -> NoReturn:
    """End with one clear line."""
    sys.stderr.write(f"bootstrap: {text}\n")
    sys.exit(1)


def loads(library: str) -> bool:
    """Whether the dynamic linker finds a shared object."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_display() -> bool:
    """Whether a window could be opened: on Linux, an X or Wayland server that answers."""
    if not sys.platform.startswith("linux"):
        return True
    wayland = os.environ.get("WAYLAND_DISPLAY")
    if wayland:
        place = Path(os.environ.get("XDG_RUNTIME_DIR", "/")) / wayland
        if place.exists():
            return True
    display = os.environ.get("DISPLAY", "")
    if not display:
        return False
    host, _, number = display.rpartition(":")
    screen = number.split(".")[0]
    if not screen.isdigit():
        return False
    try:
        if host in ("", "unix"):
            with socket.socket(socket.AF_UNIX) as probe:
                probe.settimeout(3)
                try:
                    probe.connect(f"/tmp/.X11-unix/X{screen}")
                except OSError:
                    probe.connect(f"\0/tmp/.X11-unix/X{screen}")
        else:
            socket.create_connection((host, 6000 + int(screen)), timeout=3).close()
    except OSError:
        return False
    return True


def missing_packages(command: str) -> list[str]:
    """Debian packages that this machine lacks for the command."""
    if not sys.platform.startswith("linux"):
        return []
    lacking = []
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        lacking.append("python3-venv")
    wanted = dict(DRAWING)
    if command == "test" or has_display():
        wanted |= WINDOW
    if command == "test":
        wanted |= ORACLES
    lacking += [package for library, package in wanted.items() if not loads(library)]
    if command == "test":
        lacking += [package for program, package in SCREEN.items() if shutil.which(program) is None]
    return lacking


def install_packages(packages: list[str]) -> None:
    """Install Debian packages, or stop with the line that somebody with the right may run."""
    line = "apt-get install -y --no-install-recommends " + " ".join(packages)
    if shutil.which("apt-get") is None:
        stop(f"this machine lacks system libraries; in Debian's names: {' '.join(packages)}")
    root: list[str] = []
    if os.geteuid() != 0:
        root = ["sudo", "-n"]
        may = shutil.which("sudo") and subprocess.run([*root, "true"], capture_output=True, check=False).returncode == 0
        if not may:
            stop(f"system packages are missing and this user may not install them. Ask for:\n  sudo {line}")
    say(f"installing system packages: {' '.join(packages)}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["apt-get", "update", "-qq"], line.replace("-y ", "-y -qq ").split()):
        if subprocess.run([*root, *step], env=quiet, stdout=subprocess.DEVNULL, check=False).returncode != 0:
            stop(f"this command failed: {' '.join(step)}")


def python() -> Path:
    """The interpreter inside the virtual environment."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def wanted_state(lock: Path) -> dict[str, str]:
    """What the environment must have been made from to count as ready."""
    content = lock.read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    return {
        "lock": lock.name,
        "content": hashlib.sha256(content).hexdigest(),
        "python": sys.version,
        "place": str(ROOT),
    }


def ready(lock: Path) -> bool:
    """Whether the environment stands as the lock says (the test lock holds everything that the run lock holds)."""
    try:
        state = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return python().exists() and wanted_state(lock) in state.get("locks", [])


def prepare(command: str) -> None:
    """Make the environment for the command; does nothing when it stands already."""
    lock = ROOT / "requirements" / ("test.txt" if command == "test" else "run.txt")
    packages = missing_packages(command)
    if packages:
        install_packages(packages)
        if "python3-venv" in packages:
            # this interpreter has already looked for ensurepip and remembers that it was not there
            os.execv(sys.executable, [sys.executable, str(ROOT / "bootstrap.py"), *sys.argv[1:]])
    if ready(lock):
        compile_kernels()
        return
    say(f"making {VENV.name} with the locked dependencies of requirements/{lock.name} (some minutes the first time)")
    done = []
    if STAMP.exists():
        done = [s for s in json.loads(STAMP.read_text(encoding="utf-8")).get("locks", []) if s["python"] == sys.version]
        STAMP.unlink()
    if not done or not python().exists():
        call([sys.executable, "-m", "venv", "--clear", str(VENV)])
        done = []
    pip = [str(python()), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    call([*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(lock)])
    call([*pip, "--no-deps", "--no-build-isolation", "--no-index", "--editable", str(ROOT)])
    compile_kernels()
    states = [wanted_state(lock)]
    if command == "test":
        states.append(wanted_state(ROOT / "requirements" / "run.txt"))
    STAMP.write_text(json.dumps({"locks": [*done, *states]}), encoding="utf-8")


def compile_kernels() -> None:
    """Compile the numeric kernels, unless these very sources have been compiled here before."""
    digest = hashlib.sha256(sys.version.encode())
    for source in sorted((ROOT / "showeditor" / "kernels").glob("*.py")):
        digest.update(source.read_bytes())
    mark = VENV / "showeditor-kernels.txt"
    if mark.exists() and mark.read_text(encoding="utf-8") == digest.hexdigest():
        return
    say("compiling the numeric kernels (about a minute, once for each version of them)")
    call([str(python()), "-m", "showeditor.kernels"])
    mark.write_text(digest.hexdigest(), encoding="utf-8")


def call(line: list[str]) -> None:
    """Run one step; stop with its command when it fails."""
    if subprocess.run(line, cwd=ROOT, check=False).returncode != 0:
        stop(f"this command failed: {' '.join(line)}")


def show_editor(*arguments: str) -> int:
    """Run the product's command line and give back its exit code."""
    return subprocess.run([str(python()), "-m", "showeditor", *arguments], cwd=ROOT, check=False).returncode


def run(arguments: list[str]) -> int:
    """Open the editor, or do the tutorial show's whole job where there is no display."""
    if has_display():
        return show_editor(*(arguments or [str(TUTORIAL)]))
    out = ROOT / "build" / "yun-qi-he-wan"
    show = arguments[0] if arguments else str(TUTORIAL)
    say(f"no display here: checking, exporting and drawing {Path(show).name} into build/ instead of opening a window")
    for step in (
        ("check", show),
        ("export", show, "--format", "cobra-6,skyc,skyb", "--out", str(out)),
        ("render", show, "--at", "145", "--out", str(out.with_suffix(".png"))),
    ):
        code = show_editor(*step)
        if code != 0:
            return code
    say(f"done: {out.relative_to(ROOT)}/ and {out.with_suffix('.png').relative_to(ROOT)}")
    return 0


def test(arguments: list[str]) -> int:
    """Style, types and the whole suite; further arguments go to pytest."""
    for tool in (["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"]):
        if not arguments:
            call([str(python()), "-m", *tool])
    return subprocess.run([str(python()), "-m", "pytest", *arguments], cwd=ROOT, check=False).returncode


def main() -> int:
    """Do what the first argument names."""
    commands = {"run": run, "test": test}
    if len(sys.argv) < 2 or sys.argv[1] not in commands:
        stop("say what to do: python3 bootstrap.py run [SHOW]   or   python3 bootstrap.py test [pytest arguments]")
    if tuple(map(int, platform.python_version_tuple()[:2])) < (3, 11):
        stop(f"Python 3.11 or newer is needed, this is {platform.python_version()}")
    prepare(sys.argv[1])
    return commands[sys.argv[1]](sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
