"""What is said about a line and a page: clean, repaired, doubtful, or to be read by OCR."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytesseract
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.extract.making import blank_pdf, draft, page_of
from tipmine.errors import MissingPartError
from tipmine.extract.compose import compose, difference
from tipmine.extract.deadlines import deadlines
from tipmine.extract.documents import extract_document
from tipmine.extract.drafts import DraftPage, Piece
from tipmine.extract.ocr import read_missing
from tipmine.extract.outlined import outlined_letters
from tipmine.extract.quality import count_signs, line_quality, page_quality, why_ocr
from tipmine.extract.reasons import (
    FAILED,
    INSTALL,
    NO_THAI_DATA,
    NOTHING_FOUND,
    PICTURE,
    READ_BY_OCR,
    WRONG_LANGUAGE,
    out_of_time,
)
from tipmine.extract.repair import replay, undo

CLEAN = "เจ้าหน้าที่ช่วยเหลือผู้เสียหายให้ได้รับความคุ้มครองโดยเร็วที่สุด"


def scan(number: int = 1, text: str = "") -> DraftPage:
    page = page_of([draft(text)] if text else [], number)
    page.images = 1.0
    return page


def test_clean_text_shows_no_signs_and_is_clean() -> None:
    assert count_signs(CLEAN) == 0
    assert line_quality(CLEAN, False, False, None, 1.0).verdict == "clean"
    assert line_quality(CLEAN, True, False, "", 1.0).verdict == "repaired"


@pytest.mark.parametrize(
    "bad",
    [
        "ทำ\u0e32",
        " \u0e48ก",
        "ก\u0e48\u0e48",
        "ก\u0e48\u0e35",
        "เเ",
        "(cid:12)",
        "ก\ufffd",
        "ก\uf70a",
        "าา",
        "กำำ",
    ],
)
def test_each_sign_of_damage_makes_a_line_doubtful(bad: str) -> None:
    assert count_signs(CLEAN + bad) >= 1
    assert line_quality(CLEAN + bad, False, False, None, 1.0).verdict == "doubtful"


def test_a_page_without_tone_marks_says_so() -> None:
    poor = "การประชมของคณะกรรมการในจงหวดสมมต " * 30
    quality = page_quality(page_of([draft(poor)]), [(poor, line_quality(poor, False, False, None, 1.0))])
    assert quality.verdict == "doubtful" and "tone marks" in quality.reason
    rich = CLEAN * 20
    assert (
        page_quality(page_of([draft(rich)]), [(rich, line_quality(rich, False, False, None, 1.0))]).verdict == "clean"
    )


@pytest.mark.parametrize("text", [CLEAN, ""])
def test_a_page_whose_end_is_missing_is_in_doubt(text: str) -> None:
    page = page_of([draft(text)] if text else [])
    page.broke_off = True
    quality = page_quality(page, [(line.text, line_quality(line.text, False, False, None, 1.0)) for line in page.lines])
    assert quality.verdict == "doubtful" and "breaks off" in quality.reason


def test_pictures_and_unmapped_glyphs_need_ocr_and_text_does_not() -> None:
    assert why_ocr(scan()) and why_ocr(page_of([draft("(cid:3)(cid:4)(cid:9)ก")]))
    assert not why_ocr(page_of([draft(CLEAN)])) and not why_ocr(scan(text=CLEAN)) and not why_ocr(page_of([]))


@pytest.mark.parametrize(("unread", "needed"), [(12, True), (2, False)])
def test_a_page_of_glyphs_that_nothing_names_needs_ocr(unread: int, needed: bool) -> None:
    page = page_of([draft("N/?N//?/_^ข้อมูลที่อ่าน")])
    page.unread = unread
    assert bool(why_ocr(page)) is needed


def test_a_hidden_text_of_another_language_needs_ocr() -> None:
    junk = scan(text="n1J fll1v 'fn ~Q1 u1~ hhf ;lnm d~n1 fl9Jv 11n'l ~~ Q1u n1J")
    junk.invisible = 1.0
    assert why_ocr(junk) == WRONG_LANGUAGE
    english = scan(text="The committee shall meet at least once a year, and report to the ministry in due time.")
    english.invisible = 1.0
    assert not why_ocr(english)


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("āĂăĄĂąĆćĀĈĉĊċČčĎďĐ đĒē ĔĕĖė", True),
        ("✁✂✄☎✆✝✞✟✠✡☛☞✌✍✎✏✐✑✒✓ 2566", True),
        ("Nguyễn Văn Đức đã được cứu khỏi nơi giam giữ người", False),
        ("被害人从工厂获救后被送往收容所并由翻译陪同", False),
    ],
)
def test_letters_of_no_language_need_ocr(text: str, needed: bool) -> None:
    assert bool(why_ocr(page_of([draft(text)]))) is needed


def test_a_page_whose_letters_are_too_small_or_drawn_as_shapes_needs_ocr() -> None:
    for name in ("tiny", "outlined"):
        page = page_of([draft("หน้า 4")])
        setattr(page, name, 300)
        assert why_ocr(page)
        setattr(page, name, 4)
        assert not why_ocr(page)


def test_shapes_in_lines_are_letters_and_bars_and_maps_are_none() -> None:
    letters = [
        (50 + 8.0 * at, 100 + 20.0 * row, 56 + 8.0 * at, 110 + 20.0 * row) for row in range(4) for at in range(30)
    ]
    bars = [(50 + 30.0 * at, 300 - 9.0 * at, 70 + 30.0 * at, 300.0) for at in range(10)]
    islands = [(7.0 * at, 3.1 * at, 7.0 * at + 5, 3.1 * at + 4) for at in range(90)]
    assert outlined_letters(letters) == 120
    assert outlined_letters(bars + islands) == 0


def test_without_tesseract_pages_say_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    page = scan()
    read_missing(tmp_path / "a.pdf", [page], None, "auto", deadlines(0.0))
    assert page.needs_ocr == (PICTURE, INSTALL)
    document = compose("a", [page])
    assert document.pages[0].quality.verdict == "needs_ocr"
    with pytest.raises(MissingPartError):
        read_missing(tmp_path / "a.pdf", [scan()], None, "always", deadlines(0.0))


def test_tesseract_without_thai_data_is_no_tesseract(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: "/usr/bin/tesseract")
    monkeypatch.setattr(pytesseract, "get_languages", lambda: ["eng"])
    page = scan()
    read_missing(tmp_path / "a.pdf", [page], None, "auto", deadlines(0.0))
    assert page.needs_ocr == (PICTURE, NO_THAI_DATA)
    with pytest.raises(MissingPartError, match="no Thai data"):
        read_missing(tmp_path / "a.pdf", [scan()], None, "always", deadlines(0.0))


def test_a_page_on_which_ocr_fails_does_not_lose_the_others(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: "/usr/bin/tesseract")
    monkeypatch.setattr(pytesseract, "get_languages", lambda: ["tha"])
    asked: list[Image.Image] = []

    def read_picture(picture: Image.Image, **_: object) -> dict[str, list[object]]:
        asked.append(picture)
        if len(asked) == 1:
            raise pytesseract.TesseractError(1, "the picture is too small")
        places = ("block_num", "par_num", "line_num", "left", "top", "width", "height")
        return {"text": ["ล่าม"], "conf": [90.0], **{place: [9] for place in places}}

    monkeypatch.setattr(pytesseract, "image_to_data", read_picture)
    pages = [scan(1), scan(2), scan(3)]
    # The file has two pages: the third cannot even be drawn.
    read_missing(blank_pdf(tmp_path / "a.pdf", pages=2), pages, None, "auto", deadlines(60))
    assert [[line.text for line in page.lines] for page in pages] == [[], ["ล่าม"], []]
    assert [FAILED in page.needs_ocr for page in pages] == [True, False, True]


def scans(path: Path, pages: int) -> Path:
    """A PDF of blank pictures."""
    picture = Image.new("L", (600, 800), 255)
    picture.save(path, save_all=True, append_images=[picture] * (pages - 1))
    return path


def ocr_gives(monkeypatch: pytest.MonkeyPatch, read: Callable[[float], Sequence[tuple[str, int]]]) -> None:
    """In place of tesseract: `read` gets the seconds left and gives the lines of a page with their tops in pixels."""

    def image_to_data(_: Image.Image, *, timeout: float, **_options: object) -> dict[str, list[object]]:
        lines = read(timeout)
        data: dict[str, list[object]] = {key: [1] * len(lines) for key in ("block_num", "par_num")}
        data |= {key: [60] * len(lines) for key in ("left", "height")} | {"width": [900] * len(lines)}
        data |= {"text": [text for text, _ in lines], "top": [top for _, top in lines]}
        return data | {"conf": [90.0] * len(lines), "line_num": list(range(len(lines)))}

    monkeypatch.setattr(shutil, "which", lambda _: "/usr/bin/tesseract")
    monkeypatch.setattr(pytesseract, "get_languages", lambda: ["tha"])
    monkeypatch.setattr(pytesseract, "image_to_data", image_to_data)


def test_heads_and_page_numbers_of_a_scan_are_recognised(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    numbers = iter(range(1, 6))
    ocr_gives(monkeypatch, lambda _: [("รายงานสมมติ", 60), ("เนื้อความของหน้านี้", 1500), (f"- {next(numbers)} -", 3200)])
    lines = extract_document(scans(tmp_path / "a.pdf", 5)).lines
    assert [line.role for line in lines] == ["running_head", "body", "page_number"] * 5


def test_ocr_stops_before_the_time_is_over_and_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def slowly(left: float) -> list[tuple[str, int]]:
        time.sleep(min(1.5, left))
        if left < 1.5:
            raise RuntimeError("Tesseract process timeout")
        return [("ล่าม", 1500)]

    ocr_gives(monkeypatch, slowly)
    begun = time.monotonic()
    pages = extract_document(scans(tmp_path / "a.pdf", 9), seconds=5).pages
    assert time.monotonic() - begun < 5
    assert READ_BY_OCR in pages[0].quality.reasons and out_of_time(5) in pages[-1].quality.reasons


def test_a_page_in_the_middle_of_which_the_time_ends_has_not_failed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def never_done(left: float) -> list[tuple[str, int]]:
        time.sleep(left)
        raise RuntimeError("Tesseract process timeout")

    ocr_gives(monkeypatch, never_done)
    page = scan()
    read_missing(scans(tmp_path / "a.pdf", 1), [page], None, "auto", deadlines(0.3))
    assert out_of_time(0.3) in page.needs_ocr and FAILED not in page.needs_ocr


def test_a_page_on_which_ocr_finds_nothing_says_that_it_was_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ocr_gives(monkeypatch, lambda _: [])
    quality = extract_document(scans(tmp_path / "a.pdf", 1)).pages[0].quality
    assert quality.verdict == "needs_ocr" and quality.reasons[-1] == NOTHING_FOUND


def test_a_file_that_cannot_be_drawn_keeps_its_pages_marked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: "/usr/bin/tesseract")
    monkeypatch.setattr(pytesseract, "get_languages", lambda: ["tha"])
    (tmp_path / "a.pdf").write_bytes(b"no PDF")
    page = scan()
    read_missing(tmp_path / "a.pdf", [page], None, "auto", deadlines(60))
    assert FAILED in page.needs_ocr


@given(st.text("กขที่\u0e48\u0e32\u0e33 aก", max_size=30), st.text("กขที่\u0e48\u0e32\u0e33 aก", max_size=30))
def test_the_difference_of_two_readings_can_be_replayed_and_undone(plain: str, text: str) -> None:
    edits = difference(Piece(text, plain))
    assert replay(plain, edits) == text
    assert undo(text, edits) == plain


def test_readings_that_agree_are_one_string_and_clean_lines_have_one_quality() -> None:
    """Thousands of pages are held and sent between processes."""
    document = compose("a", [page_of([draft("จัดล่าม"), draft("จัดรถ")])])
    assert all(line.raw is line.text for line in document.lines)
    assert document.lines[0].quality is document.lines[1].quality


def test_edits_of_table_cells_lie_in_the_row() -> None:
    line = draft("")
    line.role = "table"
    line.cells = [[Piece("ทำงาน", "ทํางาน")], [], [Piece("น้ำ", "นํ้า", joint=""), Piece("ดี", "ดี")]]
    row = compose("a", [page_of([line])]).lines[0]
    assert row.cells == ("ทำงาน", "", "น้ำดี") and row.text == "ทำงาน\t\tน้ำดี"
    assert replay(row.raw, row.edits) == row.text and undo(row.text, row.edits) == row.raw
