"""The facets beside a search: every value with its count and the address to which it links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tipmine.report.names import Names, facet_names
from tipmine.store.index import FACETS as KNOWN
from tipmine.store.query import Query
from tipmine.store.run import Run
from tipmine.web.desk import Desk
from tipmine.web.search_params import SearchParams

_SHOWN = 7
"""Number of values of a facet shown before the reader asks for the rest."""
_MOST_VALUES = 60
"""Most values of a facet in all; rarer ones can be typed into the search box."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: its name, the number of passages, whether it is chosen, and the address of its link."""

    name: str
    count: int
    chosen: bool
    address: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with its values, the most frequent first; `rest` is shown on request."""

    code: str
    name: str
    first: tuple[Choice, ...]
    rest: tuple[Choice, ...]


def facets(desk: Desk, run: Run, params: SearchParams, names: Names) -> list[Facet]:
    """All facets with counts. Values chosen for a facet do not narrow its own counts, since they are alternatives."""
    free = tuple(facet for facet in KNOWN if facet not in params.filters)
    counts = dict(desk.search(run, Query(params.text, params.filters, 1, 0, free)).counts)
    for facet in params.filters:
        others = {name: values for name, values in params.filters.items() if name != facet}
        counts |= desk.search(run, Query(params.text, others, 1, 0, (facet,))).counts
    shown = []
    for facet, name in facet_names().items():
        choices = _choices(params, facet, counts.get(facet, {}), names)
        if choices:
            shown.append(Facet(facet, name, choices[:_SHOWN], choices[_SHOWN:_MOST_VALUES]))
    return shown


def _choices(params: SearchParams, facet: str, counts: Mapping[str, int], names: Names) -> tuple[Choice, ...]:
    values = dict.fromkeys((*params.filters.get(facet, ()), *counts))
    choices = [
        Choice(names.value(facet, value), counts.get(value, 0), params.has(facet, value), params.toggled(facet, value))
        for value in values
    ]
    return tuple(sorted(choices, key=lambda choice: (not choice.chosen, -choice.count, choice.name)))
