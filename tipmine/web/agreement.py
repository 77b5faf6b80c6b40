"""How far two reviewers agree where both have decided: shares, and Cohen's kappa.

Kappa is agreement beyond chance (Cohen 1960): (po - pe) / (1 - pe), where po is the share of equal answers and pe the
share that two people with these habits would reach by chance. It has no value where both always gave one answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from tipmine.store.decisions import Decision

FIELDS = ("pillar", "actor", "kind", "link")
"""What agreement is counted for; a theme's label is free text."""
Answer = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two reviewers on one sort of decision: decided by both, equal answers, kappa (None where it has no value)."""

    first: str
    second: str
    field: str
    both: int
    same: int
    kappa: float | None


def kappa(answers: Sequence[Answer]) -> float | None:
    """Cohen's kappa of pairs of answers; None where there are none or chance alone explains them all.

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
    """All pairs of reviewers that have decided something in common, for each sort of decision."""
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
