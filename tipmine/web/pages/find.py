"""The search desk: query and facets with counts; passages, key words in context, collocates, cross table; download."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from tipmine.errors import UsageError
from tipmine.records import ActorTag
from tipmine.report.names import Names, facet_names
from tipmine.report.pieces import Piece, Span
from tipmine.store.counting import WINDOW, collocates, cross, in_order
from tipmine.store.decisions import Decision, active
from tipmine.store.doubts import Doubts, doubts_of
from tipmine.store.fields import Field
from tipmine.store.query import SIDES, Answer, Concordance, Hit, concordance
from tipmine.store.run import Run
from tipmine.store.saved import saved_queries
from tipmine.store.terms import synonyms
from tipmine.tag.addressees import actors_of
from tipmine.web import downloads
from tipmine.web.desk import Desk, desk_of
from tipmine.web.facets import facets
from tipmine.web.marks import excerpt, tag_spans
from tipmine.web.names import refusal_words
from tipmine.web.paging import Pager, last_page, pager
from tipmine.web.search_params import CROSS, LAST_PAGE, PAGE, SearchParams

KWIC_PASSAGES = 2_000
"""Most passages whose hits are sorted for key words in context; if there are more, the page says so."""
_KWIC_PAGE = 2 * PAGE
"""Key words in context on one page: each takes one line."""
_COLLOCATES = 60
"""Most collocates listed on the page; the download has all."""
_SURE = 6.63
"""Log-likelihood from which words near the searched ones are unlikely to be chance (chi-square, one degree of freedom,
p < .01). Below it they are shown in grey."""
_NEARBY = 6
"""Most alternative wordings suggested if nothing was found."""
_CROSS_VALUES = 12
"""Most rows and columns of a cross table on the page; the download has all."""


@dataclass(frozen=True, slots=True)
class SavedLink:
    """A saved query: its name, its address, whether it is being shown, and who saved it when."""

    name: str
    address: str
    chosen: bool
    reviewer: str
    at: str


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage found, with the pieces of its excerpt."""

    hit: Hit
    title: str
    pieces: tuple[Piece, ...]
    doubts: Doubts
    actors: tuple[ActorTag, ...]


def find(request: Request) -> Response:
    """The search desk."""
    desk = desk_of(request)
    params = SearchParams.read(request.query_params)
    with desk.open() as run:
        values: dict[str, Any] = {"params": params, "saved": _saved(run, params)}
        try:
            values |= {"facets": facets(desk, run, params, desk.names(run)), **_view(desk, run, params)}
            values |= {"letters": desk.letters_hint(run, params.query()) if params.text else None}
        except UsageError as error:
            values |= {"facets": [], "total": 0, "problem": refusal_words(error)}
            return desk.render(request, "search_refused.html", run, status=400, **values)
        return desk.render(request, f"search_{params.view}.html", run, **values)


def _view(desk: Desk, run: Run, params: SearchParams) -> dict[str, Any]:
    """The template values of the requested view. Raises UsageError for an invalid query."""
    if params.view == "kwic":
        return _kwic(desk, run, params)
    if params.view == "collocates":
        return _collocates(desk, run, params, _COLLOCATES)
    if params.view == "cross":
        return _cross(desk, run, params, desk.names(run), _CROSS_VALUES)
    return _list(desk, run, params, desk.names(run))


def _list(desk: Desk, run: Run, params: SearchParams, names: Names) -> dict[str, Any]:
    answer = desk.search(run, params.query())
    decided = active(run.connection)
    rows = [_found_passage(hit, names, decided.get(hit.passage.id, {})) for hit in answer.hits]
    nearby = () if answer.total else synonyms(params.text)[:_NEARBY]
    return {"total": answer.total, "rows": rows, "pager": _pager(params, answer.total, PAGE), "nearby": nearby}


def _found_passage(hit: Hit, names: Names, decided: Mapping[Field, Decision]) -> FoundPassage:
    hit_spans = [Span(start, end, "hit") for start, end in hit.marks]
    # If no words were searched for, the marks of the tags show why a passage was found.
    spans = hit_spans or tag_spans(hit.tagging)
    return FoundPassage(
        hit,
        names.title(hit.passage.doc),
        tuple(excerpt(hit.passage.text, spans)),
        doubts_of(hit.tagging, decided),
        actors_of(hit.passage, hit.tagging),
    )


def _pager(params: SearchParams, items: int, size: int) -> Pager:
    last = min(last_page(items, size), LAST_PAGE)
    return pager(params.page, last, lambda page: params.address(page=page))


def _saved(run: Run, params: SearchParams) -> list[SavedLink]:
    saved = []
    for kept in saved_queries(run.connection):
        its_params = SearchParams(kept.text, {facet: tuple(values) for facet, values in kept.filters.items()})
        is_shown = (its_params.text, its_params.filters) == (params.text, params.filters)
        saved.append(SavedLink(kept.name, its_params.address(), is_shown, kept.reviewer, kept.at))
    return saved


def _in_context(answer: Answer, sort: str) -> list[Concordance]:
    """Key words in context, one row per hit, sorted by the right or left context, or in the order of the texts."""
    if sort in SIDES:
        return concordance(answer, by=sort)
    return sorted(concordance(answer), key=lambda row: (row.passage.doc, row.passage.order))


def _kwic(desk: Desk, run: Run, params: SearchParams) -> dict[str, Any]:
    answer = desk.search(run, params.query(limit=KWIC_PASSAGES, offset=0)) if params.text else None
    rows = _in_context(answer, params.sort) if answer else []
    start = (params.page - 1) * _KWIC_PAGE
    total = answer.total if answer else 0
    shown = rows[start : start + _KWIC_PAGE]
    cut = KWIC_PASSAGES if total > KWIC_PASSAGES else 0
    links = _pager(params, len(rows), _KWIC_PAGE)
    return {"total": total, "hits": len(rows), "rows": shown, "pager": links, "cut": cut}


def _collocates(desk: Desk, run: Run, params: SearchParams, most: int | None) -> dict[str, Any]:
    """The words near the searched ones, the strongest first; all of them if `most` is None."""
    query = params.query(limit=1, offset=0)
    total = desk.search(run, query).total
    # Thousands of passages may be read; a download from the page should not take that time again.
    stamp = (*desk.stamp(run), params.text, tuple(params.filters.items()))
    rows = desk.cached("collocates", stamp, lambda: collocates(run, query, limit=None))
    return {"total": total, "rows": rows[:most], "all": len(rows), "window": WINDOW, "sure": _SURE}


def _cross(desk: Desk, run: Run, params: SearchParams, names: Names, most: int | None) -> dict[str, Any]:
    """The number of passages found for each pair of values of two facets, including zeros.

    At most `most` rows and columns; if it is None, all of them, or HTTPException 400 if they are too many for a file.
    """
    whole = desk.search(run, params.query(limit=1, offset=0, facets=(params.columns,)))
    counts = cross(run, params.query(), params.rows, params.columns)
    rows = list(counts)[:most]
    seen = {column for cells in counts.values() for column in cells}
    columns = [value for value in in_order(whole.counts[params.columns]) if value in seen][:most]
    if len(rows) * len(columns) > downloads.MOST_CELLS or len(columns) > downloads.MOST_COLUMNS:
        raise HTTPException(400, "ตารางนี้ใหญ่เกินกว่าจะบันทึกเป็นไฟล์เดียว กรุณาเลือกตัวกรองให้แคบลง")
    cells = {(row, column): counts[row].get(column, 0) for row in rows for column in columns}
    return {
        "total": whole.total,
        "row_values": list(names.distinct(params.rows, rows).items()),
        "column_values": list(names.distinct(params.columns, columns).items()),
        "cells": cells,
        "most": max(cells.values(), default=1) or 1,
        "facet_names": facet_names(),
        "crossed": CROSS,
        "cross_values": _CROSS_VALUES,
    }


def download(request: Request) -> Response:
    """The whole answer (passages, hits or cells) that the page's address asks for, as a file."""
    desk = desk_of(request)
    params = SearchParams.read(request.query_params)
    format_ = request.path_params["format"]
    if format_ not in downloads.FORMATS:
        raise HTTPException(404)
    base = str(request.base_url).rstrip("/")
    with desk.open() as run:
        names = desk.names(run)
        if params.view == "cross":
            rows = downloads.cross_rows(params, _cross(desk, run, params, names, most=None))
        elif params.view == "collocates":
            rows = downloads.collocate_rows(_collocates(desk, run, params, most=None)["rows"])
        else:
            answer = desk.search(run, params.query(limit=downloads.MOST, offset=0))
            if params.view == "kwic" and params.text:
                rows = downloads.kwic_rows(_in_context(answer, params.sort), base)
            else:
                rows = downloads.passage_rows(answer, names, run, base)
    return downloads.table_file("tipmine-search", format_, rows)
