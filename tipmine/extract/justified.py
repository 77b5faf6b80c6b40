"""Lines whose words were moved apart to fill them: what between their words is a space, and what only fills the line.

XeTeX and its kind justify Thai between all words and draw no spaces. Such a line shows gaps like those of a list of
words that are set apart by spaces; it differs in one thing: it ends exactly where other lines end.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from statistics import median

from tipmine.extract.marks import Cluster
from tipmine.thai import is_thai_letter

SAME_END = 0.3
"""Points within which lines end alike. Programs compute the place to a hundredth; ragged lines differ by points."""

ALIKE = 3
"""Lines that end alike, at least, for their end to be a margin: two of forty ragged lines may meet by chance."""

PART_GAP = 0.7
"""Gap in em after which a line is considered ended: what follows is another column."""

LEAST_APART, APART = 4, 0.2
"""Gaps between Thai letters that stand out, at least, and their share, at least, in a line whose words are moved apart.
A word is three or four letters, a phrase between spaces many more."""

FEW_APART, EVENLY_APART, EVEN = 2, 0.15, 1.25
"""The same in a line all of whose gaps are alike, as in a narrow column, and how much wider the widest of them is than
the least, at most: spaces between phrases are wider than the rest. Higher `EVEN`: a line with two real spaces loses
them."""

TWO_WIDTHS_APART, SPACE_OVER = 0.1, 0.4
"""The same in a line whose gaps have two widths, the wider ones by a space more than the others: how many em more, at
least. TeX stretches a space and the gap between two words of a line by the same amount."""

OVER_APART = 1.4
"""How much wider than such a gap a space is, at least."""


class Margins:
    """Where the lines of a page end at the right. Computed when first asked for, since few lines ask."""

    def __init__(self, clusters: Sequence[Cluster]) -> None:
        self._clusters = clusters

    @cached_property
    def _ends(self) -> list[float]:
        inked = sorted((round(c.y), c.x0, c.x1, c.size) for c in self._clusters if not c.is_space)
        ends = [
            here[2]
            for here, after in pairwise([*inked, (0, 0.0, 0.0, 0.0)])
            if here[0] != after[0] or after[1] - here[2] > PART_GAP * here[3]
        ]
        return sorted(ends)

    def is_margin(self, x: float) -> bool:
        """Whether several lines end at `x`, in points."""
        return bisect.bisect(self._ends, x + SAME_END) - bisect.bisect_left(self._ends, x - SAME_END) >= ALIKE


def least_space(inked: Sequence[Cluster], gaps: Sequence[float], limit: float, margins: Margins) -> float:
    """The gap in em over which Thai letters stand apart by a space, in a line whose words may have been moved apart.

    `gaps` are the gaps between the letters, `limit` is the gap that is a space in any other line.
    """
    between = [gap for gap, (a, b) in zip(gaps, pairwise(inked), strict=True) if are_letters(a, b)]
    wide = [gap for gap in between if gap > limit]
    moved, enough = _moved_apart(wide, len(between))
    if not enough or not margins.is_margin(inked[-1].x1):
        return limit
    return OVER_APART * median(moved)


def _moved_apart(wide: Sequence[float], places: int) -> tuple[Sequence[float], bool]:
    """Of gaps that stand out at some of `places`, those that may only fill the line; and whether these are enough."""
    if len(wide) < FEW_APART:
        return wide, False
    alike = [gap for gap in wide if gap <= EVEN * min(wide)]
    if len(alike) == len(wide):
        return wide, len(wide) >= EVENLY_APART * places
    if len(wide) >= max(LEAST_APART, APART * places):
        return wide, True
    spaces = [gap for gap in wide if gap > EVEN * min(wide)]
    two_widths = min(spaces) >= max(alike) + SPACE_OVER and max(spaces) <= EVEN * min(spaces)
    return alike, two_widths and len(alike) >= max(FEW_APART, TWO_WIDTHS_APART * places)


def are_letters(one: Cluster, other: Cluster) -> bool:
    """Whether two clusters are Thai letters; numbers and signs of repetition are set off by spaces."""
    return is_thai_letter(one.text[-1]) and is_thai_letter(other.text[0])
