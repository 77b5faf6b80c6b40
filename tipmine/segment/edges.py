"""The left and right edges that lines share, and where each line is between them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from tipmine.records import Box, Line
from tipmine.segment.boxes import ENOUGH_LINES, Column, columns_of
from tipmine.segment.characters import is_thai, letters
from tipmine.segment.placing import em_of
from tipmine.segment.wrapping import NEAR_FULL

_SAME_EDGE = 24.0
"""Left edges that differ by fewer points belong to the same column on different pages."""
_SAME_END, _JUSTIFIED, _STICK_OUT = 1.5, 0.3, 0.1
"""Points within which lines count as ending together; least share of a justified column's lines that do; largest share
that may stick out to the right. Higher `_STICK_OUT`: lists of short lines beside long ones set the edge."""
LONGEST_WORD = 13
"""Most Thai letters assumed for the first word of the next line. Lower: short lines are taken for full ones less often,
but paragraphs are cut at long words; higher: ends of paragraphs near the margin are missed."""
_CAPITAL = 0.75
"""Width of a Latin capital letter in ems; Thai letters are narrower. Lower: paragraphs are cut at Latin names."""
_SPACE = 0.3
"""Width of the space before the word, in ems."""
_OF_COLUMN, _SHORTEST_BOUND = 0.4, 5
"""Length that this word may have: a share of the letters that fit in the column, or at least this many letters. Higher:
ends of paragraphs are missed in narrow columns; lower: paragraphs are cut at long words there."""


class _Extent(NamedTuple):
    """From where to where the lines of a column reach, in points."""

    left: float
    right: float
    justified: bool = False
    """Whether many of its lines end at the same right edge."""

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


_SAME_MIDDLE = 0.15
"""Ems by which the middle of a centred line may miss that of its column. Higher: first lines are taken for centred."""
_UNSTRETCHED = 3.0
"""Ems short of the edge from which a line with a blank in it ends its paragraph in justified text, where a program
would have stretched the blank. Lower: lines with hanging signs end paragraphs; higher: paragraphs run together over
page ends."""


class Edges:
    """The edges of all columns of a document's running text; indents are in ems of the line."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._columns = columns_of(lines)
        boxes: dict[Column, list[Box]] = defaultdict(list)
        for line in lines:
            if line.box is not None:
                boxes[self._columns[line.page, line.number]].append(line.box)
        self._extents = _widened({column: _extent(own) for column, own in boxes.items()}, boxes)

    def _extent_of(self, line: Line) -> _Extent:
        """The extent of a line's column; the line must have a box."""
        return self._extents[self._columns[line.page, line.number]]

    def indent(self, line: Line) -> float:
        """How far right of its column's left edge the line begins."""
        if line.box is None:
            return 0.0
        return (line.box.x0 - self._extent_of(line).left) / em_of(line)

    def is_full(self, line: Line) -> bool:
        """Whether a line ends at the right edge that the lines of its column share."""
        return line.box is not None and abs(self._extent_of(line).right - line.box.x1) <= _SAME_END

    def is_nearly_full(self, line: Line) -> bool:
        """Whether a line, with its indent, takes up nearly the width of its column."""
        if line.box is None:
            return False
        column = self._extent_of(line)
        return line.box.x1 - column.left > NEAR_FULL * column.width

    def is_set_right(self, line: Line) -> bool:
        """Whether the line lies wholly in the right half of its column, as dates and signatures do."""
        return line.box is not None and line.box.x0 > self._extent_of(line).middle

    def is_flush_right(self, line: Line) -> bool:
        """Whether the line is set right in a column of justified text, as the names of authors are.

        The last of several boxes side by side also ends where nothing is further right, but its column is not
        justified.
        """
        return self.is_set_right(line) and self.is_full(line) and self._extent_of(line).justified

    def in_box(self, line: Line) -> bool:
        """Whether the line is in a box that has others beside it."""
        return line.box is not None and self._columns[line.page, line.number].box > 0

    def is_centred(self, line: Line) -> bool:
        """Whether a line leaves as much room at its left as at its right, and more than letters at an edge leave."""
        if line.box is None:
            return False
        column, em = self._extent_of(line), em_of(line)
        return line.box.x0 > column.left + 0.5 * em and abs(_middle(line.box) - column.middle) <= _SAME_MIDDLE * em

    def centred_pair(self, first: Line, second: Line) -> bool:
        """Whether both lines are centred in their column: their left edges differ, their middles agree."""
        if first.box is None or second.box is None:
            return False
        column, slack = self._extent_of(second), em_of(second)
        for box in (first.box, second.box):
            if abs(_middle(box) - column.middle) > slack or box.x0 < column.left + 0.5 * slack:
                return False
        return abs(first.box.x0 - second.box.x0) > 0.5 * slack

    def centred_under(self, first: Line, second: Line) -> bool:
        """Whether the second line is centred in its column under a Thai line that fills the column.

        Centred lists of addresses look the same, but the upper line ends with Latin letters.
        """
        if first.box is None or second.box is None or first.text.split()[-1].isascii():
            return False
        column, slack = self._extent_of(second), em_of(second)
        centred = abs(_middle(second.box) - column.middle) <= slack and second.box.x0 > column.left + slack
        return centred and first.box.x1 - first.box.x0 > NEAR_FULL * column.width

    def had_room(self, line: Line, after: Line, longest: int) -> bool:
        """Whether the first word of `after` would have fitted at the end of `line`: it was ended on purpose.

        No dictionary is used: the word is the run up to the first space, but at most `longest` letters; a web address
        after a Thai letter is one word.
        """
        if line.box is None or after.box is None:
            return False
        count = letters(after.text)
        if count == 0:
            return False
        column = self._extent_of(line)
        room = column.right - line.box.x1
        # Within a page, gaps and indents show more; people also end lines of justified text by hand.
        over_page = line.page != after.page and column.justified
        if over_page and room > _UNSTRETCHED * em_of(line) and " " in line.text.strip():
            return True
        if self.centred_pair(line, after):
            room += line.box.x0 - column.left
        letter = (after.box.x1 - after.box.x0) / count
        longest_here = min(longest, max(_SHORTEST_BOUND, _OF_COLUMN * column.width / max(letter, 1.0)))
        return room > _width_of_first_word(line, after, letter, longest_here)


def _extent(boxes: Sequence[Box]) -> _Extent:
    """The left edge of a column, and the right edge to which its lines are set; single lines may stick out."""
    ends = sorted(box.x1 for box in boxes)
    # How many lines end within the same few points as each: counted on the sorted ends, as a page may have thousands.
    alike = {end: bisect_right(ends, end + _SAME_END) - bisect_left(ends, end - _SAME_END) for end in ends}
    shared = max(alike, key=lambda end: (alike[end], end))
    together, beyond = alike[shared], len(ends) - bisect_right(ends, shared + _SAME_END)
    justified = together >= max(ENOUGH_LINES, _JUSTIFIED * len(ends)) and beyond <= _STICK_OUT * len(ends)
    return _Extent(min(box.x0 for box in boxes), shared if justified else ends[-1], justified)


def _widened(extents: dict[Column, _Extent], boxes: dict[Column, list[Box]]) -> dict[Column, _Extent]:
    """The extents of columns; those with few lines reach as far as larger ones that begin at about the same place."""
    large = [extent for column, extent in extents.items() if len(boxes[column]) >= ENOUGH_LINES]
    widened = dict(extents)
    for column, (left, right, _) in extents.items():
        alike = [other for other in large if abs(other.left - left) < _SAME_EDGE or other.left <= left < other.right]
        if len(boxes[column]) < ENOUGH_LINES and alike:
            usual_left, usual_right = median(other.left for other in alike), median(other.right for other in alike)
            widened[column] = _Extent(min(left, usual_left), max(right, usual_right))
    return widened


def _middle(box: Box) -> float:
    return (box.x0 + box.x1) / 2


def _width_of_first_word(line: Line, after: Line, letter: float, longest: float) -> float:
    """How many points the first word of `after`, and a space before it, would take at the end of `line`.

    `letter` is the average width of a letter of `after`, `longest` the most letters assumed for the word.
    """
    chunk = after.text.split(maxsplit=1)[0]
    is_address = is_thai(line.text.rstrip()[-1:]) and not any(map(is_thai, chunk))
    length = letters(chunk) if is_address else min(letters(chunk), longest)
    capitals = sum(char.isascii() and char.isupper() for char in chunk) if is_address else 0
    return (length - capitals) * letter + (capitals * _CAPITAL + _SPACE) * em_of(line)
