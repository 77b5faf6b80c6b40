"""Spaces of several blanks: typists of official texts hit the bar twice between phrases, and once to end a line.

There, a single blank at the end of a line says nothing; elsewhere it is the space between two phrases.
"""

from __future__ import annotations

from collections.abc import Iterable

from tipmine.extract.lines import SAME_BASELINE
from tipmine.extract.marks import Cluster

ENOUGH_SPACES, WIDE_SPACES = 5, 0.6
"""Fewest spaces of several blanks on a page, and their least share of its spaces, where a single blank at the end of a
line is none. Higher: spaces that end lines come into words; lower: spaces between phrases are lost at line ends."""


def blanks_in_a_space(clusters: Iterable[Cluster]) -> int:
    """How many blanks a space between phrases has on a page: 2 if most spaces have as many or more, else 1.

    The clusters are in the order in which the file draws them; only spaces between two of one line are counted.
    """
    single = several = blanks = 0
    before: Cluster | None = None
    for cluster in clusters:
        if cluster.is_space:
            blanks += 1
            continue
        if blanks and before is not None and abs(cluster.y - before.y) <= SAME_BASELINE * before.size:
            single += blanks == 1
            several += blanks > 1
        before, blanks = cluster, 0
    return 2 if several >= ENOUGH_SPACES and several > WIDE_SPACES * (single + several) else 1
