"""Answers as files for spreadsheets: CSV with a byte order mark, and XLSX. Cells are never formulas."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.responses import Response

from tipmine.records import TableRow
from tipmine.report.cells import column_names
from tipmine.report.files import CSV_ENCODING, fill_csv
from tipmine.report.labels import label, short_label
from tipmine.report.names import Names
from tipmine.report.present import head
from tipmine.section_paths import join_section
from tipmine.store.counting import Collocate
from tipmine.store.query import Answer, Concordance
from tipmine.store.run import Run
from tipmine.tag.addressees import actors_of
from tipmine.web.search_params import SearchParams

FORMATS: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MOST = 50_000
"""Most rows in one file. A spreadsheet could hold a million, but the download would take too long."""
MOST_CELLS = 1_000_000
"""Most counts in the file of a cross table, zeros included. More would block the desk for a minute."""
MOST_COLUMNS = 16_383
"""Most columns of counts besides the column of names: an Excel sheet has 16,384."""
_SHEET = "tipmine"
"""Name of the sheet. Excel allows only 31 characters and few signs, so an agency's name may not fit."""


def passage_rows(answer: Answer, names: Names, run: Run, base: str) -> list[TableRow]:
    """One row per passage, with its place, the address at which it can be read, and its tags as words."""
    infos = {info.doc: info for info in run.documents()}
    rows: list[TableRow] = []
    for hit in answer.hits:
        passage, tagging = hit.passage, hit.tagging
        info = infos[passage.doc]
        rows.append(
            {
                head("document"): passage.doc,
                head("title"): names.value("doc", passage.doc),
                head("year_be"): info.year_be,
                head("province"): info.province,
                head("page"): passage.page or None,
                head("section"): join_section(passage.section),
                head("number"): passage.number,
                head("speaker"): passage.speaker,
                short_label("column", "kind"): label("kind", tagging.kind),
                short_label("column", "pillar"): "; ".join(label("pillar", tag.code) for tag in tagging.pillars),
                head("pillar_score"): "; ".join(f"{tag.score:.2f}" for tag in tagging.pillars),
                head("actor"): "; ".join(
                    f"{tag.name} ({label('role', tag.role)})" for tag in actors_of(passage, tagging)
                ),
                short_label("column", "text"): passage.text,
                head("id"): passage.id,
                head("address"): f"{base}/passage/{passage.id}",
            }
        )
    return rows


def kwic_rows(hits: Sequence[Concordance], base: str) -> list[TableRow]:
    """One row per hit, with its left and right context."""
    return [
        {
            head("left"): row.left,
            head("hit"): row.hit,
            head("right"): row.right,
            head("document"): row.passage.doc,
            head("page"): row.passage.page or None,
            head("speaker"): row.passage.speaker,
            head("id"): row.passage.id,
            head("address"): f"{base}/passage/{row.passage.id}",
        }
        for row in hits
    ]


def collocate_rows(collocates: Sequence[Collocate]) -> list[TableRow]:
    """One row per word near the searched ones."""
    return [
        {
            head("hit"): row.word,
            head("near"): row.near,
            head("total"): row.total,
            "log-likelihood": round(row.score, 2),
        }
        for row in collocates
    ]


def cross_rows(params: SearchParams, table: Mapping[str, Any]) -> list[TableRow]:
    """A cross table as rows; `table` holds the template values of its page."""
    corner = f"{label('facet', params.rows)} × {label('facet', params.columns)}"
    return [
        {corner: name} | {heading: table["cells"][row, column] for column, heading in table["column_values"]}
        for row, name in table["row_values"]
    ]


def table_file(name: str, format_: str, rows: Sequence[TableRow]) -> Response:
    """The rows as a file download; the format's extension is added to `name`."""
    content = _csv(rows) if format_ == "csv" else _xlsx(rows)
    return attachment(f"{name}.{format_}", content, FORMATS[format_])


def attachment(name: str, content: bytes, media_type: str = "application/octet-stream") -> Response:
    """A response that a browser saves as a file and never displays."""
    # The plain name is for programs that cannot read the one with Thai letters (RFC 6266).
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-._") else "_" for c in name)
    headers = {"content-disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"}
    return Response(content, media_type=media_type, headers=headers)


def _csv(rows: Sequence[TableRow]) -> bytes:
    stream = io.StringIO(newline="")
    fill_csv(stream, rows, column_names(rows))
    return stream.getvalue().encode(CSV_ENCODING)


def _xlsx(rows: Sequence[TableRow]) -> bytes:
    from tipmine.report.workbook import write_rows

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.xlsx"
        write_rows(path, _SHEET, rows)
        return path.read_bytes()
