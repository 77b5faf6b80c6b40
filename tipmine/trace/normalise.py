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

from tipmine.lexical.arrays import PairScores
from tipmine.lexical.dialogue import contexts
from tipmine.records import DEFAULT_SEED, TextUnit
from tipmine.trace.registers import NO_SPREAD, ColumnMask, z_scores, z_scores_by_register

FEW_ROWS = 6
"""With fewer recommendations than this, a column's mean and deviation are unreliable; only rows are used."""
TRACE_BLOCK_SHARE = 1.0
"""Total weight of the other turns of a turn's block (the question and the other answers); the turn itself has 1."""
CLOSE_TALK = 0.3
"""Agreement of blocks (`block_agreement`) from which they count in full. Higher: blocks are trusted less. In five
studies whose groups keep to the matter it is .23 to .32, and blocks improve traces much; in six others, whose talk
wanders, it is .03 to .18, and blocks in full mislead. One at .23 gains most from a third of their weight."""
LEAST_CONTEXT = 0.35
"""Share of its weight that a block keeps in talk whose blocks do not agree at all."""
UNKNOWN_CONTEXT = 0.5
"""Share of its weight that a block keeps if there are too few recommendations (`FEW_ROWS`) to measure agreement."""
MEASURED_PAIRS = 20_000
"""Most pairs of turns used to estimate the agreement of blocks."""
TRACE_BLOCK_DECAY = 0.85
"""Factor on the weight of another turn for each turn of distance."""
TABLE_RATIO = 1.6
"""Largest ratio between the sizes of the two sides at which they count as the two columns of a response table."""
TABLE_ROWS = 5
"""Fewest recommendations of a response table. Lower: any few texts on both sides are taken for one."""
TEMPERATURE = 1.0
"""Difference of fused scores at which one answer has e times the share of another. Higher spreads the shares."""
SWEEPS = 30
"""Rounds of scaling rows and columns in `matching`."""


def mutual(scores: PairScores, parts: Sequence[ColumnMask] = ()) -> PairScores:
    """The z-score of each score within its row, plus that within its column.

    `parts` are the registers of the evidence (`registers`): in a row, a score is compared only with its own register.
    """
    rows = z_scores_by_register(scores, parts) if parts else z_scores(scores, axis=1)
    if scores.shape[0] < FEW_ROWS:
        return rows
    rows += z_scores(scores, axis=0)
    return rows


def context_matrix(evidence: Sequence[TextUnit], by_moderator: Sequence[bool]) -> Any:
    """Evidence-by-evidence weights of the other turns of each turn's block; rows sum to TRACE_BLOCK_SHARE or 0.

    `by_moderator` says which are a moderator's turns (`dialogue.moderator_turns`).
    """
    rows, columns, values = [], [], []
    for index, near in enumerate(contexts(evidence, by_moderator)):
        weights = [TRACE_BLOCK_DECAY ** (abs(other - index) - 1) for other in near]
        total = sum(weights)
        for other, weight in zip(near, weights, strict=True):
            rows.append(index)
            columns.append(other)
            values.append(TRACE_BLOCK_SHARE * weight / total)
    size = (len(evidence), len(evidence))
    return sparse.csr_matrix((np.asarray(values, np.float32), (rows, columns)), shape=size)


def with_context(scores: PairScores, block: PairScores, matrix: Any) -> PairScores:
    """`scores` plus the weighted `block` scores of the other turns in each turn's block (`context_matrix`).

    Some groups keep to the moderator's question, others wander off, so blocks count by how far their turns agree.
    """
    if not matrix.nnz:
        return scores
    share = UNKNOWN_CONTEXT
    if len(scores) >= FEW_ROWS:
        share = min(1.0, max(LEAST_CONTEXT, block_agreement(scores, matrix) / CLOSE_TALK))
    return np.asarray(scores + share * (matrix @ block.T).T, np.float32)


def block_agreement(scores: PairScores, matrix: Any, seed: int = DEFAULT_SEED) -> float:
    """How much better turns of one block agree on the recommendations near them than turns of different blocks do.

    The difference of two mean correlations of columns of `scores`, -2 to 2: over pairs of turns of one block
    (`context_matrix`), and over random pairs of other turns. It needs no gold. 0 if there is only one block.
    """
    draw = np.random.default_rng(seed)
    left, right = matrix.nonzero()
    near = draw.permutation(len(left))[:MEASURED_PAIRS]
    turns = np.unique(left)
    one, other = draw.choice(turns, (2, MEASURED_PAIRS))
    apart = (one != other) & (np.asarray(matrix[one, other]).ravel() == 0)
    if not apart.any():
        return 0.0
    together = _correlation(scores, left[near], right[near])
    return together - _correlation(scores, one[apart], other[apart])


def _correlation(scores: PairScores, left: NDArray[np.integer], right: NDArray[np.integer]) -> float:
    """The mean correlation of pairs of columns, each score taken relative to its row."""
    columns, place = np.unique(np.concatenate([left, right]), return_inverse=True)
    mean, deviation = scores.mean(axis=1, keepdims=True), scores.std(axis=1, keepdims=True)
    relative = z_scores((scores[:, columns] - mean) / np.where(deviation > NO_SPREAD, deviation, 1), axis=0)
    return float((relative[:, place[: len(left)]] * relative[:, place[len(left) :]]).mean())


def is_table(rows: int, columns: int) -> bool:
    """Whether these numbers of recommendations and pieces of evidence suggest the two columns of a response table."""
    return rows >= TABLE_ROWS and max(rows, columns) <= TABLE_RATIO * min(rows, columns)


def matching(scores: PairScores) -> PairScores:
    """The share of each answer (column) that goes to each recommendation (row), 0 to 1.

    Rows and columns of exp(score / TEMPERATURE) are scaled in turn until both sum to one (Sinkhorn and Knopp 1967).
    Rows are scaled last, so that each sums to 1.
    """
    shares = np.exp((scores - scores.max(axis=1, keepdims=True)) / TEMPERATURE).astype(np.float64) + 1e-12
    target = scores.shape[0] / scores.shape[1]
    for _ in range(SWEEPS):
        shares *= target / shares.sum(axis=0, keepdims=True)
        shares /= shares.sum(axis=1, keepdims=True)
    return np.asarray(shares, np.float32)
