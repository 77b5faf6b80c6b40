"""The search index over the words of the passages: the only module that imports tantivy.

The index holds words (with positions, for phrases) and facet values, no text: text comes from the records by id.
It can be thrown away and rebuilt. Thai and Arabic digits are indexed alike, Latin letters without case, and
abbreviations without their stops, so that a search for one form finds the other.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tantivy

FACETS = (
    "pillar",
    "actor",
    "role",
    "sector",
    "level",
    "kind",
    "type",
    "year",
    "province",
    "doc",
    "speaker",
    "theme",
    "coverage",
    "reviewed",
)
_WRITER_BYTES = 100_000_000
_FACET_VALUES = 200
"""Values counted for one facet; rarer ones are left out of the counts, not of the search."""
_THAI_DIGITS = str.maketrans("\u0e50\u0e51\u0e52\u0e53\u0e54\u0e55\u0e56\u0e57\u0e58\u0e59", "0123456789")


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage as the index takes it: id, words in order, and the values of each facet."""

    id: str
    words: Sequence[str]
    facets: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Hits:
    """Ids in order of relevance, the number of all hits, and for each asked facet how often each value occurs."""

    ids: tuple[str, ...]
    total: int
    counts: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Clause:
    """One condition: one of some phrases (words that follow each other, in the form of the index) must be there.

    `prefix` lets the last word go on, `negative` excludes. With `others` one of those phrases must stand at most
    `distance` words away, on either side; where a phrase has several words this finds somewhat more than it should.
    """

    phrases: tuple[tuple[str, ...], ...]
    negative: bool = False
    prefix: bool = False
    others: tuple[tuple[str, ...], ...] = ()
    distance: int = 0


def index_form(word: str) -> str:
    """A word as it stands in the index.

    >>> index_form("DSI."), index_form("\u0e52\u0e55\u0e56\u0e58")
    ('dsi', '2568')
    """
    bare = word.replace(".", "") if any(c.isalpha() for c in word) else word
    return "".join(bare.split()).translate(_THAI_DIGITS).lower()


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("body", tokenizer_name="whitespace", index_option="position")
    for facet in FACETS:
        builder.add_text_field(facet, tokenizer_name="raw", fast=True, index_option="basic")
    return builder.build()


def build_index(folder: Path, entries: Iterable[Entry]) -> int:
    """Make the index anew beside the old one and put it in its place; returns the number of passages."""
    fresh = folder.with_name(folder.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    index = tantivy.Index(_schema(), path=str(fresh))
    writer = index.writer(_WRITER_BYTES, 1)
    count = 0
    for entry in entries:
        writer.add_document(_document(entry))
        count += 1
    writer.commit()
    writer.wait_merging_threads()
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)
    return count


def _document(entry: Entry) -> Any:
    document = tantivy.Document()
    document.add_text("id", entry.id)
    document.add_text("body", " ".join(filter(None, map(index_form, entry.words))))
    for facet, values in entry.facets.items():
        for value in dict.fromkeys(values):
            if value:
                document.add_text(facet, value)
    return document


class Index:
    """An index opened for searching."""

    def __init__(self, folder: Path) -> None:
        self._index = tantivy.Index.open(str(folder))
        self._schema = self._index.schema
        self._searcher = self._index.searcher()

    def search(
        self,
        any_of: Sequence[Sequence[Clause]],
        filters: Mapping[str, Sequence[str]],
        *,
        limit: int = 20,
        offset: int = 0,
        count_facets: Sequence[str] = (),
    ) -> Hits:
        """Passages that fulfil all clauses of at least one group and have, for each filter, one of its values.

        Without any clause everything matches. `count_facets` names the facets to count over all hits.
        """
        query = self._query(any_of, filters)
        result = self._searcher.search(query, max(limit, 1), offset=offset)
        ids = [str(self._searcher.doc(address).get_first("id")) for _score, address in result.hits[:limit]]
        counts: dict[str, Mapping[str, int]] = {}
        if count_facets:
            wanted = {f: {"terms": {"field": f, "size": _FACET_VALUES}} for f in count_facets}
            answer = self._searcher.aggregate(query, wanted)
            counts = {f: {b["key"]: b["doc_count"] for b in answer[f]["buckets"]} for f in count_facets}
        total = result.count  # type: ignore[attr-defined]  # the stubs lack what tantivy's own examples use
        return Hits(tuple(ids), total or 0, counts)

    def _query(self, any_of: Sequence[Sequence[Clause]], filters: Mapping[str, Sequence[str]]) -> Any:
        parts: list[tuple[Any, Any]] = []
        groups = [self._group(clauses) for clauses in any_of if clauses]
        if groups:
            parts.append(
                (tantivy.Occur.Must, tantivy.Query.boolean_query([(tantivy.Occur.Should, group) for group in groups]))
            )
        for facet, values in filters.items():
            if values:
                choice = tantivy.Query.term_set_query(self._schema, facet, list(values))
                parts.append((tantivy.Occur.Must, tantivy.Query.const_score_query(choice, 0.0)))
        if not parts:
            return tantivy.Query.all_query()
        return tantivy.Query.boolean_query(parts)

    def _group(self, clauses: Sequence[Clause]) -> Any:
        parts = [
            (tantivy.Occur.MustNot if clause.negative else tantivy.Occur.Must, self._clause(clause))
            for clause in clauses
        ]
        if all(clause.negative for clause in clauses):
            parts.append((tantivy.Occur.Must, tantivy.Query.all_query()))
        return tantivy.Query.boolean_query(parts)

    def _clause(self, clause: Clause) -> Any:
        choices = [self._phrase(words, prefix=clause.prefix) for words in clause.phrases]
        if clause.others:
            # The index lets words stand apart only in the order in which they are given.
            pairs = [(a, b) for left in clause.phrases for right in clause.others for a, b in _orders(left, right)]
            choices = [self._phrase((*a, *b), slop=clause.distance) for a, b in pairs]
        if len(choices) == 1:
            return choices[0]
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, choice) for choice in choices])

    def _phrase(self, words: Sequence[str], *, prefix: bool = False, slop: int = 0) -> Any:
        # The wide element type is tantivy's: a phrase may name positions beside its words.
        known: list[str | tuple[int, str]] = [word for word in words if word]
        if not known:
            return tantivy.Query.empty_query()
        if prefix and len(known) > 1:
            return tantivy.Query.phrase_prefix_query(self._schema, "body", known)
        if prefix:
            return tantivy.Query.regex_query(self._schema, "body", _escape(str(known[0])) + ".*")
        if len(known) == 1:
            return tantivy.Query.term_query(self._schema, "body", str(known[0]))
        return tantivy.Query.phrase_query(self._schema, "body", known, slop=slop)


def _orders(
    left: tuple[str, ...], right: tuple[str, ...]
) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], tuple[tuple[str, ...], tuple[str, ...]]]:
    return (left, right), (right, left)


def _escape(text: str) -> str:
    return "".join(f"\\{c}" if c in r"\.+*?()|[]{}^$#&-~" else c for c in text)
