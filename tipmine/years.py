"""Years of the Buddhist era, which records use, and of the common era, which people may write."""

from __future__ import annotations

BUDDHIST_OFFSET = 543
"""Years between the Buddhist and the common era, from 1 January 2484 B.E. on."""
LEAST_BUDDHIST = 2400
"""Smaller years are read as ones of the common era: the documents of this field begin in 2540 B.E."""


def buddhist_year(year: int) -> int:
    """A year of either era as one of the Buddhist era.

    >>> buddhist_year(2024), buddhist_year(2567)
    (2567, 2567)
    """
    return year + BUDDHIST_OFFSET if year < LEAST_BUDDHIST else year
