"""Paragraphs of text files: blocks between blank lines, and lines that a program broke."""

from __future__ import annotations

import re
from dataclasses import replace

from tests.segment.making import passages, plain, texts
from tipmine.records import Document


def test_hard_wrapped_text_is_joined_and_written_lines_are_not() -> None:
    wrapped = ["ก" * 70] * 6 + ["จบ"] + ["ข" * 70] * 6 + ["จบ"]
    written = ["ย่อหน้าสั้น", "ย่อหน้าที่สอง " * 30, "ย่อหน้าที่สาม " * 20]

    assert texts(plain(wrapped)) == ["ก" * 420 + "จบ", "ข" * 420 + "จบ"]
    assert len(texts(plain(written))) == 3


def in_blocks(*blocks: str) -> Document:
    """A text file in which blank lines part blocks of lines."""
    lines = plain([line for block in blocks for line in block.splitlines()]).lines
    numbers = [number for number, block in enumerate(blocks) for _ in block.splitlines()]
    return Document("made.txt", (), tuple(replace(line, block=at) for line, at in zip(lines, numbers, strict=True)))


UNEVEN = (
    "เมื่อวานนี้ กรมสมมติเข้าตรวจโรงงานน้ำแข็งสองแห่งในอำเภอตัวอย่าง\nพบแรงงานต่างด้าวที่ไม่มีเอกสาร\nแปดคน",
    "อธิบดีกล่าวว่า แรงงานทั้งหมดถูกพามาโดยนายหน้าคนเดียวกัน ใช้เวลาเดินทาง\n๓ วัน และถูกหักค่าจ้าง\nทุกเดือน",
    "ทั้งนี้ กรมได้ส่งแรงงานเข้ารับการคัดแยกที่ศูนย์สมมติ\nและแจ้งความแล้ว",
)


def test_a_block_between_blank_lines_is_a_paragraph_however_uneven_its_lines_are() -> None:
    found = texts(in_blocks("ข่าวสมมติ", *UNEVEN), type="report")

    assert [text.replace(" ", "") for text in found[1:]] == ["".join(block.split()) for block in UNEVEN]


def test_items_headings_and_labels_in_such_a_block_stay_apart() -> None:
    items = "ข้อเสนอแนะ\n๑. กรมสมมติควรจัดล่ามประจำด่านทุกแห่งตลอดเวลา\nทำการ\n๒. ควรเปิดสายด่วนหลายภาษา\nสถานที่: ศาลากลาง"
    alike = "ควรตรวจหอพักของโรงงานทุกแห่งทุกสามเดือน\nควรจัดทำทะเบียนนายหน้าของจังหวัดให้เสร็จในปีนี้"
    found = texts(in_blocks("ข่าวสมมติ", *UNEVEN, items, alike), type="report")

    assert found[4:] == [
        "ข้อเสนอแนะ",
        "กรมสมมติควรจัดล่ามประจำด่านทุกแห่งตลอดเวลาทำการ",
        "ควรเปิดสายด่วนหลายภาษา",
        "สถานที่: ศาลากลาง",
        *alike.splitlines(),
    ]


def test_short_sentences_in_lines_of_their_own_stay_apart() -> None:
    blocks = [
        "ด้านการป้องกัน\nอบรมนักเรียนในโรงเรียนสมมติแปดแห่งในปีนี้\nรณรงค์ร่วมกับอาสาสมัครของตำบลรวมสี่ครั้ง",
        "ด้านการดำเนินคดี\nจับกุมผู้ต้องหาตามหมายจับได้ทั้งหมดสามราย\nส่งสำนวนให้พนักงานอัยการแล้วทั้งสองสำนวน",
        "ด้านการคุ้มครอง\nคัดแยกผู้เสียหายร่วมกับทีมสหวิชาชีพหลายครั้ง\nพาผู้เสียหายกลับภูมิลำเนาแล้วทั้งหมดห้าคน",
    ]
    found = texts(in_blocks("รายงานสมมติ", *blocks), type="report")

    assert found == ["รายงานสมมติ", *(line for block in blocks for line in block.splitlines())]


def test_two_paragraphs_show_it_if_their_lines_are_even() -> None:
    one = "ด้วยจังหวัดสมมติได้รับแจ้งจากกรมตัวอย่างว่ามีการพาแรงงานเดินทางผ่านช่องทาง\nธรรมชาติเพิ่มขึ้น"
    two = "จึงเรียนมาเพื่อโปรดเข้าร่วมประชุมตามวันและเวลาดังกล่าว พร้อมทั้งเตรียมข้อมูล\nที่เกี่ยวข้องมาด้วย"

    assert texts(in_blocks("หนังสือสมมติ", one, two))[1:] == [one.replace("\n", ""), two.replace("\n", "")]


def test_turns_and_heads_of_letters_in_such_a_block_stay_apart() -> None:
    talk = (
        "ผู้ดำเนินการ: ช่วยเล่าหน่อยว่าเวลาพบคนที่ถูกหลอก ทำอย่างไรกันบ้าง\nในตำบล\nP1: เราโทรหากันก่อนค่ะ แต่กลางคืนไม่มีใครรับ\nสายเลย",
        "ผู้ดำเนินการ: แล้วเรื่องล่าม หาได้ทันไหม\nP1: ไม่ทันค่ะ ต้องยืมคนงานในโรงงานมาแปลให้ก่อน ไม่รู้ว่าแปลตรงหรือ\nเปล่า",
        "ผู้ดำเนินการ: มีอะไรจะฝากไหม\nP1: ไม่มีค่ะ ขอบคุณค่ะ",
    )
    letter = "เรื่อง ขอเชิญประชุมคณะทำงานของจังหวัดสมมติ\nเรียน หัวหน้าส่วนราชการทุกแห่งในจังหวัด"

    turns = [line for block in talk for line in re.sub("\n(?!P1|ผู้)", "", block).splitlines()]
    assert texts(in_blocks(*talk), type="transcript") == [turn.split(": ")[1] for turn in turns]
    assert texts(in_blocks(letter, *UNEVEN), type="letter")[:2] == letter.splitlines()


def test_short_items_of_like_lengths_are_not_broken_lines() -> None:
    lines = [
        "ข้อเสนอแนะ",
        "ด้านนโยบาย",
        "• จังหวัดสมมติควรตั้งกองทุนช่วยเหลือผู้เสียหาย",
        "• สภาตำบลตัวอย่างควรเห็นชอบแผนภายในปีหน้า",
        "- ให้สถานีตำรวจเพิ่มอัตราพนักงานสอบสวนหญิง",
        "ด้านการป้องกัน",
        "1.1 เทศบาลและชุมชนควรเฝ้าระวังกลุ่มเสี่ยง",
        "1.2 โรงเรียนควรสอนเรื่องการล่อลวงออนไลน์",
        "ข้อเสนอแนะในการวิจัยครั้งต่อไป",
        "๑) ควรศึกษาเปรียบเทียบกับประเทศเพื่อนบ้าน",
        "๒) ควรศึกษาเชิงลึกกับผู้เสียหายที่กลับบ้าน",
    ]

    assert texts(plain(lines)) == [re.sub(r"^(?:[•-]|1[.]\d|.\)) ", "", line) for line in lines]


def test_two_spaces_after_the_number_of_a_heading_hide_it_not() -> None:
    rows = [
        "รายงานการประชุมสมมติ",
        "3.  ข้อเสนอแนะ",
        "3.1 กระทรวงแรงงานควรจัดล่ามทุกด่าน",
        "4.  ปัญหาอุปสรรค",
        "ล่ามไม่พอทุกด่านและไม่มีงบประมาณ",
    ]
    found = passages(plain(rows), type="report")
    assert [(p.kind, p.section) for p in found if p.kind != "other"] == [
        ("recommendation", ("3. ข้อเสนอแนะ",)),
        ("finding", ("4. ปัญหาอุปสรรค",)),
    ]


def test_a_message_that_a_mail_program_broke_is_joined_below_news_with_a_line_for_each_paragraph() -> None:
    news = "วันนี้ กระทรวงสมมติแถลงผลการปรับปรุงจุดคัดแยกผู้เสียหายตามแนวชายแดนทุกจุดในภาคเหนือ " * 3
    first = ("จุดคัดแยกรับคนวันเดียวสองร้อยหกสิบคน ห้องสัมภาษณ์มีสี่ห้อง สุดท้ายต้องคุยกันใต้ต้นไม้ นัก", "สังคมสงเคราะห์หนึ่งคนสัมภาษณ์ถึงสามสิบคน")
    second = ("ตำรวจเก็บโทรศัพท์ไปเป็นของกลางหมดตั้งแต่ชั่วโมงแรก ผู้เสียหายจึงติดต่อบ้านไม่ได้และไม่มี", "ใครเปิดดู")
    last = ("ฝ่ายแผนทำตัวชี้วัดผลลัพธ์สักสามตัวไว้แนบคำของบประมาณปีหน้า ขอเป็นตัวที่เก็บได้", "นัดหน้า บ่ายโมงครึ่ง")
    blocks = ["\n".join(f"\N{BULLET} {upper}\n{rest}" for upper, rest in (first, second)), "\n".join(last)]
    found = texts(in_blocks("ข่าวสมมติ", news, *blocks, *blocks, *blocks), type="report")

    assert found[-4:] == ["".join(first), "".join(second), *last]


def test_tasks_at_the_end_of_minutes_are_a_plan_and_an_appeal_to_report_is_a_recommendation() -> None:
    lines = ["4. การบ้าน", "o มูลนิธิรวบรวมรายชื่อล่ามภาษาฝรั่งเศสที่ติดต่อได้จริง", "o ฝ่ายแผนทำตัวชี้วัดผลลัพธ์สักสามตัวไว้แนบคำขอ"]
    appeal = "หากประชาชนพบเห็นหรือสงสัยว่ามีการค้ามนุษย์ ขอให้แจ้งสายด่วน 1300 ตลอดเวลา"

    assert [p.kind for p in passages(plain(["รายงานสมมติ", *lines]), type="report")[-2:]] == ["plan", "plan"]
    assert passages(plain(["ข่าวสมมติ", appeal]), type="report")[-1].kind == "recommendation"
