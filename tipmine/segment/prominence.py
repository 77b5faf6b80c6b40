"""How the usual text of a document is set, and which paragraphs stand out from it by size, weight or role."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tipmine.segment.characters import letters
from tipmine.segment.paragraphs import Paragraph

LONGEST_PLAIN = 60
"""Most letters of a line that is a heading only because the extractor says so; more letters are running text."""
LARGER = 1.2
"""Points above the document's usual size from which a size stands out."""
MOSTLY_HEADINGS = 0.4
"""Share of a document's letters in paragraphs styled as headings above which that style says nothing. Higher: the text
of forms and tables is read as headings; lower: short documents lose their headings."""
MOSTLY_BOLD = 0.5
"""Share of a document's letters in bold lines above which bold type says nothing."""
_HEAD_OF_DOCUMENT = 8
"""Number of first paragraphs among which the title is the largest."""


class Prominence:
    """What stands out in one document."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self._usual_size = _usual_size(paragraphs)
        self._headings_are_usual = _share_of_headings(paragraphs) > MOSTLY_HEADINGS
        self._bold_is_usual = _share_of_bold(paragraphs) > MOSTLY_BOLD
        self._title_size = max((p.first.size for p in paragraphs[:_HEAD_OF_DOCUMENT] if p.first.page <= 1), default=0.0)
        self._cover = self._cover_of(paragraphs)

    def stands_out(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph stands out from its document's usual text."""
        larger = self._is_larger(paragraph) and not self._headings_are_usual
        bold = all(line.bold for line in paragraph.lines) and not self._bold_is_usual
        # The extractor sees the page, but if there is more table than text, it takes all text for headings.
        short_heading = paragraph.role == "heading" and letters(paragraph.text) <= LONGEST_PLAIN
        return larger or bold or (short_heading and not self._headings_are_usual)

    def is_displayed(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph is larger, bold or a heading to the extractor, however usual that is in its document."""
        return paragraph.role == "heading" or paragraph.first.bold or self._is_larger(paragraph)

    def is_on_cover(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph is on a first page without running text."""
        return self._cover > 0 and paragraph.first.page == self._cover

    def is_set_as_title(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph of the first page is in the largest type at the head of the document."""
        size = paragraph.first.size
        large = size >= self._title_size > self._usual_size + LARGER
        return size > 0 and paragraph.first.page <= 1 and large

    def _is_larger(self, paragraph: Paragraph) -> bool:
        return paragraph.first.size > self._usual_size + LARGER

    def _cover_of(self, paragraphs: Sequence[Paragraph]) -> int:
        """The first page, if it is a cover, with running text only on later pages; else 0."""
        first_page = paragraphs[0].first.page if paragraphs and paragraphs[0].first.box else 0
        on_it = [paragraph for paragraph in paragraphs if paragraph.first.page == first_page]
        has_text = any(letters(p.text) > LONGEST_PLAIN and not self.is_displayed(p) for p in on_it)
        if has_text or any(p.marker for p in on_it) or len(on_it) == len(paragraphs):
            return 0
        return first_page


def _usual_size(paragraphs: Sequence[Paragraph]) -> float:
    """The size of most letters, to the nearest half point; 0 if no size is known."""
    counts: Counter[float] = Counter()
    for paragraph in paragraphs:
        for line in paragraph.lines:
            if line.size > 0:
                counts[round(2 * line.size) / 2] += letters(line.text)
    return max(counts, key=lambda size: counts[size]) if counts else 0.0


def _share_of_headings(paragraphs: Sequence[Paragraph]) -> float:
    total = sum(letters(paragraph.text) for paragraph in paragraphs)
    return sum(letters(paragraph.text) for paragraph in paragraphs if paragraph.role == "heading") / max(total, 1)


def _share_of_bold(paragraphs: Sequence[Paragraph]) -> float:
    lines = [line for paragraph in paragraphs for line in paragraph.lines]
    total = sum(letters(line.text) for line in lines)
    return sum(letters(line.text) for line in lines if line.bold) / max(total, 1)
