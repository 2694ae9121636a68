"""The one way a kernel is compiled: explicit signatures, no GIL, no fast-math surprises, cached on disk."""

import hashlib
import os
import re
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import numpy as np
from numba import types
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Longs = NDArray[np.int64]
Ints = NDArray[np.int32]
Bytes = NDArray[np.uint8]
Flags = NDArray[np.bool_]

F = TypeVar("F", bound=Callable[..., Any])

_ROOM = Path(__file__).resolve().parent
_IMPORTED = re.compile(r"^\s*from showeditor\.kernels\.(\w+) import ", re.MULTILINE)
_KEPT = 3


def _base_folder() -> Path:
    """Where compiled kernels lie: beside their sources where that may be written, else in the user's cache."""
    beside = _ROOM / "__pycache__"
    try:
        beside.mkdir(exist_ok=True)
        writable = os.access(beside, os.W_OK)
    except OSError:
        writable = False
    return beside if writable else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "showeditor"


_BASE = _base_folder()


def sources_of(module: str, room: Path = _ROOM) -> tuple[Path, ...]:
    """The files whose text decides what a module of this room compiles to: its own and all it imports, sorted."""
    found: set[str] = set()
    waiting = [module, "jit"]
    while waiting:
        name = waiting.pop()
        path = room / f"{name}.py"
        if name in found or not path.exists():
            continue
        found.add(name)
        waiting += _IMPORTED.findall(path.read_text(encoding="utf-8"))
    return tuple(sorted(room / f"{name}.py" for name in found))


@cache
def _cache_folder(module: str) -> str:
    """The folder of a module's compiled kernels, named after the sources that decide them and the compiler.

    Numba's own cache looks at the file of the kernel alone, so a kernel would go on running the old code of a helper
    that was mended in another file. A changed source here means another folder, for the modules that use it alone.
    """
    digest = hashlib.sha256(numba.__version__.encode())
    for source in sources_of(module):
        digest.update(source.read_bytes())
    folder = _BASE / f"kernels-{module}-{digest.hexdigest()[:16]}"
    if not folder.exists():
        _forget_old_caches(folder, module)
    return str(folder)


def _forget_old_caches(folder: Path, module: str) -> None:
    """Remove the folders of earlier sources but for the newest few, which another running program may be using."""
    old = sorted(folder.parent.glob(f"kernels-{module}-*"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in old[_KEPT:]:
        if path != folder:
            shutil.rmtree(path, ignore_errors=True)


def _array(dtype: Any, dimensions: int) -> Any:
    return types.Array(dtype, dimensions, "C", readonly=True)


f8 = types.float64
i8 = types.int64
b1 = types.boolean
f8_1, f8_2, f8_3 = _array(f8, 1), _array(f8, 2), _array(f8, 3)
f4_1, f4_2, f4_3 = _array(types.float32, 1), _array(types.float32, 2), _array(types.float32, 3)
i8_1, i8_2 = _array(i8, 1), _array(i8, 2)
i4_1, i4_2 = _array(types.int32, 1), _array(types.int32, 2)
u1_1, u1_2 = _array(types.uint8, 1), _array(types.uint8, 2)
b1_1 = _array(b1, 1)
out_f8_1, out_f8_2, out_f8_3 = f8[::1], f8[:, ::1], f8[:, :, ::1]
out_i8_1, out_i8_2 = i8[::1], i8[:, ::1]
out_u1_2 = types.uint8[:, ::1]


def _remembering(function: Callable[..., Any]) -> None:
    """Point numba's cache at the folder of this function's module; numba takes the place when it decorates."""
    vars(numba.config)["CACHE_DIR"] = _cache_folder(function.__module__.rpartition(".")[2])


def kernel(*arguments: Any) -> Callable[[F], F]:
    """Compile for exactly these argument types (the result type is inferred); cached, without the GIL."""

    def compiled(function: F) -> F:
        _remembering(function)
        return cast("F", numba.njit(arguments, cache=True, nogil=True, error_model="numpy")(function))

    return compiled


def inlined(function: F) -> F:
    """Compile a helper that only other kernels call."""
    _remembering(function)
    return cast("F", numba.njit(cache=True, nogil=True, error_model="numpy")(function))
