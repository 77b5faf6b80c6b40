"""The search index over the words of the passages: the only module that imports tantivy.

The index holds words (with positions, for phrases) and facet values, no text: text comes from the records by id.
It can be thrown away and rebuilt. Thai and Arabic digits are indexed alike, Latin letters without case, and
abbreviations without their stops, so that a search for one form finds the other.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
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
    "doubtful",
)
_WORDS = "words"
"""The field of the words. Indexes of versions that cut words otherwise call it otherwise, and are made anew."""
_WRITER_BYTES = 100_000_000
_FACET_VALUES = 10_000
"""Values counted for one facet; rarer ones are left out of the counts, not of the search."""
_WORDS_KEPT = 100_000
"""Words whose form in the index is kept: more than most runs have different ones of."""
_BREAKS = re.compile(r"[()\[\]{}<>/|;:!?\u2026\u2022\"\u00ab\u00bb\u2018\u2019\u201c\u201d]+")
"""Brackets, quotation marks and the like: words end there, whatever the tokenizer made of it."""
_MARKS = ".,-_'`*+=~^%&#@$\\\u2013\u2014\u00b7\u0e46\u0e2f"
"""What counts for nothing at the ends of a word: marks, the repetition sign and the sign of abbreviation."""
_ARABIC = "0123456789"
_THAI = "\u0e50\u0e51\u0e52\u0e53\u0e54\u0e55\u0e56\u0e57\u0e58\u0e59"
_TO_ARABIC, _TO_THAI = str.maketrans(_THAI, _ARABIC), str.maketrans(_ARABIC, _THAI)


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


@dataclass(frozen=True, slots=True)
class Group:
    """Conditions that must all hold; `only` and `never` are ids of passages that are looked at, and left out."""

    clauses: tuple[Clause, ...] = ()
    only: frozenset[str] | None = None
    never: frozenset[str] = frozenset()


def index_form(word: str) -> str:
    """A word as it stands in the index: Arabic digits, small letters, no spaces, marks at its ends or stops.

    >>> index_form("DSI."), index_form("\u0e52\u0e55\u0e56\u0e58"), index_form("1.5%")
    ('dsi', '2568', '1.5')
    """
    bare = word.replace(".", "") if any(c.isalpha() for c in word) else word
    return "".join(bare.split()).translate(_TO_ARABIC).lower().strip(_MARKS)


@lru_cache(maxsize=_WORDS_KEPT)
def _index_forms(word: str) -> tuple[str, ...]:
    """A word of the tokenizer as words of the index: it may hold brackets, and then several; none for a mark.

    >>> _index_forms("ปปง.(สอท)"), _index_forms("-")
    (('ปปง', 'สอท'), ())
    """
    return tuple(form for part in _BREAKS.split(word) if (form := index_form(part)))


def index_words(words: Iterable[str]) -> list[str]:
    """The words of a text as they stand in the index, in its order."""
    return [form for word in words for form in _index_forms(word)]


def arabic_digits(text: str) -> str:
    """A text with Arabic digits in place of Thai ones."""
    return text.translate(_TO_ARABIC)


def thai_digits(text: str) -> str:
    """A text with Thai digits in place of Arabic ones."""
    return text.translate(_TO_THAI)


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field(_WORDS, tokenizer_name="whitespace", index_option="position")
    for facet in FACETS:
        builder.add_text_field(facet, tokenizer_name="raw", fast=True, index_option="basic")
    return builder.build()


def build_index(folder: Path, entries: Iterable[Entry]) -> int:
    """Make the index anew beside the old one and put it in its place; returns the number of passages."""
    fresh = folder.with_name(folder.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    with _system_errors(fresh):
        index = tantivy.Index(_schema(), path=str(fresh))
        writer = index.writer(_WRITER_BYTES, 1)
        count = 0
        for entry in entries:
            writer.add_document(_document(entry))
            count += 1
        writer.commit()
        writer.wait_merging_threads()
    # The shortest moment without an index: who searches then finds none.
    old = folder.with_name(folder.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
    return count


@contextmanager
def _system_errors(folder: Path) -> Iterator[None]:
    """What the disk refuses comes from tantivy as a ValueError; here it becomes the OSError that it was."""
    try:
        yield
    except ValueError as error:
        if found := re.search(r"os error (\d+)", str(error)):
            raise OSError(int(found[1]), os.strerror(int(found[1])), str(folder)) from error
        raise


def _document(entry: Entry) -> Any:
    document = tantivy.Document()
    document.add_text("id", entry.id)
    document.add_text(_WORDS, " ".join(index_words(entry.words)))
    for facet, values in entry.facets.items():
        for value in dict.fromkeys(values):
            if value:
                document.add_text(facet, value)
    return document


def index_stamp(folder: Path) -> tuple[int, ...]:
    """Changes whenever the index in a folder is made anew."""
    state = (folder / "meta.json").stat()
    return (state.st_ino, state.st_mtime_ns, state.st_size)


class StaleIndexError(Exception):
    """An index of an older version, without some field of today's."""


class Index:
    """An index opened for searching. Raises StaleIndexError for one that must be built anew before."""

    def __init__(self, folder: Path) -> None:
        self._index = tantivy.Index.open(str(folder))
        self._schema = self._index.schema
        self._searcher = self._index.searcher()
        for name in (*FACETS, _WORDS):
            try:
                tantivy.Query.term_query(self._schema, name, "")
            except ValueError as error:
                raise StaleIndexError(name) from error

    def search(
        self,
        any_of: Sequence[Group],
        filters: Mapping[str, Sequence[str]],
        *,
        limit: int = 20,
        offset: int = 0,
        count_facets: Sequence[str] = (),
    ) -> Hits:
        """Passages of at least one group that have, for each filter, one of its values; of all, without any group."""
        query = self._query(any_of, filters)
        result = self._searcher.search(query, max(limit, 1), offset=offset)
        ids = [str(self._searcher.doc(address).get_first("id")) for _score, address in result.hits[:limit]]
        total = result.count  # type: ignore[attr-defined]  # the stubs lack what tantivy's own examples use
        free = not any_of and not any(filters.values())
        counts = (
            {facet: self._all_values(facet) for facet in count_facets} if free else self._counts(query, count_facets)
        )
        return Hits(tuple(ids), total or 0, counts)

    def every(self, any_of: Sequence[Group], filters: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
        """The ids of all passages that `search` would find."""
        return self.search(any_of, filters, limit=self._searcher.num_docs).ids

    def cross(
        self, any_of: Sequence[Group], filters: Mapping[str, Sequence[str]], rows: str, columns: str
    ) -> dict[str, dict[str, int]]:
        """In how many of the passages each value of the facet `rows` meets each value of `columns`; no zeros."""
        query = self._query(any_of, filters)
        nested = {"rows": _terms(rows) | {"aggs": {"columns": _terms(columns)}}}
        try:
            answer = self._searcher.aggregate(query, nested)
        except ValueError:
            # More cells than tantivy counts at once: row by row, which is slower.
            values = self._counts(query, (rows,))[rows]
            return {value: self._counts(self._with(query, rows, value), (columns,))[columns] for value in values}
        return {row["key"]: _bucket_counts(row["columns"]) for row in answer["rows"]["buckets"]}

    def _with(self, query: Any, facet: str, value: str) -> Any:
        chosen = tantivy.Query.term_query(self._schema, facet, value, "basic")
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, chosen)])

    def _counts(self, query: Any, facets: Sequence[str]) -> dict[str, dict[str, int]]:
        if not facets:
            return {}
        answer = self._searcher.aggregate(query, {facet: _terms(facet) for facet in facets})
        return {facet: _bucket_counts(answer[facet]) for facet in facets}

    def _all_values(self, facet: str) -> dict[str, int]:
        """Counts over all passages, from the term dictionary: it knows them without looking at any passage."""
        return dict(self._searcher.terms_with_prefix(facet, "", limit=_FACET_VALUES))

    def _query(self, any_of: Sequence[Group], filters: Mapping[str, Sequence[str]]) -> Any:
        parts = [(tantivy.Occur.Must, _either([self._group(group) for group in any_of]))] if any_of else []
        for facet, values in filters.items():
            if values:
                choice = _either([tantivy.Query.term_query(self._schema, facet, v, "basic") for v in values])
                parts.append((tantivy.Occur.Must, tantivy.Query.const_score_query(choice, 0.0)))
        return tantivy.Query.boolean_query(parts) if parts else tantivy.Query.all_query()

    def _group(self, group: Group) -> Any:
        must, must_not = tantivy.Occur.Must, tantivy.Occur.MustNot
        parts = [(must_not if clause.negative else must, self._clause(clause)) for clause in group.clauses]
        if group.only is not None:
            parts.append((must, self._ids(group.only)))
        if group.never:
            parts.append((must_not, self._ids(group.never)))
        if all(occur == must_not for occur, _query in parts):
            parts.append((must, tantivy.Query.all_query()))
        return tantivy.Query.boolean_query(parts)

    def _ids(self, ids: frozenset[str]) -> Any:
        chosen = tantivy.Query.term_set_query(self._schema, "id", sorted(ids))
        return tantivy.Query.const_score_query(chosen, 0.0)

    def _clause(self, clause: Clause) -> Any:
        if clause.others:
            # The index lets words stand apart only in the order in which they are given.
            pairs = [pair for a in clause.phrases for b in clause.others for pair in ((*a, *b), (*b, *a))]
            return _either([self._phrase(words, slop=clause.distance) for words in pairs])
        phrases = clause.phrases
        if clause.prefix:
            phrases = tuple((*before, word) for *before, last in phrases for word in self._words_from(last))
        return _either([self._phrase(words) for words in phrases])

    def _words_from(self, prefix: str) -> list[str]:
        return [word for word, _count in self._searcher.terms_with_prefix(_WORDS, prefix)] if prefix else []

    def _phrase(self, words: Sequence[str], *, slop: int = 0) -> Any:
        # The wide element type is tantivy's: a phrase may name positions beside its words.
        known: list[str | tuple[int, str]] = [word for word in words if word]
        if not known:
            return tantivy.Query.empty_query()
        if len(known) == 1:
            return tantivy.Query.term_query(self._schema, _WORDS, str(known[0]))
        return tantivy.Query.phrase_query(self._schema, _WORDS, known, slop=slop)


def _terms(facet: str) -> dict[str, Any]:
    return {"terms": {"field": facet, "size": _FACET_VALUES}}


def _bucket_counts(answer: Mapping[str, Any]) -> dict[str, int]:
    return {bucket["key"]: bucket["doc_count"] for bucket in answer["buckets"]}


def _either(choices: Sequence[Any]) -> Any:
    if len(choices) == 1:
        return choices[0]
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, choice) for choice in choices])
