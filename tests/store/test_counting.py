"""Counts over an answer, and that every way out of a run gives the same answer."""

from __future__ import annotations

import csv
import inspect
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency
from typer.testing import CliRunner

import tipmine
from tests.builders import write_sample_run
from tipmine.cli.main import app
from tipmine.cli.query import FACETS_HELP, query
from tipmine.cli.tables import print_table
from tipmine.errors import UsageError
from tipmine.store import index
from tipmine.store.counting import collocates, cross, in_order, log_likelihood
from tipmine.store.decisions import decide
from tipmine.store.entries import rebuild_index
from tipmine.store.index import FACETS
from tipmine.store.query import COLUMNS, Query, answer_rows, concordance, search
from tipmine.store.run import INDEX, Run


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    with write_sample_run(Path(tmp_path_factory.mktemp("counting")) / "run") as opened:
        yield opened


def called(run: Run, *arguments: str | Path) -> str:
    result = CliRunner().invoke(app, ["query", "--run", str(run.folder), *map(str, arguments)])
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize(("near", "near_all", "total", "total_all"), [(10, 100, 20, 1000), (3, 50, 3, 900)])
def test_log_likelihood_is_that_of_scipy(near: int, near_all: int, total: int, total_all: int) -> None:
    table = [[near, near_all - near], [total - near, total_all - near_all - total + near]]
    wanted = chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
    assert log_likelihood(near, near_all, total, total_all) == pytest.approx(wanted)


def test_collocates_stand_near_the_hits_and_are_never_the_hits(run: Run) -> None:
    found = collocates(run, Query("ตำรวจ OR สถานีตำรวจ"))
    assert {row.word: (row.near, row.total) for row in found}["ล่าม"] == (2, 2)
    assert not {"ตำรวจ", "สถานีตำรวจ"} & {row.word for row in found}
    assert collocates(run, Query("ตำรวจ OR สถานีตำรวจ"), window=1) == []
    assert collocates(run, Query("")) == []


def test_two_facets_are_counted_against_each_other(run: Run) -> None:
    assert cross(run, Query(""), "pillar", "kind") == {
        "protection": {"finding": 1, "recommendation": 1, "utterance": 1},
        "prevention": {"recommendation": 1},
    }
    assert cross(run, Query("", {"pillar": ["prevention"]}), "pillar", "actor") == {"prevention": {}}


def test_chosen_values_are_the_only_ones_in_rows_and_columns(run: Run) -> None:
    asked = Query("", {"actor": ["police"], "kind": ["recommendation", "plan"]})
    assert cross(run, asked, "actor", "kind") == {"police": {"recommendation": 1}}
    assert cross(run, asked, "kind", "actor") == {"recommendation": {"police": 1}}
    assert cross(run, Query("actor:ตำรวจ"), "actor", "kind") == {"police": {"recommendation": 1}}
    assert cross(run, Query("kind:plan", {"kind": ["finding"]}), "kind", "year") == {}


def test_a_facet_against_itself_shows_what_goes_with_the_chosen_value(run: Run) -> None:
    assert cross(run, Query("", {"actor": ["police"]}), "actor", "actor") == {"police": {"police": 1, "victims": 1}}


@given(st.sampled_from(FACETS), st.sampled_from(FACETS), st.sampled_from(["", "ล่าม", '"ล่าม"', "-ล่าม"]))
def test_rows_and_columns_change_places_and_no_cell_exceeds_the_answer(
    run: Run, rows: str, columns: str, text: str
) -> None:
    counts = search(run, Query(text, facets=(rows, columns))).counts
    straight = cross(run, Query(text), rows, columns)
    cells = {(row, column): n for row, line in straight.items() for column, n in line.items()}
    turned = cross(run, Query(text), columns, rows)
    assert cells == {(row, column): n for column, line in turned.items() for row, n in line.items()}
    assert all(n <= min(counts[rows][row], counts[columns][column]) for (row, column), n in cells.items())


def test_a_table_of_very_many_cells_is_whole(tmp_path: Path) -> None:
    made = (index.Entry(str(n), ["x"], {"doc": [f"d{n % 300}"], "speaker": [f"s{n // 300}"]}) for n in range(75_000))
    assert index.build_index(tmp_path / "index", made) == 75_000
    cells = index.Index(tmp_path / "index").cross([], {}, "doc", "speaker")
    assert len(cells) == 300
    assert all(row == {f"s{n}": 1 for n in range(250)} for row in cells.values())


def test_over_years_and_provinces_years_rise(run: Run) -> None:
    assert in_order({"2567": 3, "2566": 1, "2570": 9}) == ["2566", "2567", "2570"]
    assert in_order({"a": 1, "b": 2, "c": 2}) == ["b", "c", "a"]
    assert list(cross(run, Query(""), "year", "pillar")) == ["2566", "2567"]
    assert cross(run, Query(""), "province", "year") == {
        "จังหวัดสมมติ": {"2567": 3},
        "จังหวัดตัวอย่าง": {"2566": 1},
    }


def ways_out(run: Run, folder: Path, *asked: str) -> list[dict[str, str]]:
    """The rows of a question as JSON, after checking that CSV and XLSX have the same."""
    rows = json.loads(called(run, *asked, "--format", "json"))
    as_text = [{name: str(value) for name, value in row.items()} for row in rows]
    called(run, *asked, "--format", "csv", "-o", folder / "a.csv")
    content = (folder / "a.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")))) == as_text
    called(run, *asked, "--format", "xlsx", "-o", folder / "a.xlsx")
    (heads, *cells) = openpyxl.load_workbook(folder / "a.xlsx").worksheets[0].iter_rows(values_only=True)
    assert [
        {name: "" if value is None else str(value) for name, value in zip(heads, row, strict=True)} for row in cells
    ] == as_text
    return as_text


def test_every_way_out_gives_the_same_answer(run: Run, tmp_path: Path) -> None:
    wanted = answer_rows(search(run, Query("ล่าม", {"pillar": ["protection"]})))
    assert len(wanted) == 2
    found = ways_out(run, tmp_path, "ล่าม", "--pillar", "protection")
    assert found == [{name: str(value) for name, value in row.items()} for row in wanted]
    frame = tipmine.query(run.folder, "ล่าม", pillar=["protection"])
    assert frame.to_dict("records") == wanted
    assert tipmine.query(run.folder, "ล่าม", pillar="protection").equals(frame)


@pytest.mark.parametrize("side", ["left", "right"])
def test_key_words_in_context_are_sorted_alike_in_every_way_out(run: Run, tmp_path: Path, side: str) -> None:
    found = ways_out(run, tmp_path, "ล่าม OR ตำรวจ", "--kwic", "--sort", side)
    assert [(row["left"], row["hit"], row["right"]) for row in found] == [
        (line.left, line.hit, line.right) for line in concordance(search(run, Query("ล่าม OR ตำรวจ")), by=side)
    ]
    assert [row["hit"] for row in found].count("สถานีตำรวจ") == 1
    assert len(found) == 4
    frame = tipmine.kwic(run.folder, "ล่าม OR ตำรวจ", by=side)
    assert frame.astype(str).to_dict("records") == found


def test_counts_and_cross_tables_are_alike_in_every_way_out(run: Run, tmp_path: Path) -> None:
    assert ways_out(run, tmp_path, "--count", "year", "--count", "province")[0] == {
        "facet": "year", "value": "2566", "name": "2566", "passages": "1",
    }  # fmt: skip
    assert ways_out(run, tmp_path, "--cross", "province, year")[0] == {
        "province": "จังหวัดสมมติ", "2566": "0", "2567": "3",
    }  # fmt: skip
    found = ways_out(run, tmp_path, "ล่าม", "--cross", "year,pillar", "--pillar", "protection")
    frame = tipmine.cross(run.folder, "year", "pillar", "ล่าม", pillar="protection")
    assert frame.astype(str).to_dict("records") == found == [{"year": "2567", "protection": "2"}]


def test_python_counts_and_lists_collocates_as_the_command_does(run: Run) -> None:
    asked = json.loads(called(run, "ล่าม OR ตำรวจ", "--collocates", "--format", "json"))
    assert tipmine.collocates(run.folder, "ล่าม OR ตำรวจ").to_dict("records") == asked
    counted = json.loads(called(run, "ล่าม", "--count", "year", "--count", "actor", "--format", "json"))
    frame = tipmine.count(run.folder, ["year", "actor"], "ล่าม")
    assert frame.to_dict("records") == [{name: row[name] for name in frame.columns} for row in counted]
    assert tipmine.count(run.folder, "pillar", pillar="prevention").to_dict("records") == [
        {"facet": "pillar", "value": "prevention", "passages": 1}
    ]


def test_python_narrows_a_saved_query_in_every_way_of_asking(tmp_path: Path) -> None:
    with write_sample_run(tmp_path / "run") as run:
        folder = run.folder
    tipmine.save_query(folder, "ล่าม", "ล่าม", reviewer="สมศรี", pillar="protection")
    for ask in (tipmine.query, tipmine.kwic, tipmine.collocates):
        assert ask(folder, saved="ล่าม", kind="finding").equals(ask(folder, "ล่าม", pillar="protection", kind="finding"))
    assert tipmine.count(folder, "kind", saved="ล่าม")["passages"].to_list() == [1, 1]
    assert tipmine.cross(folder, "kind", "year", saved="ล่าม", kind="finding").to_dict("records") == [
        {"kind": "finding", "2567": 1}
    ]
    with pytest.raises(UsageError, match="no saved query"):
        tipmine.kwic(folder, saved="other")


@pytest.mark.parametrize(
    "asked", [("--count", "colour"), ("--cross", "pillar,colour"), ("--cross", "pillar"), ("--kwic", "--sort", "up")]
)
def test_a_wrong_name_is_answered_with_the_right_ones(run: Run, asked: tuple[str, ...]) -> None:
    result = CliRunner().invoke(app, ["query", "--run", str(run.folder), "ล่าม", *asked])
    assert isinstance(result.exception, UsageError)
    named = result.exception.expected
    assert all(facet in named for facet in FACETS) or named == "left, right"


def test_the_help_names_every_facet() -> None:
    assert FACETS_HELP.removeprefix("Facets: ").split() == list(FACETS)
    assert set(FACETS) <= {name.rstrip("_") for name in inspect.signature(query).parameters}


def test_an_index_without_a_facet_of_today_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with write_sample_run(tmp_path / "run") as old:
        with monkeypatch.context() as patched:
            patched.setattr(index, "FACETS", FACETS[:-1])
            shutil.rmtree(old.folder / INDEX)
            index.build_index(old.folder / INDEX, [index.Entry("p-report.pdf-0", ["x"], {})])
        assert search(old, Query("ล่าม", facets=("doubtful",))).counts["doubtful"].keys() <= {"yes", "no"}
        assert search(old, Query("ล่าม")).total == 2


def test_an_index_of_letters_as_they_were_written_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with write_sample_run(tmp_path / "run") as old:
        with monkeypatch.context() as patched:
            patched.setattr(index, "_PAIRS", "pairs")
            rebuild_index(old)
        assert search(old, Query('"ปี 2566"')).total == 1


def test_a_missing_index_is_made(tmp_path: Path) -> None:
    with write_sample_run(tmp_path / "run") as bare:
        shutil.rmtree(bare.folder / INDEX)
        assert search(bare, Query("ล่าม")).total == 2


def test_a_search_sees_an_index_that_was_made_anew_meanwhile(tmp_path: Path) -> None:
    with write_sample_run(tmp_path / "run") as changed:
        assert search(changed, Query("reviewed:yes")).total == 0
        decide(changed.connection, "p-report.pdf-0", "pillar:protection", "no", "สมศรี")
        rebuild_index(changed)
        assert search(changed, Query("reviewed:yes")).total == 1


def test_counts_and_cross_on_the_command_line(run: Run) -> None:
    counted = json.loads(called(run, "--count", "kind", "--format", "json"))
    assert counted[0] == {"facet": "kind", "value": "recommendation", "name": "recommendation", "passages": 2}
    crossed = json.loads(called(run, "--cross", "pillar,kind", "--format", "json"))
    assert crossed[0] == {"pillar": "protection", "finding": 1, "recommendation": 1, "utterance": 1}


def test_a_file_of_queries_gives_each_its_rows(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "queries.txt"
    path.write_text("# ล่าม\nล่าม\n\nรณรงค์ kind:recommendation\n", encoding="utf-8")
    rows = json.loads(called(run, "--queries", path, "--format", "json"))
    assert [row["query"] for row in rows] == ["ล่าม", "ล่าม", "รณรงค์ kind:recommendation"]
    assert set(rows[0]) == {"query", "found", *COLUMNS}


def test_a_file_of_queries_may_be_in_an_older_encoding(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "queries.txt"
    path.write_bytes("รณรงค์\r\n".encode("cp874"))
    assert json.loads(called(run, "--queries", path, "--format", "json"))[0]["query"] == "รณรงค์"


def test_a_table_goes_to_the_file_that_is_named(run: Run, tmp_path: Path) -> None:
    assert called(run, "รณรงค์", "-o", tmp_path / "a.txt") == ""
    assert "โรงเรียนควรจัด" in (tmp_path / "a.txt").read_text(encoding="utf-8")


def test_the_heads_of_a_cross_table_are_no_formulas(tmp_path: Path) -> None:
    with write_sample_run(tmp_path / "run") as named:
        named.connection.execute("UPDATE passages SET speaker = '=1+1' WHERE doc = 'group.docx'")
        rebuild_index(named)
        head = called(named, "--cross", "pillar,speaker", "--format", "csv").splitlines()[0]
    assert head == "pillar,'=1+1"


def test_brackets_and_colons_of_a_text_are_printed_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    print_table([{"text": "[/b] [sic] :ok:", "page": 1}])
    assert "[/b] [sic] :ok:" in capsys.readouterr().out


def test_a_table_of_empty_cells_is_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    print_table([{"speaker": ""}])
    assert "speaker" in capsys.readouterr().out


def test_an_empty_answer_keeps_its_columns(run: Run) -> None:
    assert list(tipmine.query(run.folder, "ไม่มีคำนี้ในชุดนี้").columns) == list(COLUMNS)
