"""Explains a pillar: the words and phrases of the passage that contributed most to its score, as spans in the text.

A linear score is a sum over features. The largest terms are looked up in the text, their weight is spread over the
words they cover, and the words with the most weight, joined if adjacent, are the reason.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from scipy.sparse import csr_matrix

from tipmine.records import Passage, Token
from tipmine.tag.codebook import fixed_name_spans
from tipmine.tag.pillars import LinearModel
from tipmine.tag.sentences import sentence
from tipmine.tag.spans import touching

_TERMS = 40
"""Number of largest terms that are looked up. Higher: more time, with hardly any change in the three phrases shown."""

_PHRASES = 3
_SHORT = 3
"""Fewest code points of a word in a reason. Shorter words explain nothing to a reader (ปี has two, กับ has three)."""

_SHARE = 0.35
"""A word belongs to a reason if its weight is at least this share of the heaviest word's weight."""

ReasonSpans = tuple[tuple[int, int], ...]


class Reasoner:
    """Explains the decisions of a linear model."""

    def __init__(self, linear: LinearModel) -> None:
        self._linear = linear

    @cached_property
    def _names(self) -> list[str]:
        return self._linear.features.names()

    def reasons(
        self,
        passages: Sequence[Passage],
        tokens: Sequence[Sequence[Token]],
        matrix: csr_matrix,
        wanted: Sequence[tuple[int, int]],
    ) -> dict[tuple[int, int], tuple[str, ReasonSpans]]:
        """For each wanted (index of passage, index of pillar): the reason in Thai, and the spans on which it is based.

        `matrix` holds the features of the passages, one row per passage.
        """
        reasons = {}
        for row, pillar in wanted:
            inside = slice(matrix.indptr[row], matrix.indptr[row + 1])
            columns = matrix.indices[inside]
            terms = matrix.data[inside] * self._linear.weights[pillar, columns]
            top = [i for i in np.argsort(terms)[::-1][:_TERMS] if terms[i] > 0]
            weighted = [(self._names[columns[i]], float(terms[i])) for i in top]
            reasons[row, pillar] = self._phrases(passages[row], tokens[row], weighted)
        return reasons

    def _phrases(
        self, passage: Passage, tokens: Sequence[Token], weighted: Sequence[tuple[str, float]]
    ) -> tuple[str, ReasonSpans]:
        carried = _carried(passage.text, tokens, weighted)
        spans = _heaviest(tokens, carried)
        phrases = ", ".join(dict.fromkeys(passage.text[start:end] for start, end in spans))
        if phrases:
            return phrases, spans
        above = passage.section[-1] if passage.section else ""
        return (by_heading(above) if above else sentence("pillar_together")), ()


def by_heading(heading: str) -> str:
    """The reason for a pillar that comes from the heading and not from any word of the passage."""
    return sentence("pillar_heading", heading=heading)


def _carried(text: str, tokens: Sequence[Token], weighted: Sequence[tuple[str, float]]) -> list[float]:
    """The weight of each token; terms inside names that are not evidence for a pillar do not count."""
    lowered = text.lower() if len(text.lower()) == len(text) else text
    hidden = fixed_name_spans(text)
    carried = [0.0] * len(tokens)
    starts = [token.start for token in tokens]
    for name, weight in weighted:
        places = [at for at in _places(lowered, name) if not touching(hidden, at, at + len(name))]
        for at in places:
            first, end = max(0, bisect_right(starts, at) - 1), bisect_left(starts, at + len(name))
            for i in range(first, end):
                carried[i] += weight / len(places) / (end - first)
    return [0.0 if len(token.text.strip()) < _SHORT else value for token, value in zip(tokens, carried, strict=True)]


def _places(text: str, name: str) -> list[int]:
    wanted = name.strip()
    places: list[int] = []
    at = text.find(wanted) if len(wanted) > 1 else -1
    while at >= 0:
        places.append(at)
        at = text.find(wanted, at + 1)
    return places


def _heaviest(tokens: Sequence[Token], carried: Sequence[float]) -> ReasonSpans:
    """The spans of the heaviest words, joined if adjacent: at most three phrases, in the order of the text."""
    least = max(carried, default=0.0) * _SHARE
    phrases: list[tuple[float, int, int]] = []
    for token, value in zip(tokens, carried, strict=True):
        if value <= 0 or value < least:
            continue
        if phrases and phrases[-1][2] == token.start:
            weight, start, _ = phrases.pop()
            phrases.append((weight + value, start, token.end))
        else:
            phrases.append((value, token.start, token.end))
    chosen = sorted(phrases, reverse=True)[:_PHRASES]
    return tuple(sorted((start, end) for _, start, end in chosen))
