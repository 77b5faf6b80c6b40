"""The roles that the heads of a table's columns give."""

from __future__ import annotations

import pytest

from tests.segment.making import passages, plain
from tipmine.column_heads import LONGEST_HEAD
from tipmine.records import Passage, Role
from tipmine.segment.table_columns import is_header
from tipmine.tag import Tagger
from tipmine.tag.columns import Columns, columns_of, role_of_head
from tipmine.tag.labels import labelled_role
from tipmine.tokenize import tokenize_text

HEADS = "ลำดับ | กิจกรรม | กลุ่มเป้าหมาย | หน่วยงานหลัก | หน่วยงานสนับสนุน"
ROW = "เปิดสายด่วนหลายภาษา | แรงงานต่างด้าว | สำนักงานจัดหางานจังหวัด | สำนักงานแรงงานจังหวัด"


def row(text: str, number: str = "", section: tuple[str, ...] = ()) -> Passage:
    return Passage(text, "d", "plan", text, section, number=number)


def heads(text: str) -> Passage:
    return Passage(text, "d", "other", text)


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("หน่วยงานรับผิดชอบ", "addressee"),
        ("หน่วยงาน รับผิดชอบหลัก", "addressee"),
        ("หน่วยงานร่วมดำเนินการ", "partner"),
        ("หน่วยงานที่เกี่ยวข้อง", "partner"),
        ("กลุ่มเป้าหมาย", "beneficiary"),
        ("เป้าหมาย", None),
        ("งบประมาณ (บาท)", None),
    ],
)
def test_the_head_of_a_column_says_a_role(head: str, role: Role | None) -> None:
    assert role_of_head(head) == role


def role_at(columns: Columns, text: str, cell: str) -> Role | None:
    found = columns.role(text.index(cell))
    return found.role if found else None


def roles(*rows: Passage) -> list[Role | None]:
    """The roles of the cells of the last passage."""
    last = list(columns_of(rows))[-1]
    text = rows[-1].text
    return [role_at(last, text, cell) for cell in text.split(" | ")]


def test_cells_stand_under_their_heads_though_the_number_is_left_out() -> None:
    assert roles(heads(HEADS), row(ROW, "3")) == [None, "beneficiary", "addressee", "partner"]
    assert roles(heads(HEADS), row(f"3 | {ROW}")) == [None, None, "beneficiary", "addressee", "partner"]


@pytest.mark.parametrize("number", ["เลขที่", "no.", "NO.", "#", "ลำดับที่"])
def test_a_row_of_a_table_that_numbers_its_rows_has_the_roles_of_its_columns(number: str) -> None:
    lines = [f"{number} | กิจกรรม | หน่วยงานหลัก | หน่วยงานสนับสนุน"]
    lines += [f"{n} | จัดอบรมล่ามประจำศูนย์รุ่นที่ {n} | กรมการจัดหางาน | กรมการปกครอง" for n in (1, 2, 3)]
    found = passages(plain(lines), type="plan")
    text = found[-1].text
    assert text.startswith("จัดอบรม")
    columns = list(columns_of(found))[-1]
    assert role_at(columns, text, "กรมการจัดหางาน") == "addressee"
    assert role_at(columns, text, "กรมการปกครอง") == "partner"


def test_a_head_is_as_long_for_its_roles_as_for_its_rows() -> None:
    long = "หน่วยงานที่รับผิดชอบการดำเนินกิจกรรมนี้ให้แล้วเสร็จภายในปีงบประมาณ"
    assert len(long) > LONGEST_HEAD
    assert is_header(["กิจกรรม", long])
    assert role_of_head(long) == "addressee"


@pytest.mark.parametrize(
    ("columns", "cells", "expected"),
    [
        (
            "หน่วยงานรับผิดชอบ | กลุ่มเป้าหมาย | กิจกรรม | งบประมาณ",
            "กรมการจัดหางาน | แรงงานต่างด้าว | จัดอบรมล่าม | 20,000",
            ["addressee", "beneficiary", None, None],
        ),
        (
            "หน่วยงานหลัก | หน่วยงานสนับสนุน | มาตรการ",
            "กรมเจ้าท่า | ตำรวจน้ำ | เพิ่มจุดตรวจ",
            ["addressee", "partner", None],
        ),
        ("หน่วยงานหลัก | กลุ่มเป้าหมาย | จำนวน", "กรมเจ้าท่า | ลูกเรือ | 40", ["addressee", "beneficiary", None]),
    ],
)
def test_cells_left_of_the_measure_stand_under_their_heads(
    columns: str, cells: str, expected: list[Role | None]
) -> None:
    assert roles(heads(columns), row(cells)) == expected


def test_a_table_row_that_is_segmented_has_the_roles_of_its_columns() -> None:
    found = passages(
        plain(
            [
                "หน่วยงานรับผิดชอบ | กลุ่มเป้าหมาย | กิจกรรม | งบประมาณ",
                "กรมการจัดหางาน | แรงงานต่างด้าว | จัดอบรมล่ามประจำศูนย์ | 20,000",
            ]
        ),
        type="plan",
    )
    text = found[-1].text
    columns = list(columns_of(found))[-1]
    assert role_at(columns, text, "กรมการจัดหางาน") == "addressee"
    assert role_at(columns, text, "แรงงานต่างด้าว") == "beneficiary"


def test_a_row_without_the_cell_that_it_shares_with_the_row_above_has_no_heads() -> None:
    head = heads("มาตรการ | โครงการ | หน่วยงานหลัก")
    assert set(roles(head, row("จ้างล่าม | กรมการจัดหางาน", section=("มาตรการเชิงรุก",)))) == {None}


def test_a_line_over_a_part_of_the_rows_does_not_end_the_table() -> None:
    part = Passage("part", "d", "plan", "ยุทธศาสตร์ที่ 1 ป้องกัน", ("แผน",))
    head = Passage("head", "d", "other", HEADS, ("แผน",))
    assert roles(head, part, row(ROW, "1", ("แผน", part.text))) == [None, "beneficiary", "addressee", "partner"]
    assert set(roles(head, part, row(ROW, "1", ("ภาคผนวก",)))) == {None}


def test_a_row_with_empty_cells_or_of_another_table_has_no_heads() -> None:
    assert set(roles(heads(HEADS), row("เปิดสายด่วน | สำนักงานจัดหางานจังหวัด", "3"))) == {None}
    assert set(roles(heads(HEADS), row("ตารางต่อไปแสดงผล " * 10), row(ROW, "3"))) == {None}
    assert set(roles(row(ROW, "3"))) == {None}


def test_actors_have_the_role_of_their_column(tagger: Tagger) -> None:
    table = [heads(HEADS), row(ROW, "1")]
    tagging = tagger.tag(table, [tokenize_text(passage.text) for passage in table])[1]
    said = {actor.text: (actor.role, actor.reason) for actor in tagging.actors}
    assert said["แรงงานต่างด้าว"][0] == "beneficiary"
    assert said["สำนักงานจัดหางานจังหวัด"][0] == "addressee"
    assert said["สำนักงานแรงงานจังหวัด"][0] == "partner"
    assert "หน่วยงานสนับสนุน" in said["สำนักงานแรงงานจังหวัด"][1]


def test_a_label_before_names_says_their_role_and_is_no_actor(tagger: Tagger) -> None:
    text = "หน่วยงานรับผิดชอบ: สำนักงานอัยการสูงสุด โรงพยาบาลจังหวัด และกรมการปกครอง หน่วยงานสนับสนุน: มูลนิธิในพื้นที่"
    (tagging,) = tagger.tag([Passage("1", "d", "recommendation", text)], [tokenize_text(text)])

    assert [(actor.text, actor.role) for actor in tagging.actors] == [
        ("สำนักงานอัยการสูงสุด", "addressee"),
        ("โรงพยาบาลจังหวัด", "addressee"),
        ("กรมการปกครอง", "addressee"),
        ("มูลนิธิในพื้นที่", "partner"),
    ]
    assert tagging.actors[0].reason.endswith("บทบาทดูจากคำนำหน้า: หน่วยงานรับผิดชอบ")


@pytest.mark.parametrize(
    "text", ["ประเด็น: กรมการปกครอง", "ผู้รับผิดชอบ: เทศบาล ทั้งนี้ควรให้กรมการปกครอง", "หน่วยงานหลักคือ กรมการปกครอง"]
)
def test_what_is_no_label_of_roles_or_ended_says_none(text: str) -> None:
    assert labelled_role(text, text.index("กรมการปกครอง")) is None


def test_names_that_had_a_line_each_in_a_cell_are_two_actors(tagger: Tagger) -> None:
    text = "จัดอบรมล่าม | สำนักงานจัดหางานจังหวัดสถาบันพัฒนาฝีมือแรงงาน | ปีงบประมาณ 2566"
    (tagging,) = tagger.tag([Passage("1", "d", "plan", text)], [tokenize_text(text)])
    names = [actor.text for actor in tagging.actors]

    assert {"สำนักงานจัดหางานจังหวัด", "สถาบันพัฒนาฝีมือแรงงาน"} <= set(names)
