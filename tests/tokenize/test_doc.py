"""Phrases found over our tokens, and the spaCy Doc."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tipmine.records import LineSpan, Passage
from tipmine.tokenize import PhraseFinder, to_doc, tokenize_text

FORMS = ("กระทรวงแรงงาน", "กระทรวง", "ตำรวจ", "พม.", "พม", "พมจ.", "ทีม สหวิชาชีพ", "เด็ก", "หมอ", "IOM", "นากลม")


@pytest.fixture(scope="module")
def finder() -> PhraseFinder:
    return PhraseFinder(FORMS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("กระทรวงแรงงานและกระทรวง", ["กระทรวงแรงงาน", "กระทรวง"]),
        ("ตำรวจกับพม.และพมจ.", ["ตำรวจ", "พม.", "พมจ."]),
        ("ทีม สหวิชาชีพ ของ IOM", ["ทีม สหวิชาชีพ", "IOM"]),
        ("เด็กเร่ร่อนกับเด็กหญิง", ["เด็ก", "เด็ก"]),
        ("หมอกกับหมอน", []),
        ("IOMS ไม่ใช่ IOM", ["IOM"]),
        ("บ้านนากลมเก่า", ["นากลม"]),
        ("", []),
        ("ไม่มีใคร", []),
    ],
)
def test_the_longest_listed_form_on_word_boundaries_is_found(
    finder: PhraseFinder, text: str, expected: list[str]
) -> None:
    assert [match.form for match in finder.find(text)] == expected


@settings(deadline=None)
@given(st.lists(st.sampled_from([*FORMS, " ", "และ", "ก", "(", "\ud800", "นาย"]), max_size=12).map("".join))
def test_matches_hold_their_form_and_do_not_overlap(finder: PhraseFinder, text: str) -> None:
    matches = finder.find(text)

    assert all(text[match.start : match.end] == match.form for match in matches)
    assert all(first.end <= second.start for first, second in pairwise(matches))


def test_a_doc_has_the_passages_text_offsets_and_place() -> None:
    text = "เจ้าหน้าที่ ตม. ช่วย 3 คน"
    passage = Passage(
        "p-1", "a.pdf", "finding", text, ("บทที่ 4", "4.1 ผล"), speaker="", lines=(LineSpan(7, 3, 0, len(text)),)
    )
    doc = to_doc(passage, tokenize_text(text))

    assert doc.text == text
    assert (doc._.id, doc._.page, doc._.section, doc._.kind) == ("p-1", 7, "บทที่ 4 > 4.1 ผล", "finding")
    assert doc.char_span(text.index("3"), text.index("3") + 1).text == "3"
