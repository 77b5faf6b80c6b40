"""How far a pillar model can be trusted: scores against the truth, its surest decisions, another reader beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from tipmine.tag.agreement import Interval, coverage_precision, reliability
from tipmine.tag.doubt import PILLAR_DOUBT
from tipmine.tag.figures import Flags, Scores, pillar_figures, reader_flags
from tipmine.tag.labelled import Labelled


class Reading(NamedTuple):
    """A reader, human or not, against the settled labels: name, passages, macro figures and mean kappa."""

    reader: str
    passages: int
    f1: Interval
    kappa: float
    precision: float
    recall: float


class Trust(NamedTuple):
    """Reliability (mean score, share of right ones, count), right ones among the surest decisions, and readers.

    `doubtful` is the share of decisions that are marked doubtful, `clear` the share of right ones among the others.
    """

    reliability: list[tuple[float, float, int]]
    coverage: list[tuple[float, float]]
    doubtful: float
    clear: float
    readings: list[Reading]

    @classmethod
    def of(cls, scores: Scores, truth: Flags, said: Flags, readings: list[Reading]) -> Trust:
        """Work it out from out-of-fold scores, the truth and the decisions: a row a passage, a column a pillar."""
        flat, right = scores.ravel(), (said == truth).ravel()
        sure = np.maximum(flat, 1 - flat)
        clear = sure > 1 - PILLAR_DOUBT
        return cls(
            reliability(flat.tolist(), truth.ravel().tolist()),
            coverage_precision(sure.tolist(), right.tolist()),
            float(1 - clear.mean()),
            float(right[clear].mean()) if clear.any() else float("nan"),
            readings,
        )


def read_twice(
    passages: Sequence[Labelled], truth: Flags, said: Flags, reader: Iterable[Mapping[str, Any]]
) -> list[Reading]:
    """The machine and another reader on the passages that both read; empty where there is none."""
    places, theirs = reader_flags(passages, reader)
    if not places:
        return []
    docs = [passages[place].doc or passages[place].id for place in places]
    found = []
    for name, flags in (("this model", said[places]), ("second reader", theirs)):
        # Documents are what the interval is drawn over; of one alone nothing can be drawn.
        whole = pillar_figures(truth[places], flags, None, docs if len(set(docs)) > 1 else None)["all"]
        found.append(Reading(name, len(places), *(whole[key] for key in ("f1", "kappa", "precision", "recall"))))
    return found
