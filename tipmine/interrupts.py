"""Ctrl-C on the command line: one line instead of a traceback, at any moment, and workers that never see it.

Ctrl-C reaches all processes of a terminal. This process stops its workers; they must not also die of it, and while a
worker starts, no handler of it is in place yet.
"""

from __future__ import annotations

import atexit
import os
import signal
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from types import FrameType
from typing import Any

EXIT_CODE = 130
"""The exit code of a command that was stopped: that of a shell's command that SIGINT ended."""
GRACE_SECONDS = 3.0
"""Seconds after the first Ctrl-C from which another one ends the process at once; ending orderly takes less."""
_stop_reported = threading.Event()
"""Set once the line that says that the command was stopped is printed."""


def handle_interrupts() -> None:
    """Let the first Ctrl-C raise KeyboardInterrupt, and later ones end the process only if stopping takes too long.

    Does nothing where Ctrl-C is ignored, as in a background job, or in a thread.
    """
    ours = (signal.default_int_handler, signal.SIG_DFL)
    atexit.register(_exit_if_stopped)
    if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGINT) in ours:
        signal.signal(signal.SIGINT, _first_interrupt)
        sys.unraisablehook = _unraisable_interrupt


def report_stopped() -> None:
    """Print on stderr, on a line of its own, that the command was stopped."""
    command = next((word for word in sys.argv[1:] if not word.startswith("-")), "")
    words = "stopped; run again to go on" if command == "run" else "stopped"
    start = "\n" if os.isatty(2) else ""
    os.write(2, f"{start}{words}\n".encode())
    _stop_reported.set()


def start_server(preload: Sequence[str]) -> None:
    """Start the process from which workers are forked, with Ctrl-C blocked from its first instruction.

    A signal that is blocked here stays blocked in it and in the workers. Does nothing where workers are not forked.
    """
    from multiprocessing import get_all_start_methods

    if sys.platform in ("darwin", "win32") or "forkserver" not in get_all_start_methods():
        return
    from multiprocessing import forkserver, resource_tracker

    # A semaphore that is being made when the interrupt comes is left to the tracker, which would print a warning.
    sys.warnoptions.append("ignore:resource_tracker:UserWarning")
    resource_tracker.ensure_running()  # the first start of it lets the signal through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.set_forkserver_preload(list(preload))
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _exit_if_stopped() -> None:
    """Called last when the process ends: Python may let it die of the signal, though its interrupt was handled."""
    if _stop_reported.is_set():
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        os._exit(EXIT_CODE)


def _first_interrupt(_number: int, _frame: FrameType | None) -> None:
    end = time.monotonic() + GRACE_SECONDS

    def later_interrupt(_number: int, _frame: FrameType | None) -> None:
        if time.monotonic() > end:
            report_stopped()
            os._exit(EXIT_CODE)

    signal.signal(signal.SIGINT, later_interrupt)
    _stop_server()
    raise KeyboardInterrupt


def _stop_server() -> None:
    """End the process from which workers are forked: it would still fork those that it was asked for."""
    module = sys.modules.get("multiprocessing.forkserver")
    server = getattr(module, "_forkserver", None)
    process: int | None = getattr(server, "_forkserver_pid", None)  # nothing public has it
    if process is not None:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGTERM)


def _unraisable_interrupt(error: Any) -> None:
    """An interrupt that comes while an object is deleted cannot be raised there; it comes again a moment later."""
    if not issubclass(error.exc_type, KeyboardInterrupt):
        sys.__unraisablehook__(error)
        return
    signal.signal(signal.SIGINT, _first_interrupt)
    later = threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGINT))
    later.daemon = True
    later.start()
