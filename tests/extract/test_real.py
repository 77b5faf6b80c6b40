"""Real PDFs that do not ship: what the survey of them says must hold; skipped where they are missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tipmine.extract import extract_document
from tipmine.extract.repair import damage_signs, replay, undo

KINDS = {
    "29728186": "every sara aa came out as sara am",
    "22638c21": "tall consonants' tones came out as sara uu",
    "21aca27e": "tones without a map",
    "632e11f3": "private-use marks",
    "fc17a56e": "one-byte Macintosh Thai",
    "998357fc": "two columns over hidden text",
    "91b186eb": "ActualText",
    "9643fbb7": "displaced marks",
}


@pytest.mark.parametrize("stem", KINDS, ids=KINDS.get)
def test_a_damaged_file_comes_out_clean(shared_dir: Path, stem: str) -> None:
    document = extract_document(shared_dir / "pdfs" / f"{stem}.pdf", ocr="never")
    text = "\n".join(line.text for line in document.lines)
    letters = len(re.findall("[\u0e01-\u0e5b]", text))
    assert 1000 * sum(damage_signs(text).values()) <= 0.5 * letters
    for line in document.lines:
        assert replay(line.raw, line.edits) == line.text
        assert undo(line.text, line.edits) == line.raw


@pytest.mark.parametrize("stem", ["3af0fde5", "9643fbb7", "f20ef955", "6f76339f"])
def test_a_file_whose_source_is_known_reads_as_its_source(shared_dir: Path, stem: str) -> None:
    furniture = ("running_head", "running_foot", "page_number")
    document = extract_document(shared_dir / "pdfs" / f"{stem}.pdf", ocr="never")
    read = "".join(line.text for line in document.lines if line.role not in furniture)
    truth = (shared_dir / "pdfs" / "truth" / f"{stem}.txt").read_text(encoding="utf-8")
    assert re.sub(r"\s", "", read) == re.sub(r"\s", "", truth)
