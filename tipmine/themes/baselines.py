"""Standard methods of finding themes, as baselines in evaluations: NMF, LDA, and KMeans."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.decomposition import NMF, LatentDirichletAllocation
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

Labels = NDArray[np.int64]


def nmf(texts: Sequence[Sequence[str]], groups: int, seed: int) -> Labels:
    """The strongest factor of each text in a non-negative factorisation of TF-IDF."""
    matrix = TfidfVectorizer(analyzer=list, sublinear_tf=True).fit_transform(texts)
    factors = NMF(min(groups, *matrix.shape), init="nndsvda", random_state=seed, max_iter=400)
    return np.asarray(factors.fit_transform(matrix).argmax(axis=1))


def lda(texts: Sequence[Sequence[str]], groups: int, seed: int) -> Labels:
    """The strongest topic of each text in latent Dirichlet allocation."""
    counts = CountVectorizer(analyzer=list).fit_transform(texts)
    return np.asarray(LatentDirichletAllocation(groups, random_state=seed).fit_transform(counts).argmax(axis=1))


def kmeans(texts: Sequence[Sequence[str]], groups: int, seed: int) -> Labels:
    """The cluster of each text by KMeans over TF-IDF."""
    matrix = TfidfVectorizer(analyzer=list, sublinear_tf=True).fit_transform(texts)
    return np.asarray(KMeans(groups, n_init=5, random_state=seed).fit_predict(matrix), np.int64)
