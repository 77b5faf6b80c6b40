"""Questions to a run: words and facets in, passages with their tags and places out.

The language of the search box:

| written | means |
|---|---|
| `ล่าม ผู้เสียหาย` | both, anywhere in the passage; each is cut into words that must stand together |
| `"การคัดแยกผู้เสียหาย"` | exactly these letters |
| `ล่าม OR คนแปล` | one of them |
| `-ตำรวจ` | not this |
| `คุ้มครอง*` | words that begin so |
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tipmine.records import Passage, Tagging
from tipmine.store.index import FACETS, Clause, Index, index_form
from tipmine.store.run import INDEX, Run
from tipmine.tokenize import words as cut_words

_TERM = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')
_SCAN_LIMIT = 5_000
"""Candidates read from the records to check an exact quotation; more are not looked at. Passages."""
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


@dataclass(frozen=True, slots=True)
class Term:
    """One written term: its letters, and how it was written."""

    letters: str
    negative: bool = False
    quoted: bool = False
    prefix: bool = False

    def clause(self) -> Clause:
        """The term as a condition on the index."""
        return Clause(cut_words(self.letters) or (self.letters,), self.negative, self.prefix)


def parse(text: str) -> list[list[Term]]:
    """The written query as groups of terms: one group must hold, in it every term.

    >>> [[term.letters for term in group] for group in parse('"a b" c OR d')]
    [['a b', 'c'], ['d']]
    """
    groups: list[list[Term]] = [[]]
    for minus, quoted, bare in _TERM.findall(text):
        if bare == "OR" and not minus:
            groups.append([])
        elif quoted:
            groups[-1].append(Term(quoted, bool(minus), quoted=True))
        elif bare.strip('"*'):
            groups[-1].append(Term(bare.strip('"').rstrip("*"), bool(minus), prefix=bare.endswith("*")))
    return [group for group in groups if group]


def search(run: Run, query: Query) -> Answer:
    """Answer a query from the index and the records.

    Filters take the values that facets show: pillar codes, gazetteer ids, roles, kinds, years B.E., document ids.
    A quotation is found by its words first and then checked letter by letter.
    """
    groups = parse(query.text)
    exact = [term.letters for group in groups for term in group if term.quoted and not term.negative]
    any_of = [[term.clause() for term in group] for group in groups]
    index = Index(run.folder / INDEX)
    window = (_SCAN_LIMIT, 0) if exact else (query.limit, query.offset)
    found = index.search(any_of, query.filters, limit=window[0], offset=window[1], count_facets=query.facets)
    passages = run.passages_by_id(found.ids)
    ids = [key for key in found.ids if key in passages]
    total = found.total
    if exact:
        ids = [key for key in ids if _holds(passages[key].text, groups)]
        total = len(ids)
        ids = ids[query.offset : query.offset + query.limit]
    taggings = _taggings(run, [passages[key] for key in ids])
    hits = tuple(Hit(passages[key], taggings[key], find_marks(passages[key].text, groups)) for key in ids)
    return Answer(hits, total, found.counts)


def _holds(text: str, groups: Sequence[Sequence[Term]]) -> bool:
    return any(all((term.letters in text) != term.negative for term in group if term.quoted) for group in groups)


def _taggings(run: Run, passages: Sequence[Passage]) -> dict[str, Tagging]:
    found: dict[str, Tagging] = {}
    for doc in dict.fromkeys(passage.doc for passage in passages):
        found |= run.taggings(doc=doc)
    return found


def find_marks(text: str, groups: Sequence[Sequence[Term]]) -> tuple[tuple[int, int], ...]:
    """Where the asked letters stand in a text, without overlaps; digits and Latin case are equal as in the index."""
    folded = _fold(text)
    spans: list[tuple[int, int]] = []
    for term in (term for group in groups for term in group if not term.negative):
        needle = _fold(term.letters)
        start = folded.find(needle) if needle else -1
        while start >= 0:
            spans.append((start, start + len(needle)))
            start = folded.find(needle, start + len(needle))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if not merged or start >= merged[-1][1]:
            merged.append((start, end))
    return tuple(merged)


def _fold(text: str) -> str:
    # One letter for one letter, so that offsets stay; index_form would drop the stops of abbreviations.
    return "".join(folded if len(folded := index_form(c)) == 1 else c for c in text)


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


def known_facets() -> tuple[str, ...]:
    """The names that filters may have."""
    return FACETS
