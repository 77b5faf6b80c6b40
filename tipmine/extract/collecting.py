"""Python's search for reference cycles, made rare while a document is read.

A page makes thousands of small tuples that all die by themselves; looking through them every 700 new ones, as
Python does by default, took a sixth of the time of extraction and freed next to nothing.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

MOST_NEW = 50_000
"""New objects between two searches: about ten pages' worth. Higher: cycles in the PDF library hold memory longer."""


@contextmanager
def rare_collection() -> Iterator[None]:
    """Within it, cycles are searched for after `MOST_NEW` new objects; who set more, or turned it off, is obeyed."""
    before = gc.get_threshold()
    if not 0 < before[0] < MOST_NEW:
        yield
        return
    gc.set_threshold(MOST_NEW, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
