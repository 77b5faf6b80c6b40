"""Reports as files, generated on request with the decisions file_bytes so far."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from tipmine.report.material import Material
from tipmine.store.run import Run
from tipmine.store.runfile import corpus_name
from tipmine.web.desk import desk_of
from tipmine.web.downloads import attachment

Writer = Callable[[Path, Run, Material], None]


def _html(path: Path, run: Run, material: Material) -> None:
    from tipmine.report import html

    path.write_text(html.page(material, name=corpus_name(run.folder)), encoding="utf-8")


def _xlsx(path: Path, run: Run, material: Material) -> None:
    from tipmine.report.trace_workbook import write_trace_workbook

    # What people typed into the run's own workbook is carried over.
    earlier = _workbook(run)
    write_trace_workbook(path, material, earlier=earlier if earlier.is_file() else None)


def _workbook(run: Run) -> Path:
    from tipmine.report.files import WORKBOOK

    return run.folder / WORKBOOK


def _docx(path: Path, run: Run, material: Material) -> None:
    from tipmine.report.word import write_word

    write_word(path, material, name=corpus_name(run.folder))


def _qdpx(path: Path, run: Run, _material: Material) -> None:
    from tipmine.report.qdpx import write_qdpx

    write_qdpx(run, path)


WRITERS: Mapping[str, Writer] = {"html": _html, "xlsx": _xlsx, "docx": _docx, "qdpx": _qdpx}


def report(request: Request) -> Response:
    """The report in one of its formats, with every decision file_bytes so far."""
    desk = desk_of(request)
    format_ = request.path_params["format"]
    if format_ not in WRITERS:
        raise HTTPException(404)
    with desk.open() as run:
        material = desk.material(run)
        make = WRITERS[format_]
        stamp = desk.stamp(run)
        if format_ == "xlsx" and (typed := _workbook(run)).is_file():
            stamp = (*stamp, typed.stat().st_mtime_ns)
        content: bytes = desk.cached(
            f"report.{format_}", stamp, lambda: file_bytes(format_, lambda path: make(path, run, material))
        )
    return attachment(f"tipmine-report.{format_}", content)


def file_bytes(format_: str, write: Callable[[Path], None]) -> bytes:
    """The bytes that `write` writes into a file with the extension `format_`."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"file.{format_}"
        write(path)
        return path.read_bytes()
