from __future__ import annotations

import csv
import html
import io
import re
from pathlib import Path
from urllib.parse import quote

import pytest

import tipmine
from tests.web.conftest import Visitor
from tipmine.report import labels
from tipmine.report.names import facet_codes, facet_names
from tipmine.store import language, query
from tipmine.store.counting import collocates
from tipmine.store.index import FACETS
from tipmine.store.query import Query
from tipmine.store.run import Run, open_run
from tipmine.store.saved import saved_queries
from tipmine.web import create_app, downloads
from tipmine.web.pages import find

ASKED = "/search?q=ล่าม&pillar=protection&kind=finding&kind=recommendation"


def test_a_question_is_kept_under_a_name_and_leads_back_to_its_answer(desk: Visitor, run: Run) -> None:
    answer = desk.post("/queries", query=ASKED, name=" ล่าม  ในรายงาน ")
    assert answer.headers["location"].endswith("#saved")
    kept = saved_queries(run.connection)
    assert [(k.name, k.text, k.reviewer) for k in kept] == [("ล่าม ในรายงาน", "ล่าม", "สมศรี")]
    page = desk.get("/search").text
    address = re.search(r'<a href="([^"]+)"[^>]*><span>ล่าม ในรายงาน<', page)
    assert address
    again = desk.get(address.group(1).replace("&amp;", "&")).text
    assert 'aria-current="true"><span>ล่าม ในรายงาน<' in again
    assert "<b>2</b> ข้อความ" in again


def test_a_kept_question_can_be_taken_out_and_then_is_gone(desk: Visitor, run: Run) -> None:
    desk.post("/queries", query=ASKED, name="ล่าม")
    desk.post("/queries/remove", name="ล่าม")
    assert saved_queries(run.connection) == []
    assert desk.post("/queries/remove", name="ล่าม").status_code == 404


@pytest.mark.parametrize(
    ("query", "name"),
    [(ASKED, " "), (ASKED, "ก" * 81), ("/search", "ว่าง"), ("//x", "ที่อื่น"), ("/search?q=pillar:police", "ผิด")],
    ids=["no name", "long name", "no question", "elsewhere", "no value of its facet"],
)
def test_what_is_no_question_or_has_no_name_is_not_kept(desk: Visitor, run: Run, query: str, name: str) -> None:
    assert desk.post("/queries", query=query, name=name).status_code == 400
    assert saved_queries(run.connection) == []


def test_the_name_of_a_colleagues_question_is_refused_in_thai(desk: Visitor, other: Visitor, run: Run) -> None:
    desk.post("/queries", query=ASKED, name="ล่าม")
    answer = other.post("/queries", query="/search?q=ตำรวจ", name="ล่าม")
    assert answer.status_code == 400
    assert "มีคำค้นชื่อ “ล่าม” ที่ สมศรี บันทึกไว้แล้ว ให้ตั้งชื่ออื่น" in answer.text
    assert [(k.text, k.reviewer) for k in saved_queries(run.connection)] == [("ล่าม", "สมศรี")]


def test_letters_in_more_passages_than_words_are_reported_with_a_link(desk: Visitor) -> None:
    for view in ("list", "kwic", "collocates", "cross"):
        page = html.unescape(desk.get(f"/search?q=ผู้&view={view}").text)
        assert "พบเป็นคำ 0 ข้อความ ถ้านับตัวอักษรที่อยู่ในคำอื่นด้วย 1 ข้อความ" in page
        (address,) = re.findall(r'<a href="([^"]+)">ค้นด้วยเครื่องหมายคำพูด "ผู้"</a>', page)
        assert "<b>1</b> ข้อความ" in desk.get(address).text
        assert "พบเป็นคำ" not in desk.get(f"/search?q=ล่าม&view={view}").text
    assert "พบเป็นคำ" not in desk.get("/search").text


def test_who_keeps_a_question_gives_a_name_first(run: Run) -> None:
    stranger = Visitor(create_app(run.folder))
    assert stranger.post("/queries", query=ASKED, name="ล่าม").headers["location"].startswith("/name?next=")
    assert saved_queries(run.connection) == []


def saved_rows(visitor: Visitor, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(visitor.get(address).content.decode("utf-8-sig"))))


def test_words_near_the_asked_ones_are_listed_and_all_of_them_saved(
    sample_run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find, "_COLLOCATES", 5)
    visitor = Visitor(create_app(sample_run))
    page = visitor.get("/search?q=ล่าม&view=collocates").text
    shown = re.findall(r'<th scope="row"><a[^>]*>([^<]+)</a>', page)
    rows = saved_rows(visitor, "/search.csv?q=ล่าม&view=collocates")
    assert [row["คำ"] for row in rows[:5]] == shown
    with open_run(sample_run) as run:
        assert len(rows) == len(collocates(run, Query("ล่าม"), limit=None)) > 5
    assert f"แสดง 5 คำแรกจาก {len(rows)} คำ" in page
    strength = [float(row["log-likelihood"]) for row in rows]
    assert strength == sorted(strength, reverse=True)
    assert "พิมพ์คำในช่องค้นหา" in visitor.get("/search?view=collocates").text


def test_a_cross_table_shows_only_the_chosen_values_and_counts_what_a_click_finds(sample_run: Path) -> None:
    visitor = Visitor(create_app(sample_run))
    address = "/search?view=cross&rows=pillar&columns=kind&pillar=policy&pillar=protection"
    page = visitor.get(address).text
    rows = re.findall(r'<th scope="row">([^<]+)</th>', page)
    assert sorted(rows) == ["ด้านการคุ้มครองช่วยเหลือ", "ด้านนโยบาย"]
    cells = re.findall(r'<td class="cell[^"]*"><a href="([^"]+)">(\d+)</a>', page)
    assert cells
    for target, count in cells:
        assert f"<b>{count}</b> ข้อความ" in visitor.get(target.replace("&amp;", "&")).text


@pytest.mark.parametrize(("rows", "columns"), [("actor", "pillar"), ("pillar", "actor"), ("doc", "actor")])
def test_a_saved_cross_table_has_all_rows_and_columns_though_the_page_shows_some(
    sample_run: Path, rows: str, columns: str
) -> None:
    visitor = Visitor(create_app(sample_run))
    query = f"view=cross&rows={rows}&columns={columns}"
    whole = tipmine.cross(sample_run, rows, columns)
    assert max(whole.shape) > visitor.get(f"/search?{query}").text.count("<th scope=")
    saved = saved_rows(visitor, f"/search.csv?{query}")
    assert (len(saved), len(saved[0])) == (len(whole), len(whole.columns))
    counts = [[int(count) for count in list(row.values())[1:]] for row in saved]
    assert sorted(map(sum, counts)) == sorted(whole.drop(columns=rows).sum(axis=1))


def test_a_cross_table_too_large_for_a_file_is_refused_instead_of_cut(
    desk: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "/search.csv?view=cross&rows=pillar&columns=kind"
    assert len(saved_rows(desk, address)) == 2
    monkeypatch.setattr(downloads, "MOST_CELLS", 5)
    assert desk.get(address).status_code == 400
    assert desk.get("/search?view=cross&rows=pillar&columns=pillar").status_code == 200


@pytest.mark.parametrize("view", ["list", "kwic", "collocates", "cross"])
def test_words_that_are_no_question_are_refused_at_the_box(desk: Visitor, view: str) -> None:
    answer = desk.get("/search", params={"q": "ล่าม -kind:plan", "view": view})
    assert answer.status_code == 400
    assert "ใส่เครื่องหมายลบหน้าตัวกรองไม่ได้ (-kind:plan)" in answer.text
    assert 'value="ล่าม -kind:plan"' in answer.text
    assert desk.get("/search.csv", params={"q": "ล่าม -kind:plan", "view": view}).status_code == 400


@pytest.mark.parametrize(
    ("asked", "message_part"),
    [
        ("ล่าม" * 1_300, "คำค้นยาวเกิน 5,000 ตัวอักษร"),
        (" ".join(f"(ก{n} OR ข{n})" for n in range(12)), "คำค้นมีทางเลือกมากเกินไป"),
    ],
)
def test_a_refusal_is_reported_in_thai_and_says_what_to_do(desk: Visitor, asked: str, message_part: str) -> None:
    for address in ("/search", "/read"):
        answer = desk.get(address, params={"q": asked, "doc": "report.pdf"})
        assert answer.status_code == 400
        assert message_part in answer.text
        assert "ลองแบ่งถามทีละส่วน" in answer.text
        assert "expected" not in answer.text


def test_a_mistyped_value_of_a_facet_is_reported_with_the_values_there_are(desk: Visitor) -> None:
    answer = desk.get("/search", params={"q": "ล่าม pillar:police"})
    assert answer.status_code == 400
    assert "ตัวกรอง pillar ไม่มีค่า “police” ค่าที่ใช้ได้คือ policy, prevention" in answer.text


def test_every_reason_for_a_refusal_has_its_thai_words() -> None:
    sources = [Path(module.__file__).read_text(encoding="utf-8") for module in (language, query)]
    reasons = {code for source in sources for code in re.findall(r'code="(\w+)"', source)}
    assert reasons
    assert reasons <= set(labels.codes("refused"))


def test_doubtful_passages_are_a_filter_that_decisions_change(desk: Visitor) -> None:
    address = "/search?doubtful=yes"
    assert "<b>2</b> ข้อความ" in desk.get(address).text
    assert "มีป้ายควรตรวจ" in desk.get("/search").text
    desk.post("/decide", subject="p-group.docx-0", field="pillar:protection", value="yes")
    assert "<b>1</b> ข้อความ" in desk.get(address).text


def _help(visitor: Visitor) -> list[str]:
    """What the help page tells to type."""
    table = re.search(r'<table id="language">.*?</table>', visitor.get("/help").text, re.DOTALL)
    assert table
    return [html.unescape(code) for code in re.findall(r"<code>(.*?)</code>", table[0])]


def test_the_help_page_and_the_language_name_the_same_ways_of_asking(desk: Visitor) -> None:
    written = [row.split("|")[1] for row in (language.__doc__ or "").splitlines() if row.startswith("| `")]
    assert _help(desk) == [code for cell in written for code in re.findall("`([^`]+)`", cell)]


def test_every_way_of_asking_on_the_help_page_is_understood(desk: Visitor) -> None:
    for asked in _help(desk):
        groups = language.parse(asked)
        letters = [side.letters for group in groups for term in group for side in term.sides()]
        assert letters or language.facets_of(asked), asked
        # An operator that is not understood would be looked for as a word.
        assert not re.search(r'[()"*~:-]|OR|AND|NOT|NEAR', " ".join(letters)), (asked, letters)
        assert desk.get("/search", params={"q": asked}).status_code == 200


def test_every_facet_has_a_name_and_codes_or_an_example() -> None:
    assert sorted(facet_names()) == sorted(FACETS)
    assert all(facet_codes(facet) or labels.label("facet_example", facet) != facet for facet in FACETS)


def test_the_help_page_names_every_filter_that_can_be_typed(desk: Visitor) -> None:
    page = desk.get("/help").text
    assert {facet for facet in FACETS if f"<code>{facet}:</code>" in page} == set(FACETS)
    for group, code in labels.table():
        if group in ("pillar", "kind", "role", "sector", "level", "type", "coverage"):
            assert f"<code>{code}</code>" in page


@pytest.mark.parametrize("asked", ["*", '""', "ฯ", "OR"])
def test_a_question_of_nothing_but_signs_is_refused_in_thai(desk: Visitor, asked: str) -> None:
    for path in ("/search?", "/search.csv?", "/read?doc=report.pdf&"):
        assert desk.get(f"{path}q={quote(asked)}").status_code == 400, path
    page = desk.get("/search", params={"q": asked})
    assert page.status_code == 400
    assert "ในคำค้นไม่มีคำที่ค้นได้" in page.text
