"""Brings what was said, what was found and what is planned onto one scale.

Reports and plans are written in the style of recommendations and share words and ideas with all of them, so that the
best finding of a report scores above the best turn whatever either says. A piece of evidence is therefore judged among
its like: scores are taken relative to those of the recommendation's other evidence of the same register. How strong a
recommendation's evidence is on the whole, which says whether it has any, stays as it was.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tipmine.lexical.arrays import Scores
from tipmine.records import WRITTEN_KINDS, TextUnit

ColumnMask = NDArray[np.bool_]
"""Some pieces of evidence, such as those of a register: one flag for each column."""

FEWEST = 5
"""Pieces of evidence from which a register has a mean and a deviation of its own; fewer are judged among the largest
register. Lower: a handful of findings, none of them good, are all put in front in turn."""
PLAN_DISCOUNT = 0.75
"""How much lower plan measures are put than what was said and found, in standard deviations of all scores. A plan that
takes up a matter is not evidence that the matter is amiss. Higher: measures that answer a recommendation leave its
candidates."""
BEST = 5
"""Pieces of evidence of a recommendation whose mean says how strong its evidence is."""
NO_SPREAD = 1e-9
"""Standard deviation up to which scores count as all the same."""


def registers(evidence: Sequence[TextUnit]) -> list[ColumnMask]:
    """The columns of what was said or is of unknown kind, of findings, and of plan measures; each column in one.

    A register of fewer than FEWEST pieces is part of the largest one, so that no register is without a column, unless
    there is no evidence.
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


def standard(scores: Scores, axis: int | None) -> Scores:
    """The z-scores along an axis, or (None) among all scores; 0 where all are the same."""
    deviation = scores.std(axis=axis, keepdims=True)
    mean = scores.mean(axis=axis, keepdims=True)
    return np.asarray((scores - mean) / np.where(deviation > NO_SPREAD, deviation, 1), np.float32)


def within(scores: Scores, parts: Sequence[ColumnMask]) -> Scores:
    """Each score as standard deviations above the mean of its row within its register."""
    found = np.zeros_like(scores)
    for part in parts:
        found[:, part] = standard(scores[:, part], axis=1)
    return found


def one_scale(scores: Scores, evidence: Sequence[TextUnit], parts: Sequence[ColumnMask], idle: ColumnMask) -> Scores:
    """Fused scores by which evidence of different registers can be ordered.

    Scores of a single register stay as they are, except those of plan measures that are too few for a register of
    their own. Within a row the scores of each register have the same mean and standard deviation, so that the best
    finding among findings and the best turn among turns are level. The row as a whole is stretched so that its best
    pieces are as strong as before: a recommendation without evidence keeps its low scores. `idle` columns count for
    nothing.
    """
    open_ = [part & ~idle for part in parts if (part & ~idle).any()]
    if len(open_) > 1:
        level, among = scores.copy(), scores.copy()
        for part in open_:
            level[:, part] = standard(scores[:, part], axis=None)
            among[:, part] = standard(scores[:, part], axis=1)
        stretch = _best(level[:, ~idle]) / np.maximum(_best(among[:, ~idle]), NO_SPREAD)
        scores = np.asarray(among * np.maximum(stretch, NO_SPREAD), np.float32)
    plan = planned(evidence)
    if (plan & ~idle).any() and not plan.all():
        scores = np.asarray(scores - PLAN_DISCOUNT * scores[:, ~idle].std() * plan, np.float32)
    return scores


def _best(scores: Scores) -> Scores:
    """The mean of the BEST highest scores of each row, as a column."""
    size = min(BEST, scores.shape[1])
    return np.asarray(np.partition(scores, -size, axis=1)[:, -size:].mean(axis=1, keepdims=True), np.float32)
