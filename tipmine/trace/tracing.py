"""From recommendations and evidence to traces: rank, fuse, normalise, calibrate, explain.

1. Five rankings and four plain features (rankings, synonyms, features), each seen as standard deviations above its
   row and its column (normalise), are added with the weights of `trace_weights.toml`.
2. A turn also counts for what its block says: the question before it and the answers beside it.
3. Where both sides form a response table, each answer is shared out between the recommendations.
4. The best candidates get a calibrated score, a band and reasons; the bands give the coverage.

Time and memory grow with recommendations x evidence: 500 x 100,000 keep some six float32 matrices of 200 MB.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tipmine.lexical.synonyms import WordVectors, mine_vectors
from tipmine.records import Band, Coverage, Evidence, TextUnit, Trace
from tipmine.trace import normalise
from tipmine.trace.features import idle, shared_tags, stated
from tipmine.trace.rankings import rankings
from tipmine.trace.reasons import Explainer, Ground
from tipmine.trace.weights import Calibration, calibration, fusion

Scores = NDArray[np.float32]

LEAST_CANDIDATES = 10
"""A reader must be able to overrule: so many runners-up are kept where there are so many."""
SUPPORT_SIZE = 5
"""Pieces of evidence whose scores together say whether a recommendation has any. More miss what two people said."""
KEPT_RAW = ("words", "chars", "topics", "near", "ideas")


@dataclass(frozen=True)
class Ranked:
    """All pairs: the fused score that orders them, and the matrices behind it."""

    fused: Scores
    raw: Mapping[str, Scores]
    table: bool
    idle: NDArray[np.bool_]
    vectors: WordVectors
    shares: Scores | None = None
    """In a response table: the share of each answer in each recommendation."""

    def order(self, row: int, size: int) -> list[int]:
        """The best evidence of a recommendation, best first; ties in the order given."""
        return [int(at) for at in np.argsort(-self.fused[row], kind="stable")[:size]]

    def support(self, row: int, hidden: Collection[int] = ()) -> float:
        """The mean fused score of the recommendation's best few pieces of evidence; 0 where there is none.

        `hidden` are columns that are left out.
        """
        open_ = ~self.idle
        open_[list(hidden)] = False
        best = np.sort(self.fused[row][open_])[-SUPPORT_SIZE:]
        return float(best.mean()) if len(best) else 0.0


def trace(
    recommendations: Sequence[TextUnit], evidence: Sequence[TextUnit], *, candidates: int = 10, seed: int = 7
) -> list[Trace]:
    """Ranked evidence for each recommendation, in the order of `recommendations`.

    At least ten candidates are given where there are ten, more if `candidates` says so. A recommendation is never
    evidence for itself: evidence with its id is passed over.
    """
    if not recommendations:
        return []
    if not evidence:
        return [Trace(unit.id, "none", ()) for unit in recommendations]
    return explained(rank(recommendations, evidence, seed=seed), recommendations, evidence, candidates=candidates)


def explained(
    ranked: Ranked, recommendations: Sequence[TextUnit], evidence: Sequence[TextUnit], *, candidates: int = 10
) -> list[Trace]:
    """Traces with score, band and reasons out of what `rank` found for the same recommendations and evidence."""
    explainer = Explainer(recommendations, evidence, ranked.vectors)
    size = max(candidates, LEAST_CANDIDATES)
    return [_trace(ranked, explainer, row, recommendations, evidence, size) for row in range(len(recommendations))]


def rank(
    recommendations: Sequence[TextUnit],
    evidence: Sequence[TextUnit],
    *,
    seed: int = 7,
    weights: Mapping[str, float] | None = None,
    context: bool = True,
    known: Ranked | None = None,
) -> Ranked:
    """All pairs scored. `weights`, `context` and `known` (rankings made before) serve the evaluation."""
    table = normalise.is_table(len(recommendations), len(evidence)) and not any(unit.speaker for unit in evidence)
    counted = fusion(table) if weights is None else weights
    vectors = known.vectors if known else mine_vectors([*recommendations, *evidence], seed=seed)
    raw = dict(known.raw) if known else rankings(recommendations, evidence, seed=seed)
    raw.setdefault("near", vectors.texts(recommendations) @ vectors.texts(evidence).T)
    fused = np.zeros((len(recommendations), len(evidence)), np.float32)
    for name, scores in raw.items():
        if counted.get(name):
            fused += counted[name] * normalise.mutual(scores)
    if context:
        fused = normalise.with_context(fused, normalise.context_matrix(evidence))
    fused += counted.get("actors", 0) * shared_tags([u.actors for u in recommendations], [u.actors for u in evidence])
    fused += counted.get("pillars", 0) * shared_tags(
        [u.pillars for u in recommendations], [u.pillars for u in evidence]
    )
    lack, met = stated(evidence)
    fused += counted.get("lack", 0) * lack + counted.get("met", 0) * met
    silent = idle(evidence)
    fused[:, silent] = fused.min() - 1
    _pass_over_itself(fused, recommendations, evidence)
    shares = None
    if table:
        shares = normalise.matching(fused)
        fused = np.asarray(np.log(shares + 1e-9), np.float32)
    return Ranked(fused, raw, table, silent, vectors, shares)


def _pass_over_itself(fused: Scores, recommendations: Sequence[TextUnit], evidence: Sequence[TextUnit]) -> None:
    place = {unit.id: index for index, unit in enumerate(evidence)}
    lowest = fused.min() - 1
    for row, unit in enumerate(recommendations):
        if unit.id in place and evidence[place[unit.id]].text == unit.text:
            fused[row, place[unit.id]] = lowest


def coverage_without(
    ranked: Ranked,
    explainer: Explainer,
    row: int,
    hidden: Collection[int],
) -> Coverage:
    """What the coverage of a recommendation would be if these pieces of evidence (columns) were not there.

    The rankings stay as they are: scores are measured against the whole corpus either way.
    """
    order = [column for column in ranked.order(row, LEAST_CANDIDATES + len(hidden)) if column not in hidden]
    calibrated = calibration(ranked.table)
    scores = [
        calibrated.score(pair_features(ranked, row, column))
        for column in order[:LEAST_CANDIDATES]
        if not ranked.idle[column] and explainer.ground(row, column) != "none"
    ]
    return calibrated.coverage(scores, ranked.support(row, hidden))


def pair_features(ranked: Ranked, row: int, column: int) -> dict[str, float]:
    """What the calibration sees of a pair."""
    found = {name: float(ranked.raw[name][row, column]) for name in KEPT_RAW}
    found["fused"] = float(ranked.fused[row, column])
    found["support"] = ranked.support(row)
    if ranked.shares is not None:
        found["share"] = float(ranked.shares[row, column])
    return found


def _trace(
    ranked: Ranked,
    explainer: Explainer,
    row: int,
    recommendations: Sequence[TextUnit],
    evidence: Sequence[TextUnit],
    size: int,
) -> Trace:
    calibrated = calibration(ranked.table)
    rec = recommendations[row]
    chosen = [column for column in ranked.order(row, size + 1) if evidence[column].id != rec.id or len(evidence) == 1]
    found: list[Evidence] = []
    firm: list[float] = []
    ceiling = 1.0
    for place, column in enumerate(chosen[:size], 1):
        score = 0.0 if ranked.idle[column] else calibrated.score(pair_features(ranked, row, column))
        ceiling = min(ceiling, score)  # a runner-up is never surer than what stands above it
        ground = explainer.ground(row, column)
        band = _band(calibrated, ceiling, ground, table=ranked.table)
        if ground != "none":
            firm.append(ceiling)
        reasons = explainer.reasons(row, column, ranked)
        found.append(Evidence(evidence[column].id, place, ceiling, band, reasons, evidence[column].kind))
    support = None if ranked.table else ranked.support(row)
    return Trace(rec.id, calibrated.coverage(firm, support), tuple(found))


def _band(calibrated: Calibration, score: float, ground: Ground, *, table: bool) -> Band:
    """The band of the score, lower where little can be shown that stands in both texts.

    In talk, words alone carry at most to `likely`: what shares them is often another matter (decoys). In a response
    table both sides are written in one language, and words are ground enough.
    """
    band = calibrated.band(score)
    if ground == "none":
        return "weak"
    return "likely" if ground == "words" and band == "confirmed" and not table else band
