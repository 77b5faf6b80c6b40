"""The labels of speakers that nothing sets apart, and what is said of a talk before it begins."""

from __future__ import annotations

import pytest

from tests.segment.making import passages, plain

SAID = "เริ่มจากเรื่องคดีก่อนเลยว่าติดขัดตรงไหนมากที่สุดครับ"


def test_a_person_with_an_office_in_brackets_and_an_abbreviation_need_no_colon() -> None:
    """Once, they are only mentioned."""
    labels = ["ผู้ดำเนินรายการ : ", "ผู้เข้าร่วม 3 (อสม.) ", "[ส.จ.] ", "ผดร. : ", "คุณวีระ (แรงงาน) "]
    seldom = [f"{labels[0]}{SAID}", f"ผู้เข้าร่วม 2 : {SAID}"] * 3

    found = passages(plain([label + SAID for label in labels * 2]))
    kept = passages(plain([*seldom, "[ส.จ.] ของอำเภอมีคำสั่งเหมือนกัน", *seldom]))

    speakers = ["ผู้ดำเนินรายการ", "ผู้เข้าร่วม 3 (อสม.)", "ส.จ.", "ผดร.", "คุณวีระ (แรงงาน)"]
    assert [(p.speaker, p.text) for p in found] == [(speaker, SAID) for speaker in speakers * 2]
    assert "ส.จ." not in {p.speaker for p in kept}


def test_a_span_of_years_in_the_head_of_a_talk_sets_no_speaker_apart() -> None:
    span = "ผู้เข้าร่วม 9 คน ชาย 5 หญิง 4 อายุระหว่าง 29 - 63 ปี"
    turns = [f"{who} - {SAID}" for who in ("ผู้ดำเนินรายการ", "กำนัน", "ครู") * 4]
    first = passages(plain(["บันทึกการสนทนากลุ่ม", span, *turns]))[1]

    assert (first.kind, first.text, first.speaker) == ("method", span, "")


def test_who_leads_and_who_writes_down_is_said_by_nobody() -> None:
    title = "บันทึกการสนทนากลุ่ม"
    head = ["วัตถุประสงค์ของเวที: เพื่อรับฟังว่าติดขัดตรงไหน", "ผู้ดำเนินรายการ: ดร.สมมติ ใจดี / ผู้ช่วยและผู้จดบันทึก: น.ส.สมมุติ แก้วใส"]
    turns = [f"{who}: {SAID}" for who in ("ผู้ดำเนินรายการ", "ครู 1") * 4]
    found = passages(plain([title, *head, *turns, "\N{EM DASH} จบการบันทึก 15.43 น. \N{EM DASH}"]))

    assert [(p.kind, p.text) for p in found[1:3]] == list(zip(("method", "other"), head, strict=True))
    assert [p.speaker for p in found[3:]] == ["ผู้ดำเนินรายการ", "ครู 1"] * 4 + [""]


@pytest.mark.parametrize(("heads", "kind"), [("ที่ | ชื่อ / รหัส | ตำแหน่ง", "other"), ("ที่ | อายุ | อาชีพ", "method")])
def test_a_list_of_names_is_no_talk_and_figures_of_participants_are_method(heads: str, kind: str) -> None:
    people = ["1 | กำนันสม | กำนัน", "2 | ครู 1 | ครูแนะแนว", "3 | ครู 2 | ครูประจำชั้น"]
    turns = [f"{who}: {SAID}" for who in ("กำนันสม", "ครู 1", "ครู 2") * 4]
    found = passages(plain([heads, *people, *turns]))

    assert [(p.kind, p.speaker) for p in found[1:4]] == [(kind, "")] * 3
    assert [p.speaker for p in found[4:]] == ["กำนันสม", "ครู 1", "ครู 2"] * 4
