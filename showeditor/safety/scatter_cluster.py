"""Chunks of Monte-Carlo trials on the workers of a Dask cluster, by the address of its scheduler."""

from collections.abc import Generator, Sequence
from importlib import import_module
from typing import Any

import numpy as np

from showeditor import __version__
from showeditor.model.arrays import Longs
from showeditor.model.errors import BadInput
from showeditor.safety.scatter import Scene, chunk

PATIENCE_S = 15.0
"""How long the scheduler and its first worker may take to answer."""


def on_cluster(
    address: str, scene: Scene, streams: Sequence[np.random.SeedSequence], spans: Sequence[int]
) -> Generator[Longs, None, None]:
    """Counts of every chunk as they come back, in any order; what is left is taken back when the caller stops.

    Raises BadInput when distributed is not installed, the scheduler does not answer or has no workers, a worker runs
    another version of this program, or the work fails there.
    """
    try:
        # its calls carry no types, so it is taken as a module without any
        dask: Any = import_module("distributed")
    except ImportError:
        raise BadInput("a cluster needs the library distributed: pip install showeditor[cluster]") from None
    try:
        client = dask.Client(address, timeout=PATIENCE_S, set_as_default=False)
    except (OSError, ValueError) as error:
        raise BadInput(f"cluster {address}: no Dask scheduler answers there ({error})") from None
    try:
        try:
            client.wait_for_workers(1, timeout=PATIENCE_S)
        except TimeoutError:
            raise BadInput(f"cluster {address}: the scheduler has no workers") from None
        shared = client.scatter(scene, broadcast=True, hash=False)
        jobs = [client.submit(_job, shared, stream, n, pure=False) for stream, n in zip(streams, spans, strict=True)]
        try:
            for job in dask.as_completed(jobs, loop=client.loop):
                version, counts = job.result()
                if version != __version__:
                    raise BadInput(f"cluster {address}: a worker runs showeditor {version}, here is {__version__}")
                yield counts
        except (dask.KilledWorker, OSError, ImportError, AttributeError) as error:
            raise BadInput(f"cluster {address}: the work failed there ({error})") from None
        finally:
            client.cancel(jobs)
    finally:
        client.close()


def _job(scene: Scene, stream: np.random.SeedSequence, trials: int) -> tuple[str, Longs]:
    return __version__, chunk(scene, stream, trials)
