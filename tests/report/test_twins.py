"""Documents that say nearly the same are reported; two years of one plan and letters with one formula are not."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

from docx import Document
from typer.testing import CliRunner

from tipmine.cli.main import app
from tipmine.report.material import gather
from tipmine.report.summary import document_rows, twin_documents
from tipmine.report.twins import LEAST_TEXTS, SKETCH, sketch, twins
from tipmine.store.run import open_run

MINUTES = Path(__file__).parents[1] / "cases" / "documents" / "05.docx"
LETTERS = "กขคงจฉชซญดตถทธนบปผพฟมยรลวสหอ"


def _texts(count: int, seed: int) -> list[str]:
    draw = random.Random(seed)  # noqa: S311 - no secret
    return ["".join(draw.choices(LETTERS, k=60)) for _ in range(count)]


def test_the_likeness_is_the_share_of_texts_that_both_have() -> None:
    common, more, others = _texts(300, 1), _texts(100, 2), _texts(300, 3)
    (found,) = twins({"a": sketch(common), "b": sketch(common + more), "c": sketch(others)})
    assert (found.left, found.right) == ("a", "b")
    assert abs(found.likeness - 300 / 400) < 3 * 0.5 / SKETCH**0.5


def test_white_space_digits_and_cuts_in_places_make_no_other_document() -> None:
    texts = _texts(40, 1)
    pdf = [f"{number} {text[:20]} {text[20:]}" for number, text in enumerate(texts)]
    pdf[3:5] = [pdf[3] + pdf[4]]
    assert [pair[:2] for pair in twins({"docx": sketch(texts), "pdf": sketch(pdf)})] == [("docx", "pdf")]


def test_a_plan_that_repeats_a_third_of_the_last_one_is_another_document() -> None:
    common = _texts(20, 1)
    assert twins({"2567": sketch(common + _texts(20, 2)), "2568": sketch(common + _texts(20, 3))}) == []


def test_letters_with_one_formula_and_short_phrases_are_no_twins() -> None:
    formula = _texts(LEAST_TEXTS - 1, 1)
    assert twins({"letter 1": sketch(formula), "letter 2": sketch(formula), "empty": ()}) == []
    assert sketch(["จึงเรียนมาเพื่อโปรดทราบ", "๑๒๓ 456 " * 20]) == ()


def test_a_document_in_two_formats_is_reported_in_the_report_and_by_the_run(tmp_path: Path) -> None:
    corpus, out = tmp_path / "corpus", tmp_path / "run"
    corpus.mkdir()
    shutil.copy(MINUTES, corpus / "minutes.docx")
    paragraphs = [paragraph.text for paragraph in Document(str(MINUTES)).paragraphs]
    (corpus / "minutes.txt").write_text("\n\n".join(paragraphs), encoding="utf-8")
    (corpus / "other.txt").write_text("\n\n".join(_texts(12, 5)), encoding="utf-8")
    done = CliRunner().invoke(app, ["run", str(corpus), "--out", str(out)])
    assert done.exit_code == 0
    assert "counted twice? minutes.docx and minutes.txt say nearly the same" in done.stdout
    with open_run(out) as run:
        (pair,) = twin_documents(gather(run))
        notes = {row["document"]: row["note"] for row in document_rows(gather(run))}
    assert pair[:2] == ("minutes.docx", "minutes.txt")
    assert "minutes.txt" in notes["minutes.docx"] and "minutes.docx" in notes["minutes.txt"]
    assert "minutes" not in notes["other.txt"]
