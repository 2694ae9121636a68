"""New values from old ones, every field checked against its declared type, failures told as BadInput."""

from functools import cache
from typing import Any, TypeVar

import msgspec

from showeditor.model.errors import BadInput
from showeditor.model.points import Points
from showeditor.model.recording import Recording

T = TypeVar("T", bound=msgspec.Struct)
_WHOLE = (Points, Recording)
"""Kinds of values that come whole and are checked at their own birth."""


@cache
def _types(kind: type[msgspec.Struct]) -> dict[str, Any]:
    return {field.name: field.type for field in msgspec.structs.fields(kind)}


def _typed(kind: type[msgspec.Struct], changes: dict[str, Any]) -> dict[str, Any]:
    types = _types(kind)
    checked = {}
    for name, value in changes.items():
        if name not in types:
            raise BadInput(f"a {kind.__name__.lower()} has no field {name!r}")
        if types[name] in _WHOLE:
            if not isinstance(value, types[name]):
                raise BadInput(f"{name} of a {kind.__name__.lower()} must be {types[name].__name__}")
            checked[name] = value
            continue
        try:
            checked[name] = msgspec.convert(value, types[name])
        except msgspec.ValidationError as error:
            raise BadInput(f"{name} of a {kind.__name__.lower()}: {error}") from None
    return checked


def changed(value: T, **changes: Any) -> T:
    """`value` with some fields changed; the same object when nothing differs.

    Raises BadInput for unknown fields, wrong types and values that may not be born.
    """
    checked = _typed(type(value), changes)
    real = {name: new for name, new in checked.items() if not _same(getattr(value, name), new)}
    if not real:
        return value
    try:
        return msgspec.structs.replace(value, **real)
    except ValueError as error:
        raise BadInput(str(error)) from None


def born(kind: type[T], **fields: Any) -> T:
    """A new value of a kind from its fields; raises BadInput instead of ValueError."""
    checked = _typed(kind, fields)
    try:
        return kind(**checked)
    except (ValueError, TypeError) as error:
        raise BadInput(str(error)) from None


def _same(old: object, new: object) -> bool:
    return old is new or (type(old) is type(new) and old == new)
