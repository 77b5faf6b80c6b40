"""Whole runs over small corpora of text files, in real worker processes."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from typer.testing import CliRunner

from tests.extract.making import FIXTURES
from tipmine import fingerprints
from tipmine.batch import Progress
from tipmine.cli.main import app
from tipmine.extract import deadlines
from tipmine.extract.ocr import thai_ocr
from tipmine.pipeline import STAGES, run_pipeline
from tipmine.records import Document, DocumentInfo
from tipmine.report.material import gather
from tipmine.report.tables import document_rows, summary_rows
from tipmine.store.run import open_run

REPORT = """ข้อเสนอแนะ
1) กระทรวงแรงงานควรจัดหาล่ามให้แก่ผู้เสียหายจากการค้ามนุษย์ในทุกสถานีตำรวจ
2) สถานศึกษาควรจัดกิจกรรมรณรงค์ให้เด็กรู้เท่าทันการหลอกลวงทางสื่อออนไลน์
"""
GROUP = """ผู้ดำเนินการสนทนา: ที่ผ่านมาพบปัญหาอะไรบ้างคะ
ผู้ให้ข้อมูล 1: เวลาคุยกับผู้เสียหายไม่มีล่ามเลยค่ะ ต้องรอล่ามนานมาก
ผู้ให้ข้อมูล 2: ตำรวจเปลี่ยนคนบ่อย ต้องเริ่มเล่าใหม่ทุกครั้ง
ผู้ดำเนินการสนทนา: แล้วเรื่องล่ามแก้กันอย่างไรครับ
ผู้ให้ข้อมูล 1: ขอยืมล่ามจากมูลนิธิมาช่วยแปลเป็นครั้งคราว
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "report.txt").write_text(REPORT, encoding="utf-8")
    (folder / "group.txt").write_text(GROUP, encoding="utf-8")
    return folder


def _add_scan(corpus: Path) -> None:
    """Add `scan.pdf`, a page as a picture without text, to a corpus."""
    page = pypdfium2.PdfDocument(FIXTURES / "marks-noto.pdf")[0]
    page.render(scale=1.5, grayscale=True).to_pil().save(corpus / "scan.pdf")


def test_a_run_reads_tags_and_traces_and_the_next_one_does_nothing(corpus: Path, tmp_path: Path) -> None:
    first = run_pipeline(corpus, tmp_path / "run")
    assert (first.read, first.unchanged, first.failures) == (2, 0, ())
    with open_run(tmp_path / "run") as run:
        assert len(run.passages(kind="recommendation")) == 2
        assert {trace.rec for trace in run.traces()} == {p.id for p in run.passages(kind="recommendation")}
        before = [tuple(row) for row in run.connection.execute("SELECT id, text FROM passages ORDER BY id")]
    steps: list[Progress] = []
    second = run_pipeline(corpus, tmp_path / "run", progress=steps.append)
    assert (second.read, second.unchanged) == (0, 2)
    assert [step.step for step in steps] == ["documents"]
    with open_run(tmp_path / "run") as run:
        assert before == [tuple(row) for row in run.connection.execute("SELECT id, text FROM passages ORDER BY id")]


@pytest.mark.skipif(not thai_ocr(), reason="tesseract or its Thai data is not installed")
def test_what_waited_for_tesseract_is_read_once_it_is_installed(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _add_scan(corpus)
    with monkeypatch.context() as without:
        without.setenv("PATH", str(tmp_path))
        run_pipeline(corpus, tmp_path / "run")
        assert run_pipeline(corpus, tmp_path / "run").unchanged == 3
    with open_run(tmp_path / "run") as run:
        assert not run.document("scan.pdf").lines
    assert run_pipeline(corpus, tmp_path / "run").unchanged == 2
    with open_run(tmp_path / "run") as run:
        assert run.document("scan.pdf").lines
    assert run_pipeline(corpus, tmp_path / "run").unchanged == 3


@pytest.mark.skipif(not thai_ocr(), reason="tesseract or its Thai data is not installed")
def test_pages_for_which_there_was_no_time_are_read_once_there_is_more(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _add_scan(corpus)

    def run_with(seconds: int) -> tuple[int, bool]:
        (corpus / "tipmine.toml").write_text(f"[limits]\nseconds = {seconds}\n", encoding="utf-8")
        summary = run_pipeline(corpus, tmp_path / "run")
        with open_run(tmp_path / "run") as run:
            return summary.unchanged, bool(run.document("scan.pdf").lines)

    with monkeypatch.context() as hurried:
        hurried.setattr(deadlines, "AFTER_OCR", 1.0)
        assert run_with(300) == (0, False)
    assert run_with(300) == (3, False), "it would fare no better"
    assert run_with(299) == (3, False)
    assert run_with(600) == (2, True)
    assert run_with(900) == (3, True)


def test_a_run_that_was_broken_off_is_reported_wherever_it_is_used(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"

    def break_off(progress: Progress) -> None:
        if progress.done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_pipeline(corpus, out, progress=break_off)
    for command in (["query", "--run"], ["report", "--run"], ["verify"]):
        result = CliRunner().invoke(app, [*command, str(out)])
        assert "the run is not finished: 1 of 2 documents" in result.stderr
        assert (result.exit_code == 1) == (command == ["verify"])
    run_pipeline(corpus, out)
    for command in (["query", "--run"], ["verify"]):
        result = CliRunner().invoke(app, [*command, str(out)])
        assert (result.exit_code, result.stderr) == (0, "")


def test_only_a_changed_document_is_read_again(corpus: Path, tmp_path: Path) -> None:
    run_pipeline(corpus, tmp_path / "run")
    (corpus / "report.txt").write_text(REPORT + "3) ควรมีการติดตามผล\n", encoding="utf-8")
    summary = run_pipeline(corpus, tmp_path / "run")
    assert (summary.read, summary.unchanged) == (1, 1)
    with open_run(tmp_path / "run") as run:
        assert len(run.passages(kind="recommendation")) == 3


@pytest.mark.parametrize(
    ("edited", "again", "read"),
    [("thesaurus.csv", ["themes", "trace", "index"], 0), ("segment", ["themes", "trace", "index"], 2)],
)
def test_what_rests_on_data_that_was_edited_is_done_again(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edited: str, again: list[str], read: int
) -> None:
    run_pipeline(corpus, tmp_path / "run")
    as_it_was = fingerprints.data_fingerprint
    monkeypatch.setattr(
        fingerprints, "data_fingerprint", lambda *names: "edited" if edited in names else as_it_was(*names)
    )
    steps: list[Progress] = []
    assert run_pipeline(corpus, tmp_path / "run", progress=steps.append).read == read
    assert [step.step for step in steps if step.step != "documents"] == again


def test_a_broken_file_is_named_and_everything_else_is_done(corpus: Path, tmp_path: Path) -> None:
    (corpus / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing follows")
    (corpus / "empty.docx").write_bytes(b"")
    summary = run_pipeline(corpus, tmp_path / "run", workers=2)
    assert summary.read == 2
    assert [doc for doc, _ in summary.failures] == ["broken.pdf", "empty.docx"]
    for doc, message in summary.failures:
        assert message.startswith(doc)


def test_a_file_that_cannot_be_read_is_named_with_its_folder_and_what_a_run_can_do(
    corpus: Path, tmp_path: Path
) -> None:
    (corpus / "เสีย").mkdir()
    (corpus / "เสีย" / "ว่าง.pdf").write_bytes(b"")
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(corpus / "เสีย" / "ลับ.pdf", encryption=pikepdf.Encryption(owner="o", user="u"))
    stderr = CliRunner().invoke(app, ["run", str(corpus), "--out", str(tmp_path / "run")]).stderr
    assert "failed: เสีย/ว่าง.pdf: the file is empty" in stderr
    assert "failed: เสีย/ลับ.pdf: " in stderr and "--password" not in stderr and "a copy without a password" in stderr


def test_a_fault_of_a_stage_is_not_laid_on_the_file(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def segment_document(document: Document, _info: DocumentInfo) -> object:
        raise KeyError(document.doc)

    monkeypatch.setattr("tipmine.segment.segment_document", segment_document)
    monkeypatch.setattr("tipmine.executors.cores", lambda: 0)  # read in this process, where the stage is broken
    command = ["run", str(corpus), "--out", str(tmp_path / "run")]
    quiet = CliRunner().invoke(app, command)
    assert "failed: group.txt: the stage segment failed (KeyError: 'group.txt'); do: report it" in quiet.stderr
    assert (quiet.exit_code, "Traceback" in quiet.stderr) == (1, False)
    assert "raise KeyError(document.doc)" in CliRunner().invoke(app, ["--debug", *command]).stderr
    with open_run(tmp_path / "run") as run:
        assert set(run.error_classes().values()) == {"InternalError"}


def test_a_document_taken_out_of_the_corpus_leaves_the_run(corpus: Path, tmp_path: Path) -> None:
    run_pipeline(corpus, tmp_path / "run")
    (corpus / "group.txt").unlink()
    run_pipeline(corpus, tmp_path / "run")
    with open_run(tmp_path / "run") as run:
        assert [info.doc for info in run.documents()] == ["report.txt"]


def test_worker_processes_give_what_one_process_gives(corpus: Path, tmp_path: Path) -> None:
    content = []
    for workers in (0, 1, 2):
        out = tmp_path / f"run{workers}"
        run_pipeline(corpus, out, workers=workers)
        with open_run(out) as run:
            content.append((run.passages(), run.taggings(), run.traces(), run.themes()))
    assert content[0] == content[1] == content[2]


def test_every_stage_package_names_its_place_in_the_order() -> None:
    names = [stage.name for stage in STAGES]
    for name in names:
        header = (Path(__file__).parents[2] / "tipmine" / name / "__init__.py").read_text(encoding="utf-8")
        found = re.search(r"(\[?\w+\]? -> )+\[?\w+\]?", header)
        assert found is not None, name
        assert found[0].replace("[", "").replace("]", "").split(" -> ") == names
        assert f"[{name}]" in found[0]


def test_a_copy_of_a_file_changes_no_result_and_is_named(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    tables = ("documents", "passages", "themes", "theme_members", "traces", "evidence", "figures")

    def results() -> list[list[tuple[object, ...]]]:
        with open_run(out) as run:
            return [[tuple(row) for row in run.frame(name).to_numpy()] for name in tables]

    run_pipeline(corpus, out)
    before = results()
    shutil.copy(corpus / "report.txt", corpus / "a copy.txt")
    done = CliRunner().invoke(app, ["run", str(corpus), "--out", str(out)])
    assert done.exit_code == 0
    assert "passed over: a copy.txt: has the same bytes as report.txt" in done.stdout
    assert results() == before
    with open_run(out) as run:
        notes = {row["document"]: row["note"] for row in document_rows(gather(run))}
        figures = {row["figure"]: row["value"] for row in summary_rows(gather(run))}
    assert "a copy.txt" in notes["report.txt"] and not notes["group.txt"]
    assert (figures["documents"], figures["copies"]) == (2, 1)
    assert "ไฟล์ที่เป็นสำเนาของเอกสารอื่น" in (out / "report.html").read_text(encoding="utf-8")
    # Without the document that was read, its copy is a document.
    (corpus / "report.txt").unlink()
    run_pipeline(corpus, out)
    with open_run(out) as run:
        assert [info.doc for info in run.documents()] == ["a copy.txt", "group.txt"]
        assert run.copies() == []
