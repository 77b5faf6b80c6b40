"""Counts over the answer to a query: collocates (words near the searched ones), and tables of one or two facets."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tipmine.store.entries import open_index
from tipmine.store.forms import index_words
from tipmine.store.marks import term_ranges
from tipmine.store.query import Query, check_facet_names, conditions, search
from tipmine.store.run import Run

WINDOW = 5
"""Words on each side of a hit that count as near it. Higher: more loosely connected words are found."""
_LEAST = 2
"""Fewest times a word must be near the hits to be listed. Higher hides rare words."""
_MOST_PASSAGES = 5_000
"""Most passages whose words are counted: the best ones, if the query finds more."""


@dataclass(frozen=True, slots=True)
class Collocate:
    """A word near the hits: how often it occurs there and in the whole run, and Dunning's log-likelihood (G2)."""

    word: str
    near: int
    total: int
    score: float


def log_likelihood(near: int, near_all: int, total: int, total_all: int) -> float:
    """Dunning's G2 of a word that occurs `near` times in `near_all` words and `total` times in `total_all` words.

    Negative if the word is rarer near the hits than elsewhere. Dunning (1993), Accurate Methods for the
    Statistics of Surprise and Coincidence, Computational Linguistics 19(1).

    >>> round(log_likelihood(10, 100, 20, 1000), 2), log_likelihood(1, 10, 10, 100)
    (21.18, 0.0)
    """
    far, far_all = total - near, total_all - near_all
    cells = (
        (near, near_all, total),
        (far, far_all, total),
        (near_all - near, near_all, total_all - total),
        (far_all - far, far_all, total_all - total),
    )
    score = 2 * sum(seen * math.log(seen * total_all / (row * column)) for seen, row, column in cells if seen > 0)
    return score if near * total_all >= total * near_all else -score


def collocates(run: Run, query: Query, *, window: int = WINDOW, limit: int | None = 20) -> list[Collocate]:
    """The words that are more frequent near the searched words than in the whole run, highest G2 first.

    A word is near if it is within `window` words of a hit; it counts once even if it is near several hits. The hits
    themselves, numbers and punctuation are left out. With a `limit` of None all words are listed. Empty for a query
    without words.
    """
    index = open_index(run)
    asked = conditions(run, index, query)
    if asked.filters is None or not asked.terms:
        return []
    everywhere = index.word_totals
    near: Counter[str] = Counter()
    for _key, words in run.iterate_words(index.search(asked.any_of, asked.filters, limit=_MOST_PASSAGES).ids):
        forms = index_words(words)
        near.update(forms[at] for at in _around(term_ranges(asked.terms, forms), len(forms), window))
    near_all, total_all = near.total(), everywhere.total()
    rows = [
        Collocate(word, count, everywhere[word], score)
        for word, count in near.items()
        if count >= _LEAST and any(c.isalpha() for c in word)
        if (score := log_likelihood(count, near_all, everywhere[word], total_all)) > 0
    ]
    return sorted(rows, key=lambda row: (-row.score, row.word))[:limit]


COLLOCATE_COLUMNS = ("word", "near", "total", "log_likelihood")
"""The columns of collocates as rows."""


def collocate_rows(hits: Iterable[Collocate]) -> list[dict[str, str | int | float]]:
    """Collocates as flat rows, for tables and data frames."""
    values = ((row.word, row.near, row.total, round(row.score, 2)) for row in hits)
    return [dict(zip(COLLOCATE_COLUMNS, row, strict=True)) for row in values]


def _around(spans: Sequence[tuple[int, int]], length: int, window: int) -> list[int]:
    inside = {at for start, end in spans for at in range(start, end)}
    reach = {at for start, end in spans for at in range(max(0, start - window), min(length, end + window))}
    return sorted(reach - inside)


COUNT_COLUMNS = ("facet", "value", "passages")
"""The columns of counts as rows."""


def count_rows(run: Run, query: Query, facets: Sequence[str]) -> list[dict[str, str | int]]:
    """The number of passages in the answer with each value of these facets, as flat rows in the order of `in_order`.

    Raises UsageError for an unknown facet.
    """
    counts = search(run, replace(query, limit=1, facets=tuple(facets))).counts
    values = ((facet, value, counts[facet][value]) for facet in facets for value in in_order(counts[facet]))
    return [dict(zip(COUNT_COLUMNS, row, strict=True)) for row in values]


def cross(run: Run, query: Query, rows: str, columns: str) -> dict[str, dict[str, int]]:
    """The number of passages in the answer for each pair of a value of `rows` and a value of `columns` (two facets).

    All filters of the query apply to every cell. For a facet with chosen values, only those are shown, in rows and in
    columns; for a facet against itself, the columns are all values that occur with the chosen rows. Rows are in the
    order of `in_order`; cells without passages are left out. Raises UsageError for an unknown facet.
    """
    check_facet_names((rows, columns))
    index = open_index(run)
    asked = conditions(run, index, query)
    if asked.filters is None:
        return {}
    cells = index.cross(asked.any_of, asked.filters, rows, columns)
    whole = index.search(asked.any_of, asked.filters, limit=1, count_facets=(rows,)).counts[rows]
    shown_rows = asked.filters.get(rows) or whole
    shown_columns = asked.filters.get(columns) if columns != rows else ()
    return {
        value: {name: n for name, n in cells.get(value, {}).items() if not shown_columns or name in shown_columns}
        for value in in_order(whole)
        if value in shown_rows
    }


def cross_rows(cells: Mapping[str, Mapping[str, int]], rows: str) -> list[dict[str, str | int]]:
    """A cross table as flat rows, for tables and data frames.

    Each row holds the value of the facet `rows` under the facet's name, then one count per column, zeros included, in
    the order of `in_order`.
    """
    totals: Counter[str] = Counter()
    for line in cells.values():
        totals.update(line)
    names = in_order(totals)
    return [{rows: value, **{name: line.get(name, 0) for name in names}} for value, line in cells.items()]


def in_order(counts: Mapping[str, int]) -> list[str]:
    """The values of a facet in table order: numbers (years) ascending, other values by descending frequency."""
    if all(value.isdecimal() for value in counts):
        return sorted(counts, key=int)
    return sorted(counts, key=lambda value: (-counts[value], value))
