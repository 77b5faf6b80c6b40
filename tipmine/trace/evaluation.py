"""How good traces are, against gold and beside VSM, LSI and BM25 on the same pairs.

Gold comes in three forms, told apart by their keys:
    {"id", "item", "rec", "resp"}                     a response table: one right answer each
    {"rec", "evidence": [{"id", "text", "relevant"}]} recommendations with good evidence and decoys
    {"rec", "text", "evidence": [...]} likewise; `rec` may be the text or, beside `text`, an id
Each row of the result is a method; figures carry the 95 % bootstrap interval over recommendations.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from tipmine.errors import RecordError
from tipmine.lexical.bootstrap import mean_interval
from tipmine.records import TextUnit
from tipmine.trace.rankings import tfidf, topic_scores, word_scores
from tipmine.trace.tracing import Ranked, rank
from tipmine.trace.weights import fusion

Matrix = NDArray[Any]


@dataclass(frozen=True)
class TraceGold:
    """Recommendations, all evidence, and which evidence is good for which recommendation."""

    recommendations: Sequence[TextUnit]
    evidence: Sequence[TextUnit]
    relevant: Mapping[str, frozenset[str]]
    items: Mapping[str, str]
    """Recommendation or evidence id -> agenda item; empty without items."""


def evaluate_trace(records: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One row a method with MAP, R@1, R@5, precision at half coverage, one-to-one accuracy."""
    gold = read_gold(records)
    return [_row(name, scores, gold) for name, scores in methods(gold).items()]


def read_gold(records: Sequence[Mapping[str, Any]]) -> TraceGold:
    """Gold records in any of the forms. Raises RecordError for a record that has none."""
    recommendations: list[TextUnit] = []
    evidence: dict[str, TextUnit] = {}
    relevant: dict[str, frozenset[str]] = {}
    items: dict[str, str] = {}
    for number, record in enumerate(records):
        rec = str(record.get("id") or (record.get("rec") if "text" in record else "") or f"r{number}")
        recommendations.append(_unit(rec, str(record.get("text") or record.get("rec") or "")))
        if "resp" in record:
            answers = [{"id": f"{rec}/answer", "text": record["resp"], "relevant": True}]
            items[rec] = items[f"{rec}/answer"] = str(record.get("item") or "")
        elif "evidence" in record:
            answers = list(record["evidence"])
        else:
            raise RecordError(f"line {number + 1}", "no answer to trace to", "`resp`, or `evidence` with `relevant`")
        for answer in answers:
            if "text" in answer:
                evidence[str(answer["id"])] = _unit(str(answer["id"]), answer["text"], answer.get("speaker") or "")
        relevant[rec] = frozenset(str(answer["id"]) for answer in answers if answer.get("relevant", True))
    return TraceGold(recommendations, list(evidence.values()), relevant, items)


def _unit(id_: str, text: str, speaker: str = "") -> TextUnit:
    # An evaluation may cut words itself: it stands outside the pipeline, which hands them over ready.
    from importlib import import_module

    return TextUnit(id_, text, import_module("tipmine.tokenize").words(text), speaker=speaker)


def methods(gold: TraceGold) -> dict[str, Matrix]:
    """Score matrices by the name of the method: baselines, tipmine, and tipmine without one of its parts."""
    recs, evidence = gold.recommendations, gold.evidence
    both = tfidf(recs, evidence)
    vsm = np.zeros((len(recs), len(evidence)))
    if both is not None:
        vsm = (both[: len(recs)] @ both[len(recs) :].T).toarray()
    whole = rank(recs, evidence)
    found: dict[str, Matrix] = {
        "VSM": vsm,
        "LSI": topic_scores(recs, evidence),
        "BM25": word_scores(recs, evidence, pairs=False),
        "tipmine": whole.fused,
    }
    for part, name in (("ideas", "without the thesaurus"), ("near", "without mined synonyms")):
        found[f"tipmine {name}"] = _without(part, whole, gold).fused
    return found


def _without(part: str, whole: Ranked, gold: TraceGold) -> Ranked:
    weights = dict(fusion(whole.table))
    weights[part] = 0.0
    return rank(gold.recommendations, gold.evidence, weights=weights, known=whole)


def _row(name: str, scores: Matrix, gold: TraceGold) -> dict[str, Any]:
    precision, first, five, sure = [], [], [], []
    ids = [unit.id for unit in gold.evidence]
    for row, unit in enumerate(gold.recommendations):
        good = gold.relevant[unit.id]
        if not good:
            continue
        order = [ids[column] for column in np.argsort(-scores[row], kind="stable")]
        precision.append(average_precision(order, good))
        first.append(float(order[0] in good))
        five.append(len(good & set(order[:5])) / min(5, len(good)))
        ranked = np.sort(scores[row])
        sure.append(float(ranked[-1] - ranked[-2]) if len(ranked) > 1 else 0.0)
    found: dict[str, Any] = {"method": name, "recommendations": len(precision)}
    for figure, values in (("MAP", precision), ("R@1", first), ("R@5", five)):
        low, high = mean_interval(values)
        mean = float(np.mean(values)) if values else 0.0
        found |= {figure: round(mean, 3), f"{figure} interval": f"{low:.3f}-{high:.3f}"}
    half = np.argsort(-np.asarray(sure), kind="stable")[: (len(sure) + 1) // 2]
    found["P at half coverage"] = round(float(np.mean(np.asarray(first)[half])), 3) if first else 0.0
    found["R@1 one to one"] = _paired(scores, gold)
    if gold.items:
        found["R@1 within item"] = _within_items(scores, gold)
    return found


def average_precision(order: Sequence[str], good: frozenset[str]) -> float:
    """Mean of the precision at each good item.

    >>> average_precision(["a", "x", "b"], frozenset("ab"))
    0.8333333333333333
    """
    hits, total = 0, 0.0
    for place, id_ in enumerate(order, 1):
        if id_ in good:
            hits += 1
            total += hits / place
    return total / len(good)


def _paired(scores: Matrix, gold: TraceGold) -> float:
    rows, columns = linear_sum_assignment(-np.asarray(scores, np.float64))
    right = [
        gold.evidence[column].id in gold.relevant[gold.recommendations[row].id]
        for row, column in zip(rows, columns, strict=True)
    ]
    return round(float(np.mean(right)), 3) if right else 0.0


def _within_items(scores: Matrix, gold: TraceGold) -> float:
    right = []
    for row, unit in enumerate(gold.recommendations):
        same = [c for c, other in enumerate(gold.evidence) if gold.items.get(other.id) == gold.items.get(unit.id)]
        best = max(same, key=lambda column: scores[row, column])
        right.append(gold.evidence[best].id in gold.relevant[unit.id])
    return round(float(np.mean(right)), 3)
