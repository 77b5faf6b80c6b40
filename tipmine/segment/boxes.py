"""Which lines of a page share their edges: those of a block, or those of one of several boxes side by side in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from tipmine.records import Line

ENOUGH_LINES = 5
"""A group with fewer lines takes its right edge from the document."""


class Column(NamedTuple):
    """Where lines share their edges: a block of a page or, from `box` 1 on, one of its side-by-side boxes."""

    page: int
    block: int
    box: int = 0


def columns_of(lines: Sequence[Line]) -> dict[tuple[int, int], Column]:
    """The column of each line, by its page and number.

    The boxes of newsletters and posters stand side by side without being columns of the page. A block holds such boxes
    if its lines go back up the page. A new box begins where they do, at each heading, and at a line beside the last
    box. A box of few lines does not show how wide it is.
    """
    blocks: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for line in lines:
        if line.box is not None:
            blocks[line.page, line.block].append(line)
    columns: dict[tuple[int, int], Column] = {}
    for (page, block), block_lines in blocks.items():
        has_boxes = any(_goes_up(*pair) for pair in pairwise(block_lines))
        for at, box_lines in enumerate(_boxes(block_lines) if has_boxes else [block_lines], 1):
            box = at if ENOUGH_LINES <= len(box_lines) < len(block_lines) else 0
            columns |= {(page, line.number): Column(page, block, box) for line in box_lines}
    return columns


def _boxes(lines: Sequence[Line]) -> list[list[Line]]:
    boxes: list[list[Line]] = []
    left = right = 0.0  # how far the last box reaches
    for line in lines:
        if line.box is None:
            continue
        beside = line.box.x0 >= right or line.box.x1 <= left
        if not boxes or beside or _begins_box(boxes[-1][-1], line):
            boxes.append([])
            left, right = line.box.x0, line.box.x1
        boxes[-1].append(line)
        left, right = min(left, line.box.x0), max(right, line.box.x1)
    return boxes


def _begins_box(before: Line, line: Line) -> bool:
    return _goes_up(before, line) or line.role == "heading" != before.role


def _goes_up(first: Line, second: Line) -> bool:
    """Whether the second line ends higher on the page than the first begins."""
    return bool(first.box and second.box and second.box.bottom < first.box.top)
