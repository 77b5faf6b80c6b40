from __future__ import annotations

import csv
import errno
import io
import json
import re
import threading
from pathlib import Path
from urllib.parse import unquote, urlencode

import openpyxl
import pytest

from tests.builders import CAMPAIGN, INTERPRETERS, SPOKEN, passage, tagging
from tests.report.books import REGISTER, type_in
from tests.web.conftest import Visitor
from tipmine.report import write_reports
from tipmine.report.files import WORKBOOK
from tipmine.store import index
from tipmine.store import records_io as io_
from tipmine.store.database import write_lock
from tipmine.store.decisions import decide
from tipmine.store.entries import rebuild_index
from tipmine.store.run import INDEX, Run, open_run
from tipmine.store.terms import synonyms
from tipmine.tokenize import words
from tipmine.web import create_app

REC = "p-report.pdf-0"
TURN = "p-group.docx-0"
PAGES = [
    "/",
    "/search",
    "/search?q=ล่าม",
    "/search?q=ล่าม&view=kwic&sort=left",
    "/search?view=kwic",
    "/search?view=cross&rows=pillar&columns=actor",
    "/read?doc=report.pdf",
    "/read?doc=report.pdf&page=1&passage=p-report.pdf-0&q=ล่าม&show=raw",
    "/read?doc=group.docx",
    "/themes",
    "/themes/t-1",
    "/trace",
    "/trace?view=matrix",
    "/trace?view=matrix&holes=1",
    "/trace?view=heat",
    "/trace?view=gaps",
    "/trace?coverage=none&pillar=prevention",
    f"/trace/{REC}",
    "/agencies",
    "/review",
    "/review?queue=second",
    "/review?queue=conflicts",
    "/review?queue=history",
    "/help",
    "/name",
]


@pytest.mark.parametrize("address", PAGES)
def test_every_view_has_an_address_that_opens_it(desk: Visitor, address: str) -> None:
    answer = desk.get(address)
    assert answer.status_code == 200
    assert '<html lang="th">' in answer.text
    assert "http://" not in answer.text.replace("http://www.w3.org/", "")


@pytest.mark.parametrize("address", PAGES)
def test_pages_hold_no_inline_script_style_or_handler(desk: Visitor, address: str) -> None:
    text = desk.get(address).text
    assert "<script>" not in text and "<style" not in text
    assert " style=" not in text and " onclick=" not in text and "javascript:" not in text


@pytest.mark.parametrize(
    "address",
    [
        "/nothing",
        "/passage/p-unknown",
        "/read?doc=unknown.pdf",
        "/read",
        "/read?doc=report.pdf&page=9",
        "/read?doc=report.pdf&page=x",
        "/themes/t-9",
        "/trace/p-unknown",
        "/agencies?agency=ไม่มี",
        "/picture?doc=report.pdf&page=1",
        "/search.exe?q=a",
        "/agencies.json",
        "/report.pdf",
    ],
)
def test_what_the_run_does_not_have_is_said_to_be_missing(desk: Visitor, address: str) -> None:
    answer = desk.get(address)
    assert answer.status_code == 404
    assert "ไม่พบหน้านี้" in answer.text


def test_a_search_shows_hits_with_marks_and_where_they_stand(desk: Visitor) -> None:
    text = desk.get("/search?q=ล่าม").text
    assert '<mark class="hit">ล่าม</mark>' in text
    assert "<b>2</b> ข้อความ" in text
    assert "รายงานสมมติ หน้า 1" in text


def test_the_box_of_the_page_takes_the_whole_language(desk: Visitor) -> None:
    def ids(asked: str, **chosen: str) -> set[str]:
        return set(re.findall(r"/passage/(p-[\w.-]+)", desk.get("/search", params={"q": asked, **chosen}).text))

    assert ids("pillar:prevention") == {"p-report.pdf-1"}
    assert ids("~ล่าม year:2023") == {"p-group.docx-0"}
    assert ids("สถานีตำรวจ NEAR/1 ล่าม") == {"p-report.pdf-2"}
    assert ids("kind:finding", kind="utterance") == set()


def test_filters_narrow_the_results_and_alternatives_keep_their_counts(desk: Visitor) -> None:
    text = desk.get("/search?kind=utterance").text
    assert "<b>1</b> ข้อความ" in text
    assert "ไม่มีคนแปลภาษา" in text
    # The other kinds are still offered with what they would add.
    assert "<span>ข้อเสนอแนะ</span> <small>2</small>" in text


def test_the_reader_lights_the_passage_and_marks_its_tags(desk: Visitor) -> None:
    answer = desk.get(f"/passage/{REC}")
    assert answer.status_code == 303
    text = desk.get(answer.headers["location"]).text
    assert f'id="{REC}" class="passage kind-recommendation chosen"' in text
    assert "actor role-addressee" in text
    assert "ด้านการคุ้มครองช่วยเหลือ" in text


def test_raw_text_shows_letters_that_no_font_has_as_code_points(folder: Path, run: Run) -> None:
    raw = "ตำรวจ" + chr(0xF70A)
    run.connection.execute("UPDATE lines SET raw = ? WHERE doc = 'report.pdf' AND line = 1", (raw,))
    text = Visitor(create_app(folder)).get("/read?doc=report.pdf&show=raw").text
    assert '<mark class="code">U+F70A</mark>' in text


def test_a_download_holds_what_the_filters_allow_and_nothing_else(desk: Visitor) -> None:
    answer = desk.get("/search.csv?q=ล่าม&kind=recommendation")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["ข้อความ"] for row in rows] == [INTERPRETERS]
    assert rows[0]["หน้า"] == "1"
    assert rows[0]["ที่อยู่"] == f"http://127.0.0.1:8470/passage/{REC}"
    assert "attachment" in answer.headers["content-disposition"]


def test_the_spreadsheet_of_key_words_is_the_page(desk: Visitor) -> None:
    answer = desk.get("/search.xlsx?q=ล่าม&view=kwic&sort=left")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    cells = [str(value) for row in sheet.iter_rows(values_only=True) for value in row]
    assert cells.count("ล่าม") == 2


def test_an_agency_has_its_recommendations(desk: Visitor) -> None:
    text = desk.get("/agencies?agency=ตำรวจ").text
    assert f'href="/trace/{REC}"' in text
    assert CAMPAIGN not in text


def test_an_agency_gets_its_form_as_a_word_file(desk: Visitor) -> None:
    import docx

    answer = desk.get("/agencies.docx?agency=ตำรวจ")
    cells = [cell.text for row in docx.Document(io.BytesIO(answer.content)).tables[0].rows for cell in row.cells]
    assert any(INTERPRETERS in text for text in cells)
    assert not any(CAMPAIGN in text for text in cells)
    assert desk.get("/agencies.docx").status_code == 404


def test_a_saved_file_bears_the_name_of_the_agency_and_a_plain_one_beside_it(desk: Visitor) -> None:
    header = desk.get("/agencies.docx?agency=ตำรวจ").headers["content-disposition"]
    plain, _, thai = header.partition("; filename*=UTF-8''")
    assert unquote(thai) == "แบบติดตาม-ตำรวจ.docx"
    assert plain.isascii() and plain.endswith('.docx"')


@pytest.mark.parametrize(("format_", "begin"), [("html", b"<!"), ("xlsx", b"PK"), ("docx", b"PK"), ("qdpx", b"PK")])
def test_reports_are_saved_files(desk: Visitor, format_: str, begin: bytes) -> None:
    answer = desk.get(f"/report.{format_}")
    assert answer.content.lower().startswith(begin.lower())
    assert answer.headers["content-disposition"].startswith("attachment")


def test_the_report_knows_the_decisions_made_so_far(desk: Visitor) -> None:
    before = desk.get("/report.html").text
    desk.post("/decide", subject="t-1", field="label", value="ขาดล่ามยามดึก")
    after = desk.get("/report.html").text
    assert "ขาดล่ามยามดึก" not in before
    assert "ขาดล่ามยามดึก" in after


def test_the_workbook_has_what_people_typed_into_the_run_s_own_since_the_last_time(desk: Visitor, folder: Path) -> None:
    def typed() -> str:
        content = io.BytesIO(desk.get("/report.xlsx").content)
        return str([row[-1].value for row in openpyxl.load_workbook(content)[REGISTER].iter_rows()])

    with open_run(folder) as run:
        path = write_reports(run)["xlsx"]
    assert "ถามแล้ว" not in typed()
    type_in(path, {(CAMPAIGN, "†หมายเหตุ"): "ถามแล้ว"})
    assert "ถามแล้ว" in typed()


def test_a_download_writes_nothing_into_the_run_even_where_its_workbook_is_damaged(desk: Visitor, folder: Path) -> None:
    (folder / WORKBOOK).write_bytes(b"not a workbook")
    assert desk.get("/report.xlsx").content.startswith(b"PK")
    assert [path.name for path in folder.glob("*.xlsx")] == [WORKBOOK]


def test_cells_of_a_download_are_never_formulas(folder: Path, run: Run) -> None:
    evil = '=HYPERLINK("x") ล่าม'
    _add(run, evil)
    rows = Visitor(create_app(folder)).get("/search.csv?q=ล่าม").content.decode("utf-8-sig")
    assert evil not in [row["ข้อความ"] for row in csv.DictReader(io.StringIO(rows))]
    assert "'=HYPERLINK" in rows


def test_markup_in_documents_is_shown_and_never_run(folder: Path, run: Run) -> None:
    evil = '<script>alert(1)</script> ล่าม "><img src=x onerror=alert(1)>'
    key = _add(run, evil)
    run.connection.execute("UPDATE documents SET title = ?", (evil,))
    run.connection.execute("UPDATE themes SET label = ?", (evil,))
    visitor = Visitor(create_app(folder))
    for address in (*PAGES, f"/read?doc=report.pdf&passage={key}", f"/search?q={evil}"):
        text = visitor.get(address).text
        assert "<script>alert" not in text and "<img" not in text, address
    assert "&lt;script&gt;" in visitor.get("/search?q=ล่าม").text


def test_a_document_with_very_many_passages_is_shown_in_parts(folder: Path, run: Run) -> None:
    many = [passage("report.pdf", i, "finding", f"ข้อความลำดับที่ {i}") for i in range(150)]
    with run.transaction():
        io_.write_passages(run.connection, "report.pdf", many, [words(p.text) for p in many])
        io_.write_taggings(run.connection, [tagging(p, {}) for p in many])
    visitor = Visitor(create_app(folder))
    assert "ส่วนที่ 1 จาก 3" in visitor.get("/read?doc=report.pdf").text
    assert "ข้อความลำดับที่ 149<" in visitor.get("/read?doc=report.pdf&passage=p-report.pdf-149").text


def test_an_empty_run_opens_every_page(tmp_path: Path) -> None:
    from tipmine.store.run import create_run

    with create_run(tmp_path / "run") as empty:
        rebuild_index(empty)
    visitor = Visitor(create_app(tmp_path / "run"))
    for address in ("/", "/search", "/search?q=x&view=kwic", "/search?view=cross", "/themes", "/trace", "/agencies"):
        assert visitor.get(address).status_code == 200, address
    for address in ("/trace?view=matrix", "/trace?view=heat", "/trace?view=gaps", "/review", "/search.csv?q=x"):
        assert visitor.get(address).status_code == 200, address


def test_without_recommendations_nothing_is_said_to_lack_one(folder: Path, run: Run) -> None:
    for subject in ("p-report.pdf-0", "p-report.pdf-1"):
        decide(run.connection, subject, "kind", "other", "สมศรี")
    visitor = Visitor(create_app(folder))
    for address in ("/trace", "/trace?view=matrix"):
        assert "ชุดงานนี้ไม่มีข้อเสนอแนะ" in visitor.get(address).text
    for address in ("/themes", "/themes/t-1"):
        page = visitor.get(address).text
        assert "ชุดงานนี้ไม่มีข้อเสนอแนะ" in page
        assert "coverage-none" not in page


def test_a_search_waits_for_an_index_that_is_just_being_replaced(desk: Visitor, folder: Path) -> None:
    away = (folder / INDEX).rename(folder / "away")
    with write_lock(folder):
        timer = threading.Timer(0.15, away.rename, (folder / INDEX,))
        timer.start()
        answer = desk.get("/search?q=ล่าม")
        timer.join()
    assert answer.status_code == 200
    assert "<b>2</b> ข้อความ" in answer.text


def test_an_empty_answer_names_other_ways_of_saying_it(desk: Visitor) -> None:
    page = desk.get("/search?q=ล่าม&kind=plan").text
    assert synonyms("ล่าม")[0] in page
    assert urlencode({"q": "~ล่าม"}) in page


def test_a_database_that_fails_is_said_in_thai_with_the_detail_for_whoever_keeps_it(desk: Visitor, run: Run) -> None:
    run.connection.execute("DROP TABLE decisions")
    answer = desk.get("/search")
    assert answer.status_code == 503
    assert "อ่านหรือบันทึกชุดงานไม่ได้" in answer.text
    assert "no such table: decisions" in answer.text


def test_the_page_picture_belongs_to_the_file_that_was_read(tmp_path: Path, sample_corpus: Path) -> None:
    from tests.builders import write_sample_run
    from tipmine.ids import file_sha256

    corpus = tmp_path / "corpus"
    (corpus / "documents").mkdir(parents=True)
    pdf = corpus / "documents" / "report.pdf"
    pdf.write_bytes((sample_corpus / "documents" / "letter-2567.pdf").read_bytes())
    run = write_sample_run(tmp_path / "run")
    run.connection.execute("UPDATE documents SET sha256 = ? WHERE doc = 'report.pdf'", (file_sha256(pdf),))
    run.close()
    (tmp_path / "run" / "run.json").write_text(json.dumps({"corpus": str(corpus)}), encoding="utf-8")
    visitor = Visitor(create_app(tmp_path / "run"))
    picture = visitor.get("/picture?doc=report.pdf&page=1&width=700")
    assert picture.status_code == 200
    assert picture.content.startswith(b"\x89PNG")
    assert "<image href=" in visitor.get("/read?doc=report.pdf").text
    pdf.write_bytes(pdf.read_bytes() + b"\n% changed")
    assert visitor.get("/picture?doc=report.pdf&page=1&width=700").status_code == 404
    reader = visitor.get("/read?doc=report.pdf").text
    assert "<image href=" not in reader
    assert "report.pdf</code> เปลี่ยนไปหลังจากที่ระบบอ่าน" in reader
    pdf.unlink()
    assert "ไม่พบไฟล์ <code>report.pdf" in visitor.get("/read?doc=report.pdf").text


def test_a_reader_without_a_corpus_says_what_to_do(desk: Visitor) -> None:
    assert "tipmine serve --corpus" in desk.get("/read?doc=report.pdf").text


@pytest.mark.parametrize("text", ["a:b", "\u0e31", "%00", "a" * 2000, '"*"', "a OR"])
def test_odd_questions_are_answered(desk: Visitor, text: str) -> None:
    for view in ("list", "kwic", "cross"):
        assert desk.get("/search", params={"q": text, "view": view}).status_code == 200


@pytest.mark.parametrize("text", ['"', "-", "OR", "*", "(("])
def test_questions_with_nothing_to_search_for_are_refused(desk: Visitor, text: str) -> None:
    for view in ("list", "kwic", "cross"):
        assert desk.get("/search", params={"q": text, "view": view}).status_code == 400


def test_odd_numbers_in_addresses_are_taken_as_the_first_page(desk: Visitor) -> None:
    for page in ("0", "-1", "x", "9999999999", "\u0e52"):
        assert desk.get("/search", params={"page": page}).status_code == 200


def _add(run: Run, text: str) -> str:
    more = passage("report.pdf", 7, "finding", text)
    known = run.passages(doc="report.pdf")
    with run.transaction():
        io_.write_passages(run.connection, "report.pdf", [*known, more], [words(p.text) for p in (*known, more)])
        io_.write_taggings(run.connection, [tagging(p, {"protection": 0.9}) for p in (*known, more)])
    with open_run(run.folder) as again:
        rebuild_index(again)
    return more.id


def test_the_fictional_turn_is_searched_by_its_speaker(desk: Visitor) -> None:
    assert SPOKEN[:10] in desk.get("/search", params={"speaker": "ผู้ให้ข้อมูล 1"}).text


def test_a_document_without_pages_shows_no_page_number(folder: Path) -> None:
    with open_run(folder) as run:
        run.connection.execute("PRAGMA foreign_keys = OFF")
        run.connection.execute("UPDATE pages SET page = 0 WHERE doc = 'group.docx'")
        run.connection.execute("UPDATE lines SET page = 0 WHERE doc = 'group.docx'")
        run.connection.execute(
            """UPDATE passages SET lines = replace(lines, '[[1,', '[[0,') WHERE doc = 'group.docx'"""
        )
    answer = Visitor(create_app(folder)).get("/read?doc=group.docx")
    assert answer.status_code == 200
    assert "หน้า 0" not in answer.text and 'aria-label="หน้าของเอกสาร"' not in answer.text
    assert 'name="page"' not in answer.text
    assert "ไม่มีคนแปลภาษา" in answer.text


def test_a_full_disk_leaves_the_desk_searching(desk: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.post("/decide", subject="p-report.pdf-0", field="pillar:partnership", value="yes")
    tries = []

    def full(*_args: object, **_more: object) -> None:
        tries.append(1)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(index, "index_words", full)
    for _ in range(3):
        assert desk.get("/search?pillar=protection").status_code == 200
    assert len(tries) == 1, "tried again at every search"
