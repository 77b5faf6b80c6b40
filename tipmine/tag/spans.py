"""Spans of a text in order, and which of them are in a part of it.

All sequences here are in the order of the text, and their spans do not overlap. So the wanted spans are found without
checking every one: a page without any break has thousands of tokens and names.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple, Protocol, TypeVar

_start, _end = attrgetter("start"), attrgetter("end")


class Placed(Protocol):
    """Anything with half-open offsets in a text: a token, a candidate, a name."""

    @property
    def start(self) -> int:
        """Offset of its first code point."""

    @property
    def end(self) -> int:
        """Offset after its last code point."""


_PlacedT = TypeVar("_PlacedT", bound=Placed)


class Span(NamedTuple):
    """Half-open offsets in a text."""

    start: int
    end: int


def within(spans: Sequence[_PlacedT], start: int, end: int) -> Sequence[_PlacedT]:
    """The spans that lie wholly within `text[start:end]`.

    >>> within([Span(0, 2), Span(2, 5), Span(7, 9)], 1, 9)
    [Span(start=2, end=5), Span(start=7, end=9)]
    """
    return spans[bisect_left(spans, start, key=_start) : bisect_right(spans, end, key=_end)]


def touching(spans: Sequence[_PlacedT], start: int, end: int) -> Sequence[_PlacedT]:
    """The spans that share a code point with `text[start:end]`.

    >>> touching([Span(0, 2), Span(2, 5), Span(7, 9)], 1, 7)
    [Span(start=0, end=2), Span(start=2, end=5)]
    """
    return spans[bisect_right(spans, start, key=_end) : bisect_left(spans, end, key=_start)]
