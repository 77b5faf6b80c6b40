"""The page: whole in one file, harmless, and with everything that the tables hold."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

from tests.report.conftest import FORMULA, SPOKEN
from tipmine.report.html import page
from tipmine.report.material import gather
from tipmine.store.run import Run

DAY = date(2024, 11, 25)
_VOID = {"meta", "input", "br", "link", "rect"}


class Reader(HTMLParser):
    """Collects ids, addresses and tags, and checks that every element is closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.addresses: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in _VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name == "id" and value:
                self.ids.append(value)
            if name in ("href", "src", "action") and value:
                self.addresses.append(value)

    def handle_startendtag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag, tag


def read(content: str) -> Reader:
    reader = Reader()
    reader.feed(content)
    assert reader.open == []
    return reader


def test_the_page_is_well_formed_and_asks_for_nothing_from_outside(hard: Run) -> None:
    content = page(gather(hard), name="สมมติ", day=DAY)
    reader = read(content)
    assert reader.addresses and all(address.startswith("#") for address in reader.addresses)
    assert not re.search(r"(?:src|href)=[\"']?(?:https?:)?//|@import|url\((?!\"data:)", content)
    assert len(reader.ids) == len(set(reader.ids))
    assert {address[1:] for address in reader.addresses} <= set(reader.ids)


def test_texts_of_the_corpus_are_never_markup(hard: Run) -> None:
    content = page(gather(hard), name="<b>x</b>", day=DAY)
    assert read(content).tags.count("script") == 1
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in content
    assert "<b>x</b>" not in content
    assert FORMULA not in content


def test_quotations_are_whole_and_marked(hard: Run) -> None:
    content = page(gather(hard), day=DAY)
    quoted = SPOKEN.replace("ล่าม", "<mark>ล่าม</mark>")
    assert quoted in content


def test_the_page_has_every_part_and_says_what_needs_ocr_and_what_failed(hard: Run) -> None:
    content = page(gather(hard), day=DAY)
    for part in ("summary", "register", "matrix", "heat", "themes", "gaps", "pairs", "documents", "method"):
        assert f'id="{part}"' in content
    assert "อ่านเอกสารไม่ได้ 1 ฉบับ" in content
    assert "มี 2 หน้าที่ต้องใช้ OCR" in content
    assert "2–3" in content and "ไฟล์เสีย ว่างเปล่า หรือไม่ครบ" in content and "truncated" not in content
    assert "25 พฤศจิกายน 2567" in content


def test_themes_of_little_talk_are_shown_with_a_warning(hard: Run) -> None:
    material = gather(hard)
    warning = "คำพูดมีน้อย"
    assert warning in page(replace(material, figures={"themes.spoken": 34.0}), day=DAY)
    assert warning not in page(replace(material, figures={"themes.spoken": 160.0}), day=DAY)


def test_thai_digits_are_for_the_reports_own_numbers_only(small: Run) -> None:
    content = page(gather(small), day=DAY, thai_digits=True)
    assert "๒๕ พฤศจิกายน ๒๕๖๗" in content
    assert "ปี ๒๕๖๖ มีเพียง 2 คน" in content, "a quotation keeps its digits"


def test_a_run_without_anything_still_gives_a_page(empty: Run) -> None:
    content = page(gather(empty), day=DAY)
    read(content)
    assert "ไม่พบข้อเสนอแนะในชุดเอกสารนี้" in content
