"""The coverage of a recommendation: by its links, and as tables state it."""

from __future__ import annotations

from collections.abc import Iterable

from tipmine.records import Band, Coverage, Evidence, Kind, Trace

BANDS: tuple[Band, ...] = ("confirmed", "likely", "weak")
"""The bands of a link, the best first."""
COVERAGES: tuple[Coverage, ...] = ("direct", "partial", "none")
UNTRACED = "untraced"
"""Coverage in tables for a recommendation not traced by any run yet: a person made it one after the last run."""


def coverage_by_links(evidence: Iterable[Evidence], *, covered: bool) -> Coverage:
    """The coverage that the bands of the links bear out: `direct` with a confirmed link, else at most `partial`.

    `covered` says whether there is evidence at all: a gap stays one. A reader sees the coverage beside the best link,
    so the two must say the same.
    """
    if not covered:
        return "none"
    return "direct" if any(item.band == "confirmed" for item in evidence) else "partial"


def stated_coverage(kind: Kind, trace: Trace | None) -> str:
    """The coverage that tables and searches state for a passage of this kind, a person's where one decided.

    Empty for all kinds but recommendations, whatever an earlier run traced; `UNTRACED` for a recommendation without a
    trace, since nobody has looked for its evidence.
    """
    if kind != "recommendation":
        return ""
    return trace.coverage if trace else UNTRACED
