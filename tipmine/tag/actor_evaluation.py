"""`tipmine evaluate actors`: figures with intervals against gold, beside two baselines and another reader.

The baselines are the gazetteer alone (for spans) and the most frequent role (for roles).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tipmine.errors import RecordError
from tipmine.lexical.bootstrap import Interval
from tipmine.records import Passage, TableRow, Tagging, Token
from tipmine.tag.candidates import CandidateFinder, FinderType
from tipmine.tag.codebook import UNTAGGED_KINDS
from tipmine.tag.features import Tokenizer
from tipmine.tag.gazetteer import load_gazetteer
from tipmine.tag.labelled import GoldActor, Labelled, read_labelled
from tipmine.tag.metrics import SpanList, by_document, decision_accuracy, matched, span_f1
from tipmine.tag.model_store import find_model
from tipmine.tag.tagger import Tagger, load_tagger
from tipmine.tag.trust import LEARNT, actors_read, learnt_from


class MarkedActor(NamedTuple):
    """An actor that a person or the machine marked in a passage: half-open offsets, role, and sector (may be empty)."""

    start: int
    end: int
    role: str
    sector: str

    @classmethod
    def of(cls, actor: GoldActor) -> MarkedActor:
        """The actor as marked by another reader."""
        return cls(actor.start, actor.end, next(iter(actor.roles), ""), actor.sector)


def evaluate_actors(
    records: Iterable[Mapping[str, Any]],
    *,
    tokenize: Tokenizer,
    finder: FinderType,
    model: Path | None = None,
    reader: Iterable[Mapping[str, Any]] = (),
) -> list[TableRow]:
    """Figures of actor spans and roles on gold records, beside the baselines; one row per figure.

    `tokenize` and `finder` are those of `tipmine.tokenize`. `reader` holds what another reader marked (`id`, `actors`):
    for those passages both are shown, one below the other. Roles and sectors are judged on spans that touch a gold
    span, so a missed name counts only once. Raises RecordError if no record has actors.
    """
    gold = [passage for passage in read_labelled(records) if passage.actors is not None]
    if not gold:
        raise RecordError("gold file", "holds no actors", "text with actors, or marked")
    ours = [
        [MarkedActor(tag.start, tag.end, tag.role, tag.sector) for tag in tagging.actors]
        for tagging in _tag_by_document(load_tagger(model, finder=finder), gold, tokenize)
    ]
    rows = span_rows("tipmine", gold, ours)
    rows += span_rows("gazetteer alone", gold, _gazetteer_alone(gold, finder))
    rows += role_rows("tipmine", gold, ours)
    rows += _usual_role_rows(gold, ours)
    rows += _reader_rows(gold, ours, reader)
    known = learnt_from(gold, find_model(model, "actors"))
    if known:
        figure = LEARNT.format(known, len(gold))
        rows.append({"method": "note", "figure": figure, "of": known, "value": "", "value_low": "", "value_high": ""})
    return rows


def _gazetteer_alone(gold: Sequence[Labelled], finder: FinderType) -> list[list[MarkedActor]]:
    listed = CandidateFinder(load_gazetteer(), finder)
    return [
        []
        if passage.kind in UNTAGGED_KINDS
        else [MarkedActor(c.start, c.end, "", "") for c in listed.find(passage.text)]
        for passage in gold
    ]


def span_rows(method: str, gold: Sequence[Labelled], marked: Sequence[Sequence[MarkedActor]]) -> list[TableRow]:
    """Rows with span F1, exact and by overlap, of the actors marked in each passage; `method` says who marked them."""
    spans: list[SpanList] = [[(actor.start, actor.end) for actor in row] for row in marked]
    return [
        _row(
            method,
            f"span F1, {'exact' if exact else 'overlap'}",
            len(gold),
            span_f1(gold, spans, exact=exact, groups=by_document(gold)),
        )
        for exact in (True, False)
    ]


def _matched(
    gold: Sequence[Labelled], marked: Sequence[Sequence[MarkedActor]]
) -> list[list[tuple[MarkedActor, GoldActor]]]:
    return [
        [(row[place], actor) for place, actor in matched(passage, [(one.start, one.end) for one in row])]
        for passage, row in zip(gold, marked, strict=True)
    ]


def role_rows(method: str, gold: Sequence[Labelled], marked: Sequence[Sequence[MarkedActor]]) -> list[TableRow]:
    """Rows with role and sector accuracy on the spans that touch a gold span."""
    pairs = _matched(gold, marked)
    roles = [[one.role in actor.roles for one, actor in row if actor.roles] for row in pairs]
    sectors = [[one.sector == actor.sector for one, actor in row if actor.sector] for row in pairs]
    rows = [_row(method, "role accuracy", sum(map(len, roles)), decision_accuracy(roles, by_document(gold)))]
    if any(sectors):
        rows.append(
            _row(method, "sector accuracy", sum(map(len, sectors)), decision_accuracy(sectors, by_document(gold)))
        )
    return rows


def _usual_role_rows(gold: Sequence[Labelled], marked: Sequence[Sequence[MarkedActor]]) -> list[TableRow]:
    common = Counter(role for passage in gold for actor in passage.actors or () for role in actor.roles)
    if not common:
        return []
    usual = common.most_common(1)[0][0]
    guessed = [[usual in actor.roles for _, actor in row if actor.roles] for row in _matched(gold, marked)]
    return [
        _row(
            "most frequent role", "role accuracy", sum(map(len, guessed)), decision_accuracy(guessed, by_document(gold))
        )
    ]


def _reader_rows(
    gold: Sequence[Labelled], ours: Sequence[Sequence[MarkedActor]], reader: Iterable[Mapping[str, Any]]
) -> list[TableRow]:
    """The figures of the machine and of another reader for the passages in which that reader marked actors."""
    places, marks = actors_read(gold, reader)
    if not places:
        return []
    read = [gold[place] for place in places]
    theirs = [[MarkedActor.of(actor) for actor in row] for row in marks]
    rows = []
    for method, marked in (("tipmine, read twice", [ours[place] for place in places]), ("other reader", theirs)):
        rows += span_rows(method, read, marked) + role_rows(method, read, marked)
    return rows


def _tag_by_document(tagger: Tagger, gold: Sequence[Labelled], tokenize: Tokenizer) -> list[Tagging]:
    by_doc: dict[str, list[int]] = {}
    for index, passage in enumerate(gold):
        by_doc.setdefault(passage.doc, []).append(index)
    tagging_of: dict[int, Tagging] = {}
    for places in by_doc.values():
        passages: list[Passage] = [gold[place].passage() for place in places]
        tokens: list[tuple[Token, ...]] = [tuple(tokenize(passage.text)) for passage in passages]
        tagging_of |= dict(zip(places, tagger.tag(passages, tokens), strict=True))
    return [tagging_of[index] for index in range(len(gold))]


def _row(method: str, figure: str, count: int, value: Interval) -> TableRow:
    return {"method": method, "figure": figure, "of": count, **value.columns("value")}
