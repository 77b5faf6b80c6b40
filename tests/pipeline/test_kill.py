"""A run that is killed with SIGKILL at any moment, its workers with it, resumes to the result of one that was not.

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
from contextlib import suppress
from pathlib import Path

from tests.pipeline.test_pipeline import GROUP, REPORT
from tipmine.checkup import check_run
from tipmine.pipeline import CORPUS, run_pipeline
from tipmine.store.database import DATABASE
from tipmine.store.run import open_run

KILLS = 4
PER_RUN = 5
"""Kills before a run is let through and a new one is begun, by the command."""


def write_corpus(folder: Path, pairs: int = 12) -> Path:
    """A corpus of so many reports and groups."""
    folder.mkdir()
    for number in range(pairs):
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


def start(corpus: Path, out: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tipmine", "run", str(corpus), "--out", str(out), "--workers", "2"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


def run_and_kill(corpus: Path, out: Path, wait: float) -> None:
    process = start(corpus, out)
    time.sleep(wait)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def reached(out: Path) -> str:
    """How far the killed runs have come together."""
    if not (out / DATABASE).is_file():
        return "nothing"
    with open_run(out) as run:
        done = run.connection.execute("SELECT stage FROM stage_runs WHERE doc = ?", (CORPUS,))
        return " ".join([f"{len(run.documents())} documents", *(stage for (stage,) in done)])


def check(folder: Path, kills: int, seed: int, pairs: int) -> list[str]:
    """Kill that many runs, let the last one end, and compare; returns how far they had come after each kill."""
    corpus = write_corpus(folder / "corpus", pairs)
    began = time.monotonic()
    assert start(corpus, folder / "whole").wait() == 0
    longest = time.monotonic() - began
    draw = random.Random(seed)  # noqa: S311  # repeatable, not secret
    stations = []
    # Shortest first, so that kills meet early and late stages: what is done is not done again, and after a long first
    # run nothing would be left to interrupt.
    for wait in sorted(draw.uniform(0.1, longest) for _ in range(kills)):
        run_and_kill(corpus, folder / "killed", wait)
        stations.append(reached(folder / "killed"))
    run_pipeline(corpus, folder / "killed", workers=2)
    assert content(folder / "killed") == content(folder / "whole")
    with open_run(folder / "killed") as run:
        assert [check.name for check in check_run(run) if not check.ok] == []
    return stations


def test_a_killed_run_resumes_to_the_same_result(tmp_path: Path) -> None:
    assert len(check(tmp_path, KILLS, seed=5, pairs=4)) == KILLS


if __name__ == "__main__":
    for round_, first in enumerate(range(0, int(sys.argv[1]), PER_RUN)):
        with tempfile.TemporaryDirectory() as scratch:
            killed = min(PER_RUN, int(sys.argv[1]) - first)
            print(*check(Path(scratch), killed, seed=round_, pairs=12), sep="\n", flush=True)  # noqa: T201  # a script
    print(f"{sys.argv[1]} kills, every run the same in the end")  # noqa: T201
