"""Six measures of how near a recommendation is to a piece of evidence; each finds what the others miss.

words   BM25 over content words and their pairs: the same terms.
chars   BM25 over character 3- and 4-grams: the same stems, misspelt words, and words that were tokenized differently.
ideas   cosine in the space of the domain thesaurus: official and spoken terms for the same thing.
other   the part of `ideas` that does not rest on shared words: texts that only share words lack it.
terms   cosine over the few ideas of which a term is, at least mostly, in the text (`lexical/terms.py`).
topics  cosine after latent semantic analysis (TF-IDF, truncated SVD): words that occur together in this corpus. Only in
        a response table; elsewhere `near`, cosines of mined word vectors, which `rank` adds, counts in its place.

BM25 follows Robertson and Zaragoza (2009) in Lucene's form. A BM25 score is divided by the highest score that the query
can reach, so 1 means that all words of the recommendation occur often. All matrices are recommendations by evidence,
float32; 500 by 100,000 take 200 MB each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import bm25s
import numpy as np
from scipy import sparse
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from tipmine.lexical.arrays import PairScores
from tipmine.lexical.grams import BUCKETS, gram_counts, grams
from tipmine.lexical.ideas import features, idea_cosines
from tipmine.lexical.terms import term_cosines
from tipmine.lexical.wordlists import content_words
from tipmine.records import DEFAULT_SEED, TextUnit

K1 = 1.2
"""BM25: how slowly further occurrences of a word cease to count. Higher favours texts that repeat a word. This and the
next one are the usual values."""
B = 0.75
"""BM25: how far long texts are discounted, from 0 (not at all) to 1 (in full). Lower favours long texts."""
CHAR_SIZES = (3, 4)
"""Lengths in code points of the letter sequences that are compared."""
LSA_DIMENSIONS = 100
"""Most dimensions of latent semantic analysis. Lower: unrelated words are taken for related."""


def rankings(
    recommendations: Sequence[TextUnit], evidence: Sequence[TextUnit], *, table: bool, seed: int = DEFAULT_SEED
) -> dict[str, PairScores]:
    """The matrices by name. `topics` is made only for a response table; elsewhere mined word vectors replace it."""
    ideas = idea_cosines(recommendations, evidence)
    raw = {
        "words": word_scores(recommendations, evidence),
        "chars": char_scores(recommendations, evidence),
        "ideas": ideas.whole,
        "other": ideas.beyond_shared_words,
        "terms": term_cosines(recommendations, evidence),
    }
    if table:
        raw["topics"] = topic_scores(recommendations, evidence, seed=seed)
    return raw


def word_scores(recommendations: Sequence[TextUnit], evidence: Sequence[TextUnit], *, pairs: bool = True) -> PairScores:
    """BM25 over content words, with neighbouring pairs unless `pairs` is false."""
    cut: Callable[[Sequence[str]], Sequence[str]] = features if pairs else content_words
    documents = [list(cut(unit.words)) for unit in evidence]
    scores = np.zeros((len(recommendations), len(evidence)), np.float32)
    if not any(documents):
        return scores
    index = bm25s.BM25(k1=K1, b=B, method="lucene")
    index.index(documents, show_progress=False)
    frequency: dict[str, int] = {}
    for document in documents:
        for word in set(document):
            frequency[word] = frequency.get(word, 0) + 1
    for row, unit in enumerate(recommendations):
        query = sorted(set(cut(unit.words)))
        most = sum(_idf(frequency.get(word, 0), len(documents)) for word in query)
        if most:
            scores[row] = index.get_scores(query) / most
    return scores


def _idf(frequency: float, size: int) -> float:
    return float(np.log(1 + (size - frequency + 0.5) / (frequency + 0.5)))


def char_scores(recommendations: Sequence[TextUnit], evidence: Sequence[TextUnit]) -> PairScores:
    """BM25 over character n-grams. Only n-grams of the recommendations are counted, to keep the matrix small."""
    scores = np.zeros((len(recommendations), len(evidence)), np.float32)
    if not len(evidence):
        return scores
    queries = [np.unique(grams(unit.text, CHAR_SIZES)) for unit in recommendations]
    wanted = np.zeros(BUCKETS, bool)
    for query in queries:
        wanted[query] = True
    lengths = np.array([max(len(unit.text) * len(CHAR_SIZES), 1) for unit in evidence], np.float32)
    counts = gram_counts((unit.text for unit in evidence), CHAR_SIZES, wanted)[:, np.flatnonzero(wanted)]
    column = np.cumsum(wanted) - 1
    weights, idf = _bm25_weights(counts, lengths)
    for row, query in enumerate(queries):
        at = column[query]
        most = float(idf[at].sum())
        if most:
            scores[row] = np.asarray(weights[at].sum(axis=0)).ravel() / most
    return scores


def _bm25_weights(counts: Any, lengths: PairScores) -> tuple[Any, PairScores]:
    """BM25 weights, terms by documents (transposed for fast sums), and the terms' inverse document frequencies."""
    size = counts.shape[0]
    present = np.asarray((counts > 0).sum(axis=0)).ravel()
    idf = np.log(1 + (size - present + 0.5) / (present + 0.5)).astype(np.float32)
    mean = max(float(lengths.mean()), 1.0) if size else 1.0
    norm = K1 * (1 - B + B * lengths / mean)
    weighted = counts.tocoo()
    value = idf[weighted.col] * weighted.data / (weighted.data + norm[weighted.row])
    return sparse.csr_matrix((value, (weighted.col, weighted.row)), shape=(counts.shape[1], size)), idf


def topic_scores(
    recommendations: Sequence[TextUnit],
    evidence: Sequence[TextUnit],
    *,
    seed: int = DEFAULT_SEED,
    dimensions: int = LSA_DIMENSIONS,
) -> PairScores:
    """Cosines after latent semantic analysis of both sides together."""
    matrix = tfidf(recommendations, evidence)
    if matrix is None:
        return np.zeros((len(recommendations), len(evidence)), np.float32)
    size = min(dimensions, min(matrix.shape) - 1)
    if size >= 2:
        matrix = normalize(TruncatedSVD(size, random_state=seed).fit_transform(matrix))
    left, right = matrix[: len(recommendations)], matrix[len(recommendations) :]
    product = left @ right.T
    return np.asarray(product.toarray() if sparse.issparse(product) else product, np.float32)


def tfidf(recommendations: Sequence[TextUnit], evidence: Sequence[TextUnit]) -> Any | None:
    """TF-IDF of content words: rows of recommendations, then of evidence. None if no text has a content word."""
    vectorizer = TfidfVectorizer(analyzer=content_words, sublinear_tf=True, dtype=np.float32)
    try:
        return vectorizer.fit_transform([unit.words for unit in (*recommendations, *evidence)])
    except ValueError:  # the vocabulary is empty
        return None
