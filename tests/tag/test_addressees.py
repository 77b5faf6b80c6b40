"""Who is asked to act: by the text, or else by the heading above it."""

from __future__ import annotations

import pytest

from tests.builders import actor, passage, tagging
from tests.tag.conftest import TagText
from tipmine.records import ActorTag, Passage
from tipmine.tag.addressees import actors_of, addressees, from_heading

TEXT = "เพิ่มจำนวนล่ามในทุกสถานี"
PROPOSALS = "ส่วนที่ 4 ข้อเสนอแนะ"


def below(*section: str, kind: str = "recommendation", text: str = TEXT) -> Passage:
    return passage("d", 0, kind, text, section=section)


def asked(of: Passage, *tags: ActorTag) -> list[str]:
    return [tag.name for tag in addressees(of, tagging(of, {}, *tags))]


@pytest.mark.parametrize(
    ("section", "names"),
    [
        (["๑. ตำรวจภูธรจังหวัดเชียงราย"], ["ตำรวจภูธรจังหวัด"]),
        (["(๒) ตำรวจภูธรจังหวัดธารสมมติ"], ["ตำรวจภูธรจังหวัด"]),
        (["ข้อเรียกร้องต่อรัฐบาล"], ["รัฐบาล"]),
        (["ข้อเสนอแนะเชิงนโยบายสำหรับกระทรวงแรงงาน (รง.) มีดังนี้"], ["กระทรวงแรงงาน"]),
        ([PROPOSALS, "กระทรวงแรงงาน และกระทรวงมหาดไทย"], ["กระทรวงแรงงาน", "กระทรวงมหาดไทย"]),
        ([PROPOSALS, "แรงงานจังหวัด / จัดหางานจังหวัด"], ["สำนักงานแรงงานจังหวัด", "สำนักงานจัดหางานจังหวัด"]),
        ([PROPOSALS, "หน่วยงานรับผิดชอบ: กรมการจัดหางาน"], ["กรมการจัดหางาน"]),
        ([PROPOSALS, "3.1 กระทรวงแรงงานควรดำเนินการ"], ["กระทรวงแรงงาน"]),
        ([PROPOSALS, "๒. กรมการจัดหางาน", "ด้านข้อมูล"], ["กรมการจัดหางาน"]),
        (["ข้อเสนอแนะต่อรัฐบาล", "1) กรมการจัดหางาน"], ["กรมการจัดหางาน"]),
        ([PROPOSALS, "2. ชุมชนและผู้นำชุมชน"], ["ชุมชน", "ผู้นำชุมชน"]),
    ],
)
def test_a_heading_that_names_who_is_asked_gives_the_addressee(section: list[str], names: list[str]) -> None:
    assert asked(below(*section)) == names
    assert asked(below(*section, kind="plan")) == names
    assert asked(below(*section, kind="finding")) == []


@pytest.mark.parametrize(
    "section",
    [
        ["กระทรวงแรงงาน"],  # a letterhead
        ["กระทรวงแรงงาน", PROPOSALS],
        ["1. การคุ้มครองแรงงาน"],
        ["ผลการดำเนินงานของกระทรวงแรงงาน"],
        ["ข้อเสนอของเครือข่ายแรงงาน"],
        ["ข้อเสนอแนะต่อการพัฒนางานของกระทรวงแรงงาน"],
        ["ผลกระทบต่อรัฐบาล"],
        ["ข้อเสนอแนะต่อหน่วยงานที่เกี่ยวข้อง"],
        ["ข้อเสนอแนะสำหรับผู้เสียหาย"],
        [PROPOSALS, "ด้านแรงงาน"],
    ],
)
def test_other_headings_ask_nobody(section: list[str]) -> None:
    assert asked(below(*section)) == []


def test_the_text_says_who_is_asked_before_the_heading_does() -> None:
    text = "กระทรวงสมมติควรจัดล่ามให้ผู้เสียหายร่วมกับหน่วยงานที่เกี่ยวข้อง"
    own = actor(text, "กระทรวงสมมติ", "ministry", "addressee", "government")
    place = below("ข้อเสนอแนะต่อรัฐบาล", text=text)
    assert asked(place, own) == ["กระทรวงสมมติ"]
    helped = actor(text, "ผู้เสียหาย", "victims", "beneficiary", "person_group")
    assert asked(place, helped) == ["รัฐบาล"]
    nobody = actor(text, "หน่วยงานที่เกี่ยวข้อง", "agencies", "addressee", "government")
    assert asked(place, nobody) == ["หน่วยงานที่เกี่ยวข้อง", "รัฐบาล"]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("ประสานพนักงานอัยการขอสืบพยานล่วงหน้าโดยเร็ว", "partner"),
        ("ปรับปรุงสถานคุ้มครองให้เด็กมีห้องส่วนตัว", "mention"),
        ("ให้พนักงานอัยการขอสืบพยานล่วงหน้าโดยเร็ว", "addressee"),
        ("พนักงานอัยการควรขอสืบพยานล่วงหน้าโดยเร็ว", "addressee"),
    ],
)
def test_below_a_heading_that_names_who_is_asked_no_object_is_asked(tag_text: TagText, text: str, role: str) -> None:
    tag, *_ = tag_text(text, "recommendation", (PROPOSALS, "๑. ตำรวจภูธรจังหวัดเชียงราย")).actors
    assert tag.role == role


def test_what_comes_from_a_heading_says_so_and_marks_no_text() -> None:
    place = below("๑. ตำรวจภูธรจังหวัดเชียงราย")
    (tag,) = actors_of(place, tagging(place, {}))
    assert from_heading(tag)
    assert (tag.start, tag.end, tag.text) == (0, 0, "ตำรวจภูธรจังหวัดเชียงราย")
    assert "จากหัวข้อ “๑. ตำรวจภูธรจังหวัดเชียงราย”" in tag.reason
