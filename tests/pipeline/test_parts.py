"""Results as Parquet parts: in a folder, and in the memory file system of fsspec, which stands for object stores."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.dataset
import pytest

from tests.pipeline.test_kill import content, write_corpus
from tipmine import parts
from tipmine.batch import Workers, run_documents
from tipmine.corpus import read_corpus
from tipmine.errors import DamagedFileError, MissingFileError, RunError, UsageError
from tipmine.parts import TABLES, Part, check_address, cut_parts, load_part, make_part, read_table
from tipmine.pipeline import run_pipeline
from tipmine.settings import Settings
from tipmine.store.run import create_run, open_run
from tipmine.work import Job

fsspec = pytest.importorskip("fsspec")
MemoryFileSystem = pytest.importorskip("fsspec.implementations.memory").MemoryFileSystem

STAGES = ("extract", "segment", "tokenize", "tag")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "corpus", pairs=4)


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PART_DOCUMENTS", 3)


def some_parts(corpus: Path, address: str) -> list[Part]:
    infos = read_corpus(corpus).documents
    wanted = {info.doc: dict.fromkeys(STAGES, info.sha256) for info in infos}
    return cut_parts(address, [Job(info, Settings()) for info in infos], wanted)


def files(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Time of writing and content of every file."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.read_bytes()) for path in found}


def read(corpus: Path, out: Path, workers: Workers) -> int:
    """The documents of a corpus into a run folder, without what follows on them; returns how many were unchanged."""
    listed = read_corpus(corpus)
    wanted = {info.doc: dict.fromkeys(STAGES, info.sha256) for info in listed.documents}
    with create_run(out) as run:
        return run_documents(run, listed, Settings(), wanted, workers, lambda _: None)


def test_a_run_through_parts_is_the_run_without_them(corpus: Path, tmp_path: Path) -> None:
    (corpus / "empty.docx").write_bytes(b"")
    read(corpus, tmp_path / "straight", Workers())
    read(corpus, tmp_path / "run", Workers(2, parts=str(tmp_path / "parts")))
    assert content(tmp_path / "run") == content(tmp_path / "straight")
    written = files(tmp_path / "parts")
    assert not [name for name in written if name.endswith(".new")]
    # Another run folder is made from the parts that are there; none is written again.
    read(corpus, tmp_path / "other", Workers(parts=str(tmp_path / "parts")))
    assert content(tmp_path / "other") == content(tmp_path / "straight")
    assert files(tmp_path / "parts").keys() == written.keys()
    assert all(files(tmp_path / "parts")[name] == written[name] for name in written if name != "current.json")
    with open_run(tmp_path / "run") as run:
        assert [doc for doc, _ in run.failures()] == ["empty.docx"]
        lying = read_table(str(tmp_path / "parts"), "passages").sort_values("id", ignore_index=True)
        assert lying.equals(run.frame("passages").sort_values("id", ignore_index=True))


def test_only_the_part_of_a_changed_document_is_made_again(corpus: Path, tmp_path: Path) -> None:
    workers = Workers(parts=str(tmp_path / "parts"))
    read(corpus, tmp_path / "run", workers)
    before = set(files(tmp_path / "parts"))
    (corpus / "report-0.txt").write_text("1) ควรจัดหาล่ามให้เพียงพอ\n", encoding="utf-8")
    assert read(corpus, tmp_path / "run", workers) == 7
    assert len(set(files(tmp_path / "parts")) - before) == len(TABLES) + 1
    of_report = pyarrow.dataset.field("doc") == "report-0.txt"
    texts = read_table(workers.parts, "passages", columns=["text"], filters=of_report)
    assert texts["text"].tolist() == ["ควรจัดหาล่ามให้เพียงพอ"]


def test_an_object_store_holds_parts_too(corpus: Path, tmp_path: Path) -> None:
    read(corpus, tmp_path / "straight", Workers())
    read(corpus, tmp_path / "run", Workers(parts="memory://archive/parts"))
    assert content(tmp_path / "run") == content(tmp_path / "straight")
    assert len(read_table("memory://archive/parts", "documents")) == 8


def test_the_whole_run_takes_an_address(corpus: Path, tmp_path: Path) -> None:
    summary = run_pipeline(corpus, tmp_path / "run", parts=str(tmp_path / "parts"))
    assert (summary.read, summary.failures) == (8, ())
    assert len(read_table(str(tmp_path / "parts"), "documents")) == 8


def test_a_part_made_and_loaded_twice_is_the_part(corpus: Path, tmp_path: Path) -> None:
    part = some_parts(corpus, str(tmp_path / "one"))[0]
    again = some_parts(corpus, str(tmp_path / "two"))[0]
    assert make_part(part).key == make_part(again).key
    one, two = ({name: content for name, (_, content) in files(tmp_path / place).items()} for place in ("one", "two"))
    assert one == two
    with create_run(tmp_path / "run") as run:
        load_part(run, part.address, part.key)
        first = [tuple(row) for row in run.connection.execute("SELECT * FROM passages ORDER BY id")]
        load_part(run, part.address, part.key)
        assert first == [tuple(row) for row in run.connection.execute("SELECT * FROM passages ORDER BY id")]


def test_a_part_that_is_not_whole_is_made_and_a_damaged_one_is_reported(corpus: Path, tmp_path: Path) -> None:
    part = some_parts(corpus, str(tmp_path / "parts"))[0]
    with create_run(tmp_path / "run") as run:
        with pytest.raises(MissingFileError):
            load_part(run, part.address, part.key)
        (tmp_path / "parts" / "lines").mkdir(parents=True)
        lines = tmp_path / "parts" / "lines" / f"{part.key}.parquet"
        lines.write_bytes(b"cut off by a worker's death")
        make_part(part)
        load_part(run, part.address, part.key)
        held = len(run.documents())
        lines.write_bytes(b"PAR1 spoiled later")
        with pytest.raises(DamagedFileError, match="run again"):
            load_part(run, part.address, part.key)
        assert len(run.documents()) == held == len(part.jobs)


@pytest.mark.parametrize("content", [b"{", b"\xff", b"[]"])
def test_a_damaged_mark_of_a_part_is_reported(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "format.json").write_bytes(content)
    with pytest.raises(DamagedFileError, match="run again"):
        check_address(str(tmp_path))


def test_addresses_that_cannot_be_meant_are_reported_before_work_begins(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be opened"):
        run_pipeline(corpus, tmp_path / "run", parts="no-such-protocol://x")
    with pytest.raises(UsageError, match="not a table"):
        read_table(str(tmp_path), "themes")


class Full(MemoryFileSystem):  # type: ignore[misc, valid-type]  # imported only where it is installed
    """A store that answers and lists, but takes no results, with an error of its own as stores have."""

    protocol = "full"

    def pipe_file(self, path: str, value: bytes, **options: Any) -> None:
        if path.endswith(".parquet"):
            raise ArithmeticError("quota exceeded")
        super().pipe_file(path, value, **options)


def test_a_store_that_refuses_is_reported_and_ends_the_run(corpus: Path, tmp_path: Path) -> None:
    fsspec.register_implementation("full", Full, clobber=True)
    with pytest.raises(RunError, match=r"full://archive: the store refuses: quota exceeded; .*; do: check bucket"):
        run_pipeline(corpus, tmp_path / "run", parts="full://archive")
    with open_run(tmp_path / "run") as run:
        assert (run.documents(), run.failures()) == ([], [])


def test_parts_of_another_version_are_reported_before_work_begins(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "format.json").write_text('{"format": 0}', encoding="utf-8")
    with pytest.raises(DamagedFileError, match="another version"):
        run_pipeline(corpus, tmp_path / "run", parts=str(tmp_path / "parts"))


def make_or_die(part: Part) -> Part:
    """A part with this document kills its worker, as a crash in a C library would."""
    if any(job.info.doc == "report-3.txt" for job in part.jobs):
        os.kill(os.getpid(), signal.SIGKILL)
    return make_part(part)


@dataclass(frozen=True, slots=True)
class Deadly(Workers):
    def results(
        self, function: Callable[[Any], Any], jobs: Iterable[Any], lost: Callable[[Any, str], Any], *follow: Any
    ) -> Generator[Any, None, None]:
        assert function is make_part
        return Workers.results(self, make_or_die, jobs, lost, *follow)


def test_a_document_that_kills_workers_costs_itself_not_its_part(corpus: Path, tmp_path: Path) -> None:
    read(corpus, tmp_path / "run", Deadly(2, parts=str(tmp_path / "parts")))
    with open_run(tmp_path / "run") as run:
        assert len(run.documents()) == 7
        assert [(doc, "lost twice" in message) for doc, message in run.failures()] == [("report-3.txt", True)]
