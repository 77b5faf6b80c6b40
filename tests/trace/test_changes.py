"""Lists of recommendations of two years compared."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.trace.making import RECS, unit
from tipmine.trace import compare
from tipmine.trace.changes import alike


def test_year_on_year_changes_are_told_apart() -> None:
    before = [unit("a1", "ควรจัดหาล่ามประจำศูนย์คัดแยก"), unit("a2", "ควรเพิ่มโทษผู้กระทำผิดซ้ำ"), unit("a3", "ควรอบรมครูแนะแนว")]
    after = [
        unit("b1", "ควรจัดหาล่ามประจำศูนย์คัดแยก"),
        unit("b2", "ควรเพิ่มอัตราโทษแก่ผู้กระทำผิดซ้ำให้สูงขึ้น"),
        unit("b3", "ควรใช้ดาวเทียมติดตามเรือ"),
    ]
    changes = {change.after or change.before: change.state for change in compare(before, after)}
    assert changes == {"b1": "carried", "b2": "reworded", "b3": "new", "a3": "dropped"}


def test_the_same_text_is_carried_even_if_it_has_no_content_word_or_other_digits() -> None:
    before = [unit("a1", "ควรให้มีขึ้นด้วย"), unit("a2", "ควรอบรมครู ๔๐๐ คน"), unit("a3", "ควรให้มีขึ้นด้วย")]
    after = [unit("b1", "ควรอบรมครู 400 คน"), unit("b2", "ควรให้มี ขึ้นด้วย")]
    found = {(change.state, change.before, change.after) for change in compare(before, after)}
    assert found == {("carried", "a2", "b1"), ("carried", "a1", "b2"), ("dropped", "a3", "")}


def test_the_same_matter_for_another_addressee_is_said_to_be_so() -> None:
    left = unit("a", "กระทรวงแรงงานควรจัดหาล่ามประจำศูนย์", actors=("mol",))
    right = unit("b", "กระทรวงมหาดไทยควรจัดหาล่ามประจำศูนย์", actors=("moi",))
    others = [unit("c", "ควรกำหนดวงเงินสำรองจ่ายระดับจังหวัด"), unit("d", "ควรใช้ดาวเทียมติดตามเรือประมงกลางทะเล")]
    assert [pair.likeness for pair in alike([left, right, *others])] == ["conflict"]


def test_copies_of_a_recommendation_are_each_paired_with_the_first_only() -> None:
    copies = [replace(RECS[0], id=f"copy {number}") for number in range(5)]
    pairs = [(pair.likeness, pair.left, pair.right) for pair in alike(copies)]
    assert pairs == [("duplicate", "copy 0", f"copy {number}") for number in range(1, 5)]


OPPOSITE = [
    ("พนักงานสอบสวนควรควบคุมตัวผู้เสียหายไว้ในสถานีตำรวจ", "พนักงานสอบสวนไม่ควรควบคุมตัวผู้เสียหายไว้ในสถานีตำรวจ"),
    ("ศาลควรเปิดเผยชื่อผู้เสียหายในคำพิพากษา", "ศาลต้องไม่เปิดเผยชื่อผู้เสียหายในคำพิพากษา"),
    ("ควรให้ผู้เสียหายทำงานในสถานคุ้มครอง", "ควรห้ามมิให้ผู้เสียหายทำงานในสถานคุ้มครอง"),
    ("ควรเก็บค่าธรรมเนียมการขึ้นทะเบียน", "ควรยกเลิกการเก็บค่าธรรมเนียมการขึ้นทะเบียน"),
]


@pytest.mark.parametrize(("left", "right"), OPPOSITE)
def test_opposite_demands_are_no_repetition_and_next_year_no_rewording(left: str, right: str) -> None:
    texts = [unit("a", left), unit("b", right), *RECS]
    assert [(pair.likeness, pair.left, pair.right) for pair in alike(texts)] == [("opposed", "a", "b")]
    assert [change.state for change in compare([unit("a", left)], [unit("b", right)])] == ["reversed"]


def test_a_negation_that_turns_no_demand_round_leaves_a_repetition() -> None:
    texts = [
        unit("a", "กรมควรอบรมตำรวจทุกนายปีละสองครั้งเรื่องการคัดแยก"),
        unit("b", "กรมควรอบรมตำรวจทุกนายไม่น้อยกว่าปีละสองครั้งเรื่องการคัดแยก"),
    ]
    assert [pair.likeness for pair in alike([*texts, *RECS])] == ["duplicate"]
    assert [change.state for change in compare(texts[:1], texts[1:])] == ["reworded"]
