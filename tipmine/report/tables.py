"""All tables of the reports: pure functions from a run to rows, used by HTML, XLSX, DOCX, CSV, JSON and the desk.

Rows are mappings from column codes to values; `labels.py` has the Thai heads. Values are codes of the records, texts
and numbers; the writers only format them. `register.py`, `summary.py`, `gaps.py`, `grids.py` and `compare.py` make the
rows; the table of themes is made here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tipmine.records import TableRow
from tipmine.report.compare import pair_rows, year_rows
from tipmine.report.gaps import answered_by, gap_rows
from tipmine.report.grids import heat_rows, matrix_rows, spread_rows
from tipmine.report.marks import quotation
from tipmine.report.material import Material, once
from tipmine.report.register import agency_rows, evidence_rows, register_rows
from tipmine.report.summary import breakdown_rows, document_rows, summary_rows

__all__ = [
    "TABLES",
    "agency_rows",
    "breakdown_rows",
    "document_rows",
    "evidence_rows",
    "gap_rows",
    "heat_rows",
    "matrix_rows",
    "pair_rows",
    "register_rows",
    "spread_rows",
    "summary_rows",
    "theme_rows",
    "year_rows",
]


@once
def theme_rows(material: Material) -> list[TableRow]:
    """The themes with quotations and the recommendations that answer them; an unanswered theme is an orphan."""
    answers = answered_by(material)
    return [
        {
            "id": theme.id,
            "label": theme.label,
            "terms": list(theme.terms),
            "size": theme.size,
            "documents": list(theme.docs),
            "stability": round(theme.stability, 3),
            "stable": theme.stable,
            "quotes": [quotation(material, quote.id, part=(quote.start, quote.end)) for quote in theme.quotes],
            "answered_by": [material.rec_ids[rec] for rec in answers[theme.id]],
        }
        for theme in material.themes.themes
    ]


TABLES: Mapping[str, Callable[[Material], list[TableRow]]] = {
    "summary": summary_rows,
    "breakdown": breakdown_rows,
    "recommendations": register_rows,
    "evidence": evidence_rows,
    "themes": theme_rows,
    "theme_groups": spread_rows,
    "matrix": matrix_rows,
    "pillar_actor": heat_rows,
    "gaps": gap_rows,
    "pairs": pair_rows,
    "years": year_rows,
    "agencies": agency_rows,
    "documents": document_rows,
}
"""Name of each table (also the name of its file or sheet) -> the function that makes it."""
