"""Agreement between readers (people or a machine), and how far scores can be trusted.

Kappa: Cohen 1960.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from typing import NamedTuple

import numpy as np

BINS = 10
"""Number of bins, equal in decisions, in which the calibration error compares scores and outcomes."""
FIFTHS = 5
"""Number of equal score ranges for which reliability is reported."""
TENTHS = 10
"""Number of shares of the decisions, surest first, at which accuracy is reported."""


def cohen_kappa(first: Sequence[Hashable], second: Sequence[Hashable]) -> float:
    """Agreement of two readers beyond chance: 1 full, 0 chance; nan if both give one and the same label throughout."""
    if not first:
        return float("nan")
    observed = sum(a == b for a, b in zip(first, second, strict=True)) / len(first)
    ours, theirs = Counter(first), Counter(second)
    chance = sum(ours[label] * theirs[label] for label in ours) / len(first) ** 2
    return float("nan") if chance == 1 else (observed - chance) / (1 - chance)


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


class ReliabilityBin(NamedTuple):
    """The scores in one part of the range: their mean, the share of them that are true, and their number."""

    mean_score: float
    true_share: float
    size: int


def reliability(scores: Sequence[float], truth: Sequence[bool]) -> list[ReliabilityBin]:
    """A bin for each fifth of the range (0-.2, .2-.4 ...); fifths without scores are left out."""
    bins = []
    for fifth in range(FIFTHS):
        inside = [i for i, score in enumerate(scores) if fifth == min(FIFTHS - 1, int(score * FIFTHS))]
        if inside:
            mean = sum(scores[i] for i in inside) / len(inside)
            bins.append(ReliabilityBin(mean, sum(truth[i] for i in inside) / len(inside), len(inside)))
    return bins


class CoveragePoint(NamedTuple):
    """A share of the decisions, surest first, and the share of right ones among them."""

    coverage: float
    accuracy: float


def coverage_accuracy(scores: Sequence[float], right: Sequence[bool]) -> list[CoveragePoint]:
    """The accuracy of the surest 10 %, 20 % ... 100 % of decisions; higher `scores` are surer."""
    order = np.argsort(-np.asarray(scores, dtype=float), kind="stable").tolist()
    if not order:
        return []
    accuracies = []
    for tenth in range(1, TENTHS + 1):
        kept = order[: max(1, round(len(order) * tenth / TENTHS))]
        accuracies.append(CoveragePoint(tenth / TENTHS, sum(right[i] for i in kept) / len(kept)))
    return accuracies
