"""Texts as points in a space whose axes are the ideas of the domain thesaurus.

Two texts that share no word may still be near the same ideas: "who pays for the first night" and "advance funds of
the province" both lie near the idea of paying out of one's own pocket. Each idea is treated as a small document
made of all its terms; a text's coordinate on it is the cosine of the two (explicit semantic analysis: Gabrilovich
and Markovitch 2007, with a thesaurus in place of an encyclopaedia). Part of each coordinate flows on to the
neighbouring ideas, so that a problem meets the measure against it.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfTransformer, TfidfVectorizer
from sklearn.preprocessing import normalize

from tipmine.lexical.grams import gram_counts
from tipmine.lexical.thesaurus import Concept, TermCutter, load_thesaurus
from tipmine.lexical.wordlists import content_words
from tipmine.records import TextUnit

RELATED_SHARE = 0.5
"""What of an idea's coordinate its neighbours receive. More joins problems to measures and blurs neighbours."""
GRAM_SIZES = (3, 4, 5)
NOISE = 0.01
"""Coordinates below this are chance meetings of letters; dropping them keeps the matrix sparse."""
FAINT = 0.05
"""A text counts as speaking of an idea from this coordinate on, when it is counted how common the idea is."""


def idea_vectors(*groups: Sequence[TextUnit], concepts: Mapping[str, Concept] | None = None) -> list[sparse.csr_matrix]:
    """For each group of texts a matrix, texts by ideas, rows of length 1 or 0.

    A coordinate is the mean of two cosines: over content words and their pairs, and over character n-grams. All
    groups are weighed together: an idea that many texts touch says little about any two of them.
    """
    known = load_thesaurus() if concepts is None else concepts
    units = [unit for group in groups for unit in group]
    points = _clean((_word_points(units, known) + _gram_points(units, known)) * 0.5)
    spread = _spread(points, known)
    touched = np.asarray((points > FAINT).sum(axis=0)).ravel()
    rarity = np.log((len(units) + 1) / (touched + 1)).astype(np.float32)
    weighted = normalize(sparse.csr_matrix(spread.multiply(rarity)))
    bounds = np.cumsum([0, *map(len, groups)])
    return [weighted[start:end] for start, end in itertools.pairwise(bounds)]


def _word_points(units: Sequence[TextUnit], known: Mapping[str, Concept]) -> Any:
    texts = [features(unit.words) for unit in units]
    cutter = TermCutter({word for unit in units for word in unit.words})
    terms = [[name for term in _terms(concept) for name in features(cutter.cut(term))] for concept in known.values()]
    vectorizer = TfidfVectorizer(analyzer=_as_it_is, sublinear_tf=True, dtype=np.float32)
    try:
        vectorizer.fit(terms + texts)
    except ValueError:  # no content word in any text or term
        return sparse.csr_matrix((len(units), len(known)), dtype=np.float32)
    return sparse.csr_matrix(vectorizer.transform(texts) @ vectorizer.transform(terms).T)


def _gram_points(units: Sequence[TextUnit], known: Mapping[str, Concept]) -> Any:
    terms = gram_counts((" ".join(_terms(concept)) for concept in known.values()), GRAM_SIZES)
    texts = gram_counts((unit.text for unit in units), GRAM_SIZES)
    weigher = TfidfTransformer(sublinear_tf=True).fit(sparse.vstack([terms, texts], format="csr"))
    return sparse.csr_matrix(weigher.transform(texts) @ weigher.transform(terms).T)


def _clean(points: Any) -> Any:
    points = sparse.csr_matrix(points, dtype=np.float32)
    points.data[points.data < NOISE] = 0
    points.eliminate_zeros()
    return points


def features(words: Sequence[str]) -> list[str]:
    """The content words of a text and their neighbouring pairs."""
    content = content_words(words)
    return [*content, *(f"{left} {right}" for left, right in itertools.pairwise(content))]


def _terms(concept: Concept) -> tuple[str, ...]:
    return (concept.name, *concept.official, *concept.spoken, *concept.abbreviations)


def _spread(points: Any, known: Mapping[str, Concept]) -> Any:
    place = {concept: index for index, concept in enumerate(known)}
    pairs = [(place[c.id], place[other]) for c in known.values() for other in c.related if other in place]
    if not pairs:
        return points
    rows, columns = zip(*pairs, strict=True)
    size = (len(known), len(known))
    bridge = sparse.csr_matrix((np.full(len(pairs), RELATED_SHARE, np.float32), (rows, columns)), shape=size)
    return sparse.csr_matrix(points + points @ bridge)


def _as_it_is(names: list[str]) -> list[str]:
    return names
