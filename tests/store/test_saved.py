"""Queries that people keep: under a name, with who and when, through reruns, on every surface."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

import tipmine
from tests.builders import FINDING, INTERPRETERS, SPOKEN, write_sample_run
from tipmine.cli.main import app
from tipmine.errors import UsageError
from tipmine.store import records_io as io
from tipmine.store.language import closed, facets_of
from tipmine.store.query import Query, index_values, narrowed, search
from tipmine.store.run import Run, open_run
from tipmine.store.saved import remove_query, save_query, saved_queries, saved_query, written

ASKED = Query("ล่าม OR คนแปลภาษา", {"pillar": ["protection"]})


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    with write_sample_run(tmp_path / "run") as opened:
        yield opened


def texts(run: Run, query: Query) -> set[str]:
    return {hit.passage.text for hit in search(run, query).hits}


def called(run: Run, *arguments: str) -> str:
    result = CliRunner().invoke(app, ["query", "--run", str(run.folder), *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_saved_query_comes_back_with_who_and_when_and_finds_the_same(run: Run) -> None:
    save_query(run.connection, "  ล่าม   ทั้งหมด ", ASKED, "สมศรี", "2026-01-02T03:04:05+00:00")
    (kept,) = saved_queries(run.connection)
    assert (kept.name, kept.reviewer, kept.at) == ("ล่าม ทั้งหมด", "สมศรี", "2026-01-02T03:04:05+00:00")
    assert texts(run, kept.query()) == texts(run, ASKED) == {INTERPRETERS, FINDING, SPOKEN}


def test_the_same_name_again_takes_the_place_of_the_older_query(run: Run) -> None:
    save_query(run.connection, "ล่าม", ASKED, "สมศรี")
    save_query(run.connection, "ล่าม", Query("รณรงค์"), " สมศรี ")
    assert [(kept.text, kept.reviewer) for kept in saved_queries(run.connection)] == [("รณรงค์", "สมศรี")]


def test_a_colleagues_query_is_replaced_only_on_purpose(run: Run) -> None:
    save_query(run.connection, "ล่าม", ASKED, "สมศรี")
    with pytest.raises(UsageError, match=r"is the name of a query that สมศรี saved: ล่าม.*; do: add --replace"):
        save_query(run.connection, " ล่าม ", Query("รณรงค์"), "มานะ")
    arguments = ["query", "--run", str(run.folder), "รณรงค์", "--save", "ล่าม", "--reviewer", "มานะ"]
    assert isinstance(CliRunner().invoke(app, arguments).exception, UsageError)
    assert [(kept.text, kept.reviewer) for kept in saved_queries(run.connection)] == [(ASKED.text, "สมศรี")]
    assert CliRunner().invoke(app, [*arguments, "--replace"]).exit_code == 0
    assert [(kept.text, kept.reviewer) for kept in saved_queries(run.connection)] == [("รณรงค์", "มานะ")]
    tipmine.save_query(run.folder, "ล่าม", "ตำรวจ", reviewer="สมศรี", replace=True)
    assert [(kept.text, kept.reviewer) for kept in saved_queries(run.connection)] == [("ตำรวจ", "สมศรี")]


def test_a_removed_query_is_gone_and_a_missing_name_is_said_with_those_there_are(run: Run) -> None:
    save_query(run.connection, "ก", ASKED, "สมศรี")
    save_query(run.connection, "ข", ASKED, "สมศรี")
    assert remove_query(run.connection, "ก").text == ASKED.text
    with pytest.raises(UsageError, match="no saved query has this name; expected: ข"):
        saved_query(run.connection, "ก")


@pytest.mark.parametrize(
    ("name", "query", "reviewer"),
    [
        (" ", ASKED, "สมศรี"),
        ("ก" * 81, ASKED, "สมศรี"),
        ("ก\x00", ASKED, "สมศรี"),
        ("ก", ASKED, " "),
        ("ก", Query("  "), "สมศรี"),
        ("ก", Query("", {"colour": ["red"]}), "สมศรี"),
        ("ก", Query("ล่าม", {"pillar": ["police"]}), "สมศรี"),
        ("ก", Query("ล่าม pillar:police"), "สมศรี"),
        ("ก", Query("ล่าม -pillar:policy"), "สมศรี"),
        ("ก", Query(" ".join(f"(a{n} OR b{n})" for n in range(12))), "สมศรี"),
    ],
)
def test_what_cannot_be_meant_is_not_kept(run: Run, name: str, query: Query, reviewer: str) -> None:
    with pytest.raises(UsageError):
        save_query(run.connection, name, query, reviewer)
    assert saved_queries(run.connection) == []


def test_saved_queries_outlive_new_records(run: Run) -> None:
    save_query(run.connection, "ล่าม", ASKED, "สมศรี")
    with run.transaction():
        run.connection.execute("DELETE FROM documents")
        io.write_themes(run.connection, run.themes())
    with open_run(run.folder) as again:
        assert [kept.name for kept in saved_queries(again.connection)] == ["ล่าม"]
        assert again.passages() == []


def test_a_run_made_before_there_were_saved_queries_is_brought_up_to_date(run: Run) -> None:
    run.connection.execute("DROP TABLE saved_queries")
    run.connection.execute("DELETE FROM migrations WHERE name = 'm002_saved_queries'")
    with open_run(run.folder) as again:
        assert saved_queries(again.connection) == []


def test_narrowing_binds_the_alternatives_of_the_saved_query(run: Run) -> None:
    both = narrowed(ASKED, Query("ผู้เสียหาย", {"kind": ["recommendation"]}, limit=7))
    assert texts(run, both) == {INTERPRETERS}
    assert (both.limit, both.filters) == (7, {"pillar": ["protection"], "kind": ["recommendation"]})
    assert narrowed(Query(), ASKED) == ASKED


@pytest.mark.parametrize("asked", ["1) ล่าม OR ขาด", '"ล่าม OR ขาด', "(ล่าม OR ขาด", "-(ล่าม OR (ขาด"])
@pytest.mark.parametrize("more", ["ผู้เสียหาย", '"ผู้เสียหาย', "ผู้เสียหาย) (ตำรวจ", '"สถานีตำรวจ" OR ผู้เสียหาย'])
def test_narrowing_finds_what_both_find_whatever_brackets_and_quotation_marks_are_missing(
    run: Run, asked: str, more: str
) -> None:
    both = texts(run, Query(asked)) & texts(run, Query(more))
    assert texts(run, narrowed(Query(asked), Query(more))) == both
    assert texts(run, narrowed(Query(more), Query(asked))) == both


def test_a_quotation_mark_without_its_end_does_not_take_in_the_values_written_after_it(run: Run) -> None:
    asked = Query('"คนแปลภาษา', {"speaker": ["ผู้ให้ข้อมูล 1"]})
    assert texts(run, Query(written(asked.text, asked.filters))) == texts(run, asked) == {SPOKEN}


def test_a_query_is_written_so_that_the_search_box_reads_it_again(run: Run) -> None:
    filters = {"speaker": ["ผู้ให้ข้อมูล 1"], "kind": ["utterance"]}
    assert texts(run, Query(written("", filters))) == texts(run, Query("", filters)) == {SPOKEN}


@pytest.mark.parametrize(
    "speaker", ['นาย "ก"', '"ก"', 'ก"', '"', "ก \\", "\\\\ ก", 'ก \\"', "ก\\ข", "(ก)", "ก\u00a0ข", "ล่าม"]
)
def test_a_chosen_value_reads_back_as_it_was_whatever_signs_are_in_it(speaker: str) -> None:
    filters = {"speaker": [speaker], "doc": ["a b.pdf"]}
    assert facets_of(written('"ล่าม"', filters)) == filters
    assert facets_of(closed(written("", filters))) == filters


def test_the_command_saves_lists_asks_and_removes(run: Run) -> None:
    asked = ("ล่าม", "--pillar", "protection", "--year", "2024", "--format", "json")
    found = json.loads(called(run, *asked, "--save", "ล่าม 67", "--reviewer", "สมศรี"))
    assert found == json.loads(called(run, "--saved", "ล่าม 67", "--format", "json"))
    assert json.loads(called(run, "ผู้เสียหาย", "--saved", "ล่าม 67", "--format", "json"))[0]["text"] == INTERPRETERS
    (row,) = json.loads(called(run, "--saved-list", "--format", "json"))
    assert (row["name"], row["query"], row["reviewer"]) == ("ล่าม 67", "ล่าม pillar:protection year:2567", "สมศรี")
    assert json.loads(called(run, "--saved-remove", "ล่าม 67", "--saved-list", "--format", "json")) == []
    result = CliRunner().invoke(app, ["query", "--run", str(run.folder), "ล่าม", "--save", "x"])
    assert isinstance(result.exception, UsageError) and "reviewer" in str(result.exception)


def test_python_has_the_same(run: Run) -> None:
    tipmine.save_query(run.folder, "ล่าม 67", "ล่าม", reviewer="สมศรี", pillar="protection", year="2024")
    assert saved_query(run.connection, "ล่าม 67").filters == {
        facet: tuple(values)
        for facet, values in index_values(run, {"pillar": ["protection"], "year": ["2567"]}).items()
    }
    frame = tipmine.query(run.folder, saved="ล่าม 67")
    for year in ("2567", 2567, [2024, "2567"]):
        assert frame.equals(tipmine.query(run.folder, "ล่าม", pillar="protection", year=year))
    assert len(frame) == 2
    assert list(tipmine.saved_queries(run.folder)["name"]) == ["ล่าม 67"]
    tipmine.remove_query(run.folder, "ล่าม 67")
    assert list(tipmine.saved_queries(run.folder).columns) == ["name", "query", "reviewer", "at"]
    assert tipmine.saved_queries(run.folder).empty
