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
    assert errors == "stopped; run again to go on\n"
    assert all_gone(process.pid, 10)
    assert 3 <= stored(run) < 400


@pytest.mark.parametrize("processes", [1, 2, 3, 4])
@pytest.mark.parametrize("later", [0.15, 0.4, 1.2])
def test_an_interrupt_is_one_line_while_the_program_and_its_workers_start(
    tmp_path: Path, processes: int, later: float
) -> None:
    process, _run = start(tmp_path)
    end = time.monotonic() + SECONDS
    while len(in_session(process.pid)) < processes and time.monotonic() < end:
        time.sleep(0.01)
    time.sleep(later)
    os.killpg(process.pid, signal.SIGINT)
    _out, errors = process.communicate(timeout=20)
    assert (process.returncode, errors) == (130, "stopped; run again to go on\n")
    assert all_gone(process.pid, 10)


def test_more_interrupts_do_not_disturb_a_command_that_is_ending(tmp_path: Path) -> None:
    process, run = start(tmp_path)
    wait_for_documents(process, run)
    for _ in range(5):
        os.killpg(process.pid, signal.SIGINT)
        time.sleep(0.02)
    _out, errors = process.communicate(timeout=20)
    assert process.returncode == 130
    assert errors == "stopped; run again to go on\n"


def test_other_commands_say_that_they_were_stopped() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tipmine", "repair", "-"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 -- no threads here
    ) as process:
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        process.wait(20)
        assert process.stderr is not None
        assert (process.returncode, process.stderr.read()) == (130, "stopped\n")


def test_workers_do_not_outlive_a_killed_run(tmp_path: Path) -> None:
    process, run = start(tmp_path)
    wait_for_documents(process, run)
    process.kill()
    process.communicate()
    assert all_gone(process.pid, 10)
    assert stored(run) >= 3


def test_a_command_that_hangs_while_ending_is_ended_by_another_interrupt() -> None:
    code = """
import os, signal, sys, time
from tipmine import interrupts
signal.signal(signal.SIGINT, signal.default_int_handler)
interrupts.GRACE_SECONDS = 0.1
interrupts.handle_interrupts()
try:
    os.kill(os.getpid(), signal.SIGINT)
except KeyboardInterrupt:
    time.sleep(0.2)
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(60)
"""
    ended = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, encoding="utf-8", timeout=30)
    assert (ended.returncode, ended.stderr) == (130, "stopped\n")


def test_an_interrupt_while_an_object_is_deleted_is_not_lost() -> None:
    code = """
import os, signal, sys, time
from tipmine import __main__, cli, interrupts
import tipmine.cli.main as main
class Deleted:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
def command():
    Deleted()
    time.sleep(60)
main.run = command
signal.signal(signal.SIGINT, signal.default_int_handler)
__main__.run()
"""
    ended = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, encoding="utf-8", timeout=30)
    assert (ended.returncode, ended.stderr) == (130, "stopped\n")
