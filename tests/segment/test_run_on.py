"""Lists that are written on in one paragraph: which are taken apart, and what their items are."""

from __future__ import annotations

import time

import pytest

from tests.segment.making import passages, plain
from tipmine.records import Passage

REGISTER, BOATS, PHONE = "เร่งขึ้นทะเบียนแรงงานประมงทุกจังหวัด", "ตรวจเรือร่วมกับตำรวจน้ำทุกเดือน", "เปิดสายด่วนหลายภาษา"


def read(*texts: str) -> list[Passage]:
    """The passages below the first line of a document."""
    return list(passages(plain(["ข่าวสมมติ", *texts]), type="report", title="ข่าวสมมติ"))[1:]


@pytest.mark.parametrize("numbers", ["1) 2) 3)", "๑. ๒. ๓.", "(1) (2) (3)"])
@pytest.mark.parametrize("space", ["", " "])
@pytest.mark.parametrize("joint", [" ", " และ", " และ "])
def test_problems_at_the_head_of_a_paragraph_are_findings_one_by_one(numbers: str, space: str, joint: str) -> None:
    one, two, three = numbers.split()
    text = f"{one}{space}ขาดงบประมาณในการขยายผล {two}{space}พนักงานสอบสวนยังขาดความรู้{joint}{three}{space}ล่ามไม่เพียงพอ"
    found = read("ปัญหาและอุปสรรค", text)[1:]

    assert [(p.kind, p.number, p.text) for p in found] == [
        ("finding", one, "ขาดงบประมาณในการขยายผล"),
        ("finding", two, "พนักงานสอบสวนยังขาดความรู้"),
        ("finding", three, "ล่ามไม่เพียงพอ"),
    ]
    assert all(p.lines[0].end == len(p.text) for p in found)


@pytest.mark.parametrize(
    "opening",
    [
        "เครือข่ายเสนอให้กรมสมมติ",
        "กรมสมมติควร",
        "กรมสมมติควรดำเนินการดังนี้",
        "สมาคมตัวอย่างเรียกร้องต่อกรมสมมติให้",
        "ที่ประชุมขอให้กรมสมมติ",
    ],
)
def test_items_behind_a_proposal_are_recommendations_with_their_addressee(opening: str) -> None:
    found = read(f"{opening} 1) {REGISTER} 2) {BOATS} และ 3) {PHONE}")

    assert [(p.kind, p.number, p.text) for p in found] == [
        ("recommendation", f"{at})", f"{opening} {what}") for at, what in enumerate([REGISTER, BOATS, PHONE], 1)
    ]
    assert all((p.lines[0].start, p.lines[0].end) == (0, len(opening)) for p in found)
    assert all((p.lines[-1].start, p.lines[-1].end) == (len(opening) + 1, len(p.text)) for p in found)


def test_what_stands_before_a_long_proposal_is_a_passage_of_its_own() -> None:
    before = "ในการแถลงข่าวเมื่อวันจันทร์ สมาคมตัวอย่างเล่าว่ามีแรงงานถูกยึดหนังสือเดินทางหลายรายในรอบปีนี้ และบางรายถูกทำร้าย"
    found = read(f"{before} สมาคมเสนอให้กรมสมมติ (1) {REGISTER} (2) {BOATS}")

    assert [(p.kind, p.text) for p in found] == [
        ("finding", before),
        ("recommendation", f"สมาคมเสนอให้กรมสมมติ {REGISTER}"),
        ("recommendation", f"สมาคมเสนอให้กรมสมมติ {BOATS}"),
    ]


def test_an_item_that_holds_a_list_gives_it_its_number() -> None:
    found = read(f"๓) กรมสมมติควร (ก) {REGISTER} (ข) {BOATS}")

    assert [(p.number, p.text) for p in found] == [
        ("๓) (ก)", f"กรมสมมติควร {REGISTER}"),
        ("๓) (ข)", f"กรมสมมติควร {BOATS}"),
    ]


def test_items_counted_in_words_keep_what_introduces_them_apart() -> None:
    opening, first, second = "กรมสมมติควรดำเนินการดังนี้", f"ประการแรก ควร{REGISTER}", f"ประการที่สอง ควร{BOATS}"
    found = read("ข้อเสนอแนะ", f"{opening} {first} {second}")[1:]

    assert [p.text for p in found] == [opening, first, second]
    assert [p.text for p in read("ผลการศึกษา", f"{opening} {first} {second}")[1:]] == [f"{opening} {first} {second}"]


@pytest.mark.parametrize(
    ("lead", "items", "kind"),
    [
        (
            "กระทรวงสมมติได้ดำเนินการ ๒ มาตรการ ดังนี้",
            ["ด้านการป้องกัน ได้จัดเวทีรณรงค์แล้วทุกจังหวัด รวม ๗๕ ครั้ง", "ด้านการคุ้มครอง มีการจัดตั้งบ้านพักแล้ว ๗ แห่ง"],
            "finding",
        ),
        ("ปัญหาที่พบในพื้นที่ ได้แก่", ["ล่ามไม่พอในวันหยุด", "งบประมาณล่าช้าทุกปี", "รถไม่เพียงพอ"], "finding"),
        ("ผลการวิจัยพบว่า", ["แรงงานส่วนใหญ่ไม่รู้สิทธิของตน", "นายหน้าเก็บค่าหัวสูงเกินกฎหมาย"], "finding"),
        ("ที่ประชุมมีข้อเสนอต่อกรมสมมติ ดังนี้", [REGISTER, BOATS, PHONE], "recommendation"),
    ],
)
def test_what_introduces_a_list_recommends_nothing(lead: str, items: list[str], kind: str) -> None:
    found = read(" ".join([lead, *(f"{at}) {text}" for at, text in enumerate(items, 1))]))

    assert [p.text for p in found] == [lead, *items]
    assert found[0].kind in ("finding", "other")
    assert [p.kind for p in found[1:]] == [kind] * len(items)


@pytest.mark.parametrize(
    "text",
    [
        "การวิจัยนี้มีวัตถุประสงค์เพื่อ 1) ศึกษาสภาพปัญหาของแรงงานในประเทศ และ 2) หาแนวทางแก้ไขปัญหาให้มีประสิทธิภาพ",
        "การวิจัยนี้มีวัตถุประสงค์ ดังนี้ 1) เพื่อศึกษาสภาพปัญหาของแรงงานในประเทศ 2) เพื่อเสนอแนวทางแก้ไขปัญหาแรงงาน",
        "กลุ่มตัวอย่างมี 2 กลุ่ม ดังนี้ 1) ผู้บริหารหน่วยงานในจังหวัดสมมติ จำนวน 10 คน 2) ล่ามอาสาในจังหวัดสมมติ จำนวน 8 คน",
        "คณะทำงานประกอบด้วย 1) ผู้ว่าราชการจังหวัดสมมติ เป็นประธาน 2) ปลัดจังหวัดสมมติ เป็นรองประธานคณะทำงาน",
        "กรมสมมติควรแก้ไขตามข้อ 1) ของระเบียบสมมติฉบับเดิม และตามข้อ 2) ของประกาศสมมติฉบับใหม่",
        "ที่ประชุมเสนอให้นาย ก. เป็นประธานคณะทำงานของจังหวัดสมมติ และให้นาย ข. เป็นเลขานุการของคณะทำงานชุดนี้",
        "ศูนย์สมมติเปิดทำการ - ตั้งแต่เช้าจนถึงเวลาเย็นของทุกวัน - และรับแจ้งเหตุทางโทรศัพท์ได้ตลอดทั้งคืน",
        "กรมสมมติดำเนินการตามมติ (๑) ของคณะกรรมการสมมติชุดที่แล้ว และตามมติ (๒) ของคณะกรรมการชุดนี้",
        "ปัญหามี 3 ด้าน คือ 1) ด้านบุคลากรของหน่วยงาน 2) ด้านงบประมาณ 3) ด้านกฎหมายและระเบียบ",
    ],
)
def test_an_enumeration_of_another_sentence_stays(text: str) -> None:
    assert [p.text for p in read(text)] == [text]


ROOM, VANS = "ไม่มีห้องสอบปากคำแยกสำหรับเด็ก", "รถรับส่งผู้เสียหายไปศาลไม่เพียงพอ"
FUND, CAMP = "เห็นชอบโครงการบ้านพักตัวอย่าง วงเงิน ๙๐,๐๐๐ บาท", "ให้คณะทำงานปรับแก้โครงการค่ายเด็กแล้วเสนอใหม่"


@pytest.mark.parametrize(
    ("lead", "marks", "items"),
    [
        ("การสอบสวนมีข้อจำกัดหลายประการ", ["1)", "2)"], [ROOM, VANS]),
        ("ปัญหาที่พบมี 2 ประการ", ["ประการแรก", "ประการที่สอง"], [ROOM, VANS]),
        ("ปัญหาที่พบในพื้นที่ ได้แก่", ["-", "-"], [ROOM, VANS]),
        ("ข้อจำกัดของหน่วยงานมีดังนี้", ["ก.", "ข."], [ROOM, VANS]),
        ("ที่ประชุมพิจารณาแล้ว มีมติ", ["(๑)", "(๒)"], [FUND, CAMP]),
        ("คณะกรรมการมีมติ ดังนี้", ["๑.", "๒."], [FUND, CAMP]),
    ],
)
def test_what_is_counted_decided_or_named_one_by_one_is_a_list(lead: str, marks: list[str], items: list[str]) -> None:
    found = read(" ".join([lead, *(f"{mark} {text}" for mark, text in zip(marks, items, strict=True))]))

    assert found[0].text == lead
    assert [p.text.removeprefix(f"{mark} ") for p, mark in zip(found[1:], marks, strict=True)] == items
    assert {p.kind for p in found[1:]} <= {"finding", "plan"}
    assert found[0].kind != "recommendation"


@pytest.mark.parametrize("opening", ["กรมสมมติควรดำเนินการดังนี้", "กรมสมมติควร", "อบต. ควรดำเนินการ ดังนี้"])
@pytest.mark.parametrize(("marks", "numbers"), [(["ก.", "ข."], ["ก.", "ข."]), (["-", "-"], ["", ""])])
def test_a_proposal_is_read_with_items_of_any_mark(opening: str, marks: list[str], numbers: list[str]) -> None:
    found = read(f"{opening} {marks[0]} {REGISTER} {marks[1]} {BOATS}")

    assert [(p.kind, p.number, p.text) for p in found] == [
        ("recommendation", numbers[0], f"{opening} {REGISTER}"),
        ("recommendation", numbers[1], f"{opening} {BOATS}"),
    ]


def test_many_numbers_in_one_paragraph_take_linear_time() -> None:
    start = time.process_time()
    found = read("ปัญหามีดังนี้ " + "1) ล่ามไม่พอ " * 20_000, "1) ล่ามไม่เพียงพอในวันหยุด 2) รถไม่เพียงพอทุกวัน " * 10_000)

    assert len(found) >= 2
    # Measured below 3 s; comparing each number with all others takes minutes.
    assert time.process_time() - start < 30
