"""Excerpts of texts around their marks, and the marks of tags, as pieces for the templates."""

from __future__ import annotations

from collections.abc import Sequence

from tipmine.records import Tagging
from tipmine.report.labels import label, short_label
from tipmine.report.pieces import Piece, Span, pieces
from tipmine.thai import takes_room

_LEAD = 90
"""Code points shown before the first mark of an excerpt."""
EXCERPT = 420
"""Length of an excerpt in code points; a passage is rarely longer than twice this."""


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
    while 0 < at < len(text) and not takes_room(text[at]):
        at -= 1
    return at


def tag_spans(tagging: Tagging) -> list[Span]:
    """The marks of a passage's tags: words that spoke for a pillar, and actors with their roles."""
    spans = [
        Span(start, end, f"pillar-{tag.code}", label("pillar", tag.code))
        for tag in tagging.pillars
        for start, end in tag.spans
    ]
    spans += [
        Span(tag.start, tag.end, f"actor role-{tag.role}", f"{tag.name} ({short_label('role', tag.role)})")
        for tag in tagging.actors
    ]
    return spans
