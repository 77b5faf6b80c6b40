"""The order of a Thai dictionary (Royal Society of Thailand), as a key to sort by."""

from __future__ import annotations

import re

from tipmine.digits import arabic_digits

_LEADING = re.compile(r"([\u0e40-\u0e44])([\u0e01-\u0e2e])")
"""A vowel that is written before its consonant, and the consonant."""
_MARKS = re.compile(r"[\u0e47-\u0e4e]")
"""Mai taikhu, the tone marks, thanthakhat and the signs in their place."""


def thai_order(text: str) -> tuple[str, tuple[tuple[int, str], ...], str]:
    """A key for `sorted`: by letters, a leading vowel counting after its consonant; marks decide only between equals.

    Thai digits count as Arabic ones and, like these, sort before letters.

    >>> sorted(["ที่อื่น", "ไก่", "ที่", "๔", "เก", "ที", "12", "ที่มา"], key=thai_order)
    ['12', '๔', 'เก', 'ไก่', 'ที', 'ที่', 'ที่มา', 'ที่อื่น']
    """
    turned = _LEADING.sub(r"\2\1", arabic_digits(text))
    letters = _MARKS.sub("", turned)
    # Minus the place: of two words that differ in their marks, the one whose first mark is later comes first.
    marks = tuple((place - match.start(), match.group()) for place, match in enumerate(_MARKS.finditer(turned)))
    return letters, marks, text
