"""Reads hostile files with formats in a process of its own: `hostile_child.py FOLDER_WITH_A_FOLDER_FOR_EACH [HABIT]`.

Says in a line of JSON for each format how many cases there were, how many ended in BadFile, the slowest (processor
seconds) and the memory that reading took beyond what stood before. Memory is limited by the system, so a bomb ends this
process and not the machine. `HABIT` puts a bad reader in the formats' place, to see that this child notices.
"""

import contextlib
import json
import resource
import struct
import sys
import time
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from showeditor.export.registry import formats
from showeditor.model.errors import BadFile

MB = 1_000_000


def packed(members: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return target.getvalue()


def long_number(megabytes: int) -> bytes:
    """A zip whose members begin with a number of so many megabytes; of a stream made by repeating one flushed block."""
    pack = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = pack.compress(b'{"version":') + pack.flush(zlib.Z_FULL_FLUSH)
    block = pack.compress(b"1" * MB) + pack.flush(zlib.Z_FULL_FLUSH)
    stream = head + block * megabytes + pack.compress(b"}") + pack.flush(zlib.Z_FINISH)
    size = megabytes * MB + len(b'{"version":}')
    parts, directory = [], []
    for name in (b"show.json", b"a.csv", b"content.xml"):
        fields = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, 0, len(stream), size, len(name), 0)
        directory.append(struct.pack("<IH", 0x02014B50, 20) + fields
                         + struct.pack("<HHHII", 0, 0, 0, 0, sum(map(len, parts))) + name)  # fmt: skip
        parts.append(struct.pack("<I", 0x04034B50) + fields + name + stream)
    at, whole = sum(map(len, parts)), b"".join(directory)
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, len(directory), len(directory), len(whole), at, 0)
    return b"".join(parts) + whole + end


def general() -> Iterator[tuple[str, bytes]]:
    """Files that no reader may take, named."""
    zeros = bytes(120 * MB)
    members = {"show.json": zeros, "a.csv": zeros, "content.xml": zeros}
    yield "zip bomb", packed(members)
    yield "zip cut", packed({"show.json": b"{}", "a.csv": b"x" * 5000})[:-30]
    yield "zip upwards", packed({"../../evil.json": b"{}", "show.json": b"{}", "../a.csv": b"Time [msec],x [m]\n"})
    yield "zip absolute", packed({"/etc/show.json": b"{}", "C:\\a.csv": b""})
    yield "one number of 110 MB", b'{"version":' + b"1" * (110 * MB) + b"}"
    yield "one number of 1 GB", b'{"version":' + b"1" * (1000 * MB) + b"}"
    yield "one number of 1 GB, zipped", long_number(1000)
    yield "number inside", b'{"performances":[{"x":' + b"9" * (20 * MB) + b".5e999}]}"
    yield "deep lists", b"[" * 3_000_000
    yield "deep objects", b'{"show":' * 400_000
    yield "NaN", b'{"version":NaN,"performances":[NaN],"show":{"families":[NaN]},"mission":NaN}'
    yield "bad UTF-8", b"\xff\xfe\xfa" * 400 + b"\n\x80\x81"
    yield "a line of 50 MB", b"x" * (50 * MB)
    yield "zeros", bytes(20 * MB)
    yield "empty", b""


def hostile(sample: dict[str, bytes], cases: list[tuple[str, bytes]]) -> Iterator[tuple[str, dict[str, bytes]]]:
    """Sets of files that no reader may take, named; `sample` is a good one."""
    name, whole = next(iter(sorted(sample.items())), ("a.bin", b"PK\x03\x04"))
    yield "no file", {}
    for case, data in cases:
        yield case, {**sample, name: data}
    if len(whole) > 8:
        half = whole[: len(whole) // 2 - 1].rstrip(b"\r\n")  # a text that ends with a line could be a shorter good one
        yield "cut in half", {**sample, name: half[:-1] if half[-1:].isspace() else half}
    if whole[:4] == b"skyb":
        yield "wrong checksum", {**sample, name: whole[:6] + bytes([whole[6] ^ 1]) + whole[7:]}


class Bad:
    def __init__(self, habit: str) -> None:
        self.habit, self.held = habit, []

    def read(self, files: dict[str, bytes], name: str) -> None:
        if self.habit == "slow":
            end = time.process_time() + 2.05
            while time.process_time() < end:
                pass
        elif self.habit == "hungry":
            self.held = [bytearray(b"x") * (560 * MB)]
        elif self.habit == "crash":
            raise KeyError(name)
        elif self.habit == "accept":
            return
        raise BadFile(name, "", "refused")


def main() -> int:
    habit = sys.argv[2] if len(sys.argv) > 2 else ""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (6_000 * MB, hard))
    cases = [("empty", b"")] if habit else list(general())
    good = True
    for folder in sorted(p for p in Path(sys.argv[1]).iterdir() if p.is_dir()):
        told = judged(folder, cases, habit)
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
        good = good and told["errors"] == told["cases"] and told["slowest_s"] < 2.0 and told["peak_mb"] < 500.0
    return 0 if good else 1


def judged(folder: Path, general_cases: list[tuple[str, bytes]], habit: str) -> dict[str, Any]:
    """How the format that the folder is named after takes hostile files."""
    form = formats()[folder.name]
    sample = {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
    if sample:  # modules and tables are loaded when first needed; that is not the file's doing
        with contextlib.suppress(BadFile):
            form.read(dict(sample), "sample")
    reader = Bad(habit) if habit else form
    errors = cases = 0
    slowest, most = 0.0, 0.0
    slow_case = hungry_case = ""
    for case, files in hostile(sample, general_cases):
        cases += 1
        _forget_peak()
        before = _memory_mb("VmRSS")
        start = time.process_time()
        try:
            reader.read(files, "bad")
        except BadFile:
            errors += 1
        else:
            sys.stderr.write(f"{form.id}: {case}: taken for a good file\n")
        spent, taken = time.process_time() - start, _memory_mb("VmHWM") - before
        if taken > most:
            most, hungry_case = taken, case
        if spent > slowest:
            slowest, slow_case = spent, case
    told = {"format": form.id, "cases": cases, "errors": errors, "slowest_s": slowest, "peak_mb": most}
    return {**told, "slowest": slow_case, "hungriest": hungry_case}


def _memory_mb(field: str) -> float:
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(field))
    return int(line.split()[1]) * 1024 / MB


def _forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


if __name__ == "__main__":
    sys.exit(main())
