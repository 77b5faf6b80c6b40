"""`tipmine evaluate pillars`: figures with intervals against gold, beside baselines and a second reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tipmine.errors import RecordError
from tipmine.lexical.bootstrap import Interval
from tipmine.records import PILLARS, TableRow
from tipmine.tag.agreement import calibration_error, cohen_kappa
from tipmine.tag.baselines import baselines
from tipmine.tag.candidates import FinderType
from tipmine.tag.codebook import UNTAGGED_KINDS
from tipmine.tag.features import Tokenizer
from tipmine.tag.labelled import Labelled, read_labelled
from tipmine.tag.metrics import Flags, PillarScores, by_document, pillar_metrics, truth_of
from tipmine.tag.model_store import find_model
from tipmine.tag.tagger import Tagger, load_tagger
from tipmine.tag.trust import LEARNT, Trust, compare_annotators, learnt_from

COLUMNS = (
    "passages", "F1", "F1_low", "F1_high", "kappa", "precision", "recall", "calibration_error",
    "accuracy", "decisions", "mean_score", "share",
)  # fmt: skip
"""The figures of a row; those that do not apply are empty. `accuracy` is the share of right decisions, `share` that of
decisions in which the passage has the pillar; each passage is one decision per pillar."""
BY_HIGHEST = ", by highest score"
"""Ends the labels of rows over passages with one pillar each."""
_SHARES = (0.5, 0.8, 1.0)
"""Shares of the decisions, surest first, whose accuracy is shown."""


def evaluate_pillars(
    records: Iterable[Mapping[str, Any]],
    *,
    tokenize: Tokenizer,
    finder: FinderType,
    model: Path | None = None,
    reader: Iterable[Mapping[str, Any]] = (),
) -> list[TableRow]:
    """Figures of the pillar model and of the baselines on gold records; one row per figure.

    `tokenize` and `finder` are those of `tipmine.tokenize`; `model` is a model folder to use instead of the shipped
    one. Records with `label` (one pillar each, taken from a heading) are judged by the pillar with the highest score:
    their labels end in `BY_HIGHEST`. Others are judged pillar by pillar; for those that another reader labelled
    (`reader`: `id`, `pillars`) both are shown, one below the other. Raises RecordError if no record has pillars.
    """
    gold = read_labelled(record for record in records if "pillars" in record or "label" in record)
    if not gold:
        raise RecordError("gold file", "holds no pillars", "records with pillars or label")
    tagger = load_tagger(model, finder=finder)
    rows: list[TableRow] = []
    if several := [passage for passage in gold if not passage.single]:
        scores = _scores(tagger, several, tokenize)
        rows += _multi_rows(several, {"tipmine": scores, **baselines(several, tokenize)}, tagger.thresholds)
        rows += _reader_rows(several, scores, tagger.thresholds, reader)
    if single := [passage for passage in gold if passage.single]:
        rows += _single_rows(single, {"tipmine": _scores(tagger, single, tokenize), **baselines(single, tokenize)})
    known = learnt_from(gold, find_model(model, "pillars"))
    return [*rows, _row("note", LEARNT.format(known, len(gold)))] if known else rows


def _scores(tagger: Tagger, gold: Sequence[Labelled], tokenize: Tokenizer) -> PillarScores:
    passages = [passage.passage() for passage in gold]
    return tagger.pillar_scores(passages, [tuple(tokenize(passage.text)) for passage in gold])


def _row(method: str, label: str, **figures: Any) -> TableRow:
    return {"method": method, "label": label} | {name: figures.get(name, "") for name in COLUMNS}


def _metrics_row(method: str, label: str, metrics: Mapping[str, Any]) -> TableRow:
    """A row of some of the metrics that `pillar_metrics` gives for a pillar or over all."""
    f1: Interval = metrics["f1"]
    shown = {
        name: round(value, 3) if isinstance(value, float) else value
        for name in ("passages", "kappa", "precision", "recall", "accuracy")
        if (value := metrics.get(name)) is not None
    }
    if "calibration" in metrics:
        shown["calibration_error"] = round(metrics["calibration"], 3)
    return _row(method, label, **f1.columns("F1"), **shown)


def _single_rows(gold: Sequence[Labelled], methods: Mapping[str, PillarScores]) -> list[TableRow]:
    right = [PILLARS.index(next(iter(passage.pillars))) for passage in gold]
    truth = _one_hot(right)
    rows = []
    for method, scores in methods.items():
        chosen = scores.argmax(axis=1)
        metrics = pillar_metrics(truth, _one_hot(chosen.tolist()), None, by_document(gold))
        hits = (chosen == np.array(right)).tolist()
        overall = {
            "f1": metrics["all"]["f1"],
            "passages": len(gold),
            "kappa": cohen_kappa(right, chosen.tolist()),
            "accuracy": float(np.mean(hits)),
        }
        if method == "tipmine":
            overall["calibration"] = calibration_error(scores.max(axis=1).tolist(), hits)
        rows.append(_metrics_row(method, f"all{BY_HIGHEST}", overall))
        if method == "tipmine":
            rows += [_metrics_row(method, f"{pillar}{BY_HIGHEST}", metrics[pillar]) for pillar in PILLARS]
    return rows


def _one_hot(chosen: Sequence[int]) -> Flags:
    return np.array([[column == choice for column in range(len(PILLARS))] for choice in chosen])


def _multi_rows(
    gold: Sequence[Labelled], methods: Mapping[str, PillarScores], thresholds: PillarScores
) -> list[TableRow]:
    truth = truth_of(gold) > 0
    optional = np.array([[pillar in passage.optional for pillar in PILLARS] for passage in gold])
    untagged = np.array([passage.kind in UNTAGGED_KINDS for passage in gold])
    groups = by_document(gold)
    rows = []
    for method, scores in methods.items():
        predicted = scores >= (thresholds if method == "tipmine" else 0.5)
        predicted[untagged] = False
        predicted = np.where(optional, truth, predicted)
        metrics = pillar_metrics(truth, predicted, scores if method == "tipmine" else None, groups)
        rows.append(_metrics_row(method, "all", metrics["all"]))
        if method == "tipmine":
            rows += [_metrics_row(method, pillar, metrics[pillar]) for pillar in PILLARS]
            rows += _trust_rows(scores[~untagged], truth[~untagged], thresholds)
    return rows


def _reader_rows(
    gold: Sequence[Labelled], scores: PillarScores, thresholds: PillarScores, reader: Iterable[Mapping[str, Any]]
) -> list[TableRow]:
    """The figures of the machine and of another reader for the passages that the other reader labelled."""
    predicted = scores >= thresholds
    predicted[[passage.kind in UNTAGGED_KINDS for passage in gold]] = False
    readings = compare_annotators(gold, truth_of(gold) > 0, predicted, reader)
    methods = ("tipmine, read twice", "other reader")[: len(readings)]
    return [_metrics_row(method, "all", reading._asdict()) for method, reading in zip(methods, readings, strict=True)]


def _trust_rows(scores: PillarScores, truth: Flags, thresholds: PillarScores) -> list[TableRow]:
    """The accuracy of the surest decisions and of those that are not doubtful; for each fifth of the score range, the
    mean score and the share of decisions in which the passage has the pillar."""
    if not scores.size:
        return []
    trust = Trust.of(scores, truth, scores >= thresholds, [])
    rows = [
        _row("tipmine", f"surest {share:.0%} of decisions", accuracy=round(accuracy, 3))
        for share, accuracy in trust.coverage
        if share in _SHARES
    ]
    if trust.doubtful < 1:
        label = f"not doubtful: {1 - trust.doubtful:.0%} of decisions"
        rows.append(_row("tipmine", label, accuracy=round(trust.clear, 3)))
    rows += [
        _row("tipmine", f"scores around {mean:.2f}", decisions=count, mean_score=round(mean, 3), share=round(share, 3))
        for mean, share, count in trust.reliability
    ]
    return rows
