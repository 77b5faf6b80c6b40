"""What Thai pages say about doubtful pages and unread files is Thai, and follows the words of the extraction."""

from __future__ import annotations

import re

import pytest

from tests.builders import CLEAN
from tipmine import errors
from tipmine.data import data_rows
from tipmine.extract import quality, reasons
from tipmine.extract.drafts import DraftPage
from tipmine.extract.explain import PAGE_RULES
from tipmine.extract.repair.catalogue import BY_ID
from tipmine.report.labels import table
from tipmine.report.reasons import failure_words, reason_words, repair_words

ENGLISH = re.compile(r"\b(?!OCR\b|tesseract|ocr\b|tha\b)[A-Za-z]{3,}")
SCAN = DraftPage(1, 595.0, 842.0, images=1.0)


REASONS = [
    quality.why_ocr(SCAN),
    f"{quality.why_ocr(SCAN)}; {reasons.INSTALL}",
    f"{quality.why_ocr(SCAN)}; {reasons.FAILED}",
    f"{quality.why_ocr(SCAN)}; {reasons.OUT_OF_TIME.format(60)}",
    f"{quality.why_ocr(SCAN)}; {reasons.NOTHING_FOUND}",
    f"{quality.why_ocr(SCAN)}; {reasons.NO_THAI_DATA.format(reasons.INSTALL)}",
    quality.line_quality("กา\uf700", changed=False, doubtful=False, reason="", score=1.0).reason,
    quality.line_quality("กา", changed=False, doubtful=True, reason="", score=1.0).reason,
    quality.page_quality(DraftPage(1, 1.0, 1.0), [("กา" * quality.ENOUGH_LETTERS, CLEAN)]).reason,
    reasons.UNREAD_GLYPH,
    quality.page_quality(DraftPage(1, 1.0, 1.0), []).reason,
    quality.page_quality(DraftPage(1, 1.0, 1.0, broke_off=True), []).reason,
    quality.page_quality(DraftPage(1, 1.0, 1.0, no_tables=True), [("กา", CLEAN)]).reason,
]


@pytest.mark.parametrize("reason", REASONS)
def test_a_reason_of_the_extraction_is_said_in_thai(reason: str) -> None:
    assert ENGLISH.search(reason)
    assert not ENGLISH.search(reason_words(reason))


def test_the_table_has_every_sentence_of_the_extraction_and_no_other() -> None:
    sentences = {value for name, value in vars(reasons).items() if name.isupper() and name[0] != "_"} - {
        reasons.BETWEEN
    }
    rows = data_rows("report/reasons.tsv", cells=2)
    assert sorted(sentence for sentence, _ in rows) == sorted(sentences)
    assert all(sentence.count("{}") >= thai.count("{}") for sentence, thai in rows)
    assert not any(ENGLISH.search(thai) for _, thai in rows)


def test_what_the_table_does_not_have_stays_as_it_is() -> None:
    assert reason_words("something new") == "something new"
    assert reason_words("") == ""


@pytest.mark.parametrize("rule", [*BY_ID, *PAGE_RULES, "of-another-version"])
def test_a_repair_is_said_in_thai(rule: str) -> None:
    assert any("\N{THAI CHARACTER KO KAI}" <= letter <= "\N{THAI CHARACTER KHOMUT}" for letter in repair_words(rule))


def test_every_sort_of_error_has_thai_words_and_keeps_the_message() -> None:
    known = {code for group, code in table() if group == "failure"} - {"other"}
    assert all(issubclass(getattr(errors, name), errors.TipmineError) for name in known)
    assert failure_words("EncryptedError", "needs a password") == "ไฟล์มีรหัสผ่าน (needs a password)"
    assert failure_words("RuntimeError", "lost") == "อ่านไฟล์นี้ไม่ได้ (lost)"
