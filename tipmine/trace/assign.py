"""One-to-one pairing, for tables "recommendation | what was done": each answer has at most one recommendation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy.optimize import linear_sum_assignment

from tipmine.records import TextUnit, Trace
from tipmine.trace.tracing import explained, rank, trace


def one_to_one(
    recommendations: Sequence[TextUnit], evidence: Sequence[TextUnit], *, candidates: int = 10, seed: int = 7
) -> list[Trace]:
    """Traces whose first candidates form the pairing with the highest sum of scores over all recommendations.

    Hungarian method (scipy). If there are more recommendations than evidence, some stay unpaired and keep their
    ranking. All candidates keep their scores; those that were not paired keep their order.
    """
    if not recommendations or not evidence:
        return trace(recommendations, evidence)
    ranked = rank(recommendations, evidence, seed=seed)
    traces = explained(ranked, recommendations, evidence, candidates=candidates)
    rows, columns = linear_sum_assignment(-np.asarray(ranked.fused, np.float64))
    paired = {int(row): evidence[int(column)].id for row, column in zip(rows, columns, strict=True)}
    return [_moved_up(found, paired.get(row, "")) for row, found in enumerate(traces)]


def _moved_up(found: Trace, chosen: str) -> Trace:
    first = [item for item in found.evidence if item.id == chosen]
    if not first:
        return found
    rest = [item for item in found.evidence if item.id != chosen]
    return replace(found, evidence=tuple(replace(item, rank=at) for at, item in enumerate([*first, *rest], 1)))
