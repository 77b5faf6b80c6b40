"""Evaluates extraction against truth texts, beside pdfplumber and pypdfium2."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from statistics import median
from typing import Any

from tipmine.errors import MissingFileError, TipmineError
from tipmine.extract.documents import extract_document, kind_of
from tipmine.extract.scoring import measure
from tipmine.lexical.bootstrap import median_interval

FIGURES = ("wrong", "wrong_with_spaces", "in_order", "marks_lost")
"""The figures of `scoring.measure`, in the order of the table."""

_FURNITURE = ("running_head", "running_foot", "page_number")
"""Left out of the comparison: truth texts have no running heads, feet and page numbers."""


def evaluate_extract(records: Iterable[Mapping[str, Any]], folder: Path) -> list[dict[str, Any]]:
    """Figures of every file and method, and for each method their medians, with the interval of the first one.

    Records hold `file` and `truth`, paths relative to `folder`. The baselines read only PDFs. A file that a method
    cannot read is in the table with the reason. Raises MissingFileError for a path that does not exist.
    """
    rows: list[dict[str, Any]] = []
    for record in records:
        path, truth = folder / record["file"], folder / record["truth"]
        for needed in (path, truth):
            if not needed.is_file():
                raise MissingFileError(str(needed), "no such file", "a path from the folder of the gold file")
        rows += _rows(path, truth.read_text(encoding="utf-8"))
    return rows + _medians(rows)


def _rows(path: Path, truth: str) -> list[dict[str, Any]]:
    ways: dict[str, Callable[[Path], str]] = {"tipmine": _tipmine}
    if kind_of(path) == "pdf":
        from tipmine.extract.glyphs import pdfplumber_text

        ways = {"pdfplumber": pdfplumber_text, "pypdfium2": _pypdfium2} | ways
    return [{"file": path.name, "way": way} | _figures(way, read, path, truth) for way, read in ways.items()]


def _figures(way: str, read: Callable[[Path], str], path: Path, truth: str) -> dict[str, Any]:
    # The other readers raise errors of their own; one of this package that is not a TipmineError is a bug in it.
    refusal = TipmineError if way == "tipmine" else Exception
    try:
        text = read(path)
    except refusal as error:
        return dict.fromkeys(FIGURES, "") | {"note": str(error) or repr(error)}
    return {name: round(value, 3) for name, value in measure(truth, text).items()} | {"note": ""}


def _tipmine(path: Path) -> str:
    return "\n".join(line.text for line in extract_document(path, ocr="never").lines if line.role not in _FURNITURE)


def _pypdfium2(path: Path) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def _medians(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = []
    for way in dict.fromkeys(row["way"] for row in rows):
        read = [row for row in rows if row["way"] == way and row["wrong"] != ""]
        if not read:
            continue
        low, high = median_interval([row["wrong"] for row in read])
        figures = {name: round(median(row[name] for row in read), 3) for name in FIGURES}
        note = f"wrong: 95 % from {low:.0f} to {high:.0f}"
        found.append({"file": f"median of {len(read)}", "way": way} | figures | {"note": note})
    return found
