"""Traceability: recommendations in a list, in grids, beside each other and one by one; and the gaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from tipmine.report.labels import codes
from tipmine.report.limits import SHOWN_REASONS
from tipmine.report.material import Material
from tipmine.report.pieces import Span, pieces
from tipmine.report.present import below_title
from tipmine.store.doubts import doubts_of
from tipmine.store.fields import link_field
from tipmine.tag.addressees import actors_of
from tipmine.web.desk import desk_of, read_address
from tipmine.web.marks import tag_spans
from tipmine.web.numbers import whole_number
from tipmine.web.paging import last_page, pager

VIEWS = ("list", "matrix", "heat", "gaps", "pairs")
_PAGE = 100
"""Recommendations on one page of the list."""
_CELLS = 60_000
"""Most cells of a matrix on one page: 2,000 recommendations by 30 themes."""
_ACTORS = 120
"""Most actors in the grid of actors by pillars, those named most often first; the workbook has all."""


def trace(request: Request) -> Response:
    """All recommendations. `view` is one of VIEWS; `coverage`, `pillar` and `holes` filter the list and the matrix.

    `page` is the page of the list, which can be long in a large run.
    """
    desk = desk_of(request)
    params = request.query_params
    view = params.get("view") if params.get("view") in VIEWS else VIEWS[0]
    with desk.open() as run:
        material = desk.material(run)
        values: dict[str, Any] = {"view": view, "params": params, "passage_of": _passage_of(material)}
        if view == "gaps":
            from tipmine.report.gaps import gap_rows

            values["gaps"] = _by_list(gap_rows(material))
        elif view == "pairs":
            values |= _compared(material)
        elif view == "heat":
            from tipmine.report.grids import heat

            grid = heat(material)
            values |= {"grid": grid, "actors": grid.actors[:_ACTORS]}
        else:
            from tipmine.report.tables import register_rows

            rows = register_rows(material)
            values["all_rows"] = len(rows)
            values["counts"] = {code: sum(r["coverage"] == code for r in rows) for code in codes("coverage")}
            wanted = [row for row in rows if _wanted(row, params)]
            values |= _matrix(material, params, wanted) if view == "matrix" else _list(wanted, params)
        return desk.render(request, f"trace_{view}.html", run, **values)


def _compared(material: Material) -> dict[str, Any]:
    """What the recommendations say beside each other and from year to year, as far as it fits on a page."""
    from tipmine.report.compare import pair_rows, year_rows
    from tipmine.report.limits import PAIRS, cut

    return {
        name: cut(rows, PAIRS, lambda number: f"{number:,}")
        for name, rows in (("pairs", pair_rows(material)), ("years", year_rows(material)))
    }


def _passage_of(material: Material) -> dict[str, str]:
    return {rec_id: passage for passage, rec_id in material.rec_ids.items()}


def _wanted(row: Mapping[str, Any], params: Mapping[str, str]) -> bool:
    coverage, pillar = params.get("coverage", ""), params.get("pillar", "")
    return (not coverage or row["coverage"] == coverage) and (
        not pillar or pillar == row["pillar"] or pillar in row["other_pillars"]
    )


def _list(rows: Sequence[Mapping[str, Any]], params: Mapping[str, str]) -> dict[str, Any]:
    """One page of the selected rows; a page that does not exist is taken as the first or the last one."""
    last = last_page(len(rows), _PAGE)
    page = min(max(whole_number(params.get("page", "")) or 1, 1), last)
    filters = {name: params[name] for name in ("coverage", "pillar") if params.get(name)}
    return {
        "rows": rows[(page - 1) * _PAGE : page * _PAGE],
        "pager": pager(page, last, lambda number: "/trace?" + urlencode(filters | {"page": str(number)})),
    }


def _matrix(material: Material, params: Mapping[str, str], rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The matrix of the selected rows; with `holes`, only the empty rows and columns."""
    from tipmine.report.grids import matrix

    grid = matrix(material)
    holes = params.get("holes") == "1"
    standing = {place for place, cell in grid.cells.items() if cell.status != "rejected" and cell.band != "weak"}
    full_rows, full_columns = {rec for rec, _ in standing}, {theme for _, theme in standing}
    shown = [row for row in rows if not holes or row["rec_id"] not in full_rows]
    themes = [theme for theme in grid.themes if not holes or theme.id not in full_columns] or list(grid.themes)
    return {
        "grid": grid,
        "holes": holes,
        "rows": shown[: max(_CELLS // max(len(themes), 1), 1)],
        "themes": themes,
        "empty_columns": {theme.id for theme in grid.themes} - full_columns,
    }


def _by_list(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    lists: dict[str, list[Mapping[str, Any]]] = {
        "no_evidence": [],
        "orphan_theme": [],
        "no_addressee": [],
        "empty_cell": [],
    }
    for row in rows:
        lists[row["list"]].append(row)
    return lists


def recommendation(request: Request) -> Response:
    """One recommendation with its evidence, best first; rejected links are listed below and can be restored."""
    from tipmine.report.register import evidence_of, register_rows

    desk = desk_of(request)
    key = request.path_params["id"]
    with desk.open() as run:
        material = desk.material(run)
        if key not in material.rec_ids:
            # A person may have said in the meantime that it is not a recommendation.
            if run.passages_by_id([key]):
                return RedirectResponse(f"/passage/{key}", 303)
            raise HTTPException(404, "ไม่มีข้อเสนอแนะนี้ในชุดงาน")
        register = register_rows(material)
        place = next(i for i, row in enumerate(register) if row["passage"] == key)
        passage = material.passages[key]
        spans = tag_spans(material.taggings[key])
        return desk.render(
            request,
            "recommendation.html",
            run,
            row=register[place],
            passage=passage,
            headings=below_title(register[place]["title"], register[place]["section"]),
            shown_reasons=SHOWN_REASONS,
            tagging=material.taggings[key],
            actors=actors_of(passage, material.taggings[key]),
            doubts=doubts_of(material.taggings[key], material.decided.get(key, {})),
            pieces=pieces(passage.text, spans),
            evidence=[_with_pieces(row, material) for row in evidence_of(material, passage)],
            before=register[place - 1]["passage"] if place else "",
            after=register[place + 1]["passage"] if place + 1 < len(register) else "",
        )


def _with_pieces(row: Mapping[str, Any], material: Material) -> dict[str, Any]:
    marks = [Span(start, end, "shared", "คำร่วม") for start, end in row["marks"]]
    decision = material.decided.get(row["passage"], {}).get(link_field(row["evidence_id"]))
    address = read_address(row["document"], row["page"] or 0, row["evidence_id"]) + f"#{row['evidence_id']}"
    return dict(row) | {"pieces": pieces(row["text"], marks), "decision": decision, "address": address}
