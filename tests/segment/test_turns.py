"""Turns of focus groups and interviews."""

from __future__ import annotations

from typing import Any

import pytest

from tests.segment.making import FULL, cases, full, passages, plain, printed
from tipmine.segment.labels import label_of
from tipmine.segment.transcripts import LONGEST_TURN
from tipmine.segment.turns import is_talk


@pytest.mark.parametrize("case", cases("turns"))
def test_every_turn_has_its_speaker_and_all_its_words(case: dict[str, Any]) -> None:
    found = passages(plain(case["lines"]))

    assert [[p.speaker, p.text] for p in found if p.kind == "utterance"] == case["turns"]


SAID = "เริ่มจากเรื่องคดีก่อนเลยว่าติดขัดตรงไหนมากที่สุดครับ"


def test_a_moderator_named_by_a_word_among_codes_has_turns_of_his_own() -> None:
    """A tab column leaves only a space. Once or twice, the word begins a sentence."""
    lines = [f"{who} {SAID}" for who in ("ผู้วิจัย", "ต.1", "ต.2") * 4]
    seldom = [f"{who} {SAID}" for who in ("ต.1", "ต.2") * 4]
    seldom[3:3] = [f"ผู้วิจัย {SAID}"]

    assert [p.speaker for p in passages(plain(lines))] == ["ผู้วิจัย", "ต.1", "ต.2"] * 4
    assert "ผู้วิจัย" not in {p.speaker for p in passages(plain(seldom))}


@pytest.mark.parametrize("label", ["{} --", "{} \N{EM DASH}", "{} =", "{} >>", "{}>", "{} |", "«{}»", "<{}>"])
def test_names_that_come_back_are_speakers_however_they_are_set_apart(label: str) -> None:
    names = ("แม่ค้า", "หมายเลข 6", "อก.-ช")
    found = passages(plain([f"{label.format(name)} {SAID}" for name in names * 4]))

    assert [p.speaker for p in found] == [*names] * 4
    assert {p.text for p in found} == {SAID}


def test_a_time_written_with_a_stop_before_the_names_is_no_part_of_them() -> None:
    found = passages(plain([f"๐๐.{n:02} «{who}» {SAID}" for n in range(6) for who in ("ตม.-ช", "ผู้ดำเนินการ")]))

    assert [(p.speaker, p.text) for p in found] == [("ตม.-ช", SAID), ("ผู้ดำเนินการ", SAID)] * 6


def test_names_without_a_sign_behind_them_are_speakers_where_the_rest_of_a_turn_is_set_in() -> None:
    turns = [{"text": f"{who} {SAID}", "x1": 520, "gap": 1.4} for who in ("ผู้วิจัย", "ระริน", "เก่ง") * 4]
    full = [{**turns[-1], "text": f"ระริน {SAID * 2}แล้วก็ต้องจ่ายเร็วกว่านี้ให้ล่าม"}, {"text": "ทุกคนด้วยครับ", "x": 85}]
    found = passages(printed([*turns, *full]))

    assert [p.speaker for p in found] == ["ผู้วิจัย", "ระริน", "เก่ง"] * 4 + ["ระริน"]
    assert found[-1].text.endswith("ให้ล่ามทุกคนด้วยครับ")


def test_first_words_that_come_back_at_the_edge_of_running_text_are_no_speakers() -> None:
    lines = [{"text": f"{word} {SAID}", "x1": 520} for word in ("ผู้วิจัย", "เด็กบางคน", "แล้วก็", "มีหลาย", "ตำบล") * 4]
    found = passages(printed([{**line, "text": line["text"].replace(" ", "", n % 2)} for n, line in enumerate(lines)]))

    assert {p.speaker for p in found} == {""}


TOPICS = ["คำถามที่ 1 : ใครเสี่ยงจะถูกหลอก", "ประเด็นที่ 2 การช่วยเหลือเมื่อเกิดเหตุ", "หัวข้อ: สิ่งที่อยากเห็น"]


def test_what_is_talked_about_next_stands_over_the_turns_and_in_none_of_them() -> None:
    turns = [f"{who}: {SAID}" for who in ("ครู", "กำนัน") * 2]
    found = passages(plain([line for topic in TOPICS for line in (topic, *turns)]))

    assert [p.text for p in found if p.kind == "other"] == TOPICS
    assert [p.section for p in found if p.kind == "utterance"] == [(topic,) for topic in TOPICS for _ in turns]
    assert {p.text for p in found if p.kind == "utterance"} == {SAID}


def test_a_matter_that_a_speaker_counts_is_no_topic() -> None:
    counted = "ประเด็นที่ 2 คือเรื่องล่ามที่หาไม่ได้เลยครับ"
    found = passages(plain([f"{who}: {SAID}" for who in ("ครู", "กำนัน") * 3] + [counted]))

    assert found[-1].text == f"{SAID} {counted}"


def test_who_took_part_and_what_the_codes_mean_is_no_turn() -> None:
    keys = ["ผู้ร่วมสนทนา 9 คน : 1 กำนัน / 2 ครู", "รหัสผู้ให้ข้อมูล : สภ. = พนักงานสอบสวน / รพ. = พยาบาล"]
    found = passages(plain([*keys, *(f"{who}: {SAID}" for who in ("สภ.", "รพ.") * 4), "(จบการสนทนา เวลา ๑๑.๔๕ น.)"]))

    assert [p.kind for p in found] == ["other"] * 2 + ["utterance"] * 8 + ["other"]


def test_names_that_only_a_number_tells_apart_are_speakers_if_together_they_come_back() -> None:
    names = ["คนหาปลา 1", "คนหาปลา 2", "คนหาปลา 1"]
    known = [f"{who}: {SAID}" for who in ("ผู้ดำเนินรายการ", "P4") * 4]
    found = passages(plain([*known, *(f"{name}:\t{SAID}" for name in names)]))

    assert [p.speaker for p in found][-3:] == names


def test_numbered_matters_that_a_turn_counts_are_no_speakers() -> None:
    known = [line for who in ("ผู้ดำเนินรายการ", "P4") * 4 for line in (f"{who}: {SAID}", SAID)]
    counted = ["ทางออก 1: ตั้งล่าม", "ทางออก 2: ตั้งกองทุน"]

    assert {p.speaker for p in passages(plain([*known, *counted]))} == {"ผู้ดำเนินรายการ", "P4"}


def test_a_word_before_a_space_is_no_speaker_where_labels_have_colons() -> None:
    lines = [f"{who}: {SAID}" for who in ("ต.1", "ต.2") * 4]
    lines[3:3] = lines[5:5] = lines[7:7] = [f"ผู้วิจัย {SAID}"]

    assert {p.speaker for p in passages(plain(lines))} == {"ต.1", "ต.2"}


def test_a_code_that_is_mentioned_at_the_head_of_a_wrapped_line_opens_no_turn() -> None:
    two_lines = [
        ({"text": f"{who} {SAID}", "x1": 520, "gap": 1.5}, {"text": SAID}) for who in ("ผู้วิจัย", "ต.1", "ต.2") * 4
    ]
    turns = [row for rows in two_lines for row in rows]
    wrapped = [{"text": f"ผู้วิจัย {SAID * 2}ใช้รหัส", "x1": 520, "gap": 1.5}, {"text": "ต.1 ถึง ต.5 แทนชื่อครับ"}]
    found = passages(printed([*turns, *wrapped]))
    close = passages(printed([{**row, "gap": 1} for row in (*turns, *wrapped)]))

    assert [found[-1].speaker, found[-1].text] == ["ผู้วิจัย", SAID * 2 + "ใช้รหัสต.1 ถึง ต.5 แทนชื่อครับ"]
    assert close[-1].speaker == "ต.1"


ANSWERS = [
    "ตอนนั้นหนูหางานในกลุ่มหางาน เขาบอกว่ามีรถรับส่ง",
    "ผมเหมือนกันครับ แม่บอกให้รีบไป",
    "ไม่มีใครถามตรงนี้เลย",
    "แป๊บนะคะ ขอดื่มน้ำก่อนค่ะ",
    "เขาเลื่อนไปตั้งแต่อาทิตย์ก่อน ค่ารถไม่มีใครคืนให้",
]


def test_where_only_the_answers_are_written_down_each_paragraph_is_one() -> None:
    found = passages(plain(["สนทนากลุ่มที่ 5 ผู้ผ่านประสบการณ์", "วันที่ 4 มกราคม 2568", *ANSWERS]))

    assert [(p.kind, p.text) for p in found[2:]] == [("utterance", text) for text in ANSWERS]
    assert {p.kind for p in found[:2]} == {"other"}


def test_a_manual_in_a_chatty_tone_is_no_talk() -> None:
    lines = ["คู่มือการลงทะเบียน", *(f"กดปุ่มที่ {n} แล้วรอสักครู่นะครับ ง่ายมากเลย" for n in range(8))]

    assert not is_talk(plain(lines).lines, lines[0])
    assert is_talk(plain(lines).lines, "ถอดเทปการสัมภาษณ์")


def test_a_word_that_begins_like_i_is_no_first_person() -> None:
    lines = [f"{word} ข้อที่ {n} ให้เลื่อนไปก่อนนะครับ" for word in ("ฉันทามติ", "ฉันทะ") for n in range(6)]

    assert not is_talk(plain(lines).lines, "")
    assert is_talk(plain([line.replace("ฉันทามติ", "ฉันว่า") for line in lines]).lines, "")


def test_no_word_of_a_transcript_is_lost() -> None:
    lines = ["บันทึกการสนทนากลุ่ม", "P1: ก้าวแรก", "P2: ก้าวสอง", "(หัวเราะ)", "P1: ก้าวสาม", "P2: ก้าวสี่", "P1: ค่ะ", "P2: ครับ"]
    found = passages(plain(lines))

    assert "".join(p.text for p in found).replace(" ", "") == "บันทึกการสนทนากลุ่มก้าวแรกก้าวสอง(หัวเราะ)ก้าวสามก้าวสี่ค่ะครับ"


def test_a_row_between_turns_keeps_its_number() -> None:
    rows = ["ที่ | กิจกรรม | จำนวน", "1 | ทำป้ายเตือนชุมชน | 3 แห่ง"]
    found = passages(plain([*rows, *(f"P{n % 2 + 1}: ตอบครั้งที่ {n} ครับ" for n in range(6))]), type="transcript")

    assert [(p.kind, p.number, p.text) for p in found][1] == ("other", "1", "ทำป้ายเตือนชุมชน | 3 แห่ง")


def test_a_short_excerpt_of_turns_alone_is_a_transcript() -> None:
    lines = ["ผู้ดำเนินการสนทนา: มีปัญหาอะไรบ้างคะ", "ผู้ให้ข้อมูล 1: ต้องเริ่มเล่าใหม่ทุกครั้ง", "ผู้ให้ข้อมูล 2: ต้องมีล่าม"]
    written = ["ผู้ให้ข้อมูล 2: ต้องมีล่าม", "ข้อเสนอแนะ", "ควรจัดล่ามให้ทุกสถานี", "ควรจัดรถรับส่งให้ทุกคน", "ควรติดตามผลทุกปี"]

    assert [p.kind for p in passages(plain(lines))] == ["utterance"] * 3
    assert "utterance" not in {p.kind for p in passages(plain(written))}


def test_a_very_long_turn_is_given_in_parts_of_the_same_speaker() -> None:
    long = ["เล่ายาวมาก " * 40] * 5
    lines = ["P1: เริ่ม", *long, "P2: ครับ", "P1: ค่ะ", "P2: ครับ", "P1: ค่ะ", "P2: ครับ"]
    found = [p for p in passages(plain(lines)) if p.speaker == "P1"]

    assert len(found) > 3
    assert all(len(p.text) <= LONGEST_TURN for p in found)


@pytest.mark.parametrize(
    "text", ["วันที่: 3 มีนาคม", "10:30 น. เริ่ม", "พบว่า: ดี", "http://example.org/a:b", "ปัญหา ได้แก่: หนึ่ง"]
)
def test_what_stands_before_other_colons_is_no_speaker(text: str) -> None:
    assert label_of(text) is None


def test_all_speakers_of_a_column_beside_which_people_talk_are_speakers() -> None:
    rows = ["00:10 | ผู้นำวง | เริ่มเลยนะคะ", "00:30 | แม่ค้า | ลูกจ้างกลัวค่ะ ไม่กล้าแจ้ง", "01:00 | คนขับรถ | ผมเห็นทุกคืนครับ"]
    figures = [
        "ที่ | หน่วยงาน | ผลงาน",
        "1 | แขวงสมมติ | ตรวจ 12 แห่ง",
        "2 | เขตสมมติ | ตรวจ 9 แห่ง",
        "3 | เทศบาล | ตรวจ 4 แห่ง",
    ]

    assert [(p.speaker, p.text) for p in passages(plain(rows))] == [tuple(row.split(" | ")[1:]) for row in rows]
    assert not [p for p in passages(plain(figures)) if p.speaker]


def test_times_topics_and_participants_in_tables_are_no_words_of_the_talk() -> None:
    found = passages(
        plain(
            [
                "รหัส | หน่วยงาน | ประสบการณ์",
                "ครู 1 | โรงเรียนบ้านสมมติ | 9 ปี",
                "อสม. 1 | ตำบลสมมติ | 4 ปี",
                "ผู้พูด | คำพูด",
                "ประเด็นที่ 1 การพบตัวเด็ก | ",
                "ผู้ดำเนินการ | [00:01:10] เวลาเจอเด็กหายไปจากห้องทำยังไงคะ",
                "ครู 1 | [00:01:31] ก็ตามไปที่บ้านครับ บางทีพ่อแม่เขาก็ไม่รู้เหมือนกันนะ",
                "ผู้ดำเนินการ | [00:02:02] แล้วใครไปด้วยคะ",
                "อสม. 1 | [00:02:10] ของหมู่เราก็ไปด้วยค่ะ ไปกันสองคน กลัวหมาเนาะ",
                "ครู 1 | [00:02:31] ไปแล้วก็ต้องคุยดี ๆ นะครับ",
            ]
        ),
        type="transcript",
    )

    turns = [p for p in found if p.kind == "utterance"]
    assert [p.speaker for p in turns] == ["ผู้ดำเนินการ", "ครู 1", "ผู้ดำเนินการ", "อสม. 1", "ครู 1"]
    assert turns[0].text == "เวลาเจอเด็กหายไปจากห้องทำยังไงคะ"
    assert all(p.section[-1].startswith("ประเด็นที่ 1 การพบตัวเด็ก") for p in turns)
    assert [p.kind for p in found if "ปี" in p.text] == ["method", "method"]


def test_remarks_in_lines_of_their_own_and_topics_set_off_by_signs_end_a_turn() -> None:
    found = passages(
        plain(
            [
                "== ช่วงที่ 1 เรื่องที่เคยเจอ ==",
                "M: เคยมีใครมาชวนไปทำงานไหมคะ",
                "P1: มีค่ะ ทักมาในเกม บอกได้วันละพัน",
                "[เด็ก ๆ มองหน้ากัน]",
                "แต่หนูไม่ไปนะ กลัว",
                "P2: ของผมก็มีครับ",
                "== ช่วงที่ 2 อยากให้เปลี่ยน ==",
                "M: แล้วอยากให้ใครช่วยคะ",
                "P1: อยากให้ครูฟังก่อนค่ะ",
            ]
        ),
        type="transcript",
    )

    said = [(p.speaker, p.text, p.section[-1:]) for p in found if p.kind == "utterance"]
    first, second = ("ช่วงที่ 1 เรื่องที่เคยเจอ",), ("ช่วงที่ 2 อยากให้เปลี่ยน",)
    assert said[1:4] == [
        ("P1", "มีค่ะ ทักมาในเกม บอกได้วันละพัน", first),
        ("P1", "แต่หนูไม่ไปนะ กลัว", first),
        ("P2", "ของผมก็มีครับ", first),
    ]
    assert said[-1] == ("P1", "อยากให้ครูฟังก่อนค่ะ", second)
    assert [p.kind for p in found if p.text.startswith("[")] == ["other"]


def test_turns_in_a_table_as_wide_as_that_of_the_participants_are_turns() -> None:
    found = passages(
        plain(
            [
                "รหัส | หน่วยงาน | อายุ",
                "ครู 1 | โรงเรียนบ้านสมมติ | 41",
                "อสม. 1 | ตำบลสมมติ | 52",
                "ผู้ดำเนินการ: สวัสดีค่ะ ขอเริ่มเลยนะคะ",
                "ครู 1 | 00:31 | ก็ตามไปที่บ้านครับ พ่อแม่เขาไม่รู้เหมือนกันนะ",
                "อสม. 1 | 00:52 | ของหมู่เราก็ไปด้วยค่ะ",
                "ครู 1 | 01:31 | ไปแล้วก็ต้องคุยดี ๆ นะครับ",
            ]
        ),
        type="transcript",
    )

    assert [p.speaker for p in found if p.kind == "utterance"] == ["ผู้ดำเนินการ", "ครู 1", "อสม. 1", "ครู 1"]
    assert [p.kind for p in found][1:3] == ["method", "method"]


def test_codes_typed_in_haste_are_labels_where_others_have_colons() -> None:
    found = passages(
        plain(
            [
                "ผดก.: ไปทำงานทางไหนกันบ้างคะ",
                "น1: ไปตามเพื่อนค่ะ เขาว่ารายได้ดี",
                "น2 : ไปกับนายหน้าครับ ไม่มีสัญญา",
                "น1 ตอนแรกก็ดีใจค่ะ",
                "ผดก. แล้วรู้เมื่อไรว่าโดนหลอก",
                "น2.วันที่เขายึดบัตรครับ",
                "น1: วันแรกเลยค่ะ",
                "ผดก.: แล้วคนอื่นล่ะคะ",
                "น2: เพื่อนก็โดนครับ",
                "น3 - ของหนูอีกตั้งสองเดือนค่ะ",
                "ผดก.: ขอบคุณมากค่ะ",
            ]
        ),
        type="transcript",
    )

    assert [p.speaker for p in found] == ["ผดก.", "น1", "น2", "น1", "ผดก.", "น2", "น1", "ผดก.", "น2", "น3", "ผดก."]
    assert found[5].text == "วันที่เขายึดบัตรครับ"


def test_a_topic_set_off_by_signs_needs_no_word_for_it() -> None:
    found = passages(
        plain(
            [
                "### 2 เจ้าหน้าที่ช่วยได้ไหม",
                "M: พอรู้แล้วทำอย่างไรต่อคะ",
                "P1: ไปหาผู้ใหญ่บ้านก่อนค่ะ",
                "P2: ของผมไปโรงพักครับ",
                "M: เขาช่วยอย่างไรบ้างคะ",
                "P1: ก็ให้กลับบ้านค่ะ",
                "P2: ของผมได้เลขคดีครับ",
                "###3 อยากให้ทำอะไร",
                "P1: อยากให้มีงานใกล้บ้านค่ะ",
                "--จบเทป 2--",
            ]
        ),
        type="transcript",
    )

    assert [p.section[-1:] for p in found if p.speaker] == [("2 เจ้าหน้าที่ช่วยได้ไหม",)] * 6 + [("3 อยากให้ทำอะไร",)]
    assert (found[-1].kind, found[-1].text) == ("other", "--จบเทป 2--")


def test_what_stands_before_the_first_turn_finds_nothing() -> None:
    head = "สนทนากลุ่มบ้านสมมติ อัดเมื่อเดือนกุมภาพันธ์ ผู้ถอดความตรวจแล้วรอบหนึ่งแต่ยังไม่ได้ตรวจคำท้องถิ่นกับผู้เฒ่าในหมู่บ้าน และยังไม่ได้ฟังซ้ำ"
    turns = ["M: เริ่มเลยนะคะ", "P1: ได้ค่ะ", "P2: ครับ", "M: ใครเคยเจอบ้างคะ", "P1: เคยค่ะ"]

    assert passages(plain([head, *turns]), type="transcript")[0].kind in ("other", "method")


@pytest.mark.parametrize("mark", ["ผู้ดำเนินรายการ: ท่านอื่นล่ะคะ", ""])
def test_who_speaks_only_once_is_a_speaker_if_asked_or_if_all_lines_are_turns(mark: str) -> None:
    once = ["อัยการ: ล่ามไม่มาก็ต้องเลื่อนครับ", "เจ้าของโรงงาน: ไม่เคยมีใครมาตรวจเลยครับ", "แกนนำแรงงาน: นายหน้ายึดหนังสือเดินทางครับ"]
    lines = [line for answer in once for line in (mark, answer) if line]
    found = passages(plain(["บันทึกการสนทนากลุ่ม เวทีที่ 2", "ผู้ดำเนินรายการ: วันนี้คุยเรื่องคดีนะคะ", *lines]))

    assert [p.speaker for p in found if p.speaker != "ผู้ดำเนินรายการ"][1:] == ["อัยการ", "เจ้าของโรงงาน", "แกนนำแรงงาน"]


def test_notes_below_and_between_the_rows_of_a_talk_are_said_by_nobody() -> None:
    heads = "ที่ | ผู้พูด | ข้อความ"
    turns = [f"{at} | {'ผู้สัมภาษณ์' if at % 2 else 'พส-03'} | ที่ว่าพิสูจน์ไม่ได้ ติดตรงไหนคะ ครั้งที่ {at}" for at in range(1, 7)]
    silence = "(" + "ผู้ให้ข้อมูลเงียบไปครู่หนึ่ง " * 4 + "แล้วขอสัมภาษณ์ต่อ)"
    note = "บันทึกของผู้สัมภาษณ์: ผู้ให้ข้อมูลขอไม่ให้บันทึกเสียงบางช่วง"
    found = passages(plain(["บันทึกถอดความการสัมภาษณ์", heads, *turns[:3], silence, *turns[3:], note]), type="transcript")

    assert [p.text for p in found if p.speaker] == [turn.split(" | ")[2] for turn in turns]
    assert {p.kind for p in found if p.text in (silence, note)} == {"other"}


def test_a_speaker_who_speaks_once_is_known_by_the_time_before_the_label() -> None:
    talk = [f"{'M' if at % 2 else 'ญ1-อสม'} : ไม่เคยเห็นเลยค่ะ ครั้งที่ {at}" for at in range(1, 9)]
    lines = [*talk[:4], "[10.31น.] N : ขอแทรกนิดหนึ่งครับ", *talk[4:]]
    assert [passage.speaker for passage in passages(plain(lines))][4] == "N"


def test_a_note_in_square_brackets_over_two_lines_is_said_by_nobody() -> None:
    talk = [{"text": f"{'M' if at % 2 else 'ญ1'}: ไม่เคยเห็นเลยค่ะ ครั้งที่ {at}", "gap": 1.5} for at in range(1, 9)]
    note = [full(text="[พักรับประทานของว่าง " + FULL, gap=1.5), {"text": "และกลับเข้ามาอีกครั้ง]"}]
    found = passages(printed([*talk[:4], *note, *talk[4:]]))
    assert [(passage.kind, passage.text) for passage in found if passage.text.startswith("[")] == [
        ("other", f"[พักรับประทานของว่าง {FULL}และกลับเข้ามาอีกครั้ง]")
    ]


def test_a_line_that_names_interviewer_and_recorder_is_no_turn() -> None:
    lines = ["ผู้สัมภาษณ์: อาจารย์สมมติ ผู้ถอดเทป: ตัวอย่าง", *[f"{who}: {SAID}" for who in ("ผู้สัมภาษณ์", "ผู้ตอบ") * 4]]
    found = passages(plain(lines))

    assert [(p.kind, p.speaker, p.text) for p in found[:1]] == [("other", "", lines[0])]
    assert [p.speaker for p in found[1:]] == ["ผู้สัมภาษณ์", "ผู้ตอบ"] * 4


def test_proposals_behind_the_talk_lose_their_numbers() -> None:
    turns = [{"text": f"{who}: {SAID}", "x": 70} for who in ("ผู้สัมภาษณ์", "ผู้ตอบ") * 4]
    heading = {"text": "ข้อเสนอเบื้องต้น", "bold": True, "role": "heading", "gap": 2}
    items = [{"text": f"{n}) หน่วยงานควรจัดล่ามให้ผู้เสียหายทุกคดี", "x": 90, "gap": 1.4} for n in (1, 2)]
    found = passages(printed([*turns, heading, *items]))[-2:]

    assert [(p.kind, p.number, p.text) for p in found] == [
        ("recommendation", f"{n})", "หน่วยงานควรจัดล่ามให้ผู้เสียหายทุกคดี") for n in (1, 2)
    ]
