"""What people decide counts in the themes and traces of the next run, and is never held up by a run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.pipeline.test_steering import write_group
from tipmine import themes
from tipmine.batch import Progress
from tipmine.cli.main import app
from tipmine.pipeline import run_pipeline
from tipmine.records import Passage, ThemeSet
from tipmine.store import database
from tipmine.store.decisions import active, decide, undo
from tipmine.store.fields import LABEL
from tipmine.store.run import open_run

REPORT = """ผลการศึกษา
พบว่าสถานีตำรวจไม่มีล่ามภาษาพม่าในเวลากลางคืน

ข้อเสนอแนะ
1) กระทรวงแรงงานควรจัดหาล่ามให้แก่ผู้เสียหายจากการค้ามนุษย์ในทุกสถานีตำรวจ
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "report.txt").write_text(REPORT, encoding="utf-8")
    for start, name in enumerate(("north", "south")):
        write_group(folder, name, start)
    return folder


def done_again(corpus: Path, out: Path) -> list[str]:
    """The steps that a rerun does besides reading documents."""
    steps: list[Progress] = []
    run_pipeline(corpus, out, progress=steps.append)
    return [step.step for step in steps if step.step != "documents"]


def passage_with(out: Path, words: str) -> Passage:
    with open_run(out) as run:
        return next(passage for passage in run.passages() if words in passage.text)


def traced(out: Path) -> set[str]:
    with open_run(out) as run:
        return {trace.rec for trace in run.traces()}


def cited(out: Path) -> set[str]:
    with open_run(out) as run:
        return {item.id for trace in run.traces() for item in trace.evidence}


def test_what_a_person_makes_a_recommendation_is_traced_and_no_evidence_any_more(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    run_pipeline(corpus, out)
    finding = passage_with(out, "พบว่าสถานีตำรวจ")
    assert finding.id in cited(out) and finding.id not in traced(out)
    with open_run(out) as run:
        number = decide(run.connection, finding.id, "kind", "recommendation", "สมศรี")
    assert done_again(corpus, out) == ["trace", "index"]
    assert finding.id in traced(out) and finding.id not in cited(out)
    assert done_again(corpus, out) == []
    with open_run(out) as run:
        undo(run.connection, number)
    assert done_again(corpus, out) == ["trace", "index"]
    assert finding.id in cited(out) and finding.id not in traced(out)


def test_a_turn_that_a_person_makes_something_else_is_in_no_theme(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    run_pipeline(corpus, out)
    turn = passage_with(out, "ควักเงินค่ารถไป")
    with open_run(out) as run:
        decide(run.connection, turn.id, "kind", "other", "สมศรี")
    assert done_again(corpus, out) == ["themes", "trace", "index"]
    with open_run(out) as run:
        found = run.themes()
    assert turn.id not in {member.id for theme in found.themes for member in theme.members} | set(found.outliers)
    assert turn.id not in cited(out)


def test_a_decision_that_changes_no_input_does_nothing_again(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    run_pipeline(corpus, out)
    rec = passage_with(out, "ควรจัดหาล่าม")
    with open_run(out) as run:
        decide(run.connection, rec.id, "kind", "recommendation", "สมศรี")
        for tag in run.taggings(ids=[rec.id])[rec.id].pillars:
            decide(run.connection, rec.id, f"pillar:{tag.code}", "yes", "สมศรี")
        decide(run.connection, rec.id, f"link:{next(iter(cited(out)))}", "yes", "สมศรี")
    assert done_again(corpus, out) == []


def test_a_decision_about_a_tag_of_a_recommendation_is_traced_anew(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    run_pipeline(corpus, out)
    rec = passage_with(out, "ควรจัดหาล่าม")
    with open_run(out) as run:
        has = {tag.code for tag in run.taggings(ids=[rec.id])[rec.id].pillars}
        decide(run.connection, rec.id, "pillar:policy", "no" if "policy" in has else "yes", "สมศรี")
    assert done_again(corpus, out) == ["trace", "index"]


def test_people_decide_while_themes_are_sought(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "run"
    run_pipeline(corpus, out)
    turn = passage_with(out, "ควักเงินค่ารถไป")
    with open_run(out) as run:
        decide(run.connection, turn.id, "kind", "other", "สมศรี")
        theme = run.themes().themes[0].id
    monkeypatch.setattr(database, "_BUSY_SECONDS", 0.0)  # who must wait fails at once
    seek = themes.find_themes

    def meanwhile(*args: Any, **named: Any) -> ThemeSet:
        with open_run(out) as run:
            decide(run.connection, theme, "label", "ชื่อที่ตั้งเอง", "วิชัย")
            decide(run.connection, turn.id, "kind", "finding", "วิชัย")
        return seek(*args, **named)

    monkeypatch.setattr(themes, "find_themes", meanwhile, raising=False)
    assert done_again(corpus, out) == ["themes", "trace", "index"]
    with open_run(out) as run:
        assert active(run.connection)[theme][LABEL].value == "ชื่อที่ตั้งเอง"
        assert "ชื่อที่ตั้งเอง" in {found.label for found in run.themes().themes}


def test_decisions_follow_a_file_that_is_renamed_and_those_about_nothing_are_reported(
    corpus: Path, tmp_path: Path
) -> None:
    out = tmp_path / "run"
    run_pipeline(corpus, out)
    rec, turn = passage_with(out, "ควรจัดหาล่าม"), passage_with(out, "ควักเงินค่ารถไป")
    with open_run(out) as run:
        decide(run.connection, rec.id, "pillar:policy", "yes", "สมศรี")
        decide(run.connection, rec.id, f"link:{turn.id}", "yes", "สมศรี")
        theme = run.themes().themes[0].id
        decide(run.connection, theme, "label", "ชื่อที่ตั้งเอง", "สมศรี")
    (corpus / "ย่อย").mkdir()
    (corpus / rec.doc).rename(corpus / "ย่อย" / "ใหม่.txt")
    (corpus / turn.doc).rename(corpus / "สนทนา.txt")
    result = CliRunner().invoke(app, ["run", str(corpus), "--out", str(out)])
    assert f"renamed: {rec.doc} is now ย่อย/ใหม่.txt; its 2 decisions went with it" in result.stdout
    assert "no longer in the run" not in result.stderr
    moved, said = passage_with(out, "ควรจัดหาล่าม"), passage_with(out, "ควักเงินค่ารถไป")
    assert moved.id != rec.id
    with open_run(out) as run:
        assert "policy" in {tag.code for tag in run.taggings(ids=[moved.id])[moved.id].pillars}
        (trace,) = (trace for trace in run.traces() if trace.rec == moved.id)
        assert said.id in {item.id for item in trace.evidence if item.band == "confirmed"}
        assert "ชื่อที่ตั้งเอง" in {found.label for found in run.themes().themes}
    (corpus / "ย่อย" / "ใหม่.txt").unlink()
    assert run_pipeline(corpus, out).orphaned_decisions == 2


EDITED = REPORT + "\n".join(["2) กรมการจัดหางานควรตรวจสอบบริษัทจัดหางานทุกสามเดือน", "3) ควรอบรมครูแนะแนวทุกภาคเรียน", ""])


@pytest.mark.parametrize("parts", [False, True])
def test_decisions_about_what_stands_follow_a_file_that_is_renamed_and_edited(
    corpus: Path, tmp_path: Path, parts: bool
) -> None:
    out, address = tmp_path / "run", str(tmp_path / "parts") if parts else ""
    (corpus / "report.txt").write_text(EDITED, encoding="utf-8")
    run_pipeline(corpus, out, parts=address)
    rec, changed = passage_with(out, "ควรจัดหาล่าม"), passage_with(out, "ควรอบรมครู")
    with open_run(out) as run:
        for passage in (rec, changed):
            decide(run.connection, passage.id, "pillar:policy", "yes", "สมศรี")
    (corpus / "report.txt").unlink()
    text = EDITED.replace("ควรอบรมครูแนะแนว", "ควรอบรมผู้บริหารโรงเรียน")
    (corpus / "report-final.txt").write_text(text, encoding="utf-8")
    arguments = ["run", str(corpus), "--out", str(out)] + (["--parts", address] if parts else [])
    result = CliRunner().invoke(app, arguments)
    assert "report.txt is now report-final.txt; 1 decision about what stands there went with it" in result.stdout
    assert "1 decision about passages or themes that are no longer in the run" in result.stderr
    moved = passage_with(out, "ควรจัดหาล่าม")
    with open_run(out) as run:
        assert "policy" in {tag.code for tag in run.taggings(ids=[moved.id])[moved.id].pillars}


def test_decisions_do_not_go_to_a_document_that_shares_a_few_passages_or_was_there_before(
    corpus: Path, tmp_path: Path
) -> None:
    out = tmp_path / "run"
    (corpus / "report.txt").write_text(EDITED, encoding="utf-8")
    (corpus / "copy.txt").write_text(EDITED + "4) ควรขึ้นทะเบียนนายหน้า\n", encoding="utf-8")
    run_pipeline(corpus, out)
    with open_run(out) as run:
        (rec,) = (each for each in run.passages(doc="report.txt") if "ควรจัดหาล่าม" in each.text)
        decide(run.connection, rec.id, "pillar:policy", "yes", "สมศรี")
    (corpus / "report.txt").unlink()
    (corpus / "copy.txt").write_text(EDITED + "4) ควรขึ้นทะเบียนนายหน้าทุกคน\n", encoding="utf-8")
    (corpus / "other.txt").write_text("ข้อเสนอแนะ\n1) ควรเพิ่มล่าม\n" + EDITED.splitlines()[4] + "\n", encoding="utf-8")
    assert run_pipeline(corpus, out).orphaned_decisions == 1
    (corpus / "report.txt").write_text(EDITED, encoding="utf-8")
    assert run_pipeline(corpus, out).orphaned_decisions == 0, "the file is back"
