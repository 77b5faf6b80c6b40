"""Limits on the time and memory that one document may take in a worker.

There are two clocks: an alarm that interrupts Python code with a clear error, and, for C code that does not return to
Python, one that ends the process; the pipeline then tries the document once more, alone, and reports it. Memory is
limited in worker processes only: a notebook that runs the pipeline in its own process keeps its own limits.
"""

from __future__ import annotations

import faulthandler
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import parent_process

from tipmine.errors import TooLargeError

_GRACE_SECONDS = 30.0
"""How much longer than its limit a document may take before its process is ended. Seconds."""
_STDERR = 2
"""The file descriptor of standard error; the stream object may be replaced or missing in a worker."""


class _TimeIsUp(BaseException):
    """The alarm. Not an Exception: the readers take any Exception of a parser for damage and read on."""


@contextmanager
def limited(doc: str, *, seconds: int, megabytes: int) -> Iterator[None]:
    """Run the block under limits.

    Raises TooLargeError, naming `doc`, when the time is up, and MemoryError over the memory limit (in a worker). Time
    is not limited where the system has no alarm signal (Windows), nor outside the main thread.
    """
    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_signal: int, _frame: object) -> None:
        raise _TimeIsUp

    in_worker = parent_process() is not None
    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    if in_worker:
        faulthandler.dump_traceback_later(seconds + _GRACE_SECONDS, exit=True, file=_STDERR)
        _limit_memory(megabytes)
    try:
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    except _TimeIsUp:
        raise TooLargeError(
            doc, f"took over {seconds} s", "a document that can be read in that time", "split it into parts"
        ) from None
    finally:
        signal.signal(signal.SIGALRM, before)
        if in_worker:
            faulthandler.cancel_dump_traceback_later()


def _limit_memory(megabytes: int) -> None:
    """Limit the private memory of this process, where the system can."""
    try:
        import resource
    except ImportError:
        return
    _soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = megabytes * 1_000_000
    if hard == resource.RLIM_INFINITY or wanted <= hard:
        resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))
