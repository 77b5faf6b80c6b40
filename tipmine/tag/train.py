"""Trains models: takes labelled passages, writes a model folder with its card.

Figures on a card are out of fold: each passage is judged by a model, a calibration and thresholds that have not seen
its document. The model that is written is then fitted to all passages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np

from tipmine.atomic import refilling
from tipmine.errors import RecordError
from tipmine.records import DEFAULT_SEED, PILLARS, ROLES, Role, Token
from tipmine.tag.actors import SectorModel, codebook_names
from tipmine.tag.agreement import calibration_error
from tipmine.tag.candidates import Candidate, CandidateFinder, FinderType, split_tokens
from tipmine.tag.cards import PillarMetrics, actor_card, pillar_card
from tipmine.tag.codebook import UNTAGGED_KINDS
from tipmine.tag.crf import Penalties
from tipmine.tag.features import TextParts, Tokenizer, text_parts
from tipmine.tag.folds import folds
from tipmine.tag.gazetteer import load_gazetteer
from tipmine.tag.labelled import GoldActor, Labelled
from tipmine.tag.metrics import SpanList, decision_accuracy, macro_f1, pillar_metrics, span_f1, truth_of
from tipmine.tag.model_store import save_arrays, save_terms, write_meta
from tipmine.tag.open_names import NameCRF, train_names
from tipmine.tag.pillars import Calibration, Float64Array, LinearModel, calibrate, fit_linear_model
from tipmine.tag.role_context import NamedActor
from tipmine.tag.roles import RoleCRF, RoleDecision, train_roles
from tipmine.tag.spans import within
from tipmine.tag.trust import Trust, compare_actor_annotators, compare_annotators

FOLDS = 5
LEAST = 50
"""Fewest labelled passages for training: with fewer, some fold would lack a pillar."""

NAME_PENALTIES: Penalties = {"c1": 0.05, "c2": 0.3, "iterations": 100}
"""One of six settings, which differ by less than .01 in F1."""

ROLE_PENALTIES: Penalties = {"c1": 0.0, "c2": 3.0, "iterations": 100}
"""Strong: with weaker penalties, roles are right as often, but far overconfident (calibration error .16, not .03)."""


def usable(labelled: Sequence[Labelled]) -> list[Labelled]:
    """The passages of kinds that have tags. Raises RecordError if there are fewer than `LEAST`."""
    written = [passage for passage in labelled if passage.kind not in UNTAGGED_KINDS]
    if len(written) < LEAST:
        raise RecordError("labelled passages", f"only {len(written)}", f"at least {LEAST}", "label more passages")
    return written


def train_pillars(
    labelled: Sequence[Labelled],
    out: Path,
    *,
    tokenize: Tokenizer,
    seed: int = DEFAULT_SEED,
    reader: Iterable[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """Fit the pillar model, write it with its card to `out`, and return its figures.

    `reader` holds a second reader's labels of some of the passages (`id`, `pillars`); the card compares the two there.
    """
    passages = usable(labelled)
    texts = [text_parts(passage.passage(), tokenize(passage.text)) for passage in passages]
    truth = truth_of(passages)
    fold_of = folds(passages, FOLDS, seed)
    raw = _score_out_of_fold(texts, truth, fold_of, tokenize, seed)
    linear, calibration = fit_linear_model(texts, truth, tokenize, seed), calibrate(raw, truth)
    thresholds = calibration.thresholds.tolist()
    scores, predicted = _decide_out_of_fold(raw, truth, fold_of)
    metrics = pillar_metrics(truth > 0, predicted, scores, groups=[passage.document for passage in passages])
    kinds = {
        kind: macro_f1(truth[rows] > 0, predicted[rows])
        for kind in sorted({passage.kind for passage in passages})
        if (rows := [i for i, passage in enumerate(passages) if passage.kind == kind])
    }
    trust = Trust.of(scores, truth > 0, predicted, compare_annotators(passages, truth > 0, predicted, reader))
    card = pillar_card(passages, PillarMetrics(metrics, kinds, thresholds, trust), seed)
    description = _description(passages, metrics, seed)
    with refilling(out) as fresh:
        _save_pillars(linear, calibration, fresh)
        write_meta(fresh, "pillars", description | {"thresholds": dict(zip(PILLARS, thresholds, strict=True))})
        (fresh / "CARD.md").write_text(card, encoding="utf-8")
    return metrics


def _save_pillars(linear: LinearModel, calibration: Calibration, out: Path) -> None:
    """Write the files that `pillar_tagger.PillarModel.load` reads."""
    word, char = linear.features.word, linear.features.char
    save_terms(word.vocabulary_, out / "words.txt")
    save_terms(char.vocabulary_, out / "letters.txt")
    state = {
        "word_rarity": word.idf_,
        "letter_rarity": char.idf_,
        "weights": linear.weights,
        "constants": linear.intercepts,
        "slopes": calibration.slopes,
        "offsets": calibration.offsets,
        "thresholds": calibration.thresholds,
    }
    save_arrays(state, out / "pillars.skops")


def _score_out_of_fold(
    texts: Sequence[TextParts], truth: Float64Array, fold_of: Any, tokenize: Tokenizer, seed: int
) -> Float64Array:
    """Raw scores of each passage, by a linear model that was fitted to the other folds."""
    raw = np.zeros_like(truth)
    for fold in range(FOLDS):
        inside = [parts for parts, own_fold in zip(texts, fold_of, strict=True) if own_fold != fold]
        outside = [parts for parts, own_fold in zip(texts, fold_of, strict=True) if own_fold == fold]
        if outside:
            raw[fold_of == fold] = fit_linear_model(inside, truth[fold_of != fold], tokenize, seed).scores(outside)
    return raw


def _decide_out_of_fold(raw: Float64Array, truth: Float64Array, fold_of: Any) -> tuple[Float64Array, Any]:
    """Probabilities and decisions of each fold, with curves and thresholds fitted to the other folds."""
    scores, predicted = np.zeros_like(raw), np.zeros(raw.shape, dtype=bool)
    for fold in range(FOLDS):
        other, own = fold_of != fold, fold_of == fold
        calibration = calibrate(raw[other], truth[other])
        scores[own] = calibration.probabilities(raw[own])
        predicted[own] = scores[own] >= calibration.thresholds
    return scores, predicted


# -- actors --------------------------------------------------------------------------------------------------


class PreparedPassage(NamedTuple):
    """A labelled passage with its gazetteer candidates and its tokens, which are split at the edges of candidates."""

    passage: Labelled
    candidates: list[Candidate]
    tokens: list[Token]


def prepare(passages: Sequence[Labelled], tokenize: Tokenizer, finder: FinderType) -> list[PreparedPassage]:
    """The passages in which somebody looked for actors, even if there were none, ready for the CRFs."""
    candidates = CandidateFinder(load_gazetteer(), finder)
    prepared = []
    for passage in passages:
        if passage.actors is not None:
            held = candidates.find(passage.text)
            prepared.append(PreparedPassage(passage, held, split_tokens(tokenize(passage.text), held)))
    return prepared


def train_actors(
    labelled: Sequence[Labelled],
    out: Path,
    *,
    tokenize: Tokenizer,
    finder: FinderType,
    seed: int = DEFAULT_SEED,
    reader: Iterable[Mapping[str, Any]] = (),
    names: Sequence[Labelled] = (),
) -> dict[str, Any]:
    """Fit the CRFs for names and roles and the sector classifier, write them to `out`, and return the figures.

    `reader` holds a second reader's marks in some of the passages (`id`, `actors`); the card compares the two there.
    `names` are more passages, of other documents, from which names and sectors are learnt, but not roles; they are not
    part of any figure. Raises RecordError for an actor without a role.
    """
    passages = usable([passage for passage in labelled if passage.actors is not None])
    for passage in passages:
        if not all(actor.roles for actor in passage.actors or ()):
            raise RecordError(f"record {passage.id}", "an actor without a role", ", ".join(ROLES))
    prepared = prepare(passages, tokenize, finder)
    more = prepare([passage for passage in names if passage.kind not in UNTAGGED_KINDS], tokenize, finder)
    out.mkdir(
        parents=True, exist_ok=True
    )  # now, since the fitting takes minutes and would be lost if it failed at the end
    names_found, roles = _predict_out_of_fold(prepared, more, folds(passages, FOLDS, seed))
    role_hits = _role_hits(passages, roles)
    metrics = _summary(prepared, names_found, roles, role_hits)
    readings = compare_actor_annotators(passages, names_found, role_hits, reader)
    with refilling(out) as fresh:
        _fit_actors(prepared, more, fresh, seed)
        write_meta(fresh, "actors", _description(passages, metrics, seed) | {"passages_for_names": len(more)})
        (fresh / "CARD.md").write_text(actor_card(passages, len(more), metrics, readings, seed), encoding="utf-8")
    return metrics


def _fit_crfs(prepared: Sequence[PreparedPassage], more: Sequence[PreparedPassage], names: Path, roles: Path) -> None:
    """Fit the CRFs for names and roles and write them to the files `names` and `roles`; `more` is for names alone."""
    marked = ((p.tokens, p.candidates, p.passage.kind, _spans(p.passage)) for p in (*prepared, *more))
    train_names(marked, names, **NAME_PENALTIES)
    rows = ((p.passage.text, p.tokens, marked_actors(p), p.passage.kind, _roles(p.passage)) for p in prepared)
    train_roles(rows, roles, **ROLE_PENALTIES)


def _fit_actors(prepared: Sequence[PreparedPassage], more: Sequence[PreparedPassage], out: Path, seed: int) -> None:
    _fit_crfs(prepared, more, out / "names.crfsuite", out / "roles.crfsuite")
    sectors = _fit_sectors([*prepared, *more], seed)
    save_terms(sectors.vectorizer.vocabulary_, out / "sector_letters.txt")
    save_arrays(sectors.arrays(), out / "sectors.skops")


def _fit_sectors(prepared: Sequence[PreparedPassage], seed: int) -> SectorModel:
    examples = {
        (p.passage.text[actor.start : actor.end], _sector_inside(p, actor), actor.sector)
        for p in prepared
        for actor in p.passage.actors or ()
        if actor.sector
    }
    forms = {(actor.name, "", actor.sector) for actor in load_gazetteer().actors.values() if actor.sector}
    surfaces, hints, sectors = zip(*sorted(examples | forms), strict=True)
    return SectorModel.fit(surfaces, hints, sectors, seed=seed)


def _sector_inside(prepared: PreparedPassage, actor: GoldActor) -> str:
    """The sector of the first known name inside a marked one; empty if there is none."""
    inside = within(prepared.candidates, actor.start, actor.end)
    return inside[0].sector if inside else ""


def _predict_out_of_fold(
    prepared: Sequence[PreparedPassage], more: Sequence[PreparedPassage], fold_of: Any
) -> tuple[list[SpanList], list[list[RoleDecision]]]:
    """For each passage, the names found and the roles of the marked names, by CRFs that have not seen its document."""
    ours: list[SpanList] = [[] for _ in prepared]
    roles: list[list[RoleDecision]] = [[] for _ in prepared]
    for fold in range(FOLDS):
        with TemporaryDirectory() as scratch:
            files = Path(scratch) / "names", Path(scratch) / "roles"
            _fit_crfs([p for p, own_fold in zip(prepared, fold_of, strict=True) if own_fold != fold], more, *files)
            name_crf, role_crf = NameCRF(files[0]), RoleCRF(files[1])
            for i, p in enumerate(prepared):
                if fold_of[i] == fold:
                    names_found = name_crf.names(p.tokens, p.candidates, p.passage.kind)
                    names_found = codebook_names(p.passage.text, names_found, p.candidates)
                    ours[i] = [(name.start, name.end) for name in names_found]
                    roles[i] = role_crf.roles(p.passage.text, p.tokens, marked_actors(p), p.passage.kind)
    return ours, roles


def _role_hits(passages: Sequence[Labelled], roles: Sequence[Sequence[RoleDecision]]) -> list[list[bool]]:
    """For each marked actor of each passage, whether its predicted role is one of those that count as right."""
    return [
        [role.role in actor.roles for role, actor in zip(decided, passage.actors or (), strict=True)]
        for passage, decided in zip(passages, roles, strict=True)
    ]


def _summary(
    prepared: Sequence[PreparedPassage],
    ours: Sequence[SpanList],
    roles: Sequence[Sequence[RoleDecision]],
    role_hits: Sequence[Sequence[bool]],
) -> dict[str, Any]:
    """Figures for the names found, beside those for the gazetteer alone, and for the roles of the marked names."""
    passages = [p.passage for p in prepared]
    docs = [passage.document for passage in passages]
    listed: list[SpanList] = [[(c.start, c.end) for c in p.candidates] for p in prepared]
    probability = [role.probability for decided in roles for role in decided]
    return {
        "names_exact": span_f1(passages, ours, exact=True, groups=docs),
        "names_overlap": span_f1(passages, ours, exact=False, groups=docs),
        "gazetteer_exact": span_f1(passages, listed, exact=True, groups=docs),
        "gazetteer_overlap": span_f1(passages, listed, exact=False, groups=docs),
        "roles": decision_accuracy(role_hits, groups=docs),
        "roles_calibration": calibration_error(probability, [right for row in role_hits for right in row]),
    }


def marked_actors(prepared: PreparedPassage) -> list[NamedActor]:
    """The marked actors as the CRF for roles expects them; a sector from the gazetteer wins, as in tagging."""
    whole = {(candidate.start, candidate.end): candidate.sector for candidate in prepared.candidates}
    return [
        NamedActor(actor.start, actor.end, whole.get((actor.start, actor.end)) or actor.sector)
        for actor in prepared.passage.actors or ()
    ]


def _spans(passage: Labelled) -> SpanList:
    return [(actor.start, actor.end) for actor in passage.actors or ()]


def _roles(passage: Labelled) -> list[Role]:
    return [actor.roles[0] for actor in passage.actors or ()]  # type: ignore[misc]  # checked when it was read


def _description(passages: Sequence[Labelled], metrics: dict[str, Any], seed: int) -> dict[str, Any]:
    return {
        "seed": seed,
        "passages": len(passages),
        "documents": sorted({passage.document for passage in passages}),
        "figures": metrics,
    }
