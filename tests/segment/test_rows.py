"""Rows of tables: what comes first in them, under which words, and what kind of passage each is."""

from __future__ import annotations

import pytest

from tests.segment.making import passages, plain


def test_a_measure_stands_first_in_its_row_and_keeps_its_number() -> None:
    found = passages(
        plain(
            [
                "แผนปฏิบัติการจังหวัดสมมติ",
                "ยุทธศาสตร์ | มาตรการ | หน่วยงานรับผิดชอบ | ตัวชี้วัด",
                "การป้องกัน | ๑.๑ จัดอบรมครูแนะแนวทุกอำเภอ | ศธจ. | ๔๐ คน",
                " | ๑.๒ จัดทำสื่อ ๔ ภาษา | พมจ. | ๔ ชิ้น",
            ]
        )
    )

    assert [(p.kind, p.number, p.text) for p in found if p.kind == "plan"] == [
        ("plan", "๑.๑", "จัดอบรมครูแนะแนวทุกอำเภอ | ศธจ. | ๔๐ คน"),
        ("plan", "๑.๒", "จัดทำสื่อ ๔ ภาษา | พมจ. | ๔ ชิ้น"),
    ]


def test_a_figure_that_equals_the_number_of_its_row_is_kept() -> None:
    rows = ["ที่ | กิจกรรม | จำนวน | หน่วยงาน", "1 | ทำป้ายเตือน | 1 | เทศบาล", "2 | จัดล่ามประจำด่าน | 2 | พมจ."]

    assert [(p.number, p.text) for p in passages(plain(rows), type="plan")][1:] == [
        ("1", "ทำป้ายเตือน | 1 | เทศบาล"),
        ("2", "จัดล่ามประจำด่าน | 2 | พมจ."),
    ]


@pytest.mark.parametrize(("kind_of_document", "kind"), [("report", "finding"), ("plan", "other")])
def test_rows_of_statistics_are_findings_of_reports(kind_of_document: str, kind: str) -> None:
    rows = ["รายงานผล", "เพศ | จำนวน | ร้อยละ", "ชาย | 120 | 45.2", "หญิง | 145 | 54.8", "- | 265 | 100.0"]
    found = passages(plain(rows), type=kind_of_document)

    assert [p.kind for p in found] == ["other", "other", kind, kind, "other"]


def test_years_of_money_beside_a_numbered_measure_make_no_statistics_of_it() -> None:
    rows = [
        "ที่ | โครงการ/กิจกรรม | 2566 | 2567 | 2568",
        "ยุทธศาสตร์ที่ 1 การป้องกันในชุมชน |  |  |  | ",
        "เป้าประสงค์: เพื่อลดจำนวนเด็กที่ออกจากโรงเรียนกลางคัน |  |  |  | ",
        "1 | โครงการดูแลสุขภาพจิตผู้เสียหายและครอบครัวระยะยาว | 90,000 | 90,000 | 90,000",
        "2 | กิจกรรมติดตามเยี่ยมบ้านเด็กที่กลับคืนสู่ครอบครัว | 50,000 | - | 50,000",
        "รวม |  | 140,000 | 90,000 | 140,000",
    ]

    found = passages(plain(["แผนปฏิบัติการจังหวัดสมมติ", *rows]), type="plan")

    measures = [p for p in found if p.number]
    assert [p.kind for p in measures] == ["plan", "plan"]
    outer, inner = measures[0].section[-2:]
    assert outer.startswith("ยุทธศาสตร์ที่ 1")
    assert inner.startswith("เป้าประสงค์:")
    assert found[-1].kind == "other"


def test_ticks_in_a_row_are_no_statistics() -> None:
    rows = ["กิจกรรม | หน่วยงาน | 2568 | 2569", "จัดอบรมล่ามชุมชนเรื่องการรักษาความลับ | พมจ. | \u2713 | \u2713"]

    assert [p.kind for p in passages(plain(rows), type="plan")] == ["other", "plan"]


def test_rows_under_a_merged_cell_stand_under_its_words() -> None:
    rows = [
        "ที่ | ด้าน | กลยุทธ์ | กิจกรรม | หน่วยงาน",
        "1 | การป้องกัน | สื่อ | ทำป้าย | เทศบาล",
        "2 |  |  | จัดละครชุมชน | สภาวัฒนธรรม",
        "3 |  | โรงเรียน | อบรมครู | ศธจ.",
        "4 | การคุ้มครอง | ที่พัก | เพิ่มเตียง | พมจ.",
        "5 |  |  | จัดล่าม | พมจ.",
    ]
    found = passages(plain(rows))[1:]

    media, school, shelter = ("การป้องกัน", "สื่อ"), ("การป้องกัน",), ("การคุ้มครอง", "ที่พัก")
    assert [p.section for p in found if p.number] == [media, media, school, shelter, shelter]
    assert [p.number for p in found if p.number] == ["1", "2", "3", "4", "5"]
    assert found[2].text == "ทำป้าย | เทศบาล"
    assert found[4].text == "โรงเรียน | อบรมครู | ศธจ."
    assert [(p.section, p.text) for p in found if not p.number] == [
        ((), "การป้องกัน"),
        (("การป้องกัน",), "สื่อ"),
        ((), "การคุ้มครอง"),
        (("การคุ้มครอง",), "ที่พัก"),
    ]


def test_where_measures_are_merged_over_projects_each_project_is_a_row_under_its_measure() -> None:
    rows = ["มาตรการ | โครงการ | หน่วยงาน", "ให้ความรู้ | 1.1 ห้องเรียนรู้ทัน | สพฐ.", " | 1.2 อบรมครูแกนนำ | ศธจ."]
    found = passages(plain(rows), type="plan")[1:]

    assert [(p.number, p.section, p.text) for p in found] == [
        ("", (), "ให้ความรู้"),
        ("1.1", ("ให้ความรู้",), "ห้องเรียนรู้ทัน | สพฐ."),
        ("1.2", ("ให้ความรู้",), "อบรมครูแกนนำ | ศธจ."),
    ]


def test_the_number_of_a_row_is_no_cell_of_its_text_however_the_text_has_it() -> None:
    rows = ["ที่ | กิจกรรม | หน่วยงาน", "1 | 1) ทำป้ายเตือน | เทศบาล", "๒ | 2) จัดล่ามประจำด่าน | พมจ.", "3 | 7) จัดรถ | ยธจ."]

    assert [(p.number, p.text) for p in passages(plain(rows), type="plan")][1:] == [
        ("1)", "ทำป้ายเตือน | เทศบาล"),
        ("2)", "จัดล่ามประจำด่าน | พมจ."),
        ("7)", "3 | จัดรถ | ยธจ."),
    ]


def test_a_row_merged_to_one_cell_stands_over_the_rows_below_it() -> None:
    rows = [
        "มาตรการ | หน่วยงาน | งบประมาณ",
        "กลยุทธ์ที่ 1 เฝ้าระวังในชุมชน |  | ",
        "1.1 ทำป้ายเตือนทุกตำบล | เทศบาล | 20000",
        "กลยุทธ์ที่ 2 ดูแลผู้เสียหาย |  | ",
        "2.1 จัดล่ามประจำศูนย์ | พมจ. | 40000",
        "การติดตามผล",
        "คณะอนุกรรมการรวบรวมผลการดำเนินงานทุกไตรมาสแล้วเสนอผู้ว่าราชการจังหวัดเพื่อทราบ",
    ]
    found = passages(plain(rows), type="plan", title="-")

    over = [[name.strip(" |") for name in p.section] for p in found if p.number]
    assert over == [["กลยุทธ์ที่ 1 เฝ้าระวังในชุมชน"], ["กลยุทธ์ที่ 2 ดูแลผู้เสียหาย"]]
    assert [p.kind for p in found if p.text.startswith("กลยุทธ์")] == ["other", "other"]
    assert "กลยุทธ์" not in " ".join(found[-1].section)


@pytest.mark.parametrize("proposals", ["ข้อเสนอแนะของคณะกรรมการ", "ข้อเรียกร้อง", "ข้อแนะนำ", "ข้อสั่งการ"])
def test_the_response_to_a_recommendation_is_a_finding_of_its_own(proposals: str) -> None:
    rows = [
        f"ที่ | {proposals} | ความเห็นของหน่วยงาน",
        "1 | ควรจัดล่ามทางโทรศัพท์ตลอดคืน | กระทรวงเห็นด้วย และได้เชื่อมระบบกับสายด่วนแล้ว",
        "2 | ควรสำรวจจำนวนแรงงานตามฤดูกาล | กรมมีข้อสังเกตว่าควรให้นายจ้างแจ้งแทน",
        "3 | ควรตรวจที่พักคนงานปีละสองครั้ง | -",
    ]
    found = passages(plain(["รายงานผลการพิจารณาข้อเสนอแนะ", *rows]), type="report")[2:]

    assert [(p.kind, p.number, p.text) for p in found] == [
        ("recommendation", "1", "ควรจัดล่ามทางโทรศัพท์ตลอดคืน"),
        ("finding", "", "กระทรวงเห็นด้วย และได้เชื่อมระบบกับสายด่วนแล้ว"),
        ("recommendation", "2", "ควรสำรวจจำนวนแรงงานตามฤดูกาล"),
        ("finding", "", "กรมมีข้อสังเกตว่าควรให้นายจ้างแจ้งแทน"),
        ("recommendation", "3", "ควรตรวจที่พักคนงานปีละสองครั้ง"),
        ("other", "", "-"),
    ]


@pytest.mark.parametrize("resolved", ["มติครั้งก่อน", "มติที่ประชุม", "มติการประชุมคราวก่อน", "มติ/ข้อสั่งการ"])
def test_what_was_done_about_a_resolution_is_a_finding_beside_it(resolved: str) -> None:
    rows = [
        f"ที่ | {resolved} | ผู้รับผิดชอบ | ผลการดำเนินงาน",
        "1 | จัดทำบัญชีล่ามนอกเวลาราชการ | สำนักงานจัดหางาน | ได้รายชื่อแล้วสิบสองคน",
        "2 | ทบทวนแบบคัดแยกของด่าน | ตรวจคนเข้าเมือง | อยู่ระหว่างยกร่าง",
    ]
    found = passages(plain(["ระเบียบวาระที่ 3 เรื่องสืบเนื่อง", *rows]), type="report")[2:]

    assert [(p.kind, p.number, p.text) for p in found] == [
        ("plan", "1", "จัดทำบัญชีล่ามนอกเวลาราชการ | สำนักงานจัดหางาน"),
        ("finding", "", "ได้รายชื่อแล้วสิบสองคน"),
        ("plan", "2", "ทบทวนแบบคัดแยกของด่าน | ตรวจคนเข้าเมือง"),
        ("finding", "", "อยู่ระหว่างยกร่าง"),
    ]


def test_counts_number_no_rows_and_cells_keep_their_order_where_nothing_is_to_be_done() -> None:
    head = "ตำบล | จำนวนคดี | จำนวนผู้เสียหาย | ลักษณะพื้นที่"
    rows = [
        "ท่าสมมติ | 3 | 7 | ท่าเรือประมงขนาดใหญ่ มีหอพักแรงงานหนาแน่น",
        "บ้านทุ่งสมมติ | 4 | 2 | สวนผลไม้ ใช้แรงงานตามฤดูกาล",
        "คลองสมมติ | 1 | 1 | ติดชายแดน มีช่องทางธรรมชาติ",
    ]

    assert [(p.kind, p.number, p.text) for p in passages(plain(["รายงานรายตำบล", head, *rows]), type="report")][2:] == [
        ("finding", "", row) for row in rows
    ]


def test_numbers_of_rows_count_up_and_may_begin_anew() -> None:
    rows = ["สื่อ | 1 | ทำป้าย | 4", " | 2 | จัดละครชุมชน | 2", "ที่พัก | 1 | เพิ่มเตียง | 9", " | 2 | จัดล่ามประจำบ้านพัก | 2"]
    found = passages(plain(["ด้าน |  | กิจกรรม | เป้าหมาย", *rows]), type="plan")[1:]

    assert [(p.number, p.text.split(" | ")[-1]) for p in found if p.number] == [
        ("1", "4"),
        ("2", "2"),
        ("1", "9"),
        ("2", "2"),
    ]


def test_names_beside_figures_describe_nothing() -> None:
    rows = ["ชื่อ | อายุ | สังกัด", "นางสาวสมหญิง ตัวอย่าง | 34 | กลุ่มงานคุ้มครองสวัสดิภาพเด็กและเยาวชน"]

    assert {p.kind for p in passages(plain(rows), type="report")} == {"other"}


def test_who_responds_belongs_to_the_response_and_not_to_the_proposal() -> None:
    rows = [
        "ที่ | ข้อเสนอแนะ | หน่วยงานที่รายงาน | ผลการดำเนินงาน",
        "1 | ควรจัดล่ามทุกด่าน | กรมการจัดหางาน | จัดแล้วสองด่าน รองบประมาณอีกสามด่าน",
        "2 | ควรสำรวจแรงงานตามฤดูกาล | กรมการจัดหางาน | อยู่ระหว่างทำแบบสำรวจ",
    ]
    found = passages(plain(["ตารางติดตามข้อเสนอแนะ", *rows]), type="report")[2:]

    assert [(p.kind, p.text) for p in found] == [
        ("recommendation", "ควรจัดล่ามทุกด่าน"),
        ("finding", "กรมการจัดหางาน | จัดแล้วสองด่าน รองบประมาณอีกสามด่าน"),
        ("recommendation", "ควรสำรวจแรงงานตามฤดูกาล"),
        ("finding", "กรมการจัดหางาน | อยู่ระหว่างทำแบบสำรวจ"),
    ]


def test_how_far_a_response_has_got_belongs_to_it() -> None:
    rows = [
        "ที่ | ข้อเสนอแนะ | หน่วยงาน | ผลการดำเนินงาน | สถานะ",
        "1 | ควรจัดล่ามทุกด่าน | กรมการจัดหางาน | จัดแล้วสองด่าน รองบประมาณอีกสามด่าน | ล่าช้า",
    ]
    found = passages(plain(["ตารางติดตามข้อเสนอแนะ", *rows]), type="report")[2:]

    assert [(p.kind, p.text) for p in found] == [
        ("recommendation", "ควรจัดล่ามทุกด่าน | กรมการจัดหางาน"),
        ("finding", "จัดแล้วสองด่าน รองบประมาณอีกสามด่าน | ล่าช้า"),
    ]


@pytest.mark.parametrize(
    ("heading", "row", "kind"),
    [
        ("ผลการดำเนินงาน", "จำนวนผู้เสียหายที่คัดแยกได้ | 31 | 44", "finding"),
        ("ตารางที่ 1 ลักษณะของกลุ่มตัวอย่าง", "ลูกจ้างแพปลาหรือโรงงาน | 97 | 25.3", "method"),
        ("ผลการดำเนินงาน", "จังหวัดเชียงใหม่ | 31 | 44", "finding"),
    ],
)
def test_statistics_are_findings_unless_they_are_of_the_respondents(heading: str, row: str, kind: str) -> None:
    table = ["รายการ | พ.ศ. 2566 | พ.ศ. 2567", row, "รวม | 50 | 60"]
    found = passages(plain(["สถิติเรียงตามปีงบประมาณที่รายงานมาจากทุกจังหวัดของภาค", heading, *table]), type="report")

    assert [p.kind for p in found if p.text == row] == [kind]


def test_topics_merged_over_rows_stand_above_what_is_said_of_them() -> None:
    rows = [
        "ประเด็น | กลุ่ม | ความเห็นหลัก",
        "การตีตรา | เจ้าหน้าที่ | การเยี่ยมบ้านด้วยรถราชการทำให้ถูกจับตา",
        " | ผู้นำชุมชน | ชาวบ้านยังไม่เข้าใจคำว่าถูกหลอก",
        " | ผู้เสียหาย | อยากให้เลิกเรียกว่าเคส",
    ]
    found = passages(plain(rows), type="report")[1:]

    assert [(p.kind, p.text) for p in found] == [
        ("other", "การตีตรา"),
        ("finding", "เจ้าหน้าที่ | การเยี่ยมบ้านด้วยรถราชการทำให้ถูกจับตา"),
        ("finding", "ผู้นำชุมชน | ชาวบ้านยังไม่เข้าใจคำว่าถูกหลอก"),
        ("finding", "ผู้เสียหาย | อยากให้เลิกเรียกว่าเคส"),
    ]
    assert {p.section[-1] for p in found[1:]} == {"การตีตรา"}


def test_a_finding_beside_a_proposal_is_a_finding_under_a_heading_of_proposals() -> None:
    rows = [
        "4. ข้อเสนอแนะและผู้รับผิดชอบ",
        "ข้อค้นพบ | ข้อเสนอแนะ | ผู้รับผิดชอบ",
        "ครัวเรือนใช้ช่องทางแจ้งเหตุน้อยและผู้แจ้งถูกข่มขู่ | จัดทำช่องทางที่ไม่ระบุตัวตน | สถานีตำรวจ",
        " | ประกันอุบัติเหตุให้อาสาสมัครทุกคน | อบต.",
    ]
    kinds = {p.text: p.kind for p in passages(plain(rows), type="report", title="-")}

    assert kinds["ครัวเรือนใช้ช่องทางแจ้งเหตุน้อยและผู้แจ้งถูกข่มขู่"] == "finding"
    assert kinds["จัดทำช่องทางที่ไม่ระบุตัวตน | สถานีตำรวจ"] == "recommendation"


def test_a_row_without_known_heads_says_something_in_several_short_cells() -> None:
    rows = [
        "ใคร | ทำอะไร | ติดอะไร",
        "โรงเรียน | คาบแนะแนวครั้งเดียวต่อเทอม | เนื้อหาเก่า ไม่มีเรื่องออนไลน์",
        "โรงเรียน | สังกัด | อำเภอเมือง",
    ]
    assert [p.kind for p in passages(plain(rows), type="report", title="-")] == ["other", "finding", "other"]


def test_results_left_of_a_proposal_are_no_response_to_it_and_the_topic_numbers_the_row() -> None:
    rows = [
        "ประเด็นการตรวจติดตาม | ผลการดำเนินงาน | ปัญหาอุปสรรค | ข้อเสนอแนะ",
        "๑. กลไกจังหวัด | ประชุมแล้ว ๓ ครั้ง | ผู้แทนเปลี่ยนตัวทุกครั้ง | ส่วนราชการควรมอบหมายผู้แทนเป็นลายลักษณ์อักษร",
        "๒. การเยียวยา | จ่ายเงินกองทุนแล้ว ๕ ราย | เอกสารจากพื้นที่ปลายทางล่าช้า | -",
    ]
    found = [(p.kind, p.number, p.text.split(" | ")[0]) for p in passages(plain(rows), type="report")[1:]]

    assert found == [
        ("recommendation", "๑.", "กลไกจังหวัด"),
        ("finding", "", "๒. การเยียวยา"),
    ]


def test_a_project_says_what_its_row_is_about_before_its_activities() -> None:
    rows = ["โครงการ | กิจกรรม | งบประมาณ", "1. โครงการโรงเรียนรู้ทันภัย | 1) พัฒนาชุดการเรียนรู้ 2) อบรมครูแนะแนว | 215,000"]
    (project,) = passages(plain(rows), type="plan")[1:]

    assert (project.number, project.text) == (
        "1.",
        "โครงการโรงเรียนรู้ทันภัย | 1) พัฒนาชุดการเรียนรู้ 2) อบรมครูแนะแนว | 215,000",
    )


def test_a_list_of_numbers_in_a_cell_stays_whole_and_numbers_no_row() -> None:
    rows = [
        "ที่ | จังหวัด | เขต | ท้องที่",
        "6 | สมมติบุรี | 2 | ๑. อำเภอเมือง ๒. อำเภอริมน้ำ",
        "7 | เมืองตัวอย่าง | 2 | ๑. อำเภอเมือง ๒. อำเภอเชิงเขา",
    ]

    assert [(p.number, p.text) for p in passages(plain(rows))][1:] == [
        ("6", "สมมติบุรี | 2 | ๑. อำเภอเมือง ๒. อำเภอริมน้ำ"),
        ("7", "เมืองตัวอย่าง | 2 | ๑. อำเภอเมือง ๒. อำเภอเชิงเขา"),
    ]


def test_only_cells_in_words_are_shared_with_the_row_below() -> None:
    rows = [
        "จังหวัด | จำนวน | กิจกรรม | หน่วยงาน",
        "สมมติบุรี | ๒ | ฝึกอาชีพระยะสั้นให้สตรีในหมู่บ้านต้นทาง | อบต.",
        " |  | ตั้งจุดแจ้งเบาะแสในตำบลชายแดนทุกตำบล | อพม.",
    ]

    assert [p.text for p in passages(plain(rows), type="plan")][1:] == [
        "สมมติบุรี",
        "๒ | ฝึกอาชีพระยะสั้นให้สตรีในหมู่บ้านต้นทาง | อบต.",
        "ตั้งจุดแจ้งเบาะแสในตำบลชายแดนทุกตำบล | อพม.",
    ]


@pytest.mark.parametrize("kind_of_document", ["plan", "report"])
def test_strategies_and_measures_over_activities_are_planned_whatever_is_proposed_beside_them(
    kind_of_document: str,
) -> None:
    rows = [
        "ยุทธศาสตร์ | มาตรการ | กิจกรรม | ผลการดำเนินงาน | ข้อเสนอแนะ",
        "ยุทธศาสตร์ที่ 3 การดำเนินคดี | 3.1 เพิ่มประสิทธิภาพการสืบสวน | ตรวจสถานบริการ | 61 ครั้ง | ควรตรวจซ้ำ",
        " |  | อบรมพนักงานสอบสวนเรื่องพยานดิจิทัล | ไม่ได้ดำเนินการ | ขอใช้หลักสูตรออนไลน์",
    ]
    found = passages(plain(["สรุปผลการติดตาม", "ข้อเสนอแนะ", *rows]), type=kind_of_document)

    assert [(p.kind, p.number) for p in found[-4:-2]] == [("plan", "ยุทธศาสตร์ที่ 3"), ("plan", "3.1")]
