"""The parameters of a search page: read from its address, and written into the addresses of related pages.

Everything that a search page shows is in its address, so the page can be sent, saved and returned to:
`/search?q=ล่าม&pillar=protection&kind=utterance&view=kwic&sort=left`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from tipmine.store.index import FACETS
from tipmine.store.language import MOST_LETTERS
from tipmine.store.query import Query
from tipmine.web.numbers import whole_number

PAGE = 20
"""Passages on one page of results."""
LAST_PAGE = 500
"""Last page of results that is shown; to see more, a reader narrows the query or downloads the answer."""
MOST_TEXT = MOST_LETTERS + 1
"""Most code points of a query that are read: one more than allowed, so a longer query is refused, not shortened."""
_VALUE = 300
"""Longest value of a facet in code points."""
_VALUES = 40
"""Most values that can be chosen for one facet."""
VIEWS = ("list", "kwic", "collocates", "cross")
SORTS = ("right", "left", "place")
CROSS = ("pillar", "kind", "role", "sector", "level", "type", "year", "province", "actor", "doc", "theme", "coverage")
"""Facets that a cross table can have as rows or columns."""


@dataclass(frozen=True, slots=True)
class SearchParams:
    """What a search page is asked for: words, facet values, how to show the answer, and which page of it."""

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    view: str = "list"
    sort: str = "right"
    page: int = 1
    rows: str = "pillar"
    columns: str = "kind"

    @classmethod
    def read(cls, params: QueryParams) -> SearchParams:
        """The parameters in an address; invalid ones are ignored."""
        filters = {
            facet: tuple(dict.fromkeys(value for value in params.getlist(facet) if 0 < len(value) <= _VALUE))[:_VALUES]
            for facet in FACETS
        }
        page = whole_number(params.get("page", "1"))
        return cls(
            text=" ".join(params.get("q", "")[:MOST_TEXT].split()),
            filters={facet: values for facet, values in filters.items() if values},
            view=_one_of(VIEWS, params.get("view", "")),
            sort=_one_of(SORTS, params.get("sort", "")),
            page=min(max(page or 1, 1), LAST_PAGE),
            rows=_one_of(CROSS, params.get("rows", "")),
            columns=_one_of(CROSS, params.get("columns", "kind")),
        )

    def query(self, *, limit: int = PAGE, offset: int | None = None, facets: Sequence[str] = ()) -> Query:
        """The query in the form that the store takes; the offset is that of the page by default."""
        start = (self.page - 1) * PAGE if offset is None else offset
        return Query(self.text, self.filters, limit, start, facets)

    def address(self, path: str = "/search", **changes: object) -> str:
        """The address of this search with some fields changed."""
        other = replace(self, **changes) if changes else self  # type: ignore[arg-type]  # fields of this class
        pairs: list[tuple[str, str]] = [("q", other.text)] if other.text else []
        pairs += [(facet, value) for facet, values in other.filters.items() for value in values]
        shown: Sequence[tuple[str, object, object]] = (
            ("view", other.view, "list"),
            ("sort", other.sort, "right"),
            ("page", other.page, 1),
            ("rows", other.rows, "pillar"),
            ("columns", other.columns, "kind"),
        )
        pairs += [(name, str(value)) for name, value, default in shown if value != default]
        return path + ("?" + urlencode(pairs) if pairs else "")

    def toggled(self, facet: str, value: str) -> str:
        """The address of this search with a facet's value toggled between chosen and not chosen."""
        values = self.filters.get(facet, ())
        changed = tuple(v for v in values if v != value) if value in values else (*values, value)
        return self.address(filters=dict(self.filters) | {facet: changed}, page=1)

    def has(self, facet: str, value: str) -> bool:
        """Whether a facet's value is chosen."""
        return value in self.filters.get(facet, ())

    def cleared(self) -> str:
        """The address without any filter."""
        return self.address(filters={}, page=1)


def search_address(text: str = "", **filters: str) -> str:
    """The address of a search from another page.

    >>> search_address(pillar="policy", kind="plan")
    '/search?pillar=policy&kind=plan'
    """
    return SearchParams(text, {facet: (value,) for facet, value in filters.items() if value}).address()


def _one_of(allowed: Sequence[str], value: str) -> str:
    return value if value in allowed else allowed[0]
