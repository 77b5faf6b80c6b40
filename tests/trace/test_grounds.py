"""What a link rests on: ideas, several rare words, or nothing."""

from __future__ import annotations

import pytest

from tests.trace.making import unit
from tipmine.records import TextUnit
from tipmine.tokenize import words
from tipmine.trace.fusing import rank
from tipmine.trace.reasons import Explainer, asked_office

OFFICE = "สำนักงานจังหวัดเรือ"


@pytest.mark.parametrize(
    ("rec", "said", "ground"),
    [
        (f"{OFFICE}ควรปลูกกล้วยไม้", f"{OFFICE}ทาสีรั้วเสร็จแล้ว", "none"),  # the office that is asked
        (f"ควรให้{OFFICE}ปลูกกล้วยไม้", f"{OFFICE}ทาสีรั้วเสร็จแล้ว", "words"),  # named in the demand itself
        ("ควรปลูกกล้วยไม้กับดาวเรือง", "กล้วยไม้แพงมาก", "none"),  # a single word
        ("ควรปลูกกล้วยไม้กับดาวเรือง", "กล้วยไม้กับดาวเรืองแพงมาก", "words"),
    ],
)
def test_a_link_rests_on_several_rare_words_but_not_on_the_name_of_whom_is_asked(
    rec: str, said: str, ground: str
) -> None:
    evidence = [unit("e", said), *(unit(f"x{n}", f"เดินไปตลาดวันที่ {n}") for n in range(9))]
    recs = [unit("r", rec)]
    assert Explainer(recs, evidence, rank(recs, evidence).vectors).ground(0, 0) == ground


def test_words_that_many_have_are_no_ground() -> None:
    recs = [unit("r", "ควรปลูกกล้วยไม้กับดาวเรือง")]
    evidence = [unit(f"e{n}", "กล้วยไม้กับดาวเรืองแพงมาก") for n in range(4)]
    evidence += [unit(f"x{n}", f"เดินไปตลาดวันที่ {n}") for n in range(30)]
    assert Explainer(recs, evidence, rank(recs, evidence).vectors).ground(0, 0) == "none"


@pytest.mark.parametrize("text", ["ล่ามควรมีทุกด่าน", "ควรให้กรมจัดหาล่าม", "กรมจัดหาล่ามแล้ว"])
def test_what_a_recommendation_begins_with_is_no_office_unless_it_is_asked(text: str) -> None:
    assert asked_office(unit("r", text)) == frozenset()


def test_the_office_that_is_asked_is_known_by_how_it_begins() -> None:
    assert "".join(sorted(asked_office(unit("r", "ศาลควรจัดหาล่าม")))) == "ศาล"


RAIN = [unit(f"x{n}", f"ฝนตกหนักวันที่ {n}") for n in range(9)]


def test_an_idea_of_which_only_scattered_words_stand_there_is_not_named_as_what_a_recommendation_is_about() -> None:
    recs = [unit("r", "ควรจัดหาล่ามภาษาเมียนมาและกัมพูชาให้เพียงพอ")]  # จัดหาล่ามภาษามือ is an idea about disability
    evidence = [unit("e", "คืนนั้นล่ามไม่มีเลยค่ะ"), *RAIN]
    ranked = rank(recs, evidence)
    reasons = Explainer(recs, evidence, ranked.vectors).reasons(0, 0, ranked)
    assert "คนพิการ" not in " ".join(reasons)
    assert reasons[0].startswith("น่าจะ") and "“ล่าม”" in reasons[0]


def test_the_words_of_a_ministry_are_no_words_of_its_volunteers() -> None:
    ministry = "กระทรวงการพัฒนาสังคมและความมั่นคงของมนุษย์"
    recs = [unit("r", f"{ministry}ควรปลูกกล้วยไม้")]
    evidence = [unit("e", f"{ministry}ทาสีรั้วเสร็จแล้ว"), *RAIN]
    ranked = rank(recs, evidence)
    reasons = Explainer(recs, evidence, ranked.vectors).reasons(0, 0, ranked)
    assert ministry in reasons[0]
    assert "อาสาสมัคร" not in " ".join(reasons)


def first_reason(rec: str, said: str, more: list[TextUnit], *, speaker: str = "") -> str:
    recs = [unit("r", rec)]
    evidence = [unit("e", said, speaker=speaker), *more]
    ranked = rank(recs, evidence)
    return Explainer(recs, evidence, ranked.vectors).reasons(0, 0, ranked)[0]


def test_a_pair_without_a_ground_is_not_said_to_share_no_word_where_it_does() -> None:
    rec, said = "จัดทำคู่มือคัดแยกผู้เสียหายหลายภาษา", "ผู้เสียหายร้อยละ 65 ไม่ได้รับล่ามในชั้นคัดแยก"
    assert "คัดแยกผู้เสียหาย" in words(rec)  # one word here, two there
    common = [unit(f"c{n}", "ผู้เสียหายในชั้นคัดแยก") for n in range(20)]
    for speaker in ("", "ก"):
        reason = first_reason(rec, said, common, speaker=speaker)
        assert "“คัดแยก” “ผู้เสียหาย”" in reason
        assert not reason.startswith("ไม่พบ")


def test_a_word_inside_another_one_by_chance_is_not_shared() -> None:
    assert first_reason("สามารถ", "รถติด", RAIN).startswith("ไม่พบ")
