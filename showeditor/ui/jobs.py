"""Work off the window's thread, with the answer brought back to it."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal

T = TypeVar("T")


class Post(QObject):
    """Hands callables from any thread to the event loop of the thread that made this object."""

    _called = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open = True
        self._called.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def __call__(self, callback: Callable[[], None]) -> None:
        """Queues `callback`; after `close` it is dropped."""
        if self._open:
            self._called.emit(callback)

    def close(self) -> None:
        """Drops whatever has not run yet."""
        self._open = False

    def _run(self, callback: Callable[[], None]) -> None:
        if self._open:
            callback()


class Jobs:
    """One background thread for loading and publishing; answers and errors come back through `post`."""

    def __init__(self, post: Post) -> None:
        self._post = post
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="window-job")

    def start(self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[BaseException], None]) -> None:
        """Runs `work` in the background; then exactly one of `done` and `failed` in the window's thread."""

        def deliver(future: Future[T]) -> None:
            if future.cancelled():
                return
            error = future.exception()
            if error is None:
                self._post(lambda: done(future.result()))
            else:
                self._post(lambda: failed(error))

        self._pool.submit(work).add_done_callback(deliver)

    def close(self) -> None:
        """Waits for the work under way and ends the thread."""
        self._pool.shutdown(wait=True, cancel_futures=True)
