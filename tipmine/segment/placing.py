"""How two lines are placed to each other on a page, by their boxes and type sizes alone."""

from __future__ import annotations

from tipmine.records import Line

INDENT = 0.8
"""Least indent, in ems of the line. Lower: kerned lines count as indented; higher: narrow indents are missed."""
_TALL = 1.1
"""Height of a line, in multiples of its type size, above which some of its letters are larger and move it down."""


def em_of(line: Line) -> float:
    """The size of a line's type in points; without a known size, the height of the line."""
    if line.size > 0:
        return line.size
    return max(line.box.bottom - line.box.top, 1.0) if line.box else 1.0


def same_column(first: Line, second: Line) -> bool:
    """Whether the second line is below the first in one column of a page; their distance means little otherwise."""
    if first.page != second.page or first.box is None or second.box is None:
        return False
    overlap = min(first.box.x1, second.box.x1) - max(first.box.x0, second.box.x0)
    return second.box.top > first.box.top and (overlap > 0 or first.block == second.block)


def step(first: Line, second: Line) -> float:
    """How far right of the first line the second one begins, in ems; negative where it begins further left."""
    if first.box is None or second.box is None:
        return 0.0
    return (second.box.x0 - first.box.x0) / em_of(second)


def have_one_middle(first: Line, second: Line) -> bool:
    """Whether two lines are centred on each other, to half an em."""
    if first.box is None or second.box is None:
        return False
    return abs((first.box.x0 + first.box.x1) - (second.box.x0 + second.box.x1)) <= em_of(second)


def distance(first: Line, second: Line) -> float:
    """Points from one line to the next, as if both were as high as their type.

    Digits of larger type make a line higher and so move the baselines apart; the white space between the lines stays.
    """
    if first.box is None or second.box is None:
        return 0.0
    if first.size <= 0 or second.size <= 0:
        return second.box.bottom - first.box.bottom
    return second.box.top - first.box.bottom + min(first.size, second.size)


def of_one_size(first: Line, second: Line) -> bool:
    """Whether two lines are set in about the same size."""
    return abs(first.size - second.size) < 1


def is_tall(line: Line) -> bool:
    """Whether a line contains letters larger than most of its letters."""
    return line.box is not None and 0 < _TALL * line.size < line.box.bottom - line.box.top
