"""Evaluates traces against gold, compared with VSM, LSI and BM25 on the same pairs.

Gold comes in four forms, distinguished by their keys:
    {"id", "item", "rec", "resp"}                     a response table: one right answer per recommendation
    {"rec", "evidence": [{"id", "text", "relevant"}]} recommendations with good evidence and decoys
    {"rec", "text", "evidence": [...]} likewise; `rec` may be the text or, if there is `text`, an id
    {"theme", "label", "members", "answered_by"}      a theme, its evidence ids, the recommendations that answer it
Each row of the result is a method; figures carry the 95 % bootstrap interval over recommendations. A recommendation
without good evidence is a gap, and a theme that nothing answers is an orphan; `unsupported` measures how well they are
found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from tipmine.errors import RecordError
from tipmine.lexical.bootstrap import mean_interval
from tipmine.lexical.synonyms import mine_vectors
from tipmine.lexical.units import WordCutter, text_unit
from tipmine.records import Member, TextUnit, Theme
from tipmine.trace.fusing import Ranked, rank, rank_measured
from tipmine.trace.rankings import tfidf, topic_scores, word_scores
from tipmine.trace.tracing import explained
from tipmine.trace.unsupported import unsupported

AnyScores = NDArray[Any]
"""A method's scores, recommendations by evidence; those of the baselines may be float64."""

OF_THESAURUS = ("ideas", "other", "terms")
"""The rankings that use the ideas of the thesaurus."""


@dataclass(frozen=True)
class TraceGold:
    """Recommendations, all evidence, and which evidence is good for which recommendation."""

    recommendations: Sequence[TextUnit]
    evidence: Sequence[TextUnit]
    relevant: Mapping[str, frozenset[str]]
    items: Mapping[str, str]
    """Recommendation or evidence id -> agenda item; empty without items."""
    themes: Sequence[Theme] = ()
    answers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Theme id -> recommendations that answer it."""


def evaluate_trace(records: Sequence[Mapping[str, Any]], words: WordCutter) -> list[dict[str, Any]]:
    """One row per method: MAP, R@1, R@5, precision at half coverage, one-to-one accuracy, gaps, orphans, bands.

    Raises RecordError as `read_gold` does.
    """
    return figures(read_gold(records, words))


def figures(gold: TraceGold) -> list[dict[str, Any]]:
    """The rows of `evaluate_trace`, from the gold that `read_gold` returns."""
    whole = rank(gold.recommendations, gold.evidence)
    traces = explained(whole, gold.recommendations, gold.evidence)
    rows = {name: _row(name, scores, gold) for name, scores in methods(gold, whole).items()}
    bm25 = word_scores(gold.recommendations, gold.evidence, pairs=False)
    for name, more in unsupported(gold, whole, traces, bm25).items():
        rows[name] |= more
    columns = dict.fromkeys(name for row in rows.values() for name in row)
    return [{name: row.get(name, "") for name in columns} for row in rows.values()]  # the first row gives the columns


def read_gold(records: Sequence[Mapping[str, Any]], words: WordCutter) -> TraceGold:
    """Reads gold records in any of the four forms.

    Raises RecordError for a record in none of them, and if they hold no recommendation or no evidence at all.
    """
    themes: list[Theme] = []
    answers_of: dict[str, frozenset[str]] = {}
    recommendations: list[TextUnit] = []
    evidence: dict[str, TextUnit] = {}
    relevant: dict[str, frozenset[str]] = {}
    items: dict[str, str] = {}
    for number, record in enumerate(records, 1):
        if "theme" in record:
            themes.append(_theme(record))
            answers_of[themes[-1].id] = frozenset(map(str, record.get("answered_by") or ()))
            continue
        rec = _recommendation(record, number, words)
        recommendations.append(rec)
        answers = _answers(record, rec.id, f"line {number}")
        if "resp" in record:
            items |= dict.fromkeys((rec.id, answers[0]["id"]), str(record.get("item") or ""))
        evidence |= {str(answer["id"]): text_unit(answer, words) for answer in answers if "text" in answer}
        relevant[rec.id] = frozenset(str(answer["id"]) for answer in answers if answer.get("relevant", True))
    if not recommendations or not evidence:
        raise RecordError("gold file", "nothing to trace", "recommendations, and the text of their evidence")
    return TraceGold(recommendations, list(evidence.values()), relevant, items, themes, answers_of)


def _recommendation(record: Mapping[str, Any], number: int, words: WordCutter) -> TextUnit:
    """The recommendation of a record; one without an id is named by the record's number."""
    id_ = str(record.get("id") or (record.get("rec") if "text" in record else "") or f"r{number}")
    text = str(record.get("text") or record.get("rec") or "")
    return TextUnit(id_, text, words(text))


def _answers(record: Mapping[str, Any], rec: str, where: str) -> Sequence[Mapping[str, Any]]:
    """The evidence that a record gives for the recommendation `rec`, each with its `id`.

    Raises RecordError, naming the record by `where`, for a record without evidence and for evidence in another form.
    """
    if "resp" in record:
        answers: Any = [{"id": f"{rec}/answer", "text": record["resp"], "relevant": True}]
    else:
        answers = record.get("evidence")
    if not isinstance(answers, list):
        raise RecordError(where, "no answer to trace to", "`resp`, or a list `evidence` with `relevant`")
    for answer in answers:
        if not isinstance(answer, Mapping) or answer.get("id") is None:
            raise RecordError(where, "evidence without an id", "`id` and, once, `text`")
        if not isinstance(answer.get("text", ""), str):
            raise RecordError(where, "evidence whose text is not a string", "`id` and, once, `text`")
    return answers


def _theme(record: Mapping[str, Any]) -> Theme:
    members = tuple(Member(str(id_), 1.0) for id_ in record.get("members") or ())
    return Theme(str(record["theme"]), str(record.get("label") or ""), (), len(members), (), 1.0, members, ())


def methods(gold: TraceGold, whole: Ranked) -> dict[str, AnyScores]:
    """Score matrices by the name of the method: baselines, tipmine, and tipmine without one of its parts."""
    recs, evidence = gold.recommendations, gold.evidence
    both = tfidf(recs, evidence)
    vsm = np.zeros((len(recs), len(evidence)))
    if both is not None:
        vsm = (both[: len(recs)] @ both[len(recs) :].T).toarray()
    scores_of: dict[str, AnyScores] = {
        "VSM": vsm,
        "LSI": topic_scores(recs, evidence),
        "BM25": word_scores(recs, evidence, pairs=False),
        "tipmine": whole.fused,
    }
    scores_of["tipmine without the thesaurus"] = _without_thesaurus(gold, whole)
    scores_of["tipmine without mined synonyms"] = rank_measured(whole, recs, evidence, without=("near",)).fused
    scores_of["tipmine without the block"] = rank_measured(whole, recs, evidence, context=False).fused
    return scores_of


def _without_thesaurus(gold: TraceGold, whole: Ranked) -> AnyScores:
    """The scores without the thesaurus: without its rankings, and with word vectors mined from the texts alone."""
    recs, evidence = gold.recommendations, gold.evidence
    vectors = mine_vectors([*recs, *evidence], thesaurus=False)
    near = vectors.texts(recs) @ vectors.texts(evidence).T
    bare = replace(whole, raw={**whole.raw, "near": near})
    return rank_measured(bare, recs, evidence, without=OF_THESAURUS).fused


def _row(name: str, scores: AnyScores, gold: TraceGold) -> dict[str, Any]:
    """The figures of a method over the recommendations that have good evidence.

    Precision at half coverage is R@1 over the half in which the best piece leads the second by the widest margin.
    """
    precisions, first, five, margins = [], [], [], []
    ids = [unit.id for unit in gold.evidence]
    for row, unit in enumerate(gold.recommendations):
        good = gold.relevant[unit.id]
        if not good:
            continue
        order = [ids[column] for column in np.argsort(-scores[row], kind="stable")]
        precisions.append(average_precision(order, good))
        first.append(float(order[0] in good))
        five.append(len(good & set(order[:5])) / min(5, len(good)))
        ranked = np.sort(scores[row])
        margins.append(float(ranked[-1] - ranked[-2]) if len(ranked) > 1 else 0.0)
    cells: dict[str, Any] = {"method": name, "recommendations": len(precisions)}
    for figure, values in (("MAP", precisions), ("R@1", first), ("R@5", five)):
        cells |= mean_interval(values).columns(figure)
    half = np.argsort(-np.asarray(margins), kind="stable")[: (len(margins) + 1) // 2]
    cells["P_at_half_coverage"] = round(float(np.mean(np.asarray(first)[half])), 3) if first else 0.0
    cells["R@1_one_to_one"] = _one_to_one_accuracy(scores, gold)
    if gold.items:
        cells["R@1_within_item"] = _within_items(scores, gold)
    return cells


def average_precision(order: Sequence[str], good: frozenset[str]) -> float:
    """The mean, over the good items, of the precision at each one's place in `order`.

    >>> average_precision(["a", "x", "b"], frozenset("ab"))
    0.8333333333333333
    """
    hits, total = 0, 0.0
    for place, id_ in enumerate(order, 1):
        if id_ in good:
            hits += 1
            total += hits / place
    return total / len(good)


def _one_to_one_accuracy(scores: AnyScores, gold: TraceGold) -> float:
    """The share of correct answers if each answer goes to one recommendation, with the highest total score."""
    rows, columns = linear_sum_assignment(-np.asarray(scores, np.float64))
    good = [gold.relevant[unit.id] for unit in gold.recommendations]
    right = [gold.evidence[c].id in good[r] for r, c in zip(rows, columns, strict=True) if good[r]]
    return round(float(np.mean(right)), 3) if right else 0.0


def _within_items(scores: AnyScores, gold: TraceGold) -> float:
    """The share of correct first answers if only answers under the recommendation's agenda item may be chosen."""
    right = []
    for row, unit in enumerate(gold.recommendations):
        if unit.id not in gold.items:
            continue
        same = [c for c, other in enumerate(gold.evidence) if gold.items.get(other.id) == gold.items[unit.id]]
        best = max(same, key=lambda column: scores[row, column])
        right.append(gold.evidence[best].id in gold.relevant[unit.id])
    return round(float(np.mean(right)), 3)
