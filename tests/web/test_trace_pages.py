"""The pages of recommendations: the list with its pages, one recommendation, gaps and grids."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.builders import CAMPAIGN, INTERPRETERS
from tests.report.test_opposed import DETAIN, RELEASE, write_plans
from tests.web.conftest import Visitor
from tipmine.store.decisions import decide
from tipmine.store.run import open_run
from tipmine.web import create_app
from tipmine.web.pages import tracing

REC = "p-report.pdf-0"


def test_a_gap_is_listed_and_a_recommendation_shows_its_evidence(desk: Visitor) -> None:
    assert CAMPAIGN in desk.get("/trace?view=gaps").text
    text = desk.get(f"/trace/{REC}").text
    assert "ไม่มีคนแปลภาษา" in text
    assert "ล่าม ตรงกับ คนแปลภาษา" in text


def test_what_a_person_made_a_recommendation_waits_for_the_next_run(desk: Visitor) -> None:
    finding = "p-report.pdf-2"
    assert "coverage=untraced" not in desk.get("/").text
    desk.post("/decide", subject=finding, field="kind", value="recommendation")
    text = desk.get(f"/trace/{finding}").text
    assert "ยังไม่ได้จับคู่กับหลักฐาน" in text and "ระบบไม่พบหลักฐาน" not in text
    assert f"/trace/{finding}" in desk.get("/trace?coverage=untraced").text
    assert "coverage=untraced" in desk.get("/").text


def test_a_theme_names_what_answers_it_and_apart_what_is_only_near(desk: Visitor, folder: Path) -> None:
    heads = ("ข้อเสนอแนะที่ตอบประเด็นนี้", "ข้อเสนอแนะที่ใกล้เคียง", "คำพูดในประเด็นนี้")
    text = desk.get("/themes/t-1").text
    answers, members = (text.index(f"<h2>{heads[n]}") for n in (0, 2))
    assert INTERPRETERS in text[answers:members] and heads[1] not in text
    with open_run(folder) as run:
        run.connection.execute("UPDATE evidence SET score = 0.1, band = 'weak'")
        decide(run.connection, "t-1", "label", "ไม่มีล่าม", "สมศรี")  # so that the desk reads the run again
    text = desk.get("/themes/t-1").text
    answers, near, members = (text.index(f">{head}") for head in heads)
    assert "ไม่มีข้อเสนอแนะรองรับ" in text[:answers]
    assert INTERPRETERS not in text[answers:near] and INTERPRETERS in text[near:members]


def test_documents_are_named_by_their_titles_and_items_without_their_marks(desk: Visitor) -> None:
    text = desk.get(f"/trace/{REC}").text
    assert "ข้อเสนอแนะ ข้อ 1 " in text and "1)" not in text
    assert "รายงานสมมติ หน้า 1" in text and ">report.pdf" not in text


def test_the_grid_of_actors_says_how_many_it_leaves_out(desk: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "ทั้งหมดอยู่ในสมุดงาน" not in desk.get("/trace?view=heat").text
    monkeypatch.setattr(tracing, "_ACTORS", 1)
    assert "แสดง 1 จาก 2 ผู้เกี่ยวข้อง" in desk.get("/trace?view=heat").text


def test_further_reasons_of_a_link_are_folded(desk: Visitor, folder: Path) -> None:
    with open_run(folder) as run:
        run.connection.execute('UPDATE evidence SET reasons = \'["ก1", "ก2", "ก3"]\'')
    content = desk.get("/trace/p-report.pdf-0").text
    assert "ก1 · ก2" in content and "<li>ก3</li>" in content


def shown(page: str) -> list[str]:
    """The recommendations that a page of the list shows."""
    return [text for text in (INTERPRETERS, CAMPAIGN) if text in page]


def next_page(page: str) -> str:
    """The address of the next page of the list; empty on the last one."""
    found = re.search(r'<a href="([^"]+)" rel="next"', page)
    return found[1].replace("&amp;", "&") if found else ""


def test_a_list_of_many_recommendations_is_turned_page_by_page(desk: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = desk.get("/trace").text
    assert shown(whole) == [INTERPRETERS, CAMPAIGN] and 'class="turn"' not in whole
    monkeypatch.setattr(tracing, "_PAGE", 1)
    first = desk.get("/trace").text
    second = desk.get(next_page(first)).text
    assert (shown(first), shown(second)) == ([INTERPRETERS], [CAMPAIGN])
    assert next_page(second) == "" and 'href="/trace?page=1" rel="prev"' in second


def test_turning_the_list_keeps_its_filters(desk: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tracing, "_wanted", lambda _row, _params: True)
    monkeypatch.setattr(tracing, "_PAGE", 1)
    address = next_page(desk.get("/trace?coverage=direct&pillar=protection").text)
    assert parse_qs(urlsplit(address).query) == {"coverage": ["direct"], "pillar": ["protection"], "page": ["2"]}


@pytest.mark.parametrize(("page", "text"), [("0", INTERPRETERS), ("x", INTERPRETERS), ("99", CAMPAIGN)])
def test_a_page_that_the_list_does_not_have_is_the_nearest(
    desk: Visitor, monkeypatch: pytest.MonkeyPatch, page: str, text: str
) -> None:
    monkeypatch.setattr(tracing, "_PAGE", 1)
    assert shown(desk.get("/trace", params={"page": page}).text) == [text]


def test_what_is_said_twice_opposed_or_turned_round_is_a_view_of_its_own(tmp_path: Path) -> None:
    write_plans(tmp_path / "plans").close()
    text = Visitor(create_app(tmp_path / "plans")).get("/trace?view=pairs").text
    pairs, years = text.split('id="years"')
    assert "ขัดกัน ถ้อยคำใกล้กันแต่เสนอตรงข้ามกัน" in pairs and f">{RELEASE}</a>" in pairs
    assert "กลับทิศ" in years and DETAIN in years
    assert all("จัดเสาต่างกัน: ด้านการคุ้มครองช่วยเหลือ กับ ด้านการป้องกัน" in part for part in (pairs, years))
    assert 'view=pairs" aria-current="true"' in text


def test_a_run_without_pairs_says_so(desk: Visitor) -> None:
    text = desk.get("/trace?view=pairs").text
    assert "ไม่พบข้อเสนอแนะที่ซ้ำหรือขัดกัน" in text and "ไม่มีเอกสารชุดเดียวกันต่างปีให้เทียบ" in text
