"""What chance alone gives: how high the best of many random scores are, as a yardstick for support."""

from __future__ import annotations

from statistics import NormalDist

SUPPORT_SIZE = 5
"""Number of best pieces whose mean score decides whether there is evidence. Higher: what few people said is missed."""
PER_SUPPORT = 12
"""Pieces of evidence needed for each one that is averaged: of a handful of turns, the best five would be most."""


def chance_best(size: int, best: int) -> float:
    """The mean of the `best` highest of `size` random scores, in standard deviations (Blom 1958).

    >>> round(chance_best(100, 1), 2), round(chance_best(6, 1), 2)
    (2.5, 1.28)
    """
    normal = NormalDist()
    return sum(normal.inv_cdf((size - place + 0.625) / (size + 0.25)) for place in range(1, best + 1)) / best


def sample_factor(size: int, best: int) -> float:
    """Factor on the mean of the `best` of `size` pieces of evidence, for a `best` below SUPPORT_SIZE.

    The fewer are averaged, the higher their mean is by chance; the factor makes it comparable to one of SUPPORT_SIZE.
    """
    if best == SUPPORT_SIZE or size == 1:
        return 1.0
    many = SUPPORT_SIZE * PER_SUPPORT
    usual = chance_best(many, 1) / chance_best(many, SUPPORT_SIZE)
    return chance_best(size, 1) / chance_best(size, best) / usual
