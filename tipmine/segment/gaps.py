"""The usual distance between the lines of a document, and which wider ones separate paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from tipmine.records import Line
from tipmine.segment.bare_numbers import LineMarkers
from tipmine.segment.boxes import ENOUGH_LINES
from tipmine.segment.edges import LONGEST_WORD, Edges
from tipmine.segment.placing import distance, em_of, is_tall, of_one_size, same_column

_LEAST_PITCH, _MOST_PITCH = 4.0, 60.0
"""Smallest and largest line pitch, in points; larger distances are gaps between blocks."""
_SHARE_OF_PITCH = 0.2
"""Least share of pairs of lines for a pitch closer than the commonest to be the pitch within paragraphs. Lower: notes
in smaller print set it."""
_CLOSER = 0.55
"""Least size of such a pitch, as a share of the commonest one. Lower: two halves of one line set it; higher: it is
missed where paragraphs are far apart."""
_GAP = 1.25
"""Gap, in line pitches, above which a new paragraph begins. Word's 6 points after a paragraph in 16-point type give
1.27. Lower: uneven line heights cut paragraphs; higher: paragraphs run together."""
_ENOUGH_GAPS = 10
"""Fewest gaps with which a document shows its pitch, and whether its lines are set evenly."""
_EVEN, _APART, _FAR_APART = 0.03, 0.07, 0.3
"""Limits for a gap minus 1, in line pitches, where lines are set evenly: below `_EVEN` the gap is the usual one, above
`_APART` it sets a paragraph apart, and below `_FAR_APART` it does so only slightly. LibreOffice's paragraphs are .13
apart. Lower `_APART`: lines with tall marks become paragraphs of their own."""
_USUAL_SHARE, _BETWEEN_SHARE, _APART_SHARE = 0.3, 0.02, 0.1
"""Shares of gaps in an evenly set document: least share of usual ones, largest share between usual and set apart, least
share set apart."""
_UNEVEN, _MOST_OF_UNEVEN, _SLACK_OF_UNEVEN = 0.15, 0.95, 1.03
"""Least share of wide gaps below full lines where lines are set unevenly; share of the gaps below full lines that lie
within a paragraph; factor that allows for gaps a little wider than these. Higher `_UNEVEN`: paragraphs are cut below
tall marks."""
_FEWEST_ENDS = 3
"""Fewest ends of paragraphs that show whether gaps separate paragraphs."""
_ENDS_APART = 0.8
"""Least share of paragraph ends followed by a gap in a document that sets paragraphs apart. Lower: a text with gaps
only around its headings counts as one; higher: lists set close together hide it."""


class Gaps:
    """The gaps between the lines of a document's running text, in its usual line pitches."""

    def __init__(self, lines: Sequence[Line], edges: Edges, markers: LineMarkers) -> None:
        self._lines = lines
        self._edges = edges
        self._markers = markers
        self._em = median([em_of(line) for line in lines] or [1.0])
        self._pitch = self._usual_pitch()
        self._least_if_even = self._least_between_even_paragraphs()
        self._most_if_uneven = self._most_within_uneven_paragraphs()
        self._follow_every_paragraph = self._share_below_ends() >= _ENDS_APART

    def between(self, first: Line, second: Line) -> float:
        """The distance between two lines in the document's usual line pitches, scaled up for larger type."""
        if first.box is None or second.box is None or self._pitch <= 0:
            return 0.0
        larger = max(1.0, min(em_of(first), em_of(second)) / self._em)
        return distance(first, second) / (self._pitch * larger)

    def separate(self, first: Line, second: Line) -> bool:
        """Whether the second line is so far below the first that a new paragraph begins with it.

        The limit is `_GAP` if the document does not show its own, or if larger letters move one of the lines. The
        raised mark of a note makes its line taller, but changes only the distance to the line above.
        """
        moved = is_tall(second) or (is_tall(first) and not _lost_note_mark(first))
        limit = _GAP if moved else self._least_if_even or _GAP
        if self._most_if_uneven and self._edges.is_full(first):
            limit = max(limit, self._most_if_uneven)
        return self.between(first, second) > limit

    @property
    def are_slight(self) -> bool:
        """Whether lines are set evenly, and paragraphs only a little further apart."""
        return self._least_if_even > 0

    @property
    def follow_every_paragraph(self) -> bool:
        """Whether a gap follows nearly every line that ends a paragraph, as shown by its not being full."""
        return self._follow_every_paragraph

    def _usual_pitch(self) -> float:
        """The distance between lines within a paragraph, in points, to the nearest half; 0 for a source without boxes.

        After a full line, the paragraph usually goes on, but a paragraph of one line may be full, too. So a closer
        distance wins if it is common enough.
        """
        pairs = [
            (first, second)
            for first, second in pairwise(self._lines)
            if first.box and second.box and (first.page, first.block) == (second.page, second.block)
        ]
        usual = [pair for pair in pairs if all(abs(em_of(line) - self._em) < 1 for line in pair)]
        counts = _pitches(pair for pair in usual if not self._edges.had_room(*pair, LONGEST_WORD))
        if counts.total() < _ENOUGH_GAPS:
            counts = _pitches(pairs)
        if not counts:
            return 0.0
        commonest = max(counts, key=lambda pitch: (counts[pitch], -pitch))
        enough = _SHARE_OF_PITCH * counts.total()
        closer = [pitch for pitch in counts if _CLOSER * commonest < pitch < commonest - 1 and counts[pitch] >= enough]
        return max(closer, key=lambda pitch: counts[pitch]) if closer else commonest

    def _least_between_even_paragraphs(self) -> float:
        """The gap above which paragraphs are set apart if lines are set evenly; 0 if they are not.

        Word processors set lines to a fraction of a point. If gaps are either one pitch or clearly more, with hardly
        any in between, an extra few hundredths of a pitch is on purpose.
        """
        extra = [
            self.between(first, second) - 1
            for first, second in self._pairs()
            if not (is_tall(first) or is_tall(second))
        ]
        if len(extra) < _ENOUGH_GAPS:
            return 0.0
        usual = sum(1 for gap in extra if abs(gap) < _EVEN) / len(extra)
        between = sum(1 for gap in extra if _EVEN <= gap <= _APART) / len(extra)
        apart = sum(1 for gap in extra if _APART < gap < _FAR_APART) / len(extra)
        even = usual >= _USUAL_SHARE and between <= _BETWEEN_SHARE and apart >= _APART_SHARE
        return max(1 + _APART, self._widest_below_full_lines()) if even else 0.0

    def _widest_below_full_lines(self) -> float:
        """The widest gap within a paragraph if lines have two distances, as where digits come from another font.

        0 if gaps below lines that had no room for another word are as wide as those below others: each line may then
        be a paragraph.
        """
        below_full: list[float] = []
        below_ends: list[float] = []
        above_items: list[float] = []
        for first, second in self._pairs():
            if first.role != second.role:
                continue
            at_end = self._edges.had_room(first, second, LONGEST_WORD)
            gaps = above_items if self._markers.of(second) else below_ends if at_end else below_full
            gaps.append(self.between(first, second))
        if len(below_ends) < _FEWEST_ENDS:
            below_ends += above_items
        if len(below_full) < ENOUGH_LINES or len(below_ends) < _FEWEST_ENDS:
            return 0.0
        widest = _widest_usual(below_full)
        return widest if widest < min(1 + _FAR_APART, median(below_ends)) else 0.0

    def _most_within_uneven_paragraphs(self) -> float:
        """The widest gap within a paragraph if lines are set unevenly; 0 if they are not.

        TeX moves down a line that has tall marks. Below a line that fills its column, the paragraph goes on if the gaps
        below lines that end early are no wider: then gaps do not separate paragraphs.
        """
        below_full, below_ends = [], []
        for first, second in self._pairs():
            if self._markers.of(second):
                continue
            if self._edges.is_full(first):
                below_full.append(self.between(first, second))
            elif first.role == second.role and self._edges.had_room(first, second, LONGEST_WORD):
                below_ends.append(self.between(first, second))
        wide = sum(1 for gap in below_full if gap > _GAP)
        enough = len(below_full) >= _ENOUGH_GAPS and len(below_ends) >= _FEWEST_ENDS
        if not enough or wide < _UNEVEN * len(below_full):
            return 0.0
        widest = _widest_usual(below_full)
        return widest if median(below_ends) <= widest else 0.0

    def _share_below_ends(self) -> float:
        """Share of the lines ending a paragraph below which there is a gap; 0 if too few lines end one."""
        below_ends = [
            self.separate(first, second)
            for first, second in self._pairs()
            if self._edges.had_room(first, second, LONGEST_WORD)
        ]
        return sum(below_ends) / len(below_ends) if len(below_ends) >= ENOUGH_LINES else 0.0

    def _pairs(self) -> Iterable[tuple[Line, Line]]:
        """The pairs of neighbouring lines of one size of which the second is below the first."""
        return (pair for pair in pairwise(self._lines) if same_column(*pair) and of_one_size(*pair))


def _pitches(pairs: Iterable[tuple[Line, Line]]) -> Counter[float]:
    """How often each distance between lines occurs, in points, to the nearest half."""
    distances = (distance(first, second) for first, second in pairs)
    return Counter(round(2 * points) / 2 for points in distances if _LEAST_PITCH < points < _MOST_PITCH)


def _widest_usual(gaps: Sequence[float]) -> float:
    """The widest of gaps within paragraphs, without the widest few, which may separate paragraphs."""
    return _SLACK_OF_UNEVEN * sorted(gaps)[int(_MOST_OF_UNEVEN * (len(gaps) - 1))]


def _lost_note_mark(line: Line) -> bool:
    """Whether the mark of a note was taken off the end of a line (`note_marks`)."""
    return line.raw.rstrip()[-1:].isdigit() and not line.text.rstrip()[-1:].isdigit()
