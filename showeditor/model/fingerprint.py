"""Fingerprints: SHA-256 over the whole content of a value, so that a receipt can name exactly what was checked."""

import hashlib
from dataclasses import fields, is_dataclass
from typing import Any

import msgspec
import numpy as np


def fingerprint(value: object) -> str:
    """SHA-256 (hex) of a Plan, a Finding, a Struct or a tuple of such; equal content gives equal text."""
    digest = hashlib.sha256()
    _feed(digest, value)
    return digest.hexdigest()


def _feed(digest: Any, value: object) -> None:
    # every part is preceded by its kind and length, so that no two different values feed the same bytes
    if isinstance(value, np.ndarray):
        head = f"a{value.dtype.str}{value.shape}:"
        digest.update(head.encode())
        digest.update(np.ascontiguousarray(value).tobytes())
    elif is_dataclass(value) and not isinstance(value, type):
        digest.update(f"d{type(value).__name__}:".encode())
        for item in fields(value):
            digest.update(f"f{item.name}:".encode())
            _feed(digest, getattr(value, item.name))
    elif isinstance(value, msgspec.Struct):
        digest.update(f"s{type(value).__name__}:".encode())
        for name in value.__struct_fields__:
            digest.update(f"f{name}:".encode())
            _feed(digest, getattr(value, name))
    elif isinstance(value, (tuple, list)):
        digest.update(f"t{len(value)}:".encode())
        for part in value:
            _feed(digest, part)
    elif isinstance(value, dict):
        digest.update(f"m{len(value)}:".encode())
        for key in sorted(value):
            _feed(digest, key)
            _feed(digest, value[key])
    elif isinstance(value, bytes):
        digest.update(f"b{len(value)}:".encode())
        digest.update(value)
    else:
        text = repr(value).encode()
        digest.update(f"v{type(value).__name__}{len(text)}:".encode())
        digest.update(text)
