"""Listeners: callbacks told of one Change after the other, in order, whoever made it."""

from collections import deque
from collections.abc import Callable
from threading import Lock

from showeditor.session.state import Change

Listener = Callable[[Change], None]


class Listeners:
    """Callbacks and the changes they have not been told yet.

    A change made by a listener, or by another thread meanwhile, waits its turn: every listener sees all changes
    in the order in which they happened.
    """

    def __init__(self) -> None:
        self._callbacks: list[Listener] = []
        self._queue: deque[Change] = deque()
        self._telling = False
        self._lock = Lock()

    def add(self, callback: Listener) -> Callable[[], None]:
        """Adds a callback and returns the function that removes it; a second removal does nothing."""
        self._callbacks.append(callback)

        def remove() -> None:
            if callback in self._callbacks:
                self._callbacks.remove(callback)

        return remove

    def queue(self, change: Change) -> None:
        """Puts a change at the end of the queue."""
        self._queue.append(change)

    def tell(self) -> None:
        """Tells what is queued; returns at once when that is being done already, further up or on another thread.

        What a callback raises goes to the caller; the changes after it are told with the next one.
        """
        while (change := self._next()) is not None:
            try:
                for callback in tuple(self._callbacks):
                    callback(change)
            finally:
                self._telling = False

    def _next(self) -> Change | None:
        with self._lock:
            if self._telling or not self._queue:
                return None
            self._telling = True
            return self._queue.popleft()
