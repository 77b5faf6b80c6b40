"""What is placed in reading order on a page: segments of lines, and tables, boxes and charts as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tipmine.extract.drafts import BoxTuple
from tipmine.extract.lines import Segment
from tipmine.extract.marks import count_inked
from tipmine.extract.tables import Table

LETTERS_OF_PART = 40
"""Number of letters that a part of a page counts for when columns are sought: that of a full line."""
SIZE_OF_PART = 10.0
"""Size in points that a part of a page counts as having: about that of body text."""
BASELINE_OF_PART = 1.0
"""Distance in points from the top of a part to the baseline that it counts as having: its top decides its place."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is placed in reading order as a whole: a table, or the segments in a box or of a chart."""

    kind: Literal["table", "box", "chart"]
    box: BoxTuple
    content: Table | list[Segment]


@dataclass(slots=True)
class Item:
    """Something to be placed in reading order: a segment, or a part of the page as a whole."""

    x0: float
    top: float
    x1: float
    bottom: float
    y: float
    size: float
    letters: int
    """Number of its clusters that draw something (`marks.count_inked`)."""
    ink: float = 0.0
    """Width of what is printed, without the gaps between segments."""
    segment: Segment | None = None
    part: Part | None = None
    """What is placed, if it is not a segment."""
    drawn: int = 0
    """Place of its first letter in the order in which the file draws letters."""


@dataclass(slots=True)
class ItemRow:
    """Items of one baseline in one block, left to right; a table is a row by itself."""

    items: list[Item]
    y: float
    block: int = 0


def item_of(segment: Segment) -> Item:
    """A segment as something to be placed."""
    return Item(
        x0=segment.x0,
        top=segment.top,
        x1=segment.x1,
        bottom=segment.bottom,
        y=segment.y,
        size=segment.size,
        letters=count_inked(segment.clusters),
        ink=segment.x1 - segment.x0,
        segment=segment,
        drawn=min([cluster.index for cluster in segment.clusters]),
    )


def item_of_part(part: Part) -> Item:
    """A table, box or chart as something to be placed."""
    x0, top, x1, bottom = part.box
    return Item(
        x0=x0,
        top=top,
        x1=x1,
        bottom=bottom,
        y=top + BASELINE_OF_PART,
        size=SIZE_OF_PART,
        letters=LETTERS_OF_PART,
        ink=x1 - x0,
        part=part,
    )
