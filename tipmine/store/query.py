"""Answers queries over a run: from words and facets to passages with tags and places (see `language.py`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, get_args

from tipmine.coverage import UNTRACED
from tipmine.errors import QuestionError, UsageError
from tipmine.lexical.wordlists import word_spans
from tipmine.records import KINDS, PILLARS, ROLES, Coverage, Passage, Tagging
from tipmine.section_paths import join_section
from tipmine.store.entries import open_index
from tipmine.store.forms import index_form, index_words
from tipmine.store.index import FACETS, Group, Index
from tipmine.store.language import Alternatives, closed, facets_of, parse
from tipmine.store.marks import find_marks, near_holds
from tipmine.store.run import Run
from tipmine.store.terms import Term
from tipmine.tag import actor_ids, actor_name
from tipmine.tag.addressees import actors_of
from tipmine.tag.codebook import SECTORS
from tipmine.thai_order import thai_order
from tipmine.years import written_year

COLUMNS = ("doc", "page", "kind", "pillars", "text", "id", "section", "speaker", "actors")
"""The columns of an answer's rows."""
SIDES = ("left", "right")
"""The contexts by which a concordance can be sorted."""
_VALUES: Mapping[str, Sequence[str]] = {
    "pillar": PILLARS,
    "role": ROLES,
    "sector": SECTORS,
    "kind": KINDS,
    "coverage": (*get_args(Coverage), UNTRACED),
    "reviewed": ("yes", "no"),
    "doubtful": ("yes", "no"),
}
"""The values of the facets that have a fixed list of values."""
_EXAMPLES = 8
"""Most values of a facet named in the error for an unknown one: the most frequent ones."""
_KWIC_WIDTH = 40
"""Most code points shown on each side of a hit."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query: words in the query language, and the allowed values of facets."""

    text: str = ""
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    limit: int | None = 20
    """Most passages in the answer; None: all."""
    offset: int = 0
    facets: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, with its words and tags, and the half-open offsets of the searched words in it."""

    passage: Passage
    words: tuple[str, ...]
    tagging: Tagging
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The hits on one page of results, the number of all hits, and the facet counts."""

    hits: tuple[Hit, ...]
    total: int
    counts: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Conditions:
    """A query in the form of the index; `filters` is None if chosen and written facet values exclude each other."""

    terms: Alternatives
    any_of: tuple[Group, ...]
    filters: Mapping[str, Sequence[str]] | None


def search(run: Run, query: Query) -> Answer:
    """Answer a query from the index and the records.

    Filters take the values that facets show: pillar codes, gazetteer ids, roles, kinds, years B.E., document ids;
    facets written into the text (`actor:ตำรวจ`) take names as well. A passage must match both `filters` and the facets
    in the text. Raises UsageError for an invalid query.
    """
    check_facet_names(query.facets)
    index = open_index(run)
    asked = conditions(run, index, query)
    if asked.filters is None:
        return Answer((), 0, {facet: {} for facet in query.facets})
    result = index.search(
        asked.any_of, asked.filters, limit=query.limit, offset=query.offset, count_facets=query.facets
    )
    passages = run.passages_by_id(result.ids)
    ids = [key for key in result.ids if key in passages]
    words, taggings = run.words(ids), run.taggings(ids=ids)
    marks = {key: find_marks(passages[key].text, words[key], asked.terms) for key in ids}
    hits = tuple(Hit(passages[key], words[key], taggings[key], marks[key]) for key in ids)
    return Answer(hits, result.total, result.counts)


def conditions(run: Run, index: Index, query: Query) -> Conditions:
    """A query in the form of the index.

    Terms that the index cannot decide alone are looked up in the records first: quotations, and each NEAR with a
    prefix or a phrase of several words.
    """
    filters = _intersection(query.filters, index_values(run, facets_of(query.text)))
    groups = parse(query.text)
    if filters is None:
        return Conditions(groups, (), None)
    return Conditions(groups, tuple(_group(run, index, terms, filters) for terms in groups), filters)


def _group(run: Run, index: Index, terms: Sequence[Term], filters: Mapping[str, Sequence[str]]) -> Group:
    sure = tuple(term.clause() for term in terms if not term.needs_check())
    only: frozenset[str] | None = None
    never: frozenset[str] = frozenset()
    for term in terms:
        if term.needs_check():
            ids = _ids_with_term(run, index, term, Group((*sure, *term.candidates())), filters)
            if term.negative:
                never |= ids
            else:
                only = ids if only is None else only & ids
    return Group(sure, only, never)


def _ids_with_term(
    run: Run, index: Index, term: Term, candidates: Group, filters: Mapping[str, Sequence[str]]
) -> frozenset[str]:
    """The ids of the candidate passages that have a term, whether the query requires or excludes it."""
    ids = index.matching_ids([candidates], filters)
    if term.near is None:
        return frozenset(run.ids_with_letters(term.letters, ids))
    return frozenset(key for key, words in run.iterate_words(ids) if near_holds(term, index_words(words)))


def _intersection(
    chosen: Mapping[str, Sequence[str]], written: Mapping[str, Sequence[str]]
) -> dict[str, Sequence[str]] | None:
    """The values allowed both by the filters and by the query's text; None if a facet has none left."""
    both: dict[str, Sequence[str]] = {**written, **{facet: values for facet, values in chosen.items() if values}}
    for facet in both.keys() & written.keys():
        both[facet] = [value for value in both[facet] if value in written[facet]]
        if not both[facet]:
            return None
    return both


def index_values(run: Run, written: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Facet values as people write them, translated into those of the index.

    Actors may be given by id or any name, themes by id or words of their label, years in B.E. or C.E. Raises UsageError
    for an unknown facet, QuestionError for an unknown value: one missing from a fixed list such as that of `pillar`, a
    year without four digits, or any other value that neither the run nor the gazetteer of actors has. A typing error
    must not look like an empty answer.
    """
    _check_facets(written)
    return {
        facet: [meant for value in values for meant in _values_meant(run, facet, value)]
        for facet, values in written.items()
    }


def check_query(query: Query) -> None:
    """Raises, without needing a run, the UsageError or QuestionError with which `search` would refuse the query."""
    parse(query.text)
    for filters in (facets_of(query.text), query.filters):
        _check_facets(filters)


def _check_facets(filters: Mapping[str, Iterable[str]]) -> None:
    check_facet_names(filters)
    for facet, values in filters.items():
        _check_facet_values(facet, values)


def check_facet_names(facets: Iterable[str]) -> None:
    """Raises UsageError, listing the facets, for an unknown name."""
    for facet in facets:
        if facet not in FACETS:
            raise UsageError(facet, "is not a facet", ", ".join(FACETS))


def _check_facet_values(facet: str, values: Iterable[str]) -> None:
    """Raises QuestionError for a value that a fixed list does not have, and for a year that is not one."""
    known = _VALUES.get(facet)
    for value in values:
        if known and value not in known:
            wrong, listed = f"is not a value of the facet {facet}", ", ".join(known)
            raise QuestionError(value, wrong, listed, code="value", written=value, facet=facet, known=listed)
        if facet == "year" and written_year(index_form(value)) is None:
            raise QuestionError(value, "is not a year", "four digits, B.E. or C.E.", code="year", written=value)


def _values_meant(run: Run, facet: str, value: str) -> list[str]:
    """The values in the index that a written value means. Raises QuestionError for one that the run does not have."""
    values: list[str] = []
    if facet == "year":
        values = [str(year) for year in (written_year(index_form(value)),) if year is not None]
    elif facet in _VALUES:
        values = [value]
    elif facet == "actor":
        values = actor_ids(value)
    elif facet == "theme":
        themes = run.themes().themes
        values = [theme.id for theme in themes if theme.id == value or value in theme.label]
    if not values:
        _check_in_run(run, facet, value)
    return values or [value]


def _check_in_run(run: Run, facet: str, value: str) -> None:
    """Raises QuestionError, naming the most frequent values, for one that no passage of the run has."""
    index = open_index(run)
    if index.search([], {facet: [value]}, limit=1).total:
        return
    counts = index.search([], {}, limit=1, count_facets=(facet,)).counts[facet]
    labels = {theme.id: theme.label for theme in run.themes().themes} if facet == "theme" else {}
    frequent = sorted((code for code in counts if code), key=lambda code: (-counts[code], code))[:_EXAMPLES]
    known = ", ".join(labels.get(code) or (actor_name(code) if facet == "actor" else "") or code for code in frequent)
    known += ", …" if len(counts) > _EXAMPLES else ""
    wrong = f"no passage of the run has this value of the facet {facet}"
    raise QuestionError(value, wrong, known, code="value", written=value, facet=facet, known=known or "-")


def narrowed(query: Query, more: Query) -> Query:
    """`query` with the words of `more` added, and with the facet values of `more` replacing its own for those facets.

    The limits are those of `more`. Raises QuestionError if `search` would refuse the words of one of them.
    """
    for each in (query, more):
        parse(each.text)
    text = f"({closed(query.text)}) ({closed(more.text)})" if query.text and more.text else query.text or more.text
    return replace(more, text=text, filters={**query.filters, **more.filters})


CONTEXT_COLUMNS = ("left", "hit", "right", "doc", "page")
"""The columns of a concordance's rows."""


@dataclass(frozen=True, slots=True)
class Concordance:
    """A hit with its left and right context, for a KWIC table."""

    passage: Passage
    left: str
    hit: str
    right: str


def concordance(answer: Answer, *, by: str = "right") -> list[Concordance]:
    """Key words in context, one row per hit, sorted by the words of the context on the `right` or the `left`.

    A context has as many whole words as fit (`_KWIC_WIDTH`). Rows are sorted word by word, from the hit outwards, in
    the order of a Thai dictionary. Raises UsageError for any other side.
    """
    if by not in SIDES:
        raise UsageError(by, "is not a side to sort by", ", ".join(SIDES))
    found = [_in_context(hit, start, end) for hit in answer.hits for start, end in hit.marks]
    found.sort(key=lambda each: [thai_order(word) for word in (each.words_left if by == "left" else each.words_right)])
    return [each.row for each in found]


def concordance_rows(lines: Iterable[Concordance]) -> list[dict[str, Any]]:
    """A concordance as flat rows, one per hit, for tables and data frames."""
    return [
        {"left": row.left, "hit": row.hit, "right": row.right, "doc": row.passage.doc, "page": row.passage.page}
        for row in lines
    ]


class _InContext(NamedTuple):
    """A row of a concordance, and the words by which it is sorted: on either side, from the hit outwards."""

    row: Concordance
    words_left: list[str]
    words_right: list[str]


def _in_context(hit: Hit, start: int, end: int) -> _InContext:
    """The hit at `text[start:end]` of a passage, in its context."""
    text, spans = hit.passage.text, word_spans(hit.passage.text, hit.words)
    before = [(first, min(last, start)) for first, last in spans if start - _KWIC_WIDTH <= first < start]
    after = [(max(first, end), last) for first, last in spans if end < last <= end + _KWIC_WIDTH]
    # If all words fit, so does what comes before the first or after the last, such as a bracket.
    left = min((first for first, _last in before), default=start) if start > _KWIC_WIDTH else 0
    right = max((last for _first, last in after), default=end) if len(text) - end > _KWIC_WIDTH else len(text)
    return _InContext(
        Concordance(hit.passage, text[left:start], text[start:end], text[end:right]),
        [text[first:last] for first, last in reversed(before)],
        [text[first:last] for first, last in after],
    )


def answer_rows(answer: Answer) -> list[dict[str, Any]]:
    """An answer as flat rows, one per passage, for tables and data frames."""
    return [
        {
            "doc": hit.passage.doc,
            "page": hit.passage.page,
            "kind": hit.tagging.kind,
            "pillars": " ".join(tag.code for tag in hit.tagging.pillars),
            "text": hit.passage.text.replace("\n", " "),
            "id": hit.passage.id,
            "section": join_section(hit.passage.section),
            "speaker": hit.passage.speaker,
            "actors": " | ".join(f"{tag.name} ({tag.role})" for tag in actors_of(hit.passage, hit.tagging)),
        }
        for hit in answer.hits
    ]
