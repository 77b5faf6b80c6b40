"""Years of the Buddhist era, which records use, and of the common era, which people may write."""

from __future__ import annotations

BUDDHIST_OFFSET = 543
"""Years between the Buddhist and the common era, from 1 January 2484 B.E. on."""
LEAST_BUDDHIST = 2400
"""Smaller years are read as ones of the common era: the documents of this field begin in 2540 B.E."""
_DIGITS = 4
"""Most digits of a year; longer numbers are none."""


def buddhist_year(year: int) -> int:
    """A year of either era as one of the Buddhist era.

    >>> buddhist_year(2024), buddhist_year(2567)
    (2567, 2567)
    """
    return year + BUDDHIST_OFFSET if year < LEAST_BUDDHIST else year


def written_year(text: str) -> int | None:
    """A year that people wrote in digits, of either era, as one of the Buddhist era; None for anything else.

    >>> written_year("2024"), written_year(" 2567 "), written_year("\u0e52\u0e55\u0e56\u0e57"), written_year("25670")
    (2567, 2567, 2567, None)
    """
    digits = text.strip()
    return buddhist_year(int(digits)) if digits.isdecimal() and len(digits) <= _DIGITS else None
