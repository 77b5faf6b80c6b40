"""Puts new utterances into existing themes: a transcript that arrives late does not change what was reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from tipmine.records import DEFAULT_SEED, Member, TextUnit, ThemeSet
from tipmine.themes.figures import theme_figures
from tipmine.themes.prepare import check_ids, set_aside
from tipmine.themes.vectors import theme_vectors
from tipmine.threads import one_thread

ASSIGNED = 0.3
"""Least cosine to a theme's centre for a new utterance to join it. Lower: utterances that do not belong are added."""


@one_thread()
def assign_utterances(
    themes: ThemeSet, known: Sequence[TextUnit], new: Sequence[TextUnit], *, seed: int = DEFAULT_SEED, vectors: str = ""
) -> ThemeSet:
    """The set with each `new` utterance in its nearest theme or among the outliers; `known` are the themes' own.

    Raises RecordError if two of them have the same id.
    """
    check_ids([*known, *new])
    if not new:
        return themes
    aside = set_aside(new)
    points = theme_vectors([*known, *new], seed=seed, folder=vectors)
    place = {unit.id: index for index, unit in enumerate(known)}
    weights = [{place[m.id]: m.weight for m in theme.members if m.id in place} for theme in themes.themes]
    standing = [column for column, part in enumerate(weights) if part]
    joined: dict[int, list[tuple[TextUnit, float]]] = {}
    outliers = list(themes.outliers)
    centres = [np.average(points[list(weights[c])], axis=0, weights=list(weights[c].values())) for c in standing]
    for row, unit in enumerate(new, len(known)):
        if unit.id in aside:
            continue
        near = [float(points[row] @ centre / max(np.linalg.norm(centre), 1e-9)) for centre in centres]
        best = int(np.argmax(near)) if near else -1
        if best >= 0 and near[best] >= ASSIGNED:
            joined.setdefault(standing[best], []).append((unit, round(min(1.0, near[best]), 4)))
        else:
            outliers.append(unit.id)
    extended = []
    for column, theme in enumerate(themes.themes):
        added = joined.get(column, [])
        members = (*theme.members, *(Member(unit.id, weight) for unit, weight in added))
        docs = tuple(sorted({*theme.docs, *(unit.doc for unit, _ in added)}))
        extended.append(replace(theme, members=members, size=len(members), docs=docs))
    aside = {**themes.set_aside, **aside}
    return ThemeSet(tuple(extended), tuple(outliers), aside, theme_figures(extended, outliers, aside))
