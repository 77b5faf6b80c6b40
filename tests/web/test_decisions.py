from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request

from tests.web.conftest import Visitor
from tipmine.records import PILLARS
from tipmine.report.material import gather
from tipmine.report.register import register_rows
from tipmine.store import database, decisions
from tipmine.store.decisions import Decision, decide, history, undo
from tipmine.store.fields import pillar_field
from tipmine.store.run import Run
from tipmine.web import actions, app, create_app
from tipmine.web.agreement import agreements, kappa
from tipmine.web.pages import review

REC = "p-report.pdf-0"
TURN = "p-group.docx-0"


def made(run: Run) -> list[tuple[str, str, str]]:
    return [(str(d.field), d.value, d.reviewer) for d in history(run.connection) if not d.undone]


def test_a_rejected_tag_is_gone_from_the_search_at_once_and_back_after_undo(desk: Visitor, run: Run) -> None:
    assert "<b>3</b> ข้อความ" in desk.get("/search?pillar=protection").text
    answer = desk.post("/decide", subject=REC, field="pillar:protection", value="no", next="/search?pillar=protection")
    assert answer.status_code == 303
    page = desk.get(answer.headers["location"]).text
    assert "<b>2</b> ข้อความ" in page
    assert "บันทึกแล้ว: ไม่ใช่ด้านการคุ้มครองช่วยเหลือ" in page
    desk.post("/undo")
    assert made(run) == []
    assert "<b>3</b> ข้อความ" in desk.get("/search?pillar=protection").text


def test_a_decision_is_reported_once(desk: Visitor) -> None:
    desk.post("/decide", subject=REC, field="kind", value="finding")
    assert "บันทึกแล้ว" in desk.get("/search").text
    assert "บันทึกแล้ว" not in desk.get("/search").text


def test_a_role_a_kind_a_label_and_a_link_can_be_corrected(desk: Visitor, run: Run) -> None:
    actor = run.taggings()[REC].actors[0]
    desk.post("/decide", subject=REC, field=f"actor:{actor.start}:{actor.end}", value="role=partner")
    desk.post("/decide", subject=TURN, field="kind", value="plan")
    desk.post("/decide", subject="t-1", field="label", value="  ขาด  ล่าม ")
    desk.post("/decide", subject=REC, field=f"link:{TURN}", value="no")
    assert run.taggings()[REC].actors[0].role == "partner"
    assert run.taggings()[TURN].kind == "plan"
    assert run.themes().themes[0].label == "ขาด ล่าม"
    assert TURN not in [item.id for item in run.traces()[0].evidence]
    assert "ปฏิเสธแล้ว" in desk.get(f"/trace/{REC}").text


def test_the_review_form_decides_every_pillar_the_kind_and_the_actors(desk: Visitor, run: Run) -> None:
    first, second = run.taggings()[REC].actors
    fields = {
        "subject": REC,
        "kind": "recommendation",
        "pillar.partnership": "yes",
        f"actor.{first.start}:{first.end}": "addressee",
        f"actor.{second.start}:{second.end}": "no",
    }
    desk.post("/decide/passage", **fields)
    tagging = run.taggings()[REC]
    assert [tag.code for tag in tagging.pillars] == ["partnership"]
    assert [tag.text for tag in tagging.actors] == [first.text]
    assert len(made(run)) == 8
    desk.post("/undo")
    assert made(run) == []


def test_confirming_a_passage_keeps_what_it_shows_and_refusing_takes_its_pillars(desk: Visitor, run: Run) -> None:
    before = run.taggings()[REC]
    desk.post("/decide/confirm", subject=REC)
    after = run.taggings()[REC]
    assert [tag.code for tag in after.pillars] == [tag.code for tag in before.pillars]
    assert {tag.by for tag in (*after.pillars, *after.actors)} == {"สมศรี"}
    desk.post("/decide/confirm", subject=REC, answer="none")
    assert run.taggings()[REC].pillars == ()


@pytest.mark.parametrize("address", ["/decide/confirm", "/decide/passage"])
@pytest.mark.parametrize("shown", [(), ("protection",), ("policy", "protection")])
def test_that_no_pillar_fits_is_an_answer_for_all_five_whichever_are_shown(
    desk: Visitor, run: Run, address: str, shown: tuple[str, ...]
) -> None:
    for code in PILLARS:
        sql = "UPDATE pillar_tags SET over_threshold = ? WHERE passage = ? AND code = ?"
        run.connection.execute(sql, (code in shown, REC, code))
    assert tuple(tag.code for tag in run.taggings()[REC].pillars) == shown
    desk.post(address, subject=REC, answer="none")
    assert made(run) == [(f"pillar:{code}", "no", "สมศรี") for code in PILLARS]
    assert register_rows(gather(run))[0]["pillar_status"] == "decided"


def test_an_empty_list_of_answers_is_refused() -> None:
    with pytest.raises(HTTPException, match="400"):
        actions._record(Request({"type": "http"}), {}, REC, [])


@pytest.mark.parametrize(
    ("subject", "field", "value", "status"),
    [
        ("p-unknown", "pillar:policy", "yes", 404),
        (REC, "actor:0:99", "no", 404),
        (REC, "actor:x", "no", 400),
        (REC, f"actor:{'9' * 5000}:{'9' * 5001}", "no", 400),
        (REC, "link:p-report.pdf-1", "yes", 404),
        ("t-9", "label", "ชื่อ", 404),
        (REC, "pillar:nothing", "yes", 400),
        (REC, "kind", "song", 400),
        (REC, "", "", 400),
        ("t-1", "label", "  ", 400),
    ],
)
def test_nothing_is_decided_about_what_is_not_there(
    desk: Visitor, run: Run, subject: str, field: str, value: str, status: int
) -> None:
    assert desk.post("/decide", subject=subject, field=field, value=value).status_code == status
    assert made(run) == []


@pytest.mark.parametrize("value", ["yes", "no"])
def test_a_tag_is_said_to_be_doubtful_until_a_person_decides(desk: Visitor, value: str) -> None:
    addresses = (f"/read?doc=group.docx&passage={TURN}", "/search?q=คนแปลภาษา", f"/review?item={TURN}")

    def doubtful() -> list[bool]:
        return [re.search(r'class="(badge )?doubt"', desk.get(address).text) is not None for address in addresses]

    assert doubtful() == [True, True, True]
    desk.post("/decide", subject=TURN, field="pillar:protection", value=value)
    assert doubtful() == [False, False, False]


def test_the_queue_can_be_narrowed_to_passages_with_a_doubtful_tag(desk: Visitor) -> None:
    page = desk.get("/review?only=doubtful").text
    assert "เหลือ 2 ข้อความ" in page
    assert 'name="next" value="/review?only=doubtful"' in page


def test_a_rejected_pillar_is_shown_struck_out_and_can_be_brought_back(desk: Visitor) -> None:
    desk.post("/decide", subject=REC, field="pillar:protection", value="no")
    page = desk.get(f"/read?doc=report.pdf&passage={REC}").text
    assert "<s>ด้านการคุ้มครองช่วยเหลือ</s>" in page
    assert "นำกลับมา ด้านการคุ้มครองช่วยเหลือ" in page


def test_a_visitor_without_a_name_is_asked_for_it_first(folder: Path, run: Run) -> None:
    visitor = Visitor(create_app(folder))
    answer = visitor.post("/decide", subject=REC, field="kind", value="plan", next="/review")
    assert answer.headers["location"] == "/name?next=%2Freview"
    assert made(run) == []


def test_a_fixed_reviewer_cannot_be_changed_by_a_visitor(folder: Path, run: Run) -> None:
    visitor = Visitor(create_app(folder, reviewer="วันดี"))
    visitor.client.cookies.set("tipmine_reviewer", "x")
    visitor.post("/name", name="มานะ")
    visitor.post("/decide", subject=REC, field="kind", value="plan")
    assert made(run) == [("kind", "plan", "วันดี")]


def test_what_is_no_recommendation_any_more_is_shown_in_the_reader(desk: Visitor) -> None:
    desk.post("/decide", subject=REC, field="kind", value="finding")
    assert desk.get(f"/trace/{REC}").headers["location"] == f"/passage/{REC}"


def test_an_undo_that_breaks_off_undoes_nothing(desk: Visitor, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.post("/decide/confirm", subject=REC)
    before = made(run)
    undone: list[int] = []

    def break_off(connection: sqlite3.Connection, number: int) -> None:
        if undone:
            raise sqlite3.OperationalError("disk I/O error")
        undo(connection, number)
        undone.append(number)

    monkeypatch.setattr(decisions, "undo", break_off)
    assert desk.post("/undo").status_code == 503
    assert undone and len(before) > 1 and made(run) == before


def test_what_was_decided_separately_in_the_same_moment_is_undone_separately(desk: Visitor, run: Run) -> None:
    with run.transaction():  # as the answers of a sheet are taken in
        for code in ("policy", "prevention", "prosecution"):
            decide(run.connection, REC, f"pillar:{code}", "yes", "สมศรี")
    desk.post("/undo")
    assert [field for field, _value, _reviewer in made(run)] == ["pillar:policy", "pillar:prevention"]


def test_nobody_takes_back_another_reviewer_s_decision(desk: Visitor, other: Visitor, run: Run) -> None:
    desk.post("/decide", subject=REC, field="kind", value="plan")
    number = history(run.connection)[0].id
    assert other.post("/undo", number=str(number)).status_code == 404
    assert other.post("/undo").status_code == 404
    assert made(run) == [("kind", "plan", "สมศรี")]


def test_the_queue_goes_on_to_the_next_passage_and_ends(desk: Visitor, run: Run) -> None:
    seen = []
    for _ in range(4):
        page = desk.get("/review").text
        subject = page.split('name="subject" value="')[1].split('"')[0]
        seen.append(subject)
        desk.post("/decide/passage", subject=subject, kind="finding", next="/review")
    assert sorted(seen) == sorted(p.id for p in run.passages())
    assert "ไม่มีข้อความรอตรวจ" in desk.get("/review").text


def test_a_decided_link_leaves_its_recommendation_in_the_queue(desk: Visitor) -> None:
    desk.post("/decide", subject=REC, field=f"link:{TURN}", value="yes")
    assert "เหลือ 4 ข้อความ" in desk.get("/review").text
    desk.post("/decide", subject=REC, field="kind", value="plan")
    assert "เหลือ 3 ข้อความ" in desk.get("/review").text


def test_undo_in_the_queue_leads_back_to_the_passage(desk: Visitor) -> None:
    desk.post("/decide/passage", subject=REC, kind="finding", next="/review")
    answer = desk.post("/undo", next="/review")
    assert answer.headers["location"] == f"/review?item={REC}"


def test_a_second_reading_asks_the_run_as_often_for_many_passages_as_for_one(run: Run) -> None:
    def asked() -> int:
        """Number of statements for the queue of Mana."""
        made = history(run.connection)
        statements: list[str] = []
        run.connection.set_trace_callback(statements.append)
        waiting = review._second_reading(run, made, "มานะ")
        run.connection.set_trace_callback(None)
        assert {item.passage.id for item in waiting} == {decision.subject for decision in made}
        return len(statements)

    ids = [passage.id for passage in run.passages()]
    decide(run.connection, ids[0], "kind", "plan", "สมศรี")
    once = asked()
    for key in ids[1:]:
        decide(run.connection, key, "kind", "plan", "สมศรี")
    assert asked() == once


def test_a_second_reading_hides_the_first_answer_and_gives_kappa(desk: Visitor, other: Visitor) -> None:
    desk.post("/decide/passage", subject=REC, kind="recommendation", **{"pillar.policy": "yes"})
    page = other.get("/review?queue=second").text
    assert f'name="subject" value="{REC}"' in page
    # The machine's own answer is offered, not the first reviewer's.
    assert 'name="pillar.protection" value="yes" checked' in page
    assert 'name="pillar.policy" value="yes" checked' not in page
    other.post("/decide/passage", subject=REC, kind="recommendation", **{"pillar.protection": "yes"})
    conflicts = other.get("/review?queue=conflicts").text
    assert "60%" in conflicts and "สมศรี" in conflicts
    assert "ไม่มีข้อความที่คนอื่นตรวจแล้ว" in other.get("/review?queue=second").text


def test_the_reader_shows_who_decided_otherwise(desk: Visitor, other: Visitor) -> None:
    field = "pillar:protection"
    desk.post("/decide", subject=REC, field=field, value="no")
    other.post("/decide", subject=REC, field=field, value="yes")
    page = other.get(f"/read?doc=report.pdf&passage={REC}").text
    assert "ความเห็นต่าง สมศรี: ไม่ใช่ด้านการคุ้มครองช่วยเหลือ" in page
    desk.post("/decide", subject=REC, field=field, value="yes")
    assert "ความเห็นต่าง" not in desk.get(f"/read?doc=report.pdf&passage={REC}").text


def test_kappa_by_hand() -> None:
    # 4 of 5 equal; chance .8 * .6 + .2 * .4 = .56.
    answers = [("yes", "yes")] * 3 + [("yes", "no"), ("no", "no")]
    assert kappa(answers) == pytest.approx((0.8 - 0.56) / 0.44)
    assert kappa([]) is None
    assert kappa([("yes", "yes")]) is None


def test_agreement_counts_the_last_answers_that_stand() -> None:
    answers = [("ก", "yes", False), ("ข", "no", False), ("ข", "yes", False), ("ก", "no", True)]
    policy = pillar_field("policy")
    log = [Decision(i, "p", policy, value, who, "", gone) for i, (who, value, gone) in enumerate(answers)]
    found = agreements(log)
    assert [(a.field, a.both, a.same) for a in found] == [("pillar", 1, 1)]


def test_a_desk_over_a_run_that_may_only_be_read_says_why_nothing_is_kept(
    desk: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (database, app):
        monkeypatch.setattr(module, "may_write", lambda _folder: False)
    answer = desk.post("/decide", subject="p-report.pdf-0", field="kind", value="plan")
    assert answer.status_code == 503
    assert "ชุดงานนี้อยู่ในที่ที่อ่านได้อย่างเดียว" in answer.text
