"""Recognises headings.

A paragraph is a heading if the extractor or a DOCX style says so; if it is short and stands out by size or weight; if
it is one of the fixed headings of Thai reports and plans; or if it has the number of a part (บทที่ ๑).
`heading_path.py` nests them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tipmine.segment import depths
from tipmine.segment.bodies import names_only
from tipmine.segment.characters import letters, squeeze
from tipmine.segment.heading_path import Heading, decimal_of, is_number_only
from tipmine.segment.numbering import Marker, behind, boxed_item, follows, marker_of
from tipmine.segment.paragraphs import Paragraph
from tipmine.segment.prominence import LONGEST_PLAIN, Prominence
from tipmine.segment.sentences import FIXED_HEADING, PREDICATE, is_caption, is_topic_of
from tipmine.segment.wordings import PROPOSAL, Wording, wordings

LONGEST = 150
"""Most letters of a heading; longer ones are paragraphs in bold type."""
SHORTEST = 3
"""Fewest letters of a heading."""
LONGEST_TITLE = 300
"""Most letters of a title; titles of reports run over several lines."""
LONGEST_FIXED = 100
"""Most letters of a line that is a heading only by its wording, such as ข้อเสนอแนะ with an addition."""
LONGEST_NUMBERED = 45
"""Most letters of a line that is a heading only because it is numbered and followed by text."""
_ENOUGH_UNDER = 60
"""Fewest letters of the paragraph under such a line."""
SAME_MIDDLE = 3.0
"""Points by which the middles of two centred lines may differ, and by which their left ends must. Higher: headings at
the left edge join a title that happens to be as long; lower: lines that end with a mark or a stop do not count as
centred."""

_UNDER = Wording("division", pattern=r"ข้อเสนอ(?:แนะ)?\s?(?:เชิง|ใน|สำหรับ|เพื่อ|ต่อ|ด้าน|ของ|โดยย่อ)|<words>|สำหรับ")
_STYLE_LEVEL = re.compile(r"(?:heading|หัวเรื่อง)\s*([1-9])", re.IGNORECASE)
_TITLE_STYLE = re.compile(r"^(?:title|subtitle|ชื่อเรื่อง\S*)$", re.IGNORECASE)
_NEVER = Wording("letter_head", "never_heading")
# Two Thai consonants or four Latin letters: anything less is a formula or the label of an axis.
_WORD = re.compile(r"[\u0e01-\u0e2e].*[\u0e01-\u0e2e]|[A-Za-z]{4}")
_ENDS_OPEN = re.compile(r"(?:และ|หรือ|ใน|โดย|แก่|กับ|ให้|เพื่อ|คือ|มี|[,;])$")
# A gap to be filled in, or what leads the eye to the number of a page.
_LEADERS = re.compile(r"\.{5,}|\u2026{3,}|_{5,}")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_NUMBERS_OF_ITEMS = ("closed", "brackets")
_NUMBERS_OF_PARTS = ("decimal", "part")
# An item on the agenda, however it is worded: ระเบียบวาระที่ ๓ เรื่องสืบเนื่องจาก...
_NAMES_A_MATTER = "เรื่อง"
_NO_HEAD = ("-", "\u2013", "*", "\u201c", '"')


class _ItemAbove:
    """The last numbered paragraph, if it was not a heading: then the next number of its list is not one, either.

    Text between two numbers separates them: then each may open a section. A bare label right above the next number is
    an item, and so is the label after it, whatever follows that.
    """

    def __init__(self) -> None:
        self._marker: Marker | None = None
        self._in_box = False
        self._is_bare_label = False

    def note(self, marker: Marker | None, text: str, *, is_heading: bool, after: Paragraph | None) -> None:
        """Take note of a paragraph and whether it is a heading; a box's first item comes after the box's label."""
        self._in_box = bool(boxed_item(text)) or self.continues_box(marker)
        self._is_bare_label = (
            not is_heading and self.is_bare_label(marker, after) and bool(FIXED_HEADING.fullmatch(behind(text, marker)))
        )
        self._marker = None if is_heading else marker_of(text[boxed_item(text) :]) or marker

    def is_bare_label(self, marker: Marker | None, after: Paragraph | None) -> bool:
        """Whether the next number is right below the number `marker`, or the item before was such a bare label."""
        if marker is None or not marker.path:
            return False
        next_is_below = after is not None and after.marker is not None and follows(after.marker, marker)
        return next_is_below or (self._is_bare_label and self.is_before(marker))

    def is_before(self, marker: Marker | None) -> bool:
        """Whether the paragraph before is the item before `marker` in a list."""
        return bool(marker and marker.path and self._marker and follows(marker, self._marker))

    def continues_box(self, marker: Marker | None) -> bool:
        """Whether the list of `marker` began in a box."""
        return self._in_box and self.is_before(marker)


class HeadingReader:
    """Recognises the headings of one document by how they differ from its usual text.

    It is given the paragraphs one after the other and remembers what the next one needs.
    """

    def __init__(self, paragraphs: Sequence[Paragraph], title: str = "") -> None:
        self._title = squeeze(title)
        self._prominence = Prominence(paragraphs)
        self._item_above = _ItemAbove()
        self._title_above: Paragraph | None = None  # the paragraph before, if it is the title
        self._looks_of_parts: dict[str, tuple[float, bool]] = {}
        """Size and weight of the last heading with each word before its number."""
        self._chapter_awaits_name = False
        """Whether the paragraph before is only the number of a chapter."""
        self._names_are_items = False
        """Whether the paragraph before is an item that names bodies."""

    def read(
        self,
        paragraph: Paragraph,
        after: Paragraph | None = None,
        *,
        at_start: bool = False,
        under: Sequence[str] = (),
    ) -> Heading | None:
        """`paragraph` as a heading, or None if it is not one.

        `after` is the next paragraph, if any; `at_start` says that the paragraph is the document's first; `under` holds
        the open headings.
        """
        text = squeeze(paragraph.text)
        if paragraph.marker and text != paragraph.text:
            # Two spaces behind a number: the number ends elsewhere in the squeezed text.
            paragraph = replace(paragraph, text=text, marker=marker_of(text) or paragraph.marker)
        names_bodies = bool(PROPOSAL.search(" > ".join(under))) and names_only(behind(text, paragraph.marker))
        is_heading = bool(text) and (
            (at_start and self._begins_document(paragraph, text))
            or (names_bodies and self._addresses_those_named(paragraph, after))
            or self._is_heading(paragraph, text, after)
        )
        is_title = is_heading and self._is_title(paragraph, at_start=at_start)

        self._item_above.note(paragraph.marker, text, is_heading=is_heading, after=after)
        self._title_above = paragraph if is_title else None
        self._chapter_awaits_name = is_heading and is_number_only(text)
        self._names_are_items = names_bodies and not is_heading
        if not is_heading:
            return None
        if paragraph.marker and paragraph.marker.word:
            self._looks_of_parts[paragraph.marker.word] = _look(paragraph)
        return _heading(paragraph, text, depths.NAMES if names_bodies else _rank(paragraph, text), is_title=is_title)

    def _begins_document(self, paragraph: Paragraph, text: str) -> bool:
        """Whether the first paragraph is the document's title or a heading.

        A file may begin with an item: a number before what someone should do does not begin a title.
        """
        if paragraph.marker and (PREDICATE.search(text) or PROPOSAL.match(text)):
            return False
        is_known_title = self._title.startswith(text)
        return is_known_title or (self._prominence.is_displayed(paragraph) and letters(text) <= LONGEST_TITLE)

    def _addresses_those_named(self, paragraph: Paragraph, after: Paragraph | None) -> bool:
        """Whether a line of names is the heading of what is proposed to those named; in a list, names are items."""
        marker = paragraph.marker
        if after is None or self._names_are_items or (marker and not marker.path):
            return False
        is_over_next = after.marker is None or marker is None or after.marker.depth > marker.depth
        return is_over_next and not names_only(behind(squeeze(after.text), after.marker))

    def _is_title(self, heading: Paragraph, *, at_start: bool) -> bool:
        """Whether a heading is the title of the document or a part of it."""
        if _TITLE_STYLE.match(heading.first.style):
            return True
        if heading.marker is not None or is_fixed_heading(heading.text):
            return False
        return (
            at_start
            or self._prominence.is_on_cover(heading)
            or self._prominence.is_set_as_title(heading)
            or self._continues_title(heading)
        )

    def _continues_title(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph is centred under the title right above it, as the rest of the title."""
        return self._title_above is not None and _is_centred_under(self._title_above, paragraph)

    def _is_heading(self, paragraph: Paragraph, text: str, after: Paragraph | None) -> bool:
        """Whether a paragraph is a heading wherever it is in the document: by its style, wording, number or look."""
        if _style_level(paragraph.first.style) or _TITLE_STYLE.match(paragraph.first.style):
            return True
        marker = paragraph.marker
        if not _could_be_heading(text) or boxed_item(text) or self._item_above.continues_box(marker):
            return False
        if _IN_BRACKETS.fullmatch(text) and not self._continues_title(paragraph):
            return False
        if self._names_chapter(marker, text) or self._is_fixed(paragraph, text, after):
            return True
        body = behind(text, marker)
        is_sentence = bool(PREDICATE.search(body))
        if marker and marker.word in wordings("titled_part"):
            return body.startswith(_NAMES_A_MATTER) or not is_sentence
        stands_out = self._prominence.stands_out(paragraph)
        if stands_out and marker and self._is_like_the_part_before(paragraph, marker):
            return True
        if is_sentence or _ENDS_OPEN.search(body) or text.startswith(_NO_HEAD):
            return False
        if paragraph.flush_right and marker is None:
            return False  # who wrote what is above or below, a date, a signature
        return stands_out or self._announces_text(paragraph, body, after)

    def _names_chapter(self, marker: Marker | None, text: str) -> bool:
        """Whether a line below the number of a chapter is the chapter's name."""
        short = letters(text) <= LONGEST_PLAIN and not PREDICATE.search(text)
        return self._chapter_awaits_name and marker is None and short

    def _is_fixed(self, paragraph: Paragraph, text: str, after: Paragraph | None) -> bool:
        """Whether a paragraph is one of the fixed headings and not an item or a bare label in a list."""
        marker = paragraph.marker
        body = behind(text, marker)
        if not FIXED_HEADING.fullmatch(body) or letters(text) > LONGEST_FIXED or PREDICATE.search(body):
            return False
        if marker and marker.family.startswith(_NUMBERS_OF_ITEMS) and self._item_above.is_before(marker):
            return False
        return self._prominence.stands_out(paragraph) or not self._item_above.is_bare_label(marker, after)

    def _is_like_the_part_before(self, paragraph: Paragraph, marker: Marker) -> bool:
        """Whether the last heading with this word before its number looked the same: then even a question is the next.

        `ประเด็นที่ 3 อาชีพและหนี้สิน`, `ประเด็นที่ 4 ใครควรเป็นคนติดตาม`.
        """
        return self._looks_of_parts.get(marker.word) == _look(paragraph)

    def _announces_text(self, paragraph: Paragraph, body: str, after: Paragraph | None) -> bool:
        """Whether a short numbered line, such as `1.2 ความเป็นมา`, is followed by text rather than by the next number.

        `body` is the line without its number. A line that continues a list is its next item.
        """
        marker = paragraph.marker
        if marker is None or after is None or len(paragraph.lines) > 1:
            return False
        if self._item_above.is_before(marker) or self._prominence.stands_out(after):
            return False
        longest = LONGEST_FIXED if is_topic_of(paragraph.text, after.text) else LONGEST_NUMBERED
        if letters(body) > longest or marker.says_item or marker.says_article:
            return False
        if not marker.family.startswith(_NUMBERS_OF_PARTS):
            return False
        return letters(after.text) > _ENOUGH_UNDER if after.marker is None else after.marker.depth > marker.depth


def is_fixed_heading(text: str) -> bool:
    """Whether a line, without its number, is one of the headings that Thai reports and plans have in common."""
    return bool(FIXED_HEADING.fullmatch(squeeze(text)))


def _heading(paragraph: Paragraph, text: str, rank: int, *, is_title: bool) -> Heading:
    """A heading with all that its place in the path depends on; its text is without a bullet."""
    marker, first = paragraph.marker, paragraph.first
    return Heading(
        text=text[marker.end :] if marker and marker.family.startswith("bullet") else text,
        level=_style_level(first.style),
        size=first.size,
        rank=rank,
        bold=first.bold,
        title=is_title,
        number=decimal_of(marker),
        part=marker.word if marker else "",
    )


def _look(paragraph: Paragraph) -> tuple[float, bool]:
    """The size and the weight of a paragraph's first line."""
    return paragraph.first.size, paragraph.first.bold


def _could_be_heading(text: str) -> bool:
    """Whether a text has the length of a heading and a word in it, and is nothing that only looks like a heading."""
    if not SHORTEST <= letters(text) <= LONGEST or not _WORD.search(text):
        return False
    return not (is_caption(text) or _NEVER.match(text) or _LEADERS.search(text))


def _is_centred_under(title: Paragraph, heading: Paragraph) -> bool:
    """Whether a heading is centred under the title right above it, as the rest of the title."""
    above, below = title.lines[-1].box, heading.first.box
    if above is None or below is None or title.first.page != heading.first.page:
        return False
    one_middle = abs((above.x0 + above.x1) - (below.x0 + below.x1)) / 2 <= SAME_MIDDLE
    return one_middle and abs(above.x0 - below.x0) > SAME_MIDDLE


def _style_level(style: str) -> int:
    """The level of a heading style, such as 2 for `Heading 2`; 0 for other styles."""
    level = _STYLE_LEVEL.search(style)
    return int(level[1]) if level else 0


def _rank(paragraph: Paragraph, text: str) -> int:
    """The depth of a heading by its number or its wording, on the scale of `depths.py`."""
    if paragraph.marker is not None:
        return paragraph.marker.depth
    if _UNDER.match(text):
        return depths.DIVISION
    return depths.FIXED_HEADING if FIXED_HEADING.fullmatch(text) else depths.OTHER_HEADING
