"""Agreement between readers (people or a machine), and how far scores can be trusted.

Kappa: Cohen 1960. Alpha for nominal labels, some of them missing: Krippendorff 2004.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from itertools import permutations

import numpy as np

BINS = 10
"""Number of bins, each with the same number of decisions, in which scores and outcomes are compared."""


def cohen_kappa(first: Sequence[Hashable], second: Sequence[Hashable]) -> float:
    """Agreement of two readers beyond chance: 1 full, 0 chance; nan if both always give the same one label."""
    if not first:
        return float("nan")
    observed = sum(a == b for a, b in zip(first, second, strict=True)) / len(first)
    ours, theirs = Counter(first), Counter(second)
    chance = sum(ours[label] * theirs[label] for label in ours) / len(first) ** 2
    return float("nan") if chance == 1 else (observed - chance) / (1 - chance)


def krippendorff_alpha(units: Iterable[Sequence[Hashable | None]]) -> float:
    """Agreement of any number of readers beyond chance: 1 full, 0 chance; nan if there is only one label.

    `units` holds one sequence per unit, with one label per reader; None if a reader did not label the unit.

    >>> krippendorff_alpha([["a", "a"], ["b", "b"], ["a", None]])
    1.0
    """
    weights: dict[tuple[Hashable, Hashable], float] = {}
    for unit in units:
        labels = [label for label in unit if label is not None]
        pairs = Counter(permutations(labels, 2))
        for pair, count in pairs.items():
            weights[pair] = weights.get(pair, 0.0) + count / (len(labels) - 1)
    totals: dict[Hashable, float] = {}
    for (label, _), weight in weights.items():
        totals[label] = totals.get(label, 0.0) + weight
    n = sum(totals.values())
    apart = sum(weight for (a, b), weight in weights.items() if a != b)
    expected = sum(totals[a] * totals[b] for a in totals for b in totals if a != b)
    return float("nan") if not expected else 1 - (n - 1) * apart / expected


def calibration_error(scores: Sequence[float], truth: Sequence[bool]) -> float:
    """Mean distance between scores and the share of true ones, over bins of equal size; 0 is perfect."""
    if not scores:
        return float("nan")
    order = np.argsort(scores, kind="stable")
    error = 0.0
    for part in np.array_split(order, min(BINS, len(scores))):
        expected = float(np.mean([scores[i] for i in part]))
        actual = float(np.mean([truth[i] for i in part]))
        error += abs(expected - actual) * len(part) / len(scores)
    return error


def reliability(scores: Sequence[float], truth: Sequence[bool]) -> list[tuple[float, float, int]]:
    """For the scores in each fifth of the range (0-.2, .2-.4 ...): mean score, share of true ones, count.

    Fifths without scores are left out.
    """
    found = []
    for fifth in range(5):
        inside = [i for i, score in enumerate(scores) if fifth == min(4, int(score * 5))]
        if inside:
            said = sum(scores[i] for i in inside) / len(inside)
            found.append((said, sum(truth[i] for i in inside) / len(inside), len(inside)))
    return found


def coverage_precision(scores: Sequence[float], right: Sequence[bool]) -> list[tuple[float, float]]:
    """The precision of the surest 10 %, 20 % ... 100 % of decisions, as pairs (coverage, precision)."""
    order = np.argsort(-np.asarray(scores, dtype=float), kind="stable").tolist()
    if not order:
        return []
    found = []
    for tenth in range(1, 11):
        kept = order[: max(1, round(len(order) * tenth / 10))]
        found.append((tenth / 10, sum(right[i] for i in kept) / len(kept)))
    return found
