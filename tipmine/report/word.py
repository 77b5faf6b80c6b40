"""`recommendation_trace.docx`: the report for people who work in Word.

It has the same parts as the workbook; grids are editable tables on landscape pages. The forms for agencies (`forms.py`)
come last.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import Any

from tipmine.records import TableRow
from tipmine.report import limits, thai_formats
from tipmine.report.files import replacing_file
from tipmine.report.forms import add_forms
from tipmine.report.labels import codes, label, short_label
from tipmine.report.material import Material
from tipmine.report.pictures import stacked_bar
from tipmine.report.present import below_title, cell, doubts, pillars_note, shown_text, source
from tipmine.report.tables import TABLES
from tipmine.report.wordfile import SMALL, SOFT, Filled, Picture, WordFile
from tipmine.report.wordgrids import add_heat, add_matrix, add_spread

_SHOWN_EVIDENCE = 3
"""Most links shown for a recommendation; the workbook has all."""
_FILLS = {"direct": "E3F3EA", "partial": "FBF0D3", "none": "FBE6E3"}
_UNTRACED_FILL = "ECECEC"
_BARS = {"direct": "#1F7A4D", "partial": "#C58A12", "none": "#B3362B"}
_BAR_WIDTH = 2.9
"""Width of a bar in centimetres."""
_FIGURES_SIZE = 12.0
"""Font size in points of the table of counts, which should fit on one page with the coverage."""
_TITLE = "รายงานการสืบย้อนข้อเสนอแนะ"


def write_word(
    path: Path, material: Material, *, name: str = "", day: date | None = None, thai_digits: bool = False
) -> None:
    """Write the report. `thai_digits` writes its own numbers in Thai digits; quotations stay as they are."""
    file = WordFile(_TITLE, thai_digits=thai_digits)
    corpus = f"ชุดเอกสาร {name} " if name else ""
    file.paragraph(f"{corpus}จัดทำเมื่อ {file.in_digits(thai_formats.thai_date(day or date.today()))}", colour=SOFT)
    _summary(file, material)
    _register(file, material)
    if material.themes.themes:
        _themes(file, material)
    _gaps(file, TABLES["gaps"](material), themes=bool(material.themes.themes))
    _pairs(file, TABLES["pairs"](material))
    _years(file, TABLES["years"](material))
    file.landscape(True)
    if material.themes.themes:
        add_matrix(file, material)
    add_heat(file, material)
    file.landscape(False)
    _documents(file, TABLES["documents"](material))
    add_forms(file, material)
    with replacing_file(path) as draft:
        file.save(draft)


def _summary(file: WordFile, material: Material) -> None:
    file.heading("สรุป", 1)
    figures = [[label("figure", row["figure"]), row["value"]] for row in TABLES["summary"](material)]
    half = (len(figures) + 1) // 2
    rows = [[*left, *right] for left, right in zip_longest(figures[:half], figures[half:], fillvalue=("", ""))]
    file.table(("รายการ", "จำนวน", "รายการ", "จำนวน"), rows, (6.2, 1.9, 7.2, 1.9), _FIGURES_SIZE)
    for by, head in (("pillar", "เสา"), ("year", "ปี พ.ศ.")):
        _coverage(file, head, [row for row in TABLES["breakdown"](material) if row["by"] == by])


def _coverage(file: WordFile, head: str, groups: Sequence[TableRow]) -> None:
    """Counts and a bar of coverage for each group; nothing if there is only one."""
    if len(groups) < 2:
        return
    rows: list[list[Any]] = []
    for group in groups:
        named = cell(group["by"], group["value"]) if group["value"] else "ไม่ระบุ"
        counts = [Filled(file.in_digits(group[code]), _FILLS[code]) for code in _FILLS]
        words = ", ".join(f"{label('coverage', code)} {group[code]}" for code in _FILLS)
        bar = Picture(stacked_bar([(group[code], _BARS[code]) for code in _FILLS]), _BAR_WIDTH, words)
        rows.append([file.in_digits(str(named)), group["recommendations"], *counts, bar])
    heads = (head, "ข้อเสนอแนะ", *(short_label("coverage", code) for code in _FILLS), "สัดส่วน")
    file.table(heads, rows, (5.6, 3.1, 1.4, 2.2, 1.6, _BAR_WIDTH + 0.4))


def _register(file: WordFile, material: Material) -> None:
    file.heading("ทะเบียนข้อเสนอแนะ", 1, new_page=True)
    links: dict[str, list[TableRow]] = {}
    for link in TABLES["evidence"](material):
        if link["status"] != "rejected" and link["band"] != "weak":
            links.setdefault(link["rec_id"], []).append(link)
    document, section = "", [""]
    shown = _cut(file, TABLES["recommendations"](material), limits.RECOMMENDATIONS, "recommendations.csv")
    for row in shown:
        if row["document"] != document:
            document, section = row["document"], []
            file.heading(f"{row['title']} ({document})" if row["title"] else document, 2)
        headings = below_title(row["title"], row["section"])
        if headings != section:
            section = headings
            if section:
                file.heading(" › ".join(section), 3)
        fill = _FILLS.get(row["coverage"], _UNTRACED_FILL)
        file.item(row["number"], shown_text(row["text"]), _about(file, row), fill)
        for link in links.get(row["rec_id"], [])[:_SHOWN_EVIDENCE]:
            sure = f"({label('band', link['band'])} {file.in_digits(format(link['score'], '.2f'))})"
            file.quotation(shown_text(link["text"]), f"{source(link, file.in_digits)} {sure}")


def _cut(file: WordFile, rows: Sequence[TableRow], most: int, *files: str) -> Sequence[TableRow]:
    """The rows that the report shows; a paragraph before them says what is left out."""
    shown = limits.cut(rows, most, file.in_digits, *files)
    if shown.note:
        file.paragraph(shown.note, size=SMALL, colour=SOFT)
    return shown.rows


def _about(file: WordFile, row: TableRow) -> str:
    parts = [label("coverage", row["coverage"]), label("pillar", row["pillar"]) if row["pillar"] else "ไม่ระบุเสา"]
    if row["page"]:
        parts.append(f"หน้า {file.in_digits(str(row['page']))}")
    parts.append(f"ผู้รับผิดชอบ: {row['addressees'] or 'ไม่ระบุหน่วยงาน'}")
    if row["partners"]:
        parts.append(f"ร่วมกับ: {row['partners']}")
    if doubts(row):
        parts.append(f"{label('pillar_status', 'doubtful')}: {doubts(row)}")
    if row["reviewed_by"]:
        parts.append(f"ตรวจโดย: {file.in_digits(row['reviewed_by'])}")
    return " · ".join([*parts, row["rec_id"]])


def _themes(file: WordFile, material: Material) -> None:
    file.heading("ประเด็นจากวงสนทนา", 1, new_page=True)
    rows = _cut(file, TABLES["themes"](material), limits.THEMES)
    add_spread(file, material)
    for number, row in enumerate(rows, start=1):
        file.heading(f"{file.in_digits(number)}. {row['label']}", 2)
        doubt = "" if row["stable"] else " · ยังไม่คงที่ ไม่ควรใช้เป็นข้อสรุป"
        count = f"{file.in_digits(row['size'])} ข้อความ จาก {file.in_digits(len(row['documents']))} เอกสาร"
        answered = f" · ข้อเสนอแนะที่เกี่ยวข้อง {file.in_digits(len(row['answered_by']))} ข้อ"
        file.paragraph(f"{count}{answered}{doubt}", size=SMALL, colour=SOFT)
        for item in row["quotes"]:
            file.quotation(item["text"], source(item, file.in_digits))


def _gaps(file: WordFile, rows: Sequence[TableRow], *, themes: bool) -> None:
    file.heading("ช่องว่าง", 1, new_page=True)
    for kind in codes("gap"):
        if kind == "orphan_theme" and not themes:
            continue
        chosen = [row for row in rows if row["list"] == kind]
        file.heading(f"{label('gap', kind)} ({file.in_digits(len(chosen))})", 2)
        for row in _cut(file, chosen, limits.GAPS, "gaps.csv"):
            file.paragraph(shown_text(row["text"]), bullet=True)
            for item in row["candidates"]:
                place = source(item, file.in_digits)
                file.quotation(shown_text(item["text"]), f"ใกล้เคียง: {place}" if place else "")


def _pairs(file: WordFile, rows: Sequence[TableRow]) -> None:
    file.heading("ซ้ำและขัดกัน", 1)
    if not rows:
        file.paragraph("ไม่พบข้อเสนอแนะที่ซ้ำหรือขัดกัน")
        return
    heads = ("ความสัมพันธ์", "ข้อความ ก", "ข้อความ ข", "ความเหมือน")
    body = [
        [_related("pair", row["pair"], row), *(_placed(row, side) for side in "ab"), row["similarity"]]
        for row in _cut(file, rows, limits.PAIRS)
    ]
    file.table(heads, body, (2.8, 6.2, 6.2, 2.0))


def _related(group: str, code: str, row: TableRow) -> str:
    return "\n".join(filter(None, (label(group, code), pillars_note(row["pillars_apart"]))))


def _placed(row: TableRow, side: str) -> str:
    return f"{shown_text(row[f'text_{side}'])}\n({row[f'place_{side}']})"


def _years(file: WordFile, rows: Sequence[TableRow]) -> None:
    file.heading("ปีต่อปี", 1)
    if not rows:
        file.paragraph("ไม่มีเอกสารชุดเดียวกันต่างปีให้เทียบ")
        return
    heads = ("ชุดเอกสาร", "ปี", "การเปลี่ยนแปลง", "ปีก่อน", "ปีหลัง")
    body = [
        [
            row["series"],
            file.in_digits(f"{row['year_before']}–{row['year_after']}"),
            _related("year", row["change"], row),
            shown_text(row["text_before"]),
            shown_text(row["text_after"]),
        ]
        for row in _cut(file, rows, limits.PAIRS)
    ]
    file.table(heads, body, (2.6, 2.0, 2.4, 5.1, 5.1))


def _documents(file: WordFile, rows: Sequence[TableRow]) -> None:
    file.heading("เอกสารและคุณภาพการอ่าน", 1)
    body = []
    for row in _cut(file, rows, limits.DOCUMENTS, "documents.csv"):
        ocr = f"ต้อง OCR หน้า {row['ocr_pages']}" if row["ocr_pages"] else ""
        note = "; ".join(part for part in (ocr, row["note"]) if part)
        year = file.in_digits(str(row["year_be"])) if row["year_be"] else ""
        counts = [row["pages"] or "", row["recommendations"]]
        kind = short_label("type", row["type"]) if row["type"] else ""
        body.append([row["document"], kind, year, *counts, short_label("verdict", row["verdict"]), note])
    heads = ("เอกสาร", "ประเภท", "ปี พ.ศ.", "หน้า", "ข้อเสนอแนะ", "ผลการอ่าน", "หมายเหตุ")
    file.table(heads, body, (4.6, 2.2, 1.5, 1.4, 2.9, 2.2, 2.4))
