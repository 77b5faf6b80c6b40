"""Numbers at the head of paragraphs, and what only looks like one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.segment.making import cases
from tipmine.segment.numbering import follows, marker_of


@pytest.mark.parametrize("case", cases("markers"))
def test_a_number_is_read_and_a_look_alike_is_not(case: dict[str, Any]) -> None:
    marker = marker_of(case["text"])

    assert (marker.text if marker else None) == case["marker"]


MARKERS = [
    *("1)", "๑.", "๑.๒", "1.2.3", "๒.๑)", "(3)", "(๓)", "ก.", "(ข)", "ค)", "iv)", "(b)", "-", "•"),
    *("บทที่ 2", "ข้อ ๔", "ส่วนที่ ๑", "S1", "W๒"),
]
"""As printed; those of a SWOT list are followed by a colon."""
TEXTS = st.lists(
    st.sampled_from(
        ["จัดล่าม", "ผู้เสียหาย", "กระทรวงแรงงาน", "ควร", " ", "พ.ศ. ", "2567", "(ก)", "1.2", "ๆ ", "น้ำ", "NGO"]
    ),
    max_size=8,
).map(lambda words: "จัด" + "".join(words))


@given(st.sampled_from(["", " ", "\u00a0"]), st.sampled_from(MARKERS), st.sampled_from([" ", "  ", "\t"]), TEXTS)
def test_a_marker_is_read_as_printed_and_ends_where_the_text_begins(
    before: str, printed: str, space: str, text: str
) -> None:
    after = f":{space}" if printed[0] in "SW" else space
    line = f"{before}{printed}{after}{text}"
    marker = marker_of(line)

    assert marker is not None
    assert (marker.text, line[marker.end :]) == (printed, text)


@given(
    st.sampled_from([marker for marker in MARKERS if marker.endswith(")")]),
    st.text(st.sampled_from([*map(chr, range(0x0E01, 0x0E5C)), *" .:)12"]), max_size=20),
)
def test_a_number_with_a_bracket_is_a_marker_whatever_follows(printed: str, text: str) -> None:
    marker = marker_of(f"{printed} {text}")

    assert marker is not None
    assert (marker.text, f"{printed} {text}"[marker.end :]) == (printed, text.lstrip())


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("1) ก", "2) ข", True),
        ("๑.๑ ก", "๑.๒ ข", True),
        ("1.2 ก", "2.3 ข", False),
        ("ก. หนึ่ง", "ข. สอง", True),
        ("1) ก", "(2) ข", False),
        ("2) ก", "1) ข", False),
        ("iii) ก", "iv) ข", True),
        ("iv) ก", "v) ข", True),
        ("viii) ก", "x) ข", False),
    ],
)
def test_the_next_number_of_a_list_follows(before: str, after: str, expected: bool) -> None:
    first, second = marker_of(before), marker_of(after)

    assert first is not None
    assert second is not None
    assert follows(second, first) is expected


@pytest.mark.parametrize(
    ("text", "path", "rest"),
    [
        ("ข้อเสนอ ๑๒ เร่งรัดคดี", (12,), "เร่งรัดคดี"),
        ("ข้อเสนอแนะ 3: จัดล่าม", (3,), "จัดล่าม"),
        ("ข้อเรียกร้องที่ 2 ให้ยกเลิกค่าปรับ", (2,), "ให้ยกเลิกค่าปรับ"),
    ],
)
def test_a_word_for_proposals_may_stand_before_the_number(text: str, path: tuple[int, ...], rest: str) -> None:
    marker = marker_of(text)
    assert marker is not None
    assert (marker.path, text[marker.end :].lstrip(" :")) == (path, rest)


@pytest.mark.parametrize("text", ["ข้อเสนอ 18 ข้อ จำแนกตามหน่วยงาน", "มาตรการ 3 ด้านดังนี้", "แนวทาง 2 ประการ ได้แก่"])
def test_a_number_that_counts_what_the_word_names_is_no_marker(text: str) -> None:
    assert marker_of(text) is None
