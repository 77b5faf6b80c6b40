"""Finds the terms of a query in a passage: by words, as the index does, and quotations by letters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tipmine.store.forms import index_spans, letters_form, letters_pattern
from tipmine.store.terms import Term

Span = tuple[int, int]
"""Half-open offsets, of words or of code points."""


def find_marks(text: str, words: Iterable[str], groups: Sequence[Sequence[Term]]) -> tuple[Span, ...]:
    """The spans that a query found in a text, in order and without overlaps.

    `words` are those of the text as the tokenizer cut them. Terms are found as whole words or in compounds, which are
    marked whole, those with NEAR only where both sides are close enough; quotations wherever their letters occur,
    whatever the script of digits, Latin case and spaces before MAI YAMOK.
    """
    wanted = [term for group in groups for term in group if not term.negative]
    quoted = [term for term in wanted if term.quoted and not term.near]
    spans = _letter_spans(text, quoted) if quoted else []
    if len(quoted) < len(wanted):
        forms = list(index_spans(text, words))
        by_words = term_ranges([[term for term in wanted if term not in quoted]], [each.form for each in forms])
        spans += [(forms[start].start, forms[end - 1].end) for start, end in by_words]
    merged: list[Span] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not merged or start >= merged[-1][1]:
            merged.append((start, end))
    return tuple(merged)


def _letter_spans(text: str, quoted: Iterable[Term]) -> list[Span]:
    folded = letters_form(text)
    return [hit.span() for term in quoted for hit in letters_pattern(term.letters).finditer(folded)]


def term_ranges(groups: Sequence[Sequence[Term]], words: Sequence[str]) -> list[Span]:
    """The half-open ranges of the query's terms in the words (in the form of the index) of a passage."""
    wanted = [term for group in groups for term in group if not term.negative]
    return sorted({span for term in wanted for span in _ranges_of_term(term, words)})


def near_holds(term: Term, words: Sequence[str]) -> bool:
    """Whether the sides of a NEAR are close enough in a passage, given as words in the form of the index."""
    return term.near is None or any(_near_pairs(term, words))


def _ranges_of_term(term: Term, words: Sequence[str]) -> list[Span]:
    if term.near is None:
        return _phrase_ranges(term, words)
    return [span for pair in _near_pairs(term, words) for span in pair]


def _near_pairs(term: Term, words: Sequence[str]) -> Iterator[tuple[Span, Span]]:
    """The ranges of the two sides of a NEAR wherever they are close enough to each other."""
    left, right = (_phrase_ranges(side, words) for side in term.sides())
    return (((a, b), (c, d)) for a, b in left for c, d in right if 0 <= max(a, c) - min(b, d) <= term.distance)


def _phrase_ranges(term: Term, words: Sequence[str]) -> list[Span]:
    """The half-open ranges of a term's phrases in the words."""
    ranges = []
    for phrase in term.phrases():
        *before, last = phrase
        for at in range(len(words) - len(before)):
            word = words[at + len(before)]
            ends = word.startswith(last) if term.prefix else word == last
            if ends and list(words[at : at + len(before)]) == before:
                ranges.append((at, at + len(phrase)))
    return ranges
