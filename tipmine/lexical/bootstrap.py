"""Intervals for figures: the same figure over samples drawn with replacement (bootstrap, percentile method).

The units drawn are independent of each other: lines, passages, recommendations, or whole documents where passages of
one document are not independent.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tipmine.records import DEFAULT_SEED

DRAWS = 1_000
"""Number of samples. With this many, the ends of an interval differ by about .005 from seed to seed."""
LEVEL = 0.95
"""Share of the samples' figures that lie in the interval."""


class Interval(NamedTuple):
    """A figure and the ends of its 95 % interval."""

    value: float
    low: float
    high: float


def bootstrap(
    figure: Callable[[Sequence[int]], float],
    size: int,
    *,
    groups: Sequence[Hashable] | None = None,
    seed: int = DEFAULT_SEED,
    draws: int = DRAWS,
) -> Interval:
    """A figure over the units 0..size-1, with its interval.

    `figure` computes the figure from a list of units, in which a unit may occur several times; samples for which it is
    nan are left out. With `groups` (the group of each unit), whole groups are drawn. The interval is nan if there are
    fewer than two units or groups.
    """
    everything = list(range(size))
    value = figure(everything)
    blocks: dict[Hashable, list[int]] = {}
    for unit in everything:
        blocks.setdefault(groups[unit] if groups else unit, []).append(unit)
    members = list(blocks.values())
    if len(members) < 2:
        return Interval(value, float("nan"), float("nan"))
    random = np.random.default_rng(seed)
    drawn = []
    for _ in range(draws):
        sample = random.integers(0, len(members), len(members))
        drawn.append(figure([unit for block in sample for unit in members[block]]))
    kept = [number for number in drawn if number == number]
    return Interval(value, *(_ends(kept) if kept else (float("nan"), float("nan"))))


def mean_interval(values: Sequence[float], *, seed: int = DEFAULT_SEED) -> tuple[float, float]:
    """The interval of a mean; both ends are the mean if it cannot vary."""
    return _ends(_samples(values, seed).mean(axis=1)) if values else (0.0, 0.0)


def median_interval(values: Sequence[float], *, seed: int = DEFAULT_SEED) -> tuple[float, float]:
    """The interval of a median; both ends are the median if it cannot vary."""
    return _ends(np.median(_samples(values, seed), axis=1)) if values else (0.0, 0.0)


def ratio_interval(parts: Sequence[float], wholes: Sequence[float], *, seed: int = DEFAULT_SEED) -> tuple[float, float]:
    """The interval of `sum(parts) / sum(wholes)` over pairs drawn together."""
    if not parts or not sum(wholes):
        return 0.0, 0.0
    part, whole = np.asarray(parts, float), np.asarray(wholes, float)
    drawn = np.random.default_rng(seed).integers(0, len(part), (DRAWS, len(part)))
    return _ends(part[drawn].sum(axis=1) / np.maximum(whole[drawn].sum(axis=1), 1e-9))


def _samples(values: Sequence[float], seed: int) -> NDArray[np.float64]:
    """Samples as rows, each as large as `values`."""
    return np.random.default_rng(seed).choice(np.asarray(values, float), (DRAWS, len(values)))


def _ends(figures: Sequence[float] | NDArray[Any]) -> tuple[float, float]:
    """The ends of the interval among the figures of the samples."""
    low, high = np.quantile(figures, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)
