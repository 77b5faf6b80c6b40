"""Thai formats of dates, numbers and lists."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tipmine.years import BUDDHIST_OFFSET, MONTHS


def thai_date(day: date) -> str:
    """A date as Thai offices write it.

    >>> thai_date(date(2024, 11, 5))
    '5 พฤศจิกายน 2567'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year + BUDDHIST_OFFSET}"


def page_ranges(pages: Iterable[int]) -> str:
    """Page numbers as ranges; 0, which stands for a document without pages, is left out.

    >>> page_ranges([1, 2, 3, 7])
    '1–3, 7'
    >>> page_ranges([0])
    ''
    """
    runs: list[list[int]] = []
    for page in sorted(set(pages) - {0}):
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in runs)
