"""Where a document's lines are on the page: the edges of columns, the usual line pitch, how full lines are."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from tipmine.records import Box, Line
from tipmine.segment.bare_numbers import bare_marker, bare_numbers
from tipmine.segment.boxes import ENOUGH_LINES, Column, columns_of
from tipmine.segment.characters import is_thai, letters
from tipmine.segment.numbering import Marker, marker_of
from tipmine.segment.wrapping import NEAR_FULL, blank_lines_part, blocks_are_broken, wrap_length

_SAME_EDGE = 24.0
"""Left edges that differ by fewer points belong to the same column on different pages."""
_INDENTED_SHARE = 0.06
"""Least share of indented lines in a document with indented first lines. Such ones have .1 to .4, others below .03."""
_SAME_END, _JUSTIFIED, _STICK_OUT = 1.5, 0.3, 0.1
"""Points within which lines count as ending together; least share of a justified column's lines that do; largest share
that may stick out to the right. Higher `_STICK_OUT`: lists of short lines beside long ones set the edge."""
_SHARE_OF_PITCH = 0.2
"""Least share of pairs of lines for a pitch closer than the commonest to be the pitch within paragraphs. Lower: notes
in smaller print set it."""
_CLOSER = 0.55
"""Least size of such a pitch, as a share of the commonest one. Lower: two halves of one line set it; higher: it is
missed where paragraphs are far apart."""
_TALL = 1.1
"""Height of a line, in multiples of its type size, above which some of its letters are larger and move it down."""
LONGEST_WORD = 13
"""Most Thai letters assumed for the first word of the next line. Lower: short lines are taken for full ones less often,
but paragraphs are cut at long words; higher: ends of paragraphs near the margin are missed."""
_CAPITAL = 0.75
"""Width of a Latin capital letter in ems; Thai letters are narrower. Lower: paragraphs are cut at Latin names."""
_OF_COLUMN, _SHORTEST_BOUND = 0.4, 5
"""Length that this word may have: a share of the letters that fit in the column, or at least this many letters. Higher:
ends of paragraphs are missed in narrow columns; lower: paragraphs are cut at long words there."""
_GAP = 1.25
"""Gap, in line pitches, above which a new paragraph begins. Word's 6 points after a paragraph in 16-point type give
1.27. Lower: uneven line heights cut paragraphs; higher: paragraphs run together."""
_EVEN, _APART, _FAR_APART = 0.03, 0.07, 0.3
"""Limits for a gap minus 1, in line pitches, where lines are set evenly: below `_EVEN` the gap is the usual one, above
`_APART` it sets a paragraph apart, and below `_FAR_APART` it does so only slightly. LibreOffice's paragraphs are .13
apart. Lower `_APART`: lines with tall marks become paragraphs of their own."""
_ENOUGH_GAPS = 10
"""Fewest gaps with which a document shows whether its lines are set evenly."""
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
_LEAST_PITCH, _MOST_PITCH = 4.0, 60.0
"""Smallest and largest line pitch, in points; larger distances are gaps between blocks."""


class Columns:
    """The layout of a document's running text. Distances are in ems of the line, unless stated otherwise."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = [line for line in lines if line.text.strip()]
        self._columns = columns_of(self._lines)
        groups: dict[Column, list[Box]] = defaultdict(list)
        for line in self._lines:
            if line.box is not None:
                groups[self._columns[line.page, line.number]].append(line.box)
        self._bare = bare_numbers(self._lines)
        self._edges = {key: _edges(boxes) for key, boxes in groups.items()}
        self._counts = {key: len(boxes) for key, boxes in groups.items()}
        self._borrow()
        self._em = median([_em(line) for line in self._lines] or [1.0])
        self._pitch = self._usual_pitch()
        self._indents = self._share_indented()
        self._least_gap = self._set_apart()
        self._uneven = self._widest_within()
        self._apart = self._are_apart()
        unplaced = [line for line in self._lines if line.box is None]
        broken = blocks_are_broken(unplaced)
        self._full = 0 if broken is False else wrap_length(unplaced)
        self._blocks = bool(broken)
        self._parted = blank_lines_part(unplaced)

    def _borrow(self) -> None:
        """Give small groups of lines the edges of larger ones that begin at about the same place on the page."""
        large = [self._edges[key] for key, count in self._counts.items() if count >= ENOUGH_LINES]
        for key, count in self._counts.items():
            left, right = self._edges[key]
            alike = [edges for edges in large if abs(edges[0] - left) < _SAME_EDGE or edges[0] <= left < edges[1]]
            if count < ENOUGH_LINES and alike:
                self._edges[key] = (min(left, median(e[0] for e in alike)), max(right, median(e[1] for e in alike)))

    def _edges_of(self, line: Line) -> tuple[float, float]:
        """The left and the right edge of a line's column; the line must have a box."""
        return self._edges[self._columns[line.page, line.number]]

    def _share_indented(self) -> float:
        """Share of pairs of neighbouring lines in which the first is indented and the second is not, 0 to 1.

        The hanging line of an item above the next item's number looks the same, but is not counted.
        """
        steps = [
            self.indent(first) > 1 > self.indent(second) and self.marker(second) is None
            for first, second in pairwise(self._lines)
            if first.box and second.box and self.same_column(first, second)
        ]
        return sum(steps) / len(steps) if steps else 0.0

    def _usual_pitch(self) -> float:
        """The distance between lines within a paragraph, in points, to the nearest half; 0 for a source without boxes.

        After a full line, the paragraph usually goes on, but a paragraph of one line may be full, too. So a closer
        distance wins if it is common enough.
        """
        pairs = [
            (first, second)
            for first, second in pairwise(self._lines)
            if first.box and second.box and first.page == second.page and first.block == second.block
        ]
        usual = [pair for pair in pairs if all(abs(_em(line) - self._em) < 1 for line in pair)]
        full = [pair for pair in usual if not self.had_room(*pair, LONGEST_WORD)]
        counts = _pitches(full)
        if counts.total() < _ENOUGH_GAPS:
            counts = _pitches(pairs)
        if not counts:
            return 0.0
        commonest = max(counts, key=lambda pitch: (counts[pitch], -pitch))
        enough = _SHARE_OF_PITCH * counts.total()
        closer = [pitch for pitch in counts if _CLOSER * commonest < pitch < commonest - 1 and counts[pitch] >= enough]
        return max(closer, key=lambda pitch: counts[pitch]) if closer else commonest

    def _set_apart(self) -> float:
        """The gap above which paragraphs are set apart if lines are set evenly; 0 if they are not.

        Word processors set lines to a fraction of a point. If gaps are either one pitch or clearly more, with hardly
        any in between, an extra few hundredths of a pitch is on purpose.
        """
        gaps = [
            self.gap(first, second)
            for first, second in pairwise(self._lines)
            if self.same_column(first, second) and _of_one_size(first, second) and not _is_tall(first, second)
        ]
        if len(gaps) < _ENOUGH_GAPS:
            return 0.0
        usual = sum(1 for gap in gaps if abs(gap - 1) < _EVEN) / len(gaps)
        between = sum(1 for gap in gaps if _EVEN <= gap - 1 <= _APART) / len(gaps)
        apart = sum(1 for gap in gaps if _APART < gap - 1 < _FAR_APART) / len(gaps)
        even = usual >= _USUAL_SHARE and between <= _BETWEEN_SHARE and apart >= _APART_SHARE
        return 1 + _APART if even else 0.0

    def _widest_within(self) -> float:
        """The widest gap within a paragraph if lines are set unevenly; 0 if they are not.

        TeX moves down a line that has tall marks. Below a line that fills its column, the paragraph goes on if the gaps
        below lines that end early are no wider: then gaps do not separate paragraphs.
        """
        full, ends = [], []
        for first, second in pairwise(self._lines):
            if not (self.same_column(first, second) and _of_one_size(first, second)) or self.marker(second):
                continue
            if self._is_full(first):
                full.append(self.gap(first, second))
            elif first.role == second.role and self.had_room(first, second, LONGEST_WORD):
                ends.append(self.gap(first, second))
        wide = sum(1 for gap in full if gap > _GAP)
        if len(full) < _ENOUGH_GAPS or len(ends) < _FEWEST_ENDS or wide < _UNEVEN * len(full):
            return 0.0
        widest = _SLACK_OF_UNEVEN * sorted(full)[int(_MOST_OF_UNEVEN * (len(full) - 1))]
        return widest if median(ends) <= widest else 0.0

    def _is_full(self, line: Line) -> bool:
        """Whether a line ends at the right edge that the lines of its column share."""
        right = self._edges_of(line)[1] if line.box else 0.0
        return line.box is not None and abs(right - line.box.x1) <= _SAME_END

    def marker(self, line: Line) -> Marker | None:
        """The marker with which a line begins; a bare number is one only in a list of such numbers (`bare_numbers`)."""
        return bare_marker(line.text) if self.has_bare_number(line) else marker_of(line.text)

    def has_bare_number(self, line: Line) -> bool:
        """Whether a line begins an item whose number has no stop or bracket after it."""
        return (line.page, line.number) in self._bare

    def is_gap(self, first: Line, second: Line) -> bool:
        """Whether the second line is so far below the first that a new paragraph begins with it.

        The limit is `_GAP` if the document does not show its own, or if larger letters move one of the lines. The
        raised mark of a note makes its line taller, but changes only the distance to the line above.
        """
        told = not _is_tall(second) and (not _is_tall(first) or _lost_note_mark(first))
        least = (self._least_gap if told else 0.0) or _GAP
        if self._uneven and self._is_full(first):
            least = max(least, self._uneven)
        return self.gap(first, second) > least

    def _are_apart(self) -> bool:
        """Whether a gap follows nearly every line that ends a paragraph, as shown by its not being full."""
        ends = [
            self.is_gap(first, second)
            for first, second in pairwise(self._lines)
            if self.same_column(first, second)
            and _of_one_size(first, second)
            and self.had_room(first, second, LONGEST_WORD)
        ]
        return len(ends) >= ENOUGH_LINES and sum(ends) >= _ENDS_APART * len(ends)

    def flows_on(self, first: Line, second: Line) -> bool:
        """Whether the second line certainly continues the first, which is full and close above it.

        Only documents that separate paragraphs by gaps show this; for others it is false.
        """
        close = self._apart and self.same_column(first, second) and not self.is_gap(first, second)
        return close and not self.had_room(first, second, LONGEST_WORD)

    def is_set_in(self, first: Line, second: Line) -> bool:
        """Whether the second line continues the first, which is full and begins further left."""
        below = self.same_column(first, second) and not self.is_gap(first, second) and self.step(first, second) > 0
        return below and not self.had_room(first, second, LONGEST_WORD)

    def in_box(self, line: Line) -> bool:
        """Whether the line is in a box that has others beside it."""
        return line.box is not None and self._columns[line.page, line.number].box > 0

    @property
    def sets_paragraphs_apart(self) -> bool:
        """Whether lines are set evenly, and paragraphs a little further apart."""
        return self._least_gap > 0

    @property
    def first_lines_are_indented(self) -> bool:
        """Whether the document begins its paragraphs with an indented line."""
        return self._indents > _INDENTED_SHARE

    @property
    def blocks_are_paragraphs(self) -> bool:
        """Whether the lines between two blank lines of a text file are one paragraph, broken by a program."""
        return self._blocks

    @property
    def blank_lines_part(self) -> bool:
        """Whether a blank line of a text file ends a paragraph; not where one follows every line."""
        return self._parted

    @property
    def lines_are_paragraphs(self) -> bool:
        """Whether each line is a whole paragraph: true for sources without pages (DOCX, text without hard wraps)."""
        return self._full == 0

    def ends_early(self, line: Line) -> bool:
        """Whether a line of hard-wrapped text ends well before the length at which the text is wrapped."""
        return 0 < letters(line.text) < NEAR_FULL * self._full

    def same_column(self, first: Line, second: Line) -> bool:
        """Whether the second line is below the first in one column of a page; their distance means little otherwise."""
        if first.page != second.page or first.box is None or second.box is None:
            return False
        overlap = min(first.box.x1, second.box.x1) - max(first.box.x0, second.box.x0)
        return second.box.top > first.box.top and (overlap > 0 or first.block == second.block)

    def gap(self, first: Line, second: Line) -> float:
        """The distance between two lines in the document's usual line pitches, scaled up for larger type."""
        if first.box is None or second.box is None or self._pitch <= 0:
            return 0.0
        larger = max(1.0, min(_em(first), _em(second)) / self._em)
        return _distance(first, second) / (self._pitch * larger)

    def indent(self, line: Line) -> float:
        """How far right of its column's left edge the line begins."""
        if line.box is None:
            return 0.0
        return (line.box.x0 - self._edges_of(line)[0]) / _em(line)

    def step(self, first: Line, second: Line) -> float:
        """How far right of the first line the second one begins; negative where it begins further left."""
        if first.box is None or second.box is None:
            return 0.0
        return (second.box.x0 - first.box.x0) / _em(second)

    def is_set_right(self, line: Line) -> bool:
        """Whether the line lies wholly in the right half of its column, as dates and signatures do."""
        if line.box is None:
            return False
        left, right = self._edges_of(line)
        return line.box.x0 > (left + right) / 2

    def centred_pair(self, first: Line, second: Line) -> bool:
        """Whether both lines are centred in their column: their left edges differ, their middles agree."""
        if first.box is None or second.box is None:
            return False
        left, right = self._edges_of(second)
        middle, slack = (left + right) / 2, _em(second)
        for box in (first.box, second.box):
            if abs((box.x0 + box.x1) / 2 - middle) > slack or box.x0 < left + 0.5 * slack:
                return False
        return abs(first.box.x0 - second.box.x0) > 0.5 * slack

    def centred_under(self, first: Line, second: Line) -> bool:
        """Whether the second line is centred in its column under a Thai line that fills the column.

        Centred lists of addresses look the same, but the upper line ends with Latin letters.
        """
        if first.box is None or second.box is None or first.text.split()[-1].isascii():
            return False
        left, right = self._edges_of(second)
        slack = _em(second)
        middle = abs((second.box.x0 + second.box.x1) / 2 - (left + right) / 2) <= slack
        return middle and second.box.x0 > left + slack and first.box.x1 - first.box.x0 > NEAR_FULL * (right - left)

    def had_room(self, line: Line, after: Line, longest: int) -> bool:
        """Whether the first word of `after` would have fitted at the end of `line`: it was ended on purpose.

        No dictionary is used: the word is the run up to the first space, but at most `longest` letters; a web address
        after a Thai letter is one word.
        """
        if line.box is None or after.box is None:
            return False
        left, right = self._edges_of(line)
        room = right - line.box.x1
        if self.centred_pair(line, after):
            room += line.box.x0 - left
        count = letters(after.text)
        if count == 0:
            return False
        width = (after.box.x1 - after.box.x0) / count
        chunk = after.text.split(maxsplit=1)[0]
        whole = is_thai(line.text.rstrip()[-1:]) and not any(map(is_thai, chunk))
        fits = max(_SHORTEST_BOUND, _OF_COLUMN * (right - left) / max(width, 1.0))
        length = letters(chunk) if whole else min(letters(chunk), longest, fits)
        capitals = sum(char.isascii() and char.isupper() for char in chunk) if whole else 0
        needed = (length - capitals) * width + (capitals * _CAPITAL + 0.3) * _em(line)
        return room > needed


def _em(line: Line) -> float:
    if line.size > 0:
        return line.size
    return max(line.box.bottom - line.box.top, 1.0) if line.box else 1.0


def _edges(boxes: Sequence[Box]) -> tuple[float, float]:
    """The left edge of a column, and the right edge to which its lines are set; single lines may stick out."""
    ends = sorted(box.x1 for box in boxes)
    # How many lines end within the same few points as each: counted on the sorted ends, as a page may have thousands.
    alike = {end: bisect_right(ends, end + _SAME_END) - bisect_left(ends, end - _SAME_END) for end in ends}
    shared = max(alike, key=lambda end: (alike[end], end))
    together, beyond = alike[shared], len(ends) - bisect_right(ends, shared + _SAME_END)
    justified = together >= max(ENOUGH_LINES, _JUSTIFIED * len(ends)) and beyond <= _STICK_OUT * len(ends)
    return min(box.x0 for box in boxes), shared if justified else ends[-1]


def _pitches(pairs: Iterable[tuple[Line, Line]]) -> Counter[float]:
    """How often each distance between lines occurs, in points, to the nearest half."""
    distances = (_distance(first, second) for first, second in pairs)
    return Counter(round(2 * distance) / 2 for distance in distances if _LEAST_PITCH < distance < _MOST_PITCH)


def _distance(first: Line, second: Line) -> float:
    """Points from one line to the next, as if both were as high as their type.

    Digits of larger type make a line higher and so move the baselines apart; the white space between the lines stays.
    """
    if first.box is None or second.box is None:
        return 0.0
    if first.size <= 0 or second.size <= 0:
        return second.box.bottom - first.box.bottom
    return second.box.top - first.box.bottom + min(first.size, second.size)


def _is_tall(*lines: Line) -> bool:
    """Whether a line contains letters larger than most of its letters."""
    return any(line.box and 0 < _TALL * line.size < line.box.bottom - line.box.top for line in lines)


def _lost_note_mark(line: Line) -> bool:
    """Whether the mark of a note was taken off the end of a line (`note_marks`)."""
    return line.raw.rstrip()[-1:].isdigit() and not line.text.rstrip()[-1:].isdigit()


def _of_one_size(first: Line, second: Line) -> bool:
    return abs(first.size - second.size) < 1
