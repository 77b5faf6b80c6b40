"""Places texts in a space whose axes are the ideas of the domain thesaurus.

Two texts that share no word may still be near the same ideas: "who pays for the first night" and "advance funds of the
province" are both near the idea of paying out of one's own pocket. Each idea is treated as a small document made of all
its terms; a text's coordinate on it is the cosine of the two (explicit semantic analysis: Gabrilovich and Markovitch
2007, with a thesaurus in place of an encyclopaedia). Part of each coordinate is passed on to neighbouring ideas, so
that a problem matches the measure against it.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfTransformer, TfidfVectorizer
from sklearn.preprocessing import normalize

from tipmine.lexical.arrays import PairScores
from tipmine.lexical.grams import gram_counts
from tipmine.lexical.thesaurus import Concept, load_thesaurus, term_cutter
from tipmine.lexical.wordlists import content_words
from tipmine.records import TextUnit

IDEA_RELATED_SHARE = 0.35
"""Share of an idea's coordinate added to related ideas, of which it has four on average. Higher connects problems to
measures but blurs ideas."""
IDEA_GRAM_SIZES = (3, 4, 5)
NOISE = 0.01
"""Coordinates below this come from chance matches of letters and are dropped, which keeps the matrix sparse."""
LAYER_SHARE = 0.5
"""Weight of words, and likewise of letters."""
FLOOR = 0.03
"""Coordinates below this in a text's vector (of length 1) are noise; keeping them would take three times as long."""
TOUCHED = 0.05
"""Least coordinate for a text to count as touching an idea, when the frequency of ideas is counted."""
ACTOR_SHARE = 0.25
"""Weight of an idea that is an actor when texts are compared; others have 1. A recommendation names the office that it
asks, and any text may name that office in passing. Higher: evidence is found by whom it names. Lower: evidence about an
office is lost."""
SHARED_IDEAS = 0.1
"""Cosine from which two texts count as sharing ideas. Higher misses texts that say the same in entirely different
words."""


@dataclass(frozen=True)
class _Layer:
    """Vectors (rows of length 1) of texts and of ideas over the same features; an idea is the text of all its terms."""

    texts: Any
    ideas: Any


def idea_vectors(*groups: Sequence[TextUnit], concepts: Mapping[str, Concept] | None = None) -> list[sparse.csr_matrix]:
    """For each group of texts a matrix, texts by ideas, rows of length 1 or 0.

    A coordinate is the mean of two cosines: over content words and their pairs, and over character n-grams. Ideas
    touched by many texts, over all groups, get less weight, since they say little about any two of them.
    """
    known = load_thesaurus() if concepts is None else concepts
    units = [unit for group in groups for unit in group]
    weighted, _ = _weighted(_layers(units, known), known)
    vectors = normalize(weighted)
    bounds = np.cumsum([0, *map(len, groups)])
    return [vectors[start:end] for start, end in itertools.pairwise(bounds)]


class IdeaCosines(NamedTuple):
    """How near texts are in ideas: cosines, left by right, and the part of each that does not rest on shared words."""

    whole: PairScores
    beyond_shared_words: PairScores


def idea_cosines(left: Sequence[TextUnit], right: Sequence[TextUnit]) -> IdeaCosines:
    """The cosines of texts in ideas, in which an idea that is an actor counts less (ACTOR_SHARE).

    The part beyond shared words leaves out the contribution of words, pairs and n-grams of the right text that the left
    text also has. If both are about the same matter, the rest of the right text is still near the same ideas. If they
    only share words ("the province's annual budget": for a rescue, for a roof), nothing is left.
    """
    known = load_thesaurus()
    size = len(left)
    layers = _layers([*left, *right], known)
    weighted, idf = _weighted(layers, known, actor_shares(known))
    lengths = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel()).clip(1e-9)
    ours = sparse.csr_matrix(normalize(weighted[:size]))
    theirs = normalize(weighted[size:])
    theirs.data[theirs.data < FLOOR] = 0
    theirs.eliminate_zeros()
    cosines = np.asarray((theirs @ ours.toarray().T).T, np.float32)
    # What each feature of a right text adds to the cosine, by the left text.
    identity = sparse.identity(len(known), np.float32, format="csr")
    reach = (ours.multiply(idf) @ _spread(identity, known).T).toarray()
    other = np.zeros_like(cosines)
    for layer in layers:
        used = np.unique(layer.ideas.indices)
        gain = layer.ideas[:, used].T.tocsr() @ reach.T  # features x left
        shared = layer.texts[:size][:, used].tocoo()
        gain[shared.col, shared.row] = 0
        other += LAYER_SHARE * (layer.texts[size:][:, used] @ gain).T
    other /= lengths[size:]
    # Chance n-grams add up: the part must not exceed the whole for texts that hardly share ideas.
    return IdeaCosines(cosines, np.where(cosines < SHARED_IDEAS, np.minimum(other, cosines), other))


def actor_shares(known: Mapping[str, Concept]) -> PairScores:
    """The weight of each idea by its type: ACTOR_SHARE for an actor, else 1."""
    return np.array([ACTOR_SHARE if concept.type == "actor" else 1.0 for concept in known.values()], np.float32)


def _weighted(
    layers: Sequence[_Layer], known: Mapping[str, Concept], shares: PairScores | float = 1.0
) -> tuple[Any, Any]:
    """Texts by ideas, with shares of related ideas added, weighted by the inverse document frequency of the ideas; and
    these weights.

    `shares` are factors on the weights.
    """
    points = _clean(sum(layer.texts @ layer.ideas.T for layer in layers) * LAYER_SHARE)
    document_frequency = np.asarray((points > TOUCHED).sum(axis=0)).ravel()
    idf = np.log((points.shape[0] + 1) / (document_frequency + 1)).astype(np.float32) * shares
    return sparse.csr_matrix(_spread(points, known).multiply(idf)), idf


def _layers(units: Sequence[TextUnit], known: Mapping[str, Concept]) -> list[_Layer]:
    return [layer for layer in (_word_layer(units, known), _gram_layer(units, known)) if layer]


def _word_layer(units: Sequence[TextUnit], known: Mapping[str, Concept]) -> _Layer | None:
    texts = [features(unit.words) for unit in units]
    cutter = term_cutter(frozenset(word for unit in units for word in unit.words))
    terms = [[name for term in concept.terms for name in features(cutter.cut(term))] for concept in known.values()]
    vectorizer = TfidfVectorizer(analyzer=list, sublinear_tf=True, dtype=np.float32)
    try:
        both = vectorizer.fit_transform(terms + texts)
    except ValueError:  # no content word in any text or term
        return None
    return _Layer(both[len(terms) :], both[: len(terms)])


def _gram_layer(units: Sequence[TextUnit], known: Mapping[str, Concept]) -> _Layer:
    terms = gram_counts((" ".join(concept.terms) for concept in known.values()), IDEA_GRAM_SIZES)
    texts = gram_counts((unit.text for unit in units), IDEA_GRAM_SIZES)
    weigher = TfidfTransformer(sublinear_tf=True).fit(sparse.vstack([terms, texts], format="csr"))
    return _Layer(weigher.transform(texts).astype(np.float32), weigher.transform(terms).astype(np.float32))


def _clean(points: Any) -> Any:
    points = sparse.csr_matrix(points, dtype=np.float32)
    points.data[points.data < NOISE] = 0
    points.eliminate_zeros()
    return points


def features(words: Sequence[str]) -> list[str]:
    """The content words of a text and their neighbouring pairs."""
    content = content_words(words)
    return [*content, *(f"{left} {right}" for left, right in itertools.pairwise(content))]


def _spread(points: Any, known: Mapping[str, Concept]) -> Any:
    """Texts by ideas, with a share of each coordinate added to the related ideas."""
    place = {concept: index for index, concept in enumerate(known)}
    pairs = [(place[c.id], place[other]) for c in known.values() for other in c.related if other in place]
    if not pairs:
        return sparse.csr_matrix(points)
    rows, columns = zip(*pairs, strict=True)
    size = (len(known), len(known))
    adjacency = sparse.csr_matrix((np.full(len(pairs), IDEA_RELATED_SHARE, np.float32), (rows, columns)), shape=size)
    return sparse.csr_matrix(points + points @ adjacency)
