"""Measures how far a model can be trusted: calibration, its surest decisions, and a second reader beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from tipmine.lexical.bootstrap import Interval
from tipmine.tag.agreement import CoveragePoint, ReliabilityBin, coverage_accuracy, reliability
from tipmine.tag.doubt import PILLAR_DOUBT
from tipmine.tag.labelled import GoldActor, Labelled, read_actors
from tipmine.tag.metrics import (
    Flags,
    PillarScores,
    SpanList,
    by_document,
    decision_accuracy,
    matched,
    pillar_metrics,
    reader_flags,
    span_f1,
)
from tipmine.tag.model_store import read_meta

LEARNT = "{} of {} passages are of documents that the model learnt from"
"""The warning below figures if `learnt_from` is not 0; takes that number and the number of passages."""


def learnt_from(passages: Sequence[Labelled], model: Path) -> int:
    """How many of the passages are from documents on which the model in the folder `model` was trained.

    A passage without a document counts as one of its own, as in training.
    """
    seen = set(read_meta(model).get("documents", ()))
    return sum(passage.document in seen for passage in passages)


class AnnotatorMetrics(NamedTuple):
    """An annotator (human or model) against the adjudicated labels: name, passages, macro figures and mean kappa."""

    annotator: str
    passages: int
    f1: Interval
    kappa: float
    precision: float
    recall: float


class Trust(NamedTuple):
    """Measures of trust in a pillar model.

    `reliability` compares scores with outcomes; `coverage` is the accuracy of the surest decisions, for growing shares
    of all. `doubtful` is the share of decisions marked doubtful, `clear` the accuracy of the others. `readings` sets
    the model beside a second annotation.
    """

    reliability: list[ReliabilityBin]
    coverage: list[CoveragePoint]
    doubtful: float
    clear: float
    readings: list[AnnotatorMetrics]

    @classmethod
    def of(cls, scores: PillarScores, truth: Flags, predicted: Flags, readings: list[AnnotatorMetrics]) -> Trust:
        """The measures from out-of-fold scores, truth and decisions: one row per passage, one column per pillar."""
        flat, right = scores.ravel(), (predicted == truth).ravel()
        sure = np.maximum(flat, 1 - flat)
        clear = sure > 1 - PILLAR_DOUBT
        return cls(
            reliability(flat.tolist(), truth.ravel().tolist()),
            coverage_accuracy(sure.tolist(), right.tolist()),
            float(1 - clear.mean()),
            float(right[clear].mean()) if clear.any() else float("nan"),
            readings,
        )


def compare_annotators(
    passages: Sequence[Labelled], truth: Flags, predicted: Flags, reader: Iterable[Mapping[str, Any]]
) -> list[AnnotatorMetrics]:
    """Metrics of the model and of a second annotation, on the passages that have one; empty if there is none."""
    places, theirs = reader_flags(passages, reader)
    if not places:
        return []
    groups = by_document([passages[place] for place in places])
    rows = []
    for name, flags in (("this model", predicted[places]), ("second reader", theirs)):
        whole = pillar_metrics(truth[places], flags, None, groups)["all"]
        rows.append(
            AnnotatorMetrics(name, len(places), *(whole[key] for key in ("f1", "kappa", "precision", "recall")))
        )
    return rows


class ActorAnnotatorMetrics(NamedTuple):
    """An annotator of actors (human or model) against the adjudicated marks: span F1s and the accuracy of roles."""

    annotator: str
    passages: int
    exact: Interval
    overlap: Interval
    roles: Interval


def actors_read(
    passages: Sequence[Labelled], reader: Iterable[Mapping[str, Any]]
) -> tuple[list[int], list[tuple[GoldActor, ...]]]:
    """The indices of the passages in which a second reader marked actors, and the marks.

    Records of `reader` hold `id` and, if actors were marked, `actors`. Raises RecordError if they name an unknown role
    or a text that is not in the passage.
    """
    marks = {str(record.get("id")): record["actors"] for record in reader if record.get("actors") is not None}
    places = [i for i, passage in enumerate(passages) if passage.id in marks and passage.actors is not None]
    read = [passages[place] for place in places]
    return places, [read_actors(marks[p.id], p.text, f"record {p.id} of the other reader") for p in read]


def compare_actor_annotators(
    passages: Sequence[Labelled],
    spans: Sequence[SpanList],
    role_hits: Sequence[Sequence[bool]],
    reader: Iterable[Mapping[str, Any]],
) -> list[ActorAnnotatorMetrics]:
    """Metrics of the model and of a second annotation of actors, on the passages that have one; empty if there is none.

    `spans` holds the model's names for each passage, `role_hits` whether its role for each adjudicated name is right.
    The reader's roles are judged on the names that both marked.
    """
    places, theirs = actors_read(passages, reader)
    if not places:
        return []
    read = [passages[place] for place in places]
    their_spans: list[SpanList] = [[(actor.start, actor.end) for actor in row] for row in theirs]
    their_hits = [
        [bool(set(row[place].roles) & set(actor.roles)) for place, actor in matched(passage, marked)]
        for passage, row, marked in zip(read, theirs, their_spans, strict=True)
    ]
    groups = by_document(read)
    return [
        ActorAnnotatorMetrics(
            name,
            len(read),
            span_f1(read, marked, exact=True, groups=groups),
            span_f1(read, marked, exact=False, groups=groups),
            decision_accuracy(hits, groups=groups),
        )
        for name, marked, hits in (
            ("this model", [spans[place] for place in places], [role_hits[place] for place in places]),
            ("second reader", their_spans, their_hits),
        )
    ]
