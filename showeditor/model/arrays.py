"""Arrays that are read-only from birth."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Longs = NDArray[np.int64]
Ints = NDArray[np.int32]
Shorts = NDArray[np.int16]
Bytes = NDArray[np.uint8]
Flags = NDArray[np.bool_]


def frozen(values: ArrayLike, dtype: Any, shape: tuple[int | None, ...], name: str = "array") -> NDArray[Any]:
    """A contiguous read-only array of `dtype`; None in `shape` admits any length.

    Raises ValueError when the shape differs or a float is not finite. An array that is already read-only,
    contiguous and of the right type is returned as it is, so that unchanged parts stay shared.
    """
    array = np.ascontiguousarray(values, dtype=dtype)
    if array.size == 0 and array.ndim != len(shape):
        array = array.reshape(tuple(0 if n is None else n for n in shape))
    if array.ndim != len(shape) or any(
        want is not None and want != have for want, have in zip(shape, array.shape, strict=False)
    ):
        raise ValueError(f"{name} must have the shape {shape}, got {array.shape}")
    if array.dtype.kind == "f" and not np.isfinite(array).all():
        raise ValueError(f"{name} must hold finite numbers only")
    if array.flags.writeable:
        if array is values or array.base is not None:
            array = array.copy()
        array.flags.writeable = False
    return array
