"""Agencies: for each actor, the recommendations in which it is an addressee or a partner."""

from __future__ import annotations

from collections import Counter

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from tipmine.web import downloads
from tipmine.web.desk import desk_of
from tipmine.web.pages.reports import file_bytes


def agencies(request: Request) -> Response:
    """All agencies in Thai dictionary order with the number of their recommendations; one of them in full."""
    from tipmine.report.tables import agency_rows

    desk = desk_of(request)
    chosen = request.query_params.get("agency", "")
    with desk.open() as run:
        material = desk.material(run)
        rows = agency_rows(material)
        names = list(dict.fromkeys(row["agency"] for row in rows))
        if chosen and chosen not in names:
            raise HTTPException(404, "ไม่มีหน่วยงานนี้ในข้อเสนอแนะ")
        sectors = {actor.name: actor.sector for actor in material.actors.values()}
        return desk.render(
            request,
            "agencies.html",
            run,
            agency_names=names,
            as_addressee=Counter(row["agency"] for row in rows if row["role"] == "addressee"),
            as_partner=Counter(row["agency"] for row in rows if row["role"] == "partner"),
            open_points=Counter(row["agency"] for row in rows if row["coverage"] == "none"),
            sectors=sectors,
            keys={actor.name: actor.key for actor in material.actors.values()},
            chosen=chosen,
            rows=[row for row in rows if row["agency"] == chosen],
            passage_of={rec_id: passage for passage, rec_id in material.rec_ids.items()},
        )


def download(request: Request) -> Response:
    """The recommendations to one agency (or to all if none is named) as a table or as a Word form to send out."""
    from tipmine.report.forms import write_form
    from tipmine.report.labels import label, short_label
    from tipmine.report.present import head
    from tipmine.report.tables import agency_rows

    desk = desk_of(request)
    chosen, format_ = request.query_params.get("agency", ""), request.path_params["format"]
    with desk.open() as run:
        material = desk.material(run)
    rows = [row for row in agency_rows(material) if not chosen or row["agency"] == chosen]
    if format_ == "docx" and chosen and rows:
        content = file_bytes("docx", lambda path: write_form(path, material, chosen))
        return downloads.attachment(f"แบบติดตาม-{chosen.replace('/', '-')}.docx", content)
    if format_ not in downloads.FORMATS:
        raise HTTPException(404)
    table = [
        {
            head("agency"): row["agency"],
            head("role"): label("role", row["role"]),
            head("rec_id"): row["rec_id"],
            short_label("column", "number"): row["number"],
            head("rec_text"): row["text"],
            head("document"): row["document"],
            head("page"): row["page"],
            head("pillar"): label("pillar", row["pillar"]) if row["pillar"] else "",
            head("joint_agencies"): row["partners"],
            label("facet", "coverage"): label("coverage", row["coverage"]),
        }
        for row in rows
    ]
    name = f"ข้อเสนอแนะ-{chosen.replace('/', '-')}" if chosen else "ข้อเสนอแนะรายหน่วยงาน"
    return downloads.table_file(name, format_, table)
