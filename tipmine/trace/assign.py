"""One-to-one pairing, for tables "recommendation | what was done": each answer has at most one recommendation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy.optimize import linear_sum_assignment

from tipmine.records import TextUnit, Trace
from tipmine.trace.tracing import LEAST_CANDIDATES, explained, rank, trace


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
    rows, columns = linear_sum_assignment(-np.asarray(ranked.fused, np.float64))
    paired = {int(row): int(column) for row, column in zip(rows, columns, strict=True)}
    kept = max(candidates, LEAST_CANDIDATES)
    # Alike recommendations have the same best candidates, so that a pair may stand behind those that are kept.
    deepest = max(ranked.order(row, len(evidence)).index(column) + 1 for row, column in paired.items())
    traces = explained(ranked, recommendations, evidence, candidates=max(kept, deepest))
    return [
        _moved_up(found, evidence[paired[row]].id if row in paired else "", kept) for row, found in enumerate(traces)
    ]


def _moved_up(found: Trace, chosen: str, kept: int) -> Trace:
    """The trace with the evidence `chosen` as its first candidate, cut to `kept` candidates."""
    ordered = sorted(found.evidence, key=lambda item: item.id != chosen)[:kept]
    return replace(found, evidence=tuple(replace(item, rank=at) for at, item in enumerate(ordered, 1)))
