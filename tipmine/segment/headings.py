"""Recognises headings.

A paragraph is a heading if the extractor or a DOCX style says so; if it is short and stands out by size or weight; if
it is one of the fixed headings of Thai reports and plans; or if it has the number of a part (บทที่ ๑).
`heading_path.py` nests them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tipmine.segment import depths
from tipmine.segment.bodies import names_only
from tipmine.segment.characters import letters, squeeze
from tipmine.segment.heading_path import (
    Heading,
    decimal_of,
    is_number_only,
)
from tipmine.segment.numbering import Marker, behind, boxed_item, follows, marker_of
from tipmine.segment.paragraphs import Paragraph
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
LONGEST_PLAIN = 60
"""Most letters of a line that is a heading only because the extractor says so; more letters are running text."""
LONGEST_NUMBERED = 45
"""Most letters of a line that is a heading only because it is numbered and followed by text."""
_ENOUGH_UNDER = 60
"""Fewest letters of the paragraph under such a line."""
LARGER = 1.2
"""Points above the document's usual size from which a size stands out."""
SAME_MIDDLE = 3.0
"""Points by which the middles of two centred lines may differ, and by which their left ends must. Higher: headings at
the left edge join a title that happens to be as long; lower: lines that end with a mark or a stop do not count as
centred."""
MOSTLY_HEADINGS = 0.4
"""Share of a document's letters in paragraphs styled as headings above which that style says nothing. Higher: the text
of forms and tables is read as headings; lower: short documents lose their headings."""
MOSTLY_BOLD = 0.5
"""Share of a document's letters in bold lines above which bold type says nothing."""

_UNDER = re.compile(r"ข้อเสนอ(?:แนะ)?\s?(?:เชิง|ใน|สำหรับ|เพื่อ|ต่อ|ด้าน|ของ|โดยย่อ)|ด้าน|ระดับ|ระยะ|กลุ่ม|ประเด็น|สำหรับ")
_STYLE_LEVEL = re.compile(r"(?:heading|หัวเรื่อง)\s*([1-9])", re.IGNORECASE)
_TITLE_STYLE = re.compile(r"^(?:title|subtitle|ชื่อเรื่อง\S*)$", re.IGNORECASE)
_NEVER = Wording("never_heading")
# Two Thai consonants or four Latin letters: anything less is a formula or the label of an axis.
_WORD = re.compile(r"[\u0e01-\u0e2e].*[\u0e01-\u0e2e]|[A-Za-z]{4}")
_ENDS_OPEN = re.compile(r"(?:และ|หรือ|ใน|โดย|แก่|กับ|ให้|เพื่อ|คือ|มี|[,;])$")
# Numbers of items; parts of a document have others.
_NEVER_OF_PARTS = ("closed", "brackets")
# An item on the agenda, however it is worded: ระเบียบวาระที่ ๓ เรื่องสืบเนื่องจาก...
_NAMES_A_MATTER = "เรื่อง"
_NO_HEAD = ("-", "\u2013", "*", "\u201c", '"')


class _Listed:
    """The last numbered paragraph, if it was not a heading: then the next number of its list is not one, either.

    Text between two numbers separates them: then each may open a section. A bare label right above the next number is
    an item, and so is the label after it, whatever follows that.
    """

    def __init__(self) -> None:
        self._last: Marker | None = None
        self._boxed = False
        self._bare = False

    def read(self, marker: Marker | None, text: str, *, is_heading: bool, after: Paragraph | None = None) -> None:
        """Take note of a paragraph and whether it is a heading; a box's first item comes after the box's label."""
        self._boxed = bool(boxed_item(text)) or self.in_box(marker)
        self._bare = (
            not is_heading and self.is_bare(marker, after) and bool(FIXED_HEADING.fullmatch(behind(text, marker)))
        )
        self._last = None if is_heading else marker_of(text[boxed_item(text) :]) or marker

    def is_bare(self, marker: Marker | None, after: Paragraph | None) -> bool:
        """Whether the next number is right below the number `marker`, or the item before was such a bare label."""
        if marker is None or not marker.path:
            return False
        next_below = after is not None and after.marker is not None and follows(after.marker, marker)
        return next_below or (self._bare and self.goes_on(marker))

    def goes_on(self, marker: Marker | None) -> bool:
        """Whether the paragraph before is the item before `marker` in a list."""
        return bool(marker and marker.path and self._last and follows(marker, self._last))

    def in_box(self, marker: Marker | None) -> bool:
        """Whether the list of `marker` began in a box."""
        return self._boxed and self.goes_on(marker)


class HeadingReader:
    """Recognises the headings of one document by how they differ from its usual text."""

    def __init__(self, paragraphs: Sequence[Paragraph], title: str = "") -> None:
        self._title = squeeze(title)
        self._size = _usual_size(paragraphs)
        self._headings_are_usual = _share_headings(paragraphs) > MOSTLY_HEADINGS
        self._bold_is_usual = _share_bold(paragraphs) > MOSTLY_BOLD
        self._cover = _cover_of(paragraphs, self._size + LARGER)
        self._listed = _Listed()
        self._title_above: Paragraph | None = None  # the title, if it was read last
        self._parts: dict[str, tuple[float, bool]] = {}  # size and weight of the last heading with such a word
        self._names_chapter = False
        self._listed_names = False
        self._title_size = max((p.first.size for p in paragraphs[:8] if p.first.page <= 1), default=0.0)

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
        stands_out = paragraph.role == "heading" or paragraph.first.bold or paragraph.first.size > self._size + LARGER
        is_title = at_start and (self._title.startswith(text) or (stands_out and letters(text) <= LONGEST_TITLE))
        # A file may begin with an item: a number before what someone should do does not begin a title.
        is_title = is_title and not (paragraph.marker and (PREDICATE.search(text) or PROPOSAL.match(text)))
        names = bool(PROPOSAL.search(" > ".join(under))) and names_only(behind(text, paragraph.marker))
        addressed = names and self._is_addressed(paragraph, after)
        is_heading = bool(text) and (is_title or addressed or self._is_heading(paragraph, text, after))
        self._listed_names = names and not is_heading
        self._listed.read(paragraph.marker, text, is_heading=is_heading, after=after)
        self._names_chapter = is_heading and is_number_only(text)
        if not is_heading:
            self._title_above = None
            return None
        if paragraph.marker and paragraph.marker.word:
            self._parts[paragraph.marker.word] = (paragraph.first.size, paragraph.first.bold)
        level = _style_level(paragraph.first.style)
        title = bool(_TITLE_STYLE.match(paragraph.first.style)) or self._is_title(paragraph, at_start)
        title = title or (self._title_above is not None and _is_subtitle(self._title_above, paragraph))
        self._title_above = paragraph if title else None
        marker = paragraph.marker
        label = text[marker.end :] if marker and marker.family.startswith("bullet") else text
        rank = depths.NAMES if names else _rank(paragraph, text)
        return Heading(
            text=label,
            level=level,
            size=paragraph.first.size,
            rank=rank,
            bold=paragraph.first.bold,
            title=title,
            number=decimal_of(marker),
            part=marker.word if marker else "",
        )

    def _is_addressed(self, paragraph: Paragraph, after: Paragraph | None) -> bool:
        """Whether a line of names is the heading of what is proposed to those named; in a list, names are items."""
        marker = paragraph.marker
        if after is None or self._listed_names or (marker and not marker.path):
            return False
        nested = after.marker is None or marker is None or after.marker.depth > marker.depth
        return nested and not names_only(behind(squeeze(after.text), after.marker))

    def _is_title(self, paragraph: Paragraph, at_start: bool) -> bool:
        size = paragraph.first.size
        if paragraph.marker is not None or FIXED_HEADING.fullmatch(squeeze(paragraph.text)):
            return False
        if self._cover and paragraph.first.page == self._cover:
            return True
        return at_start or (size > 0 and paragraph.first.page <= 1 and size >= self._title_size > self._size + LARGER)

    def _is_heading(self, paragraph: Paragraph, text: str, after: Paragraph | None) -> bool:
        if _style_level(paragraph.first.style) or _TITLE_STYLE.match(paragraph.first.style):
            return True
        count = letters(text)
        if not SHORTEST <= count <= LONGEST or not _has_word(text) or is_caption(text) or _NEVER.match(text):
            return False
        marker = paragraph.marker
        if boxed_item(text) or self._listed.in_box(marker):
            return False
        body = behind(text, marker)
        item = self._listed.goes_on(marker)
        fixed = FIXED_HEADING.fullmatch(body) and count <= LONGEST_FIXED and not PREDICATE.search(body)
        listed = item and marker and marker.family.startswith(_NEVER_OF_PARTS)
        bare = self._listed.is_bare(marker, after) and not self._stands_out(paragraph, count)
        names_chapter = self._names_chapter and marker is None and count <= LONGEST_PLAIN and not PREDICATE.search(text)
        if names_chapter or (fixed and not listed and not bare):
            return True
        if marker and marker.word in wordings("titled_part"):
            return body.startswith(_NAMES_A_MATTER) or not PREDICATE.search(body)
        if marker and self._is_like_the_part_before(paragraph, marker) and self._stands_out(paragraph, count):
            return True
        if PREDICATE.search(body) or _ENDS_OPEN.search(body) or text.startswith(_NO_HEAD):
            return False
        over_text = after is None or not self._stands_out(after, letters(after.text))
        return self._stands_out(paragraph, count) or (not item and over_text and _announces(paragraph, body, after))

    def _is_like_the_part_before(self, paragraph: Paragraph, marker: Marker) -> bool:
        """Whether the last heading with this word before its number looked the same: then even a question is the next.

        `ประเด็นที่ 3 อาชีพและหนี้สิน`, `ประเด็นที่ 4 ใครควรเป็นคนติดตาม`.
        """
        return self._parts.get(marker.word) == (paragraph.first.size, paragraph.first.bold)

    def _stands_out(self, paragraph: Paragraph, count: int) -> bool:
        larger = paragraph.first.size > self._size + LARGER if self._size > 0 else False
        bold = all(line.bold for line in paragraph.lines) and not self._bold_is_usual
        # The extractor sees the page, but if there is more table than text, it takes all text for headings.
        said = paragraph.role == "heading" and count <= LONGEST_PLAIN and not self._headings_are_usual
        return (larger and not self._headings_are_usual) or bold or said


def _is_subtitle(title: Paragraph, paragraph: Paragraph) -> bool:
    """Whether a heading without a number is centred under the title right above it, as the rest of the title."""
    above, below = title.lines[-1].box, paragraph.first.box
    if above is None or below is None or paragraph.marker or FIXED_HEADING.fullmatch(squeeze(paragraph.text)):
        return False
    centred = abs((above.x0 + above.x1) - (below.x0 + below.x1)) / 2 <= SAME_MIDDLE
    return title.first.page == paragraph.first.page and centred and abs(above.x0 - below.x0) > SAME_MIDDLE


def _cover_of(paragraphs: Sequence[Paragraph], larger: float) -> int:
    """The first page, if it is a cover, with running text only on later pages; else 0.

    `larger` is the size in points from which text stands out.
    """
    first = paragraphs[0].first.page if paragraphs and paragraphs[0].first.box else 0
    here = [paragraph for paragraph in paragraphs if paragraph.first.page == first]
    text = any(
        letters(paragraph.text) > LONGEST_PLAIN
        and not (paragraph.role == "heading" or paragraph.first.bold or paragraph.first.size > larger)
        for paragraph in here
    )
    return 0 if text or any(p.marker for p in here) or len(here) == len(paragraphs) else first


def _announces(paragraph: Paragraph, body: str, after: Paragraph | None) -> bool:
    """Whether a short numbered line, such as `1.2 ความเป็นมา`, is followed by text rather than by the next number."""
    marker = paragraph.marker
    if marker is None or after is None or len(paragraph.lines) > 1:
        return False
    longest = LONGEST_FIXED if is_topic_of(paragraph.text, after.text) else LONGEST_NUMBERED
    if letters(body) > longest:
        return False
    if marker.word in ("ข้อ", "ข้อที่", "มาตรา"):
        return False
    if not marker.family.startswith(("decimal", "part")) or after.marker is None:
        return marker.family.startswith(("decimal", "part")) and letters(after.text) > _ENOUGH_UNDER
    return after.marker.depth > marker.depth


def is_fixed_heading(text: str) -> bool:
    """Whether a line, without its number, is one of the headings that Thai reports and plans have in common."""
    return bool(FIXED_HEADING.fullmatch(squeeze(text)))


def _has_word(text: str) -> bool:
    return bool(_WORD.search(text))


def _style_level(style: str) -> int:
    found = _STYLE_LEVEL.search(style)
    return int(found[1]) if found else 0


def _rank(paragraph: Paragraph, text: str) -> int:
    marker = paragraph.marker
    if marker is not None:
        return marker.depth
    if _UNDER.match(text):
        return depths.DIVISION
    return depths.FIXED_HEADING if FIXED_HEADING.fullmatch(text) else depths.OTHER_HEADING


def _usual_size(paragraphs: Sequence[Paragraph]) -> float:
    counts: dict[float, int] = {}
    for paragraph in paragraphs:
        for line in paragraph.lines:
            if line.size > 0:
                size = round(2 * line.size) / 2
                counts[size] = counts.get(size, 0) + letters(line.text)
    return max(counts, key=lambda size: counts[size]) if counts else 0.0


def _share_headings(paragraphs: Sequence[Paragraph]) -> float:
    total = sum(letters(paragraph.text) for paragraph in paragraphs)
    return sum(letters(paragraph.text) for paragraph in paragraphs if paragraph.role == "heading") / max(total, 1)


def _share_bold(paragraphs: Sequence[Paragraph]) -> float:
    total = bold = 0
    for paragraph in paragraphs:
        for line in paragraph.lines:
            count = letters(line.text)
            total += count
            bold += count if line.bold else 0
    return bold / total if total else 0.0
