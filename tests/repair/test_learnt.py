"""Damage that only a whole text can prove: low marks that are gone, spaces after displaced marks."""

from __future__ import annotations

from tests.bench.damage import damage_lines
from tests.bench.repair_bench import own_texts
from tests.tools.count_words import counted
from tipmine.extract.repair import repair_lines
from tipmine.extract.repair.lexicon import load_lexicon
from tipmine.extract.repair.low_marks import lines_without

PRINTED = [
    "ศูนย์ช่วยเหลือสังคมอำเภอเขาใบพัดได้รับแจ้งว่ามีแรงงานต่างด้าวถูกกักตัวไว้ในโรงงาน จึงประสานเจ้าหน้าที่ตำรวจ",
    "ลงพื้นที่ตรวจสอบพร้อมล่าม ผู้เสียหายให้การว่านายหน้าเก็บหนังสือเดินทางและหักค่าแรงทุกเดือน แต่ยังไม่กล้าแจ้งความ",
    "สำนักงานได้จัดที่พักชั่วคราวและอาหาร และร่วมกับหน่วยงานที่เกี่ยวข้องในการคัดแยกผู้เสียหายในปีที่ผ่านมา",
]
NAMES = [
    "คณะกรรมการ นายวิชญะ ประภาศรี ผู้อำนวยการกอง นายอรรถพล กุลวรเศรษฐ ประธานกรรมการ นางสาวธัญชนิต พิมพ์สุดา เลขานุการ",
    "นายมานะ ดอยหมอกคำ กรรมการ นางจันทรา เวียงสรวง กรรมการ นายสมชาย ภูเวียงทอง กรรมการ นางมาลี ศรีชลบุรี กรรมการ",
]
SPACED = [
    "สำนกั งานส่งเสรมิ และสนับสนนุ วิชาการ จัดการประชมุ ระดบั ตำบล",
    "เพอ่ื เป็นกลไกในการพฒั นาชุมชน และป้องกนั การค้ามนษุ ย์",
]


def test_low_marks_come_back_where_lines_prove_that_they_are_lost_and_are_called_a_guess():
    lines = repair_lines(damage_lines("low_lost", PRINTED))
    assert [line.text for line in lines] == PRINTED
    assert all(line.doubtful for line in lines)


def test_undamaged_lines_around_lost_marks_and_in_other_fonts_stay():
    broken = damage_lines("low_lost", PRINTED)
    lines = repair_lines([*PRINTED, *broken, *PRINTED])
    assert [line.text for line in lines] == PRINTED * 3
    assert [bool(line.edits) for line in lines] == [False] * 3 + [True] * 3 + [False] * 3
    apart = repair_lines([*NAMES, *broken], ["F1"] * len(NAMES) + ["F2"] * len(broken))
    assert [line.text for line in apart] == [*NAMES, *PRINTED]


def test_headings_in_another_font_are_restored_where_the_text_lost_its_low_marks():
    headings = ["หนวยงานที่เกี่ยวของ", "รายงานการประชุม"]
    broken = damage_lines("low_lost", PRINTED)
    lines = repair_lines([*headings, *broken], ["F1"] * 2 + ["F2"] * len(broken))
    assert [line.text for line in lines] == ["หน่วยงานที่เกี่ยวข้อง", "รายงานการประชุม", *PRINTED]
    assert [line.text for line in repair_lines(headings)] == headings


def test_text_without_low_marks_is_left_where_no_word_asks_for_them():
    assert all(not line.edits for line in repair_lines([name.replace("\u0e4c", "") for name in NAMES]))


def test_no_document_of_the_project_is_taken_for_one_that_lost_its_low_marks():
    lexicon = load_lexicon()
    documents = own_texts()
    assert len(documents) > 20
    assert not [document[0] for document in documents if lines_without(document, lexicon)]


def test_spaces_after_displaced_marks_go_where_all_of_them_have_one():
    assert [line.text for line in repair_lines(SPACED)] == [
        "สำนักงานส่งเสริมและสนับสนุนวิชาการ จัดการประชุมระดับตำบล",
        "เพื่อเป็นกลไกในการพัฒนาชุมชน และป้องกันการค้ามนุษย์",
    ]


def test_spaces_after_displaced_marks_stay_where_most_have_none():
    lines = ["การจดัตัง้ศนูยช์ว่ยเหลอืผูเ\u0e49สยีหาย และการพฒันา ระบบข้อมลู ให้เจา\u0e49หนา\u0e49ที"]
    assert "การพัฒนา ระบบข้อมูล ให้เจ้าหน้าที" in repair_lines(lines)[0].text


def test_one_displaced_mark_before_a_space_proves_nothing():
    assert repair_lines(["ในระดบั ตำบลและอำเภอ"])[0].text == "ในระดับ ตำบลและอำเภอ"


def test_the_space_before_an_abbreviation_or_a_figure_stays():
    broken = [*SPACED, "ในอำเภอและจงั หวดั พ.ศ. 2560 และในปีงบประมาณทผ่ี า\u0e48 นมา ระดบั 2"]
    text = repair_lines(broken)[2].text
    assert text == "ในอำเภอและจังหวัด พ.ศ. 2560 และในปีงบประมาณที่ผ่านมา ระดับ 2"


def test_lists_of_place_names_among_other_lines_are_no_proof_of_lost_low_marks():
    places = [
        "๒. อำเภอเมืองใบพัด",
        "(เฉพาะตำบลคูเมือง",
        "ตำบลกกกุง",
        "ตำบลวัดซิแน",
        "ตำบลหมอกคำ",
        "และตำบลดงบัว)",
        "๓. อำเภอวังจันทร",
    ]
    assert [line.text for line in repair_lines([*PRINTED, *places, *PRINTED])] == [*PRINTED, *places, *PRINTED]


def test_pairs_of_words_are_counted_where_a_word_could_be_another_without_its_low_marks():
    counts, total = counted(["เจ้าหน้าที่เข้าตรวจ", "กรรมการ"])
    assert (counts["เข้า"], counts["เข้าตรวจ"], counts["กรรมการ"]) == (1, 1, 1)
    assert total == sum(counts[word] for word in ("เจ้าหน้าที่", "เข้า", "ตรวจ", "กรรมการ"))


def test_marks_at_the_head_of_a_line_stay_where_lines_need_not_follow_each_other():
    lines = ["การสืบสวนขน", "\u0e31 \u0e49 ต้น"]
    assert [line.text for line in repair_lines(lines)] == ["การสืบสวนขั้น", "ต้น"]
    assert repair_lines(lines, ["", ""])[0].text == "การสืบสวนขน"


DIALECT = "ในเมือง ครูก็ไปต๋ามเฮือน บางคนได้ปิ๊กมา บางคนบ่ได้"


def test_marks_that_are_drawn_over_their_letters_stay_there_in_words_that_no_list_has():
    lines = [*PRINTED, DIALECT]
    assert not any(line.edits for line in repair_lines(lines, ["F"] * len(lines), {"F"}))
    assert repair_lines([DIALECT], ["F"], {"F"})[0].text == DIALECT


def test_text_that_was_broken_before_it_was_drawn_is_repaired():
    broken = ["กจิกรรมของเครือขา\u0e48ย", "ผูป้ฏบั\u0e34ตงิาน", "อินเทอรเ\u0e4cน็ต"]
    lines = repair_lines(broken, ["F"] * len(broken), {"F"})
    assert [line.text for line in lines] == ["กิจกรรมของเครือข่าย", "ผู้ปฏิบัติงาน", "อินเทอร์เน็ต"]
