"""From recommendations and evidence to traces: rank, fuse, normalise, calibrate, explain.

1. Rankings (rankings, synonyms), each as standard deviations above the mean of its row and its column (normalise),
   and four plain features (features) are added with the weights of `trace_weights.toml`. What was said, found and
   planned is brought onto one scale (registers).
2. A turn also gets a share of the scores of its block: the question before it and the answers beside it. Words that it
   shares with the recommendation count only if its other words express the same ideas.
3. If both sides form a response table, each answer is divided among the recommendations.
4. The best candidates get a calibrated score, a band and reasons; the bands give the coverage.

Words that the modules of this package use:
ranking    one measure of how near a recommendation is to a piece of evidence (`raw`, by its name in rankings.py)
standing   how far a score stands out in its row and column, in standard deviations
fused      the weighted sum of the standings, by which evidence is ordered; its weights are `said` for talk, `written`
           for findings and plan measures, `block` for the other turns of a turn's block, `single` for plain features
idle       a piece of evidence that can never be evidence, such as a question of the moderator
support    the mean fused score of a recommendation's best pieces of evidence; `usual` is its median over all
ground     what can be shown that both texts have: an idea, words, or none; a candidate is `firm` if it has one or is
           not weak
borne out  said of a link of which other words than the shared ones speak of the same ideas (`other`)
covered    that a recommendation has evidence at all; if not, it is a gap

Time and memory grow with recommendations x evidence: 500 x 100,000 need about six float32 matrices of 200 MB.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tipmine.coverage import BANDS, coverage_by_links
from tipmine.lexical.dialogue import moderator_turns
from tipmine.lexical.synonyms import WordVectors, mine_vectors
from tipmine.records import Band, Evidence, TextUnit, Trace
from tipmine.threads import one_thread
from tipmine.trace import normalise
from tipmine.trace.chance import PER_SUPPORT, SUPPORT_SIZE, chance_best, fewer
from tipmine.trace.features import idle, shared_tags, stated
from tipmine.trace.rankings import rankings
from tipmine.trace.reasons import Explainer, Ground
from tipmine.trace.registers import WRITTEN, Part, one_scale, registers
from tipmine.trace.sentences import sentence
from tipmine.trace.weights import Calibration, calibration, fusion

Scores = NDArray[np.float32]

LEAST_CANDIDATES = 10
"""Fewest candidates kept per recommendation, if there are so many, so that a reader can choose another one."""
TYPICAL_SUPPORT = 0.94
"""Support that a covered recommendation reaches, as a share of the best score that chance gives among as many pieces of
evidence (`chance_best`), in standard deviations of all fused scores. It is a lower bound for the usual support, since
the median is misleading if nothing is covered. Higher reports more gaps."""
LEAST_SUPPORT = 1e-6
"""Stands for the usual support where no recommendation has any, as if all fused scores are the same."""
LEAST_SHARE = 1e-9
"""Added to the shares of a response table, since nothing has no logarithm."""
LEAST_OTHER = -1.0
"""Least standing by `other` among few recommendations, in standard deviations. The one text that answers a single
recommendation shares its words, so that it has the least in others. Lower: it is passed over for texts that share
nothing."""
FEW_TEXTS = 10
"""With fewer pieces of evidence than this, those with nothing to show stand behind the others of their band: among a
handful, what stands out does so by chance. Higher: among the many texts of six studies their blocks speak for some, and
the mean average precision is .01 to .04 lower if they stand behind."""
LEXICAL = ("words", "chars")
"""Rankings by words and letters that both texts share."""


@dataclass(frozen=True)
class Measured:
    """What is measured of all pairs (recommendations by evidence) before the measures are put together."""

    raw: Mapping[str, Scores]
    """The matrix of each ranking by its name."""
    table: bool
    """Whether the two sides are the columns of a response table."""
    idle: NDArray[np.bool_]
    """Which pieces of evidence can never be evidence (`features.idle`)."""
    vectors: WordVectors
    """Of the words of both sides."""
    blocks: Any
    """The weights of the other turns of each turn's block (`normalise.context_matrix`)."""


@dataclass(frozen=True)
class Ranked(Measured):
    """The measures together with the fused score that orders the evidence of each recommendation (row)."""

    fused: Scores
    shares: Scores | None = None
    """In a response table: the share of each answer in each recommendation."""

    def order(self, row: int, size: int) -> list[int]:
        """The columns of the `size` best pieces of evidence of a recommendation, best first; ties in their order."""
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
        open_ = ~self.idle
        open_[list(hidden)] = False
        scores = self.fused[row][open_]
        if not len(scores):
            return 0.0
        size = min(SUPPORT_SIZE, max(1, len(scores) // PER_SUPPORT))
        return float(np.sort(np.partition(scores, -size)[-size:]).mean()) * fewer(len(scores), size)

    @cached_property
    def _supports(self) -> list[float]:
        return [self._support(row) for row in range(len(self.fused))]

    @cached_property
    def usual(self) -> float:
        """The median support of the recommendations, to which fused scores are compared.

        Scores grow with the corpus (among more turns the best one stands out more), so a fixed score would not mean
        the same in two corpora.
        """
        open_ = self.fused[:, ~self.idle]
        least = TYPICAL_SUPPORT * float(open_.std()) * chance_best(open_.shape[1], 1) if open_.size else 0.0
        return max(least, float(np.median(self._supports)), LEAST_SUPPORT)

    def relative_support(self, row: int, hidden: Collection[int] = ()) -> float:
        """The support of a recommendation as a share of the usual one; `hidden` are columns to leave out."""
        return self.support(row, hidden) / self.usual

    def borne_out(self, row: int, column: int) -> bool:
        """Whether other words than those that both share speak of the same ideas, more than evidence usually does."""
        return float(self.raw["other"][row, column]) > self._other_usual[row]

    @cached_property
    def _other_usual(self) -> list[float]:
        return [float(mean) for mean in self.raw["other"].mean(axis=1)]


def trace(
    recommendations: Sequence[TextUnit],
    evidence: Sequence[TextUnit],
    *,
    candidates: int = 10,
    seed: int = 7,
    table: bool | None = None,
) -> list[Trace]:
    """Ranked evidence for each recommendation, in the order of `recommendations`.

    `table` says whether the two are the columns of a response table, in which each answer belongs to one
    recommendation; None: if they are of similar numbers and nobody speaks.

    Each has `candidates` candidates, at least ten if there is so much evidence. A recommendation is never evidence
    for itself: evidence with the same id and text is skipped. The same id alone means nothing, since two files may each
    count from 1.
    """
    if not recommendations:
        return []
    if not evidence:
        return [Trace(unit.id, "none", ()) for unit in recommendations]
    ranked = rank(recommendations, evidence, seed=seed, table=table)
    return explained(ranked, recommendations, evidence, candidates=candidates)


@one_thread()
def explained(
    ranked: Ranked, recommendations: Sequence[TextUnit], evidence: Sequence[TextUnit], *, candidates: int = 10
) -> list[Trace]:
    """Traces with score, band and reasons from the result of `rank` for the same recommendations and evidence."""
    explainer = Explainer(recommendations, evidence, ranked.vectors)
    size = max(candidates, LEAST_CANDIDATES)
    return [_trace(ranked, explainer, row, size) for row in range(len(recommendations))]


@one_thread()
def rank(
    recommendations: Sequence[TextUnit], evidence: Sequence[TextUnit], *, seed: int = 7, table: bool | None = None
) -> Ranked:
    """Scores all pairs; `table` is explained at `trace`. There must be a recommendation and a piece of evidence."""
    if table is None:
        table = normalise.is_table(len(recommendations), len(evidence)) and not any(unit.speaker for unit in evidence)
    vectors = mine_vectors([*recommendations, *evidence], seed=seed)
    raw = rankings(recommendations, evidence, table=table, seed=seed)
    raw["near"] = vectors.texts(recommendations) @ vectors.texts(evidence).T
    asks = moderator_turns(evidence)
    never = idle(evidence, asks, recommendations)
    measured = Measured(raw, table, never, vectors, normalise.context_matrix(evidence, asks))
    return rank_measured(measured, recommendations, evidence)


def rank_measured(
    measured: Measured,
    recommendations: Sequence[TextUnit],
    evidence: Sequence[TextUnit],
    *,
    without: Collection[str] = (),
    context: bool = True,
) -> Ranked:
    """Puts the measures of all pairs together.

    Evaluations leave out rankings (`without`, by name) or, with `context` false, what a turn's block says.
    """
    # In a response table all evidence is of one register, whatever its kinds.
    parts = () if measured.table else registers(evidence)
    fused = fuse(measured, evidence, parts, without=without, context=context)
    single = fusion(measured.table).single
    fused += single.get("actors", 0) * shared_tags([u.actors for u in recommendations], [u.actors for u in evidence])
    fused += single.get("pillars", 0) * shared_tags([u.pillars for u in recommendations], [u.pillars for u in evidence])
    lack, met = stated(evidence)
    fused += single.get("lack", 0) * lack + single.get("met", 0) * met
    if parts:
        fused = one_scale(fused, evidence, parts, measured.idle)
    fused[:, measured.idle] = fused.min() - 1
    _pass_over_itself(fused, recommendations, evidence)
    shares = None
    if measured.table:
        shares = normalise.matching(fused)
        fused = np.asarray(np.log(shares + LEAST_SHARE), np.float32)
    known = {part.name: getattr(measured, part.name) for part in fields(Measured)}
    return Ranked(**known, fused=fused, shares=shares)


def fuse(
    measured: Measured,
    evidence: Sequence[TextUnit],
    parts: Sequence[Part],
    *,
    without: Collection[str] = (),
    context: bool = True,
) -> Scores:
    """The weighted sum of the rankings, of each piece of evidence and of its block, without tags and directions.

    Findings and plan measures are written in the style of recommendations, so shared words are a sign there. In talk
    they mostly are not: they count only as far as other words express the same ideas (`supported`). `parts` are the
    registers of the evidence (`registers`), none if they do not matter.
    """
    weights = fusion(measured.table)
    shape = next(iter(measured.raw.values())).shape
    said, written, block, lexical = (np.zeros(shape, np.float32) for _ in range(4))
    official = np.array([unit.kind in WRITTEN for unit in evidence], bool)
    other = np.zeros(shape, np.float32)
    for name, scores in measured.raw.items():
        if name in without:
            continue
        standing = normalise.mutual(scores, parts)
        if name == "other" and len(scores) < normalise.FEW_ROWS:
            standing = np.maximum(standing, LEAST_OTHER)
        said += weights.said.get(name, 0) * standing
        if official.any():
            written += weights.written.get(name, 0) * standing
        block += weights.block.get(name, 0) * standing
        if name in LEXICAL:
            lexical += standing / len(LEXICAL)
        if name == "other":
            other = standing
    if weights.said.get("supported"):
        said += weights.said["supported"] * np.minimum(lexical, np.maximum(other, 0))
    fused = np.where(official, written, said) if official.any() else said
    return normalise.with_context(fused, block, measured.blocks) if context else fused


def _pass_over_itself(fused: Scores, recommendations: Sequence[TextUnit], evidence: Sequence[TextUnit]) -> None:
    """Put each recommendation that is among the evidence, too, behind all other evidence in its own row of `fused`."""
    place = {(unit.id, unit.text): index for index, unit in enumerate(evidence)}
    lowest = fused.min() - 1
    for row, unit in enumerate(recommendations):
        if (unit.id, unit.text) in place:
            fused[row, place[unit.id, unit.text]] = lowest


def covered_without(ranked: Ranked, explainer: Explainer, row: int, hidden: Collection[int]) -> bool:
    """Whether a recommendation would have evidence without these pieces (`hidden` columns).

    The rankings are not computed again: scores are still relative to the whole corpus.
    """
    order = [column for column in ranked.order(row, LEAST_CANDIDATES + len(hidden)) if column not in hidden]
    calibrated = calibration(ranked.table)
    scores = [
        calibrated.score(pair_features(ranked, row, column))
        for column in order[:LEAST_CANDIDATES]
        if not ranked.idle[column] and explainer.ground(row, column) != "none"
    ]
    return calibrated.covered(scores, ranked.relative_support(row, hidden))


def pair_features(ranked: Ranked, row: int, column: int) -> dict[str, float]:
    """The features of a pair that the calibration uses, by name."""
    found = {name: float(scores[row, column]) for name, scores in ranked.raw.items()}
    if not ranked.table:
        found["standing"] = float(ranked.fused[row, column]) / ranked.usual
        found["support"] = ranked.relative_support(row)
    if ranked.shares is not None:
        found["share"] = float(ranked.shares[row, column])
    return found


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A piece of evidence that a recommendation may rest on."""

    evidence: Evidence
    firm: bool
    """Whether it has a ground or is not weak."""
    bare: bool
    """Whether it stands behind the others of its band, since it is one of few texts and has nothing to show."""


def _trace(ranked: Ranked, explainer: Explainer, row: int, size: int) -> Trace:
    """The trace of a recommendation (`row`) with its `size` best candidates."""
    calibrated = calibration(ranked.table)
    rec, evidence = explainer.recommendations[row], explainer.evidence
    itself = (rec.id, rec.text)
    chosen = [col for col in ranked.order(row, size + 1) if (evidence[col].id, evidence[col].text) != itself]
    candidates = [
        _candidate(ranked, explainer, calibrated, row, column, place) for place, column in enumerate(chosen[:size], 1)
    ]
    support = None if ranked.table else ranked.relative_support(row)
    covered = calibrated.covered([each.evidence.score for each in candidates if each.firm], support)
    found = [each.evidence for each in candidates]
    if covered:
        found = _with_one_likely(found, calibrated.likely)
    bare = {each.evidence.rank for each in candidates if each.bare}
    return Trace(rec.id, coverage_by_links(found, covered=covered), tuple(_by_band(found, bare)))


def _candidate(
    ranked: Ranked, explainer: Explainer, calibrated: Calibration, row: int, column: int, place: int
) -> _Candidate:
    """The piece of evidence in a column as the candidate of this place of a recommendation (`row`)."""
    item = explainer.evidence[column]
    score = 0.0 if ranked.idle[column] else calibrated.score(pair_features(ranked, row, column))
    ground = explainer.ground(row, column, table=ranked.table)
    if ranked.table:
        band = _table_band(calibrated, score, ground)
    else:
        band = _band(calibrated, score, ground, item, borne_out=ranked.borne_out(row, column))
    return _Candidate(
        Evidence(item.id, place, score, band, explainer.reasons(row, column, ranked), item.kind),
        firm=ground != "none" or band != "weak",
        bare=len(explainer.evidence) < FEW_TEXTS and (ground == "none" or bool(ranked.idle[column])),
    )


def _by_band(found: Sequence[Evidence], bare: Collection[int]) -> list[Evidence]:
    """The candidates, those of the better bands first, each with a score that is not above that of a better one.

    A band is lowered where little can be shown. Left in front with its high score, such a candidate would seem better
    evidence than the next, which counts. `bare` are the ranks of those that stand behind the others of their band.
    """
    ordered: list[Evidence] = []
    ceiling = 1.0
    for item in sorted(found, key=lambda item: (BANDS.index(item.band), item.rank in bare)):
        ceiling = min(ceiling, item.score)
        ordered.append(replace(item, rank=len(ordered) + 1, score=ceiling))
    return ordered


def _with_one_likely(found: list[Evidence], likely: float) -> list[Evidence]:
    """The candidates of a covered recommendation: if none is likely by itself, the best one is.

    Several faint candidates together say that there is evidence, though not which of them it is. In the studies at hand
    the first of them was good evidence in 26 of 54 such cases, as often as links of this band are. It was so
    too where only its neighbours speak for it (no ground, as the reason says): in 15 of 28.
    """
    if not found or found[0].band != "weak":
        return found
    best = found[0]
    reasons = (*best.reasons[:1], sentence("nearest"), *best.reasons[1:])
    return [replace(best, band="likely", score=max(best.score, likely), reasons=reasons), *found[1:]]


def _band(calibrated: Calibration, score: float, ground: Ground, item: TextUnit, *, borne_out: bool) -> Band:
    """The band of the score outside response tables, lowered if little can be shown that both texts have.

    Words alone give at most `likely`, since texts about another matter often share them, and so do ideas on which only
    shared words touch. A turn's block gives no more if nothing can be shown in the turn itself. What was said by
    nobody in particular, in a list without talk around it, has no second witness.
    """
    band = calibrated.band(score)
    if ground == "none":
        return "likely" if band == "confirmed" and item.speaker else "weak"
    witnessed = bool(item.speaker) or item.kind in WRITTEN
    return band if band != "confirmed" or (ground == "idea" and borne_out and witnessed) else "likely"


def _table_band(calibrated: Calibration, score: float, ground: Ground) -> Band:
    """The same in a response table: both sides are written in the same style, and shared words suffice."""
    return calibrated.band(score) if ground != "none" else "weak"
