"""What the disk, the folder or the database refuses: a clear error with its exit code, and nothing torn."""

from __future__ import annotations

import gc
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.builders import INTERPRETERS, write_sample_run
from tests.pipeline.test_kill import content, write_corpus
from tipmine.checkup import check_run
from tipmine.cli.main import app
from tipmine.errors import DamagedFileError, MissingFileError, RunError, UsageError
from tipmine.pipeline import run_pipeline
from tipmine.store import database, entries
from tipmine.store.database import DATABASE, write_lock
from tipmine.store.decisions import decide
from tipmine.store.entries import rebuild_index
from tipmine.store.run import create_run, open_run
from tipmine.store.schema import MIGRATIONS


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "corpus", pairs=4)


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """No file of this process may grow beyond `size` bytes: what a full disk or a quota does to a file."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def without_rights() -> Iterator[None]:
    """As a user to whom permissions apply; root takes another user's place for a while."""
    root = os.geteuid() == 0
    if root:
        os.setresuid(65534, 65534, 0)
    try:
        yield
    finally:
        if root:
            os.setresuid(0, 0, 0)


def tipmine(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tipmine", *arguments], capture_output=True, encoding="utf-8", check=False, timeout=300
    )


@pytest.mark.parametrize("size", [150_000, 450_000])
def test_a_run_that_finds_no_room_says_so_and_goes_on_when_there_is_some(
    corpus: Path, tmp_path: Path, size: int
) -> None:
    run_pipeline(corpus, tmp_path / "whole")
    with largest_file(size), pytest.raises(RunError, match="what is done is kept"):
        run_pipeline(corpus, tmp_path / "run")
    if (tmp_path / "run" / DATABASE).stat().st_size:
        with open_run(tmp_path / "run") as run:
            assert all(check.ok for check in check_run(run) if check.name not in ("finished", "index"))
    run_pipeline(corpus, tmp_path / "run")
    assert content(tmp_path / "run") == content(tmp_path / "whole")


def test_an_index_without_room_leaves_the_old_one(tmp_path: Path) -> None:
    with write_sample_run(tmp_path / "run") as run:
        with largest_file(10), pytest.raises(RunError, match="room on the disk"), database.run_errors(run.folder):
            rebuild_index(run)
        assert all(check.ok for check in check_run(run))


@pytest.fixture
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A run in a folder that others may enter and nobody may write to."""
    place = Path(shutil.copytree(_sample(tmp_path_factory), Path("/tmp") / f"tipmine-{os.getpid()}"))  # noqa: S108
    try:
        yield place
    finally:
        _let_write(place, True)
        shutil.rmtree(place)


@pytest.fixture
def scratch(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for temporary files that any user may write to and no other process uses."""
    with tempfile.TemporaryDirectory(prefix="scratch-") as folder:
        Path(folder).chmod(0o777)
        monkeypatch.setattr(tempfile, "tempdir", folder)
        yield Path(folder)
        monkeypatch.undo()


def _let_write(place: Path, fine: bool) -> None:
    for path in (place, *place.rglob("*")):
        path.chmod((0o755 if fine else 0o555) if path.is_dir() else (0o644 if fine else 0o444))


def asked(*arguments: str) -> str:
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0, (done.output, done.exception)
    return done.output


def test_a_run_folder_that_may_only_be_read_is_read_and_not_written(reading: Path) -> None:
    asked("report", "--run", str(reading))  # so that another user need not load from places that are closed to them
    _let_write(reading, False)
    with without_rights():
        with open_run(reading) as run:
            assert len(run.passages()) == 4
            assert all(check.ok for check in check_run(run)), check_run(run)
            with pytest.raises(RunError, match="may write to"), database.run_errors(reading):
                decide(run.connection, "p-report.pdf-0", "kind", "plan", "สมศรี")
        with pytest.raises(RunError, match="may write to"), write_lock(reading):
            pass
        assert INTERPRETERS in asked("query", "ล่าม", "--run", str(reading), "--format", "json")
        with tempfile.TemporaryDirectory() as other:
            asked("report", "--run", str(reading), "--output", other)
        refused = CliRunner().invoke(app, ["report", "--run", str(reading)]).exception
        assert "may only be read" in str(refused) and "--output" in str(refused)
        asked("review", "list", "--run", str(reading))


@pytest.mark.parametrize("lack", ["index", "tables", "journal"])
def test_what_a_run_that_may_only_be_read_lacks_is_made_elsewhere(reading: Path, scratch: Path, lack: str) -> None:
    connection = sqlite3.connect(reading / DATABASE)
    if lack == "index":
        shutil.rmtree(reading / "index")
    elif lack == "tables":
        last = MIGRATIONS[-1].__name__
        connection.execute("DELETE FROM migrations WHERE name = ?", (last,))
        for kind, name in connection.execute("SELECT type, name FROM sqlite_master").fetchall():
            if name in ("gone_passages", "renames", "decisions_by_field"):
                connection.execute(f"DROP {kind} {name}")
        connection.commit()
    else:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("UPDATE passages SET text = text || ' ใหม่'")
        connection.commit()
        kept = reading.with_name(f"{reading.name}-journal")
        shutil.copy(reading / f"{DATABASE}-wal", kept)
        connection.close()
        shutil.move(kept, reading / f"{DATABASE}-wal")
    connection.close()
    _let_write(reading, False)
    with without_rights():
        assert INTERPRETERS in asked("query", "ล่าม", "--run", str(reading), "--format", "json")
        with open_run(reading) as run:
            assert len(run.passages()) == 4
            with pytest.raises(RunError, match="may write to"), database.run_errors(reading):
                decide(run.connection, "p-report.pdf-0", "kind", "plan", "สมศรี")
        assert list(scratch.glob("tipmine-*"))
        del run
        entries._TEMPORARY_INDEXES.clear()
        entries._cached_index.cache_clear()
        gc.collect()
    assert not list(scratch.glob("tipmine-*"))


def _sample(factory: pytest.TempPathFactory) -> Path:
    folder = factory.mktemp("sample") / "run"
    write_sample_run(folder).close()
    return folder


def test_a_folder_that_cannot_be_made_is_named(corpus: Path) -> None:
    with pytest.raises(RunError, match="Not a directory"):
        run_pipeline(corpus, corpus / "report-0.txt" / "run")


def test_a_second_run_into_the_same_folder_ends_with_its_exit_code(corpus: Path, tmp_path: Path) -> None:
    with write_lock(tmp_path / "run"):
        done = tipmine("run", str(corpus), "--out", str(tmp_path / "run"))
    assert (done.returncode, done.stdout) == (10, "")
    assert "another run is writing here; do: " in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_database_that_another_program_holds_is_waited_for_and_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_BUSY_SECONDS", 0.1)
    write_sample_run(tmp_path / "run").close()
    other = sqlite3.connect(tmp_path / "run" / DATABASE)
    other.execute("BEGIN IMMEDIATE")
    with (
        pytest.raises(RunError, match=r"database is locked.*close that program"),
        database.run_errors(tmp_path / "run"),
        create_run(tmp_path / "run") as run,
        run.transaction(),
    ):
        pass
    other.close()


def test_a_damaged_database_is_reported_by_every_command(tmp_path: Path) -> None:
    with write_sample_run(tmp_path / "run") as run:
        (size,) = run.connection.execute("PRAGMA page_size").fetchone()
        (page,) = run.connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'passages'").fetchone()
    with (tmp_path / "run" / DATABASE).open("r+b") as stream:
        stream.seek((page - 1) * size)
        stream.write(b"\xa5" * size)
    checked = tipmine("verify", str(tmp_path / "run"))
    assert (checked.returncode, checked.stderr) == (1, "")
    assert "WRONG" in checked.stdout
    asked = tipmine("query", "--kind", "finding", "--run", str(tmp_path / "run"))
    assert asked.returncode == 10
    assert "malformed" in asked.stderr
    assert "Traceback" not in asked.stderr


def test_a_run_of_a_newer_version_and_a_foreign_database_are_refused(tmp_path: Path) -> None:
    write_sample_run(tmp_path / "newer").close()
    with sqlite3.connect(tmp_path / "newer" / DATABASE) as connection:
        connection.execute("INSERT INTO migrations VALUES ('m999_later')")
    with pytest.raises(RunError, match=r"newer version \(m999_later\)"):
        open_run(tmp_path / "newer")
    (tmp_path / "foreign").mkdir()
    with sqlite3.connect(tmp_path / "foreign" / DATABASE) as connection:
        connection.execute("CREATE TABLE cards (name TEXT)")
    with pytest.raises(RunError, match="another program"):
        open_run(tmp_path / "foreign")


def test_a_folder_with_files_of_something_else_is_not_written_over(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "report.html").write_text("mine", encoding="utf-8")
    with pytest.raises(RunError, match=r"holds report\.html, but no run"):
        run_pipeline(corpus, tmp_path / "mine")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["report.html"]


def test_a_corpus_does_not_take_the_place_of_another_of_the_same_name(tmp_path: Path) -> None:
    for place in ("a", "b"):
        (tmp_path / place / "plans").mkdir(parents=True)
        (tmp_path / place / "plans" / f"{place}.txt").write_text("ควรจัดหาล่าม\n", encoding="utf-8")
    run_pipeline(tmp_path / "a" / "plans", tmp_path / "out")
    with pytest.raises(UsageError, match=r"run of another corpus, .*/a/plans; expected: a folder for each corpus"):
        run_pipeline(tmp_path / "b" / "plans", tmp_path / "out")
    with open_run(tmp_path / "out") as run:
        assert [info.doc for info in run.documents()] == ["a.txt"]
    with pytest.raises(MissingFileError):
        run_pipeline(tmp_path / "c" / "plans", tmp_path / "out")
    # What is gone can be replaced, and what was moved is the same corpus.
    (tmp_path / "a").rename(tmp_path / "c")
    assert run_pipeline(tmp_path / "c" / "plans", tmp_path / "out").unchanged == 1


def test_a_run_folder_inside_the_corpus_is_not_read_as_documents(corpus: Path) -> None:
    with pytest.raises(UsageError, match="is the folder of the documents"):
        run_pipeline(corpus, corpus)
    run_pipeline(corpus, corpus / "out")
    (corpus / "out" / "recommendation_trace.txt").write_text("a report of the run", encoding="utf-8")
    again = run_pipeline(corpus, corpus / "out")
    assert (again.read, again.unchanged) == (0, 8)
    assert again.passed_over == (("out", "a run folder"),)


def test_a_damaged_model_ends_the_run_before_its_first_document(corpus: Path, tmp_path: Path) -> None:
    models = Path(shutil.copytree(Path(__file__).parents[2] / "models", tmp_path / "models"))
    with (models / "actors" / "roles.crfsuite").open("ab") as stream:
        stream.write(b"x")
    (corpus / "tipmine.toml").write_text(f'[tag]\nmodel = "{models}"\n', encoding="utf-8")
    with pytest.raises(DamagedFileError, match="not the file that was written"):
        run_pipeline(corpus, tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_a_missing_embedding_model_ends_the_run_before_its_first_document(corpus: Path, tmp_path: Path) -> None:
    (corpus / "tipmine.toml").write_text('[themes]\nvectors = "no-such-model"\n', encoding="utf-8")
    with pytest.raises(MissingFileError, match="no-such-model: there is no such folder"):
        run_pipeline(corpus, tmp_path / "run")
    assert not (tmp_path / "run").exists()
