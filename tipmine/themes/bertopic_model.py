"""The only module that uses BERTopic, with the settings it needs for Thai.

Its default vectoriser breaks Thai words apart, its default reducer compiles for half a minute in every process, and
importing it changes the process's warning filters. Here it is given tokenized words, finished vectors, and PCA and
clustering from scikit-learn, and the warning filters are restored.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import HDBSCAN, KMeans, MiniBatchKMeans
from sklearn.decomposition import PCA
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize

from tipmine.lexical.wordlists import stopwords

with warnings.catch_warnings():
    # The import silences warnings for the whole process; this block undoes it.
    from bertopic import BERTopic
    from bertopic.cluster import BaseCluster
    from bertopic.dimensionality import BaseDimensionalityReduction

PCA_DIMENSIONS = 30
"""With 5, BERTopic's own choice, topics are lost (ARI .06 to .14 on synthetic topics); with 30 they are kept."""
TERMS = 12
"""Most terms of a group, best first. Higher: chance words from a few turns are added."""
STARTS = 3
"""Random starts of KMeans in each clustering; the best is kept. Higher: slower, since consensus runs it often."""
DISTINCT_DECIMALS = 5
"""Decimals to which points are compared when distinct ones are counted: KMeans cannot make more groups than that."""
WORDS = r"\S+"
"""Pattern of a word: texts are given as words joined by spaces."""
MANY = 5_000
"""Number of texts at and above which KMeans works in mini-batches."""


def reduce(vectors: NDArray[np.float32], seed: int) -> NDArray[np.float32]:
    """PCA to at most 30 dimensions, rows of length 1."""
    size = min(PCA_DIMENSIONS, *vectors.shape)
    return np.asarray(normalize(PCA(size, random_state=seed).fit_transform(vectors)), np.float32)


def cluster(reduced: NDArray[np.float32], groups: int, seed: int) -> NDArray[np.int64]:
    """KMeans groups of reduced vectors, as BERTopic would call it."""
    kind = KMeans if len(reduced) < MANY else MiniBatchKMeans
    distinct = len(np.unique(reduced.round(DISTINCT_DECIMALS), axis=0))
    model = kind(min(groups, distinct), n_init=STARTS, random_state=seed)
    return np.asarray(model.fit_predict(reduced), np.int64)


def density_topics(
    texts: Sequence[str], vectors: NDArray[np.float32], *, min_size: int, seed: int
) -> NDArray[np.int64]:
    """BERTopic's usual procedure, with PCA and HDBSCAN: a topic for each text, -1 for outliers."""
    model = BERTopic(
        language="multilingual",
        umap_model=PCA(min(PCA_DIMENSIONS, *vectors.shape), random_state=seed),
        hdbscan_model=HDBSCAN(min_cluster_size=min_size, min_samples=2, copy=True),
        vectorizer_model=_vectorizer(),
        calculate_probabilities=False,
    )
    topics, _ = model.fit_transform(list(texts), embeddings=vectors)
    return np.asarray(topics, np.int64)


def topic_terms(texts: Sequence[str], labels: Sequence[int]) -> dict[int, list[tuple[str, float]]]:
    """The terms of given groups by class-based TF-IDF, best first. `texts` are words joined by spaces."""
    if not texts or max(labels) < 0:
        return {}
    model = BERTopic(
        language="multilingual",  # "english" would strip every Thai letter
        embedding_model=None,
        umap_model=BaseDimensionalityReduction(),
        hdbscan_model=BaseCluster(),
        vectorizer_model=_vectorizer(),
        top_n_words=TERMS,
    )
    try:
        topics, _ = model.fit_transform(list(texts), embeddings=np.zeros((len(texts), 2)), y=np.asarray(labels))
    except (ValueError, TypeError):  # no word outside the stop list, or a single one
        return {}
    # BERTopic renumbers topics by size; the topic of a known text gives the mapping back.
    ours: dict[int, int] = {}
    for theirs, label in zip(topics, labels, strict=True):
        ours.setdefault(int(theirs), int(label))
    terms_of: dict[int, Any] = model.get_topics()
    return {
        ours[topic]: [(str(word), float(weight)) for word, weight in terms if word]
        for topic, terms in terms_of.items()
        if topic in ours and ours[topic] >= 0
    }


def _vectorizer() -> CountVectorizer:
    return CountVectorizer(token_pattern=WORDS, lowercase=False, stop_words=sorted(stopwords()))
