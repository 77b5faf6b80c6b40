"""PDFs by real producers: what is read is what is printed, line for line, in reading order."""

from __future__ import annotations

from pathlib import Path

import pdfplumber
import pytest

from tests.extract.making import FIXTURES
from tipmine.extract import extract_document
from tipmine.extract.repair import replay, undo
from tipmine.records import Document

PDFS = sorted(FIXTURES.glob("*.pdf"))


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    return {path.stem: extract_document(path, ocr="never") for path in PDFS}


def printed(path: Path) -> list[str]:
    return path.with_suffix(".txt").read_text(encoding="utf-8").splitlines()


def test_there_are_fixtures_of_several_producers() -> None:
    rows = (FIXTURES / "manifest.tsv").read_text(encoding="utf-8").splitlines()[1:]
    assert {row.split("\t")[0] for row in rows} == {path.name for path in PDFS}
    producers = {row.split("\t")[2] for row in rows}
    assert producers == {"chromium", "gs", "node", "soffice", "tesseract", "typst", "xelatex"}


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.stem)
def test_every_line_reads_as_printed_and_in_order(path: Path, documents: dict[str, Document]) -> None:
    assert [line.text for line in documents[path.stem].lines] == printed(path)


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.stem)
def test_the_edits_lead_from_the_plain_reading_to_the_text_and_back(path: Path, documents: dict[str, Document]) -> None:
    for line in documents[path.stem].lines:
        assert replay(line.raw, line.edits) == line.text
        assert undo(line.text, line.edits) == line.raw


@pytest.mark.parametrize("stem", ["marks-chromium", "marks-libreoffice", "marks-garuda"])
def test_a_plain_reader_gets_the_same_page_wrong(stem: str) -> None:
    with pdfplumber.open(FIXTURES / f"{stem}.pdf") as pdf:
        text = pdf.pages[0].extract_text()
    assert not set(printed(FIXTURES / f"{stem}.pdf")) <= set(text.splitlines())


def test_the_ring_of_sara_am_is_seen_in_italics_without_the_help_of_words(documents: dict[str, Document]) -> None:
    assert not documents["marks-italic"].damage.keys() & {"font-map", "lost-nikhahit"}


def test_bullets_that_are_drawn_are_told_as_such(documents: dict[str, Document]) -> None:
    items = [line for line in documents["leaflet"].lines if line.text.startswith("\N{BULLET}")]
    assert len(items) == 2
    assert all(not line.raw.startswith("\N{BULLET}") and line.edits[0].rule == "drawn-bullet" for line in items)


def test_turned_heads_stand_in_their_cells(documents: dict[str, Document]) -> None:
    head, *rows = documents["plan"].lines
    assert head.cells == ("ด้าน", "กิจกรรม", "ตุลาคมถึงธันวาคม", "มกราคมถึงมีนาคม")
    assert [row.cells[0] for row in rows] == ["ป้องกัน", "", "คุ้มครอง"]


def test_table_rows_have_their_cells(documents: dict[str, Document]) -> None:
    for stem in ("table", "table-libreoffice"):
        rows = [line for line in documents[stem].lines if line.role == "table"]
        assert [row.cells for row in rows] == [tuple(row.text.split("\t")) for row in rows]
        assert len(rows) == 3 and all(len(row.cells) == 3 for row in rows)


def test_heads_and_page_numbers_have_their_roles(documents: dict[str, Document]) -> None:
    roles = [line.role for line in documents["heads"].lines]
    assert roles == ["running_head", "body", "body", "page_number"] * 3


def test_columns_are_blocks_of_their_own(documents: dict[str, Document]) -> None:
    blocks = [line.block for line in documents["columns"].lines]
    assert blocks == sorted(blocks)
    assert len(set(blocks)) == 3


def test_boxes_lie_on_the_page_and_hold_their_lines_apart(documents: dict[str, Document]) -> None:
    for document in documents.values():
        sizes = {page.number: page for page in document.pages}
        for line in document.lines:
            assert line.box is not None
            page = sizes[line.page]
            assert -20 <= line.box.x0 < line.box.x1 <= page.width + 20
            assert -20 <= line.box.top < line.box.bottom <= page.height + 20


def test_the_labels_of_a_chart_are_kept_out_of_the_paragraphs(documents: dict[str, Document]) -> None:
    roles = [line.role for line in documents["chart"].lines]
    assert roles == ["body", "figure", "figure", "figure", "figure", "figure", "body"]
