"""Ctrl-C, and a run whose first process is killed: the workers end too, and what was done is kept."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.pipeline.test_kill import write_corpus
from tipmine.store.database import DATABASE
from tipmine.store.run import open_run

pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="reads the processes of a session from /proc")

SECONDS = 120
"""Longest wait for the first document, models included, on a busy machine."""


def start(folder: Path) -> tuple[subprocess.Popen[str], Path]:
    corpus = write_corpus(folder / "corpus")
    for number in range(400):
        (corpus / f"more-{number}.txt").write_text(f"\u0e21\u0e32\u0e15\u0e23\u0e32 {number}\n" * 200, encoding="utf-8")
    command = [sys.executable, "-m", "tipmine", "run", str(corpus), "--out", str(folder / "run"), "--workers", "2"]
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        encoding="utf-8",
        # Test processes started in the background ignore Ctrl-C, and would hand that down.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 -- no threads here
    )
    return process, folder / "run"


def stored(run: Path) -> int:
    if not (run / DATABASE).is_file():
        return 0
    with open_run(run) as opened:
        return len(opened.documents())


def wait_for_documents(process: subprocess.Popen[str], run: Path) -> None:
    end = time.monotonic() + SECONDS
    while process.poll() is None and time.monotonic() < end:
        if stored(run) >= 3:
            return
        time.sleep(0.05)
    raise AssertionError("the run ended, or stored nothing, before it could be interrupted")


def in_session(leader: int) -> set[int]:
    """The living processes of a session."""
    found = set()
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            state, _parent, _group, session = (entry / "stat").read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(session) == leader and state not in "ZX":
            found.add(int(entry.name))
    return found


def all_gone(leader: int, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while left := in_session(leader):
        if time.monotonic() > end:
            for process in left:
                os.kill(process, signal.SIGKILL)
            return False
        time.sleep(0.1)
    return True


@pytest.mark.parametrize("everybody", [True, False], ids=["at the terminal", "to the first process"])
def test_an_interrupt_ends_the_workers_and_keeps_what_was_done(tmp_path: Path, everybody: bool) -> None:
    process, run = start(tmp_path)
    wait_for_documents(process, run)
    (os.killpg if everybody else os.kill)(process.pid, signal.SIGINT)
    _out, errors = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Traceback" not in errors
    assert all_gone(process.pid, 10)
    assert 3 <= stored(run) < 400


def test_workers_do_not_outlive_a_killed_run(tmp_path: Path) -> None:
    process, run = start(tmp_path)
    wait_for_documents(process, run)
    process.kill()
    process.communicate()
    assert all_gone(process.pid, 10)
    assert stored(run) >= 3
