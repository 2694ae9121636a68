"""The program is killed in the middle of publishing: what verifies afterwards is whole."""

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from showeditor.export.gate import publish, verify
from showeditor.export.receipt import NAME

from plans_by_hand import small_swarm

CHILD = """
import sys
from dataclasses import replace
from pathlib import Path
from showeditor.export.gate import publish
from plans_by_hand import small_swarm

plans = [replace(small_swarm(), title=title) for title in ("One", "Two")]
k = int(sys.argv[2])
# the first one loads kernels; it is not the one to be cut off
publish(plans[0], ["skyb", "skyc", "vviz"], Path(sys.argv[3]))
print("ready", flush=True)
while True:
    publish(plans[k % 2], ["skyb", "skyc", "vviz"], Path(sys.argv[1]))
    k += 1
"""


def content(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def killed(tmp_path: Path, times: int) -> set[int]:
    """Which of two publications were seen whole."""
    wholes = []
    for title in ("One", "Two"):
        publish(replace(small_swarm(), title=title), ["skyb", "skyc", "vviz"], tmp_path / title)
        wholes.append(content(tmp_path / title))
    work = tmp_path / "work"
    work.mkdir()
    target = work / "out"
    chance = random.Random(41)
    paths = os.pathsep.join(p for p in sys.path if p)
    seen: set[int] = set()
    for k in range(times):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(target), str(k), str(tmp_path / "warm")],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": paths},
        )
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.0, 0.5))
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        # whatever lies there, unfinished folders beside it too: if it verifies, it is one of the two publications
        for folder in work.iterdir():
            if (folder / NAME).exists() and verify(folder) == ():
                assert content(folder) in wholes
                seen.add(wholes.index(content(folder)))
        if target.exists():
            assert verify(target) == ()
    publish(small_swarm(), ["skyb"], target)
    assert os.listdir(work) == ["out"]
    assert verify(target) == ()
    return seen


def test_killed_twice(tmp_path: Path) -> None:
    killed(tmp_path, 2)


@pytest.mark.long
@pytest.mark.timeout(1200)
def test_killed_a_hundred_times(tmp_path: Path) -> None:
    assert killed(tmp_path, 100) == {0, 1}
