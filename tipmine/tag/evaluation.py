"""`tipmine evaluate pillars`: figures with intervals against gold, beside baselines and a second reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tipmine.errors import RecordError
from tipmine.lexical.bootstrap import Interval
from tipmine.records import PILLARS
from tipmine.tag.agreement import calibration_error, cohen_kappa, coverage_precision, reliability
from tipmine.tag.baselines import baselines
from tipmine.tag.candidates import FinderType
from tipmine.tag.codebook import UNTAGGED_KINDS
from tipmine.tag.doubt import PILLAR_DOUBT
from tipmine.tag.features import Tokenizer
from tipmine.tag.figures import Flags, Scores, by_document, pillar_figures, truth_of
from tipmine.tag.labelled import Labelled, read_labelled
from tipmine.tag.model_store import find_model, read_meta
from tipmine.tag.tagger import Tagger, load_tagger
from tipmine.tag.trust import LEARNT, learnt_from, read_twice

Row = dict[str, Any]


def evaluate_pillars(
    records: Iterable[Mapping[str, Any]],
    *,
    tokenize: Tokenizer,
    finder: FinderType,
    model: Path | None = None,
    reader: Iterable[Mapping[str, Any]] = (),
) -> list[Row]:
    """Figures of the pillar model and of the baselines on gold records; one row per figure.

    `tokenize` and `finder` are those of `tipmine.tokenize`. `reader` holds the labels of another reader (`id`,
    `pillars`): on those passages both are shown, one below the other. Records with `label` (one pillar each, taken from
    a heading) are judged by the pillar with the highest score, others pillar by pillar. Raises RecordError if no
    record has pillars.
    """
    gold = read_labelled(record for record in records if "pillars" in record or "label" in record)
    if not gold:
        raise RecordError("gold file", "holds no pillars", "records with pillars or label")
    tagger = load_tagger(model, finder=finder)
    scores = _scores(tagger, gold, tokenize)
    ways = {"tipmine": scores, **baselines(gold, tokenize)}
    if all(passage.single for passage in gold):
        rows = _single_rows(gold, ways)
    else:
        thresholds = _thresholds(model)
        rows = _multi_rows(gold, ways, thresholds) + _reader_rows(gold, scores, thresholds, reader)
    known = learnt_from(gold, find_model(model, "pillars"))
    return [*rows, _row("note", LEARNT.format(known, len(gold)))] if known else rows


def _thresholds(model: Path | None) -> Scores:
    stored = read_meta(find_model(model, "pillars"))["thresholds"]
    return np.array([stored[pillar] for pillar in PILLARS])


def _scores(tagger: Tagger, gold: Sequence[Labelled], tokenize: Tokenizer) -> Scores:
    passages = [passage.passage() for passage in gold]
    return tagger.pillar_scores(passages, [tuple(tokenize(passage.text)) for passage in gold])


def _row(way: str, label: str, **figures: Any) -> Row:
    names = ("passages", "F1", "low", "high", "kappa", "precision", "recall", "calibration error")
    return {"way": way, "label": label} | {name: figures.get(name.replace(" ", "_"), "") for name in names}


def _figures_row(way: str, label: str, figures: Mapping[str, Any]) -> Row:
    """A row of some of the figures that `pillar_figures` gives for a pillar or over all."""
    f1: Interval = figures["f1"]
    shown = {
        name: round(value, 3) if isinstance(value, float) and value == value else value
        for name in ("passages", "kappa", "precision", "recall")
        if (value := figures.get(name)) is not None
    }
    if "calibration" in figures:
        shown["calibration_error"] = round(figures["calibration"], 3)
    return _row(way, label, F1=round(f1.value, 3), low=round(f1.low, 3), high=round(f1.high, 3), **shown)


def _single_rows(gold: Sequence[Labelled], ways: Mapping[str, Scores]) -> list[Row]:
    right = [PILLARS.index(next(iter(passage.pillars))) for passage in gold]
    truth = _one_hot(right)
    rows = []
    for way, scores in ways.items():
        chosen = scores.argmax(axis=1)
        figures = pillar_figures(truth, _one_hot(chosen.tolist()), None, by_document(gold))
        hits = (chosen == np.array(right)).tolist()
        overall = {
            "f1": figures["all"]["f1"],
            "passages": len(gold),
            "kappa": cohen_kappa(right, chosen.tolist()),
            "precision": float(np.mean(hits)),
        }
        if way == "tipmine":
            overall["calibration"] = calibration_error(scores.max(axis=1).tolist(), hits)
        rows.append(_figures_row(way, "all", overall))
        if way == "tipmine":
            rows += [_figures_row(way, pillar, figures[pillar]) for pillar in PILLARS]
    return rows


def _one_hot(chosen: Sequence[int]) -> Flags:
    return np.array([[column == choice for column in range(len(PILLARS))] for choice in chosen])


def _multi_rows(gold: Sequence[Labelled], ways: Mapping[str, Scores], thresholds: Scores) -> list[Row]:
    truth = truth_of(gold) > 0
    optional = np.array([[pillar in passage.optional for pillar in PILLARS] for passage in gold])
    untagged = np.array([passage.kind in UNTAGGED_KINDS for passage in gold])
    groups = by_document(gold)
    rows = []
    for way, scores in ways.items():
        said = scores >= (thresholds if way == "tipmine" else 0.5)
        said[untagged] = False
        said = np.where(optional, truth, said)
        figures = pillar_figures(truth, said, scores if way == "tipmine" else None, groups)
        rows.append(_figures_row(way, "all", figures["all"]))
        if way == "tipmine":
            rows += [_figures_row(way, pillar, figures[pillar]) for pillar in PILLARS]
            rows += _coverage_rows(scores[~untagged], truth[~untagged], thresholds)
            rows += _reliability_rows(scores[~untagged], truth[~untagged])
    return rows


def _reader_rows(
    gold: Sequence[Labelled], scores: Scores, thresholds: Scores, reader: Iterable[Mapping[str, Any]]
) -> list[Row]:
    """The figures of the machine and of another reader on the passages that the other reader labelled."""
    said = scores >= thresholds
    said[[passage.kind in UNTAGGED_KINDS for passage in gold]] = False
    readings = read_twice(gold, truth_of(gold) > 0, said, reader)
    ways = ("tipmine, read twice", "other reader")[: len(readings)]
    return [_figures_row(way, "all", reading._asdict()) for way, reading in zip(ways, readings, strict=True)]


def _reliability_rows(scores: Scores, truth: Flags) -> list[Row]:
    """For each fifth of the scores the share of passages that have the pillar (`precision`), beside the mean score."""
    return [
        _row("tipmine", f"scores around {said:.2f}", passages=count, precision=round(true, 3),
             calibration_error=round(abs(said - true), 3))
        for said, true, count in reliability(scores.ravel().tolist(), truth.ravel().tolist())
    ]  # fmt: skip


def _coverage_rows(scores: Scores, truth: Flags, thresholds: Scores) -> list[Row]:
    """The share of right decisions among the surest half, 80 % and all, and among those that are not doubtful."""
    if not scores.size:
        return []
    said = scores >= thresholds
    sure = np.maximum(scores, 1 - scores).ravel().tolist()
    right = (said == truth).ravel()
    curve = dict(coverage_precision(sure, right.tolist()))
    clear = np.array(sure) > 1 - PILLAR_DOUBT
    rows = [
        _row("tipmine", f"surest {share:.0%} of decisions", precision=round(curve[share], 3))
        for share in (0.5, 0.8, 1.0)
    ]
    if clear.any():
        label = f"not doubtful: {clear.mean():.0%} of decisions"
        rows.append(_row("tipmine", label, precision=round(float(right[clear].mean()), 3)))
    return rows
