"""Mines near-synonyms from the corpus: words that occur with the same other words.

Positive pointwise mutual information over the words of a passage and its block, then a truncated SVD (Levy, Goldberg
and Dagan 2015). On the few hundred turns of a study the result is rough and gets little weight beside the thesaurus; on
tens of thousands of passages it finds what no list has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize
from sklearn.utils.extmath import randomized_svd

from tipmine.lexical.wordlists import content_words
from tipmine.records import TextUnit

VOCABULARY = 8_000
"""Most words with a vector, the most frequent first. More take minutes to factorise and add only names and typos."""
SAMPLE = 30_000
"""Passages that are counted where there are more: an evenly spread sample of so many up to twice as many."""
MIN_COUNT = 2
DIMENSIONS = 60
NEAR = 0.6
"""Least cosine for two words to be given as near in a reason."""


@dataclass(frozen=True)
class WordVectors:
    """Vectors of length 1 of the words of a corpus, and each word's inverse document frequency."""

    place: dict[str, int]
    vectors: NDArray[np.float32]
    rarity: NDArray[np.float32]

    def texts(self, units: Sequence[TextUnit]) -> NDArray[np.float32]:
        """A vector for each text: the idf-weighted mean of its words' vectors, of length 1 or, if none is known, 0."""
        rows, columns = [], []
        for row, unit in enumerate(units):
            known = {self.place[word] for word in content_words(unit.words) if word in self.place}
            rows += [row] * len(known)
            columns += sorted(known)
        weights = self.rarity[columns] if columns else np.zeros(0, np.float32)
        size = (len(units), len(self.place))
        mean = sparse.csr_matrix((weights, (rows, columns)), shape=size) @ self.vectors
        return np.asarray(normalize(mean), np.float32)

    def near(self, words: Sequence[str], others: Sequence[str]) -> list[tuple[str, str, float]]:
        """Pairs of different near words, one from each text, with their cosine; nearest first."""
        left = [word for word in dict.fromkeys(words) if word in self.place]
        right = [word for word in dict.fromkeys(others) if word in self.place and word not in left]
        if not left or not right:
            return []
        cosines = self.vectors[[self.place[w] for w in left]] @ self.vectors[[self.place[w] for w in right]].T
        pairs = [(left[i], right[j], float(cosines[i, j])) for i, j in np.argwhere(cosines >= NEAR)]
        return sorted(pairs, key=lambda pair: -pair[2])


def mine_vectors(units: Sequence[TextUnit], *, seed: int = 7) -> WordVectors:
    """Word vectors mined from these texts; empty if there are too few words."""
    step = max(1, len(units) // SAMPLE)
    texts = [content_words(unit.words) for unit in units[::step]]
    counter = CountVectorizer(analyzer=list, min_df=MIN_COUNT, max_features=VOCABULARY, binary=True)
    try:
        present = counter.fit_transform(texts).astype(np.float32)
    except ValueError:  # no word stands in two texts
        return WordVectors({}, np.zeros((0, 1), np.float32), np.zeros(0, np.float32))
    together = sparse.csr_matrix(present.T @ present)
    alone = np.asarray(present.sum(axis=0)).ravel()
    positive = _ppmi(together, alone, len(texts))
    size = min(DIMENSIONS, positive.shape[0] - 1)
    place = {str(word): index for index, word in enumerate(counter.get_feature_names_out())}
    rarity = np.log(1 + len(texts) / alone).astype(np.float32)
    if size < 2:
        return WordVectors(place, np.ones((len(place), 1), np.float32), rarity)
    left, strength, _ = randomized_svd(positive, size, random_state=seed)
    return WordVectors(place, normalize(left * np.sqrt(strength)).astype(np.float32), rarity)


def _ppmi(together: Any, alone: NDArray[np.float32], size: int) -> Any:
    pairs = together.tocoo()
    information = np.log(np.maximum(pairs.data * size / (alone[pairs.row] * alone[pairs.col]), 1e-9))
    keep = (information > 0) & (pairs.row != pairs.col)
    return sparse.csr_matrix((information[keep], (pairs.row[keep], pairs.col[keep])), shape=together.shape)
