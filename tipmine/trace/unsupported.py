"""Evaluates gaps, orphans and bands: everything that an officer reads as "nothing was found here".

A gap is a recommendation without good evidence; an orphan is a theme that no recommendation answers. Both are rare in
any one study, so gaps are measured twice: as the gold has them, and with the good evidence of each recommendation
hidden in turn (`withheld`), which should make it a gap. The BM25 baseline reports as many gaps as tipmine, those with
the lowest scores, since BM25 has no threshold of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tipmine.coverage import BANDS
from tipmine.records import Band, Trace
from tipmine.trace.chance import SUPPORT_SIZE
from tipmine.trace.fusing import Ranked
from tipmine.trace.orphans import theme_links
from tipmine.trace.reasons import Explainer
from tipmine.trace.tracing import covered_without

if TYPE_CHECKING:
    from tipmine.trace.evaluation import TraceGold


def unsupported(
    gold: TraceGold, ranked: Ranked, traces: Sequence[Trace], bm25: NDArray[Any]
) -> dict[str, dict[str, Any]]:
    """Method -> its figures; cells are empty if the gold has no gaps or no orphans."""
    ours: dict[str, Any] = {f"{band}_P": _band_precision(gold, traces, band) for band in BANDS}
    theirs: dict[str, Any] = {}
    rows = {unit.id: row for row, unit in enumerate(gold.recommendations)}
    gaps = {rec for rec, good in gold.relevant.items() if not good}
    if gaps:
        uncovered = [trace.rec for trace in traces if trace.coverage == "none"]
        best = np.sort(bm25, axis=1)[:, -SUPPORT_SIZE:].mean(axis=1)
        lowest = sorted(rows, key=lambda rec: best[rows[rec]])[: len(uncovered)]
        ours |= _precision_recall("gaps", uncovered, gaps)
        theirs |= _precision_recall("gaps", lowest, gaps)
    if not ranked.table:
        ours |= _withheld(gold, ranked, traces)
    orphans = {theme for theme, answers in gold.answers.items() if not answers}
    if orphans:
        links = theme_links(gold.themes, traces)
        unanswered = [theme for theme, answers in links.items() if not answers]
        reach = _reach_of_themes(gold, bm25)
        ours |= _precision_recall("orphans", unanswered, orphans)
        theirs |= _precision_recall("orphans", sorted(reach, key=reach.__getitem__)[: len(unanswered)], orphans)
    return {"tipmine": ours, "BM25": theirs}


def _reach_of_themes(gold: TraceGold, scores: NDArray[Any]) -> dict[str, float]:
    """For each theme, the highest mean score of a recommendation with the theme's evidence; 0 if it has no evidence."""
    column_of = {unit.id: column for column, unit in enumerate(gold.evidence)}
    reach = {}
    for theme in gold.themes:
        columns = [column_of[member.id] for member in theme.members if member.id in column_of]
        reach[theme.id] = float(scores[:, columns].mean(axis=1).max()) if columns else 0.0
    return reach


def _withheld(gold: TraceGold, ranked: Ranked, traces: Sequence[Trace]) -> dict[str, float]:
    """Precision and recall of gaps among the recommendations with evidence, hiding the evidence of each in turn.

    A recommendation that is called a gap although its evidence is not hidden counts as a false gap.
    """
    explainer = Explainer(gold.recommendations, gold.evidence, ranked.vectors)
    column_of = {unit.id: column for column, unit in enumerate(gold.evidence)}
    false_gaps = found_gaps = size = 0
    for row, trace in enumerate(traces):
        good = gold.relevant[trace.rec]
        if not good:
            continue
        hidden = {column_of[id_] for id_ in good if id_ in column_of}
        size += 1
        false_gaps += trace.coverage == "none"
        found_gaps += not covered_without(ranked, explainer, row, hidden)
    return {
        "withheld_gaps_P": round(found_gaps / (found_gaps + false_gaps), 3) if found_gaps + false_gaps else 0.0,
        "withheld_gaps_R": round(found_gaps / size, 3) if size else 0.0,
    }


def _precision_recall(name: str, named: Collection[str], gold: Collection[str]) -> Mapping[str, float]:
    """The columns `<name>_P` and `<name>_R`, for what was `named` against `gold`, which is not empty."""
    hit = len(set(named) & set(gold))
    return {
        f"{name}_P": round(hit / len(named), 3) if named else 0.0,
        f"{name}_R": round(hit / len(gold), 3),
    }


def _band_precision(gold: TraceGold, traces: Sequence[Trace], band: Band) -> str:
    right = [item.id in gold.relevant[trace.rec] for trace in traces for item in trace.evidence if item.band == band]
    return f"{np.mean(right):.3f} of {len(right)}" if right else "none"
