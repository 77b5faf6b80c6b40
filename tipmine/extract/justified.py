"""Lines whose words were moved apart to fill them: decides which gaps are spaces and which only fill the line.

XeTeX and similar programs justify Thai between all words and draw no spaces. Such a line has gaps like those of a list
of words separated by spaces. It differs in one thing: it ends exactly where other lines end.
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
"""Points within which lines count as ending at one place. Programs compute the place to a hundredth; ragged lines
differ by points."""

ALIKE = 3
"""Fewest lines with the same end that make it a margin: two of forty ragged lines may meet by chance."""

PART_GAP = 0.7
"""Gap in em after which a line is considered ended: what follows is another column."""

LEAST_APART, APART = 4, 0.2
"""Fewest gaps between Thai letters that stand out, and their least share, in a line whose words are moved apart. A word
is three or four letters, a phrase between spaces many more."""

FEW_APART, EVENLY_APART, EVEN = 2, 0.15, 1.25
"""Fewest gaps and their least share in a line whose gaps are all alike, as in a narrow column, and the largest ratio of
the widest gap to the narrowest: spaces between phrases are wider than the rest. Higher `EVEN`: a line with two real
spaces loses them."""

TWO_WIDTHS_APART, SPACE_OVER = 0.1, 0.4
"""Least share of gaps in a line whose gaps have two widths, and by how many em at least the wider ones, which hold a
space, exceed the others. TeX stretches a space and the gap between two words of a line by the same amount."""

OVER_APART = 1.4
"""Least ratio of a space to such a gap."""


class Margins:
    """Where the lines of a page end at the right. Computed when first asked for, since few lines ask."""

    def __init__(self, clusters: Sequence[Cluster]) -> None:
        self._clusters = clusters

    @cached_property
    def _ends(self) -> list[float]:
        # Baselines to a whole point are enough here: only ends that many lines share are asked for.
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
    """The gap in em above which there is a space between Thai letters, in a line whose words may have been moved apart.

    `gaps` are the gaps between the letters, `limit` is the gap that is a space in any other line.
    """
    between = [gap for gap, (a, b) in zip(gaps, pairwise(inked), strict=True) if are_letters(a, b)]
    wide = [gap for gap in between if gap > limit]
    moved, enough = _moved_apart(wide, len(between))
    if not enough or not margins.is_margin(inked[-1].x1):
        return limit
    return OVER_APART * median(moved)


def _moved_apart(wide: Sequence[float], places: int) -> tuple[Sequence[float], bool]:
    """The `wide` gaps of a line with `places` gaps that may only fill it, and whether these are enough."""
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
    """Whether two clusters are Thai letters; numbers and repetition signs are set off by spaces."""
    return is_thai_letter(one.text[-1]) and is_thai_letter(other.text[0])
