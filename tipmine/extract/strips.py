"""The means of finding tables without complete rules: baselines, strips free of letters, and rules of equal extent.

`halfruled.py` completes tables that are ruled in part, `unruled.py` finds those without rules between rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol, TypeVar

SAME = 3.0
"""Points within which edges are one; the table finder's own tolerance."""

LEAST_WIDTH = 120.0
"""Least length in points of the rules of such a table."""

LEAST_COLUMNS = 3
"""Fewest columns of such a table. Two are just as often a list between rules."""

LEAST_STRIP = 0.35
"""Least width in em of a strip between columns; a space is 0.2 to 0.3. Lower: loose words become columns."""

MOST_CROSSED = 0.12
"""Largest share of the rows or lines that may cross a strip: merged cells, and full cells that reach close to the next
one. Higher: a space found in most rows becomes a column boundary."""

Stretch = tuple[float, float]
"""Left and right end, in points, of letters that no strip divides."""


class Edge(NamedTuple):
    """A drawn or missing edge: vertical at x = `at` from y = `start` to `end`, or horizontal at y = `at`."""

    vertical: bool
    at: float
    start: float
    end: float


class _Printed(Protocol):
    """Something on a baseline, such as a glyph or a segment."""

    @property
    def y(self) -> float: ...
    @property
    def size(self) -> float: ...


_P = TypeVar("_P", bound=_Printed)


def by_baseline(printed: Iterable[_P], share: float) -> list[list[_P]]:
    """What is on each baseline, from top to bottom; each item may be `share` of its size lower than the first.

    Coarser than the lines of a page (`lines.py`, `order.py`): raised numbers and marks drawn too high stay in the row
    that they are in, whatever their size, and writing over writing matters to no table.
    """
    lines: list[list[_P]] = []
    for thing in sorted(printed, key=lambda thing: thing.y):
        if lines and thing.y - lines[-1][0].y < share * thing.size:
            lines[-1].append(thing)
        else:
            lines.append([thing])
    return lines


def free_strips(stretches: Iterable[Stretch], *, most: float, least: float) -> list[tuple[float, float]]:
    """The strips at least `least` points wide that at most `most` of the stretches cross, from left to right.

    What is to the left of the first stretch or to the right of the last is not a strip.

    >>> free_strips([(0, 10), (30, 40), (0, 12), (28, 40)], most=0, least=10)
    [(12, 28)]
    """
    events = sorted(event for left, right in stretches for event in ((left, 1), (right, -1)))
    if not events:
        return []
    first, last = events[0][0], events[-1][0]
    strips: list[tuple[float, float]] = []
    crossing, since = 0, first
    for x, change in events:
        before, crossing = crossing, crossing + change
        if before <= most < crossing and x - since >= least and first < since and x < last:
            strips.append((since, x))
        elif crossing <= most < before:
            since = x
    return strips


def column_at(x: float, gutters: Sequence[float]) -> int:
    """The number, from 0, of the column in which `x` lies.

    >>> [column_at(x, [10.0, 20.0]) for x in (5.0, 15.0, 25.0)]
    [0, 1, 2]
    """
    return sum(gutter < x for gutter in gutters)


def alike_rules(horizontal: Sequence[Edge]) -> list[list[Edge]]:
    """Long horizontal rules in stacks of those that begin and end alike, each from top to bottom.

    Of several in one place, one is taken.
    """
    stacks: list[list[Edge]] = []
    for edge in sorted(horizontal, key=lambda edge: edge.at):
        if edge.end - edge.start < LEAST_WIDTH:
            continue
        for stack in stacks:
            if abs(stack[0].start - edge.start) <= SAME and abs(stack[0].end - edge.end) <= SAME:
                if edge.at - stack[-1].at > SAME:
                    stack.append(edge)
                break
        else:
            stacks.append([edge])
    return stacks
