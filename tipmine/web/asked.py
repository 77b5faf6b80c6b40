"""What the address of a search page asks for, read with care, and the addresses of its neighbours.

Whatever a search page shows stands in its address, so that it can be sent, kept and gone back to:
`/search?q=ล่าม&pillar=protection&kind=utterance&view=kwic&sort=left`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from tipmine.store.index import FACETS
from tipmine.store.query import Query

PAGE = 20
"""Passages on one page of results."""
LAST_PAGE = 500
"""Last page that can be turned to: what lies deeper wants a narrower question, or the download."""
MOST_TEXT = 500
"""Longest question. Code points."""
_VALUE = 300
"""Longest value of a facet. Code points."""
_VALUES = 40
"""Values allowed for one facet at the same time."""
VIEWS = ("list", "kwic", "collocates", "cross")
SORTS = ("right", "left", "place")
CROSS = ("pillar", "kind", "role", "sector", "level", "type", "year", "province", "actor", "doc", "theme", "coverage")
"""Facets that can be set against each other in a cross table."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as asked: words, allowed facet values, how to show the answer, and which page of it."""

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    view: str = "list"
    sort: str = "right"
    page: int = 1
    rows: str = "pillar"
    columns: str = "kind"

    @classmethod
    def read(cls, params: QueryParams) -> Asked:
        """The question of an address; what makes no sense in it is left out."""
        filters = {
            facet: tuple(dict.fromkeys(value for value in params.getlist(facet) if 0 < len(value) <= _VALUE))[:_VALUES]
            for facet in FACETS
        }
        number = params.get("page", "1")
        return cls(
            text=" ".join(params.get("q", "")[:MOST_TEXT].split()),
            filters={facet: values for facet, values in filters.items() if values},
            view=_one_of(VIEWS, params.get("view", "")),
            sort=_one_of(SORTS, params.get("sort", "")),
            page=min(max(int(number), 1), LAST_PAGE) if number.isdecimal() and len(number) < 6 else 1,
            rows=_one_of(CROSS, params.get("rows", "")),
            columns=_one_of(CROSS, params.get("columns", "kind")),
        )

    def query(self, *, limit: int = PAGE, offset: int | None = None, facets: Sequence[str] = ()) -> Query:
        """The question as the store takes it; the page decides the offset where none is given."""
        start = (self.page - 1) * PAGE if offset is None else offset
        return Query(self.text, self.filters, limit, start, facets)

    def address(self, path: str = "/search", **changes: object) -> str:
        """The address of this question with some fields changed."""
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
        """The address in which a facet's value is allowed if it was not, and the other way round."""
        values = self.filters.get(facet, ())
        changed = tuple(v for v in values if v != value) if value in values else (*values, value)
        return self.address(filters=dict(self.filters) | {facet: changed}, page=1)

    def has(self, facet: str, value: str) -> bool:
        """Whether a facet's value is asked for."""
        return value in self.filters.get(facet, ())

    def cleared(self) -> str:
        """The address without any filter."""
        return self.address(filters={}, page=1)


def search_address(text: str = "", **filters: str) -> str:
    """The address of a search from another page.

    >>> search_address(pillar="policy", kind="plan")
    '/search?pillar=policy&kind=plan'
    """
    return Asked(text, {facet: (value,) for facet, value in filters.items() if value}).address()


def _one_of(allowed: Sequence[str], value: str) -> str:
    return value if value in allowed else allowed[0]
