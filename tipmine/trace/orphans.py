"""Which recommendation answers which theme. A theme that none answers is an orphan.

A theme is answered where several of its turns stand out for one recommendation: the mean of its best three, as a
share of what recommendations usually reach in this corpus, on a curve set by hand (`trace_weights.toml`). One turn
that stands out is chance in any theme that is large enough; the mean of all hides an answer to part of a theme.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tipmine.records import Band, TextUnit, Theme, ThemeSet
from tipmine.trace.tracing import Ranked, rank
from tipmine.trace.weights import logistic, theme_answer

ANSWERED = 0.5
"""Score from which a theme counts as answered. Lower hides orphans, higher invents them."""
CONFIRMED = 0.75
TURNS = 3
"""Turns of a theme that must stand out together. Two make large themes answered by chance."""


def theme_links(
    recommendations: Sequence[TextUnit],
    themes: ThemeSet,
    utterances: Sequence[TextUnit],
    *,
    ranked: Ranked | None = None,
) -> dict[str, list[tuple[str, float, Band]]]:
    """For each theme id the recommendations that answer it, best first; an empty list marks an orphan.

    `ranked` is what `rank` found for the same recommendations and utterances, where it was run before.
    """
    if not themes.themes:
        return {}
    if not recommendations:
        return {theme.id: [] for theme in themes.themes}
    ranked = ranked or rank(recommendations, utterances)
    scores = theme_scores(themes.themes, utterances, ranked)
    found: dict[str, list[tuple[str, float, Band]]] = {}
    for column, theme in enumerate(themes.themes):
        rows = [int(row) for row in np.argsort(-scores[:, column], kind="stable") if scores[row, column] >= ANSWERED]
        found[theme.id] = [
            (recommendations[row].id, round(float(scores[row, column]), 4), _band(float(scores[row, column])))
            for row in rows
        ]
    return found


def _band(score: float) -> Band:
    return "confirmed" if score >= CONFIRMED else "likely"


def theme_scores(themes: Sequence[Theme], utterances: Sequence[TextUnit], ranked: Ranked) -> NDArray[np.float64]:
    """The chance that a recommendation answers a theme: recommendations by themes, 0 to 1."""
    place = {unit.id: column for column, unit in enumerate(utterances)}
    intercept, weight = theme_answer()
    scores = np.zeros((len(ranked.fused), len(themes)))
    for number, theme in enumerate(themes):
        columns = [place[member.id] for member in theme.members if member.id in place]
        columns = [column for column in columns if not ranked.idle[column]]
        if not columns:
            continue
        best = np.sort(ranked.fused[:, columns], axis=1)[:, -TURNS:].mean(axis=1) / ranked.usual
        scores[:, number] = [logistic(intercept + weight * float(value)) for value in best]
    return scores
