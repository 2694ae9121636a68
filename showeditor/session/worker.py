"""Worker: one background thread on which the newest job wins."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import RLock
from typing import Generic, TypeVar

T = TypeVar("T")
Post = Callable[[Callable[[], None]], None]
"""Hands a callable over to the thread that owns the session, to be called there soon."""
Superseded = Callable[[], bool]
"""Asked by a job now and then: whether a newer job has made its answer worthless."""


class Ticket(Generic[T]):
    """One job on its way: its answer is taken exactly once, or never when a newer job has overtaken it."""

    def __init__(
        self,
        future: Future[T],
        current: Callable[[], bool],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None],
        lock: RLock,
    ) -> None:
        self._future = future
        self._current = current
        self._done = done
        self._failed = failed
        self._lock = lock
        self._taken = False

    def arrives_within(self, patience_s: float) -> bool:
        """Waits a little for the answer and takes it here and now; False when it has not come."""
        if not wait([self._future], timeout=patience_s).done:
            return False
        self.take()
        return True

    def take(self) -> None:
        """Hands the answer to `done` or `failed` unless that has happened or the job has been overtaken."""
        with self._lock:
            if self._taken or self._future.cancelled() or not self._current():
                return
            self._taken = True
            error = self._future.exception()
            if error is None:
                self._done(self._future.result())
            else:
                self._failed(error)


class Worker(Generic[T]):
    """Runs jobs one at a time; a newer job replaces one that waits, and answers never come out of order.

    With `eager` a newer job also makes the running one worthless; without, the running one is finished and its answer
    taken, so that a long series of jobs is not starved of answers. What a job raises is delivered, never lost. `lock`
    is the owner's: it is held while an answer is taken, and must be held by whoever calls `submit` and `drop`.
    """

    def __init__(self, name: str, post: Post, lock: RLock, *, eager: bool) -> None:
        self._lock = lock
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._post = post
        self._eager = eager
        self._generation = 0
        self._worthless = 0
        self._newest: Future[T] | None = None

    @property
    def busy(self) -> bool:
        """Whether a job runs or waits."""
        return self._newest is not None and not self._newest.done()

    def submit(
        self, job: Callable[[Superseded], T], done: Callable[[T], None], failed: Callable[[BaseException], None]
    ) -> Ticket[T]:
        """Queues a job in place of the one that waits; `done` or `failed` is posted unless its answer is worthless."""
        if self._newest is not None:
            self._newest.cancel()
        if self._eager:
            self._worthless = self._generation
        self._generation += 1
        mine = self._generation

        def worthless() -> bool:
            return mine <= self._worthless

        def take(deliver: Callable[[], None]) -> None:
            self._worthless = mine  # whatever is older comes too late now
            deliver()

        self._newest = future = self._pool.submit(job, worthless)
        ticket = Ticket(
            future,
            lambda: not worthless(),
            lambda answer: take(lambda: done(answer)),
            lambda error: take(lambda: failed(error)),
            self._lock,
        )
        future.add_done_callback(lambda _: None if worthless() else self._post(ticket.take))
        return ticket

    def drop(self) -> None:
        """Makes the answers of all jobs so far worthless and cancels the one that waits."""
        self._worthless = self._generation
        if self._newest is not None:
            self._newest.cancel()
            self._newest = None

    def close(self) -> None:
        """Waits for the thread to end; call `drop` first, and not while holding the lock."""
        self._pool.shutdown(wait=True, cancel_futures=True)
