"""Counts over the answer to a query: words that stand near the asked ones, and two facets against each other."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tipmine.store.index import index_form
from tipmine.store.language import parse, places
from tipmine.store.query import Query, search
from tipmine.store.run import Run

WINDOW = 5
"""Words on each side of a hit that count as near it. Wider windows find looser company."""
_LEAST = 2
"""Times a word must stand near the hits to be listed. Higher hides rare company."""
_MOST_PASSAGES = 5_000
"""Passages whose words are looked at; the best ones, where the query finds more."""


@dataclass(frozen=True, slots=True)
class Collocate:
    """A word near the hits: how often there, how often in the whole run, and Dunning's log-likelihood (G2)."""

    word: str
    near: int
    total: int
    score: float


def log_likelihood(near: int, near_all: int, total: int, total_all: int) -> float:
    """Dunning's G2 of a word that stands `near` times among `near_all` words and `total` times among `total_all`.

    Negative where the word is rarer near the hits than elsewhere. Dunning (1993), Accurate Methods for the
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
    found = 2 * sum(seen * math.log(seen * total_all / (row * column)) for seen, row, column in cells if seen > 0)
    return found if near * total_all >= total * near_all else -found


def collocates(run: Run, query: Query, *, window: int = WINDOW, limit: int = 20) -> list[Collocate]:
    """The words that stand near the asked words more often than in the run as a whole, the surest first.

    A word is near within `window` words of a hit, once however many hits it is near; the hits themselves, numbers and
    marks are left out. Empty for a query without words.
    """
    groups = parse(query.text)
    answer = search(run, replace(query, limit=_MOST_PASSAGES, offset=0))
    found = {hit.passage.id for hit in answer.hits}
    everywhere: Counter[str] = Counter()
    near: Counter[str] = Counter()
    for key, words in run.words().items():
        forms = [form for word in words if (form := index_form(word))]
        everywhere.update(forms)
        if key in found:
            near.update(forms[at] for at in _around(places(groups, forms), len(forms), window))
    near_all, total_all = near.total(), everywhere.total()
    rows = [
        Collocate(word, count, everywhere[word], score)
        for word, count in near.items()
        if count >= _LEAST and any(c.isalpha() for c in word)
        if (score := log_likelihood(count, near_all, everywhere[word], total_all)) > 0
    ]
    return sorted(rows, key=lambda row: (-row.score, row.word))[:limit]


def _around(spans: Sequence[tuple[int, int]], length: int, window: int) -> list[int]:
    inside = {at for start, end in spans for at in range(start, end)}
    reach = {at for start, end in spans for at in range(max(0, start - window), min(length, end + window))}
    return sorted(reach - inside)


def cross(run: Run, query: Query, rows: str, columns: str) -> dict[str, Mapping[str, int]]:
    """How many passages of the answer have both a value of the facet `rows` and one of `columns`."""
    whole = search(run, replace(query, limit=1, offset=0, facets=(rows,))).counts[rows]
    given = query.filters.get(rows, ())
    found: dict[str, Mapping[str, int]] = {}
    for value in sorted(whole, key=lambda value: (-whole[value], value)):
        if not given or value in given:
            narrowed = replace(query, filters={**query.filters, rows: [value]}, limit=1, offset=0, facets=(columns,))
            found[value] = search(run, narrowed).counts[columns]
    return found
