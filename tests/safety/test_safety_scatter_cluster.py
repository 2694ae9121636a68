"""Monte-Carlo on a Dask cluster: two worker processes count the same as threads here, bit for bit."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import distributed
import numpy as np
import pytest
from safety_plans import cue, fireworks, quiet
from showeditor.model.errors import BadInput
from showeditor.model.plan import Plan
from showeditor.model.venue import Venue, Wind
from showeditor.safety import scatter_cluster
from showeditor.safety.scatter import scatter


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    made = distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None, host="127.0.0.1", protocol="tcp"
    )
    yield made
    made.close()


@pytest.fixture
def windy() -> Plan:
    plan = replace(quiet(), **fireworks(*(cue(f"c{k}", address=("main", k, 1)) for k in range(20))))
    return replace(plan, venue=Venue(zones=plan.venue.zones, wind=Wind(5.0, 270.0)))


def test_two_workers_give_the_same_counts(cluster: Any, windy: Plan) -> None:
    here = scatter(windy, seed=7, trials=100)
    shares: list[float] = []
    there = scatter(windy, seed=7, trials=100, cluster=cluster.scheduler_address, progress=shares.append)
    for kind in ("duds", "debris", "drones"):
        one, other = getattr(here, kind), getattr(there, kind)
        np.testing.assert_array_equal(one.counts, other.counts)
        assert one.counts.tobytes() == other.counts.tobytes()
        assert (one.origin_m, one.cell_m) == (other.origin_m, other.cell_m)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_it_can_be_cancelled_and_the_cluster_goes_on(cluster: Any, windy: Plan) -> None:
    class Cancelled(Exception):
        pass

    def stop(share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        scatter(windy, seed=1, trials=320, cluster=cluster.scheduler_address, progress=stop)
    assert scatter(windy, seed=1, trials=16, cluster=cluster.scheduler_address).duds.landings == 16 * 20


def test_a_worker_of_another_version_is_refused(cluster: Any, windy: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    real = scatter_cluster.__version__
    monkeypatch.setattr(scatter_cluster, "_job", lambda scene, stream, n: ("0.0.0", None))
    with pytest.raises(BadInput, match=f"runs showeditor 0.0.0, here is {real}"):
        scatter(windy, seed=1, trials=16, cluster=cluster.scheduler_address)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense://x"])
def test_an_address_without_a_scheduler_is_one_sentence(
    address: str, windy: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scatter_cluster, "PATIENCE_S", 0.5)
    with pytest.raises(BadInput, match="no Dask scheduler answers"):
        scatter(windy, seed=1, trials=16, cluster=address)


def test_without_the_library_it_says_how_to_get_it(windy: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> object:
        raise ImportError(name)

    monkeypatch.setattr(scatter_cluster, "import_module", missing)
    with pytest.raises(BadInput, match=r"pip install showeditor\[cluster\]"):
        scatter(windy, seed=1, trials=16, cluster="tcp://127.0.0.1:8786")
