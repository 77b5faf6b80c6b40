"""Finds listed names in short texts, such as headings, by their letters alone; no division into words is needed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_OF_A_PLACE = re.compile(r"(?:จังหวัด|อำเภอ|ตำบล|เขต|เทศบาล(?:นคร|เมือง)?|ภูธร)$")


def takes_a_place(text: str, start: int, end: int) -> bool:
    """Whether the name `text[start:end]` ends in a way that calls for a place name after it: `แรงงานจังหวัด` + `ระนอง`.

    >>> takes_a_place("แรงงานจังหวัดระนอง", 0, 13), takes_a_place("กรมการจัดหางาน", 0, 14)
    (True, False)
    """
    return bool(_OF_A_PLACE.search(text, start, end))


class LongestForms:
    """Finds forms from left to right, the longest at each place."""

    def __init__(self, forms: Iterable[str]) -> None:
        self._forms = frozenset(forms)
        self._lengths = sorted({len(form) for form in self._forms}, reverse=True)

    def at(self, text: str, start: int) -> str:
        """The longest form that begins at `start` of `text`; empty if none does.

        >>> LongestForms(["กรม", "กรมการจัดหางาน"]).at("ที่กรมการจัดหางาน", 3)
        'กรมการจัดหางาน'
        """
        return next(
            (text[start : start + size] for size in self._lengths if text[start : start + size] in self._forms), ""
        )

    def find(self, text: str) -> Sequence[tuple[int, int, str]]:
        """The forms in `text`: half-open offsets, and the form."""
        hits = []
        at = 0
        while at < len(text):
            form = self.at(text, at)
            if form:
                hits.append((at, at + len(form), form))
            at += len(form) or 1
        return hits
