"""Charts: the loose numbers and labels of a drawing, which must not fall into a paragraph.

A chart is a group of filled or curved shapes close together. The texts in and around it are its labels if most of them
are short and many are numbers; an organisation chart or a coloured box holds words and remains text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tipmine.digits import DIGITS
from tipmine.extract.drafts import BoxTuple, area_of, bounding_box
from tipmine.extract.lines import Segment

NEAR = 14.0
"""Largest distance in points between shapes of one drawing."""

ROUND = 20.0
"""Distance in points around a drawing within which its axis labels are."""

MIN_SHAPES, MIN_WIDTH, MIN_HEIGHT = 3, 70.0, 40.0
"""Fewest shapes, least width and least height in points of a drawing; smaller ones are bullets and ornaments."""

MOST_SHAPES = 1_500
"""Most shapes of a page that are grouped; a page with more, such as a map, is one drawing."""

MOST_PAGE = 0.75
"""Share of the page from which a group of shapes is a background."""

MIN_NUMBERS = 3
"""Fewest numbers in a drawing that is a chart."""

NUMBER_SHARE, LABEL_SHARE, LABEL_LETTERS = 0.4, 0.8, 28
"""For the texts in a chart: least share of numbers, least share of short texts, and most letters of a short text."""

_NUMBER = re.compile(rf"^[-+(]?[{DIGITS}][{DIGITS}.,:/% ()\u2013-]*(?:%|ร้อยละ|ราย|คน)?$")


def take_charts(
    shapes: Sequence[BoxTuple], segments: Sequence[Segment], width: float, height: float
) -> tuple[list[tuple[BoxTuple, list[Segment]]], list[Segment]]:
    """The charts of a page with their labels, and the segments that do not belong to any."""
    rest = list(segments)
    charts: list[tuple[BoxTuple, list[Segment]]] = []
    for box in _drawings(shapes, width, height):
        x0, top, x1, bottom = box[0] - ROUND, box[1] - ROUND, box[2] + ROUND, box[3] + ROUND
        inside = [s for s in rest if x0 <= s.x0 and s.x1 <= x1 and top <= s.y - 0.5 * s.size and s.y <= bottom]
        if _are_labels(inside):
            charts.append((box, inside))
            labels = set(map(id, inside))
            rest = [segment for segment in rest if id(segment) not in labels]
    return charts, rest


def _are_labels(segments: Sequence[Segment]) -> bool:
    texts = ["".join(cluster.text for cluster in segment.clusters).strip() for segment in segments]
    numbers = sum(1 for text in texts if _NUMBER.match(text))
    short = sum(1 for text in texts if len(text) <= LABEL_LETTERS)
    return numbers >= max(MIN_NUMBERS, NUMBER_SHARE * len(texts)) and short >= LABEL_SHARE * len(texts)


def _drawings(shapes: Sequence[BoxTuple], width: float, height: float) -> list[BoxTuple]:
    """Boxes of groups of shapes, largest first."""
    groups: list[tuple[BoxTuple, int]] = []
    page = width * height
    small = [box for box in shapes if area_of(box) < MOST_PAGE * page]
    for shape in sorted(small, key=lambda box: (box[1], box[0]))[:MOST_SHAPES]:
        box, count = shape, 1
        apart = []
        for other, number in groups:
            if _are_near(box, other):
                box = bounding_box((box, other))
                count += number
            else:
                apart.append((other, number))
        groups = [*apart, (box, count)]
    large = [
        box
        for box, count in groups
        if count >= MIN_SHAPES
        and box[2] - box[0] >= MIN_WIDTH
        and box[3] - box[1] >= MIN_HEIGHT
        and area_of(box) < MOST_PAGE * page
    ]
    return sorted(large, key=lambda box: (box[0] - box[2]) * (box[3] - box[1]))


def _are_near(box: BoxTuple, other: BoxTuple) -> bool:
    return (
        box[0] - NEAR <= other[2]
        and other[0] - NEAR <= box[2]
        and box[1] - NEAR <= other[3]
        and other[1] - NEAR <= box[3]
    )
