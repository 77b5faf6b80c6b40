"""Text files in all their encodings, and Word files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt
from hypothesis import given
from hypothesis import strategies as st

from tipmine.errors import TooLargeError
from tipmine.extract import extract_document
from tipmine.extract.docx_numbers import printed
from tipmine.extract.txt import decode
from tipmine.records import Line

TEXT = "บทที่ ๑ ความเป็นมา\nเครือข่ายเฝ้าระวังในตำบลสมมติ (2568)"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp874", "tis-620"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_thai_text_is_read_in_its_encodings(tmp_path: Path, encoding: str, end: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.replace("\n", end).encode(encoding))
    assert [line.text for line in extract_document(path).lines] == TEXT.split("\n")


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_utf8_is_never_taken_for_something_else(text: str) -> None:
    if not text.startswith("\ufeff"):
        assert decode((text + " ไทย").encode())[0] == text + " ไทย"


def test_form_feeds_part_pages_and_empty_lines_part_blocks(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("หนึ่ง\n\nสอง\fสาม\n", encoding="utf-8")
    lines = extract_document(path).lines
    assert [(line.page, line.number, line.block) for line in lines] == [(1, 1, 0), (1, 2, 1), (2, 1, 0)]


def test_equals_signs_under_a_short_line_make_it_a_heading(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    talk = "ตอบ: ไม่มีเลย\nทั้งปีมีอบรมครั้งเดียว\n=====\n\nท้าย"
    path.write_text(f"การสัมภาษณ์ที่ ๒\n=====\n\n{'ก' * 121}\n=====\n\n{talk}", encoding="utf-8")
    roles = {line.text: line.role for line in extract_document(path).lines}

    assert [text for text, role in roles.items() if role == "heading"] == ["การสัมภาษณ์ที่ ๒"]


def test_a_paragraph_that_is_underlined_throughout_is_a_heading(tmp_path: Path) -> None:
    document = docx.Document()
    for words in ("ปัญหาและอุปสรรค", "ขาดล่ามในเวลากลางคืนและวันหยุด"):
        paragraph = document.add_paragraph()
        paragraph.add_run(words[:4]).underline = True
        paragraph.add_run(words[4:]).underline = words.startswith("ปัญหา")

    assert [line.role for line in lines_of(document, tmp_path / "a.docx")] == ["heading", "body"]


def lines_of(document: Any, path: Path) -> tuple[Line, ...]:
    document.save(path)
    return extract_document(path).lines


def test_headings_lists_tables_and_order_of_a_word_file(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("ข้อเสนอแนะ", 1)
    for text in ("จัดอบรมครู", "จัดล่าม"):
        document.add_paragraph(text, style="List Number")
    table = document.add_table(2, 2)
    for row, texts in enumerate((("มาตรการ", "ปี"), ("อบรม", "2568"))):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    document.add_paragraph("ท้ายเอกสาร")
    lines = lines_of(document, tmp_path / "a.docx")
    assert [line.text for line in lines] == [
        "ข้อเสนอแนะ", "1. จัดอบรมครู", "2. จัดล่าม", "มาตรการ\tปี", "อบรม\t2568", "ท้ายเอกสาร",
    ]  # fmt: skip
    assert [line.role for line in lines] == ["heading", "body", "body", "table", "table", "body"]
    assert lines[0].style == "Heading 1" and lines[3].cells == ("มาตรการ", "ปี")


def test_tracked_changes_are_read_as_accepted(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("ควร")
    for kind, tag, text in (("del", "delText", "ยกเลิก"), ("ins", "t", "สนับสนุน")):
        paragraph._p.append(
            parse_xml(f'<w:{kind} {nsdecls("w")} w:id="1" w:author="a"><w:r><w:{tag}>{text}</w:{tag}></w:r></w:{kind}>')
        )
    paragraph.add_run("ชุมชน")
    assert [line.text for line in lines_of(document, tmp_path / "a.docx")] == ["ควรสนับสนุนชุมชน"]


def test_a_deleted_end_of_a_paragraph_joins_it_to_the_next(tmp_path: Path) -> None:
    document = docx.Document()
    for text in ("ควรจัดล่าม", "ประจำด่าน", "ตามเดิม", "ค้างท้าย"):
        document.add_paragraph(text)
    for at in (0, 3):
        properties = parse_xml(f'<w:pPr {nsdecls("w")}><w:rPr><w:del w:id="1" w:author="a"/></w:rPr></w:pPr>')
        document.paragraphs[at]._p.insert(0, properties)
    assert [line.text for line in lines_of(document, tmp_path / "a.docx")] == ["ควรจัดล่ามประจำด่าน", "ตามเดิม", "ค้างท้าย"]


def test_a_deleted_end_of_a_paragraph_joins_it_to_no_table(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("มาตรการ")
    mark = f'<w:pPr {nsdecls("w")}><w:rPr><w:del w:id="1" w:author="a"/></w:rPr></w:pPr>'
    paragraph._p.insert(0, parse_xml(mark))
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "อบรม", "2568"
    assert [line.text for line in lines_of(document, tmp_path / "a.docx")] == ["มาตรการ", "อบรม\t2568"]


def test_items_that_a_tracked_change_takes_out_are_not_counted(tmp_path: Path) -> None:
    document = docx.Document()
    for text in ("จัดอบรมครู", "จัดรถ", "จัดที่พัก", "จัดล่าม"):
        document.add_paragraph(text, style="List Number")
    for at, kind in ((1, "del"), (2, "moveFrom")):
        paragraph = document.paragraphs[at]
        gone = f'<w:{kind} {nsdecls("w")} w:id="1" w:author="a"/>'
        for run in paragraph.runs:
            around = parse_xml(gone)
            run._r.addprevious(around)
            around.append(run._r)
        mark = parse_xml(f"<w:rPr {nsdecls('w')}/>")
        mark.append(parse_xml(gone))
        paragraph._p.pPr.append(mark)
    assert [line.text for line in lines_of(document, tmp_path / "a.docx")] == ["1. จัดอบรมครู", "2. จัดล่าม"]


def test_a_list_that_is_restarted_counts_from_its_own_start(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("มาตรการชุดแรก", style="List Number")
    document.add_paragraph("จัดอบรมครู", style="List Number")
    used = document.styles["List Number"].element.pPr.numPr.numId.val
    numbering = document.part.numbering_part.element
    abstract = next(num for num in numbering.num_lst if num.numId == used).abstractNumId.val
    restarted = numbering.add_num(abstract)
    restarted.add_lvlOverride(ilvl=0).add_startOverride(3)
    for text in ("จัดล่าม", "จัดรถ"):
        number = document.add_paragraph(text, style="List Number")._p.get_or_add_pPr().get_or_add_numPr()
        number.get_or_add_numId().val = restarted.numId
        number.get_or_add_ilvl().val = 0
    texts = [line.text for line in lines_of(document, tmp_path / "a.docx")]
    assert texts == ["1. มาตรการชุดแรก", "2. จัดอบรมครู", "3. จัดล่าม", "4. จัดรถ"]
    restarted.lvlOverride_lst[0].startOverride.val = 1
    texts = [line.text for line in lines_of(document, tmp_path / "a.docx")]
    assert texts == ["1. มาตรการชุดแรก", "2. จัดอบรมครู", "1. จัดล่าม", "2. จัดรถ"]


NUM = '<w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num>'


def numbered(document: Any, forms: str) -> None:
    """Puts list forms and lists in the place of those that a new Word file has."""
    root = document.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    for child in parse_xml(f"<w:numbering {nsdecls('w')}>{forms}</w:numbering>"):
        root.append(child)


def form(number: int, *levels: tuple[str, str]) -> str:
    """A list form whose levels have these styles and texts of numbers."""
    made = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (style, text) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="{number}">{made}</w:abstractNum>'


def list_style(document: Any, name: str, inside: str, base: str = "") -> None:
    """Adds a paragraph style with these list properties."""
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if base:
        style.base_style = document.styles[base]
    if inside:
        style.element.get_or_add_pPr().append(parse_xml(f"<w:numPr {nsdecls('w')}>{inside}</w:numPr>"))


def test_a_style_has_the_list_of_the_style_that_it_is_based_on(tmp_path: Path) -> None:
    document = docx.Document()
    numbered(document, form(1, ("thaiNumbers", "%1."), ("decimal", "%1.%2")) + NUM)
    list_style(document, "Item", '<w:numId w:val="7"/>')
    list_style(document, "Measure", "", "Item")
    list_style(document, "Deeper", '<w:ilvl w:val="1"/>', "Item")
    list_style(document, "Bare", '<w:numId w:val="0"/>', "Item")
    for style in ("Item", "Measure", "Deeper", "Bare", "Measure"):
        document.add_paragraph("จัดล่าม", style=style)
    numbers = [line.text.removesuffix("จัดล่าม").strip() for line in lines_of(document, tmp_path / "a.docx")]
    assert numbers == ["๑.", "๒.", "๒.1", "", "๓."]


def test_a_level_may_name_the_style_that_it_numbers(tmp_path: Path) -> None:
    document = docx.Document()
    levels = form(1, ("decimal", "%1."), ("thaiLetters", "(%2)"))
    numbered(document, levels.replace('"thaiLetters"/>', '"thaiLetters"/><w:pStyle w:val="Item"/>') + NUM)
    list_style(document, "Item", '<w:numId w:val="7"/>')
    for _ in range(2):
        document.add_paragraph("จัดล่าม", style="Item")
    assert [line.text for line in lines_of(document, tmp_path / "a.docx")] == ["(ก) จัดล่าม", "(ข) จัดล่าม"]


def test_a_list_may_say_its_levels_anew(tmp_path: Path) -> None:
    document = docx.Document()
    own = '<w:lvl w:ilvl="0"><w:numFmt w:val="thaiNumbers"/><w:lvlText w:val="ข้อ %1"/></w:lvl>'
    override = f'<w:num w:numId="7"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">{own}</w:lvlOverride></w:num>'
    numbered(document, form(1, ("decimal", "%1.")) + override)
    list_style(document, "Item", '<w:numId w:val="7"/>')
    document.add_paragraph("จัดล่าม", style="Item")
    assert [line.text for line in lines_of(document, tmp_path / "a.docx")] == ["ข้อ ๑ จัดล่าม"]


@pytest.mark.parametrize(("target", "text"), [("8", "๑) จัดล่าม"), ("7", "จัดล่าม")])
def test_a_list_form_may_name_a_list_style(tmp_path: Path, target: str, text: str) -> None:
    """In a damaged file the style may name the same list again."""
    document = docx.Document()
    linked = '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="Plan"/></w:abstractNum>'
    lists = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{of}"/></w:num>' for n, of in ((7, 2), (8, 1)))
    numbered(document, form(1, ("thaiNumbers", "%1)")) + linked + lists)
    document.styles.element.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="numbering" w:styleId="Plan"><w:name w:val="Plan"/>'
            f'<w:pPr><w:numPr><w:numId w:val="{target}"/></w:numPr></w:pPr></w:style>'
        )
    )
    list_style(document, "Item", '<w:numId w:val="7"/>')
    document.add_paragraph("จัดล่าม", style="Item")
    assert [line.text for line in lines_of(document, tmp_path / "a.docx")] == [text]


def test_errors_of_tipmine_itself_are_not_taken_for_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def over(*_: object) -> None:
        raise TooLargeError("a.docx", "too many rows")

    monkeypatch.setattr("tipmine.extract.docx._Walker.walk", over)
    with pytest.raises(TooLargeError):
        lines_of(docx.Document(), tmp_path / "a.docx")


def test_a_line_has_the_size_of_its_letters_and_not_of_its_end(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    paragraph.add_run("หัวข้อใหญ่").font.size = Pt(20)
    paragraph._p.get_or_add_pPr().append(parse_xml(f'<w:rPr {nsdecls("w")}><w:sz w:val="24"/></w:rPr>'))
    assert [line.size for line in lines_of(document, tmp_path / "a.docx")] == [20.0]


def test_hidden_text_is_not_read(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("เปิดเผย")
    for text, hidden in (("ซ่อน", True), ("ต่อ", False)):
        paragraph.add_run(text).font.hidden = hidden
    assert [line.text for line in lines_of(document, tmp_path / "a.docx")] == ["เปิดเผยต่อ"]


def test_merged_cells_keep_the_columns_of_a_table(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    table.cell(0, 1).merge(table.cell(0, 2)).text = "ปี"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "ป้องกัน"
    for row in (1, 2):
        table.cell(row, 2).text = f"256{row}"
    cells = [line.cells for line in lines_of(document, tmp_path / "a.docx")]
    assert cells == [("", "ปี", ""), ("ป้องกัน", "", "2561"), ("", "", "2562")]


CELL = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
CONTROL = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        (CONTROL.format(CELL.format("อบรม") + CELL.format("ครู")) + CELL.format("2568"), ("อบรม", "ครู", "2568")),
        (CONTROL.format(CONTROL.format(CELL.format("อบรม"))) + CELL.format("2568"), ("อบรม", "2568")),
        (CONTROL.format("") + CELL.format("อบรม") + CELL.format("2568"), ("อบรม", "2568")),
        (f"<w:customXml>{CELL.format('อบรม')}</w:customXml>{CELL.format('2568')}", ("อบรม", "2568")),
    ],
    ids=["several cells", "nested", "empty", "custom XML"],
)
def test_cells_in_content_controls_are_cells_of_their_row(tmp_path: Path, row: str, cells: tuple[str, ...]) -> None:
    document = docx.Document()
    document.element.body.insert(0, parse_xml(f"<w:tbl {nsdecls('w')}><w:tr>{row}</w:tr></w:tbl>"))
    assert [line.cells for line in lines_of(document, tmp_path / "a.docx")] == [cells]


def test_a_cell_that_a_tracked_change_deletes_is_not_read(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(1, 3)
    for cell, text in zip(table.rows[0].cells, ("มาตรการ", "ยกเลิก", "2568"), strict=True):
        cell.text = text
    deleted = parse_xml(f'<w:cellDel {nsdecls("w")} w:id="1" w:author="a"/>')
    table.cell(0, 1)._tc.get_or_add_tcPr().append(deleted)
    assert [line.cells for line in lines_of(document, tmp_path / "a.docx")] == [("มาตรการ", "2568")]


def test_a_table_in_a_cell_is_text_of_that_cell(tmp_path: Path) -> None:
    document = docx.Document()
    outer = document.add_table(1, 2)
    outer.cell(0, 0).text, outer.cell(0, 1).text = "มาตรการ", "2568"
    inner = outer.cell(0, 0).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "อบรม", "ครู"
    assert [line.cells for line in lines_of(document, tmp_path / "a.docx")] == [("มาตรการ อบรม ครู", "2568")]


def test_text_of_formulas_aligned_tabs_and_alternative_content(tmp_path: Path) -> None:
    document = docx.Document()
    math = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    compatible = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    paragraph = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    choice, fallback = paragraph.format("ทางเลือก"), paragraph.format("สำรอง")
    for place, xml in enumerate(
        (
            f"<w:p {nsdecls('w')} {math}><m:oMath><m:r><m:t>n = 5</m:t></m:r></m:oMath></w:p>",
            f"<w:p {nsdecls('w')}><w:r><w:t>รวม</w:t><w:ptab/><w:t>12</w:t></w:r></w:p>",
            f"<mc:AlternateContent {nsdecls('w')} {compatible}><mc:Choice Requires='w'>{choice}</mc:Choice>"
            f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>",
        )
    ):
        document.element.body.insert(place, parse_xml(xml))
    assert [line.text for line in lines_of(document, tmp_path / "a.docx")] == ["n = 5", "รวม\t12", "ทางเลือก"]


def test_a_frame_round_paragraphs_is_no_table(tmp_path: Path) -> None:
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "ข้อเสนอแนะ"
    for text in ("จัดล่าม", "จัดรถ"):
        cell.add_paragraph(text, style="List Number")
    lines = lines_of(document, tmp_path / "a.docx")
    assert [(line.role, line.text) for line in lines] == [
        ("body", "ข้อเสนอแนะ"), ("body", "1. จัดล่าม"), ("body", "2. จัดรถ"),
    ]  # fmt: skip


def test_signs_of_symbol_fonts_read_as_printed(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("\uf0fc อบรมแล้ว ")
    paragraph._p.append(
        parse_xml(f'<w:r {nsdecls("w")}><w:sym w:font="Wingdings" w:char="F0FC"/><w:t> ส่งต่อแล้ว</w:t></w:r>')
    )
    assert [line.text for line in lines_of(document, tmp_path / "a.docx")] == ["\u2713 อบรมแล้ว \u2713 ส่งต่อแล้ว"]


def test_a_word_file_has_no_pages_to_number(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("จัดล่าม")
    document.add_table(1, 2).cell(0, 1).text = "ปี"
    assert {line.page for line in lines_of(document, tmp_path / "a.docx")} == {0}
    assert [page.number for page in extract_document(tmp_path / "a.docx").pages] == [0]


def test_line_breaks_and_tabs_of_a_paragraph(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("บรรทัดแรก\nบรรทัดสอง\tต่อ")
    assert [line.text for line in lines_of(document, tmp_path / "a.docx")] == ["บรรทัดแรก", "บรรทัดสอง\tต่อ"]


def test_damaged_thai_in_a_word_file_is_repaired(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("การดำ\N{THAI CHARACTER SARA AA}เนินงานของชุมชน")
    line = lines_of(document, tmp_path / "a.docx")[0]
    assert line.text == "การดำเนินงานของชุมชน" and line.edits


@pytest.mark.parametrize(
    ("number", "style", "text"),
    [
        (3, "decimal", "3"),
        (3, "thaiNumbers", "๓"),
        (3, "thaiLetters", "ค"),
        (14, "upperRoman", "XIV"),
        (27, "upperLetter", "AA"),
    ],
)
def test_numbers_are_printed_in_their_style(number: int, style: str, text: str) -> None:
    assert printed(number, style) == text
