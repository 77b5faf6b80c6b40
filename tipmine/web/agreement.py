"""Measures how far two reviewers agree on what both have decided: the share of equal answers, and Cohen's kappa."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from tipmine.store.decisions import Decision
from tipmine.store.fields import Field, Sort
from tipmine.tag.agreement import cohen_kappa

SORTS: tuple[Sort, ...] = ("pillar", "actor", "kind", "link")
"""The sorts of decision for which agreement is computed; a theme's label and a note are free text."""
Answer = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two reviewers on one sort of decision: number decided by both, equal answers, kappa (None if undefined)."""

    first: str
    second: str
    field: str
    both: int
    same: int
    kappa: float | None


def kappa(answers: Sequence[Answer]) -> float | None:
    """Cohen's kappa of pairs of answers; None without pairs, or if both always gave the same answer.

    >>> kappa([("yes", "yes"), ("no", "no"), ("yes", "no"), ("no", "no")])
    0.5
    """
    value = cohen_kappa([a for a, _ in answers], [b for _, b in answers])
    return None if math.isnan(value) else value


def agreements(history: Iterable[Decision]) -> list[Agreement]:
    """The agreement of each pair of reviewers who have decided some of the same things, by sort of decision."""
    latest: dict[str, dict[tuple[str, Field], str]] = {}
    for decision in history:
        if not decision.undone:
            latest.setdefault(decision.reviewer, {})[(decision.subject, decision.field)] = decision.value
    pairs = []
    for first, second in combinations(sorted(latest), 2):
        shared = [place for place in latest[first] if place in latest[second]]
        for sort in SORTS:
            places = [place for place in shared if place[1].sort == sort]
            answers = [(latest[first][place], latest[second][place]) for place in places]
            if answers:
                pairs.append(
                    Agreement(first, second, sort, len(answers), sum(a == b for a, b in answers), kappa(answers))
                )
    return pairs
