"""Finds which recommendation answers which theme. A theme that no recommendation answers is an orphan.

A theme is answered if several of its turns score high for one recommendation: the mean of its best three scores, as a
share of what is usual in this corpus, is put on a curve set by hand (`trace_weights.toml`). In a large theme a single
high score occurs by chance, while the mean of all turns would hide an answer to part of the theme.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tipmine.records import Band, TextUnit, Theme, ThemeSet
from tipmine.trace.tracing import Ranked, rank
from tipmine.trace.weights import logistic, theme_answer

ANSWERED = 0.5
"""Least score for a theme to count as answered. Lower hides orphans, higher reports false ones."""
CONFIRMED = 0.75
TURNS = 3
"""Number of best turns whose scores are averaged. With two, large themes count as answered by chance."""


def theme_links(
    recommendations: Sequence[TextUnit],
    themes: ThemeSet,
    utterances: Sequence[TextUnit],
    *,
    ranked: Ranked | None = None,
) -> dict[str, list[tuple[str, float, Band]]]:
    """For each theme id the recommendations that answer it, best first; an empty list marks an orphan.

    `ranked` is the result of `rank` for the same recommendations and utterances, if there is one already.
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
    """The probability that each recommendation (row) answers each theme (column)."""
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
