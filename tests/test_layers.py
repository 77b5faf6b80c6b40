"""Who may import whom, and what importing costs."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "tipmine"
GROUND = (
    "records",
    "document_records",
    "atomic",
    "errors",
    "coverage",
    "ids",
    "jsonl",
    "settings",
    "digits",
    "thai_order",
    "years",
    "provinces",
    "column_heads",
    "gazetteer_rows",
    "name_forms",
    "section_paths",
    "sentences",
    "data",
    "callables",
    "threads",
    "thai",
    "quality_reasons",
)
STAGES = ("extract", "segment", "tokenize", "tag", "themes", "trace")
READERS = ("store", "report", "review", "web", "cli")
"""Each reads only those before it, and none of them but the command line starts a run."""
RUNNING = (
    *("api", "batch", "checkup", "corpus", "corpus_stages", "cutting", "executors", "fingerprints"),
    *("interrupts", "limits", "outcomes", "parts", "pipeline", "questions", "remote", "theme_files", "warm", "work"),
)
ONE_HOME = {
    "pdfplumber": "extract/glyphs.py",
    "spacy": "tokenize/doc.py",
    "bertopic": "themes/bertopic_model.py",
    "tantivy": "store/index.py",
}
HEAVY = ("pandas", "sklearn", "spacy", "bertopic", "pdfplumber", "pythainlp", "tantivy", "plotly")


def imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def modules(folder: Path) -> list[Path]:
    """The modules in a folder and below it, one at least."""
    paths = sorted(folder.rglob("*.py"))
    assert paths, folder
    return paths


def within(name: str, modules: Iterable[str]) -> bool:
    """Whether a module is one of `tipmine.<module>` or inside it."""
    return any(name == f"tipmine.{module}" or name.startswith(f"tipmine.{module}.") for module in modules)


@pytest.mark.parametrize("module", GROUND)
def test_what_all_build_on_imports_nothing_else_of_the_package(module: str) -> None:
    path = PACKAGE / module / "__init__.py" if (PACKAGE / module).is_dir() else PACKAGE / f"{module}.py"
    own = {name for name in imports(path) if name.startswith("tipmine")}
    assert all(within(name, GROUND) for name in own), own


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_imports_no_other_stage_and_nothing_built_on_the_stages(stage: str) -> None:
    forbidden = {*STAGES, *READERS, *RUNNING} - {stage}
    for path in modules(PACKAGE / stage):
        for name in imports(path):
            assert not within(name, forbidden), f"{path}: {name}"


def test_every_module_has_its_place() -> None:
    found = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}
    assert found - {"__init__", "__main__"} == {*GROUND, *STAGES, *READERS, *RUNNING, "lexical"}


@pytest.mark.parametrize("reader", READERS[:-1])
def test_what_reads_a_run_imports_nothing_that_reads_it_in_turn(reader: str) -> None:
    forbidden = (*READERS[READERS.index(reader) + 1 :], *RUNNING)
    for path in modules(PACKAGE / reader):
        for name in imports(path):
            assert not within(name, forbidden), f"{path}: {name}"


@pytest.mark.parametrize(("library", "home"), ONE_HOME.items())
def test_a_large_library_is_imported_in_one_module(library: str, home: str) -> None:
    users = {
        path.relative_to(PACKAGE).as_posix()
        for path in modules(PACKAGE)
        if any(name == library or name.startswith(library + ".") for name in imports(path))
    }
    assert users == {home}


def test_only_the_store_runs_sql() -> None:
    users = {path for path in PACKAGE.rglob("*.py") if "connection.execute" in path.read_text(encoding="utf-8")}
    assert {path.relative_to(PACKAGE).parts[0] for path in users} == {"store", "parts.py"}


def test_the_command_line_loads_nothing_heavy_before_a_command_runs() -> None:
    code = f"import sys, tipmine.cli.main; print([m for m in {HEAVY!r} if m in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert result.stdout.strip() == "[]"


def test_modules_and_functions_stay_small() -> None:
    for path in modules(PACKAGE):
        source = path.read_text(encoding="utf-8")
        assert source.count("\n") <= 400, path
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                assert length <= 80, f"{path}: {node.name} has {length} lines"
