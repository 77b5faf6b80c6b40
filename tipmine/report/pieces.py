"""Splits a text at the edges of spans that may overlap, so that a page can mark each piece and escape its text."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple


class Span(NamedTuple):
    """A marked part of a text: half-open offsets, the class that styles it, and what it means in words."""

    start: int
    end: int
    css: str
    title: str = ""


class Piece(NamedTuple):
    """A run of letters with the same marks."""

    text: str
    css: str = ""
    title: str = ""


def pieces(text: str, spans: Iterable[Span]) -> list[Piece]:
    """The text as pieces that together make up the text; a piece under several spans has all their classes.

    >>> [(p.text, p.css) for p in pieces("abcd", [Span(0, 3, "x"), Span(2, 4, "y")])]
    [('ab', 'x'), ('c', 'x y'), ('d', 'y')]
    """
    inside = [span for span in spans if 0 <= span.start < span.end <= len(text)]
    cuts = sorted({0, len(text), *(span.start for span in inside), *(span.end for span in inside)})
    cut: list[Piece] = []
    for start, end in pairwise(cuts):
        over = [span for span in inside if span.start <= start and end <= span.end]
        css = " ".join(dict.fromkeys(span.css for span in over))
        cut.append(Piece(text[start:end], css, " · ".join(dict.fromkeys(s.title for s in over if s.title))))
    return cut
