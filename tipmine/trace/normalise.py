"""Makes scores comparable between recommendations and between pieces of evidence, and adds a turn's context.

A long recommendation scores high with everything, and so does a long finding, so raw scores cannot be compared across
rows or columns. `mutual` measures how far a score stands out in its row and in its column. If recommendations and
evidence form a table (about as many answers as recommendations), `matching` also divides each answer among them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tipmine.lexical.dialogue import contexts
from tipmine.records import TextUnit

Scores = NDArray[np.float32]

FEW_ROWS = 6
"""With fewer recommendations than this, a column's mean and spread are unreliable, and only rows are used."""
CONTEXT_SHARE = 1.0
"""Total weight of the other turns of a turn's block (the question and the other answers), beside 1 for the turn."""
CONTEXT_DECAY = 0.85
"""Factor on the weight for each turn further away."""
TABLE_RATIO = 1.6
"""Largest ratio of the two sides' sizes for which they are treated as the two columns of a response table."""
TABLE_ROWS = 5
TEMPERATURE = 1.0
SWEEPS = 30


def mutual(scores: Scores) -> Scores:
    """Each score as standard deviations above its row's mean, plus the same for its column."""
    rows = _standard(scores, axis=1)
    if scores.shape[0] < FEW_ROWS:
        return rows
    rows += _standard(scores, axis=0)
    return rows


def _standard(scores: Scores, axis: int) -> Scores:
    spread = scores.std(axis=axis, keepdims=True)
    return np.asarray((scores - scores.mean(axis=axis, keepdims=True)) / np.where(spread > 1e-9, spread, 1), np.float32)


def context_matrix(evidence: Sequence[TextUnit]) -> Any:
    """Evidence-by-evidence weights of the other turns of each turn's block; rows sum to CONTEXT_SHARE or 0."""
    rows, columns, values = [], [], []
    for index, near in enumerate(contexts(evidence)):
        weights = [CONTEXT_DECAY ** (abs(other - index) - 1) for other in near]
        total = sum(weights)
        for other, weight in zip(near, weights, strict=True):
            rows.append(index)
            columns.append(other)
            values.append(CONTEXT_SHARE * weight / total)
    size = (len(evidence), len(evidence))
    return sparse.csr_matrix((np.asarray(values, np.float32), (rows, columns)), shape=size)


def with_context(scores: Scores, block: Scores, matrix: Any) -> Scores:
    """`scores` plus the weighted `block` scores of the other turns of each turn's block (`context_matrix`)."""
    if not matrix.nnz:
        return scores
    return np.asarray(scores + (matrix @ block.T).T, np.float32)


def is_table(rows: int, columns: int) -> bool:
    """Whether so many recommendations and pieces of evidence look like the two columns of a response table."""
    return rows >= TABLE_ROWS and max(rows, columns) <= TABLE_RATIO * min(rows, columns)


def matching(scores: Scores) -> Scores:
    """The share of each answer (column) in each recommendation (row), 0 to 1.

    Rows and columns of exp(score / TEMPERATURE) are scaled in turn until both sum to one (Sinkhorn and Knopp 1967).
    Rows are scaled last, so that each sums to 1.
    """
    shares = np.exp((scores - scores.max(axis=1, keepdims=True)) / TEMPERATURE).astype(np.float64) + 1e-12
    target = scores.shape[0] / scores.shape[1]
    for _ in range(SWEEPS):
        shares *= target / shares.sum(axis=0, keepdims=True)
        shares /= shares.sum(axis=1, keepdims=True)
    return np.asarray(shares, np.float32)
