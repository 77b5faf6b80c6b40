"""From recommendations and evidence to traces: the best candidates for each, with score, band and reasons.

The candidates are in the order of the fused score (fusing). Each gets a calibrated score (weights), a band and reasons
(reasons). In talk, the band is limited by what can be shown to a reader. Bands and coverage say the same: the best link
of a covered recommendation is likely at least, and all links of a gap are weak.

Words that the modules of this package use, besides those of `fusing.py`:
ground     what can be shown that both texts have: an idea, words, or none
firm       a candidate is firm if it has a ground or is not weak; what is idle never is
borne out  a link is borne out if words other than the shared ones express the same ideas (`other`)
covered    a recommendation is covered if it has evidence at all; if not, it is a gap
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from tipmine.coverage import BANDS, coverage_by_links
from tipmine.records import DEFAULT_SEED, LEAST_CANDIDATES, WRITTEN_KINDS, Band, Evidence, TextUnit, Trace
from tipmine.threads import one_thread
from tipmine.trace.fusing import Ranked, rank
from tipmine.trace.reasons import Explainer, Ground
from tipmine.trace.sentences import sentence
from tipmine.trace.weights import Calibration, calibration

FEW_TEXTS = 10
"""With fewer pieces of evidence than this, those with nothing to show come after the others of their band: in a
handful, one stands out by chance. Higher: among the many texts of six studies, some such pieces are supported by their
blocks, and mean average precision is .01 to .04 lower if they come last."""


def trace(
    recommendations: Sequence[TextUnit],
    evidence: Sequence[TextUnit],
    *,
    candidates: int = LEAST_CANDIDATES,
    seed: int = DEFAULT_SEED,
    table: bool | None = None,
) -> list[Trace]:
    """Ranked evidence for each recommendation, in the order of `recommendations`.

    `table` says whether the two are the columns of a response table, in which each answer belongs to one
    recommendation; None: they are if their numbers are similar and nobody speaks.

    Each has `candidates` candidates (LEAST_CANDIDATES or more), if there is that much evidence. A recommendation is
    never evidence for itself: evidence with the same id and text is skipped. The same id alone means nothing, since two
    files may each number from 1.
    """
    if not recommendations:
        return []
    if not evidence:
        return [Trace(unit.id, "none", ()) for unit in recommendations]
    ranked = rank(recommendations, evidence, seed=seed, table=table)
    return explained(ranked, recommendations, evidence, candidates=candidates)


@one_thread()
def explained(
    ranked: Ranked,
    recommendations: Sequence[TextUnit],
    evidence: Sequence[TextUnit],
    *,
    candidates: int = LEAST_CANDIDATES,
) -> list[Trace]:
    """Traces with score, band and reasons, from the result of `rank` for the same recommendations and evidence."""
    explainer = Explainer(recommendations, evidence, ranked.vectors)
    return [_trace(ranked, explainer, row, candidates) for row in range(len(recommendations))]


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
    features = {name: float(scores[row, column]) for name, scores in ranked.raw.items()}
    if not ranked.table:
        features["standing"] = float(ranked.fused[row, column]) / ranked.usual
        features["support"] = ranked.relative_support(row)
    if ranked.shares is not None:
        features["share"] = float(ranked.shares[row, column])
    return features


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A piece of evidence that a recommendation may rest on."""

    evidence: Evidence
    firm: bool
    """Whether it has a ground or is not weak. Idle pieces never are: they cannot cover a recommendation."""
    bare: bool
    """Whether it comes after the others of its band, as one of few texts and with nothing to show."""


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
    pieces = [each.evidence for each in candidates]
    pieces = _with_one_likely(pieces, calibrated.likely) if covered else _all_weak(pieces)
    bare = {each.evidence.rank for each in candidates if each.bare}
    return Trace(rec.id, coverage_by_links(pieces, covered=covered), tuple(_by_band(pieces, bare)))


def _candidate(
    ranked: Ranked, explainer: Explainer, calibrated: Calibration, row: int, column: int, place: int
) -> _Candidate:
    """The piece of evidence in a column as the candidate at this place of a recommendation (`row`)."""
    item = explainer.evidence[column]
    idle = bool(ranked.idle[column])
    score = 0.0 if idle else calibrated.score(pair_features(ranked, row, column))
    ground = explainer.ground(row, column, table=ranked.table)
    if ranked.table:
        band = _table_band(calibrated, score, ground)
    else:
        band = _band(calibrated, score, ground, item, borne_out=ranked.borne_out(row, column))
    return _Candidate(
        Evidence(item.id, place, score, band, explainer.reasons(row, column, ranked), item.kind),
        firm=not idle and (ground != "none" or band != "weak"),
        bare=len(explainer.evidence) < FEW_TEXTS and (ground == "none" or idle),
    )


def _by_band(pieces: Sequence[Evidence], bare: Collection[int]) -> list[Evidence]:
    """The candidates, better bands first, none with a higher score than one before it.

    A band is lowered where little can be shown. If such a candidate kept its place and its high score, it would seem
    better evidence than the next one, which counts. `bare` are the ranks of those that come after the others of their
    band.
    """
    ordered: list[Evidence] = []
    ceiling = 1.0
    for item in sorted(pieces, key=lambda item: (BANDS.index(item.band), item.rank in bare)):
        ceiling = min(ceiling, item.score)
        ordered.append(replace(item, rank=len(ordered) + 1, score=ceiling))
    return ordered


def _with_one_likely(pieces: list[Evidence], likely: float) -> list[Evidence]:
    """The candidates of a covered recommendation: if none is likely by itself, the best one is.

    Several faint candidates together say that there is evidence, though not which of them it is. In the studies at hand
    the first of them was good evidence in 26 of 54 such cases, as often as links of this band are, and in 15 of 28
    where only its neighbours speak for it (no ground, as the reason says).
    """
    if not pieces or pieces[0].band != "weak":
        return pieces
    best = pieces[0]
    reasons = (*best.reasons[:1], sentence("nearest"), *best.reasons[1:])
    return [replace(best, band="likely", score=max(best.score, likely), reasons=reasons), *pieces[1:]]


def _all_weak(pieces: Sequence[Evidence]) -> list[Evidence]:
    """The candidates of a gap, all of them weak: with the band alone, one of them would count as the evidence.

    A single text stands out by chance, as Calibration.covered says. Of the 288 recommendations with evidence in the
    studies at hand 3 have such a link, and 11 once their evidence is hidden.
    """
    return [
        item
        if item.band == "weak"
        else replace(item, band="weak", reasons=(*item.reasons[:1], sentence("alone"), *item.reasons[1:]))
        for item in pieces
    ]


def _band(calibrated: Calibration, score: float, ground: Ground, item: TextUnit, *, borne_out: bool) -> Band:
    """The band of a score outside response tables, lowered if there is little to show that both texts have.

    Words alone give at most `likely`, since texts about another matter often share them, and so do ideas that only the
    shared words touch. A turn's block gives no more than that if nothing can be shown in the turn itself. A statement
    by nobody in particular, in a list without talk around it, has no second witness.
    """
    band = calibrated.band(score)
    if ground == "none":
        return "likely" if band == "confirmed" and item.speaker else "weak"
    witnessed = bool(item.speaker) or item.kind in WRITTEN_KINDS
    return band if band != "confirmed" or (ground == "idea" and borne_out and witnessed) else "likely"


def _table_band(calibrated: Calibration, score: float, ground: Ground) -> Band:
    """The band of a score in a response table: both sides are written in the same style, so shared words suffice."""
    return calibrated.band(score) if ground != "none" else "weak"
