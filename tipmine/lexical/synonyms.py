"""Mines near-synonyms: words that occur with the same other words, in the corpus and in the domain thesaurus.

Positive pointwise mutual information over the words of a passage, then a truncated SVD (Levy, Goldberg and Dagan 2015).
The few hundred turns of a study alone give rough vectors, so the ideas of the thesaurus are counted as passages too,
each with all its terms. Two words that never occur together in the corpus thus become near if both express one idea.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize
from sklearn.utils.extmath import randomized_svd

from tipmine.lexical.thesaurus import TermCutter, load_thesaurus
from tipmine.lexical.wordlists import content_words
from tipmine.records import DEFAULT_SEED, TextUnit

VOCABULARY = 8_000
"""Most words with a vector, the most frequent first. Higher: minutes to factorise, for nothing but names and typos."""
SAMPLE = 30_000
"""Size of the evenly spread sample of passages (up to twice this) that is counted if there are more."""
MIN_COUNT = 2
"""Fewest passages and ideas in which a word must occur. Lower: words of a single passage get meaningless vectors."""
DIMENSIONS = 100
"""Dimensions of a word's vector. Higher keeps chance, lower blurs differences. Between 60 and 200, traces differ by
less than .01."""
IDEAS_SHARE = 0.5
"""Least weight of the thesaurus relative to the corpus. Lower: in a large corpus, everyday words that occur together
hide which words express the same idea."""
CUTS_KEPT = 8
"""Number of tokenized thesauri kept: each takes about a second, and corpora without names of their own share one."""
NEAR = 0.6
"""Least cosine for two words to be given as near in a reason."""


@dataclass(frozen=True)
class WordVectors:
    """Vectors (of length 1) of the words of a corpus, and each word's inverse document frequency."""

    row_of: dict[str, int]
    """Word -> its row in `vectors` and `idf`."""
    vectors: NDArray[np.float32]
    idf: NDArray[np.float32]

    def texts(self, units: Sequence[TextUnit]) -> NDArray[np.float32]:
        """For each text the idf-weighted mean of its words' vectors, of length 1, or 0 if no word is known."""
        rows, columns = [], []
        for row, unit in enumerate(units):
            known = {self.row_of[word] for word in content_words(unit.words) if word in self.row_of}
            rows += [row] * len(known)
            columns += sorted(known)
        weights = self.idf[columns] if columns else np.zeros(0, np.float32)
        size = (len(units), len(self.row_of))
        mean = sparse.csr_matrix((weights, (rows, columns)), shape=size) @ self.vectors
        return np.asarray(normalize(mean), np.float32)

    def near(self, words: Sequence[str], others: Sequence[str]) -> list[tuple[str, str, float]]:
        """Pairs of different but near words, one from each text, with their cosine; nearest first."""
        left = [word for word in dict.fromkeys(words) if word in self.row_of]
        right = [word for word in dict.fromkeys(others) if word in self.row_of and word not in left]
        if not left or not right:
            return []
        cosines = self.vectors[[self.row_of[w] for w in left]] @ self.vectors[[self.row_of[w] for w in right]].T
        pairs = [(left[i], right[j], float(cosines[i, j])) for i, j in np.argwhere(cosines >= NEAR)]
        return sorted(pairs, key=lambda pair: -pair[2])


def mine_vectors(units: Sequence[TextUnit], *, seed: int = DEFAULT_SEED, thesaurus: bool = True) -> WordVectors:
    """Word vectors mined from these texts and, by default, the thesaurus; empty if there are too few words."""
    step = max(1, len(units) // SAMPLE)
    texts = [content_words(unit.words) for unit in units[::step]]
    ideas = _ideas_as_texts(frozenset(word for text in texts for word in text)) if thesaurus else ()
    counter = CountVectorizer(analyzer=list, min_df=MIN_COUNT, max_features=VOCABULARY, binary=True)
    try:
        present = counter.fit_transform([*texts, *ideas]).astype(np.float32)
    except ValueError:  # no word is in two texts
        return WordVectors({}, np.zeros((0, 1), np.float32), np.zeros(0, np.float32))
    weights = np.ones(len(texts) + len(ideas), np.float32)
    if ideas:
        weights[len(texts) :] = max(1.0, IDEAS_SHARE / (1 - IDEAS_SHARE) * len(texts) / len(ideas))
    cooccurrence = sparse.csr_matrix(present.T @ present.multiply(weights[:, None]))
    ppmi = _ppmi(cooccurrence, float(weights.sum()))
    rank = min(DIMENSIONS, ppmi.shape[0] - 1)
    row_of = {str(word): index for index, word in enumerate(counter.get_feature_names_out())}
    document_frequency = np.asarray(present[: len(texts)].sum(axis=0)).ravel()
    idf = np.log(1 + len(texts) / np.maximum(document_frequency, 1)).astype(np.float32)
    if rank < 2:
        return WordVectors(row_of, np.ones((len(row_of), 1), np.float32), idf)
    left, singular_values, _ = randomized_svd(ppmi, rank, random_state=seed)
    return WordVectors(row_of, normalize(left * np.sqrt(singular_values)).astype(np.float32), idf)


def _ideas_as_texts(vocabulary: frozenset[str]) -> tuple[tuple[str, ...], ...]:
    """Each idea as the content words of its terms.

    Words of the corpus (`vocabulary`) are cut as they are there, others as in the dictionary: no text needs the vectors
    of the others, but words next to them in several ideas come near each other.
    """
    from pythainlp.corpus import thai_words

    terms = _all_terms()
    return _cut_ideas(frozenset(word for word in vocabulary - thai_words() if word in terms))


@cache
def _all_terms() -> str:
    """The terms of all ideas, one per line."""
    return "\n".join(term for concept in load_thesaurus().values() for term in concept.terms)


@lru_cache(maxsize=CUTS_KEPT)
def _cut_ideas(names: frozenset[str]) -> tuple[tuple[str, ...], ...]:
    """The ideas as words, cut by a dictionary to which `names`, words of the corpus in terms, were added."""
    from pythainlp.corpus import thai_words

    cutter = TermCutter(names | thai_words())
    return tuple(
        content_words([word for term in concept.terms for word in cutter.cut(term)])
        for concept in load_thesaurus().values()
    )


def _ppmi(cooccurrence: Any, total: float) -> Any:
    """The positive pointwise mutual information of different words.

    `cooccurrence` counts the texts with both words, its diagonal those with one; `total` is the number of texts.
    """
    frequency, pairs = cooccurrence.diagonal(), cooccurrence.tocoo()
    pmi = np.log(np.maximum(pairs.data * total / (frequency[pairs.row] * frequency[pairs.col]), 1e-9))
    keep = (pmi > 0) & (pairs.row != pairs.col)
    return sparse.csr_matrix((pmi[keep], (pairs.row[keep], pairs.col[keep])), shape=cooccurrence.shape)
