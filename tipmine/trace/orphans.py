"""Which recommendation answers which theme. A theme that none answers is an orphan.

Two signs are added: how many of the theme's turns the recommendation found among its candidates (and how high), and
how near the recommendation is to the theme as a whole: its label, terms and strongest turns read as one text.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tipmine.records import Band, TextUnit, Theme, ThemeSet, Trace
from tipmine.trace.rankings import idea_scores, topic_scores, word_scores

ANSWERED = 0.5
"""Score from which a theme counts as answered. Lower hides orphans, higher invents them."""
CONFIRMED = 0.75
HEART = 12
"""Strongest turns of a theme that are read as its text."""
CANDIDATE_DEPTH = 10


def theme_links(
    recommendations: Sequence[TextUnit],
    themes: ThemeSet,
    utterances: Sequence[TextUnit],
    traces: Sequence[Trace],
) -> dict[str, list[tuple[str, float, Band]]]:
    """For each theme id the recommendations that answer it, best first; an empty list marks an orphan."""
    if not themes.themes:
        return {}
    if not recommendations:
        return {theme.id: [] for theme in themes.themes}
    scores = theme_scores(recommendations, themes.themes, utterances, traces)
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


def theme_scores(
    recommendations: Sequence[TextUnit],
    themes: Sequence[Theme],
    utterances: Sequence[TextUnit],
    traces: Sequence[Trace],
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Recommendations by themes, 0 to 1."""
    found = _found_turns(recommendations, themes, traces)
    texts = [_as_text(theme, utterances) for theme in themes]
    near = np.asarray(
        word_scores(recommendations, texts)
        + 0.5 * np.clip(topic_scores(recommendations, texts), 0, 1)
        + idea_scores(recommendations, texts),
        np.float64,
    )
    return np.asarray(1 - (1 - found) * (1 - np.clip(near - near.mean(axis=0), 0, 1)), np.float64)


def _found_turns(
    recommendations: Sequence[TextUnit], themes: Sequence[Theme], traces: Sequence[Trace]
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """The weight of a theme's turns among a recommendation's candidates, each counted by its calibrated score."""
    by_rec = {found.rec: found for found in traces}
    scores = np.zeros((len(recommendations), len(themes)))
    for row, rec in enumerate(recommendations):
        items = by_rec[rec.id].evidence[:CANDIDATE_DEPTH] if rec.id in by_rec else ()
        for column, theme in enumerate(themes):
            weights = {member.id: member.weight for member in theme.members}
            none = 1.0
            for item in items:
                none *= 1 - item.score * weights.get(item.id, 0.0)
            scores[row, column] = 1 - none
    return scores


def _as_text(theme: Theme, utterances: Sequence[TextUnit]) -> TextUnit:
    heart = {member.id for member in sorted(theme.members, key=lambda member: -member.weight)[:HEART]}
    members = [unit for unit in utterances if unit.id in heart]
    words = (*theme.terms, *(word for unit in members for word in unit.words))
    return TextUnit(theme.id, " ".join([theme.label, *(unit.text for unit in members)]), words)
