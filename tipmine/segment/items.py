"""Numbered items: the number apart from the text, and the line that led into the list.

`มีข้อเสนอแนะ ดังนี้` over a list says what the items are; a heading need not stand there. The lead holds for the
items that follow without a break, also over pages, and for the items inside items.
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
    """A paragraph without its number, and the number as printed (empty for bullets and plain paragraphs)."""

    number: str
    paragraph: Paragraph


def item_of(paragraph: Paragraph) -> Item:
    """Take the number off a paragraph. Bullets go, as they number nothing."""
    marker = paragraph.marker
    if marker is None or marker.end >= len(paragraph.text):
        return Item("", paragraph)
    if marker.family.startswith(_KEPT_IN_TEXT) and marker.word not in _DROPPED_WORDS:
        return Item(marker.text, paragraph)
    number = "" if marker.family.startswith("bullet") else marker.text
    return Item(number, paragraph.behind(marker.end))


class Leads:
    """The open lead-ins: what was said over the list that is being read."""

    def __init__(self) -> None:
        self._open: list[tuple[int, str]] = []

    def over(self, marker: Marker | None) -> tuple[str, ...]:
        """The lead-ins that hold for a paragraph with this marker; a plain paragraph ends all lists."""
        if marker is None:
            self._open.clear()
            return ()
        self._open = [(depth, text) for depth, text in self._open if depth < marker.depth]
        return tuple(text for _, text in self._open)

    def read(self, paragraph: Paragraph) -> None:
        """Remember a paragraph that leads into a list."""
        if _LEAD.search(paragraph.text):
            depth = paragraph.marker.depth if paragraph.marker else 0
            self._open.append((depth, paragraph.text[-120:]))

    def clear(self) -> None:
        """A heading ends all lists."""
        self._open.clear()
