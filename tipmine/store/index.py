"""The search index over the words of the passages: the only module that imports tantivy.

The index holds words (with positions, for phrases), pairs of neighbouring letters (for quotations), and facet values,
but no text: text comes from the records by id. It can be deleted and rebuilt. Words are indexed in the form of
`forms.py`, and so are pairs of letters.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import tantivy

from tipmine.atomic import replacing_folder
from tipmine.store.forms import index_words, letters_key

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
"""The field of the words. Rename it when words are split differently, so that older indexes are rebuilt."""
_PAIRS = "pairs_of_letters"
"""The field of the pairs of neighbouring letters: a text can hold a quotation only if it has all of its pairs. Rename
it when letters are written differently (`forms.letters_key`)."""
_PAIR = 2
"""Letters in a pair. With three, fewer passages need checking, but the index is half as large again."""
_TOTALS = "totals.json"
"""File with the number of occurrences of each word in the run; tantivy only knows how many passages have it."""
_DECISIONS = "decisions.json"
"""File that says which of people's decisions the facets hold."""
_WRITER_BYTES = 100_000_000
"""Memory of the writer; with more, it makes fewer and larger segments before they are merged."""
_FACET_VALUES = 10_000
"""Most values counted for one facet; rarer ones are missing from the counts, not from the search."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index needs of a passage: id, words in order, the values of each facet, and the text as written."""

    id: str
    words: Sequence[str]
    facets: Mapping[str, Sequence[str]]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Hits:
    """Ids in order of relevance, the total number of hits, and the count of each value of each requested facet."""

    ids: tuple[str, ...]
    total: int
    counts: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Clause:
    """One condition: a passage must hold one of some phrases (consecutive words, in the form of the index).

    With `prefix`, the last word may be the beginning of a word; with `negative`, the condition excludes. With `others`,
    one of those phrases must be at most `distance` words away on either side; for phrases of several words this finds
    slightly too much. With `letters` and no phrases, the passage must hold all their pairs of neighbouring letters,
    which also finds slightly more than the passages that hold the letters in sequence.
    """

    phrases: tuple[tuple[str, ...], ...]
    negative: bool = False
    prefix: bool = False
    others: tuple[tuple[str, ...], ...] = ()
    distance: int = 0
    letters: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Conditions that must all hold. `only` limits the passages to these ids; `never` excludes these ids."""

    clauses: tuple[Clause, ...] = ()
    only: frozenset[str] | None = None
    never: frozenset[str] = frozenset()


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field(_WORDS, tokenizer_name="whitespace", index_option="position")
    builder.add_text_field(_PAIRS, tokenizer_name=_PAIRS, index_option="basic")
    for facet in FACETS:
        builder.add_text_field(facet, tokenizer_name="raw", fast=True, index_option="basic")
    return builder.build()


def build_index(folder: Path, entries: Iterable[Entry], decisions: Sequence[int] = ()) -> int:
    """Build a new index beside the old one, then replace it; returns the number of passages.

    `decisions` says which of people's decisions the entries hold (`store.decisions.decision_state`). If building fails,
    the old index stays as it was.
    """
    # For a moment there is no index; a search at that moment fails and is tried again.
    with replacing_folder(folder) as fresh:
        return _fill(fresh, entries, decisions)


def _fill(fresh: Path, entries: Iterable[Entry], decisions: Sequence[int]) -> int:
    with _system_errors(fresh):
        index = tantivy.Index(_schema(), path=str(fresh))
        index.register_tokenizer(_PAIRS, _letter_pairs())
        writer = index.writer(_WRITER_BYTES, 1)
        totals: Counter[str] = Counter()
        count = 0
        for entry in entries:
            forms = index_words(entry.words)
            totals.update(forms)
            writer.add_document(_document(entry, forms))
            count += 1
        writer.commit()
        writer.wait_merging_threads()
        (fresh / _TOTALS).write_text(json.dumps(totals, ensure_ascii=False), encoding="utf-8")
        (fresh / _DECISIONS).write_text(json.dumps(list(decisions)), encoding="utf-8")
    return count


def indexed_decisions(folder: Path) -> tuple[int, ...] | None:
    """Which decisions the index in the folder holds, as given to `build_index`; None if it does not say."""
    try:
        return tuple(json.loads((folder / _DECISIONS).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


@contextmanager
def _system_errors(folder: Path) -> Iterator[None]:
    """Turns a ValueError by which tantivy reports an error of the disk back into an OSError."""
    try:
        yield
    except ValueError as error:
        if code := re.search(r"os error (\d+)", str(error)):
            raise OSError(int(code[1]), os.strerror(int(code[1])), str(folder)) from error
        raise


def _letter_pairs() -> Any:
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.ngram(_PAIR, _PAIR)).build()


def _document(entry: Entry, forms: Sequence[str]) -> Any:
    document = tantivy.Document()
    document.add_text("id", entry.id)
    document.add_text(_WORDS, " ".join(forms))
    document.add_text(_PAIRS, letters_key(entry.text))
    for facet, values in entry.facets.items():
        for value in dict.fromkeys(values):
            if value:
                document.add_text(facet, value)
    return document


def index_stamp(folder: Path) -> tuple[int, ...]:
    """A value that changes whenever the index in the folder is rebuilt."""
    state = (folder / "meta.json").stat()
    return (state.st_ino, state.st_mtime_ns, state.st_size)


class StaleIndexError(Exception):
    """The index is of an older version, lacks a current field or is damaged, and must be rebuilt."""


class Index:
    """An index opened for searching. Raises StaleIndexError if it must be rebuilt first."""

    def __init__(self, folder: Path) -> None:
        try:
            self._index = tantivy.Index.open(str(folder))
            self._searcher = self._index.searcher()
        except ValueError as error:
            raise StaleIndexError(str(error)) from error
        self._schema = self._index.schema
        self._totals = folder / _TOTALS
        for name in (*FACETS, _WORDS, _PAIRS):
            try:
                tantivy.Query.term_query(self._schema, name, "")
            except ValueError as error:
                raise StaleIndexError(name) from error

    def search(
        self,
        any_of: Sequence[Group],
        filters: Mapping[str, Sequence[str]],
        *,
        limit: int | None = 20,
        offset: int = 0,
        count_facets: Sequence[str] = (),
    ) -> Hits:
        """The passages that match at least one group (all passages without groups) and one value of each filter.

        With a `limit` of None, the ids of all of them are returned.
        """
        query = self._query(any_of, filters)
        # tantivy reserves room for as many hits as are asked for.
        limit = self._searcher.num_docs if limit is None else min(limit, self._searcher.num_docs)
        result = self._searcher.search(query, max(limit, 1), offset=offset)
        ids = [str(self._searcher.doc(address).get_first("id")) for _score, address in result.hits[:limit]]
        total = result.count  # type: ignore[attr-defined]  # the stubs lack what tantivy's own examples use
        free = not any_of and not any(filters.values())
        counts = (
            {facet: self._all_values(facet) for facet in count_facets} if free else self._counts(query, count_facets)
        )
        return Hits(tuple(ids), total or 0, counts)

    def matching_ids(self, any_of: Sequence[Group], filters: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
        """The ids of all passages that `search` would find."""
        return self.search(any_of, filters, limit=None).ids

    @cached_property
    def word_totals(self) -> Counter[str]:
        """The number of occurrences of each word (in the form of the index) in all passages."""
        return Counter(json.loads(self._totals.read_text(encoding="utf-8")))

    def cross(
        self, any_of: Sequence[Group], filters: Mapping[str, Sequence[str]], rows: str, columns: str
    ) -> dict[str, dict[str, int]]:
        """The number of passages for each pair of values of the facets `rows` and `columns`; zeros are left out."""
        query = self._query(any_of, filters)
        nested = {"rows": _terms(rows) | {"aggs": {"columns": _terms(columns)}}}
        try:
            answer = self._searcher.aggregate(query, nested)
        except ValueError:
            # More cells than tantivy counts at once are counted row by row, which is slower.
            values = self._counts(query, (rows,))[rows]
            return {value: self._counts(self._narrowed(query, rows, value), (columns,))[columns] for value in values}
        return {row["key"]: _bucket_counts(row["columns"]) for row in answer["rows"]["buckets"]}

    def _narrowed(self, query: Any, facet: str, value: str) -> Any:
        chosen = tantivy.Query.term_query(self._schema, facet, value, "basic")
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, chosen)])

    def _counts(self, query: Any, facets: Sequence[str]) -> dict[str, dict[str, int]]:
        if not facets:
            return {}
        answer = self._searcher.aggregate(query, {facet: _terms(facet) for facet in facets})
        return {facet: _bucket_counts(answer[facet]) for facet in facets}

    def _all_values(self, facet: str) -> dict[str, int]:
        """Counts over all passages, from the term dictionary, without reading any passage."""
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
        if clause.letters:
            return self._pairs(letters_key(clause.letters))
        if clause.others:
            # The index allows a distance between words only in the given order.
            left, right = self._known_phrases(clause.phrases), self._known_phrases(clause.others)
            pairs = [pair for a in left for b in right for pair in ((*a, *b), (*b, *a))]
            return _either([self._phrase(words, slop=clause.distance) for words in pairs])
        phrases = clause.phrases
        if clause.prefix:
            phrases = tuple((*before, word) for *before, last in phrases for word in self._words_from(last))
        return _either([self._phrase(words) for words in phrases])

    def _pairs(self, letters: str) -> Any:
        pairs = dict.fromkeys(letters[at : at + _PAIR] for at in range(len(letters) - _PAIR + 1))
        known = [tantivy.Query.term_query(self._schema, _PAIRS, pair, "basic") for pair in pairs]
        if not known:
            return tantivy.Query.all_query()
        return tantivy.Query.const_score_query(
            tantivy.Query.boolean_query([(tantivy.Occur.Must, pair) for pair in known]), 0.0
        )

    def _known_phrases(self, phrases: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
        """The phrases whose words are all in the index: pairing others with them would cost time for nothing."""
        return [words for words in phrases if all(self._searcher.doc_freq(_WORDS, word) for word in words)]

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
    """The aggregation that counts the values of a facet."""
    return {"terms": {"field": facet, "size": _FACET_VALUES}}


def _bucket_counts(answer: Mapping[str, Any]) -> dict[str, int]:
    return {bucket["key"]: bucket["doc_count"] for bucket in answer["buckets"]}


def _either(choices: Sequence[Any]) -> Any:
    """A query that finds what any of the choices finds; nothing without choices."""
    if not choices:
        return tantivy.Query.empty_query()
    if len(choices) == 1:
        return choices[0]
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, choice) for choice in choices])
