"""The Word file: Thai set right in every run, every part there, one form per agency."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from PIL import Image

from tests.report.conftest import FORMULA, INTERPRETERS_67, SPOKEN, on_page
from tipmine.errors import UsageError
from tipmine.report import html
from tipmine.report.forms import write_form, write_forms
from tipmine.report.material import gather
from tipmine.report.pictures import EMPTY, stacked_bar
from tipmine.report.word import write_word
from tipmine.store.decisions import decide
from tipmine.store.run import Run

DAY = date(2024, 11, 25)


@pytest.fixture
def file(hard: Run, tmp_path: Path) -> Any:
    path = tmp_path / "trace.docx"
    write_word(path, gather(hard), name="สมมติ", day=DAY)
    return Document(str(path))


def runs(file: Any) -> Iterator[Any]:
    yield from file.element.body.iter(qn("w:r"))


def words_of(file: Any) -> str:
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in file.element.body.iter(qn("w:p")))


def test_every_run_has_a_complex_script_font_size_and_thai_as_its_language(file: Any) -> None:
    with_text = [run for run in runs(file) if run.find(qn("w:t")) is not None]
    assert len(with_text) > 50
    for run in with_text:
        properties = run.find(qn("w:rPr"))
        assert properties.find(qn("w:rFonts")).get(qn("w:cs")) == "TH Sarabun New"
        assert properties.find(qn("w:lang")).get(qn("w:bidi")) == "th-TH"
        size = properties.find(qn("w:sz")).get(qn("w:val"))
        assert properties.find(qn("w:szCs")).get(qn("w:val")) == size
        assert (properties.find(qn("w:b")) is None) == (properties.find(qn("w:bCs")) is None)


def test_every_part_of_the_report_has_a_heading(file: Any) -> None:
    heads = [p.text for p in file.paragraphs if p.style.name == "Heading 1"]
    parts = ["สรุป", "ทะเบียนข้อเสนอแนะ", "ประเด็นจากวงสนทนา", "ช่องว่าง", "ซ้ำและขัดกัน", "ปีต่อปี"]
    assert heads[: len(parts)] == parts
    assert heads[len(parts) : len(parts) + 3] == ["เมทริกซ์ ข้อเสนอแนะ × ประเด็น", "เสา × ผู้เกี่ยวข้อง", "เอกสารและคุณภาพการอ่าน"]


def test_each_agency_has_a_form_with_its_recommendations(file: Any) -> None:
    heads = [p.text for p in file.paragraphs if p.text.startswith("แบบติดตามข้อเสนอแนะ")]
    assert heads == ["แบบติดตามข้อเสนอแนะ: กระทรวงสมมติ", "แบบติดตามข้อเสนอแนะ: สำนักงานตำรวจสมมติ"]
    last = file.tables[-1]
    assert [cell.text for cell in last.rows[0].cells] == ["ข้อ", "ข้อเสนอแนะ", "บทบาท", "สถานะ", "ผลการดำเนินงาน"]
    assert len(last.rows) == 3


def test_quotations_and_failures_stand_in_the_file(file: Any) -> None:
    found = words_of(file)
    assert FORMULA in found
    assert "ต้อง OCR หน้า 2–3" in found
    assert "ไฟล์เสีย ว่างเปล่า หรือไม่ครบ" in found
    assert "25 พฤศจิกายน 2567" in found


def test_a_link_that_people_rejected_stands_in_the_matrix_without_colour(hard: Run, tmp_path: Path) -> None:
    def fills() -> dict[str, str]:
        """Text -> background of the cells with a link."""
        write_word(tmp_path / "x.docx", gather(hard), day=DAY)
        tables = Document(str(tmp_path / "x.docx")).tables
        cells = [cell for table in tables for row in table.rows for cell in row.cells]
        shades = {cell.text: cell._tc.get_or_add_tcPr().find(qn("w:shd")) for cell in cells if cell.text[:1] in "○●×"}
        return {text: shade.get(qn("w:fill")) for text, shade in shades.items() if text}

    assert fills() == {"○ 0.91 (1)": "3F83AA", "○ 0.12 (1)": "E4EEF5"}
    found = {passage.text: passage.id for passage in hard.passages()}
    decide(hard.connection, found[INTERPRETERS_67], f"link:{found[SPOKEN]}", "no", "สมศรี")
    assert fills() == {"× 0.91 (1)": "FFFFFF", "○ 0.12 (1)": "E4EEF5"}


def test_columns_have_their_width_in_every_row(file: Any) -> None:
    for table in file.tables:
        widths = [column.width for column in table.columns]
        assert None not in widths
        assert all([cell.width for cell in row.cells] == widths for row in table.rows)


def test_numbers_of_pages_have_no_separators(hard: Run, tmp_path: Path) -> None:
    late = on_page(gather(hard), 1024)
    write_word(tmp_path / "x.docx", late, day=DAY)
    assert set(re.findall(r"หน้า 1,?024", words_of(Document(str(tmp_path / "x.docx"))))) == {"หน้า 1024"}
    content = html.page(late, day=DAY)
    assert content.count("หน้า 1024") > 5 and "1,024" not in content
    assert "หน้า ๑๐๒๔" in html.page(late, day=DAY, thai_digits=True)


def test_heads_of_tables_come_again_on_every_page(file: Any) -> None:
    heads = [table.rows[0]._tr.trPr.find(qn("w:tblHeader")) for table in file.tables]
    assert len(heads) > 5 and None not in heads


def test_thai_digits_are_for_the_reports_own_numbers_only(small: Run, tmp_path: Path) -> None:
    write_word(tmp_path / "x.docx", gather(small), day=DAY, thai_digits=True)
    found = words_of(Document(str(tmp_path / "x.docx")))
    assert "๒๕ พฤศจิกายน ๒๕๖๗" in found
    assert "ปี ๒๕๖๖ มีเพียง 2 คน" in found


def test_a_run_without_anything_gives_a_file_that_opens(empty: Run, tmp_path: Path) -> None:
    write_word(tmp_path / "x.docx", gather(empty), day=DAY)
    assert "ไม่พบข้อเสนอแนะที่ซ้ำหรือขัดกัน" in words_of(Document(str(tmp_path / "x.docx")))


def test_one_agency_gets_a_file_of_its_own(hard: Run, tmp_path: Path) -> None:
    path = tmp_path / "form.docx"
    write_form(path, gather(hard), "สำนักงานตำรวจสมมติ")
    alone = Document(str(path))
    assert "แบบติดตามข้อเสนอแนะ: สำนักงานตำรวจสมมติ" in words_of(alone)
    assert "กระทรวงสมมติ" not in [p.text for p in alone.paragraphs]
    assert len(alone.tables) == 1
    with pytest.raises(UsageError, match="no recommendation names"):
        write_form(path, gather(hard), "กรมที่ไม่มี")


def test_every_agency_gets_a_file_with_a_name_that_any_file_system_takes(hard: Run, tmp_path: Path) -> None:
    with hard.transaction():
        hard.connection.execute("UPDATE actor_tags SET name = 'กรม/กอง: \u0e01' WHERE actor = 'rtp'")
        hard.connection.execute("UPDATE actor_tags SET name = ? WHERE actor = 'ministry'", ("กรม?กอง" + "ก" * 200,))
    paths = write_forms(tmp_path / "forms", gather(hard))
    assert sorted(paths) == sorted(["กรม/กอง: ก", "กรม?กอง" + "ก" * 200])
    assert all(len(path.name.encode()) < 255 and path.is_file() for path in paths.values())
    assert {path.name for path in paths.values()} == {path.name for path in (tmp_path / "forms").iterdir()}
    assert paths["กรม/กอง: ก"].name == "กรม-กอง- ก.docx"


def test_a_form_in_thai_digits_cites_titles_and_keeps_numbers_as_printed(hard: Run, tmp_path: Path) -> None:
    path = tmp_path / "form.docx"
    write_form(path, gather(hard), "สำนักงานตำรวจสมมติ", day=DAY, thai_digits=True)
    found = words_of(Document(str(path)))
    assert "๒๕ พฤศจิกายน ๒๕๖๗" in found
    assert "(แผนสมมติ ๒๕๖๗, หน้า ๑)" in found
    assert "plan-67.pdf" not in found
    assert "1)" in found
    write_form(path, gather(hard), "กระทรวงสมมติ", day=DAY)
    found = words_of(Document(str(path)))
    assert "ข้อเสนอแนะจาก แผนสมมติ ๒๕๖๖" in found and "(หน้า 1)" in found


def test_a_recommendation_that_is_not_traced_yet_says_so(hard: Run, tmp_path: Path) -> None:
    found = next(passage for passage in hard.passages() if passage.kind == "finding")
    decide(hard.connection, found.id, "kind", "recommendation", "ก")
    write_word(tmp_path / "x.docx", gather(hard), day=DAY)
    assert "ยังไม่ได้จับคู่หลักฐาน · " in words_of(Document(str(tmp_path / "x.docx")))


def test_bars_of_coverage_are_pictures_with_words_for_those_who_cannot_see_them(file: Any) -> None:
    shapes = list(file.inline_shapes)
    assert len(shapes) == 2 + 2, "two pillars, two years"
    words = [shape._inline.docPr.get("descr") for shape in shapes]
    assert "มีหลักฐานตรง 1, มีหลักฐานบางส่วน 1, ไม่พบหลักฐาน 3" in words


@pytest.mark.parametrize(
    ("counts", "ends"), [((1, 1, 2), (120, 240, 480)), ((0, 3, 0), (0, 480, 480)), ((0, 0, 0), ())]
)
def test_a_bar_is_cut_in_proportion(counts: tuple[int, ...], ends: tuple[int, ...]) -> None:
    colours = ("#1F7A4D", "#C58A12", "#B3362B")
    picture = Image.open(BytesIO(stacked_bar(list(zip(counts, colours, strict=True))))).convert("RGB")
    row = ["#{:02X}{:02X}{:02X}".format(*picture.getpixel((x, 20))) for x in range(picture.width)]
    expected = [
        colour for colour, start, end in zip(colours, (0, *ends), ends, strict=False) for _ in range(start, end)
    ]
    assert row == (expected or [EMPTY] * picture.width)


def test_the_register_stands_under_titles_and_headings(file: Any) -> None:
    heads = [(p.style.name, p.text) for p in file.paragraphs if p.style.name in ("Heading 2", "Heading 3")]
    place = heads.index(("Heading 2", "แผนสมมติ ๒๕๖๗ (plan-67.pdf)"))
    assert heads[place + 1] == ("Heading 3", "บทที่ 5 › 5.1 ข้อเสนอแนะ")
