"""A PDF read in pieces is the PDF read in one go, to the last field of the last line."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from tests.extract.making import FIXTURES
from tipmine.errors import DamagedFileError, TooLargeError
from tipmine.extract import extract_document, pdf
from tipmine.extract.deadlines import deadlines
from tipmine.extract.ocr import thai_ocr
from tipmine.extract.pieces import MOST_PIECES, cut, join_pieces, read_piece
from tipmine.extract.unknown import UnknownGlyphs

SAMPLE = FIXTURES.parents[1] / "corpora" / "sample" / "documents"
PDFS = sorted([*FIXTURES.glob("*.pdf"), *SAMPLE.glob("*.pdf")])


def in_pieces(path: Path, size: int) -> list[bytes]:
    with pikepdf.open(path) as file:
        count = len(file.pages)
    return [read_piece(path, (start, start + size), ocr="never") for start in range(0, count, size)]


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.stem)
def test_pieces_of_one_page_join_to_the_document(path: Path) -> None:
    assert join_pieces(path, in_pieces(path, 1), ocr="never") == extract_document(path, ocr="never")


@pytest.fixture
def merged(tmp_path: Path) -> Path:
    """Files of five producers in one, without most of their font maps: many glyphs have no name."""
    path = tmp_path / "merged.pdf"
    with pikepdf.new() as file:
        for source in [*PDFS[:3], *FIXTURES.glob("marks-*.pdf"), *PDFS[:3]]:
            with pikepdf.open(source) as part:
                file.pages.extend(part.pages)
        for number, font in enumerate(thing for thing in file.objects if "/ToUnicode" in _keys(thing)):
            if number % 3:
                del font["/ToUnicode"]
        file.save(path)
    return path


def _keys(thing: pikepdf.Object) -> set[str]:
    return set(thing.keys()) if isinstance(thing, pikepdf.Dictionary) else set()


def test_glyphs_without_a_name_are_the_same_glyphs_in_all_pieces(merged: Path) -> None:
    assert len(pdf.read_range(merged, None, "never", deadlines(60)).unknown) > 5
    whole = extract_document(merged, ocr="never")
    for size in (1, 2, 7):
        assert join_pieces(merged, in_pieces(merged, size), ocr="never") == whole


def test_too_many_glyphs_without_a_name_are_read_in_one_go(merged: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tipmine.extract.unknown.MOST", 4)
    assert join_pieces(merged, in_pieces(merged, 1), ocr="never") == extract_document(merged, ocr="never")


@pytest.mark.skipif(not thai_ocr(), reason="tesseract or its Thai data is not installed")
def test_pictures_are_read_with_their_piece(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text, path = FIXTURES / "marks-noto.pdf", tmp_path / "scan.pdf"
    pypdfium2.PdfDocument(text)[0].render(scale=1.5, grayscale=True).to_pil().save(path)
    with pikepdf.open(path, allow_overwriting_input=True) as scan, pikepdf.open(text) as letters:
        scan.pages.extend(letters.pages)
        scan.save(path)
    whole = extract_document(path)
    assert {line.page for line in whole.lines} == {1, 2}
    pieces = [read_piece(path, (0, 1)), read_piece(path, (1, 2))]
    monkeypatch.setattr("pytesseract.image_to_data", None)
    assert join_pieces(path, pieces) == whole


def test_what_later_pages_know_of_a_glyph_is_taken_in() -> None:
    first, second = UnknownGlyphs(), UnknownGlyphs()
    own = first.stand_in("F", 1, "(cid:1)", "above")
    other, same = second.stand_in("F", 2, "(cid:2)", "above"), second.stand_in("F", 1, "(cid:1)", "above")
    second.tell(other, "\N{THAI CHARACTER MAI EK}")
    names = first.take_in(second)
    assert names is not None and names[same] == own != names[other]
    assert first.solve([names[other]], len) == {names[other]: "\N{THAI CHARACTER MAI EK}"}


def test_only_a_long_pdf_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    with pikepdf.open(FIXTURES / "heads.pdf") as file:
        for _ in range(6):
            file.pages.extend(file.pages[:8])
        count = len(file.pages)
        file.save(path)
    assert cut(path, count) == []
    spans = cut(path, count - 1)
    assert [page for span in spans for page in range(*span)] == list(range(count))
    assert 1 < len(cut(path, 3)) <= MOST_PIECES
    assert cut(FIXTURES / "heads.txt", 0) == []
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(path.read_bytes()[:3_000])
    with pytest.raises(DamagedFileError):
        cut(broken, 2)


def test_a_piece_has_the_limits_of_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PAGES", 1)
    with pytest.raises(TooLargeError, match="pages"):
        read_piece(FIXTURES / "heads.pdf", (0, 1))
    with pytest.raises(TooLargeError, match="pages"):
        cut(FIXTURES / "heads.pdf", 0)
