"""Counts over an answer, and that every way out of a run gives the same answer."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from scipy.stats import chi2_contingency
from typer.testing import CliRunner

import tipmine
from tests.builders import write_sample_run
from tipmine.cli.main import app
from tipmine.errors import UsageError
from tipmine.store.counting import collocates, cross, log_likelihood
from tipmine.store.query import COLUMNS, Query, answer_rows, search
from tipmine.store.run import Run


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


def test_every_way_out_gives_the_same_answer(run: Run, tmp_path: Path) -> None:
    asked = ("ล่าม", "--pillar", "protection")
    wanted = answer_rows(search(run, Query("ล่าม", {"pillar": ["protection"]})))
    assert len(wanted) == 2
    assert json.loads(called(run, *asked, "--format", "json")) == wanted
    frame = tipmine.query(run.folder, "ล่าม", pillar=["protection"])
    assert frame.to_dict("records") == wanted
    assert tipmine.query(run.folder, "ล่าม", pillar="protection").equals(frame)

    as_text = [{name: str(value) for name, value in row.items()} for row in wanted]
    called(run, *asked, "--format", "csv", "-o", tmp_path / "a.csv")
    content = (tmp_path / "a.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")))) == as_text

    called(run, *asked, "--format", "xlsx", "-o", tmp_path / "a.xlsx")
    (heads, *cells) = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0].iter_rows(values_only=True)
    assert [
        {name: "" if value is None else str(value) for name, value in zip(heads, row, strict=True)} for row in cells
    ] == as_text


def test_counts_and_cross_on_the_command_line(run: Run) -> None:
    counted = json.loads(called(run, "--count", "kind", "--format", "json"))
    assert counted[0] == {"facet": "kind", "value": "recommendation", "passages": 2}
    crossed = json.loads(called(run, "--cross", "pillar,kind", "--format", "json"))
    assert crossed[0] == {"pillar": "protection", "finding": 1, "recommendation": 1, "utterance": 1}
    result = CliRunner().invoke(app, ["query", "--run", str(run.folder), "--count", "colour"])
    assert isinstance(result.exception, UsageError)


def test_a_file_of_queries_gives_each_its_rows(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "queries.txt"
    path.write_text("# ล่าม\nล่าม\n\nรณรงค์ kind:recommendation\n", encoding="utf-8")
    rows = json.loads(called(run, "--queries", path, "--format", "json"))
    assert [row["query"] for row in rows] == ["ล่าม", "ล่าม", "รณรงค์ kind:recommendation"]
    assert set(rows[0]) == {"query", *COLUMNS}


def test_an_empty_answer_keeps_its_columns(run: Run) -> None:
    assert list(tipmine.query(run.folder, "ไม่มีคำนี้ในชุดนี้").columns) == list(COLUMNS)
