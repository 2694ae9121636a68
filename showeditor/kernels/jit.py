"""The one way a kernel is compiled: explicit signatures, no GIL, no fast-math surprises, cached on disk."""

from collections.abc import Callable
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


def kernel(*arguments: Any) -> Callable[[F], F]:
    """Compile for exactly these argument types (the result type is inferred); cached, without the GIL."""
    return cast("Callable[[F], F]", numba.njit(arguments, cache=True, nogil=True, error_model="numpy"))


def inlined(function: F) -> F:
    """Compile a helper that only other kernels call."""
    return cast("F", numba.njit(cache=True, nogil=True, error_model="numpy")(function))
