"""The layout of a document's running text: what its edges, gaps, numbers and line breaks show together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from tipmine.records import Line
from tipmine.segment.bare_numbers import LineMarkers
from tipmine.segment.contents import Contents
from tipmine.segment.edges import LONGEST_WORD, Edges
from tipmine.segment.gaps import Gaps
from tipmine.segment.placing import INDENT, same_column, step
from tipmine.segment.wrapping import LineBreaks

_INDENTED_SHARE = 0.06
"""Least share of indented lines in a document with indented first lines. Such ones have .1 to .4, others below .03."""

_ENOUGH_ITEMS, _AT_EDGE_SHARE = 2, 0.7
"""Fewest items that go on at the left edge, and their least share of the indented items with a second line, for a line
right under an item's number to be a paragraph of its own."""

_ENOUGH_INDENTED, _MOST_ALIKE = 10, 0.06
"""Fewest full indented lines that show how a document goes on below them, and the largest share of them with a line at
the same indent right below in a document without indented blocks. Higher: the second lines of indented quotations begin
paragraphs; lower: paragraphs of one full line run into the next one."""


class Layout:
    """How a document sets its running text."""

    def __init__(self, lines: Iterable[Line]) -> None:
        printed = [line for line in lines if line.text.strip()]
        self.markers = LineMarkers(printed)
        self.contents = Contents(printed)
        self.edges = Edges(printed)
        self.gaps = Gaps(printed, self.edges, self.markers)
        self.breaks = LineBreaks([line for line in printed if line.box is None])
        """For lines that have no box."""
        self.first_lines_are_indented = self._share_indented(printed) > _INDENTED_SHARE
        """Whether the document begins its paragraphs with an indented line."""
        self.only_first_lines_are_indented = self._only_first_lines_are_indented(printed)
        """Whether a second line at the indent of a first line is the first line of another paragraph."""
        self.items_go_on_at_the_edge = self._items_go_on_at_the_edge(printed)
        """Whether indented items, too, go on at the left edge and not under their number."""

    def _share_indented(self, lines: Sequence[Line]) -> float:
        """Share of pairs of neighbouring lines in which the first is indented and the second is not, 0 to 1.

        The hanging line of an item above the next item's number looks the same, but is not counted.
        """
        indented = [
            self.edges.indent(first) > 1 > self.edges.indent(second) and self.markers.of(second) is None
            for first, second in pairwise(lines)
            if same_column(first, second)
        ]
        return sum(indented) / len(indented) if indented else 0.0

    def _only_first_lines_are_indented(self, lines: Sequence[Line]) -> bool:
        """Whether full indented lines are hardly ever followed by a line with the same indent."""
        steps = [
            abs(step(first, second))
            for first, second in pairwise(lines)
            if same_column(first, second) and self.edges.indent(first) > 1 and self.edges.is_full(first)
            if self.markers.of(second) is None
        ]
        alike = sum(1 for other in steps if other <= INDENT)
        return len(steps) >= _ENOUGH_INDENTED and alike <= _MOST_ALIKE * len(steps)

    def _items_go_on_at_the_edge(self, lines: Sequence[Line]) -> bool:
        indents = [
            self.edges.indent(second)
            for first, second in pairwise(lines)
            if self.markers.of(first) and not self.markers.of(second) and self.edges.indent(first) > 1
            if self._is_close_below_full(first, second)
        ]
        at_edge = sum(1 for indent in indents if indent < 1)
        return at_edge >= _ENOUGH_ITEMS and at_edge >= _AT_EDGE_SHARE * len(indents)

    def flows_on(self, first: Line, second: Line) -> bool:
        """Whether the second line certainly continues the first, which is full and close above it.

        Only documents that separate paragraphs by gaps show this; for others it is false.
        """
        return self.gaps.follow_every_paragraph and self._is_close_below_full(first, second)

    def is_set_in(self, first: Line, second: Line) -> bool:
        """Whether the second line continues the first, which is full and begins further left."""
        return step(first, second) > 0 and self._is_close_below_full(first, second)

    def _is_close_below_full(self, first: Line, second: Line) -> bool:
        close = same_column(first, second) and not self.gaps.separate(first, second)
        return close and not self.edges.had_room(first, second, LONGEST_WORD)
