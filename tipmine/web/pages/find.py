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
from tipmine.web.asked import CROSS, LAST_PAGE, PAGE, Asked
from tipmine.web.desk import Desk, desk_of
from tipmine.web.facets import facets
from tipmine.web.marks import excerpt, tag_spans
from tipmine.web.names import refusal_words
from tipmine.web.paging import Turn, last_page, turn_from

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
class Saved:
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
    asked = Asked.read(request.query_params)
    with desk.open() as run:
        values: dict[str, Any] = {"asked": asked, "saved": _saved(run, asked)}
        try:
            values |= {"facets": facets(desk, run, asked, desk.names(run)), **_view(desk, run, asked)}
            values |= {"letters": desk.letters_hint(run, asked.query()) if asked.text else None}
        except UsageError as error:
            values |= {"facets": [], "total": 0, "problem": refusal_words(error)}
            return desk.render(request, "search_refused.html", run, status=400, **values)
        return desk.render(request, f"search_{asked.view}.html", run, **values)


def _view(desk: Desk, run: Run, asked: Asked) -> dict[str, Any]:
    """The template values of the requested view. Raises UsageError for an invalid query."""
    if asked.view == "kwic":
        return _kwic(desk, run, asked)
    if asked.view == "collocates":
        return _collocates(desk, run, asked, _COLLOCATES)
    if asked.view == "cross":
        return _cross(desk, run, asked, desk.names(run), _CROSS_VALUES)
    return _list(desk, run, asked, desk.names(run))


def _list(desk: Desk, run: Run, asked: Asked, names: Names) -> dict[str, Any]:
    answer = desk.search(run, asked.query())
    decided = active(run.connection)
    rows = [_row(hit, names, decided.get(hit.passage.id, {})) for hit in answer.hits]
    nearby = () if answer.total else synonyms(asked.text)[:_NEARBY]
    return {"total": answer.total, "rows": rows, "turn": _turn(asked, answer.total, PAGE), "nearby": nearby}


def _row(hit: Hit, names: Names, decided: Mapping[Field, Decision]) -> FoundPassage:
    asked_for = [Span(start, end, "hit") for start, end in hit.marks]
    # If no words were searched for, the marks of the tags show why a passage was found.
    spans = asked_for or tag_spans(hit.tagging)
    cut = excerpt(hit.passage.text, spans)
    return FoundPassage(
        hit,
        names.title(hit.passage.doc),
        tuple(cut),
        doubts_of(hit.tagging, decided),
        actors_of(hit.passage, hit.tagging),
    )


def _turn(asked: Asked, items: int, size: int) -> Turn:
    last = min(last_page(items, size), LAST_PAGE)
    return turn_from(asked.page, last, lambda page: asked.address(page=page))


def _saved(run: Run, asked: Asked) -> list[Saved]:
    saved = []
    for kept in saved_queries(run.connection):
        question = Asked(kept.text, {facet: tuple(values) for facet, values in kept.filters.items()})
        now = (question.text, question.filters) == (asked.text, asked.filters)
        saved.append(Saved(kept.name, question.address(), now, kept.reviewer, kept.at))
    return saved


def _in_context(answer: Answer, sort: str) -> list[Concordance]:
    """Key words in context, one row per hit, sorted by the right or left context, or in the order of the texts."""
    if sort in SIDES:
        return concordance(answer, by=sort)
    return sorted(concordance(answer), key=lambda row: (row.passage.doc, row.passage.order))


def _kwic(desk: Desk, run: Run, asked: Asked) -> dict[str, Any]:
    answer = desk.search(run, asked.query(limit=KWIC_PASSAGES, offset=0)) if asked.text else None
    rows = _in_context(answer, asked.sort) if answer else []
    start = (asked.page - 1) * _KWIC_PAGE
    turn = _turn(asked, len(rows), _KWIC_PAGE)
    total = answer.total if answer else 0
    shown = rows[start : start + _KWIC_PAGE]
    cut = KWIC_PASSAGES if total > KWIC_PASSAGES else 0
    return {"total": total, "hits": len(rows), "rows": shown, "turn": turn, "cut": cut}


def _collocates(desk: Desk, run: Run, asked: Asked, most: int | None) -> dict[str, Any]:
    """The words near the searched ones, the strongest first; all of them if `most` is None."""
    query = asked.query(limit=1, offset=0)
    total = desk.search(run, query).total
    # Thousands of passages may be read; a download from the page should not take that time again.
    question = (*desk.stamp(run), asked.text, tuple(asked.filters.items()))
    rows = desk.cached("collocates", question, lambda: collocates(run, query, limit=None))
    return {"total": total, "rows": rows[:most], "all": len(rows), "window": WINDOW, "sure": _SURE}


def _cross(desk: Desk, run: Run, asked: Asked, names: Names, most: int | None) -> dict[str, Any]:
    """The number of passages found for each pair of values of two facets, including zeros.

    At most `most` rows and columns; if it is None, all of them, or HTTPException 400 if they are too many for a file.
    """
    whole = desk.search(run, asked.query(limit=1, offset=0, facets=(asked.columns,)))
    counts = cross(run, asked.query(), asked.rows, asked.columns)
    rows = list(counts)[:most]
    seen = {column for cells in counts.values() for column in cells}
    columns = [value for value in in_order(whole.counts[asked.columns]) if value in seen][:most]
    if len(rows) * len(columns) > downloads.MOST_CELLS or len(columns) > downloads.MOST_COLUMNS:
        raise HTTPException(400, "ตารางนี้ใหญ่เกินกว่าจะบันทึกเป็นไฟล์เดียว กรุณาเลือกตัวกรองให้แคบลง")
    cells = {(row, column): counts[row].get(column, 0) for row in rows for column in columns}
    return {
        "total": whole.total,
        "row_values": list(names.distinct(asked.rows, rows).items()),
        "column_values": list(names.distinct(asked.columns, columns).items()),
        "cells": cells,
        "most": max(cells.values(), default=1) or 1,
        "facet_names": facet_names(),
        "crossed": CROSS,
        "cross_values": _CROSS_VALUES,
    }


def save(request: Request) -> Response:
    """The whole answer (passages, hits or cells) that the page's address asks for, as a file."""
    desk = desk_of(request)
    asked = Asked.read(request.query_params)
    format_ = request.path_params["format"]
    if format_ not in downloads.FORMATS:
        raise HTTPException(404)
    base = str(request.base_url).rstrip("/")
    with desk.open() as run:
        names = desk.names(run)
        if asked.view == "cross":
            rows = downloads.cross_rows(asked, _cross(desk, run, asked, names, most=None))
        elif asked.view == "collocates":
            rows = downloads.collocate_rows(_collocates(desk, run, asked, most=None)["rows"])
        else:
            answer = desk.search(run, asked.query(limit=downloads.MOST, offset=0))
            if asked.view == "kwic" and asked.text:
                rows = downloads.kwic_rows(_in_context(answer, asked.sort), base)
            else:
                rows = downloads.passage_rows(answer, names, run, base)
    return downloads.table_file("tipmine-search", format_, rows)
