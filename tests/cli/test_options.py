"""Options that do not go together, and what a refused command leaves as it was."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pytest
from click.testing import Result
from typer.testing import CliRunner

from tests.builders import FINDING, write_sample_run, write_texts
from tipmine.cli.main import app
from tipmine.errors import RunError, TipmineError, UsageError
from tipmine.review.listing import local_time
from tipmine.store.decisions import decide
from tipmine.store.query import Query
from tipmine.store.run import Run, create_run
from tipmine.store.saved import save_query, saved_queries


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    with write_sample_run(tmp_path / "run") as run:
        yield run


def invoke(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def refusal(*arguments: str | Path) -> TipmineError:
    error = invoke(*arguments).exception
    assert isinstance(error, UsageError), error
    return error


@pytest.mark.parametrize(
    "options",
    [
        ("query", "ล่าม", "--kwic", "--collocates"),
        ("query", "ล่าม", "--cross", "year,pillar", "--count", "kind"),
        ("query", "--queries", "queries.txt", "--saved-list"),
        ("query", "ล่าม", "--save", "ก", "--reviewer", "สมศรี", "--saved-list"),
        ("report", "--forms", "forms", "--output", "reports"),
        ("repair", "--jsonl", "--explain"),
    ],
)
def test_options_that_ask_for_two_things_are_refused(options: tuple[str, ...]) -> None:
    assert refusal(*options).expected == "one of them"


def test_the_saved_queries_may_be_listed_after_one_was_removed(run: Run) -> None:
    for name in ("ก", "ข"):
        save_query(run.connection, name, Query("ล่าม"), "สมศรี")
    arguments = ("query", "--run", run.folder, "--saved-remove", "ก", "--saved-list", "--format", "json")
    assert [row["name"] for row in json.loads(invoke(*arguments).stdout)] == ["ข"]


def test_the_time_of_a_saved_query_is_local_on_the_terminal_and_as_stored_for_programs(run: Run) -> None:
    at = "2024-03-05T23:30:00.000001+00:00"
    save_query(run.connection, "ก", Query("ล่าม"), "สมศรี", at)
    listed = ("query", "--run", run.folder, "--saved-list")
    assert local_time(at) in invoke(*listed).stdout
    (row,) = json.loads(invoke(*listed, "--format", "json").stdout)
    assert row["at"] == at


@pytest.mark.parametrize(
    "words", [("ล่าม", "-ผู้เสียหาย"), ("-ผู้เสียหาย", "ล่าม"), ("ล่าม", "-(ผู้เสียหาย OR โรงเรียน)"), ("ล่าม", "-DSI", "-ผู้เสียหาย")]
)
def test_a_word_with_a_minus_is_excluded_and_no_option(run: Run, words: tuple[str, ...]) -> None:
    found = json.loads(invoke("query", "--run", run.folder, *words, "--format", "json").stdout)
    assert [row["text"] for row in found] == [FINDING]


@pytest.mark.parametrize("word", ["-online", "-o=online", "-otp"])
def test_a_word_after_a_minus_that_begins_like_the_option_for_a_file_writes_none(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.iterdir())
    found = json.loads(invoke("query", "--run", run.folder, "ล่าม", word, "--format", "json").stdout)
    assert len(found) == 2
    assert set(tmp_path.iterdir()) == before


@pytest.mark.parametrize("more", [("pillar:police",), ("-kind:plan",), ("--cross", "pillar,colour")])
def test_a_query_that_cannot_be_answered_is_not_saved(run: Run, more: tuple[str, ...]) -> None:
    refusal("query", "--run", run.folder, "ล่าม", *more, "--save", "ก", "--reviewer", "สมศรี")
    assert saved_queries(run.connection) == []


def test_a_mistyped_option_is_no_excluded_word(run: Run) -> None:
    assert invoke("query", "--run", run.folder, "ล่าม", "--pilar", "policy").exit_code == 2


@pytest.mark.parametrize(("number", "code"), [("9", 2), ("10", 0)])
def test_fewer_candidates_than_tracing_keeps_are_refused(tmp_path: Path, number: str, code: int) -> None:
    text = tmp_path / "texts.jsonl"
    text.write_text('{"id": "a", "text": "ควรจัดหาล่ามให้แก่ผู้เสียหาย"}\n', encoding="utf-8")
    done = invoke("trace", "--recommendations", text, "--evidence", text, "--candidates", number)
    assert done.exit_code == code


@pytest.mark.parametrize("format_", ["xlxs", "xlsx"])
def test_a_format_that_cannot_be_written_is_refused_before_anything_changes(run: Run, format_: str) -> None:
    save_query(run.connection, "ก", Query("ล่าม"), "สมศรี")
    before = saved_queries(run.connection)
    refusal("query", "--run", run.folder, "--saved-remove", "ก", "--format", format_)
    refusal("query", "--run", run.folder, "ล่าม", "--save", "ข", "--reviewer", "สมศรี", "--format", format_)
    assert saved_queries(run.connection) == before


@pytest.mark.parametrize(
    ("options", "head"),
    [
        (("query", "ไม่มีคำนี้"), "doc,page,kind,pillars,text,id,section,speaker,actors"),
        (("query", "ไม่มีคำนี้", "--kwic"), "left,hit,right,doc,page"),
        (("query", "ไม่มีคำนี้", "--count", "kind"), "facet,value,name,passages"),
        (("query", "--saved-list"), "name,query,reviewer,at"),
        (("review", "list"), "id,subject,field,value,reviewer,at,undone"),
    ],
)
def test_a_csv_without_rows_has_a_head(run: Run, options: tuple[str, ...], head: str) -> None:
    assert invoke(*options, "--run", run.folder, "--format", "csv").stdout.splitlines() == [head]


def test_files_of_one_name_keep_apart_by_their_paths(tmp_path: Path) -> None:
    paths = [tmp_path / "ก" / "plan.txt", tmp_path / "ข" / "plan.txt", tmp_path / "other.txt"]
    for path in paths:
        path.parent.mkdir(exist_ok=True)
        path.write_text("ควรจัดหาล่าม\n", encoding="utf-8")
    docs = [json.loads(line)["doc"] for line in invoke("extract", *paths).stdout.splitlines()]
    assert docs == [paths[0].as_posix(), paths[1].as_posix(), "other.txt"]


def test_a_line_that_is_not_there_is_answered_with_those_that_are(tmp_path: Path) -> None:
    text, word, blank = tmp_path / "a.txt", tmp_path / "a.docx", tmp_path / "blank.txt"
    text.write_text("หนึ่ง\nสอง\f\fสาม\n", encoding="utf-8")
    blank.write_text("\n", encoding="utf-8")
    document = docx.Document()
    document.add_paragraph("หนึ่ง")
    document.save(str(word))

    def answer(path: Path, page: int, line: int) -> tuple[str, str]:
        error = refusal("explain", path, "--page", str(page), "--line", str(line))
        return error.wrong, error.expected

    assert answer(text, 1, 3) == ("there is no line 3 on page 1", "lines 1 to 2")
    assert answer(text, 2, 1) == ("there is no text on page 2", "pages 1 to 3")
    assert answer(word, 1, 2) == ("there is no line 2", "lines 1 to 1")
    assert answer(blank, 1, 1) == ("there is no text on page 1", "a file with text")


def write_many(folder: Path) -> Path:
    with create_run(folder) as run:
        write_texts(run, [("finding", f"ครั้งที่ {number} ขาดล่าม") for number in range(25)])
    return folder


def test_a_file_holds_all_passages_and_the_terminal_says_how_many_more_there_are(tmp_path: Path) -> None:
    run, target = write_many(tmp_path / "run"), tmp_path / "found.csv"
    assert invoke("query", "ล่าม", "--run", run).stdout.startswith("20 of 25 passages; see --limit")
    assert len(json.loads(invoke("query", "ล่าม", "--run", run, "--format", "json").stdout)) == 25
    assert len(json.loads(invoke("query", "ล่าม", "--run", run, "--format", "json", "--limit", "3").stdout)) == 3
    for more in ((), ("--kwic",)):
        assert invoke("query", "ล่าม", "--run", run, *more, "-o", target).exit_code == 0
        assert len(target.read_text(encoding="utf-8-sig").splitlines()) == 1 + 25


def test_a_query_of_a_file_that_finds_nothing_has_a_row_that_says_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "queries.txt").write_text("# คำค้น\nล่าม\n\nเงินเยียวยา\n", encoding="utf-8")
    asked = ("query", "--run", run.folder, "--queries", tmp_path / "queries.txt")
    rows = json.loads(invoke(*asked, "--format", "json", "--limit", "1").stdout)
    assert [(row["query"], row["found"], row["text"] is None) for row in rows] == [
        ("ล่าม", 2, False),
        ("เงินเยียวยา", 0, True),
    ]
    assert "เงินเยียวยา" in invoke(*asked).stdout


def test_the_format_is_the_one_that_the_name_of_the_file_says(run: Run, tmp_path: Path) -> None:
    asked = ("query", "ล่าม", "--run", run.folder)
    invoke(*asked, "-o", tmp_path / "found.xlsx")
    assert openpyxl.load_workbook(tmp_path / "found.xlsx").worksheets[0].max_row == 1 + 2
    invoke(*asked, "-o", tmp_path / "found.json")
    assert len(json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))) == 2
    refusal(*asked, "-o", tmp_path / "found.csv", "--format", "xlsx")
    refusal("review", "export", tmp_path / "review.csv", "--run", run.folder)
    assert sorted(path.name for path in tmp_path.glob("*.*")) == ["found.json", "found.xlsx"]


def test_what_was_removed_is_named(run: Run) -> None:
    save_query(run.connection, "ก", Query("ล่าม"), "สมศรี")
    removed = invoke("query", "--run", run.folder, "--saved-remove", "ก")
    assert (removed.stdout, removed.stderr) == ("", "saved query removed: ก\n")


def test_a_sheet_that_may_be_filled_in_is_not_replaced(run: Run, tmp_path: Path) -> None:
    sheet = tmp_path / "review.xlsx"
    export = ("review", "export", sheet, "--run", run.folder)
    invoke(*export)
    before = sheet.read_bytes()
    refusal(*export)
    assert sheet.read_bytes() == before
    assert invoke(*export, "--force", "--at-random", "0", "--least-sure", "1").exit_code == 0
    assert sheet.read_bytes() != before


def test_actors_and_themes_are_counted_by_their_names(run: Run) -> None:
    asked = ("query", "--run", run.folder)
    counted = json.loads(invoke(*asked, "--count", "theme", "--count", "actor", "--format", "json").stdout)
    assert [(row["value"], row["name"]) for row in counted] == [
        ("t-1", "ไม่มีคนแปล"),
        ("police", "ตำรวจ"),
        ("victims", "ผู้เสียหาย"),
    ]
    table = invoke(*asked, "--count", "theme").stdout
    assert "ไม่มีคนแปล" in table and "t-1" not in table
    crossed = json.loads(invoke(*asked, "--cross", "pillar,actor", "--format", "json").stdout)
    assert crossed[0] == {"pillar": "protection", "ตำรวจ": 1, "ผู้เสียหาย": 1}


@pytest.mark.parametrize(
    ("facet", "value", "known"),
    [
        ("actor", "ตำรวจจจ", "ผู้เสียหาย"),
        ("theme", "T01", "ไม่มีคนแปล"),
        ("doc", "nofile.pdf", "report.pdf"),
        ("province", "x", "จังหวัดสมมติ"),
        ("speaker", "x", "ผู้ให้ข้อมูล 1"),
    ],
)
def test_a_value_that_the_run_does_not_have_is_refused(run: Run, facet: str, value: str, known: str) -> None:
    assert known in refusal("query", "ล่าม", f"--{facet}", value, "--run", run.folder).expected
    refusal("query", f"ล่าม {facet}:{value}", "--run", run.folder)


def test_what_the_run_could_hold_is_an_empty_answer(run: Run) -> None:
    for facet, value in (("actor", "กระทรวงแรงงาน"), ("role", "partner")):
        found = invoke("query", f"--{facet}", value, "--run", run.folder)
        assert (found.exit_code, found.stdout) == (0, "nothing found\n")


def test_values_may_be_given_in_the_words_of_the_desk(run: Run) -> None:
    found = json.loads(
        invoke("query", "--pillar", "คุ้มครอง", "--kind", "ข้อค้นพบ", "--run", run.folder, "--format", "json").stdout
    )
    assert [row["text"] for row in found] == [FINDING]


@pytest.mark.parametrize("name", ["found.pdf", "found.docx", "found.tsv"])
def test_a_table_is_not_written_under_the_name_of_another_kind_of_file(run: Run, tmp_path: Path, name: str) -> None:
    message = refusal("query", "ล่าม", "--run", run.folder, "-o", tmp_path / name)
    assert ".csv, .json, .xlsx or .txt" in str(message)
    assert not (tmp_path / name).exists()
    invoke("query", "ล่าม", "--run", run.folder, "-o", tmp_path / name, "--format", "csv")
    assert (tmp_path / name).read_text(encoding="utf-8-sig").startswith("doc,")


@pytest.mark.parametrize(
    ("command", "ending"),
    [(("query", "ล่าม", "-o"), "csv"), (("query", "ล่าม", "-o"), "xlsx"), (("review", "export"), "xlsx")]
    + [(("export", f"--{kind}"), kind) for kind in ("csv", "qdpx", "qdc", "parquet", "jsonld")],
)
def test_no_command_makes_the_folder_of_a_file(run: Run, tmp_path: Path, command: tuple[str, ...], ending: str) -> None:
    place = tmp_path / "typo" / f"x.{ending}"
    result = invoke(*command, place, "--run", run.folder)
    assert isinstance(result.exception, RunError), result.output
    assert "there is no such folder" in str(result.exception)
    assert not place.parent.exists()


def test_a_folder_for_reports_is_made(run: Run, tmp_path: Path) -> None:
    invoke("report", "--run", run.folder, "-o", tmp_path / "new" / "reports")
    invoke("report", "--run", run.folder, "--forms", tmp_path / "forms")
    assert (tmp_path / "new" / "reports" / "report.html").is_file() and (tmp_path / "forms").is_dir()


def test_a_concordance_on_the_terminal_has_no_page_for_word_files(run: Run) -> None:
    run.connection.execute("UPDATE passages SET page = 0, lines = '[]' WHERE doc = 'report.pdf'")
    asked = ("query", "ล่าม", "--kwic", "--run", run.folder)
    lines = invoke(*asked).stdout.splitlines()
    assert lines[0].split() == ["2", "passages"] and not [line for line in lines if line.rstrip().endswith(" 0")]
    assert [row["page"] for row in json.loads(invoke(*asked, "--format", "json").stdout)] == [0, 0]
    assert invoke("query", "รณรงค์", "--run", run.folder).stdout.startswith("1 passage ")


def test_decisions_on_the_terminal_take_few_lines_however_long_the_titles_are(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    title = "รายงานผลการติดตามสถานการณ์การค้ามนุษย์ จังหวัดสมมตินคร ประจำปีงบประมาณ พ.ศ. 2567 ฉบับสมบูรณ์"
    run.connection.execute("UPDATE documents SET title = ?", (title,))
    for code in ("policy", "protection"):
        decide(run.connection, "p-report.pdf-0", f"pillar:{code}", "yes", "สมศรี")
    assert len(invoke("review", "list", "--run", run.folder).stdout.splitlines()) <= 2 + 2 * 4
