"""Texts by the ideas whose terms they hold; a term counts as held if most of what it says is in the text.

For `ideas.py` a text is near many ideas at once; here a text holds a few ideas or none. Speech scatters the words of a
term (the budget, well, it came late again), so their order and distance do not count. One product of sparse matrices
answers for all texts and terms at once.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.preprocessing import normalize

from tipmine.lexical.arrays import PairScores
from tipmine.lexical.ideas import actor_shares
from tipmine.lexical.thesaurus import (
    FUZZY_COVER,
    FUZZY_STRENGTH,
    NEGATION_WEIGHT,
    load_thesaurus,
    term_cutter,
    word_weight,
)
from tipmine.records import TextUnit

WHOLE = 0.999
"""Share of a term in the text from which it counts as whole; a term with only one content word must be whole."""
TELLING_WORDS = 2
"""Fewest content words of a longer term that must be in the text: a single one is mostly chance."""
TERM_RELATED_SHARE = 0.5
"""Weight of the thesaurus neighbours of a recommendation's idea; the idea itself has 1."""
CONTENT = 16.0
"""What a content word adds to its share of a term, so that one product of matrices gives both how much of a term is in
a text (at most 1) and how many of its content words are."""
BATCH = 1_000
"""Number of texts at a time: each touches some hundred terms by a single word."""


@dataclass(frozen=True)
class _Terms:
    """The terms of the thesaurus in the words of a corpus."""

    shares: Any
    """Words by terms: the share that a word has of its term, plus CONTENT for a content word."""
    idea: NDArray[np.int64]
    """For each term, its idea."""
    single: NDArray[np.bool_]
    """Which terms have only one content word."""


def term_cosines(left: Sequence[TextUnit], right: Sequence[TextUnit]) -> PairScores:
    """How far texts hold terms of the same ideas, or of neighbours of the left text's ideas: cosines, left by right.

    An idea that many texts hold counts little, and so does an actor (`ideas.ACTOR_SHARE`).
    """
    held = held_ideas(left, right)
    size = len(left) + len(right)
    document_frequency = sum(np.asarray((points > 0).sum(axis=0)).ravel() for points in held)
    idf = np.maximum(np.log((size + 1) / (document_frequency + 1)), 0)
    weights = idf.astype(np.float32) * actor_shares(load_thesaurus())
    ours = normalize(_with_neighbours(held[0].toarray()) * weights)
    theirs = normalize(sparse.csr_matrix(held[1].multiply(weights)))
    return np.asarray((theirs @ ours.T).T, np.float32)


def held_ideas(*groups: Sequence[TextUnit]) -> list[Any]:
    """For each group of texts a sparse matrix, texts by ideas in the order of the thesaurus.

    A cell is 1 if a whole term of the idea is in the text, less if only most of a term is, else 0.
    """
    units = [unit for group in groups for unit in group]
    counts = Counter(word for unit in units for word in dict.fromkeys(unit.words))
    terms = _terms(counts, len(units))
    place = {word: number for number, word in enumerate(counts)}
    return [_held(group, place, terms) for group in groups]


def _terms(counts: Counter[str], size: int) -> _Terms:
    """The terms that have a content word, cut into the words of a corpus.

    `counts` says in how many of its `size` texts each word occurs; the rows of the matrices are in its order.
    """
    cut = [
        (number, weights)
        for number, weights in _cut_terms(counts, size)
        if any(weight > NEGATION_WEIGHT for weight in weights.values())
    ]
    place = {word: number for number, word in enumerate(counts)}
    cells = [
        (place[word], column, weight / sum(weights.values()) + CONTENT * (weight > NEGATION_WEIGHT))
        for column, (_, weights) in enumerate(cut)
        for word, weight in weights.items()
        if word in place
    ]
    rows, columns, shares = zip(*cells, strict=True) if cells else ((), (), ())
    shape = (len(place), len(cut))
    return _Terms(
        sparse.csr_matrix((np.asarray(shares, np.float64), (rows, columns)), shape=shape),
        np.asarray([number for number, _ in cut]),
        np.asarray([sum(weight > NEGATION_WEIGHT for weight in weights.values()) == 1 for _, weights in cut]),
    )


def _cut_terms(counts: Counter[str], size: int) -> Iterator[tuple[int, dict[str, float]]]:
    """For each term of the thesaurus, the number of its idea and the weight of each of its words."""
    cutter = term_cutter(frozenset(counts))
    for number, concept in enumerate(load_thesaurus().values()):
        for term in sorted(set(concept.terms)):
            yield number, {word: _weight(word, counts, size) for word in cutter.cut(term)}


def _weight(word: str, counts: Counter[str], size: int) -> float:
    return word_weight(word, math.log(1 + size / counts[word]) if word in counts else math.log(1 + size))


def _held(units: Sequence[TextUnit], place: dict[str, int], terms: _Terms) -> Any:
    ideas = len(load_thesaurus())
    parts: list[Any] = [sparse.csr_matrix((0, ideas), dtype=np.float32)]
    for start in range(0, len(units), BATCH):
        texts = [sorted({place[word] for word in unit.words}) for unit in units[start : start + BATCH]]
        bounds = np.cumsum([0, *map(len, texts)])
        words = np.concatenate([np.asarray(text, np.int64) for text in texts])
        present = sparse.csr_matrix((np.ones(len(words), np.float32), words, bounds), shape=(len(texts), len(place)))
        met = (present @ terms.shares).tocoo()
        telling = np.floor(met.data / CONTENT)
        cover = met.data - CONTENT * telling
        whole = cover >= WHOLE
        holds = np.where(terms.single[met.col], whole, (cover >= FUZZY_COVER) & (telling >= TELLING_WORDS))
        strength = np.where(whole, 1.0, FUZZY_STRENGTH * cover)[holds]
        points = np.zeros((len(texts), ideas), np.float32)
        np.maximum.at(points, (met.row[holds], terms.idea[met.col[holds]]), strength)
        parts.append(sparse.csr_matrix(points))
    return sparse.vstack(parts, format="csr")


def _with_neighbours(points: NDArray[np.float32]) -> NDArray[np.float32]:
    """Ideas and, with less weight, the ideas that the thesaurus relates to them."""
    known = load_thesaurus()
    place = {idea: number for number, idea in enumerate(known)}
    spread = points.copy()
    for number, concept in enumerate(known.values()):
        for other in concept.related:
            if other in place:
                spread[:, place[other]] = np.maximum(spread[:, place[other]], TERM_RELATED_SHARE * points[:, number])
    return spread
