"""Questions to a run: words and facets in, passages with their tags and places out. `language.py` has the language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tipmine.errors import UsageError
from tipmine.records import Passage, Tagging
from tipmine.store.index import FACETS, Index, index_form
from tipmine.store.language import Term, facets_of, find_marks, near_holds, parse
from tipmine.store.run import INDEX, Run

_SCAN_LIMIT = 5_000
"""Candidates read from the records to check an exact quotation or a NEAR; more are not looked at. Passages."""
COLUMNS = ("doc", "page", "kind", "pillars", "text", "id", "section", "speaker", "actors")
"""The columns of an answer as rows."""
_KWIC_WIDTH = 40
"""Letters shown on each side of a hit. Code points."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: words in the language of the search box, and values allowed for facets."""

    text: str = ""
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    limit: int = 20
    offset: int = 0
    facets: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, with its tags, and where the asked words stand in it (half-open offsets)."""

    passage: Passage
    tagging: Tagging
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The hits of one page of results, the number of all, and the facet counts."""

    hits: tuple[Hit, ...]
    total: int
    counts: Mapping[str, Mapping[str, int]]


def search(run: Run, query: Query) -> Answer:
    """Answer a query from the index and the records.

    Filters take the values that facets show: pillar codes, gazetteer ids, roles, kinds, years B.E., document ids;
    facets written into the text (`actor:ตำรวจ`) take names as well. A quotation, and a NEAR between phrases of
    several words, is found by its words first and then checked. Values in `filters` and in the text must both hold.
    """
    groups = parse(query.text)
    inline = allowed(run, facets_of(query.text))
    filters = _both(query.filters, inline)
    if filters is None:
        return Answer((), 0, {facet: {} for facet in query.facets})
    check = [[term for term in group if _needs_check(term)] for group in groups]
    any_of = [[term.clause() for term in group] for group in groups]
    index = Index(run.folder / INDEX)
    window = (_SCAN_LIMIT, 0) if any(check) else (query.limit, query.offset)
    found = index.search(any_of, filters, limit=window[0], offset=window[1], count_facets=query.facets)
    passages = run.passages_by_id(found.ids)
    ids = [key for key in found.ids if key in passages]
    total = found.total
    if any(check):
        words = run.words(ids) if any(term.near for group in check for term in group) else {}
        ids = [key for key in ids if _holds(passages[key].text, words.get(key, ()), check)]
        total = len(ids)
        ids = ids[query.offset : query.offset + query.limit]
    taggings = _taggings(run, [passages[key] for key in ids])
    hits = tuple(Hit(passages[key], taggings[key], find_marks(passages[key].text, groups)) for key in ids)
    return Answer(hits, total, found.counts)


def _both(chosen: Mapping[str, Sequence[str]], written: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]] | None:
    """Chosen values narrowed by those written into the query; None where a facet has none left."""
    both: dict[str, Sequence[str]] = {**written, **{facet: values for facet, values in chosen.items() if values}}
    for facet in both.keys() & written.keys():
        both[facet] = [value for value in both[facet] if value in written[facet]]
        if not both[facet]:
            return None
    return both


def _needs_check(term: Term) -> bool:
    """Whether the index alone finds too much for a term."""
    if term.near is None:
        return term.quoted and not term.negative
    return any(len(phrase) > 1 for side in term.sides() for phrase in side.phrases())


def _holds(text: str, words: Sequence[str], check: Sequence[Sequence[Term]]) -> bool:
    forms = [form for word in words if (form := index_form(word))]
    return any(all(_term_holds(term, text, forms) for term in group) for group in check)


def _term_holds(term: Term, text: str, forms: Sequence[str]) -> bool:
    near = not term.near or near_holds(term, forms) != term.negative
    return near and all(side.letters in text for side in term.sides() if side.quoted and not term.negative)


def allowed(run: Run, asked: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Facet values as people write them -> as the index has them.

    Actors go by id or any name, themes by id or words of their label, years by B.E. or C.E.; a name that nothing has
    stays as it is, and finds nothing. Raises UsageError for a facet that there is not.
    """
    unknown = [facet for facet in asked if facet not in FACETS]
    if unknown:
        raise UsageError(unknown[0], "is no facet", ", ".join(FACETS))
    return {facet: [form for value in values for form in _forms(run, facet, value)] for facet, values in asked.items()}


def _forms(run: Run, facet: str, value: str) -> list[str]:
    found = [value]
    if facet == "actor":
        from tipmine.tag import actor_ids

        found = actor_ids(value)
    elif facet == "theme":
        themes = run.themes().themes
        found = [theme.id for theme in themes if theme.id == value or value in theme.label]
    elif facet == "year":
        digits = index_form(value)
        # Years before 2400 cannot be meant as B.E. in documents of this field, which begins in 2540 B.E.
        found = [str(int(digits) + 543) if digits.isdecimal() and int(digits) < 2400 else digits]
    return found or [value]


def _taggings(run: Run, passages: Sequence[Passage]) -> dict[str, Tagging]:
    found: dict[str, Tagging] = {}
    for doc in dict.fromkeys(passage.doc for passage in passages):
        found |= run.taggings(doc=doc)
    return found


@dataclass(frozen=True, slots=True)
class Concordance:
    """A hit with its left and right context, for a KWIC table."""

    passage: Passage
    left: str
    hit: str
    right: str


def concordance(answer: Answer, *, by: str = "right") -> list[Concordance]:
    """Key words in context, one row a mark, sorted by the context on the `right` or the `left`."""
    rows = [
        Concordance(hit.passage, hit.passage.text[max(0, a - _KWIC_WIDTH) : a], hit.passage.text[a:b],
                    hit.passage.text[b : b + _KWIC_WIDTH])
        for hit in answer.hits
        for a, b in hit.marks
    ]  # fmt: skip
    return sorted(rows, key=lambda row: row.right if by == "right" else row.left[::-1])


def answer_rows(answer: Answer) -> list[dict[str, Any]]:
    """An answer as plain rows, one a passage, for tables and data frames."""
    return [
        {
            "doc": hit.passage.doc,
            "page": hit.passage.page,
            "kind": hit.tagging.kind,
            "pillars": " ".join(tag.code for tag in hit.tagging.pillars),
            "text": hit.passage.text.replace("\n", " "),
            "id": hit.passage.id,
            "section": " > ".join(hit.passage.section),
            "speaker": hit.passage.speaker,
            "actors": " | ".join(f"{tag.name} ({tag.role})" for tag in hit.tagging.actors),
        }
        for hit in answer.hits
    ]
