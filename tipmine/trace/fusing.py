"""Combines all measures of how near recommendations are to evidence into one score for each pair.

Each ranking (rankings, synonyms) is expressed in standard deviations above the mean of its row and its column
(normalise); these and four plain features (features) are added with the weights of `trace_weights.toml`. What was said,
found and planned is brought onto one scale (registers). A turn also gets a share of the scores of its block: the
question before it and the answers near it. Words that it shares with the recommendation count only if its other words
express the same ideas. If both sides form a response table, each answer is divided among the recommendations.

Words that the modules of this package use:
ranking    one measure of how near a recommendation is to a piece of evidence (`raw`, by its name in rankings.py)
z-score    how far a score is above the mean of its row plus the same for its column, in standard deviations
fused      the weighted sum of the z-scores, by which evidence is ordered; its weights are `talk`, `written` for
           findings and plan measures, `block` for the other turns of a block, `pair_features` for tags and directions
idle       a piece of evidence that can never be evidence, such as a question of the moderator
support    the mean fused score of a recommendation's best pieces of evidence; `usual` is its median over all

Time and memory grow with recommendations x evidence: 500 x 100,000 need about six float32 matrices of 200 MB.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tipmine.lexical.arrays import PairScores
from tipmine.lexical.dialogue import moderator_turns
from tipmine.lexical.synonyms import WordVectors, mine_vectors
from tipmine.records import DEFAULT_SEED, WRITTEN_KINDS, TextUnit
from tipmine.threads import one_thread
from tipmine.trace import normalise
from tipmine.trace.chance import PER_SUPPORT, SUPPORT_SIZE, chance_best, sample_factor
from tipmine.trace.features import idle, shared_tags, statements
from tipmine.trace.rankings import rankings
from tipmine.trace.registers import ColumnMask, one_scale, registers
from tipmine.trace.weights import fusion

TYPICAL_SUPPORT = 0.94
"""Support that a covered recommendation reaches, as a share of the best score that chance gives among the same number
of pieces of evidence (`chance_best`), in standard deviations of all fused scores. It is a lower bound for the usual
support, since the median misleads if nothing is covered. Higher: more gaps are reported."""
LEAST_SUPPORT = 1e-6
"""Replaces the usual support where no recommendation has any, for instance if all fused scores are equal."""
LEAST_SHARE = 1e-9
"""Added to the shares of a response table, since 0 has no logarithm."""
LEAST_OTHER = -1.0
"""Lower limit of z-scores by `other` among few recommendations, in standard deviations. The one text that answers a
single recommendation shares its words, so it scores lowest by other words. Lower: it is passed over for texts that
share nothing."""
LEXICAL = ("words", "chars")
"""Rankings by words and letters that both texts share."""


@dataclass(frozen=True)
class Measured:
    """All measures of all pairs (recommendations by evidence), before they are combined."""

    raw: Mapping[str, PairScores]
    """The matrix of each ranking by its name."""
    table: bool
    """Whether the two sides are the columns of a response table."""
    idle: NDArray[np.bool_]
    """Which pieces of evidence can never be evidence (`features.idle`)."""
    vectors: WordVectors
    """Vectors of the words of both sides."""
    blocks: Any
    """The weights of the other turns of each turn's block (`normalise.context_matrix`)."""


@dataclass(frozen=True)
class Ranked(Measured):
    """The measures together with the fused score that orders the evidence of each recommendation (row)."""

    fused: PairScores
    shares: PairScores | None = None
    """In a response table: the share of each answer that goes to each recommendation."""

    def order(self, row: int, size: int) -> list[int]:
        """The columns of a recommendation's `size` best pieces of evidence, best first; ties in column order."""
        scores = self.fused[row]
        if size < len(scores):
            within = np.flatnonzero(scores >= np.partition(scores, -size)[-size])
        else:
            within = np.arange(len(scores))
        return [int(at) for at in within[np.argsort(-scores[within], kind="stable")][:size]]

    def support(self, row: int, hidden: Collection[int] = ()) -> float:
        """The mean fused score of the recommendation's best pieces of evidence; 0 if there is none.

        `hidden` are columns to leave out.
        """
        return self._support(row, hidden) if hidden else self._supports[row]

    def _support(self, row: int, hidden: Collection[int] = ()) -> float:
        usable = ~self.idle
        usable[list(hidden)] = False
        scores = self.fused[row][usable]
        if not len(scores):
            return 0.0
        size = min(SUPPORT_SIZE, max(1, len(scores) // PER_SUPPORT))
        return float(np.sort(np.partition(scores, -size)[-size:]).mean()) * sample_factor(len(scores), size)

    @cached_property
    def _supports(self) -> list[float]:
        return [self._support(row) for row in range(len(self.fused))]

    @cached_property
    def usual(self) -> float:
        """The median support of the recommendations, with which fused scores are compared.

        Scores grow with the corpus (among more turns the best one stands out more), so a fixed score would not mean
        the same in two corpora.
        """
        scores = self.fused[:, ~self.idle]
        least = TYPICAL_SUPPORT * float(scores.std()) * chance_best(scores.shape[1], 1) if scores.size else 0.0
        return max(least, float(np.median(self._supports)), LEAST_SUPPORT)

    def relative_support(self, row: int, hidden: Collection[int] = ()) -> float:
        """The support of a recommendation as a share of the usual one; `hidden` are columns to leave out."""
        return self.support(row, hidden) / self.usual

    def borne_out(self, row: int, column: int) -> bool:
        """Whether words other than the shared ones speak of the same ideas, more than evidence usually does."""
        return float(self.raw["other"][row, column]) > self._other_usual[row]

    @cached_property
    def _other_usual(self) -> list[float]:
        return [float(mean) for mean in self.raw["other"].mean(axis=1)]


@one_thread()
def rank(
    recommendations: Sequence[TextUnit],
    evidence: Sequence[TextUnit],
    *,
    seed: int = DEFAULT_SEED,
    table: bool | None = None,
) -> Ranked:
    """Scores all pairs; for `table` see `trace`. Needs at least one recommendation and one piece of evidence."""
    if table is None:
        table = normalise.is_table(len(recommendations), len(evidence)) and not any(unit.speaker for unit in evidence)
    vectors = mine_vectors([*recommendations, *evidence], seed=seed)
    raw = rankings(recommendations, evidence, table=table, seed=seed)
    raw["near"] = vectors.texts(recommendations) @ vectors.texts(evidence).T
    by_moderator = moderator_turns(evidence)
    never = idle(evidence, by_moderator, recommendations)
    measured = Measured(raw, table, never, vectors, normalise.context_matrix(evidence, by_moderator))
    return rank_measured(measured, recommendations, evidence)


def rank_measured(
    measured: Measured,
    recommendations: Sequence[TextUnit],
    evidence: Sequence[TextUnit],
    *,
    without: Collection[str] = (),
    context: bool = True,
) -> Ranked:
    """Combines the measures of all pairs.

    Evaluations leave out rankings (`without`, by name) or, with `context` false, the scores of a turn's block.
    """
    # In a response table all evidence is of one register, whatever its kind.
    parts = () if measured.table else registers(evidence)
    fused = fuse(measured, evidence, parts, without=without, context=context)
    weights = fusion(measured.table).pair_features
    fused += weights.get("actors", 0) * shared_tags([u.actors for u in recommendations], [u.actors for u in evidence])
    fused += weights.get("pillars", 0) * shared_tags(
        [u.pillars for u in recommendations], [u.pillars for u in evidence]
    )
    stated = statements(evidence)
    fused += weights.get("lack", 0) * stated.lack + weights.get("met", 0) * stated.met
    if parts:
        fused = one_scale(fused, evidence, parts, measured.idle)
    fused[:, measured.idle] = fused.min() - 1
    _pass_over_itself(fused, recommendations, evidence)
    shares = None
    if measured.table:
        shares = normalise.matching(fused)
        fused = np.asarray(np.log(shares + LEAST_SHARE), np.float32)
    measures = {part.name: getattr(measured, part.name) for part in fields(Measured)}
    return Ranked(**measures, fused=fused, shares=shares)


def fuse(
    measured: Measured,
    evidence: Sequence[TextUnit],
    parts: Sequence[ColumnMask],
    *,
    without: Collection[str] = (),
    context: bool = True,
) -> PairScores:
    """The weighted sum of the rankings, of each piece of evidence and of its block, without tags and directions.

    Findings and plan measures are written in the style of recommendations, so shared words are a sign there. In talk
    they mostly are not: they count only to the degree that other words express the same ideas (`supported`). `parts`
    are the registers of the evidence (`registers`); empty if they do not matter.
    """
    weights = fusion(measured.table)
    shape = next(iter(measured.raw.values())).shape
    talk, written, block, lexical = (np.zeros(shape, np.float32) for _ in range(4))
    official = np.array([unit.kind in WRITTEN_KINDS for unit in evidence], bool)
    other = np.zeros(shape, np.float32)
    for name, scores in measured.raw.items():
        if name in without:
            continue
        z_scores = normalise.mutual(scores, parts)
        if name == "other" and len(scores) < normalise.FEW_ROWS:
            z_scores = np.maximum(z_scores, LEAST_OTHER)
        talk += weights.talk.get(name, 0) * z_scores
        if official.any():
            written += weights.written.get(name, 0) * z_scores
        block += weights.block.get(name, 0) * z_scores
        if name in LEXICAL:
            lexical += z_scores / len(LEXICAL)
        if name == "other":
            other = z_scores
    if weights.talk.get("supported"):
        talk += weights.talk["supported"] * np.minimum(lexical, np.maximum(other, 0))
    fused = np.where(official, written, talk) if official.any() else talk
    return normalise.with_context(fused, block, measured.blocks) if context else fused


def _pass_over_itself(fused: PairScores, recommendations: Sequence[TextUnit], evidence: Sequence[TextUnit]) -> None:
    """In `fused`, rank a recommendation that is also among the evidence after all other evidence in its own row."""
    place = {(unit.id, unit.text): index for index, unit in enumerate(evidence)}
    lowest = fused.min() - 1
    for row, unit in enumerate(recommendations):
        if (unit.id, unit.text) in place:
            fused[row, place[unit.id, unit.text]] = lowest
