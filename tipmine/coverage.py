"""The one rule by which the links of a recommendation give its coverage."""

from __future__ import annotations

from collections.abc import Iterable

from tipmine.records import Coverage, Evidence


def coverage_by_links(evidence: Iterable[Evidence], *, covered: bool) -> Coverage:
    """The coverage that the bands of the links bear out: `direct` with a confirmed link, else at most `partial`.

    `covered` says whether there is evidence at all: a gap stays one. A reader sees the coverage beside the best link,
    so the two must say the same.
    """
    if not covered:
        return "none"
    return "direct" if any(item.band == "confirmed" for item in evidence) else "partial"
