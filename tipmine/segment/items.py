"""Numbered items: their number separated from their text, and the line that introduced the list.

A line such as `มีข้อเสนอแนะ ดังนี้` ("the recommendations are:") says what the items below it are, even without a
heading. It applies to the items that follow without a break, even across pages, and to the items nested in them.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from tipmine.records import Kind
from tipmine.segment.kinds import Judged, kinds_of_list
from tipmine.segment.numbering import Marker, behind, boxed_item
from tipmine.segment.paragraphs import Paragraph
from tipmine.segment.resolutions import labels_a_resolution
from tipmine.segment.wordings import Wording

# Not ต่อไปนี้ alone (`as_follows`): it ends items such as `ควรครอบคลุมเนื้อหาต่อไปนี้`, and the line below the items of
# such an item (`หน่วยงานรับผิดชอบ: ...`) would be taken for one of these. Nor เช่น (`for_example`): it does not say what
# the items are.
_LEAD = Wording("namely", pattern=r"(?:ดัง(?:ต่อไป)?นี้|<words>|พบว่า|(?<!สม)มติ|ประการ|[:：])\s*$")
_LEAD_READ = 120
"""Characters at the end of a line that are kept of it as an introduction."""
# An item that asks a body for something continues in the items nested in it.
_ASKS = re.compile(r"ขอให้|(?:ขอ)?เสนอให้|เรียกร้องให้")
# The words of these numbers say what the passage is (ตัวชี้วัดที่ 2 ...), so they stay in the text.
_KEPT_IN_TEXT = "part:"
_PROPOSED = Wording("proposal", pattern="<words>(?:แนะ)?(?:ที่)?")
"""Words before the number of a proposal: they say what the item is, as a heading over it would."""


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph without its number, and the number as printed (empty for bullets and unnumbered paragraphs)."""

    number: str
    paragraph: Paragraph


def item_of(paragraph: Paragraph) -> Item:
    """Separate a paragraph's number from its text. Bullets are dropped, since they number nothing."""
    marker = paragraph.marker
    if marker is None or marker.end >= len(paragraph.text):
        return Item("", paragraph)
    dropped = marker.says_item or bool(_PROPOSED.fullmatch(marker.word))
    if marker.family.startswith(_KEPT_IN_TEXT) and not dropped:
        return Item(marker.text, paragraph)
    number = "" if marker.family.startswith("bullet") else marker.text
    return Item(number, paragraph.behind(marker.end))


class _Lead(NamedTuple):
    """A line that introduced a list: its depth, its words, and its kind if it tells somebody to act."""

    depth: int
    text: str
    kind: Kind | None = None


class Leads:
    """The lines that introduced the lists being read, outermost first."""

    def __init__(self) -> None:
        self._open: list[_Lead] = []
        self._label = ""  # of the resolution right below

    @property
    def kind(self) -> Kind | None:
        """The kind of the innermost introduction, which its items continue; None if it tells nobody to act."""
        return self._open[-1].kind if self._open else None

    def over(self, marker: Marker | None) -> tuple[str, ...]:
        """The introductions that apply to a paragraph with this marker, and the word before a proposal's number.

        An unnumbered paragraph ends all lists; right below the label of a resolution, it is that resolution.
        """
        label, self._label = self._label, ""
        if marker is None:
            self._open.clear()
            return (label,) if label else ()
        self._open = [lead for lead in self._open if lead.depth < marker.depth]
        proposal = (marker.word,) if _PROPOSED.fullmatch(marker.word) else ()
        return (*(lead.text for lead in self._open), *proposal)

    def read(self, paragraph: Paragraph, kind: Kind | None) -> None:
        """Remember a paragraph if it introduces a list; if it is the first item of a box, remember the box's label.

        `kind` is the paragraph's kind if it tells somebody to act, else None.
        """
        if label := paragraph.text[: boxed_item(paragraph.text)]:
            self._open.append(_Lead(0, label))
        elif labels_a_resolution(paragraph.text):
            self._label = paragraph.text
            self._open.append(_Lead(0, paragraph.text))
        elif _LEAD.search(paragraph.text) or (kind and _ASKS.match(behind(paragraph.text, paragraph.marker))):
            depth = paragraph.marker.depth if paragraph.marker else 0
            self._open.append(_Lead(depth, paragraph.text[-_LEAD_READ:], kind))

    def clear(self) -> None:
        """End all lists, as a heading does."""
        self._open.clear()
        self._label = ""


class Lists:
    """The items of each list of a document: by the form of their numbers, their headings and their lead."""

    def __init__(self) -> None:
        self._ended = 0  # how often all lists ended: lists before and after that are different ones
        self._items: dict[Hashable, list[tuple[int, Judged]]] = {}

    def end(self) -> None:
        """End all lists, as a heading or a paragraph without a number does."""
        self._ended += 1

    def add(self, at: int, of: Hashable, judged: Judged) -> None:
        """Add the passage at place `at` to the open list that `of` identifies."""
        self._items.setdefault((self._ended, of), []).append((at, judged))

    def kinds(self) -> Iterable[tuple[int, Kind]]:
        """The place of each item, and its kind judged together with the others in its list."""
        for items in self._items.values():
            kinds = kinds_of_list([judged for _, judged in items])
            yield from zip((at for at, _ in items), kinds, strict=True)
