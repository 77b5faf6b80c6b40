"""Where documents are done: in this process, in local worker processes, or on a Dask cluster.

All three are `concurrent.futures` executors, so that the pipeline has one code path.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from multiprocessing import active_children, get_all_start_methods, get_context, parent_process
from typing import TypeVar

from tipmine.errors import MissingPartError, UsageError

Job = TypeVar("Job")
Result = TypeVar("Result")
PoolOf = Callable[[int], AbstractContextManager[ProcessPoolExecutor]]


def one_thread() -> None:
    """Hold the linear algebra libraries of this process to one thread.

    Documents are done side by side already: more threads than cores wait for each other, on a busy machine for
    minutes. And sums in another order differ in the last digit, so that results would depend on the machine.
    """
    from threadpoolctl import threadpool_limits

    threadpool_limits(limits=1)


_JOBS_AHEAD = 4
"""Jobs handed over per worker before the first comes back: enough to keep it busy, few enough to stay in memory."""


@contextmanager
def cluster_executor(address: str) -> Iterator[Executor]:
    """An executor on the Dask scheduler at `address`. Raises MissingPartError without the extra `cluster`."""
    try:
        from distributed import Client
    except ImportError as error:
        raise MissingPartError("--scheduler", "Dask is not installed", do="install the extra: cluster") from error
    try:
        client = Client(address, timeout="10s")
    except (OSError, ValueError) as error:
        raise UsageError(address, f"no scheduler answers: {error}", "an address such as tcp://host:8786") from error
    with client, client.get_executor() as executor:
        yield executor


def run_jobs(
    function: Callable[[Job], Result],
    jobs: Iterable[Job],
    *,
    workers: int,
    scheduler: str = "",
    preload: Sequence[str] = (),
    lost: Callable[[Job], Result],
) -> Generator[Result, None, None]:
    """Results in the order in which they are ready; closing it early ends the workers.

    `preload` names modules that local worker processes have imported at their start. A worker that dies costs its
    jobs only: each of them is tried once more, alone in a new process; one that kills that too becomes `lost(job)`.
    """
    if scheduler:
        with cluster_executor(scheduler) as executor:
            yield from _drain(executor, function, jobs, ahead=_JOBS_AHEAD * max(workers, 2), lost=lost)
    elif workers == 1:
        yield from map(function, jobs)
    else:
        yield from _local(function, iter(jobs), partial(_pool, preload=tuple(preload)), workers, lost)


@contextmanager
def _pool(workers: int, preload: Sequence[str]) -> Iterator[ProcessPoolExecutor]:
    """Worker processes, forked where that is safe from one that has imported `preload` already.

    That process has no threads, as this one may have. On macOS libraries of the system do not outlive a fork.
    An error or an interrupt ends the workers at once: nobody waits any more for what they do.
    """
    forks = "forkserver" in get_all_start_methods() and sys.platform != "darwin"
    context = get_context("forkserver" if forks else "spawn")
    if forks:
        context.set_forkserver_preload(list(preload))
    others = set(active_children())
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_become_worker) as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for process in set(active_children()) - others:
                process.terminate()
            raise


def _become_worker() -> None:
    """In a worker: leave Ctrl-C to the process that started it, and end when that one is gone without a word."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()

    def wait() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def _local(
    function: Callable[[Job], Result],
    jobs: Iterator[Job],
    pool_of: PoolOf,
    workers: int,
    lost: Callable[[Job], Result],
) -> Iterator[Result]:
    suspects: list[Job] = []
    while True:
        suspects.clear()
        with pool_of(workers) as pool:
            yield from _drain(pool, function, jobs, ahead=_JOBS_AHEAD * workers, lost=lost, suspects=suspects)
        for job in suspects:
            yield from _alone(function, job, pool_of, lost)
        if not suspects:
            return


def _alone(
    function: Callable[[Job], Result],
    job: Job,
    pool_of: PoolOf,
    lost: Callable[[Job], Result],
) -> Iterator[Result]:
    with pool_of(1) as pool:
        try:
            yield pool.submit(function, job).result()
        except BrokenProcessPool:
            yield lost(job)


def _drain(
    executor: Executor,
    function: Callable[[Job], Result],
    jobs: Iterable[Job],
    *,
    ahead: int,
    lost: Callable[[Job], Result],
    suspects: list[Job] | None = None,
) -> Iterator[Result]:
    pending: dict[Future[Result], Job] = {}
    source = iter(jobs)
    broken = False
    while True:
        while not broken and len(pending) < ahead and (job := next(source, None)) is not None:
            try:
                pending[executor.submit(function, job)] = job
            except BrokenProcessPool:
                broken = True
                if suspects is not None:
                    suspects.append(job)
        if not pending:
            return
        done = next(as_completed(pending))
        job = pending.pop(done)
        try:
            yield done.result()
        except BrokenProcessPool:
            broken = True
            if suspects is not None:
                suspects.append(job)
        except Exception:  # noqa: BLE001 -- a cluster reports a lost worker by an error class of its own
            yield lost(job)
