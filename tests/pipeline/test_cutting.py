"""Long PDFs of a run are read in pieces by several workers; the run is the same as without."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest

from tests.pipeline.test_kill import content
from tipmine.batch import Workers, run_documents
from tipmine.corpus import read_corpus
from tipmine.cutting import Cutting
from tipmine.executors import run_jobs
from tipmine.records import DocumentInfo
from tipmine.settings import Settings
from tipmine.store.run import create_run, open_run
from tipmine.work import Job, Outcome, process_document

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
SAMPLE = Path(__file__).resolve().parents[2] / "corpora" / "sample" / "documents"
LONGEST = 1
"""Pages above which the short files of the tests are cut."""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for source in (FIXTURES / "heads.pdf", FIXTURES / "table.txt", SAMPLE / "plan-sommottara-2566.pdf"):
        shutil.copy(source, folder)
    return folder


def read(corpus: Path, out: Path, workers: Workers) -> None:
    listed = read_corpus(corpus)
    wanted = {info.doc: dict.fromkeys(("extract", "tag"), info.sha256) for info in listed.documents}
    with create_run(out) as run:
        run_documents(run, listed, Settings(), wanted, workers, lambda _: None)


def test_a_run_that_cuts_is_the_run_that_does_not(corpus: Path, tmp_path: Path) -> None:
    (corpus / "broken.pdf").write_bytes((FIXTURES / "heads.pdf").read_bytes()[:4_000])
    read(corpus, tmp_path / "straight", Workers())
    read(corpus, tmp_path / "cut", Workers(2, longest=LONGEST))
    assert content(tmp_path / "cut") == content(tmp_path / "straight")
    with open_run(tmp_path / "cut") as run:
        assert [doc for doc, _ in run.failures()] == ["broken.pdf"]


def dies_in_a_later_piece(job: Job) -> Outcome:
    """As a crash in a C library would, on pages of one document."""
    if job.info.doc == "heads.pdf" and job.span and job.span[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    return process_document(job)


def lost(job: Job, _why: str) -> Outcome:
    return Outcome(job.info, error="lost")


def test_a_crash_in_a_piece_costs_its_document_only(corpus: Path) -> None:
    jobs = [Job(info, Settings(), longest=LONGEST) for info in read_corpus(corpus).documents]
    outcomes = list(run_jobs(dies_in_a_later_piece, jobs, workers=2, on_lost=lost, follow_up=Cutting().follow_up))
    assert sorted(outcome.info.doc for outcome in outcomes) == ["heads.pdf", "plan-sommottara-2566.pdf", "table.txt"]
    assert {outcome.info.doc for outcome in outcomes if outcome.error} == {"heads.pdf"}
    assert all(outcome.document for outcome in outcomes if not outcome.error)


def test_pieces_are_joined_in_the_order_of_pages_and_the_first_error_is_reported() -> None:
    job = Job(DocumentInfo("a"), Settings(), longest=1)
    spans = ((0, 1), (1, 2), (2, 3))
    for errors, expected in (((), b"012"), ((2, 1), "1")):
        cutting = Cutting()
        further, final = cutting.follow_up(job, Outcome(job.info, spans=spans))
        assert [one.span for one in further] == list(spans)
        assert final is None
        for number in (2, 0, 1):
            message = str(number) if number in errors else ""
            outcome = Outcome(job.info, piece=b"%d" % number, error=message and "InputError", message=message)
            last = cutting.follow_up(further[number], outcome)
            assert number == 1 or last == ((), None)
        if errors:
            assert last[1] is not None
            assert (last[0], last[1].message) == ((), expected)
        else:
            assert [b"".join(one.pieces) for one in last[0]] == [expected]
