"""The weights, the calibration and the bands of `tipmine/data/trace_weights.toml`."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from tipmine.records import Band


@dataclass(frozen=True, slots=True)
class Fusion:
    """The weight of each ranking, by its name in `rankings`."""

    said: Mapping[str, float]
    """In a turn, or a text of unknown kind."""
    written: Mapping[str, float]
    """In a finding or a plan measure."""
    block: Mapping[str, float]
    """In the other turns of the block."""
    single: Mapping[str, float]
    """Plain features of a pair: actors, pillars, lack, met."""


@dataclass(frozen=True, slots=True)
class Support:
    """A logistic curve from a recommendation's support, as a share of the usual one, to the chance of any evidence."""

    intercept: float
    weight: float
    least: float
    """Chance from which a recommendation has evidence. Higher reports more gaps."""

    def chance(self, support: float) -> float:
        """The probability that a recommendation with this relative support has evidence."""
        return logistic(self.intercept + self.weight * support)


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic curve from features to the probability that a reader finds the evidence good, and limits of bands."""

    intercept: float
    weights: Mapping[str, float]
    confirmed: float
    likely: float
    support: Support

    def score(self, features: Mapping[str, float]) -> float:
        """The probability that a reader finds the evidence good."""
        value = self.intercept + sum(weight * features.get(name, 0.0) for name, weight in self.weights.items())
        return logistic(value)

    def band(self, score: float) -> Band:
        """The band in which a score falls."""
        if score >= self.confirmed:
            return "confirmed"
        return "likely" if score >= self.likely else "weak"

    def covered(self, scores: Sequence[float], support: float | None) -> bool:
        """Whether a recommendation has evidence: by the support of its best evidence, or by its best score.

        `scores` are those of the candidates with a ground; without any, it is a gap. `support` is the mean fused score
        of the best evidence relative to what is usual in the corpus. A single high score occurs by chance in any
        corpus, several seldom do, so support decides. In a response table there is only one answer; pass None.
        """
        if not scores:
            return False  # nothing can be shown to a reader, whatever the score
        if support is None:
            return max(scores) >= self.likely
        return self.support.chance(support) >= self.support.least


def logistic(value: float) -> float:
    """The logistic function; values beyond 30 on either side are clipped."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))


@cache
def _content() -> dict[str, Any]:
    return tomllib.loads((files("tipmine.data") / "trace_weights.toml").read_text(encoding="utf-8"))


def fusion(table: bool) -> Fusion:
    """The weights of the rankings: in a response table, or between recommendations and what people said."""
    content = _content()
    if table:
        # One style on both sides, whatever the kind of the answers, and no talk: no blocks.
        whole = content["fusion_table"]
        return Fusion(whole, whole, {}, whole)
    return Fusion(content["said"], content["written"], content["block"], content["single"])


def calibration(table: bool) -> Calibration:
    """The calibration: in a response table, or between recommendations and what people said."""
    part = _content()["calibration_table" if table else "calibration"]
    return Calibration(
        part["intercept"], part["weights"], part["confirmed"], part["likely"], Support(**_content()["support"])
    )
