"""The form for one agency as a Word file: the recommendations addressed to it, with room for its answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tipmine.errors import UsageError
from tipmine.records import TableRow
from tipmine.report import limits, thai_formats
from tipmine.report.files import make_folder, replacing_file
from tipmine.report.labels import short_label
from tipmine.report.material import Material
from tipmine.report.present import shown_text, source
from tipmine.report.register import agency_rows
from tipmine.report.sheets import STATES
from tipmine.report.wordfile import SMALL, SOFT, WordFile

_FORM = "แบบติดตามข้อเสนอแนะ: {}"
_OTHERS = "อีก {} หน่วยงานไม่อยู่ในรายงานนี้เพราะยาวเกินไป แบบของทุกหน่วยงานเป็นไฟล์แยกได้ด้วยคำสั่ง tipmine report --forms DIR"
_SIGN = "ผู้ให้ข้อมูล {0} ตำแหน่ง {0} วันที่ {0}".format("." * 26)
_NOT_IN_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_NAME_BYTES = 200
"""Most bytes of a file's name without its extension; most file systems allow 255 in all."""


def write_form(
    path: Path, material: Material, agency: str, *, day: date | None = None, thai_digits: bool = False
) -> None:
    """Write the form for one agency: its recommendations, with room for answers.

    Raises UsageError if no recommendation names the agency.
    """
    chosen = _by_agency(material).get(agency)
    if chosen is None:
        raise UsageError(agency, "no recommendation names this agency", "a name from the table of agencies")
    _write(path, agency, chosen, day or date.today(), thai_digits)


def write_forms(folder: Path, material: Material, *, thai_digits: bool = False) -> dict[str, Path]:
    """Write one form per agency into `folder`; returns agency -> path, in the order of a Thai dictionary."""
    make_folder(folder)
    paths: dict[str, Path] = {}
    used: set[str] = set()
    for agency, chosen in _by_agency(material).items():
        paths[agency] = folder / f"{_file_name(agency, used)}.docx"
        _write(paths[agency], agency, chosen, date.today(), thai_digits)
    return paths


def _write(path: Path, agency: str, chosen: Sequence[TableRow], day: date, thai_digits: bool) -> None:
    file = WordFile(_FORM.format(agency), thai_digits=thai_digits)
    file.paragraph(f"จัดทำเมื่อ {file.in_digits(thai_formats.thai_date(day))}", colour=SOFT)
    _form(file, chosen)
    with replacing_file(path) as draft:
        file.save(draft)


def _file_name(agency: str, used: set[str]) -> str:
    """An unused file name that every file system allows, without special characters and not too long."""
    clean = _NOT_IN_NAME.sub("-", agency).strip(" .")
    name = clean.encode()[:_NAME_BYTES].decode(errors="ignore") or "-"
    chosen, extra = name, 1
    while chosen.casefold() in used:
        extra += 1
        chosen = f"{name} {extra}"
    used.add(chosen.casefold())
    return chosen


def add_forms(file: WordFile, material: Material) -> None:
    """Add the forms for the agencies to a larger file, each beginning on a new page.

    In a large run only as many as `limits.FORM_ROWS` allows are added; a last page says how to get the others.
    """
    by_agency = _by_agency(material)
    room = limits.groups_within(map(len, by_agency.values()), limits.FORM_ROWS)
    for agency, chosen in list(by_agency.items())[:room]:
        file.heading(_FORM.format(agency), 1, new_page=True)
        _form(file, chosen)
    if room < len(by_agency):
        file.heading(_FORM.format("หน่วยงานอื่น"), 1, new_page=True)
        file.paragraph(_OTHERS.format(file.in_digits(len(by_agency) - room)))


def _by_agency(material: Material) -> dict[str, list[TableRow]]:
    by_agency: dict[str, list[TableRow]] = {}
    for row in agency_rows(material):
        by_agency.setdefault(row["agency"], []).append(row)
    return by_agency


def _form(file: WordFile, rows: Sequence[TableRow]) -> None:
    sources = list(dict.fromkeys(_title(row) for row in rows))
    file.paragraph(f"โปรดกรอกสถานะและผลการดำเนินงานทั้ง {file.in_digits(len(rows))} ข้อ")
    file.paragraph(f"ส่งคืนภายในวันที่ {'.' * 40}")
    if len(sources) == 1:
        file.paragraph(f"ข้อเสนอแนะจาก {sources[0]}", size=SMALL)
    file.paragraph(f"สถานะ: {' / '.join(STATES)}", size=SMALL, colour=SOFT)
    body = []
    for row in rows:
        place = source({"document": _title(row) if len(sources) > 1 else "", "page": row["page"]}, file.in_digits)
        text = f"{shown_text(row['text'])}\n({place})" if place else shown_text(row["text"])
        body.append([row["number"], text, short_label("role", row["role"]), "", ""])
    heads = ("ข้อ", "ข้อเสนอแนะ", "บทบาท", "สถานะ", "ผลการดำเนินงาน")
    file.table(heads, body, (1.2, 6.9, 2.5, 2.4, 4.2))
    file.paragraph(_SIGN)


def _title(row: TableRow) -> str:
    """The document's title rather than our file name, which an agency does not know."""
    return str(row["title"] or row["document"])
