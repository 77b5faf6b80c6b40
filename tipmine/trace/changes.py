"""Compares two lists of recommendations, for example last year's and this year's, or those of two documents.

Finds what is new, repeated, reworded or dropped, duplicates, and the same recommendation to another addressee.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tipmine.records import TextUnit
from tipmine.trace.rankings import char_scores, idea_scores, word_scores

State = Literal["new", "carried_on", "reworded", "dropped", "duplicate", "other_addressee"]

SAME_TEXT = 0.9
"""Least share of matching letters for a recommendation to count as repeated word for word."""
SAME_MATTER = 0.45
"""Least mean of the rankings for two wordings to count as the same matter. Lower joins merely related ones."""


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a recommendation; `before` or `after` is empty if it is only in the other list."""

    state: State
    before: str
    after: str
    score: float


def compare(before: Sequence[TextUnit], after: Sequence[TextUnit]) -> list[Change]:
    """One change for each recommendation of `after` in order, then those of `before` that were dropped."""
    scores = similarity(before, after) if before and after else np.zeros((len(before), len(after)))
    found: list[Change] = []
    met: set[int] = set()
    for column, unit in enumerate(after):
        best = int(scores[:, column].argmax()) if len(before) else -1
        if best < 0 or scores[best, column] < SAME_MATTER:
            found.append(Change("new", "", unit.id, 0.0))
            continue
        met.add(best)
        state = _state(before[best], unit)
        found.append(Change(state, before[best].id, unit.id, round(float(scores[best, column]), 4)))
    dropped = [row for row in range(len(before)) if row not in met]
    found += [Change("dropped", before[row].id, "", 0.0) for row in dropped]
    return found


def duplicates(units: Sequence[TextUnit]) -> list[Change]:
    """Pairs within one list that recommend the same, to the same addressee or to another."""
    if len(units) < 2:
        return []
    scores = similarity(units, units)
    found = []
    for row, left in enumerate(units):
        for column in range(row + 1, len(units)):
            if scores[row, column] >= SAME_MATTER:
                right = units[column]
                state: State = "other_addressee" if _other_addressee(left, right) else "duplicate"
                found.append(Change(state, left.id, right.id, round(float(scores[row, column]), 4)))
    return found


def similarity(
    left: Sequence[TextUnit], right: Sequence[TextUnit]
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Similarity of recommendations, 0 to 1 (left by right). If the letters are nearly the same, they alone decide."""
    pieces = (word_scores(left, right), char_scores(left, right), idea_scores(left, right))
    mean = np.asarray(sum(np.clip(part / _own(part), 0, 1) for part in pieces) / len(pieces), np.float64)
    for row, a in enumerate(left):
        for column in map(int, np.flatnonzero(mean[row] > SAME_MATTER / 2)):
            mean[row, column] = max(mean[row, column], _letters(a, right[column]))
    return mean


def _own(scores: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> float:
    """The score of two equal texts in this ranking: BM25 reaches about .45 of its bound for a word that occurs once."""
    return max(float(np.quantile(scores, 0.999)), 0.45)


def _letters(left: TextUnit, right: TextUnit) -> float:
    return difflib.SequenceMatcher(None, left.text, right.text, autojunk=False).ratio()


def _state(before: TextUnit, after: TextUnit) -> State:
    if _letters(before, after) >= SAME_TEXT:
        return "carried_on"
    return "other_addressee" if _other_addressee(before, after) else "reworded"


def _other_addressee(left: TextUnit, right: TextUnit) -> bool:
    return bool(left.actors and right.actors and not set(left.actors) & set(right.actors))
