"""Links recommendations to the evidence they rest on, ranked, scored and explained; finds gaps, orphans and changes.

extract -> segment -> tokenize -> tag -> themes -> [trace]

`trace` ranks findings, utterances and plan measures for each recommendation. `theme_links` finds which recommendation
answers which theme. `one_to_one` pairs two lists, and `compare` compares this year's recommendations with last year's.
The modules describe the methods.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tipmine.callables import load_late, make_callable

if TYPE_CHECKING:
    from tipmine.trace.assign import one_to_one
    from tipmine.trace.changes import Change, compare
    from tipmine.trace.orphans import theme_links
    from tipmine.trace.tracing import trace

__all__ = ["Change", "compare", "one_to_one", "theme_links", "trace"]

make_callable(__name__)

__getattr__ = load_late(
    __name__,
    {
        "assign": ("one_to_one",),
        "changes": ("Change", "compare"),
        "orphans": ("theme_links",),
        "tracing": ("trace",),
    },
)
