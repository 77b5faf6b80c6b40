"""Combines many clusterings into one: groups that recur whatever is left out and however many groups are sought.

Each run joins what is most alike (average linkage over cosines) into a different number of groups, and leaves out one
document or some of the utterances. The similarity of two utterances is the share of runs that put them together
(evidence accumulation: Fred and Jain 2005); average linkage over it gives the final groups. Memory grows with the
square of the number of utterances, so above `LIMIT` the groups come from a single KMeans, and the runs only measure its
stability.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform
from sklearn.preprocessing import normalize

from tipmine.themes.bertopic_model import cluster, reduce

RUNS = 80
"""Runs for up to `LIMIT` utterances (120 turns: 0.2 s). Lower: two seeds give different themes; higher: slower."""
LEFT_OUT = 0.2
"""Share of the utterances that every other run leaves out; the rest leave out a document, if there are three or more.
Higher: only what is said often is found. Lower: all runs are alike, and stability says nothing."""
LARGE_RUNS = 8
"""Runs above `LIMIT` utterances, which only measure stability. Lower: stability is left to chance; higher: slower."""
LIMIT = 3_000
"""Most utterances for which all pairs are compared: 3,000 take 72 MB and some seconds."""
GROUPS_PER_ROOT = 2.4
"""Groups sought, as a multiple of the square root of the number of utterances. Higher cuts themes apart, lower hides
small ones: over ten studies the mean agreement with gold (ARI) is .42 with 1.2, .46 with 1.8, .49 with 2.4 and with
3."""
MOST_GROUPS = 60
"""Most groups sought: an analyst will not read more themes. Higher cuts the themes of large studies apart."""
GROUP_SIZE = 4
"""Fewest utterances per group, on average. Lower: each sentence repeated in a short talk becomes a theme."""
SPREAD = (0.8, 1.0, 1.2, 1.45)
"""Numbers of groups that the runs use, as multiples of the expected number."""


def expected_groups(size: int) -> int:
    """The number of groups to seek among `size` utterances: 10 of 40, 32 of 180, at most 60.

    This is about twice the number of themes in a study: small groups from one transcript are joined afterwards to
    similar ones from others, and an analyst can merge two groups, while a missing group hides a theme. It grows with
    the square root, since a longer study has more utterances per theme.
    """
    return max(2, min(MOST_GROUPS, size // GROUP_SIZE, round(math.sqrt(size) * GROUPS_PER_ROOT)))


def consensus(
    vectors: NDArray[np.float32], docs: Sequence[str], *, seed: int
) -> tuple[NDArray[np.int64], list[NDArray[np.int64]]]:
    """The final group of each row, and the groups of each run (-1 for rows that the run left out)."""
    size = len(vectors)
    wanted = min(expected_groups(size), size)
    if size > LIMIT:
        reduced = reduce(vectors, seed)

        def by_means(kept: NDArray[np.int64], groups: int, run_seed: int) -> NDArray[np.int64]:
            return cluster(reduced[kept], groups, run_seed)

        return cluster(reduced, wanted, seed), _runs(by_means, docs, wanted, seed, LARGE_RUNS)
    points = normalize(vectors)
    cosine_distance = np.clip(1 - points @ points.T, 0, None)

    def by_linkage(kept: NDArray[np.int64], groups: int, _: int) -> NDArray[np.int64]:
        return _linked(cosine_distance[np.ix_(kept, kept)], groups)

    runs = _runs(by_linkage, docs, wanted, seed, RUNS)
    co_association = np.zeros((size, size), np.float32)
    co_occurrence = np.zeros((size, size), np.float32)
    for labels in runs:
        present = labels >= 0
        co_association += (labels[:, None] == labels[None]) & present[:, None] & present[None]
        co_occurrence += present[:, None] & present[None]
    return _linked(1 - co_association / np.maximum(co_occurrence, 1), wanted), runs


def _linked(distance: NDArray[np.floating[Any]], groups: int) -> NDArray[np.int64]:
    """At most `groups` groups, by average linkage over a matrix of distances, whose diagonal is set to 0."""
    if len(distance) < 2:
        return np.zeros(len(distance), np.int64)
    np.fill_diagonal(distance, 0)
    tree = linkage(squareform(distance, checks=False), "average")
    return np.asarray(fcluster(tree, groups, "maxclust") - 1, np.int64)


def _runs(
    clustered: Callable[[NDArray[np.int64], int, int], NDArray[np.int64]],
    docs: Sequence[str],
    wanted: int,
    seed: int,
    count: int,
) -> list[NDArray[np.int64]]:
    """The groups of each run; `clustered` gives the groups for indices of rows, a number of groups and a seed."""
    random = np.random.default_rng(seed)
    names = sorted(set(docs))
    doc_of = np.asarray(docs)
    runs = []
    for run in range(count):
        if run % 2 and len(names) > 2:
            kept = np.flatnonzero(doc_of != names[(run // 2) % len(names)])
        else:
            kept = np.sort(random.permutation(len(docs))[: math.ceil(len(docs) * (1 - LEFT_OUT))])
        groups = max(2, round(wanted * SPREAD[run % len(SPREAD)] * len(kept) / len(docs)))
        labels = np.full(len(docs), -1, np.int64)
        labels[kept] = clustered(kept, groups, int(random.integers(1 << 30)))
        runs.append(labels)
    return runs


def stability(members: NDArray[np.bool_], runs: Sequence[NDArray[np.int64]]) -> float:
    """How well a group recurs, 0 to 1: the mean over the runs of its best Jaccard index with any group of the run."""
    scores = []
    for labels in runs:
        inside = members & (labels >= 0)
        if not inside.any():
            continue
        names, shared = np.unique(labels[inside], return_counts=True)
        sizes = np.array([(labels == name).sum() for name in names])
        scores.append(float((shared / (sizes + inside.sum() - shared)).max()))
    return float(np.mean(scores)) if scores else 0.0
