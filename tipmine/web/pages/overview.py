"""The overview: the documents of the corpus, the quality of their text, what needs OCR, and what failed."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from tipmine.web.desk import desk_of

_FIGURES = (
    ("documents", "/#documents"),
    ("pages", "/#documents"),
    ("passages", "/search"),
    ("recommendations", "/trace"),
    ("with_direct_evidence", "/trace?coverage=direct"),
    ("with_partial_evidence", "/trace?coverage=partial"),
    ("without_evidence", "/trace?coverage=none"),
    ("untraced", "/trace?coverage=untraced"),
    ("without_addressee", "/trace?view=gaps#no_addressee"),
    ("themes", "/themes"),
    ("orphan_themes", "/trace?view=gaps#orphan_theme"),
    ("doubtful", "/search?doubtful=yes"),
    ("reviewed", "/search?reviewed=yes"),
)
"""Figures shown, each with the address of the page that lists what it counts."""
_SHOWN_IF_ANY = ("untraced",)
"""Figures that are zero except between a decision and the next run."""


def overview(request: Request) -> Response:
    """The start page."""
    from tipmine.report.tables import breakdown_rows, document_rows, summary_rows

    desk = desk_of(request)
    with desk.open() as run:
        material = desk.material(run)
        rows = document_rows(material)
        summary = {row["figure"]: row["value"] for row in summary_rows(material)}
        pillars = [row for row in breakdown_rows(material) if row["by"] == "pillar"]
        return desk.render(
            request,
            "overview.html",
            run,
            figures=[
                (name, summary[name], address)
                for name, address in _FIGURES
                if summary[name] or name not in _SHOWN_IF_ANY
            ],
            documents=[row for row in rows if row["verdict"] != "failed"],
            failures=material.failures,
            unread=[row for row in rows if row["needs_ocr"] or row["doubtful"]],
            by_pillar=pillars,
            most=max((row["recommendations"] for row in pillars), default=1),
        )
