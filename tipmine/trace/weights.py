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
class Calibration:
    """A logistic curve from features to the chance that a reader calls the evidence good, and where bands begin."""

    intercept: float
    weights: Mapping[str, float]
    confirmed: float
    likely: float

    def score(self, features: Mapping[str, float]) -> float:
        """The chance, 0 to 1."""
        value = self.intercept + sum(weight * features.get(name, 0.0) for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))

    def band(self, score: float) -> Band:
        """The band in which a score falls."""
        if score >= self.confirmed:
            return "confirmed"
        return "likely" if score >= self.likely else "weak"

    def coverage(self, scores: Sequence[float]) -> Coverage:
        """How well a recommendation is covered by evidence with these scores, best first."""
        best = max(scores, default=0.0)
        if best >= self.confirmed:
            return "direct"
        return "partial" if best >= self.likely else "none"


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
    return Calibration(part["intercept"], part["weights"], part["confirmed"], part["likely"])
