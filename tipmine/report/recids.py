"""Ids of recommendations that people can read, quote and type beside, and that outlive a rerun.

A passage's id changes with its wording; what people typed must not be lost when a letter is corrected. So this id
is made of what stays: the document, the heading path and the printed number. Where a document prints no numbers, the
place among the unnumbered recommendations of the section stands in; such ids shift when one is inserted, and
`carry.py` then finds the old row by its wording.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import PurePath

from tipmine.ids import content_id
from tipmine.records import Passage
from tipmine.report.thai import arabic_digits

_HASH_DIGITS = 6
"""Hex digits over document, section and number: two recommendations of one document and number meet with a chance
of 1 in 16 million, and then take a counter."""
_NOT_IN_NUMBER = re.compile(r"[^\w.]+")


def recommendation_ids(recommendations: Iterable[Passage]) -> dict[str, str]:
    """Passage id -> readable id, different for each; the passages come in document order."""
    found: dict[str, str] = {}
    seen: Counter[tuple[str, ...]] = Counter()
    taken: set[str] = set()
    for passage in recommendations:
        number = plain_number(passage.number)
        place = (passage.doc, *passage.section, number)
        shown = f"{PurePath(passage.doc).stem}-{number or 'x'}"
        digits = content_id("r", *place, seen[place]).removeprefix("r-")[:_HASH_DIGITS]
        seen[place] += 1
        chosen, extra = f"{shown}-{digits}", 1
        while chosen in taken:
            extra += 1
            chosen = f"{shown}-{digits}-{extra}"
        taken.add(chosen)
        found[passage.id] = chosen
    return found


def plain_number(number: str) -> str:
    """A printed number without its brackets and with Arabic digits.

    >>> plain_number("(๑.๒)"), plain_number("3)")
    ('1.2', '3')
    """
    return _NOT_IN_NUMBER.sub("", arabic_digits(number)).strip(".")
