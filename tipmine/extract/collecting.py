"""Makes Python's cyclic garbage collection rare while a document is read.

A page creates thousands of small tuples, which are freed without it. Collecting after every 700 new objects, Python's
default, took a sixth of the extraction time and freed next to nothing.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

MOST_NEW = 50_000
"""New objects between two collections: about ten pages. Higher: cycles in the PDF library hold memory longer."""


@contextmanager
def rare_collection() -> Iterator[None]:
    """Inside the block, garbage is collected after `MOST_NEW` new objects, unless the process already collects less."""
    before = gc.get_threshold()
    if not 0 < before[0] < MOST_NEW:
        yield
        return
    gc.set_threshold(MOST_NEW, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
