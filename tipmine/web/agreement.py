"""Measures how far two reviewers agree on what both have decided: share of equal answers, and Cohen's kappa.

Kappa is agreement beyond chance (Cohen 1960): (po - pe) / (1 - pe), where po is the share of equal answers and pe the
share expected by chance from how often each gives each answer. It is undefined if both always gave the same answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from tipmine.store.decisions import Decision

FIELDS = ("pillar", "actor", "kind", "link")
"""The sorts of decision for which agreement is computed; a theme's label is free text."""
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
    """Cohen's kappa of pairs of answers; None if there are none or both always gave the same answer.

    >>> kappa([("yes", "yes"), ("no", "no"), ("yes", "no"), ("no", "no")])
    0.5
    """
    if not answers:
        return None
    count = len(answers)
    equal = sum(a == b for a, b in answers) / count
    first, second = Counter(a for a, _ in answers), Counter(b for _, b in answers)
    chance = sum(first[value] * second[value] for value in first) / count**2
    return None if chance >= 1 else (equal - chance) / (1 - chance)


def agreements(history: Iterable[Decision]) -> list[Agreement]:
    """The agreement of each pair of reviewers that have decided something in common, by sort of decision."""
    latest: dict[str, dict[tuple[str, str], str]] = {}
    for decision in history:
        if not decision.undone:
            latest.setdefault(decision.reviewer, {})[(decision.subject, decision.field)] = decision.value
    found = []
    for first, second in combinations(sorted(latest), 2):
        shared = sorted(latest[first].keys() & latest[second].keys())
        for sort in FIELDS:
            places = [place for place in shared if place[1].partition(":")[0] == sort]
            answers = [(latest[first][place], latest[second][place]) for place in places]
            if answers:
                found.append(
                    Agreement(first, second, sort, len(answers), sum(a == b for a, b in answers), kappa(answers))
                )
    return found
