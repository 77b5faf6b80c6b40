"""Tables of contents: an entry a passage, and no headings among them."""

from __future__ import annotations

from tests.segment.making import full, passages, plain, printed, texts

ENTRIES = ["เรื่อง หน้า", "คำนำ ก", "บทที่ ๑ บทนำ", "๑.๑ หลักการและเหตุผล ๓", "๑.๒ วัตถุประสงค์ ๔-๕", "บทที่ ๒ ผลการศึกษา ๖"]


def test_each_entry_of_a_table_of_contents_is_a_passage_under_its_heading() -> None:
    bold = {"bold": True, "role": "heading"}
    rows = [{"text": "สารบัญ", "x": 280, **bold}, *({"text": text, "x1": 480, **bold} for text in ENTRIES)]
    chapter = [{"text": "บทที่ ๑", "page": 2, **bold}, {"text": "บทนำ", "page": 2, **bold, "gap": 2}]
    page = printed([*rows, *chapter, full(gap=2), full(), {"text": "จบ"}])
    found = passages(page, type="report")

    assert [p.text for p in found[1:5]] == [*ENTRIES[:3], "หลักการและเหตุผล ๓"]
    assert {p.section for p in found[1:7]} == {("สารบัญ",)}
    assert found[-1].section == ("บทที่ ๑ บทนำ",)


def test_a_table_of_contents_ends_where_the_numbers_of_its_pages_do() -> None:
    body = "หน่วยงานในพื้นที่ได้ดำเนินการคัดแยกผู้เสียหายร่วมกันทุกครั้งที่ได้รับแจ้งเหตุแล้ว รวม 3"
    found = passages(plain(["สารบัญ", *ENTRIES[3:], "บทที่ ๑ บทนำ", body, "บทที่ ๒ ผลการศึกษา", body]), type="report")

    assert [p.section for p in found if p.text == body] == [("บทที่ ๑ บทนำ",), ("บทที่ ๒ ผลการศึกษา",)]


def test_the_last_entry_of_a_page_is_not_joined_to_the_next_page() -> None:
    rows = [full(text=f"ภาพที่ {number} การคัดแยกผู้เสียหายในพื้นที่ชายแดน {number + 5}") for number in range(1, 5)]
    page = printed([{"text": "สารบัญภาพ"}, *rows, full(page=2), full()])

    assert texts(page)[1:5] == [row["text"] for row in rows]


def test_a_name_that_ends_with_a_low_number_ends_no_table_of_contents() -> None:
    lines = ["สารบัญ", *ENTRIES[3:], "ส่วนที่ ๒ สงครามโลกครั้งที่ ๑", "ตอนที่ ๑ การศึกษา", "๒.๑ การศึกษา ๘", "๒.๒ ผลของการศึกษา ๑๒"]
    found = passages(plain(lines), type="report")

    assert {p.section for p in found[1:]} == {("สารบัญ",)}


def test_a_foreword_closes_the_headings_of_the_pages_before_it_however_large() -> None:
    name = {"text": "โรงพยาบาลสมเด็จ", "size": 24, "bold": True, "role": "heading", "page": 2}
    foreword = {"text": "คำนำ", "size": 18, "bold": True, "role": "heading", "page": 3}
    page = printed(
        [full(), full(), name, full(gap=3, page=2), full(page=2), foreword, full(gap=2, page=3), full(page=3)]
    )

    assert passages(page, type="report")[-1].section == ("คำนำ",)
