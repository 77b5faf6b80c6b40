"""Numbered items: their number separated from their text, and the line that introduced the list.

A line such as `มีข้อเสนอแนะ ดังนี้` ("the recommendations are:") says what the items below it are, even without a
heading. It holds for the items that follow without a break, also over pages, and for items nested in them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tipmine.segment.numbering import Marker
from tipmine.segment.paragraphs import Paragraph

_LEAD = re.compile(r"(?:ดังนี้|ดังต่อไปนี้|ได้แก่|ประกอบด้วย|ดังนี้คือ|คือ|[:：])\s*$")
# The words behind these numbers say what the passage is (ตัวชี้วัดที่ 2 ...): they stay in the text.
_KEPT_IN_TEXT = "part:"
_DROPPED_WORDS = frozenset({"ข้อ", "ข้อที่"})


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph without its number, and the number as printed (empty for bullets and unnumbered paragraphs)."""

    number: str
    paragraph: Paragraph


def item_of(paragraph: Paragraph) -> Item:
    """Separate the number of a paragraph from its text. Bullets are dropped, since they number nothing."""
    marker = paragraph.marker
    if marker is None or marker.end >= len(paragraph.text):
        return Item("", paragraph)
    if marker.family.startswith(_KEPT_IN_TEXT) and marker.word not in _DROPPED_WORDS:
        return Item(marker.text, paragraph)
    number = "" if marker.family.startswith("bullet") else marker.text
    return Item(number, paragraph.behind(marker.end))


class Leads:
    """The lines that introduced the lists which are being read, outermost first."""

    def __init__(self) -> None:
        self._open: list[tuple[int, str]] = []

    def over(self, marker: Marker | None) -> tuple[str, ...]:
        """The introductions that hold for a paragraph with this marker; an unnumbered paragraph ends all lists."""
        if marker is None:
            self._open.clear()
            return ()
        self._open = [(depth, text) for depth, text in self._open if depth < marker.depth]
        return tuple(text for _, text in self._open)

    def read(self, paragraph: Paragraph) -> None:
        """Remember a paragraph if it introduces a list."""
        if _LEAD.search(paragraph.text):
            depth = paragraph.marker.depth if paragraph.marker else 0
            self._open.append((depth, paragraph.text[-120:]))

    def clear(self) -> None:
        """End all lists, as a heading does."""
        self._open.clear()
