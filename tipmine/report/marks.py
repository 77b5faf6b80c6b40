"""Quotations: a passage with its place and the words that it shares with another passage."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from tipmine.lexical.wordlists import stopwords, word_spans
from tipmine.records import LineSpan
from tipmine.report.material import Material

_SHORTEST = 2
"""Fewest letters of a shared word for it to be marked."""


def quotation(
    material: Material, passage: str, *, beside: str = "", part: tuple[int, int] | None = None
) -> dict[str, Any]:
    """A passage (or a part of its text) with document, page, speaker, and group or province.

    `marks` are the half-open offsets in the text of words that the passage `beside` also has. If the run no longer
    holds the passage, the values are empty.
    """
    held = material.passages.get(passage)
    if held is None:
        return {"text": "", "document": "", "page": None, "speaker": "", "province": "", "group": "", "marks": []}
    info = material.infos[held.doc]
    start, end = part or (0, len(held.text))
    text = held.text[start:end]
    marks: list[tuple[int, int]] = []
    if beside:
        shared = set(material.words.get(passage, ())) & set(material.words.get(beside, ()))
        marks = spans(text, material.words.get(passage, ()), shared - stopwords())
    return {
        "text": text,
        "document": held.doc,
        "page": (held.page or None) if part is None else _page_at(held.lines, start) or held.page or None,
        "speaker": held.speaker,
        "province": info.province,
        "group": info.speaker_group,
        "marks": marks,
    }


def _page_at(lines: Sequence[LineSpan], offset: int) -> int:
    return next((line.page for line in lines if line.start <= offset < line.end), 0)


def spans(text: str, words: Sequence[str], wanted: Collection[str]) -> list[tuple[int, int]]:
    """The half-open offsets of the wanted words, given all words of the text in order; parts of words do not count.

    >>> spans("กา กากา", ["กา", "กากา"], {"กา"})
    [(0, 2)]
    """
    return [
        (start, end) for start, end in word_spans(text, words) if end - start >= _SHORTEST and text[start:end] in wanted
    ]
