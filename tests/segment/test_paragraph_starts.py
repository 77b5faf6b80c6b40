"""Where a paragraph begins, and what it is by its place, its bullet or its first words."""

from __future__ import annotations

import pytest

from tests.segment.making import FULL, RIGHT, full, passages, printed, texts


def test_the_label_of_a_boxed_list_begins_a_paragraph_below_a_full_line() -> None:
    bold = {"bold": True, "role": "heading"}
    labels = ["เป้าประสงค์ : 1. สร้างความตระหนักเรื่องการค้ามนุษย์", "กลยุทธ์ : 1. ขยายการประชาสัมพันธ์"]
    strategy = full(text="ยุทธศาสตร์ที่ 1 การป้องกันการค้ามนุษย์ในพื้นที่ชายแดนและในเมืองใหญ่", **bold, gap=2)
    goal = full(text="2. ผู้เสียหายจากการค้ามนุษย์เข้าถึงแหล่งทุนและความช่วยเหลือ", **bold)
    page = printed([strategy, {"text": labels[0], **bold}, goal, {"text": labels[1], **bold}, *[full(gap=2)] * 4])
    found = passages(page, type="plan")

    assert [(p.kind, p.text) for p in found[1:4:2]] == [("plan", label) for label in labels]
    assert found[3].section == (strategy["text"],)


@pytest.mark.parametrize("bullet", ["\N{THAI CHARACTER FONGMAN}", "\N{BLACK CLUB SUIT}", "\u27b2"])
def test_ornaments_are_bullets_whose_items_are_set_in(bullet: str) -> None:
    items = [row for _ in range(3) for row in (full(text=f"{bullet} {FULL}", x=90), {"text": "จบแล้ว", "x": 104})]
    page = printed([full(), full(), {"text": "มีข้อปฏิบัติดังนี้"}, *items])

    assert texts(page)[1:] == [FULL + "จบแล้ว"] * 3


def test_the_name_of_an_author_set_to_the_right_is_no_heading() -> None:
    bold = {"bold": True, "role": "heading", "gap": 2}
    author = {"text": "สมชาย ใจดี", "x": 450, "x1": RIGHT, **bold}
    page = printed([{"text": "บทที่ 1 บทนำ", **bold}, author, *[full(x=100, gap=2), full(), full()] * 3])

    assert {p.section for p in passages(page, type="report")[1:]} == {("บทที่ 1 บทนำ",)}
