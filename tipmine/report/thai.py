"""Thai ways of writing dates, numbers and lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

T = TypeVar("T")

BUDDHIST = 543
"""Years between the Buddhist and the Common Era, from 1 January 2484 B.E. on."""
_MONTHS = (
    *("มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน"),
    *("กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"),
)
_TO_THAI = {ord("0") + i: ord("\N{THAI DIGIT ZERO}") + i for i in range(10)}
_TO_ARABIC = {thai: arabic for arabic, thai in _TO_THAI.items()}


def thai_date(day: date) -> str:
    """A date as Thai offices write it.

    >>> thai_date(date(2024, 11, 5))
    '5 พฤศจิกายน 2567'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year + BUDDHIST}"


def thai_digits(text: str) -> str:
    """Arabic digits as Thai digits.

    >>> thai_digits("หน้า 12")
    'หน้า ๑๒'
    """
    return text.translate(_TO_THAI)


def arabic_digits(text: str) -> str:
    """Thai digits as Arabic digits.

    >>> arabic_digits("หน้า ๑๒")
    'หน้า 12'
    """
    return text.translate(_TO_ARABIC)


def page_ranges(pages: Iterable[int]) -> str:
    """Page numbers as ranges.

    >>> page_ranges([1, 2, 3, 7])
    '1–3, 7'
    """
    runs: list[list[int]] = []
    for page in sorted(set(pages)):
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in runs)


def in_thai_order(items: Iterable[T], key: Callable[[T], str]) -> list[T]:
    """Items in the order of a Thai dictionary: leading vowels count after their consonant, tone marks last."""
    from pythainlp.util import collate

    ordered = list(items)
    places = {text: place for place, text in enumerate(collate(sorted({key(item) for item in ordered})))}
    return sorted(ordered, key=lambda item: places[key(item)])
