"""The documentation of a run is that of the run: tables and columns as they are, and an example that works."""

from __future__ import annotations

import ast
import json
import re
import sqlite3
from dataclasses import fields
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest

from tests.conftest import ROOT
from tipmine import corpus, settings
from tipmine.records import DOC_TYPES, PILLARS, ThemeSet
from tipmine.report.flat import write_parquet
from tipmine.settings import Settings
from tipmine.store.run import Run, open_run
from tipmine.theme_files import read_steering
from tipmine.themes.edits import replay

GUIDE = ROOT / "docs" / "run_folder.md"
NOTEBOOK = ROOT / "docs" / "notebook.ipynb"
_ROW = re.compile(r"\| `([^`]+)` \| ([^|]+) \| [^|]+ \|")


def sections() -> dict[str, list[tuple[str, str]]]:
    """Columns and types by the first name in each heading of the guide."""
    found: dict[str, list[tuple[str, str]]] = {}
    name = ""
    for line in GUIDE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            name = (re.findall(r"`([^`]+)`", line) or [""])[0]
        elif row := _ROW.fullmatch(line):
            found.setdefault(name, []).append((row[1], row[2]))
    return found


def columns(connection: sqlite3.Connection, table: str) -> list[tuple[str, str]]:
    rows = connection.execute(f"PRAGMA table_info({table})")  # the name comes from the database itself
    return [(row["name"], row["type"] + ("" if row["notnull"] or row["pk"] else " or NULL")) for row in rows]


def test_the_guide_names_every_table_and_column_of_a_run_with_its_type(empty: Run) -> None:
    names = [name for (name,) in empty.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    actual = {name: columns(empty.connection, name) for name in names}
    described = {name: rows for name, rows in sections().items() if rows and not name.startswith("tipmine ")}
    assert described == actual


def test_the_guide_names_every_column_of_the_flat_export_with_its_type(hard: Run, tmp_path: Path) -> None:
    write_parquet(hard, tmp_path / "p.parquet")
    actual = {field.name: str(field.type) for field in pq.read_schema(tmp_path / "p.parquet")}
    described = {name: kind.removesuffix(" or NULL") for name, kind in sections()["tipmine export --csv"]}
    kinds = {name.split(".")[0] + ".<": kind for name, kind in actual.items() if "." in name and ".score" not in name}
    assert {name: kind for name, kind in described.items() if "<" not in name} == {
        name: kind for name, kind in actual.items() if "." not in name
    }
    assert {name.split("<")[0] + "<": kind for name, kind in described.items() if name.endswith(">")} == kinds
    assert {actual[f"pillar.{code}.score"] for code in PILLARS} == {described["pillar.<code>.score"]}


def shown(cell: dict[str, Any], names: dict[str, Any]) -> Any:
    """Run a cell as a notebook does; gives the value of its last expression."""
    tree = ast.parse("".join(cell["source"]))
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "notebook", "exec"), names)  # noqa: S102 -- our own notebook
    return eval(compile(ast.Expression(last.value), "notebook", "eval"), names) if last else None  # noqa: S307 -- our own notebook


def test_the_example_for_pandas_runs_on_the_sample(
    sample_run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIPMINE_RUN", str(sample_run))
    monkeypatch.chdir(tmp_path)
    content = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    names: dict[str, Any] = {}
    results = [shown(cell, names) for cell in content["cells"] if cell["cell_type"] == "code"]
    tables = [result for result in results if isinstance(result, pd.DataFrame)]
    assert len(tables) == len(results) and not any(table.empty for table in tables)
    with open_run(sample_run) as run:
        assert len(names["documents"]) == len(run.documents())
        assert len(names["wide"]) == len(run.passages())
        assert len(names["coverage"]) == len(run.traces())
    assert set(names["said"]["doc"]) <= set(names["documents"].query("type == 'transcript'")["doc"])
    assert not any(cell.get("outputs") for cell in content["cells"]), "results of a run belong to its reader"


SETTINGS = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
_SETTING = re.compile(r"\| `\[(\w+)\] (\w+)` \| `([^`]+)` \| ([^|]+) \| [^|]+ \|")


def test_the_guide_to_settings_names_each_with_its_default_and_what_is_allowed() -> None:
    described = {
        f"{section}_{key}": (default, allowed) for section, key, default, allowed in _SETTING.findall(SETTINGS)
    }
    assert described.keys() == {field.name for field in fields(Settings)}
    for field in fields(Settings):
        default, allowed = described[field.name]
        assert default == (f'"{field.default}"' if isinstance(field.default, str) else str(field.default)), field.name
        if field.name in settings._RANGES:
            range_ = settings._RANGES[field.name]
            assert allowed == f"{range_[0]:,} to {range_[-1]:,}", field.name
        if field.name in settings._ALLOWED:
            assert allowed == ", ".join(f'`"{word}"`' for word in settings._ALLOWED[field.name]), field.name


def test_the_guide_to_settings_names_the_columns_of_a_manifest_and_its_examples_are_taken(tmp_path: Path) -> None:
    rows = dict(_ROW_OF_TWO.findall(SETTINGS))
    assert {"file", *corpus._COLUMNS} <= rows.keys()
    assert all(f"`{type_}`" in rows["type"] for type_ in DOC_TYPES)
    toml, manifest, seeds, edits = (block for block in _BLOCK.findall(SETTINGS) if "FOLDER/" not in block)
    for name in ("fg1.docx", "plan.pdf"):
        (tmp_path / "documents").mkdir(exist_ok=True)
        (tmp_path / "documents" / name).write_bytes(b"x")
    for name, text in (
        ("tipmine.toml", toml),
        ("manifest.tsv", manifest),
        ("seeds.tsv", seeds),
        ("edits.jsonl", edits),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    read = corpus.read_corpus(tmp_path)
    assert read.passed_over == ()
    assert [(info.doc, info.type, info.year_be) for info in read.documents] == [
        ("fg1.docx", "transcript", 2567),
        ("plan.pdf", "plan", 2566),
    ]
    steering = read_steering(settings.load_settings(tmp_path), tmp_path)
    assert list(steering.guides) == ["ล่าม", "งบประมาณ"]
    nothing = ThemeSet((), (), {}, {})
    _themes, missed = replay(nothing, steering.edits, [])
    assert [edit["do"] for edit in steering.edits] == ["rename", "merge", "split"] and len(missed) == 3


_ROW_OF_TWO = re.compile(r"^\| `(\w+)` \| ([^|]+) \|$", re.MULTILINE)
_BLOCK = re.compile(r"^```(?:toml)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
