"""Intervals for figures: the same figure over samples drawn with replacement (bootstrap, percentile method).

The units drawn are independent of each other: lines, passages, recommendations, or whole documents where passages of
one document are not independent.
"""

from __future__ import annotations

import math
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

    def columns(self, figure: str, digits: int = 3) -> dict[str, float]:
        """The three numbers as columns of a table, rounded.

        >>> Interval(0.81239, 0.7, 0.9).columns("F1")
        {'F1': 0.812, 'F1_low': 0.7, 'F1_high': 0.9}
        """
        names = (figure, f"{figure}_low", f"{figure}_high")
        return {name: round(number, digits) for name, number in zip(names, self, strict=True)}


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
    units = range(size)
    value = figure(list(units))
    units_of: dict[Hashable, list[int]] = {}
    for unit in units:
        units_of.setdefault(groups[unit] if groups else unit, []).append(unit)
    blocks = list(units_of.values())
    if len(blocks) < 2:
        return Interval(value, float("nan"), float("nan"))
    random = np.random.default_rng(seed)
    drawn = []
    for _ in range(draws):
        sample = random.integers(0, len(blocks), len(blocks))
        drawn.append(figure([unit for block in sample for unit in blocks[block]]))
    kept = [number for number in drawn if not math.isnan(number)]
    return Interval(value, *(_ends(kept) if kept else (float("nan"), float("nan"))))


def mean_interval(values: Sequence[float]) -> Interval:
    """A mean with its interval; both ends are the mean if it cannot vary, and all is 0 without values."""
    return _interval_of(np.mean, values)


def median_interval(values: Sequence[float]) -> Interval:
    """A median with its interval, like `mean_interval`."""
    return _interval_of(np.median, values)


def _interval_of(figure: Callable[..., NDArray[Any]], values: Sequence[float]) -> Interval:
    if not values:
        return Interval(0.0, 0.0, 0.0)
    drawn = np.random.default_rng(DEFAULT_SEED).choice(np.asarray(values, float), (DRAWS, len(values)))
    return Interval(float(figure(values)), *_ends(figure(drawn, axis=1)))


def ratio_interval(parts: Sequence[float], wholes: Sequence[float]) -> Interval:
    """`sum(parts) / sum(wholes)` with its interval over pairs drawn together; all is 0 without wholes."""
    if not parts or not sum(wholes):
        return Interval(0.0, 0.0, 0.0)
    part, whole = np.asarray(parts, float), np.asarray(wholes, float)
    drawn = np.random.default_rng(DEFAULT_SEED).integers(0, len(part), (DRAWS, len(part)))
    ends = _ends(part[drawn].sum(axis=1) / np.maximum(whole[drawn].sum(axis=1), 1e-9))
    return Interval(float(part.sum() / whole.sum()), *ends)


def _ends(figures: Sequence[float] | NDArray[Any]) -> tuple[float, float]:
    """The ends of the interval among the figures of the samples."""
    low, high = np.quantile(figures, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)
