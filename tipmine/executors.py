"""Where documents are processed: in this process, in local worker processes, or on a Dask cluster.

Local processes and the cluster are both `concurrent.futures` executors, so that one code path serves them.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, closing, contextmanager
from functools import partial
from multiprocessing import active_children, get_all_start_methods, get_context, parent_process
from typing import Any, Generic, TypeVar

from tipmine.errors import MissingPartError, TipmineError, UsageError

JobT = TypeVar("JobT")
ResultT = TypeVar("ResultT")
PoolOf = Callable[[int], AbstractContextManager[ProcessPoolExecutor]]
FollowUp = Callable[[JobT, ResultT], tuple[Sequence[JobT], ResultT | None]]
"""Says, from a job and its result, what follows: further jobs, and the result to give back, if any."""
OnLost = Callable[[JobT, str], ResultT]
"""Makes a result for a job that no worker could do, from the job and the reason in words."""
_LOST_TWICE = "the worker that read it was lost twice"

_JOBS_AHEAD = 4
"""Jobs submitted per worker before the first result is back: enough to keep it busy, few enough to hold in memory."""


def cores() -> int:
    """The number of processors that this process may use: fewer than the machine has under taskset or a scheduler.

    A container's limit on processor time is not considered.
    """
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def cluster_executor(address: str) -> Iterator[Executor]:
    """An executor on the Dask scheduler at `address`.

    Raises MissingPartError without the extra `cluster`, UsageError where no scheduler answers.
    """
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
    function: Callable[[JobT], ResultT],
    jobs: Iterable[JobT],
    *,
    workers: int,
    scheduler: str = "",
    preload: Sequence[str] = (),
    on_lost: OnLost[JobT, ResultT],
    follow_up: FollowUp[JobT, ResultT] = lambda _, result: ((), result),
) -> Generator[ResultT, None, None]:
    """Results in the order in which they are ready; closing the generator early ends the workers.

    With 0 `workers` the jobs run in this process, where a crash ends it; one worker is a process of its own.
    `preload` names modules that local worker processes import when they start. When a local worker dies, each job
    that was running is tried once more, alone in a new process; for one that kills that process too, the result is
    what `on_lost` makes of it. On a cluster, Dask itself repeats the jobs of a lost worker; the error that it reports
    in the end goes to `on_lost`, and so does any other error of a job there, which may be the fault of one machine.
    An error of a job on this machine is raised. `follow_up` is called with each job and its result, lost ones
    included, and says what is given back and what is to be done next.
    """
    source = _Source(jobs)
    with closing(_results(function, source, workers, scheduler, preload, on_lost)) as results:
        for job, result in results:
            further, final = follow_up(job, result)
            source.add(further)
            if final is not None:
                yield final


class _Source(Generic[JobT]):
    """The jobs still to be submitted; those that follow from others go first."""

    def __init__(self, jobs: Iterable[JobT]) -> None:
        self._jobs = iter(jobs)
        self._further: deque[JobT] = deque()

    def add(self, jobs: Iterable[JobT]) -> None:
        self._further.extend(jobs)

    def take(self) -> JobT | None:
        """The next job; None where there is none now. A job that is running may still add some."""
        return self._further.popleft() if self._further else next(self._jobs, None)


def _results(
    function: Callable[[JobT], ResultT],
    source: _Source[JobT],
    workers: int,
    scheduler: str,
    preload: Sequence[str],
    on_lost: OnLost[JobT, ResultT],
) -> Generator[tuple[JobT, ResultT], None, None]:
    if scheduler:
        with cluster_executor(scheduler) as executor:
            yield from _drain(executor, function, source, ahead=_JOBS_AHEAD * max(workers, 2), on_lost=on_lost)
    elif workers == 0:
        while (job := source.take()) is not None:
            yield job, function(job)
    else:
        yield from _local_results(function, source, partial(_pool, preload=tuple(preload)), workers, on_lost)


@contextmanager
def _pool(workers: int, preload: Sequence[str]) -> Iterator[ProcessPoolExecutor]:
    """Worker processes; where forking is safe, forked from a server process that has imported `preload` already.

    The server process has no threads; this one may have some. On macOS, system libraries do not survive a fork. An
    error or an interrupt ends the workers at once, since nobody waits for their results any more.
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
            # The pool's thread waits for the rest of a result whose worker ended while sending it, and the interpreter
            # for the thread, unless no process holds the writing end. The pool forgets the queue when it shuts down.
            results: Any = pool._result_queue  # nothing public closes it
            pool.shutdown(wait=False, cancel_futures=True)
            for process in set(active_children()) - others:
                process.terminate()
            results._writer.close()
            raise


def _become_worker() -> None:
    """In a worker: leave Ctrl-C to the parent process, and exit when the parent is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()

    def wait() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def _local_results(
    function: Callable[[JobT], ResultT],
    source: _Source[JobT],
    pool_of: PoolOf,
    workers: int,
    on_lost: OnLost[JobT, ResultT],
) -> Iterator[tuple[JobT, ResultT]]:
    """Each job with its result, from local worker processes; after a crash, the running jobs are tried one by one."""
    suspects: list[JobT] = []
    while True:
        suspects.clear()
        with pool_of(workers) as pool:
            yield from _drain(pool, function, source, ahead=_JOBS_AHEAD * workers, suspects=suspects)
        for job in suspects:
            yield job, _run_alone(function, job, pool_of, on_lost)
        if not suspects:
            return


def _run_alone(
    function: Callable[[JobT], ResultT],
    job: JobT,
    pool_of: PoolOf,
    on_lost: OnLost[JobT, ResultT],
) -> ResultT:
    """The result of a job that runs alone in a new process, or what `on_lost` makes of it if that process dies."""
    with pool_of(1) as pool:
        try:
            return pool.submit(function, job).result()
        except BrokenProcessPool:
            return on_lost(job, _LOST_TWICE)


def _drain(
    executor: Executor,
    function: Callable[[JobT], ResultT],
    source: _Source[JobT],
    *,
    ahead: int,
    on_lost: OnLost[JobT, ResultT] | None = None,
    suspects: list[JobT] | None = None,
) -> Iterator[tuple[JobT, ResultT]]:
    """Each job with its result as soon as it is ready, with at most `ahead` jobs submitted at a time.

    After a crash of a local worker no more jobs are submitted, and those that were running are put into `suspects`.
    With `on_lost`, on a cluster, the result of a job that raises an error is what it makes of the job and the error.
    """
    pending: dict[Future[ResultT], JobT] = {}
    crashed: list[JobT] = [] if suspects is None else suspects
    while True:
        while not crashed and len(pending) < ahead and (job := source.take()) is not None:
            try:
                pending[executor.submit(function, job)] = job
            except BrokenProcessPool:
                crashed.append(job)
        if not pending:
            return
        done = next(as_completed(pending))
        job = pending.pop(done)
        try:
            result = done.result()
        except BrokenProcessPool:
            crashed.append(job)
            continue
        except TipmineError:
            raise  # not the document's fault: the others would fail as well
        except Exception as error:
            # A cluster reports a lost worker by an error class of its own.
            if on_lost is None:
                raise
            result = on_lost(job, f"its worker failed ({type(error).__name__}: {error})")
        yield job, result
