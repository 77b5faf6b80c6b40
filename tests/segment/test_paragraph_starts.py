"""Where a paragraph begins, and what it is by its place, its bullet or its first words."""

from __future__ import annotations

from typing import Any

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


TERM = "“ผู้เสียหาย” หมายความว่า ผู้ซึ่งถูกแสวงประโยชน์ตามกฎหมายว่าด้วยการป้องกันและปราบปรามการค้ามนุษย์"


def test_each_definition_is_a_paragraph_though_the_one_above_fills_its_line() -> None:
    page = printed([full(x=100), full(), full(text=TERM, x=100), full(text=TERM, x=100), {"text": "และครอบครัว"}])

    assert texts(page)[1:] == [TERM, TERM + "และครอบครัว"]


def test_a_word_that_is_explained_in_a_sentence_begins_no_paragraph() -> None:
    page = printed([full(x=100), full(text="หน่วยงานที่เกี่ยวข้องในพื้นที่เห็นร่วมกันว่าในการคัดแยกผู้เสียหายนั้นคำว่า"), full(text=TERM)])

    assert len(texts(page)) == 1


def test_full_paragraphs_of_one_line_do_not_run_together_where_only_first_lines_are_indented() -> None:
    usual = [row for _ in range(20) for row in (full(x=100), full())]
    page = printed([*usual, full(x=100), full(x=100), full(), full(x=100, page=2), full(x=100, page=3), full()])

    assert texts(page)[20:] == [FULL, FULL * 2, FULL, FULL * 2]


def test_the_full_lines_of_indented_blocks_are_one_paragraph() -> None:
    block = [full(x=100, gap=2), full(x=100), full(x=100)]
    page = printed([row for _ in range(8) for row in (full(x=100, gap=2), full(), *block)])

    assert texts(page)[:4] == [FULL * 2, FULL * 3] * 2


@pytest.mark.parametrize(
    ("end", "joint"), [("เพื่อให้", ""), ("ตามระเบียบของ", ""), ("การติดตาม", " "), ("ได้แก่", " "), ("ซึ่งเป็นข้อความ", " ")]
)
def test_no_space_follows_a_word_to_which_the_next_one_belongs(end: str, joint: str) -> None:
    page = printed([full(x=100), full(text=FULL + end, raw=FULL + end + " "), {"text": "การป้องกัน"}])

    assert texts(page) == [FULL * 2 + end + joint + "การป้องกัน"]


@pytest.mark.parametrize(("end", "begin", "count"), [("จำนวน", "3 จังหวัดส่วนใหญ่", 1), ("จำนวน", "3. จังหวัดส่วนใหญ่", 2)])
def test_a_number_that_was_kept_with_its_noun_begins_no_paragraph(end: str, begin: str, count: int) -> None:
    short = {"text": FULL[:-9] + end, "x1": RIGHT - 40}
    page = printed([*[row for _ in range(5) for row in (full(gap=2), full())], full(gap=2), short, {"text": begin}])

    assert len(texts(page)) == 5 + count


@pytest.mark.parametrize(("words", "count"), [("จำนวนและร้อยละของผู้เสียหาย", 2), ("ร้อยละ 40 ของคดีทั้งหมดอยู่ในเมือง", 1)])
def test_the_caption_of_a_table_of_shares_is_a_passage_below_a_full_line(words: str, count: int) -> None:
    assert len(texts(printed([full(), full(), full(text=f"ตารางที่ 2 {words}")]))) == count


@pytest.mark.parametrize(("x", "x1", "joined"), [(110, 300, True), (170, 420, False)])
def test_lines_set_in_below_a_first_line_at_the_edge_go_on_unless_they_are_centred(
    x: int, x1: int, joined: bool
) -> None:
    usual = [row for _ in range(5) for row in (full(x=100), full())]
    source = "ที่มา : สำนักงานสถิติแห่งชาติ รายงานการสำรวจภาวะการทำงานของประชากรทั่วราชอาณาจักรไทย กระทรวง"
    page = printed([*usual, full(text=source, gap=3), {"text": "ดิจิทัลเพื่อเศรษฐกิจและสังคม", "x": x, "x1": x1}])

    assert texts(page)[-1].startswith(source) == joined


def test_a_line_that_closes_a_bracket_goes_on_below_a_quotation_set_as_a_block() -> None:
    quotation = [
        full(),
        full(text="\u201cแจ้งไปแล้วเขาถามกลับว่าเห็นหน้าไหม เราตอบไม่ได้\u201d (ผู้ใหญ่บ้านหมู่", x=130, x1=400),
        {"text": "ที่ 6, สัมภาษณ์ มกราคม)", "x": 130},
    ]
    other = [*quotation[:2], {"text": "ชาวบ้านจึงเลิกแจ้ง", "x": 130}]

    assert texts(printed(quotation))[-1].endswith("(ผู้ใหญ่บ้านหมู่ที่ 6, สัมภาษณ์ มกราคม)")
    assert texts(printed(other))[-1] == "ชาวบ้านจึงเลิกแจ้ง"


def test_an_item_goes_on_set_in_below_a_line_that_is_nearly_full() -> None:
    """Although a short word would have fitted there, and the two lines are centred around one middle."""
    items = [row for n in "12" for row in (full(text=f"{n}) {FULL}", x=90), {"text": "ต่อไปทุกปี", "x": 110})]
    items += [{"text": f"3) {FULL}", "x": 90, "x1": 470}, {"text": "ราชการ และมีค่าตอบแทน", "x": 110, "x1": 450}]
    found = passages(printed([full(), full(), *items]))

    assert [(p.number, p.text) for p in found if p.number][2:] == [("3)", f"{FULL}ราชการ และมีค่าตอบแทน")]


def test_a_usual_heading_begins_a_paragraph_below_a_full_line() -> None:
    heading = {"text": "ตัวชี้วัด", "bold": True, "role": "heading", "x": 80}
    page = printed([full(), {"text": "จบ"}, full(x=110), heading, {"text": "จำนวนคดี", "x": 110}])

    assert texts(page)[-3:] == [FULL, "ตัวชี้วัด", "จำนวนคดี"]


def test_a_quotation_set_as_a_block_ends_with_its_mark_where_the_type_changes() -> None:
    block = [
        {"text": "\N{LEFT DOUBLE QUOTATION MARK}คำสั่งมีครบทุกชั้น" + FULL, "size": 13.5, "x": 120, "x1": RIGHT},
        {"text": "ใครจ่าย\N{RIGHT DOUBLE QUOTATION MARK} (เจ้าหน้าที่ จังหวัดที่ 2)", "size": 13.5, "x": 120, "x1": RIGHT - 30},
    ]
    after = [full(x=118, text="ตัวแทนองค์การบริหารส่วนตำบลไม่กล้าตั้งงบ" + FULL), {"text": "เพราะเกรงการทักท้วง"}]

    assert texts(printed([*usual_paragraphs(), *block, *after]))[-1].startswith("ตัวแทน")


def test_a_line_with_a_blank_that_is_not_stretched_to_the_edge_ends_its_paragraph_over_a_page_end() -> None:
    short = {"text": "หลอกให้ลงทุน และถูกขายต่อเมื่อทำยอดไม่ถึงเป้า", "x1": RIGHT - 50}
    below = [full(page=2, text="เด็กจากประเทศเพื่อนบ้านถูกบังคับให้ขายดอกไม้" + FULL), {"text": "ในย่านท่องเที่ยว", "page": 2}]
    solid = {**short, "text": short["text"].replace(" ", "")}
    beside = [{**line, "page": 1} for line in below]

    assert texts(printed([*usual_paragraphs(), full(), short, *below]))[-1].startswith("เด็กจาก")
    assert "ถึงเป้าเด็กจาก" in texts(printed([*usual_paragraphs(), full(), solid, *below]))[-1]
    assert "ถึงเป้าเด็กจาก" in texts(printed([*usual_paragraphs(), full(), short, *beside]))[-1]


def test_a_remark_in_brackets_under_a_title_is_read_to_its_closing_bracket() -> None:
    remark = [full(text="(เอกสารสมมติ ตัวเลขและเหตุการณ์แต่งขึ้นเพื่อใช้ทดสอบ"), {"text": "มิใช่ผลจริง)", "x": 260, "x1": 330}]

    assert "".join(line["text"] for line in remark) in texts(printed([*usual_paragraphs(), *remark]))


def usual_paragraphs() -> list[dict[str, Any]]:
    """Justified paragraphs with indented first lines, and the gaps between their lines."""
    paragraph = [full(x=100), full(), full(), {"text": "ตลอดปีที่ผ่านมา"}]
    return paragraph * 3
