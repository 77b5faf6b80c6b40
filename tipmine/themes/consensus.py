"""Combines many clusterings into one: groups that recur over seeds, numbers of groups and left-out documents.

Each run clusters with another seed, another number of groups and, every other time, without one document. The
similarity of two utterances is the share of runs that put them together (evidence accumulation: Fred and Jain 2005);
average linkage over it gives the final groups. Memory grows with the square of the number of utterances, so above
`LIMIT` a single clustering is used and the runs only measure its stability.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from tipmine.themes.bertopic_model import cluster, reduce

RUNS = 160
"""With 40 runs two seeds agree to an ARI of .76 on the sample corpus, with 160 to .88 and more; 175 turns take 2 s."""
LARGE_RUNS = 8
"""Runs above `LIMIT` utterances, which only measure stability. Fewer leave it to chance, more take as much longer."""
LIMIT = 3_000
"""Utterances up to which all pairs are compared: 3,000 take 72 MB and some seconds."""
GROUPS_PER_ROOT = 1.2
"""Groups that are sought for each square root of the number of utterances. Higher cuts themes apart, lower hides
them."""
MOST_GROUPS = 60
"""Most groups that are sought: an analyst reads no more themes. Higher cuts the themes of large studies apart."""
GROUP_SIZE = 3
"""Utterances for each group at least, on average: a theme of fewer is dissolved anyway (`finding.MIN_SIZE`)."""
SPREAD = (0.8, 1.0, 1.2, 1.45)
"""Numbers of groups that the runs use, as factors of the expected number."""


def expected_groups(size: int) -> int:
    """The number of groups to seek among `size` utterances: 8 of 40, 16 of 180, 38 of 1,000, at most 60.

    This is more than the ten to fifteen themes of a study: small groups from one transcript are dissolved afterwards,
    and an analyst can merge two groups, while a missing group hides a theme. It grows with the square root, since a
    longer study has more utterances per theme.
    """
    return max(2, min(MOST_GROUPS, size // GROUP_SIZE, round(math.sqrt(size) * GROUPS_PER_ROOT)))


def consensus(
    vectors: NDArray[np.float32], docs: Sequence[str], *, seed: int
) -> tuple[NDArray[np.int64], list[NDArray[np.int64]]]:
    """The final group of each row, and the groups of each run (-1 for rows that the run left out)."""
    size = len(vectors)
    wanted = min(expected_groups(size), size)
    reduced = reduce(vectors, seed)
    runs = _runs(reduced, docs, wanted, seed, RUNS if size <= LIMIT else LARGE_RUNS)
    if size > LIMIT:
        return cluster(reduced, wanted, seed), runs
    together = np.zeros((size, size), np.float32)
    counted = np.zeros((size, size), np.float32)
    for labels in runs:
        present = labels >= 0
        together += (labels[:, None] == labels[None]) & present[:, None] & present[None]
        counted += present[:, None] & present[None]
    distance = 1 - together / np.maximum(counted, 1)
    np.fill_diagonal(distance, 0)
    if size < 3:
        return np.zeros(size, np.int64), runs
    tree = linkage(squareform(distance, checks=False), "average")
    return np.asarray(fcluster(tree, wanted, "maxclust") - 1, np.int64), runs


def _runs(
    reduced: NDArray[np.float32], docs: Sequence[str], wanted: int, seed: int, count: int
) -> list[NDArray[np.int64]]:
    random = np.random.default_rng(seed)
    names = sorted(set(docs))
    doc_of = np.asarray(docs)
    found = []
    for run in range(count):
        keep = np.ones(len(reduced), bool)
        if run % 2 and len(names) > 2:
            keep = doc_of != names[(run // 2) % len(names)]
        labels = np.full(len(reduced), -1, np.int64)
        groups = max(2, round(wanted * SPREAD[run % len(SPREAD)]))
        labels[keep] = cluster(reduced[keep], groups, int(random.integers(1 << 30)))
        found.append(labels)
    return found


def stability(members: NDArray[np.bool_], runs: Sequence[NDArray[np.int64]]) -> float:
    """How well a group recurs: mean over the runs of its best Jaccard index with any group of the run, 0 to 1."""
    scores = []
    for labels in runs:
        inside = members & (labels >= 0)
        if not inside.any():
            continue
        names, shared = np.unique(labels[inside], return_counts=True)
        sizes = np.array([(labels == name).sum() for name in names])
        scores.append(float((shared / (sizes + inside.sum() - shared)).max()))
    return float(np.mean(scores)) if scores else 0.0
