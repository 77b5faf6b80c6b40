"""Processor time for tests that compare sizes; never for limits in seconds."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable


def cpu_seconds(work: Callable[[], object], repeats: int = 5) -> float:
    """The least processor time of some repeats. The garbage collector is off: it jitters with what other tests left."""
    best = float("inf")
    gc.collect()
    gc.disable()
    try:
        for _ in range(repeats):
            start = time.process_time()
            work()
            best = min(best, time.process_time() - start)
    finally:
        gc.enable()
    return best
