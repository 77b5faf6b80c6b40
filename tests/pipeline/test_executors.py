from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tipmine import executors
from tipmine.errors import MissingPartError, UsageError
from tipmine.executors import run_jobs


def square_or_die(number: int) -> int:
    """Three kills the process that works on it, as a crash in a C library would."""
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def lost(number: int, _why: str) -> int:
    return -number


def refuse(number: int) -> int:
    raise PermissionError(f"no right to write {number}")


def reciprocal(number: int) -> float | str:
    return 1 / number


def test_without_workers_jobs_run_in_this_process() -> None:
    assert list(run_jobs(lambda n: n + os.getpid(), [1, 2], workers=0, on_lost=lost)) == [
        os.getpid() + 1,
        os.getpid() + 2,
    ]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_job_that_kills_its_worker_costs_that_job_only(workers: int) -> None:
    results = sorted(run_jobs(square_or_die, range(12), workers=workers, on_lost=lost))
    assert results == sorted([-3] + [n * n for n in range(12) if n != 3])


def test_jobs_are_taken_from_their_source_a_few_at_a_time() -> None:
    taken: list[int] = []

    def source() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    first = next(run_jobs(abs, source(), workers=2, on_lost=lost))
    assert first in range(10)
    assert len(taken) <= 10


def test_an_error_of_a_job_is_that_error_and_no_lost_worker() -> None:
    with pytest.raises(PermissionError, match="no right to write 1"):
        list(run_jobs(refuse, [1], workers=1, on_lost=lost))


def test_on_a_cluster_an_error_costs_its_job_and_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executors, "cluster_executor", lambda _address: ThreadPoolExecutor(1))
    results = run_jobs(reciprocal, [2, 0, 4], workers=1, scheduler="tcp://a-cluster", on_lost=lambda _, why: why)
    assert sorted(map(str, results)) == ["0.25", "0.5", "its worker failed (ZeroDivisionError: division by zero)"]


def test_a_scheduler_that_is_not_there_is_an_error() -> None:
    with pytest.raises((UsageError, MissingPartError)):
        list(run_jobs(abs, [1], workers=2, scheduler="tcp://127.0.0.1:9", on_lost=lost))


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="the system binds no process to processors")
def test_only_processors_that_the_process_may_use_count() -> None:
    code = "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}); "
    code += "from tipmine.executors import cores; print(cores())"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert result.stdout.strip() == "1"
