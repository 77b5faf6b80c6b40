"""The weights, the calibration and the bands of `tipmine/data/trace_weights.toml`."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from tipmine.records import Band, Coverage


@dataclass(frozen=True, slots=True)
class Support:
    """The chance that a recommendation has evidence at all, from the mean fused score of its best five."""

    intercept: float
    weight: float
    direct: float
    partial: float

    def chance(self, support: float) -> float:
        """0 to 1."""
        return _logistic(self.intercept + self.weight * support)


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic curve from features to the chance that a reader calls the evidence good, and where bands begin."""

    intercept: float
    weights: Mapping[str, float]
    confirmed: float
    likely: float
    support: Support

    def score(self, features: Mapping[str, float]) -> float:
        """The chance, 0 to 1."""
        value = self.intercept + sum(weight * features.get(name, 0.0) for name, weight in self.weights.items())
        return _logistic(value)

    def band(self, score: float) -> Band:
        """The band in which a score falls."""
        if score >= self.confirmed:
            return "confirmed"
        return "likely" if score >= self.likely else "weak"

    def coverage(self, scores: Sequence[float], support: float | None) -> Coverage:
        """How well a recommendation is covered: by its best score, or by what its best evidence reaches together.

        `scores` are those of the candidates with a ground; without any it is a gap. `support` is the mean fused
        score of the best evidence. One chance match reaches a high score in any corpus, several seldom do: gaps are
        told by the several. In a response table there is one answer, and None is given.
        """
        if not scores:
            return "none"  # nothing that can be shown, however near the letters are
        chance = max(scores) if support is None else self.support.chance(support)
        direct, partial = (
            (self.confirmed, self.likely) if support is None else (self.support.direct, self.support.partial)
        )
        if chance >= direct:
            return "direct"
        return "partial" if chance >= partial else "none"


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))


@cache
def _content() -> dict[str, Any]:
    return tomllib.loads((files("tipmine.data") / "trace_weights.toml").read_text(encoding="utf-8"))


def fusion(table: bool) -> Mapping[str, float]:
    """What each ranking counts: in a response table, or between recommendations and what people said."""
    weights: Mapping[str, float] = _content()["fusion_table" if table else "fusion"]
    return weights


def calibration(table: bool) -> Calibration:
    """The calibration for the same two cases."""
    part = _content()["calibration_table" if table else "calibration"]
    return Calibration(
        part["intercept"], part["weights"], part["confirmed"], part["likely"], Support(**_content()["support"])
    )
