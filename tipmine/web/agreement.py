"""Measures how far two reviewers agree on what both have decided: the share of equal answers, and Cohen's kappa."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from tipmine.store.decisions import Decision
from tipmine.store.fields import Field, FieldType
from tipmine.tag.agreement import cohen_kappa

COMPARED_TYPES: tuple[FieldType, ...] = ("pillar", "actor", "kind", "link")
"""The types of decision for which agreement is computed; a theme's label and a note are free text."""
AnswerPair = tuple[str, str]
"""The answers of two reviewers to the same question."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two reviewers agree on one type of decision (`field`)."""

    first: str
    second: str
    field: str
    both: int
    """Number of questions that both have answered."""
    same: int
    """Number of equal answers among these."""
    kappa: float | None
    """Cohen's kappa; None if it is undefined."""


def kappa(answers: Sequence[AnswerPair]) -> float | None:
    """Cohen's kappa of pairs of answers; None without pairs, or if both always gave the same answer.

    >>> kappa([("yes", "yes"), ("no", "no"), ("yes", "no"), ("no", "no")])
    0.5
    """
    value = cohen_kappa([a for a, _ in answers], [b for _, b in answers])
    return None if math.isnan(value) else value


def agreements(history: Iterable[Decision]) -> list[Agreement]:
    """The agreement of each pair of reviewers who have decided some of the same things, by type of decision."""
    latest: dict[str, dict[tuple[str, Field], str]] = {}
    for decision in history:
        if not decision.undone:
            latest.setdefault(decision.reviewer, {})[(decision.subject, decision.field)] = decision.value
    pairs = []
    for first, second in combinations(sorted(latest), 2):
        shared = [question for question in latest[first] if question in latest[second]]
        for type_ in COMPARED_TYPES:
            questions = [(subject, field) for subject, field in shared if field.type == type_]
            answers = [(latest[first][question], latest[second][question]) for question in questions]
            if answers:
                same = sum(one == other for one, other in answers)
                pairs.append(Agreement(first, second, type_, len(answers), same, kappa(answers)))
    return pairs
