"""Years of the Buddhist era, which records use, and of the common era, which people may write; names of the months."""

from __future__ import annotations

BUDDHIST_OFFSET = 543
"""Years between the Buddhist and the common era, from 1 January 2484 B.E. on."""
LEAST_BUDDHIST = 2400
"""Smaller years are read as years of the common era: the documents of this field begin in 2540 B.E."""
_LEAST_WRITTEN, _MOST_WRITTEN = 1000, 9999
"""Smallest and greatest number that is taken for a year. With two digits, as in ปี 67, the era is unclear."""
MONTHS = (
    *("มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน"),
    *("กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"),
)
"""The names of the months, January first."""


def buddhist_year(year: int) -> int:
    """A year of either era as one of the Buddhist era.

    >>> buddhist_year(2024), buddhist_year(2567)
    (2567, 2567)
    """
    return year + BUDDHIST_OFFSET if year < LEAST_BUDDHIST else year


def written_year(text: str) -> int | None:
    """A year of either era that people wrote in four digits, as one of the Buddhist era; None for anything else.

    >>> written_year("2024"), written_year(" 2567 "), written_year("\u0e52\u0e55\u0e56\u0e57"), written_year("67")
    (2567, 2567, 2567, None)
    """
    digits = text.strip()
    # Python refuses to read numbers of some thousand digits.
    year = int(digits) if digits.isdecimal() and len(digits) <= len(str(_MOST_WRITTEN)) else 0
    return buddhist_year(year) if _LEAST_WRITTEN <= year <= _MOST_WRITTEN else None
