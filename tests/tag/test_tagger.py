"""What the tagger that ships says of texts that people would hand it."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.tag.conftest import TagText, cases
from tipmine.records import PILLARS, ROLES, ActorTag, Passage, Tagging
from tipmine.tag import Tagger, actor_ids, actor_name, model_fingerprint
from tipmine.tag.codebook import SECTORS
from tipmine.tag.doubt import doubtful_pillars
from tipmine.tokenize import tokenize_text


@pytest.mark.parametrize("case", cases("pillars.jsonl"))
def test_pillars_are_those_that_a_reader_would_give(case: dict[str, Any], tag_text: TagText) -> None:
    said = {tag.code for tag in tag_text(case["text"], case.get("kind", "finding")).pillars}
    assert set(case["has"]) <= said
    assert not said & set(case["lacks"])


@pytest.mark.parametrize("case", cases("actors.jsonl"))
def test_actors_are_found_with_their_role(case: dict[str, Any], tag_text: TagText) -> None:
    kind = case.get("kind", "recommendation" if "ควร" in case["text"] else "finding")
    said = [(tag.text, tag.role) for tag in tag_text(case["text"], kind).actors]
    for text, role in case["actors"]:
        assert (text, role) in said
    if not case["actors"]:
        assert said == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(["ตำรวจ", "ควร", " ", "(พม.)", "เด็ก", "ๆ", "\n", "DSI", "๑๒", "\u0e49", "😀", "การค้ามนุษย์"])
    )
)
def test_spans_and_scores_hold_for_any_text(tag_text: TagText, pieces: list[str]) -> None:
    text = "".join(pieces)
    tagging = tag_text(text)
    assert set(tagging.pillar_scores) == set(PILLARS)
    assert all(0 <= score <= 1 for score in tagging.pillar_scores.values())
    for pillar in tagging.pillars:
        assert pillar.reason
        assert all(0 <= start < end <= len(text) for start, end in pillar.spans)
    end = 0
    for actor in tagging.actors:
        assert actor.start >= end
        end = actor.end
        assert text[actor.start : actor.end] == actor.text
        assert actor.role in ROLES
        assert actor.sector in SECTORS
        assert 0 <= actor.score <= 1


def test_a_reason_is_made_of_words_of_the_passage(tag_text: TagText) -> None:
    text = "จัดบริการฟื้นฟูจิตใจและฝึกอาชีพให้แก่ผู้เสียหายในสถานคุ้มครอง"
    (pillar,) = tag_text(text).pillars
    assert pillar.code == "protection"
    assert pillar.spans
    assert all(text[start:end] in pillar.reason for start, end in pillar.spans)


@pytest.mark.parametrize(
    ("section", "text", "name", "role", "reason"),
    [
        ((), "ชุดสืบสวนการเงินขยายผลเส้นทางเงินของเครือข่าย", "ชุดสืบสวนการเงิน", "addressee", "ตำแหน่งในประโยค"),
        (("2. กระทรวงแรงงาน",), "ขยายผลร่วมกับพนักงานอัยการ", "พนักงานอัยการ", "partner", "จากคำ: หลัง “ร่วมกับ”"),
        (
            ("2. กระทรวงแรงงาน",),
            "ประสานความช่วยเหลือพนักงานอัยการเพื่อเร่งรัดคดี",
            "พนักงานอัยการ",
            "mention",
            "หัวข้อ: ผู้ที่ต้องดำเนินการคือ กระทรวงแรงงาน ตามหัวข้อ",
        ),
        ((), "สภาทนายความและกรมการปกครองเสนอให้กระทรวงแรงงานจัดหาล่าม", "สภาทนายความ", "mention", "ดูจาก “เสนอให้”"),
    ],
)
def test_the_reason_of_a_role_is_the_rule_that_decided_it(
    tagger: Tagger, section: tuple[str, ...], text: str, name: str, role: str, reason: str
) -> None:
    passage = Passage("1", "d", "recommendation", text, section)
    (tagging,) = tagger.tag([passage], [tokenize_text(text)])
    found = next(actor for actor in tagging.actors if actor.text == name)
    assert (found.role, reason in found.reason) == (role, True), found


def test_an_abbreviation_that_the_document_introduces_is_known_on_later_pages(tagger: Tagger) -> None:
    texts = ["กองทุนดอกปีบเพื่อเยาวชนชายแดน (กดยช.) ตั้งขึ้นเมื่อปี 2560", "กดยช. ควรจัดหาที่พักให้แก่ผู้เสียหาย"]
    passages = [Passage(str(i), "d", "finding", text) for i, text in enumerate(texts)]
    second = tagger.tag(passages, [tokenize_text(text) for text in texts])[1]
    known = [actor for actor in second.actors if actor.text == "กดยช."]
    assert [(actor.name, actor.role) for actor in known] == [("กองทุนดอกปีบเพื่อเยาวชนชายแดน", "addressee")]
    assert "กองทุนดอกปีบ" in known[0].reason


def test_an_abbreviation_of_another_document_is_not_carried_over(tagger: Tagger) -> None:
    introduces = "กองทุนดอกปีบเพื่อเยาวชนชายแดน (กดยช.) ตั้งขึ้นเมื่อปี 2560"
    uses = "กดยช. ควรจัดหาที่พักให้แก่ผู้เสียหาย"
    (first,), (second,) = (
        tagger.tag([Passage("1", doc, "finding", text)], [tokenize_text(text)])
        for doc, text in (("d", introduces), ("e", uses))
    )
    assert any("ดอกปีบ" in actor.name for actor in first.actors)
    assert all("ดอกปีบ" not in actor.name for actor in second.actors)


def test_a_heading_adds_evidence(tagger: Tagger) -> None:
    text = "ดำเนินการครบถ้วนทุกอำเภอภายในกำหนด"
    bare, headed = (
        tagger.pillar_scores([Passage("1", "d", "plan", text, section)], [tokenize_text(text)])[0]
        for section in ((), ("ยุทธศาสตร์ที่ 3 ด้านการคุ้มครองช่วยเหลือผู้เสียหาย",))
    )
    assert headed[PILLARS.index("protection")] > bare[PILLARS.index("protection")]


def test_a_heading_decides_where_the_words_of_a_passage_carry_no_pillar(tagger: Tagger) -> None:
    heading = "3. ด้านการดำเนินคดี (Prosecution)"
    bare, own = "ตามตารางที่ 9", "จัดล่ามและที่พักปลอดภัยให้ผู้เสียหายระหว่างรอส่งกลับ"
    passages = [
        Passage("1", "d", "utterance", bare, (heading, "ผลการดำเนินงาน")),
        Passage("2", "d", "finding", bare, (heading, "ผลการดำเนินงาน")),
        Passage("3", "d", "finding", own, (heading, "ผลการดำเนินงาน")),
        Passage("4", "d", "finding", bare, ("ผลการดำเนินงาน",)),
    ]
    said = [tagging.pillars for tagging in tagger.tag(passages, [tokenize_text(p.text) for p in passages])]

    assert [{tag.code for tag in tags} for tags in said] == [set(), {"prosecution"}, {"protection"}, set()]
    assert said[1][0].reason == f"หัวข้อ: {heading}"


@pytest.mark.parametrize(("others", "said"), [(6, {"protection"}), (1, set())])
def test_in_a_document_of_the_field_a_passage_has_its_likeliest_pillar(
    tagger: Tagger, others: int, said: set[str]
) -> None:
    unsure = "หลายคนไม่ยอมพูดกับเจ้าหน้าที่อีก"
    sure = "จัดล่ามและที่พักปลอดภัยให้ผู้เสียหายระหว่างรอส่งกลับ"
    texts = [unsure, *[sure] * others]
    passages = [Passage(str(at), "d", "finding", text) for at, text in enumerate(texts)]
    tagging = tagger.tag(passages, [tokenize_text(text) for text in texts])[0]

    assert {tag.code for tag in tagging.pillars} == said
    assert doubtful_pillars(tagging)


@pytest.mark.parametrize("batch", [1, 2, 7])
def test_pillars_do_not_depend_on_how_many_passages_are_in_memory(
    tagger: Tagger, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    unsure = "หลายคนไม่ยอมพูดกับเจ้าหน้าที่อีก"
    sure = "จัดล่ามและที่พักปลอดภัยให้ผู้เสียหายระหว่างรอส่งกลับ"
    bare, heading = "ตามตารางที่ 9", "3. ด้านการดำเนินคดี (Prosecution)"
    texts = [*[(sure, ())] * 10, (bare, (heading,)), *[(unsure, ())] * 2, (sure, ())]
    passages = [Passage(str(at), "d", "finding", text, section) for at, (text, section) in enumerate(texts)]
    tokens = [tokenize_text(passage.text) for passage in passages]
    at_once = tagger.tag(passages, tokens)
    monkeypatch.setattr("tipmine.tag.pillar_tagger.BATCH", batch)

    said = tagger.tag(passages, tokens)

    assert [_without_scores(tagging) for tagging in said] == [_without_scores(tagging) for tagging in at_once]
    assert [len(tagging.pillars) for tagging in said[10:]] == [1, 1, 1, 1]
    assert said[10].pillars[0].reason == f"หัวข้อ: {heading}"
    scores = [[tagging.pillar_scores[pillar] for pillar in PILLARS] for tagging in at_once]
    # Equal but for the order in which terms are added up.
    assert tagger.pillar_scores(passages, tokens) == pytest.approx(np.array(scores), abs=1e-5)


def _without_scores(tagging: Tagging) -> list[tuple[str, str, object]]:
    return [(tag.code, tag.reason, tag.spans) for tag in tagging.pillars]


def test_a_page_without_any_break_takes_linear_time(tag_text: TagText) -> None:
    start = time.process_time()
    tagging = tag_text("คณะกรรมการควรจัดล่ามเพศหญิง " * 4_000)

    assert len(tagging.actors) == 8_000
    # Measured 3 s; with each name compared to all others it took 45 s, and four times as long for twice the text.
    assert time.process_time() - start < 20


def test_no_passages_give_no_taggings(tagger: Tagger) -> None:
    assert tagger.tag([], []) == []


def test_actor_ids_are_found_by_any_form_and_by_id() -> None:
    assert actor_ids("กระทรวงศึกษาธิการ") == actor_ids("moe") == actor_ids("ศธ.") == ["moe"]
    assert actor_ids("ministry of education") == ["moe"]
    assert actor_ids("ไม่มีหน่วยงานนี้") == []
    assert actor_name("moe") == "กระทรวงศึกษาธิการ"
    assert actor_name("nobody") == ""


def test_the_fingerprint_of_a_model_is_stable() -> None:
    assert model_fingerprint(None) == model_fingerprint(None)
    assert len(model_fingerprint(None)) == 16


def test_an_abbreviation_of_two_bodies_means_the_one_that_the_document_names(tagger: Tagger) -> None:
    open_ = "ศูนย์รับแจ้งเหตุส่งเรื่องให้ ปคม. ภายในวันเดียว"
    police = "กองบังคับการปราบปรามการกระทำความผิดเกี่ยวกับการค้ามนุษย์จับกุมนายหน้า"

    def tagged(*texts: str) -> ActorTag:
        passages = [Passage(str(i), "d", "finding", text) for i, text in enumerate(texts)]
        taggings = tagger.tag(passages, [tokenize_text(text) for text in texts])
        return next(actor for actor in taggings[0].actors if actor.text == "ปคม.")

    alone = tagged(open_)
    assert alone.actor == ""
    assert "ยังชี้ไม่ได้" in alone.reason
    assert tagged(open_, police).actor == "atpd"
