"""The search desk: question, facets with counts, passages with marks, key words in context, cross table, download."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from tipmine.store.index import FACETS as KNOWN
from tipmine.store.query import Answer, Concordance, Hit, Query, concordance
from tipmine.store.run import Run
from tipmine.web import downloads
from tipmine.web.asked import LAST_PAGE, PAGE, Asked
from tipmine.web.desk import Desk
from tipmine.web.marks import Piece, Span, excerpt, is_mark, tag_spans
from tipmine.web.names import FACETS, Names

_SHOWN = 7
"""Values of a facet shown before the reader asks for the rest."""
_MOST_VALUES = 60
KWIC_PASSAGES = 2_000
"""Passages whose hits are sorted for key words in context; a wider question is cut there, and said to be."""
_CROSS_VALUES = 12
"""Rows and columns of a cross table."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: its name, how many passages have it, whether it is chosen, where a click leads."""

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


@dataclass(frozen=True, slots=True)
class Row:
    """A passage found, with the pieces of its excerpt."""

    hit: Hit
    title: str
    pieces: tuple[Piece, ...]


def find(request: Request) -> Response:
    """The search desk."""
    desk: Desk = request.app.state.desk
    asked = Asked.read(request.query_params)
    with desk.open() as run:
        names = desk.names(run)
        values: dict[str, Any] = {"asked": asked, "names": names, "facets": _facets(desk, run, asked, names)}
        if asked.view == "kwic":
            values |= _kwic(desk, run, asked)
        elif asked.view == "cross":
            values |= cross_table(desk, run, asked, names)
        else:
            values |= _list(desk, run, asked, names)
        return desk.render(request, f"search_{asked.view}.html", run, **values)


def _list(desk: Desk, run: Run, asked: Asked, names: Names) -> dict[str, Any]:
    answer = desk.search(run, asked.query())
    rows = [_row(hit, names) for hit in answer.hits]
    return {"total": answer.total, "rows": rows, "turn": _turn(asked, answer.total)}


def _row(hit: Hit, names: Names) -> Row:
    asked_for = [Span(start, end, "hit") for start, end in hit.marks]
    # Without words the tags' own marks show why a passage is here.
    spans = asked_for or tag_spans(hit.tagging)
    cut = excerpt(hit.passage.text, spans)
    return Row(hit, names.value("doc", hit.passage.doc), tuple(cut))


def _turn(asked: Asked, total: int) -> dict[str, Any]:
    last = min(max(-(-total // PAGE), 1), LAST_PAGE)
    return {
        "page": asked.page,
        "last": last,
        "before": asked.address(page=asked.page - 1) if asked.page > 1 else "",
        "after": asked.address(page=asked.page + 1) if asked.page < last else "",
    }


def _facets(desk: Desk, run: Run, asked: Asked, names: Names) -> list[Facet]:
    """Every facet with counts. A facet's own choice does not narrow its counts: its values are alternatives."""
    free = tuple(facet for facet in KNOWN if facet not in asked.filters)
    counts = dict(desk.search(run, Query(asked.text, asked.filters, 1, 0, free)).counts)
    for facet in asked.filters:
        others = {name: values for name, values in asked.filters.items() if name != facet}
        counts |= desk.search(run, Query(asked.text, others, 1, 0, (facet,))).counts
    found = []
    for facet, name in FACETS.items():
        choices = _choices(asked, facet, counts.get(facet, {}), names)
        if choices:
            found.append(Facet(facet, name, choices[:_SHOWN], choices[_SHOWN:_MOST_VALUES]))
    return found


def _choices(asked: Asked, facet: str, counts: Mapping[str, int], names: Names) -> tuple[Choice, ...]:
    values = dict.fromkeys((*asked.filters.get(facet, ()), *counts))
    choices = [
        Choice(names.value(facet, value), counts.get(value, 0), asked.has(facet, value), asked.toggled(facet, value))
        for value in values
    ]
    return tuple(sorted(choices, key=lambda choice: (not choice.chosen, -choice.count, choice.name)))


def kwic_rows(answer: Answer, sort: str) -> list[Concordance]:
    """Key words in context, one row a hit, sorted by the right or the left context or left in the order of texts."""
    if sort in ("right", "left"):
        return concordance(answer, by=sort)
    return sorted(concordance(answer), key=lambda row: (row.passage.doc, row.passage.order))


def _kwic(desk: Desk, run: Run, asked: Asked) -> dict[str, Any]:
    answer = desk.search(run, asked.query(limit=KWIC_PASSAGES, offset=0)) if asked.text else None
    rows = kwic_rows(answer, asked.sort) if answer else []
    start = (asked.page - 1) * PAGE * 2
    shown = [(_whole_start(row.left), row.hit, row.right, row.passage) for row in rows[start : start + PAGE * 2]]
    turn = _turn(asked, -(-len(rows) // 2))
    total = answer.total if answer else 0
    return {"total": total, "hits": len(rows), "rows": shown, "turn": turn, "cut": total > KWIC_PASSAGES}


def _whole_start(text: str) -> str:
    """The context without marks whose base letter was cut off."""
    while text and is_mark(text[0]):
        text = text[1:]
    return text


def cross_table(desk: Desk, run: Run, asked: Asked, names: Names) -> dict[str, Any]:
    """How often the values of two facets meet in the passages asked for; empty cells are shown."""
    whole = desk.search(run, Query(asked.text, asked.filters, 1, 0, (asked.rows, asked.columns)))
    rows = _most(whole.counts[asked.rows])
    columns = _most(whole.counts[asked.columns])
    cells: dict[tuple[str, str], int] = {}
    for row in rows:
        narrowed = dict(asked.filters) | {asked.rows: (row,)}
        counts = desk.search(run, Query(asked.text, narrowed, 1, 0, (asked.columns,))).counts[asked.columns]
        cells |= {(row, column): counts.get(column, 0) for column in columns}
    return {
        "total": whole.total,
        "row_values": [(value, names.value(asked.rows, value)) for value in rows],
        "column_values": [(value, names.value(asked.columns, value)) for value in columns],
        "cells": cells,
        "most": max(cells.values(), default=1) or 1,
        "facet_names": FACETS,
    }


def _most(counts: Mapping[str, int]) -> list[str]:
    ordered = sorted(counts, key=lambda value: (-counts[value], value))[:_CROSS_VALUES]
    return sorted(ordered) if all(value.isdecimal() for value in ordered) else ordered


def save(request: Request) -> Response:
    """The answer as a file: exactly the passages (hits, cells) that the page's address asks for, all of them."""
    desk: Desk = request.app.state.desk
    asked = Asked.read(request.query_params)
    format_ = request.path_params["format"]
    if format_ not in downloads.FORMATS:
        raise HTTPException(404)
    base = str(request.base_url).rstrip("/")
    with desk.open() as run:
        names = desk.names(run)
        if asked.view == "cross":
            rows = downloads.cross_rows(asked, cross_table(desk, run, asked, names))
        else:
            answer = desk.search(run, asked.query(limit=downloads.MOST, offset=0))
            if asked.view == "kwic" and asked.text:
                rows = downloads.kwic_rows(kwic_rows(answer, asked.sort), base)
            else:
                rows = downloads.passage_rows(answer, names, run, base)
    return downloads.table_file("tipmine-search", format_, rows)
