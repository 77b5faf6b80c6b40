"""Traces as a whole: the order of evidence, its bands and reasons, gaps, and response tables."""

from __future__ import annotations

import json

import pytest

from tests.trace.making import CASES, EVIDENCE, RECS, TALK, unit
from tipmine.coverage import BANDS
from tipmine.records import Trace
from tipmine.tokenize import words
from tipmine.trace import one_to_one, trace
from tipmine.trace.evaluation import read_gold
from tipmine.trace.fusing import rank
from tipmine.trace.sentences import sentence


def traced() -> list[Trace]:
    """The traces of these recommendations, one each."""
    traces = trace(RECS, EVIDENCE)
    assert [found.rec for found in traces] == ["r1", "r2", "r3"]
    return traces


def test_what_was_said_in_the_same_matter_comes_first() -> None:
    traces = traced()
    assert traces[0].evidence[0].id in {"u1", "u2"}
    assert traces[1].evidence[0].id in {"u3", "u5"}


def test_every_piece_of_evidence_is_ranked_once_and_scores_fall() -> None:
    for found in traced():
        assert sorted(item.id for item in found.evidence) == sorted(id_ for id_, _, _ in TALK)
        assert [item.rank for item in found.evidence] == list(range(1, len(TALK) + 1))
        scores = [item.score for item in found.evidence]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)


def test_a_question_of_the_moderator_and_bare_agreement_are_no_evidence() -> None:
    for found in traced():
        last = {item.id: item for item in found.evidence[-4:]}
        assert set(last) == {"q1", "q2", "q3", "u4"}
        assert all(item.score == 0 and item.band == "weak" for item in last.values())


def test_each_link_explains_itself_with_words_that_stand_in_the_texts() -> None:
    first = trace(RECS, EVIDENCE)[1].evidence
    reasons = next(item.reasons for item in first if item.id == "u3")
    assert "“สำรองจ่าย”" in " ".join(reasons)
    assert all(item.reasons and item.reasons[0] for item in first)


def test_the_first_reason_is_a_sentence_that_names_what_is_shared() -> None:
    item = next(item for item in trace(RECS, EVIDENCE)[0].evidence if item.id == "u1")
    assert item.reasons[0].startswith(("กล่าวถึง", "หลักฐานกล่าวถึงปัญหา"))
    assert "ล่าม" in item.reasons[0]


def test_the_reasons_of_evidence_are_its_own_where_two_files_count_from_one() -> None:
    said = [unit("1", "ล่ามหายากมาก"), unit("1", "ฝนตกหนัก ถนนหน้าตลาดน้ำท่วม"), unit("2", "แดดออกทั้งวัน")]
    reasons = [item.reasons[0] for item in trace(RECS[:1], said)[0].evidence]
    assert reasons[0].startswith("กล่าวถึง")
    assert [reason.startswith("ไม่พบคำสำคัญหรือเรื่องเฉพาะที่ตรงกัน") for reason in reasons[1:]] == [True, True]


def test_evidence_that_shares_nothing_is_weak_at_most() -> None:
    for found in traced():
        rain = next(item for item in found.evidence if item.id == "u6")
        assert rain.band == "weak"
        assert rain.reasons[0].startswith("ไม่พบคำสำคัญหรือเรื่องเฉพาะที่ตรงกัน")


def test_of_a_few_texts_what_shares_nothing_ranks_below_what_shares_words() -> None:
    few = [
        unit("e1", "ครูในโรงเรียนชายแดนไม่ทราบช่องทางแจ้งเหตุ 1300 และไม่เคยได้รับการอบรมเรื่องสัญญาณการค้ามนุษย์ในเด็ก"),
        unit("e2", "ผู้เสียหายร้อยละ 62 ไม่ได้รับล่ามภาษาเมียนมา"),
        unit("e3", "รถติดมากเมื่อเช้า"),
    ]
    recs = [unit("r1", "ควรอบรมครูให้รู้จักสัญญาณการค้ามนุษย์"), unit("r2", "ควรจัดหาล่ามภาษาเมียนมาให้เพียงพอ")]
    assert trace(recs, few)[1].evidence[0].id == "e2"


def test_a_recommendation_with_nothing_to_show_is_a_gap() -> None:
    rain = [unit(f"w{n}", "ฝนตกหนัก ถนนหน้าตลาดน้ำท่วม", doc="fg", kind="utterance", speaker="ก") for n in range(6)]
    assert trace([RECS[2]], rain)[0].coverage == "none"


def test_what_only_the_moderator_asked_about_is_a_gap() -> None:
    said = [
        unit("q", "เรื่องล่ามเป็นอย่างไรบ้าง", doc="fg", kind="utterance", speaker="ผู้ดำเนินการ"),
        unit("u1", "เดินไปตลาดเช้าซื้อปลาทูกับผักบุ้ง", doc="fg", kind="utterance", speaker="ก"),
        unit("u2", "พี่ชายขับรถกระบะคันเก่ามารับ", doc="fg", kind="utterance", speaker="ข"),
    ]
    assert trace(RECS[:1], said)[0].coverage == "none"


def test_a_covered_recommendation_shows_a_link_that_is_likely() -> None:
    gold = read_gold([json.loads(row) for row in (CASES / "study_first.jsonl").read_text("utf-8").splitlines()], words)
    traces = trace(gold.recommendations, gold.evidence)
    covered = [found for found in traces if found.coverage != "none"]
    assert len(covered) >= 12
    assert all(found.evidence[0].band != "weak" for found in covered)
    assert all(item.band == "weak" for found in traces if found.coverage == "none" for item in found.evidence)


@pytest.mark.parametrize("study", ["study_eighth", "study_ninth"])
def test_no_link_of_a_gap_is_called_likely(study: str) -> None:
    gold = read_gold([json.loads(row) for row in (CASES / f"{study}.jsonl").read_text("utf-8").splitlines()], words)
    gaps = [found for found in trace(gold.recommendations, gold.evidence) if found.coverage == "none"]
    assert gaps
    assert {item.band for found in gaps for item in found.evidence} == {"weak"}
    # The link that would be likely by itself comes first and says why it does not count.
    alone = [found for found in gaps for item in found.evidence if sentence("alone") in item.reasons]
    assert [found.evidence[0].reasons[1] for found in alone] == [sentence("alone")]


def test_the_better_band_has_the_better_rank_and_no_lower_score() -> None:
    gold = read_gold([json.loads(row) for row in (CASES / "study_sixth.jsonl").read_text("utf-8").splitlines()], words)
    traces = trace(gold.recommendations, gold.evidence)
    assert traces
    for found in traces:
        bands = [BANDS.index(item.band) for item in found.evidence]
        scores = [item.score for item in found.evidence]
        assert bands == sorted(bands)
        assert scores == sorted(scores, reverse=True)
        assert [item.rank for item in found.evidence] == list(range(1, len(scores) + 1))


def test_words_alone_confirm_nothing_in_talk() -> None:
    confirmed = [item for found in trace(RECS, EVIDENCE) for item in found.evidence if item.band == "confirmed"]
    assert confirmed
    assert all(item.reasons[0].startswith(("กล่าวถึง", "หลักฐานกล่าวถึงปัญหา")) for item in confirmed)


def test_tracing_twice_gives_the_same() -> None:
    assert trace(RECS, EVIDENCE) == trace(RECS, EVIDENCE)


def test_nothing_to_trace_is_answered_not_crashed() -> None:
    assert trace([], EVIDENCE) == []
    assert [found.coverage for found in trace(RECS, [])] == ["none", "none", "none"]
    assert len(trace([unit("r", "")], [unit("e", "")])[0].evidence) == 1


def test_a_recommendation_is_no_evidence_for_itself() -> None:
    found = trace(RECS, [*EVIDENCE, RECS[0]])[0]
    assert "r1" not in {item.id for item in found.evidence[:9]}
    assert trace(RECS[:1], RECS[:1]) == [Trace("r1", "none", ())]


TABLE = [
    ("ควรแก้ไขกฎหมายแรงงานประมง", "กระทรวงแรงงานเสนอแก้ไขกฎหมายแรงงานประมงแล้ว"),
    ("ควรจัดตั้งศูนย์ล่ามภาษาเพื่อนบ้าน", "จัดตั้งศูนย์ล่าม 12 แห่ง"),
    ("ควรเพิ่มงบประมาณสถานคุ้มครอง", "สำนักงบประมาณเพิ่มงบสถานคุ้มครองร้อยละ 10"),
    ("ควรอบรมครูเรื่องภัยออนไลน์", "อบรมครู 400 คนเรื่องภัยออนไลน์"),
    ("ควรติดตามผู้เสียหายหลังส่งกลับ", "มีระบบติดตามผู้เสียหายหลังส่งกลับ"),
    ("ควรเผยแพร่สายด่วนในภาษาแรงงาน", "พิมพ์สื่อสายด่วน 5 ภาษา"),
]


@pytest.mark.parametrize("kind", ["", "finding", "plan", "utterance"])
def test_in_a_response_table_each_answer_goes_to_one_recommendation_whatever_its_kind(kind: str) -> None:
    recs = [unit(f"r{n}", left) for n, (left, _) in enumerate(TABLE)]
    answers = [unit(f"a{n}", right, kind=kind) for n, (_, right) in enumerate(TABLE)]
    for find in (trace, one_to_one):
        found = find(recs, answers)
        assert [it.evidence[0].id for it in found] == [f"a{n}" for n in range(len(TABLE))]
        assert all(it.coverage == "direct" for it in found)


def test_a_finding_bears_out_two_recommendations_where_it_is_no_answer_to_one() -> None:
    recs = [unit(f"r{n}", left) for n, (left, _) in enumerate(TABLE)]
    recs[1] = unit("r1", "ควรอบรมครูและผู้ปกครองเรื่องภัยออนไลน์")
    findings = [unit(f"a{n}", right, kind="finding") for n, (_, right) in enumerate(TABLE)]
    found = trace(recs, findings, table=False)
    assert [found[n].evidence[0].id for n in (1, 3)] == ["a3", "a3"]
    assert [found[n].evidence[0].score for n in (1, 3)] == pytest.approx([found[3].evidence[0].score] * 2, abs=0.2)


def test_two_files_that_both_count_from_one_are_traced_like_any_other() -> None:
    recs = [unit(str(n), left) for n, (left, _) in enumerate(TABLE, 1)]
    answers = [unit(str(n), right) for n, (_, right) in enumerate(TABLE, 1)]
    assert [found.evidence[0].id for found in trace(recs, answers)] == [rec.id for rec in recs]


def test_alike_recommendations_are_paired_with_different_answers() -> None:
    recs = [unit(f"r{n}", "ควรจัดหาล่ามให้ผู้เสียหาย") for n in range(14)]
    answers = [unit(f"a{n}", f"จัดหาล่าม {n} คนให้ผู้เสียหาย {'ที่ศูนย์พักพิง ' * n}") for n in range(14)]
    found = one_to_one(recs, answers)
    assert len({one.evidence[0].id for one in found}) == len(recs)
    assert all([item.rank for item in one.evidence] == list(range(1, 11)) for one in found)


def test_the_answer_to_one_recommendation_covers_no_other() -> None:
    recs = [unit(f"r{n}", "ควรจัดหาล่ามให้ผู้เสียหาย") for n in range(3)]
    found = one_to_one(recs, [unit("a0", "ไม่มีล่าม"), unit("a1", "ฝนตก")])
    assert [one.coverage for one in found] == ["partial", "none", "none"]
    assert [[(item.id, item.band) for item in one.evidence] for one in found] == [
        [("a0", "likely"), ("a1", "weak")],
        [("a1", "weak"), ("a0", "weak")],  # its own answer says nothing of it
        [("a0", "weak"), ("a1", "weak")],  # no answer is left for it
    ]


def test_shared_words_count_in_a_finding_but_not_alone_in_a_turn() -> None:
    rec = unit("r", "ควรจัดสรรงบประมาณประจำปีของจังหวัดเพื่อช่วยเหลือผู้เสียหาย")
    roof = "จัดสรรงบประมาณประจำปีของจังหวัดซ่อมหลังคา"
    filler = [unit(f"x{n}", f"เดินไปตลาดเช้าวันที่ {n} ซื้อปลาทู", kind="utterance", speaker="ก") for n in range(9)]
    place = {
        kind: rank([rec], [unit("e", roof, kind=kind, speaker="ข"), *filler]).fused[0, 0]
        for kind in ("finding", "utterance")
    }
    assert place["finding"] > place["utterance"]
