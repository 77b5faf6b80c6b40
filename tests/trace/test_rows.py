"""Answers in the row of a recommendation come first, and nothing else that is near it."""

from __future__ import annotations

from dataclasses import replace

from tipmine.records import Evidence, LineSpan, Passage, Trace
from tipmine.trace.rows import IN_ITS_ROW, answers_in_rows, with_answers

ROW = (LineSpan(1, 7, 0, 20),)
ASKED = Passage("r1", "d", "recommendation", "ควรจัดล่ามประจำด่าน", lines=ROW)
ANSWER = Passage("a1", "d", "finding", "จ้างแล้ว 12 คน", lines=ROW)


def test_the_answer_in_the_row_of_a_recommendation_belongs_to_it() -> None:
    second = replace(ANSWER, id="a2", text="แล้วเสร็จเดือนมีนาคม")
    assert answers_in_rows([ASKED, ANSWER, second]) == {"r1": [ANSWER, second]}


def test_what_stands_on_another_line_or_after_something_else_is_no_answer() -> None:
    below = replace(ANSWER, lines=(LineSpan(1, 8, 0, 20),))
    between = replace(ANSWER, id="o", kind="other")
    assert answers_in_rows([ASKED, below]) == {}
    assert answers_in_rows([ASKED, between, ANSWER]) == {}
    assert answers_in_rows([replace(ASKED, lines=()), replace(ANSWER, lines=())]) == {}


def test_an_answer_comes_before_what_was_ranked_and_ends_a_gap() -> None:
    ranked = (
        Evidence("x", 1, 0.4, "likely", ("ใช้คำร่วมกัน",), "utterance"),
        Evidence("a1", 2, 0.1, "weak", (), "finding"),
    )
    (trace,) = with_answers([Trace("r1", "none", ranked)], {"r1": [ANSWER]})
    assert [(item.id, item.rank, item.band) for item in trace.evidence] == [("a1", 1, "confirmed"), ("x", 2, "likely")]
    assert trace.coverage == "direct" and trace.evidence[0].reasons == (IN_ITS_ROW,)


def test_other_traces_stay_as_they_are() -> None:
    trace = Trace("r2", "none", ())
    assert with_answers([trace], {"r1": [ANSWER]}) == [trace]
