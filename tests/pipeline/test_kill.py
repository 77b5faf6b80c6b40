"""A run that is killed with SIGKILL resumes to the result of one that was not.

More kills than a test run has time for: `python -m tests.pipeline.test_kill 50`.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.pipeline.test_pipeline import GROUP, REPORT
from tipmine.pipeline import run_pipeline
from tipmine.store.run import open_run

KILLS = 4
LONGEST_WAIT = 8.0
"""A kill comes at a random moment up to here after the start. Seconds."""


def write_corpus(folder: Path) -> Path:
    folder.mkdir()
    for number in range(12):
        (folder / f"report-{number}.txt").write_text(REPORT * (number + 1), encoding="utf-8")
        (folder / f"group-{number}.txt").write_text(GROUP * (number + 1), encoding="utf-8")
    return folder


def content(out: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table that a run writes."""
    tables = "documents pages lines passages pillar_tags actor_tags themes theme_members traces evidence stage_runs"
    with open_run(out) as run:
        return {
            table: sorted(tuple(row) for row in run.connection.execute(f"SELECT * FROM {table}"))  # noqa: S608  # ours
            for table in tables.split()
        }


def run_and_kill(corpus: Path, out: Path, wait: float) -> None:
    command = [sys.executable, "-m", "tipmine", "run", str(corpus), "--out", str(out), "--workers", "2"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    time.sleep(wait)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def check(folder: Path, kills: int, seed: int) -> None:
    corpus = write_corpus(folder / "corpus")
    run_pipeline(corpus, folder / "whole", workers=1)
    waits = random.Random(seed)  # noqa: S311  # repeatable, not secret
    for _ in range(kills):
        run_and_kill(corpus, folder / "killed", waits.uniform(0.3, LONGEST_WAIT))
    run_pipeline(corpus, folder / "killed", workers=2)
    assert content(folder / "killed") == content(folder / "whole")


def test_a_killed_run_resumes_to_the_same_result(tmp_path: Path) -> None:
    check(tmp_path, KILLS, seed=5)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        check(Path(scratch), int(sys.argv[1]), seed=11)
