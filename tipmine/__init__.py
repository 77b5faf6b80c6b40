"""tipmine reads Thai documents on work against human trafficking (TIP: trafficking in persons).

    extract -> segment -> tokenize -> tag -> themes -> trace

The names below do what the commands of the same names do. Each loads what it needs when it is first used, so that
importing the package costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tipmine.callables import load_late

__version__ = "0.1.0"

if TYPE_CHECKING:
    from tipmine.api import (
        extract,
        find_themes,
        repair,
        segment,
        tag,
        tokenize,
        trace,
        train_actors,
        train_pillars,
    )
    from tipmine.questions import collocates, count, cross, kwic, query, remove_query, save_query, saved_queries
    from tipmine.store.run import open_run

__all__ = [
    "collocates",
    "count",
    "cross",
    "extract",
    "find_themes",
    "kwic",
    "open_run",
    "query",
    "remove_query",
    "repair",
    "save_query",
    "saved_queries",
    "segment",
    "tag",
    "tokenize",
    "trace",
    "train_actors",
    "train_pillars",
]


_PACKAGES = ("extract", "segment", "tag", "tokenize", "trace")
"""Functions that share their name with a package; the package itself is called instead (`callables.py`)."""

__getattr__ = load_late(
    __name__,
    {
        "api": ("find_themes", "repair", "train_actors", "train_pillars"),
        "questions": ("collocates", "count", "cross", "kwic", "query", "remove_query", "save_query", "saved_queries"),
        "store.run": ("open_run",),
        **dict.fromkeys(_PACKAGES, ()),
    },
)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
