"""A small memory of planned parts, keyed by their content, so that an edit plans only what it touched."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from hashlib import blake2b
from threading import Lock
from typing import Generic, TypeVar

from showeditor.model.arrays import Floats, Longs

T = TypeVar("T")


class Memory(Generic[T]):
    """The newest `size` results; safe for several threads. Only results of pure functions belong here."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, T] = OrderedDict()

    def recall(self, key: Hashable, make: Callable[[], T]) -> T:
        """The result kept under `key`, or the one that `make` gives now."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return made

    def forget(self) -> None:
        """Empties the memory."""
        with self._lock:
            self._kept.clear()


def content(points_m: Floats | Longs) -> bytes:
    """A key for the content of an array of points or numbers."""
    return blake2b(points_m.tobytes(), digest_size=16).digest()
