"""Splits a text at the edges of spans that may overlap, so that a template can mark each piece and escape its text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from tipmine.records import Tagging
from tipmine.report.labels import label, short

_LEAD = 90
"""Code points shown before the first mark of an excerpt."""
EXCERPT = 420
"""Length of an excerpt in code points; a passage is rarely longer than twice this."""


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
    """The text as pieces, which joined are the text; a piece under several spans has all their classes.

    >>> [(p.text, p.css) for p in pieces("abcd", [Span(0, 3, "x"), Span(2, 4, "y")])]
    [('ab', 'x'), ('c', 'x y'), ('d', 'y')]
    """
    inside = [span for span in spans if 0 <= span.start < span.end <= len(text)]
    cuts = sorted({0, len(text), *(span.start for span in inside), *(span.end for span in inside)})
    found: list[Piece] = []
    for start, end in pairwise(cuts):
        over = [span for span in inside if span.start <= start and end <= span.end]
        css = " ".join(dict.fromkeys(span.css for span in over))
        found.append(Piece(text[start:end], css, " · ".join(dict.fromkeys(s.title for s in over if s.title))))
    return found


def excerpt(text: str, spans: Sequence[Span], length: int = EXCERPT) -> list[Piece]:
    """The part of a text around its first mark, as pieces, with dots where something is left out."""
    if len(text) <= length:
        return pieces(text, spans)
    first = min((span.start for span in spans), default=0)
    start = on_base(text, max(0, min(first - _LEAD, len(text) - length)))
    end = on_base(text, min(len(text), start + length))
    shifted = [Span(max(s.start, start) - start, min(s.end, end) - start, s.css, s.title) for s in spans]
    cut = pieces(text[start:end], [span for span in shifted if span.start < span.end])
    return [*([Piece("…", "cut")] if start else []), *cut, *([Piece("…", "cut")] if end < len(text) else [])]


def on_base(text: str, at: int) -> int:
    """The nearest offset at or before `at` that does not separate a combining mark from its base letter."""
    while 0 < at < len(text) and is_mark(text[at]):
        at -= 1
    return at


def is_mark(letter: str) -> bool:
    """Whether a character is drawn above or below another one."""
    return unicodedata.category(letter) in ("Mn", "Me")


def tag_spans(tagging: Tagging) -> list[Span]:
    """The marks of a passage's tags: words that carried a pillar, and actors with their roles."""
    spans = [
        Span(start, end, f"pillar-{tag.code}", label("pillar", tag.code))
        for tag in tagging.pillars
        for start, end in tag.spans
    ]
    spans += [
        Span(tag.start, tag.end, f"actor role-{tag.role}", f"{tag.name} ({short('role', tag.role)})")
        for tag in tagging.actors
    ]
    return spans
