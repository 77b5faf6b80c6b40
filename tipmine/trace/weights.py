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
class Fusion:
    """What each ranking counts, by its name in `rankings`."""

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
    """The chance that a recommendation has evidence at all, from its support as a share of the usual one."""

    intercept: float
    weight: float
    direct: float
    partial: float

    def chance(self, support: float) -> float:
        """0 to 1."""
        return logistic(self.intercept + self.weight * support)


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
        return logistic(value)

    def band(self, score: float) -> Band:
        """The band in which a score falls."""
        if score >= self.confirmed:
            return "confirmed"
        return "likely" if score >= self.likely else "weak"

    def coverage(self, scores: Sequence[float], support: float | None) -> Coverage:
        """How well a recommendation is covered: by its best score, or by what its best evidence reaches together.

        `scores` are those of the candidates with a ground; without any it is a gap. `support` is the mean fused
        score of the best evidence as a share of what is usual in the corpus. One chance match reaches a high score in
        any corpus, several seldom do: gaps are told by the several. In a response table there is one answer, and None
        is given.
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


def logistic(value: float) -> float:
    """The logistic curve, 0 to 1; values beyond 30 either way are the ends."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))


@cache
def _content() -> dict[str, Any]:
    return tomllib.loads((files("tipmine.data") / "trace_weights.toml").read_text(encoding="utf-8"))


def fusion(table: bool) -> Fusion:
    """What each ranking counts: in a response table, or between recommendations and what people said."""
    content = _content()
    if table:
        return Fusion(content["fusion_table"], {}, {}, content["fusion_table"])
    return Fusion(content["said"], content["written"], content["block"], content["single"])


def theme_answer() -> tuple[float, float]:
    """Intercept and weight of the logistic curve that says whether a recommendation answers a theme."""
    part = _content()["theme"]
    return part["intercept"], part["weight"]


def calibration(table: bool) -> Calibration:
    """The calibration for the same two cases."""
    part = _content()["calibration_table" if table else "calibration"]
    return Calibration(
        part["intercept"], part["weights"], part["confirmed"], part["likely"], Support(**_content()["support"])
    )
