"""Readable ids of recommendations that stay the same over reruns.

A passage's id changes with its text, but what people typed about it must not be lost when a letter is corrected. So
this id is made from what rarely changes: the document, the heading path and the printed number. A recommendation
without a number is numbered by its place among those of its section; such ids shift if one is inserted, and `carry.py`
then finds the old row by its text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import PurePath

from tipmine.digits import arabic_digits
from tipmine.ids import content_id
from tipmine.records import Passage

_HASH_DIGITS = 6
"""Hex digits of the hash of document, section and number. Two recommendations with the same number in one document
collide with a probability of 1 in 16 million; a counter then distinguishes them."""
_NOT_IN_NUMBER = re.compile(r"[^\w.]+")


def recommendation_ids(recommendations: Iterable[Passage]) -> dict[str, str]:
    """Passage id -> unique readable id. The passages must be in document order."""
    ids: dict[str, str] = {}
    seen: Counter[tuple[str, ...]] = Counter()
    used: set[str] = set()
    for passage in recommendations:
        number = plain_number(passage.number)
        place = (passage.doc, *passage.section, number)
        shown = f"{PurePath(passage.doc).stem}-{number or 'x'}"
        digits = content_id("r", *place, seen[place]).removeprefix("r-")[:_HASH_DIGITS]
        seen[place] += 1
        chosen, extra = f"{shown}-{digits}", 1
        while chosen in used:
            extra += 1
            chosen = f"{shown}-{digits}-{extra}"
        used.add(chosen)
        ids[passage.id] = chosen
    return ids


def plain_number(number: str) -> str:
    """A printed number without its brackets and with Arabic digits.

    >>> plain_number("(๑.๒)"), plain_number("3)")
    ('1.2', '3')
    """
    return _NOT_IN_NUMBER.sub("", arabic_digits(number)).strip(".")
