"""Workers: the same pure function over many batches, in this process, in several, or on a cluster, by Dask.

Results come as they are done, whoever made them; so what they are put into must not depend on their order.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from discourse.errors import DiscourseError, WorkerError
from discourse.kept import Kept

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["HERE", "Run", "Where", "batches_of", "filled", "workers"]

AHEAD = 3  # batches a worker that are handed out at a time
LOSSES = 20  # so often a batch is handed out again whose worker was lost
Batch = Mapping[str, Any]
Run = Callable[[Callable[..., dict[str, bytes]], Iterable[Batch]], Iterator[dict[str, bytes]]]


class Where(NamedTuple):
    """Where work is done: in so many processes of this machine, or on the cluster whose scheduler has this address."""

    workers: int = 1
    cluster: str | None = None


HERE = Where()


def batches_of(items: Iterable[tuple[str, Any]], size: int) -> Iterator[Batch]:
    """Yield batches of at most so many items.

    >>> list(batches_of([("a", 1), ("b", 2), ("c", 3)], 2))
    [{'a': 1, 'b': 2}, {'c': 3}]
    """
    rest = iter(items)
    while batch := dict(islice(rest, size)):
        yield batch


def filled(kept: Kept, batches: Iterable[Batch], work: Callable[..., dict[str, bytes]], run: Run) -> Iterator[int]:
    """Keep the results for every batch, and yield how many came, batch by batch.

    Parameters
    ----------
    kept : where results go; each batch's are put at once.
    batches : key -> what goes in, of things that are not kept yet.
    work : a function at the top of a module: such a batch -> key -> result.
    run : made by `workers`.
    """
    for done in run(work, batches):
        kept.put(done)
        yield len(done)


@contextmanager
def workers(where: Where = HERE) -> Iterator[Run]:
    """Yield what runs a function over batches.

    Raises
    ------
    WorkerError : Dask is not installed, there is no cluster at the address, or a batch ends every worker that it is given to.
    """
    if where.workers > 1 and where.cluster is not None:
        raise WorkerError("A cluster has workers of its own; give its address alone, without a number of workers.")
    if where.workers <= 1 and where.cluster is None:
        yield _here
        return
    with _client(where) as client:
        yield lambda work, batches: _there(client, work, batches)


def _here(work: Callable[..., dict[str, bytes]], batches: Iterable[Batch]) -> Iterator[dict[str, bytes]]:
    return map(work, batches)


def _there(client: Client, work: Callable[..., dict[str, bytes]], batches: Iterable[Batch]) -> Iterator[dict[str, bytes]]:
    """Hand out a few batches a worker at a time, and one more whenever one is done."""
    from distributed import as_completed
    from distributed.scheduler import KilledWorker

    waiting, handed_out = iter(batches), as_completed(raise_errors=False)
    lost: dict[Any, tuple[Batch, int]] = {}

    def hand_out(batch: Batch, losses: int) -> None:
        future = client.submit(work, batch, pure=False)
        lost[future] = batch, losses
        handed_out.add(future)

    try:
        while True:
            room = AHEAD * max(1, len(client.scheduler_info(n_workers=-1)["workers"])) - len(lost)
            for batch in islice(waiting, max(0, room)):
                hand_out(batch, 0)
            if not lost:
                return
            future = next(handed_out)
            batch, losses = lost.pop(future)
            error = future.exception()
            if isinstance(error, KilledWorker) and losses < LOSSES:
                hand_out(batch, losses + 1)
            elif isinstance(error, KilledWorker):
                raise WorkerError("A batch of posts ended every worker that it was given to; perhaps they lack memory.") from error
            elif isinstance(error, DiscourseError):
                raise error
            elif error is not None:
                said = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
                raise WorkerError(f"A worker could not go on ({said}); all machines need the same discourse and the same files.") from error
            else:
                yield future.result()
    finally:
        client.cancel(list(lost))


@contextmanager
def _client(where: Where) -> Iterator[Client]:
    """Yield a client of workers of this machine, whom nobody else can reach, or of a cluster."""
    try:
        import dask
        from distributed import Client, LocalCluster
        from distributed.security import Security
    except ImportError as error:
        raise WorkerError("Several processes need Dask, which is not installed; get it with: pip install 'discourse[cluster]'") from error
    with dask.config.set({"distributed.scheduler.allowed-failures": LOSSES, "distributed.logging.distributed": "critical"}):
        if where.cluster is None:
            page = {"scheduler_kwargs": {"dashboard": False}, "dashboard_address": "127.0.0.1:0"}  # its state is served all the same
            alone = {"threads_per_worker": 1, "memory_limit": None, "silence_logs": logging.ERROR, "security": Security.temporary(), **page}
            with LocalCluster(n_workers=where.workers, **alone) as cluster, Client(cluster) as client:
                yield client
            return
        try:
            client = Client(where.cluster, timeout="10s")
        except (OSError, ValueError) as error:
            raise WorkerError(f"{where.cluster}: no Dask scheduler answers there; start one with `dask scheduler`, and workers.") from error
        with client:
            if not client.scheduler_info(n_workers=-1)["workers"]:
                raise WorkerError(f"{where.cluster}: this cluster has no workers; start one with: dask worker {where.cluster}")
            yield client
