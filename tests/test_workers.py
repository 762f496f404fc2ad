"""Workers: the same results wherever work is done, and when workers are lost."""

import os
import signal
import sys
import time
from collections import Counter

import pytest

from discourse.errors import WorkerError
from discourse.kept import kept_in
from discourse.workers import Where, filled, workers

WHERE = [Where(), Where(2)]


def doubled(batch):
    return {name: str(2 * number).encode() for name, number in batch.items()}


def refused(batch):
    if "3" in batch:
        raise WorkerError("Three is refused.")
    return doubled(batch)


def killed_once(batch):
    """End the worker the first time that a batch comes."""
    name, mark = next(iter(batch.items()))
    if not os.path.exists(mark):  # noqa: PTH110
        with open(mark, "x", encoding="utf-8"):  # noqa: PTH123
            os.kill(os.getpid(), signal.SIGKILL)
    return {name: b"done"}


def broken(batch):
    return {name: 1 // number for name, number in batch.items()}


def slow(batch):
    time.sleep(0.05)
    return doubled(batch)


def batches(n):
    return ({str(number): number} for number in range(n))


@pytest.mark.parametrize("where", WHERE)
def test_every_batch_is_done_once(tmp_path, where):
    with kept_in(tmp_path / "kept") as kept, workers(where) as run:
        assert list(filled(kept, batches(40), doubled, run)) == [1] * 40
        assert kept.get(map(str, range(40))) == {str(n): str(2 * n).encode() for n in range(40)}
        assert list(filled(kept, batches(0), doubled, run)) == []


@pytest.mark.parametrize("where", WHERE)
def test_an_error_comes_back_as_it_is(where):
    with workers(where) as run, pytest.raises(WorkerError, match="Three is refused"):
        list(run(refused, batches(8)))


@pytest.mark.parametrize("where", WHERE)
def test_no_more_is_taken_than_is_worked_on(where):
    taken = []

    def noted():
        for batch in batches(100):
            taken.append(batch)
            yield batch

    with workers(where) as run:
        for n, _ in enumerate(run(slow, noted()), start=1):
            assert len(taken) - n <= 6
            if n == 20:
                break


def test_a_lost_worker_loses_nothing_and_doubles_nothing(tmp_path):
    with workers(Where(2)) as run:
        done = [name for result in run(killed_once, ({str(n): str(tmp_path / str(n))} for n in range(6))) for name in result]
    assert Counter(done) == Counter(str(n) for n in range(6))


def test_a_cluster_that_is_there_is_worked_with(tmp_path):
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        with kept_in(tmp_path / "kept") as kept, workers(Where(cluster=cluster.scheduler_address)) as run:
            assert list(filled(kept, batches(20), doubled, run)) == [1] * 20
            assert kept.get(["7"]) == {"7": b"14"}
        cluster.scale(0)
        with pytest.raises(WorkerError, match="has no workers"), workers(Where(cluster=cluster.scheduler_address)):
            pass


def test_an_error_that_nobody_foresaw_is_one_line_too():
    with workers(Where(2)) as run, pytest.raises(WorkerError, match=r"ZeroDivisionError: .*the same discourse") as caught:
        list(run(broken, batches(3)))
    assert "\n" not in str(caught.value)


def test_workers_of_this_machine_answer_nobody_else():
    from distributed import Client

    with workers(Where(2)) as run:
        client = run.__closure__[0].cell_contents
        address = client.scheduler.address
        assert address.startswith("tls://127.0.0.1:")
        with pytest.raises((OSError, TypeError, RuntimeError)):
            Client(address, timeout="2s")


def test_a_number_of_workers_and_a_cluster_are_too_much():
    with pytest.raises(WorkerError, match="give its address alone"), workers(Where(2, "tcp://127.0.0.1:9")):
        pass


def test_no_cluster_is_one_line():
    with pytest.raises(WorkerError, match="no Dask scheduler answers there") as caught, workers(Where(cluster="tcp://127.0.0.1:9")):
        pass
    assert "\n" not in str(caught.value)


def test_without_dask_the_install_command_is_said(monkeypatch):
    monkeypatch.setitem(sys.modules, "dask", None)
    with pytest.raises(WorkerError, match=r"pip install 'discourse\[cluster\]'"), workers(Where(2)):
        pass
