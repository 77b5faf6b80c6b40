"""Reads files that were made to harm: under the limits of a worker, and with as many cases as TIPMINE_FUZZ asks for."""

from __future__ import annotations

import os
from pathlib import Path

import docx
from hypothesis import HealthCheck, Phase, settings

from tipmine.errors import InputError
from tipmine.extract import extract_document
from tipmine.limits import limited
from tipmine.records import Document

SECONDS = 90
"""A changed page of these files takes well under a second; what takes this long hangs."""

FUZZ = settings(
    max_examples=int(os.environ.get("TIPMINE_FUZZ", "30")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    # A seed does not shrink to anything simpler.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
"""The variable TIPMINE_FUZZ asks for more cases of each kind."""


def survives(path: Path) -> Document | None:
    """Reads the file under the limits of a worker; None if it is refused by an InputError, as a damaged one may be."""
    try:
        with limited(path.name, seconds=SECONDS, megabytes=4_000):
            document = extract_document(path, ocr="never")
    except InputError as problem:
        assert "took over" not in str(problem), problem
        assert problem.subject == path.name
        assert problem.expected and problem.do
        return None
    assert all(line.text.strip() for line in document.lines)
    assert {line.page for line in document.lines} <= {page.number for page in document.pages}
    return document


def read(path: Path) -> Document:
    """The same for a file that must be read, however strange it is."""
    document = survives(path)
    assert document is not None
    return document


def texts(document: Document, first: int = 0) -> list[str]:
    """The texts of the lines from page `first` on."""
    return [line.text for line in document.lines if line.page >= first]


def word_file(path: Path) -> Path:
    """A Word file with a heading, a paragraph and a table."""
    document = docx.Document()
    document.add_heading("บทที่ ๑", 1)
    document.add_paragraph("เครือข่ายเฝ้าระวังในตำบลสมมติ")
    document.add_table(2, 2).cell(0, 0).text = "ช่อง"
    document.save(str(path))
    return path
