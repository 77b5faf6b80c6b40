"""One-to-one pairing, for tables "recommendation | what was done": each answer has at most one recommendation."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
from scipy.optimize import linear_sum_assignment

from tipmine.coverage import coverage_by_links
from tipmine.records import DEFAULT_SEED, LEAST_CANDIDATES, TextUnit, Trace
from tipmine.trace.fusing import rank
from tipmine.trace.tracing import explained, trace


def one_to_one(
    recommendations: Sequence[TextUnit],
    evidence: Sequence[TextUnit],
    *,
    candidates: int = LEAST_CANDIDATES,
    seed: int = DEFAULT_SEED,
) -> list[Trace]:
    """Traces whose first candidates form the pairing with the highest total score over all recommendations.

    Hungarian method (scipy). All candidates keep their scores, and those that were not paired keep their order. An
    answer paired with one recommendation is weak evidence for all others and does not cover them. If there are more
    recommendations than answers, some stay unpaired: they keep their ranking and are gaps.
    """
    if not recommendations or not evidence:
        return trace(recommendations, evidence)
    ranked = rank(recommendations, evidence, seed=seed)
    rows, columns = linear_sum_assignment(-np.asarray(ranked.fused, np.float64))
    paired = {int(row): int(column) for row, column in zip(rows, columns, strict=True)}
    # Similar recommendations have the same best candidates, so the partner may rank below those that are kept.
    deepest = max(ranked.order(row, len(evidence)).index(column) + 1 for row, column in paired.items())
    traces = explained(ranked, recommendations, evidence, candidates=max(candidates, deepest))
    answer = {row: evidence[column].id for row, column in paired.items()}
    return [
        _paired(each, answer.get(row, ""), {id_ for other, id_ in answer.items() if other != row}, candidates)
        for row, each in enumerate(traces)
    ]


def _paired(trace: Trace, answer: str, of_others: Collection[str], kept: int) -> Trace:
    """The trace with the evidence `answer` as its first candidate, cut to `kept` candidates.

    `of_others` are the answers of other recommendations.
    """
    ordered = sorted(trace.evidence, key=lambda item: item.id != answer)[:kept]
    ranked = [
        replace(item, rank=at, band="weak" if item.id in of_others else item.band) for at, item in enumerate(ordered, 1)
    ]
    covered = trace.coverage != "none" and any(item.band != "weak" for item in ranked)
    return replace(trace, coverage=coverage_by_links(ranked, covered=covered), evidence=tuple(ranked))
