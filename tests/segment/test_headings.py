"""Headings: which lines are headings, and what is nested under them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.segment.making import FULL, RIGHT, full, passages, plain, printed, texts
from tests.timing import cpu_seconds
from tipmine.segment.bodies import names_only


def test_headings_make_a_path_and_close_what_does_not_stand_under_them() -> None:
    body = "หน่วยงานในพื้นที่ได้ดำเนินการคัดแยกผู้เสียหายร่วมกันทุกครั้งที่ได้รับแจ้งเหตุและรายงานผลแล้ว"
    found = passages(
        plain(
            [
                "บทที่ ๓ ผลการศึกษา",
                "๓.๑ ด้านนโยบาย",
                body,
                "๓.๒ ด้านการป้องกัน",
                body + "อีก",
                "บทที่ ๔ ข้อเสนอแนะ",
                body + "แล้ว",
            ]
        ),
        type="report",
        title="-",
    )

    assert [p.section for p in found if p.kind != "other"] == [
        ("บทที่ ๓ ผลการศึกษา", "๓.๑ ด้านนโยบาย"),
        ("บทที่ ๓ ผลการศึกษา", "๓.๒ ด้านการป้องกัน"),
        ("บทที่ ๔ ข้อเสนอแนะ",),
    ]


@pytest.mark.parametrize("head", ["บรรณานุกรม", "รายการอ้างอิง", "เอกสารและสิ่งอ้างอิง", "References"])
def test_an_entry_of_the_references_is_no_heading_until_the_next_chapter(head: str) -> None:
    entry = "กองสมมติ. 2541. ผลการสำรวจสถานบริการทั่วประเทศ"
    page = printed(
        [
            {"text": head},
            {"text": entry, "bold": True, "role": "heading", "gap": 2},
            {"text": "กรุงเทพมหานคร: สำนักพิมพ์สมมติ", "gap": 2},
            {"text": "ภาคผนวก ก", "bold": True, "role": "heading", "gap": 2},
            {"text": "แบบสัมภาษณ์ที่ใช้", "bold": True, "role": "heading", "gap": 2},
            full(gap=2),
            full(),
        ]
    )
    found = {p.text: (p.kind, p.section) for p in passages(page, type="report")}

    assert found[entry] == ("other", (head,))
    assert found["กรุงเทพมหานคร: สำนักพิมพ์สมมติ"] == ("other", (head,))
    assert found[FULL * 2][1][0].startswith("ภาคผนวก ก")


def test_the_last_item_of_a_list_is_no_heading_of_the_text_below_it() -> None:
    """After a number that was a heading, or after text, a number may be one."""
    items = ["1. ทบทวนระเบียบ", "2. จัดทำคู่มือ", "3. พัฒนาระบบข้อมูล"]
    page = printed([full(), *({"text": text, "gap": 2} for text in items), full(gap=2), full()])
    parted = printed(
        [full(), {"text": items[0], "gap": 2}, full(gap=2), {"text": items[1], "gap": 2}, full(gap=2), full()]
    )

    assert [(p.number, p.section) for p in passages(page)][3:] == [("3.", ()), ("", ())]
    assert passages(parted)[-1].section == (items[1],)


@pytest.mark.parametrize("labels", [["ด้านคดี", "ด้านคุ้มครอง", "ด้านป้องกัน"], ["การดำเนินคดี", "การคุ้มครอง", "การป้องกัน"]])
def test_labels_right_below_each_other_are_items(labels: list[str]) -> None:
    """With text between them they are headings."""
    body = "ในรอบปีที่ผ่านมาหน่วยงานได้ช่วยเหลือผู้เสียหายแล้ว 40 รายและส่งกลับภูมิลำเนา 12 ราย"
    numbered = [f"{n}. {label}" for n, label in enumerate(labels, 1)]
    found = passages(plain(["ข่าว", "แผนสมมติมี 3 ด้าน ดังนี้", *numbered, body]))
    parted = passages(plain(["ข่าว", *(text for label in numbered for text in (label, body))]))

    assert [(p.number, p.section) for p in found[2:]] == [("1.", ()), ("2.", ()), ("3.", ()), ("", ())]
    assert [p.section for p in parted if p.text == body] == [(label,) for label in numbered]


def test_a_numbered_topic_is_the_heading_of_the_text_that_opens_below_it() -> None:
    topic = "๔. ปัญหาในการสร้างและพัฒนากลไกระดับพื้นที่ของหน่วยงานในจังหวัดชายแดน"
    opened = ["ผลการศึกษา พบว่า ที่ผ่านมากลไกระดับพื้นที่ไม่มีงบประมาณของตนเองเลย", "จากการสัมภาษณ์ พบว่า กลไกระดับพื้นที่ไม่มีงบประมาณ"]
    going_on = "ผลการศึกษาของหน่วยงานอื่นใช้ประกอบได้"

    for below in opened:
        page = printed([full(x=100), {"text": topic, "x1": RIGHT}, full(text=below), full()])
        assert [p.section for p in passages(page) if below in p.text] == [(topic,)]
    page = printed([full(x=100), {"text": topic, "x1": RIGHT}, full(text=going_on), full()])
    assert [p.section for p in passages(page) if going_on in p.text] == [()]


def test_what_is_to_be_done_about_problems_is_a_section_of_its_own() -> None:
    found = passages(plain(["ข่าว", "ปัญหาและอุปสรรค", "ล่ามไม่เพียงพอ", "แนวทางแก้ไข", "ขึ้นทะเบียนล่ามอาสาในจังหวัด"]))

    assert [(p.kind, p.section) for p in found[2::2]] == [
        ("finding", ("ปัญหาและอุปสรรค",)),
        ("recommendation", ("แนวทางแก้ไข",)),
    ]


def test_a_boxed_list_of_aims_in_bold_is_no_path_of_headings() -> None:
    bold = {"bold": True, "role": "heading", "gap": 2}
    aims = ["เป้าประสงค์ : 1. สร้างความตระหนักเรื่องการค้ามนุษย์", "2. ผู้เสียหายเข้าถึงแหล่งทุน", "กลยุทธ์ : 1. ขยายการประชาสัมพันธ์"]
    rows = [{"text": "ยุทธศาสตร์ที่ 1 การป้องกัน", **bold}, *({"text": text, **bold} for text in aims)]
    found = passages(printed([*rows, *(full(gap=2) for _ in range(4))]), type="plan")

    assert [(p.kind, p.section) for p in found[1:4]] == [("plan", ("ยุทธศาสตร์ที่ 1 การป้องกัน",))] * 3


def test_a_number_that_has_gone_past_a_heading_closes_it() -> None:
    body = "หน่วยงานในพื้นที่ได้ดำเนินการคัดแยกผู้เสียหายร่วมกันทุกครั้งที่ได้รับแจ้งเหตุและรายงานผลแล้ว"
    found = passages(plain(["รายงาน", "2. ขั้นตอน", "2.1 การรับแจ้ง", body, "2.2 " + body + "ทันที"]), type="report")

    assert [p.section for p in found if body in p.text] == [("2. ขั้นตอน", "2.1 การรับแจ้ง"), ("2. ขั้นตอน",)]


def test_bold_words_that_fill_a_first_line_are_no_heading() -> None:
    page = printed([{"text": "ด้านนโยบาย" + FULL, "bold": True, "x": 100, "x1": RIGHT}, full(), {"text": "จบแล้ว"}])

    assert texts(page) == ["ด้านนโยบาย" + FULL * 2 + "จบแล้ว"]


def test_headings_of_one_series_are_of_one_rank_in_whatever_type() -> None:
    head = {"bold": True, "role": "heading"}
    body = [full(x=100), full()]
    page = printed(
        [
            head | {"text": "ส่วนที่ 1 สถานการณ์", "size": 20}, head | {"text": "1.1 ภาพรวม", "size": 16}, *body,
            head | {"text": "1.2 ปัญหา", "size": 14}, *body,
            head | {"text": "ส่วนที่ 2 มาตรการ", "size": 16}, *body,
        ]
    )  # fmt: skip
    found = [p.section for p in passages(page, type="report") if FULL in p.text]

    assert found == [("ส่วนที่ 1 สถานการณ์", "1.1 ภาพรวม"), ("ส่วนที่ 1 สถานการณ์", "1.2 ปัญหา"), ("ส่วนที่ 2 มาตรการ",)]


def test_a_bold_heading_stands_over_a_light_one_of_its_size_whatever_they_say() -> None:
    page = printed(
        [
            {"text": "5. ผลการประชุมกลุ่มย่อย", "bold": True, "role": "heading"},
            {"text": "5.1 กลุ่มที่ 1 การคัดแยก", "bold": True, "role": "heading"},
            {"text": "ปัญหาและอุปสรรค", "role": "heading"},
            full(x=100),
            full(),
            {"text": "5.2 กลุ่มที่ 2 การดำเนินคดี", "bold": True, "role": "heading"},
            full(x=100, text="ก" + FULL),
        ]
    )

    assert [p.section[1:] for p in passages(page, type="report") if FULL in p.text] == [
        ("5.1 กลุ่มที่ 1 การคัดแยก", "ปัญหาและอุปสรรค"),
        ("5.2 กลุ่มที่ 2 การดำเนินคดี",),
    ]


def test_what_stands_on_a_cover_is_over_no_passage() -> None:
    cover = [{"text": "แผนสมมติ", "size": 30, "x": 250}, {"text": "พ.ศ. 2568 - 2570", "size": 24, "x": 250, "gap": 3}]
    page = printed([*cover, {"text": "คำนำ", "size": 18, "page": 2}, full(page=2, x=100), full(page=2)])

    assert [p.section for p in passages(page) if FULL in p.text] == [("คำนำ",)]


@pytest.mark.parametrize("name", ["สรุปและอภิปรายผล", "การคุ้มครองพยานในชั้นศาล", "ข้อเสนอแนะ"])
@pytest.mark.parametrize("head", [{}, {"bold": True, "size": 20}])
def test_the_name_of_a_chapter_stands_below_its_number(name: str, head: dict[str, Any]) -> None:
    page = printed(
        [
            {"text": "บทที่ 5", "x": 270} | head,
            {"text": name, "x": 240, "gap": 1.6} | head,
            full(x=100),
            full(),
            {"text": "5.1 ผลการศึกษา", "bold": True, "role": "heading"},
            full(x=100, text="ก" + FULL),
        ]
    )

    assert [p.section for p in passages(page, type="report") if FULL in p.text] == [
        (f"บทที่ 5 {name}",),
        (f"บทที่ 5 {name}", "5.1 ผลการศึกษา"),
    ]


def test_what_stands_below_the_text_of_a_chapter_is_not_its_name() -> None:
    body = "หน่วยงานในพื้นที่ได้ดำเนินการคัดแยกผู้เสียหายร่วมกันทุกครั้งที่ได้รับแจ้งเหตุและรายงานผลแล้ว"
    found = passages(plain(["รายงานสมมติ", "บทที่ 5", body, "ข้อเสนอแนะ", "อีก" + body]), type="report")

    assert [p.section for p in found if body in p.text] == [("บทที่ 5",), ("บทที่ 5", "ข้อเสนอแนะ")]


@pytest.mark.parametrize(
    "names",
    [
        "ตำรวจภูธรจังหวัดเชียงราย",
        "แรงงานจังหวัด / จัดหางานจังหวัด",
        "กระทรวงแรงงาน และกระทรวงมหาดไทย",
        "สำนักงานตำรวจแห่งชาติ (ตร.)",
    ],
)
@pytest.mark.parametrize("over", ["ข้อเสนอแนะ", "๓.๒ ข้อเสนอแนะต่อหน่วยงาน"])
def test_names_over_what_is_proposed_to_them_are_headings(names: str, over: str) -> None:
    items = ["- เพิ่มชุดสืบสวนในพื้นที่ชายแดนให้ครบทุกอำเภอ", "- ตรวจสอบประกาศรับสมัครงานทางออนไลน์"]
    found = passages(plain(["รายงานสมมติ", over, names, *items, "สาธารณสุขจังหวัด", *items]), type="report")

    assert [p.kind for p in found if p.text == names] == ["other"]
    assert [p.section for p in found if p.kind == "recommendation"] == [
        *[(over, names)] * 2,
        *[(over, "สาธารณสุขจังหวัด")] * 2,
    ]


def test_names_are_no_headings_as_items_of_a_list_or_in_a_sentence_or_elsewhere() -> None:
    body = "ควรจัดประชุมร่วมกันทุกไตรมาสเพื่อแลกเปลี่ยนข้อมูลแรงงานและผู้เสียหายในพื้นที่ชายแดน"
    listed = passages(plain(["รายงานสมมติ", "ข้อเสนอแนะ", "กระทรวงแรงงาน", "กรมการจัดหางาน", body]), type="report")
    told = passages(plain(["รายงานสมมติ", "ข้อเสนอแนะ", "ตำรวจเพิ่มล่าม", f"- {body}"]), type="report")
    elsewhere = passages(plain(["รายงานสมมติ", "ผลการศึกษา", "กระทรวงแรงงาน", f"- {body}"]), type="report")

    assert [found[-1].section for found in (listed, told, elsewhere)] == [
        ("ข้อเสนอแนะ",),
        ("ข้อเสนอแนะ",),
        ("ผลการศึกษา",),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ตำรวจภูธรจังหวัดชลบุรี", True),
        ("ตำรวจภูธรจังหวัด ชลบุรี", True),
        ("อบต.แม่ปะ และเทศบาลตำบลโนนสำราญ", True),
        ("กระทรวงแรงงานและสวัสดิการสังคม", True),  # a former name, listed with its years
        ("ตำรวจภูธรจังหวัด ตรวจโรงงาน", False),
        ("ตำรวจภูธรจังหวัด ออกตรวจเข้ม", False),
        ("แรงงานจังหวัด ประชุมนายจ้าง", False),
        ("อบต. ทำแผนชุมชน", False),
        ("อบต.จัดตั้งศูนย์", False),
    ],
)
def test_names_with_their_places_are_told_from_sentences(text: str, *, expected: bool) -> None:
    assert names_only(text) is expected


def test_a_short_sentence_on_a_body_is_no_heading_of_what_follows() -> None:
    lines = ["รายงานสมมติ", "ข้อเสนอแนะ", "๑. ตำรวจภูธรจังหวัด ออกตรวจเข้ม", "๒. แรงงานจังหวัดควรประชุมนายจ้างทุกเดือน"]
    found = passages(plain(lines), type="report")

    assert [(p.number, p.section) for p in found[2:]] == [("๑.", ("ข้อเสนอแนะ",)), ("๒.", ("ข้อเสนอแนะ",))]


def test_a_line_of_many_names_takes_no_time() -> None:
    names = "พมจ. สนง.แรงงานจังหวัด จัดหางานจังหวัด ตม. ตำรวจภูธรจังหวัด อัยการจังหวัด ที่ทำการปกครองจังหวัด สสจ. "
    names_only("กรม")  # reads the gazetteer

    for text in (f"{names}ประชุมทุกเดือน", "อำเภอจังหวัด" * 9 + "!"):
        names_only.cache_clear()
        assert cpu_seconds(lambda text=text: names_only(text), repeats=1) < 1  # was minutes


def test_a_file_may_begin_with_an_item() -> None:
    items = ["1. ตำรวจภูธรจังหวัดควรตรวจแรงงานร่วมกัน", "2. ที่ทำการปกครองจังหวัดควรรายงานทุกเดือน"]

    found = passages(plain(items), title=items[0])

    assert [(passage.kind, passage.number) for passage in found] == [("recommendation", "1."), ("recommendation", "2.")]


def test_a_number_goes_on_beside_the_one_before_though_a_heading_without_number_stands_between() -> None:
    text = "ฝ่ายเลขานุการรายงานว่าได้ประสานทุกหน่วยงานแล้ว และจะนำเสนอผลในการประชุมครั้งหน้า"
    lines = ["ระเบียบวาระที่ 4 เรื่องเพื่อทราบ", "4.1 สถานการณ์ของจังหวัด", text, "ข้อเสนอแนะ", text, "4.2 ผลการตรวจโรงงาน", text]
    found = passages(plain(lines), type="report")

    assert found[-1].section == ("ระเบียบวาระที่ 4 เรื่องเพื่อทราบ", "4.2 ผลการตรวจโรงงาน")


def test_a_matter_on_the_agenda_is_a_heading_however_it_is_worded() -> None:
    found = passages(plain(["ระเบียบวาระที่ 3 เรื่องสืบเนื่องจากการประชุมครั้งก่อน", "ฝ่ายเลขานุการรายงานว่าไม่มี"]), type="report")

    assert found[-1].section == ("ระเบียบวาระที่ 3 เรื่องสืบเนื่องจากการประชุมครั้งก่อน",)


HEADS = [
    {"text": text, "role": "heading", "bold": True, "size": size} for text, size in (("รายงานสมมติ", 22), ("เกริ่นนำ", 16))
]
QUOTED = {"text": "หนูเดินขึ้นรถเอง เพราะที่บ้านไม่มีข้าวกิน", "role": "heading", "bold": True, "size": 16}
BELOW = [{"text": "— มะลิ อายุ 19 ปี", "size": 10}, {"text": FULL, "x1": RIGHT}, {"text": "จบ"}]


def test_what_somebody_says_in_large_letters_is_no_heading() -> None:
    found = passages(printed([*HEADS, full(), full(), full(), QUOTED, *BELOW]), type="report")
    at = [p.text for p in found].index(QUOTED["text"])

    assert [p.kind for p in found[at : at + 2]] == ["finding", "other"]
    assert {p.section[-1] for p in found[at:]} == {"เกริ่นนำ"}


def test_a_heading_over_items_behind_dashes_is_a_heading() -> None:
    items = [{"text": f"— {text}"} for text in ("เพิ่มล่ามประจำด่าน", "ตั้งกองทุนของจังหวัด")]
    head = {**QUOTED, "text": "สิ่งที่หมู่บ้านขอ", "gap": 2}
    found = passages(printed([*HEADS, full(), full(), full(), head, *items]), type="report")

    assert found[-1].section[-1] == head["text"]


def test_steps_with_decimals_leave_no_heading_that_they_do_not_count_on_from() -> None:
    lines = ["4. ขั้นตอน", "4.3 ระยะที่สาม", FULL, "9.1 กรณีเป็นผู้เสียหาย ให้ส่งต่อบ้านพัก", "4.4 ระยะที่สี่", FULL]
    rows = [{"text": text, **({"role": "heading", "bold": True} if text[0] == "4" else {})} for text in lines]
    rows[3:3] = [full(gap=2), full(), {"text": "จบ"}]
    found = {p.number: p.section for p in passages(printed(rows), type="report")}

    assert found["9.1"] == ("4. ขั้นตอน", "4.3 ระยะที่สาม")
    assert passages(printed(rows), type="report")[-1].section == ("4. ขั้นตอน", "4.4 ระยะที่สี่")


def test_what_is_sent_with_a_letter_is_no_heading_of_the_letter() -> None:
    rows = [
        {"text": "สิ่งที่ส่งมาด้วย ๑. รายการดำเนินงาน จำนวน ๑ ชุด"},
        {"text": "๒. แบบรายงานผล จำนวน ๑ ฉบับ", "x": 163},
        full(x=120),
        full(),
        {"text": "จบ"},
    ]
    assert passages(printed(rows), type="letter")[-1].section == ()


LETTER = [
    "ที่ พม ๐๐๐๐/ว ๑๒",
    "เรื่อง ขอให้เตรียมการคัดแยก",
    "ผู้เสียหายในจังหวัด",
    "เรียน ผู้ว่าราชการจังหวัด ทุกจังหวัด",
    "ตามที่กระทรวงได้แจ้งไว้แล้วนั้น จังหวัดหลายแห่งยังไม่มีสถานที่คัดแยก",
    "จึงเรียนมาเพื่อพิจารณา",
    "ขอแสดงความนับถือ",
    "๑. ตำรวจภูธรจังหวัด",
    "๑.๑ สืบสวนขยายผลถึงผู้จัดหาและเส้นทางการเงินทุกคดี",
    "๑.๒ จัดห้องสอบปากคำแยกจากผู้ต้องหาในทุกสถานี",
    "๒. สำนักงานสาธารณสุขจังหวัด",
    "๒.๑ ตรวจสุขภาพผู้เสียหายภายใน ๒๔ ชั่วโมง",
]


def test_what_a_letter_lists_under_the_name_of_a_body_is_asked_of_it() -> None:
    found = [p for p in passages(plain(LETTER)) if p.number and "." in p.number]
    planned = [p for p in passages(plain(LETTER), type="plan") if p.number and "." in p.number]

    assert [p.kind for p in found] == ["recommendation"] * 3
    assert {p.kind for p in planned} == {"plan"}


def test_a_part_right_below_a_numbered_heading_divides_it() -> None:
    def bold(text: str) -> dict[str, Any]:
        return {"text": text, "bold": True, "role": "heading", "gap": 2}

    rows = [
        bold("2. ประเด็นจากการสนทนากลุ่ม"),
        bold("ประเด็นที่ 1 อาชีพและหนี้สิน"),
        full(gap=2),
        bold("ประเด็นที่ 2 ใครควรเป็นคนติดตาม"),
        full(gap=2),
        bold("3. ข้อเสนอของกลุ่ม"),
        full(gap=2),
    ]
    found = [p.section for p in passages(printed(rows), type="report", title="-") if p.text == FULL]

    assert found == [
        ("2. ประเด็นจากการสนทนากลุ่ม", "ประเด็นที่ 1 อาชีพและหนี้สิน"),
        ("2. ประเด็นจากการสนทนากลุ่ม", "ประเด็นที่ 2 ใครควรเป็นคนติดตาม"),
        ("3. ข้อเสนอของกลุ่ม",),
    ]


@pytest.mark.parametrize(("x", "section"), [(150, ()), (70, ("การดูแลผู้เสียหายหลังกลับบ้าน",))])
def test_a_line_centred_under_the_title_is_part_of_it(x: int, section: tuple[str, ...]) -> None:
    title = {"text": "บันทึกการสนทนากลุ่ม", "x": 200, "x1": 400, "size": 18, "bold": True, "role": "heading"}
    below = {
        "text": "การดูแลผู้เสียหายหลังกลับบ้าน",
        "x": x,
        "x1": 600 - x if x == 150 else 300,
        "bold": True,
        "role": "heading",
    }
    rows = [title, below | {"gap": 2}, full(gap=2), full()]
    assert [p.section for p in passages(printed(rows), type="report") if p.kind != "other"] == [section]


@pytest.mark.parametrize("line", ["(Executive Summary)", "หมายเลขลงทะเบียน.............", "ในพระปรมาภิไธย", "เรื่อง หน้า"])
def test_what_is_in_brackets_or_has_a_gap_to_be_filled_in_is_no_heading(line: str) -> None:
    bold = {"bold": True, "role": "heading", "gap": 2}
    page = printed([{"text": "บทที่ 5 บทสรุป", **bold}, {"text": line, **bold}, full(gap=2), full(), {"text": "จบ"}])

    assert [p.section for p in passages(page, type="report")] == [(), *[("บทที่ 5 บทสรุป",)] * 2]


def test_aims_and_indicators_of_a_strategy_are_under_the_strategy_beside_each_other() -> None:
    bold = {"bold": True, "role": "heading", "gap": 1.5}
    strategies = ["ยุทธศาสตร์ที่ 1 สร้างแนวกันชนในครอบครัว", "ยุทธศาสตร์ที่ 2 สกัดและขยายผล"]
    parts = ["วัตถุประสงค์", "ตัวชี้วัด", "แนวทาง"]
    rows = [{"text": "ส่วนที่ 4 ยุทธศาสตร์", **bold, "size": 16}]
    for strategy in strategies:
        rows.append({"text": strategy, **bold})
        rows += [row for part in parts for row in ({"text": part, **bold}, full(), {"text": "ในทุกอำเภอ"})]
    found = passages(printed([full(), full(), *rows]), type="plan", title="-")

    assert [p.section for p in found if p.text.endswith("ในทุกอำเภอ")] == [
        ("ส่วนที่ 4 ยุทธศาสตร์", strategy, part) for strategy in strategies for part in parts
    ]
