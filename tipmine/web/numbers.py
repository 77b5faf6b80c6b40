"""Reads numbers in forms and addresses, which visitors may set to anything."""

from __future__ import annotations

_MOST_DIGITS = 12
"""More digits than any page, part, width or decision of a run has."""


def whole_number(text: str) -> int | None:
    """The number that `text` writes in decimal digits; None for anything else.

    >>> whole_number("12"), whole_number("-1"), whole_number("9" * 5000)
    (12, None, None)
    """
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else None
