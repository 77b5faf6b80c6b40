"""Abbreviations that a document introduces."""

from __future__ import annotations

import pytest

from tipmine.tag.abbreviations import Abbreviation, by_short_form, find_introductions, find_uses
from tipmine.tag.candidates import Candidate, with_abbreviations
from tipmine.tokenize import tokenize_text


@pytest.mark.parametrize(
    ("text", "short", "name"),
    [
        ("จัดโดยศูนย์ประสานงานลุ่มน้ำสมมติ (ศปลส.) เมื่อวาน", "ศปลส.", "ศูนย์ประสานงานลุ่มน้ำสมมติ"),
        ("มูลนิธิดอกไม้ริมทาง (มดร) แจ้งว่า", "มดร", "มูลนิธิดอกไม้ริมทาง"),
        ("เครือข่ายเพื่อนหญิงชายแดน (BWN) แจ้งว่า", "BWN", "เครือข่ายเพื่อนหญิงชายแดน"),
    ],
)
def test_a_full_name_with_its_abbreviation_is_taken(text: str, short: str, name: str) -> None:
    assert list(find_introductions(text, [])) == [Abbreviation(short, name)]


@pytest.mark.parametrize(
    "text",
    [
        "ช่วยเหลือผู้เสียหาย (ราย) ได้ตามเป้า",
        "พระราชบัญญัติจราจรทางบก (พ.ร.บ.) ใช้บังคับแล้ว",
        "ศูนย์ประสานงาน (ฮฮฮ.) เปิดแล้ว",
        "ไปที่ตลาด (ตล.) ทุกวัน",
    ],
)
def test_other_brackets_are_left_alone(text: str) -> None:
    assert list(find_introductions(text, [])) == []


def test_the_first_of_two_full_names_holds() -> None:
    pairs = [Abbreviation("ศปก.", "ศูนย์หนึ่ง"), Abbreviation("ศปก.", "ศูนย์สอง")]
    assert by_short_form(pairs)["ศปก."].name == "ศูนย์หนึ่ง"


def test_an_abbreviation_is_not_found_inside_a_word() -> None:
    known = {"มดร": Abbreviation("มดร", "มูลนิธิดอกไม้ริมทาง")}
    text = "มดร จัดงาน สมดรามา"
    assert [(c.start, c.end) for c in find_uses(text, tokenize_text(text), known)] == [(0, 3)]


def test_a_form_of_the_gazetteer_may_contain_the_bracket() -> None:
    text = "ศูนย์เร่งรัดจัดการสวัสดิภาพประชาชน (ศรส.) รับเรื่อง"
    listed = [Candidate(0, text.index(" รับ"), "ssrs", "government")]
    assert list(find_introductions(text, listed)) == [
        Abbreviation("ศรส.", "ศูนย์เร่งรัดจัดการสวัสดิภาพประชาชน", "ssrs", "government")
    ]


def test_a_longer_name_of_the_gazetteer_stays_around_an_introduced_abbreviation() -> None:
    ministry = Candidate(0, 11, "msdhs", "government")  # กระทรวง พม.
    short = Candidate(8, 11, "msdhs", "government", "กระทรวงการพัฒนาสังคมและความมั่นคงของมนุษย์")
    assert with_abbreviations([ministry], [short]) == [ministry]


def test_an_introduced_abbreviation_wins_over_the_same_form_of_the_gazetteer() -> None:
    listed = Candidate(0, 4, "atip_committee", "government")
    own = Candidate(0, 4, "", "", "ปฏิบัติการคนหายเมืองใหม่")
    assert with_abbreviations([listed], [own]) == [own]
