"""Pages whose corner is not at zero, and pages of which only a part is shown."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from tests.extract.making import FIXTURES, blank_pdf
from tipmine.extract import extract_document


def texts(path: Path) -> list[str]:
    return [line.text for line in extract_document(path, ocr="never").lines]


@pytest.mark.parametrize(("right", "up"), [(-40, 12), (300, -500)])
@pytest.mark.parametrize("name", ["table.pdf", "table-libreoffice.pdf"])
def test_a_page_reads_alike_wherever_its_corner_is(tmp_path: Path, name: str, right: int, up: int) -> None:
    with pikepdf.open(FIXTURES / name) as pdf:
        for page in pdf.pages:
            page.contents_add(b"q 1 0 0 1 %d %d cm\n" % (right, up), prepend=True)
            page.contents_add(b"\nQ")
            x0, y0, x1, y1 = (float(side) for side in page.mediabox)
            page.MediaBox = pikepdf.Array([x0 + right, y0 + up, x1 + right, y1 + up])
            page.CropBox = page.MediaBox
        pdf.save(tmp_path / name)
    assert texts(tmp_path / name) == texts(FIXTURES / name)


@pytest.mark.parametrize(
    ("turn", "shown"),
    [(0, [10, 20, 310, 330]), (90, [10, 20, 310, 330]), (180, [10, 20, 310, 330]), (270, [10, 20, 310, 330])],
)
@pytest.mark.parametrize("corner", [0, -70])
def test_text_outside_the_shown_part_of_a_page_is_not_printed(
    tmp_path: Path, turn: int, shown: list[int], corner: int
) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(400, 600))
    page = pdf.pages[0]
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F0=pdf.make_indirect(font)))
    matrix = {0: b"1 0 0 1", 90: b"0 1 -1 0", 180: b"-1 0 0 -1", 270: b"0 -1 1 0"}[turn]
    text = b"BT /F0 10 Tf %s %d %d Tm (%s) Tj ET "
    places = {b"within": (150, 170), b"above": (150, 450), b"beside": (360, 170)}
    page.Contents = pdf.make_stream(
        b"".join(text % (matrix, x + corner, y + corner, t) for t, (x, y) in places.items())
    )
    page.MediaBox = pikepdf.Array([corner, corner, 400 + corner, 600 + corner])
    page.CropBox = pikepdf.Array([side + corner for side in shown])
    page.Rotate = turn
    pdf.save(tmp_path / "cropped.pdf")
    assert texts(tmp_path / "cropped.pdf") == ["within"]


def test_turned_text_that_a_wrong_clip_hides_is_read_into_its_table(tmp_path: Path) -> None:
    rules = b"100 100 200 100 re S 200 100 m 200 200 l S 100 150 m 300 150 l S "
    shown = b"BT /F0 10 Tf 220 120 Td (x) Tj -100 50 Td (a) Tj 100 0 Td (b) Tj ET"
    hidden = b"q 0 0 1 1 re W n BT /F0 5 Tf 0 1 -1 0 150 110 Tm (DEPARTMENT) Tj ET Q "
    path = blank_pdf(tmp_path / "turned.pdf", rules + hidden + shown)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        pdf.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F0=pdf.make_indirect(font)))
        pdf.save(path)
    assert texts(path) == ["a\tb", "DEPARTMENT\tx"]


def test_a_page_whose_rules_cannot_be_made_out_keeps_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    words = sorted(" ".join(texts(FIXTURES / "table.pdf")).split())

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("tipmine.extract.glyphs.TableFinder", fail)
    document = extract_document(FIXTURES / "table.pdf", ocr="never")
    assert {page.quality.verdict for page in document.pages} == {"doubtful"}
    assert "".join(sorted("".join(line.text for line in document.lines))).strip() == "".join(sorted("".join(words)))


ADVERTISEMENT = b"BT 3 Tr 1 0 0 1 20 10 Tm /F9 1 Tf (Powered by a program) Tj ET"


@pytest.mark.parametrize(
    ("drawn", "kept"),
    [(b"", False), (b"0.9 g 15 5 m 80 5 l 80 15 l 70 25 l 15 15 l h f", True)],
    ids=["on nothing", "over a drawing, whose text it may be"],
)
def test_what_a_page_of_text_does_not_paint_is_not_printed(tmp_path: Path, drawn: bytes, kept: bool) -> None:
    """TCPDF writes its name so on the last page."""
    with pikepdf.open(FIXTURES / "marks-garuda.pdf") as pdf:
        page = pdf.pages[0]
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.Resources.Font.F9 = pdf.make_indirect(font)
        page.contents_add(b"q", prepend=True)
        page.contents_add(b"Q " + drawn + b" " + ADVERTISEMENT)
        pdf.save(tmp_path / "tcpdf.pdf")
    assert any("Powered" in line for line in texts(tmp_path / "tcpdf.pdf")) is kept


def test_a_page_that_paints_nothing_keeps_its_text(tmp_path: Path) -> None:
    pdf = pikepdf.open(blank_pdf(tmp_path / "hidden.pdf"), allow_overwriting_input=True)
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    pdf.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F9=pdf.make_indirect(font)))
    pdf.pages[0].Contents = pdf.make_stream(b"BT 3 Tr /F9 12 Tf 50 100 Td (the text layer of a scan) Tj ET")
    pdf.save(tmp_path / "hidden.pdf")
    assert texts(tmp_path / "hidden.pdf") == ["the text layer of a scan"]
