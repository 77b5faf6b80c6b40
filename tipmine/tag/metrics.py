"""Metrics of taggers against gold: for each pillar and overall, and for actor spans and roles.

Optional labels (given by one reader and not by the other) count neither as right nor as wrong. Spans are compared both
exactly and by overlap, since two readers seldom end a name at the same word. Arrays have one row per passage and one
column per pillar, in the order of PILLARS.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from tipmine.errors import RecordError
from tipmine.lexical.bootstrap import Interval, bootstrap
from tipmine.records import PILLARS
from tipmine.tag.agreement import calibration_error, cohen_kappa
from tipmine.tag.labelled import GoldActor, Labelled

SpanList = list[tuple[int, int]]
Flags = npt.NDArray[np.bool_]
PillarScores = npt.NDArray[np.float64]
"""One row per passage and one column per pillar, or one number per pillar."""


def truth_of(passages: Sequence[Labelled]) -> PillarScores:
    """The gold pillars as an array: 1 if the passage has the pillar, else 0."""
    rows = [[pillar in passage.pillars for pillar in PILLARS] for passage in passages]
    return np.array(rows, dtype=np.float64).reshape(-1, len(PILLARS))


def by_document(passages: Sequence[Labelled]) -> list[str] | None:
    """The document of each passage, as groups for the bootstrap; None if all are from one document."""
    docs = [passage.document for passage in passages]
    return docs if len(set(docs)) > 1 else None


def label_f1(truth: Flags, predicted: Flags) -> float:
    """F1 of one label over passages; nan if it is in neither `truth` nor `predicted`."""
    total = int(truth.sum()) + int(predicted.sum())
    return float("nan") if not total else 2 * int((truth & predicted).sum()) / total


def macro_f1(truth: Flags, predicted: Flags) -> float:
    """Mean F1 over the labels that occur in `truth` or `predicted`; nan if none does."""
    values = [label_f1(truth[:, column], predicted[:, column]) for column in range(truth.shape[1])]
    kept = [value for value in values if not math.isnan(value)]
    return float(np.mean(kept)) if kept else float("nan")


def mean_kappa(truth: Flags, predicted: Flags) -> float:
    """Mean kappa over the labels for which it is defined; nan if there are none."""
    values = [cohen_kappa(truth[:, c].tolist(), predicted[:, c].tolist()) for c in range(truth.shape[1])]
    kept = [value for value in values if not math.isnan(value)]
    return float(np.mean(kept)) if kept else float("nan")


def pillar_metrics(
    truth: Flags, predicted: Flags, scores: PillarScores | None, groups: Sequence[Hashable] | None = None
) -> dict[str, dict[str, Any]]:
    """Metrics by pillar; those over all pillars are under `all`.

    Each holds `passages` (with the pillar), `f1` (an Interval; macro-F1 for `all`), `kappa`, `precision`, `recall` and
    `calibration` (nan without `scores`). For the intervals, `groups` (documents) are resampled as a whole.
    """
    size = len(truth)
    metrics: dict[str, dict[str, Any]] = {}
    for column, pillar in enumerate(PILLARS):
        ours, theirs = truth[:, column], predicted[:, column]
        hits = int((ours & theirs).sum())
        metrics[pillar] = {
            "passages": int(ours.sum()),
            "f1": bootstrap(lambda rows, a=ours, b=theirs: label_f1(a[rows], b[rows]), size, groups=groups),  # type: ignore[misc]
            "kappa": cohen_kappa(ours.tolist(), theirs.tolist()),
            "precision": hits / int(theirs.sum()) if theirs.any() else float("nan"),
            "recall": hits / int(ours.sum()) if ours.any() else float("nan"),
            "calibration": float("nan")
            if scores is None
            else calibration_error(scores[:, column].tolist(), ours.tolist()),
        }
    calibrations = [metrics[pillar]["calibration"] for pillar in PILLARS]
    metrics["all"] = {
        "passages": size,
        "f1": bootstrap(lambda rows: macro_f1(truth[rows], predicted[rows]), size, groups=groups),
        "kappa": mean_kappa(truth, predicted),
        "precision": _ratio(int((truth & predicted).sum()), int(predicted.sum())),
        "recall": _ratio(int((truth & predicted).sum()), int(truth.sum())),
        "calibration": float(np.mean(calibrations)),
    }
    return metrics


def reader_flags(passages: Sequence[Labelled], records: Iterable[Mapping[str, Any]]) -> tuple[list[int], Flags]:
    """The indices of the passages that another reader labelled, too, and that reader's pillars, one row per passage.

    The reader's `records` hold `id` and `pillars`. Raises RecordError for an unknown pillar.
    """
    read: dict[str, frozenset[str]] = {}
    for record in records:
        pillars = frozenset(map(str, record.get("pillars") or ()))
        if unknown := sorted(pillars - set(PILLARS)):
            raise RecordError(f"record {record.get('id')}", f"unknown pillar: {unknown[0]!r}", ", ".join(PILLARS))
        read[str(record.get("id"))] = pillars
    places = [place for place, passage in enumerate(passages) if passage.id in read]
    rows = [[pillar in read[passages[place].id] for pillar in PILLARS] for place in places]
    return places, np.array(rows, dtype=bool).reshape(-1, len(PILLARS))


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")


class SpanCounts(NamedTuple):
    """Counts of spans in one passage, for precision (`right` of `predicted`) and recall (`found` of `gold`).

    When spans are compared by overlap, two predicted spans may touch the same gold span, so `right` and `found` differ.
    """

    right: int
    predicted: int
    found: int
    gold: int


def span_counts(passage: Labelled, spans: SpanList, *, exact: bool) -> SpanCounts:
    """The counts for the predicted `spans` of a passage; a span that touches only an optional actor is left out."""
    gold = passage.actors or ()
    kept = [span for span in spans if _touches_any(span, gold) or not _touches_any(span, passage.optional_actors)]
    if exact:
        wanted = {(actor.start, actor.end) for actor in gold}
        hits = len(wanted & set(kept))
        return SpanCounts(hits, len(set(kept)), hits, len(wanted))
    right = sum(_touches_any(span, gold) for span in kept)
    found = sum(any(_touches(actor, span) for span in kept) for actor in gold)
    return SpanCounts(right, len(kept), found, len(gold))


def _touches(actor: GoldActor, span: tuple[int, int]) -> bool:
    return span[0] < actor.end and actor.start < span[1]


def _touches_any(span: tuple[int, int], actors: Sequence[GoldActor]) -> bool:
    return any(_touches(actor, span) for actor in actors)


def span_f1(
    passages: Sequence[Labelled], spans: Sequence[SpanList], *, exact: bool, groups: Sequence[Hashable] | None = None
) -> Interval:
    """F1 of spans with its interval: the harmonic mean of the shares of right spans and of gold spans found."""
    counts = np.array([span_counts(p, s, exact=exact) for p, s in zip(passages, spans, strict=True)]).reshape(-1, 4)

    def figure(rows: Sequence[int]) -> float:
        right, predicted, found, gold = counts[rows].sum(axis=0)
        if not predicted or not gold:
            return 0.0
        precision, recall = right / predicted, found / gold
        return float(2 * precision * recall / (precision + recall)) if right else 0.0

    return bootstrap(figure, len(passages), groups=groups)


def decision_accuracy(rights: Sequence[Sequence[bool]], groups: Sequence[Hashable] | None = None) -> Interval:
    """The share of right decisions with its interval; `rights` holds any number of decisions for each passage."""
    counts = np.array([(sum(right), len(right)) for right in rights]).reshape(-1, 2)

    def figure(rows: Sequence[int]) -> float:
        right, all_ = counts[rows].sum(axis=0)
        return float(right / all_) if all_ else float("nan")

    return bootstrap(figure, len(rights), groups=groups)


def matched(passage: Labelled, spans: Sequence[tuple[int, int]]) -> list[tuple[int, GoldActor]]:
    """Pairs (index of a span, gold actor), largest overlaps first; each span and each actor is in at most one pair."""
    pairs = sorted(
        (
            (min(end, actor.end) - max(start, actor.start), -index, order)
            for index, (start, end) in enumerate(spans)
            for order, actor in enumerate(passage.actors or ())
            if start < actor.end and actor.start < end
        ),
        reverse=True,
    )
    used: set[int] = set()
    taken: set[int] = set()
    matches = []
    for _, negative, order in pairs:
        index = -negative
        if index not in used and order not in taken:
            used.add(index)
            taken.add(order)
            matches.append((index, (passage.actors or ())[order]))
    return matches
