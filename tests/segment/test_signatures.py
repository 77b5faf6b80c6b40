"""Signatures at the end of letters, plans and minutes."""

from __future__ import annotations

from tests.segment.making import FULL, passages, plain, printed

SIGNED = ["(ลงชื่อ)......................ผู้เสนอแผน", "(นางสาวสมมติ ตัวอย่าง)", "พัฒนาสังคมและความมั่นคงของมนุษย์จังหวัด"]


def test_the_lines_of_a_signature_are_one_passage_of_kind_other() -> None:
    *_, last = passages(plain(["แผนปฏิบัติการจังหวัดสมมติ", FULL, *SIGNED]), type="plan")

    assert (last.kind, last.text) == ("other", " ".join(SIGNED))
    assert [(span.line, last.text[span.start : span.end]) for span in last.lines] == [
        (number, text) for number, text in enumerate(SIGNED, 3)
    ]


def test_two_signatures_one_below_the_other_are_two_passages() -> None:
    second = ["(ลงชื่อ)......................ผู้เห็นชอบแผน", "(นายสมมุติ แบบอย่าง)", "ผู้ว่าราชการจังหวัด", "๑๕ มกราคม ๒๕๖๗"]
    found = passages(plain(["แผนปฏิบัติการจังหวัดสมมติ", *SIGNED, *second]), type="plan")

    assert [p.text for p in found][-2:] == [" ".join(SIGNED), " ".join(second)]


def test_what_is_set_elsewhere_or_says_something_is_no_part_of_a_signature() -> None:
    name = {"text": "(นางสาวสมมติ ตัวอย่าง)", "x": 330}
    post = {"text": "หัวหน้าสำนักงาน", "x": 345}
    beside = printed([{"text": FULL, "x1": 520}, name, post, {"text": "สำเนาถูกต้อง", "x": 70, "gap": 2}])
    sentence = plain([FULL, "(นางสาวสมมติ ตัวอย่าง)", "หน่วยงานควรส่งรายงานภายในเดือนนี้"])

    assert [p.text for p in passages(beside)][1] == "(นางสาวสมมติ ตัวอย่าง) หัวหน้าสำนักงาน"
    assert [p.text for p in passages(sentence)][-1] == "หน่วยงานควรส่งรายงานภายในเดือนนี้"


def test_an_enclosure_below_a_signature_is_no_part_of_it() -> None:
    found = passages(plain(["รายงานการประชุม", FULL, "(นายสมมุติ แบบอย่าง)", "ผู้จดรายงานการประชุม", "เอกสารแนบท้าย", FULL]))

    assert "(นายสมมุติ แบบอย่าง) ผู้จดรายงานการประชุม" in [p.text for p in found]
