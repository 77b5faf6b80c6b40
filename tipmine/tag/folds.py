"""Folds for cross-validation in which related passages are always in the same fold.

Passages of one document share its subject and its author's wording, and a passage that is nearly the same in two
documents would already be known to the model; either would make the figures too good.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from tipmine.tag.labelled import Labelled

NEAR_DUPLICATE = 0.5
"""Jaccard index (0 to 1) of five-letter sequences from which two passages count as the same. Lower: more are joined."""

_CHUNK = 2000
"""Passages compared with all others at a time, which bounds memory."""


def folds(passages: Sequence[Labelled], count: int, seed: int) -> npt.NDArray[np.int64]:
    """The fold (0..count-1) of each passage; documents that share near-duplicates are in the same fold.

    `seed` decides the order of documents of equal size.
    """
    groups = _groups(passages)
    members: dict[str, int] = {}
    for group in groups:
        members[group] = members.get(group, 0) + 1
    # Large groups first, each into the emptiest fold; the order of equal groups depends on the seed alone.
    order = sorted(members, key=lambda group: (-members[group], _shuffled(group, seed)))
    sizes = [0] * count
    where: dict[str, int] = {}
    for group in order:
        where[group] = sizes.index(min(sizes))
        sizes[where[group]] += members[group]
    return np.array([where[group] for group in groups])


def _shuffled(group: str, seed: int) -> str:
    return hashlib.sha256(f"{seed}/{group}".encode()).hexdigest()


def _groups(passages: Sequence[Labelled]) -> list[str]:
    """The group of each passage: its document, or the first of the documents joined with it."""
    own = [passage.document for passage in passages]
    parent = {doc: doc for doc in own}

    def top(doc: str) -> str:
        while parent[doc] != doc:
            doc = parent[doc]
        return doc

    for first, second in _near_duplicates(passages):
        a, b = sorted((top(own[first]), top(own[second])))
        parent[b] = a
    return [top(doc) for doc in own]


def _near_duplicates(passages: Sequence[Labelled]) -> list[tuple[int, int]]:
    from sklearn.feature_extraction.text import CountVectorizer

    texts = [passage.text if len(passage.text) > 4 else passage.text.ljust(5) for passage in passages]
    rows = CountVectorizer(analyzer="char", ngram_range=(5, 5), binary=True).fit_transform(texts)
    sizes = np.asarray(rows.sum(axis=1)).ravel()
    pairs: list[tuple[int, int]] = []
    for start in range(0, len(texts), _CHUNK):
        shared = (rows[start : start + _CHUNK] @ rows.T).tocoo()
        first = shared.row + start
        union = sizes[first] + sizes[shared.col] - shared.data
        near = (shared.data / union >= NEAR_DUPLICATE) & (first < shared.col)
        pairs += zip(first[near].tolist(), shared.col[near].tolist(), strict=True)
    return pairs
