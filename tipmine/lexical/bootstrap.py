"""Intervals for figures: the same figure over samples drawn with replacement."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

DRAWS = 1_000
LEVEL = 0.95


def mean_interval(values: Sequence[float], *, seed: int = 7) -> tuple[float, float]:
    """The 95 % bootstrap interval of a mean (percentile method); both ends are the mean if it cannot vary."""
    if not values:
        return 0.0, 0.0
    drawn = np.random.default_rng(seed).choice(np.asarray(values, float), (DRAWS, len(values)))
    low, high = np.quantile(drawn.mean(axis=1), [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def ratio_interval(parts: Sequence[float], wholes: Sequence[float], *, seed: int = 7) -> tuple[float, float]:
    """The 95 % bootstrap interval of `sum(parts) / sum(wholes)` over pairs drawn together (percentile method)."""
    if not parts or not sum(wholes):
        return 0.0, 0.0
    part, whole = np.asarray(parts, float), np.asarray(wholes, float)
    drawn = np.random.default_rng(seed).integers(0, len(part), (DRAWS, len(part)))
    ratios = part[drawn].sum(axis=1) / np.maximum(whole[drawn].sum(axis=1), 1e-9)
    low, high = np.quantile(ratios, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)
