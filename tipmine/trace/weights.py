"""The weights, the calibration and the bands of `tipmine/data/trace_weights.toml`."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from tipmine.data import data_toml
from tipmine.errors import InputError
from tipmine.records import Band


@dataclass(frozen=True, slots=True)
class Fusion:
    """The weight of each ranking, by its name in `rankings`; the fields are parts of the file."""

    talk: Mapping[str, float]
    """For a turn, or a text of unknown kind."""
    written: Mapping[str, float]
    """For a finding or a plan measure."""
    block: Mapping[str, float]
    """For the other turns of the block."""
    pair_features: Mapping[str, float]
    """For features of a pair that are not rankings: actors, pillars, lack, met."""


@dataclass(frozen=True, slots=True)
class Support:
    """A logistic curve from a recommendation's support, as a share of the usual, to the probability of any evidence."""

    intercept: float
    weight: float
    least: float
    """Probability from which a recommendation counts as having evidence. Higher: more gaps are reported."""

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
        """Whether a recommendation has evidence, judged by the support of its best evidence or by its best score.

        `scores` are those of the candidates with a ground; if there are none, the recommendation is a gap. `support` is
        the mean fused score of the best evidence relative to what is usual in the corpus; it decides, since a single
        high score occurs by chance in any corpus, but several seldom do. In a response table there is only one answer;
        pass None.
        """
        if not scores:
            return False  # nothing can be shown to a reader, whatever the score
        if support is None:
            return max(scores) >= self.likely
        return self.support.chance(support) >= self.support.least


def logistic(value: float) -> float:
    """The logistic function; values beyond 30 on either side are clipped."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))


_FILE = "trace_weights.toml"
_RANKINGS = ("words", "chars", "topics", "near", "ideas", "other", "terms")
"""The rankings by their names in `Measured.raw` (fusing.py)."""
_PAIR_FEATURES = ("actors", "pillars", "lack", "met")
_FUSION = {
    "talk": (*_RANKINGS, "supported"),
    "written": _RANKINGS,
    "block": _RANKINGS,
    "pair_features": _PAIR_FEATURES,
    "fusion_table": (*_RANKINGS, *_PAIR_FEATURES),
}
"""The weights that each part may have; one that is left out counts as 0."""


@cache
def _content() -> dict[str, Any]:
    return data_toml(_FILE)


def _numbers(part: str, names: Collection[str], *, every: bool = False) -> dict[str, float]:
    """The numbers in a part of the file by name: some of `names`, or `every` one; `a.b` is a part within another.

    Raises InputError if the part is missing or holds anything else.
    """
    content: Any = _content()
    for name in part.split("."):
        content = content.get(name)
        if not isinstance(content, dict):
            raise InputError(f"data/{_FILE}", f"has no part [{part}]")
    numbers = {name: value for name, value in content.items() if not isinstance(value, dict)}
    for name, value in numbers.items():
        if not isinstance(value, int | float):
            raise InputError(f"data/{_FILE}", f"{name} in [{part}] is {value!r}", "a number")
    if not numbers.keys() <= set(names) or (every and len(numbers) < len(names)):
        raise InputError(f"data/{_FILE}", f"[{part}] has {', '.join(numbers)}", ", ".join(names))
    return numbers


def fusion(table: bool) -> Fusion:
    """The weights of the rankings: in a response table, or between recommendations and what people said."""
    if table:
        # Both sides have one style, whatever the kind of the answers, and there is no talk, hence no blocks.
        whole = _numbers("fusion_table", _FUSION["fusion_table"])
        return Fusion(whole, whole, {}, whole)
    return Fusion(**{part: _numbers(part, _FUSION[part]) for part in ("talk", "written", "block", "pair_features")})


def calibration(table: bool) -> Calibration:
    """The calibration: in a response table, or between recommendations and what people said."""
    part = "calibration_table" if table else "calibration"
    return Calibration(
        **_numbers(part, ("intercept", "confirmed", "likely"), every=True),
        weights=_numbers(f"{part}.weights", ("standing", "support", "share", *_RANKINGS)),
        support=Support(**_numbers("support", ("intercept", "weight", "least"), every=True)),
    )
