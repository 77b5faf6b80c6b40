"""Brings what was said, what was found and what is planned onto one scale.

Reports and plans are written in the style of recommendations and share words and ideas with all of them, so the best
finding of a report scores above the best turn, whatever either says. A piece of evidence is therefore compared with its
like: its score is taken relative to the recommendation's other evidence of the same register. The overall strength of a
recommendation's evidence, which decides whether it has any, does not change.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tipmine.lexical.arrays import PairScores
from tipmine.records import WRITTEN_KINDS, TextUnit

ColumnMask = NDArray[np.bool_]
"""A selection of pieces of evidence, such as those of a register: one flag for each column."""

FEWEST = 5
"""Fewest pieces of evidence for a register to have its own mean and deviation; smaller ones count with the largest
register. Lower: a handful of findings, none of them good, are all put first in turn."""
PLAN_DISCOUNT = 0.75
"""How much lower plan measures rank than what was said and found, in standard deviations of all scores. A plan that
takes up a matter is not evidence that something is wrong with it. Higher: measures that answer a recommendation drop
out of its candidates."""
BEST = 5
"""Number of a recommendation's best pieces of evidence whose mean says how strong its evidence is."""
NO_SPREAD = 1e-9
"""Standard deviation up to which scores count as all equal."""


def registers(evidence: Sequence[TextUnit]) -> list[ColumnMask]:
    """The columns of what was said or is of unknown kind, of findings, and of plan measures; each column is in one.

    A register with fewer than FEWEST pieces becomes part of the largest. None is empty, unless there is no evidence.
    """
    plan = planned(evidence)
    written = np.array([unit.kind in WRITTEN_KINDS for unit in evidence], bool) & ~plan
    parts = sorted((~written & ~plan, written, plan), key=lambda part: -int(part.sum()))
    largest = parts[0].copy()
    for part in parts[1:]:
        if part.sum() < FEWEST:
            largest |= part
    return [largest, *(part for part in parts[1:] if part.sum() >= FEWEST)]


def planned(evidence: Sequence[TextUnit]) -> ColumnMask:
    """Which pieces of evidence are plan measures."""
    return np.array([unit.kind == "plan" for unit in evidence], bool)


def z_scores(scores: PairScores, axis: int | None) -> PairScores:
    """The z-scores along an axis, or among all scores (None); 0 where all scores are equal."""
    deviation = scores.std(axis=axis, keepdims=True)
    mean = scores.mean(axis=axis, keepdims=True)
    return np.asarray((scores - mean) / np.where(deviation > NO_SPREAD, deviation, 1), np.float32)


def z_scores_by_register(scores: PairScores, parts: Sequence[ColumnMask]) -> PairScores:
    """Each score as standard deviations above the mean of its row within its register."""
    standardised = np.zeros_like(scores)
    for part in parts:
        standardised[:, part] = z_scores(scores[:, part], axis=1)
    return standardised


def one_scale(
    scores: PairScores, evidence: Sequence[TextUnit], parts: Sequence[ColumnMask], idle: ColumnMask
) -> PairScores:
    """Fused scores by which evidence of different registers can be ordered.

    Scores of a single register stay as they are, except those of plan measures too few for a register of their own.
    Within a row all registers get the same mean and standard deviation, so the best finding and the best turn are
    level. The row as a whole is then stretched until its best pieces are as strong as before: a recommendation without
    evidence keeps its low scores. `idle` columns do not count.
    """
    usable = [part & ~idle for part in parts if (part & ~idle).any()]
    if len(usable) > 1:
        in_register, in_row = scores.copy(), scores.copy()
        for part in usable:
            in_register[:, part] = z_scores(scores[:, part], axis=None)
            in_row[:, part] = z_scores(scores[:, part], axis=1)
        stretch = _best(in_register[:, ~idle]) / np.maximum(_best(in_row[:, ~idle]), NO_SPREAD)
        scores = np.asarray(in_row * np.maximum(stretch, NO_SPREAD), np.float32)
    plan = planned(evidence)
    if (plan & ~idle).any() and not plan.all():
        scores = np.asarray(scores - PLAN_DISCOUNT * scores[:, ~idle].std() * plan, np.float32)
    return scores


def _best(scores: PairScores) -> PairScores:
    """The mean of the BEST highest scores of each row, as a column."""
    size = min(BEST, scores.shape[1])
    return np.asarray(np.partition(scores, -size, axis=1)[:, -size:].mean(axis=1, keepdims=True), np.float32)
