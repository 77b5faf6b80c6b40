from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tipmine.errors import MissingPartError, UsageError
from tipmine.executors import run_jobs


def square_or_die(number: int) -> int:
    """Three kills the process that works on it, as a crash in a C library would."""
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def lost(number: int) -> int:
    return -number


def test_without_workers_jobs_run_in_this_process() -> None:
    assert list(run_jobs(lambda n: n + os.getpid(), [1, 2], workers=0, lost=lost)) == [os.getpid() + 1, os.getpid() + 2]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_job_that_kills_its_worker_costs_that_job_only(workers: int) -> None:
    results = sorted(run_jobs(square_or_die, range(12), workers=workers, lost=lost))
    assert results == sorted([-3] + [n * n for n in range(12) if n != 3])


def test_jobs_are_taken_from_their_source_a_few_at_a_time() -> None:
    taken: list[int] = []

    def source() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    first = next(run_jobs(abs, source(), workers=2, lost=lost))
    assert first in range(10)
    assert len(taken) <= 10


def test_a_scheduler_that_is_not_there_is_an_error() -> None:
    with pytest.raises((UsageError, MissingPartError)):
        list(run_jobs(abs, [1], workers=2, scheduler="tcp://127.0.0.1:9", lost=lost))


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="the system binds no process to processors")
def test_only_processors_that_the_process_may_use_count() -> None:
    code = "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}); "
    code += "from tipmine.executors import cores; print(cores())"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert result.stdout.strip() == "1"
