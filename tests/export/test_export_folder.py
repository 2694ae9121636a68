"""The folder of a publication appears whole or not at all, even when the program is killed."""

import os
import random
import signal
import subprocess
import sys
import time

from showeditor.export.folder import content_of, swap_in
from showeditor.export.verify import read_receipt, verify

CHILD = """
import sys
from pathlib import Path
from showeditor.export.folder import swap_in
from showeditor.export.receipt import NAME, Receipt, files_of, receipt_bytes, sealed
from showeditor.model.limits import Limits

def publication(k):
    files = {f"d/{n:02d}.bin": bytes([k % 256]) * 20_000 for n in range(1 + k % 7)}
    receipt = Receipt(f"take {k}", "p", {}, "", "", "", "", Limits(), "", (), files_of(files), ())
    return {**files, NAME: receipt_bytes(sealed(receipt))}

k = int(sys.argv[2])
while True:
    swap_in(Path(sys.argv[1]), publication(k))
    print(k, flush=True)
    k += 1
"""


def test_killed_at_any_moment_the_folder_is_whole(tmp_path):
    target = tmp_path / "out"
    random.seed(4)
    k = 0
    for _ in range(5):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(target), str(k)], stdout=subprocess.PIPE, text=True, cwd=os.getcwd()
        )
        assert child.stdout.readline()
        time.sleep(random.uniform(0.0, 0.05))
        child.send_signal(signal.SIGKILL)
        said = child.stdout.read().split()
        child.wait()
        child.stdout.close()
        assert verify(target) == ()
        title = int(read_receipt(target).title.split()[1])
        assert title >= (int(said[-1]) if said else k)
        k = title + 1


def test_content_names_what_is_odd(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "f").write_bytes(b"")
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to("a")
    assert content_of(tmp_path) == ({"a/f"}, {"empty", "link"})


def test_a_link_to_a_folder_keeps_being_a_link(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    swap_in(tmp_path / "link", {"a": b"1"})
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "a").read_bytes() == b"1"
