from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import FINDING, GROUP, REPORT, SPOKEN, line, write_sample_run
from tipmine.errors import RunError
from tipmine.extract.reasons import PICTURE, out_of_time
from tipmine.records import Document, DocumentInfo, Page, Quality
from tipmine.store import records_io as io
from tipmine.store.database import write_lock
from tipmine.store.run import Run, create_run, open_run


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    with write_sample_run(tmp_path / "run") as opened:
        yield opened


def test_what_is_written_is_read_back_as_it_was(run: Run) -> None:
    assert run.documents() == [GROUP, REPORT]
    assert [p.text for p in run.passages(kind="finding")] == [FINDING]
    tags = run.taggings(doc="report.pdf")["p-report.pdf-0"]
    assert [tag.code for tag in tags.pillars] == ["protection"]
    assert [tag.role for tag in tags.actors] == ["addressee", "beneficiary"]
    assert run.themes().themes[0].quotes[0].id == "p-group.docx-0"
    assert [trace.coverage for trace in run.traces()] == ["direct", "none"]


def test_a_table_with_a_column_more_is_written_as_before(run: Run) -> None:
    def held() -> tuple[object, ...]:
        return run.document(REPORT.doc), run.passages(), run.taggings(), run.themes(), run.traces()

    before = held()
    passages, taggings, words = run.passages(doc=REPORT.doc), run.taggings(doc=REPORT.doc), run.words()
    document = run.document(REPORT.doc)
    for (table,) in run.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        run.connection.execute(f"ALTER TABLE {table} ADD COLUMN later TEXT NOT NULL DEFAULT ''")
    themes, traces = run.themes(), run.traces()
    with run.transaction():
        io.write_document(run.connection, REPORT, document)
        io.write_passages(run.connection, REPORT.doc, passages, [words[passage.id] for passage in passages])
        io.write_taggings(run.connection, taggings.values())
        io.write_themes(run.connection, themes)
        io.write_traces(run.connection, traces)
        io.write_failure(run.connection, DocumentInfo("a.pdf"), "DamagedFileError", "a.pdf: empty")
    assert held() == before
    assert run.failures() == [("a.pdf", "a.pdf: empty")]


@given(texts=st.lists(st.text(min_size=1, max_size=20), max_size=5))
def test_any_text_comes_back_from_the_store(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    storable = [text.encode("utf-8", "ignore").decode() for text in texts]
    lines = tuple(line("d", i + 1, text, raw="x") for i, text in enumerate(storable))
    document = Document(
        "d", (Page(1, 10.0, 20.0, Quality(0.5, "doubtful", (PICTURE, out_of_time(60)))),), lines, {"a": 1}
    )
    with create_run(tmp_path_factory.mktemp("run")) as run, run.transaction():
        io.write_document(run.connection, DocumentInfo("d"), document)
        assert run.document("d") == document


def test_a_reason_in_the_words_of_another_version_is_shown_as_it_is(run: Run) -> None:
    run.connection.execute("UPDATE pages SET reason = 'a picture without text; scanned'")
    run.connection.execute("UPDATE lines SET reason = '[[\"of_a_later_version\"]]'")
    document = run.document("report.pdf")
    assert {page.quality.reason for page in document.pages} == {"a picture without text; scanned"}
    assert {line.quality.reason for line in document.lines} == {'[["of_a_later_version"]]'}


def test_a_failed_transaction_leaves_nothing(run: Run) -> None:
    with pytest.raises(ValueError, match="stop"), run.transaction():
        run.connection.execute("DELETE FROM documents")
        raise ValueError("stop")
    assert len(run.documents()) == 2


def test_a_folder_without_a_run_is_named_in_the_error(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="no run in this folder") as caught:
        open_run(tmp_path)
    assert str(tmp_path) in str(caught.value)


def test_two_runs_cannot_write_into_one_folder(tmp_path: Path) -> None:
    with write_lock(tmp_path / "r"), pytest.raises(RunError, match="another run"), write_lock(tmp_path / "r"):
        pass


def test_tables_come_as_data_frames_and_unknown_ones_are_refused(run: Run) -> None:
    assert set(run.frame("passages")["text"]) >= {SPOKEN, FINDING}
    with pytest.raises(RunError, match="no table"):
        run.frame("passages; DROP TABLE passages")


def test_a_file_that_is_no_database_is_an_error_not_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "tipmine.db").write_bytes(b"not a database, but long enough to be taken for one " * 40)
    with pytest.raises(RunError, match="not a database"):
        open_run(tmp_path)
