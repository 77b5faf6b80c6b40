"""A real Dask scheduler with two worker processes on this machine; one of them is killed in mid-run."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pipeline.test_kill import content, write_corpus
from tipmine.pipeline import run_pipeline

pytest.importorskip("distributed")

START_SECONDS = 60


@pytest.fixture
def scheduler() -> Iterator[str]:
    command = [
        sys.executable,
        "-m",
        "distributed.cli.dask_scheduler",
        "--host",
        "127.0.0.1",
        "--port",
        "0",
        "--no-dashboard",
    ]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8")
    assert process.stderr is not None
    address = ""
    for line in process.stderr:
        if found := re.search(r"tcp://127\.0\.0\.1:\d+", line):
            address = found[0]
            break
    # The pipe must be emptied, or the scheduler stops when it is full.
    threading.Thread(target=process.stderr.read, daemon=True).start()
    yield address
    process.kill()
    process.wait()


def start_worker(scheduler: str, folder: Path) -> subprocess.Popen[bytes]:
    command = [
        sys.executable, "-m", "distributed.cli.dask_worker", scheduler, "--nthreads", "1", "--no-nanny",
        "--no-dashboard", "--local-directory", str(folder),
    ]  # fmt: skip
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def test_a_cluster_that_loses_a_worker_gives_what_one_process_gives(tmp_path: Path, scheduler: str) -> None:
    corpus = write_corpus(tmp_path / "corpus")
    run_pipeline(corpus, tmp_path / "alone")
    workers = [start_worker(scheduler, tmp_path / f"worker{n}") for n in range(2)]

    def kill_one() -> None:
        time.sleep(4)
        os.kill(workers[0].pid, signal.SIGKILL)

    threading.Thread(target=kill_one, daemon=True).start()
    try:
        summary = run_pipeline(corpus, tmp_path / "cluster", workers=2, scheduler=scheduler)
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()
    assert summary.failures == ()
    assert content(tmp_path / "cluster") == content(tmp_path / "alone")
