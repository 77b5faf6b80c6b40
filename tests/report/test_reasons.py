"""What Thai pages say about doubtful pages and unread files is Thai, and follows the words of the extraction."""

from __future__ import annotations

import re

import pytest

from tipmine import errors
from tipmine.extract import reasons
from tipmine.extract.explain import PAGE_RULES
from tipmine.extract.repair.catalogue import BY_ID
from tipmine.quality_reasons import EARLIER, VALUES, Reason, in_english
from tipmine.report.labels import table
from tipmine.report.reasons import failure_words, reason_words, repair_words

ENGLISH = re.compile(r"\b(?!OCR\b|tesseract|ocr\b|tha\b)[A-Za-z]{3,}")
KNOWN = [Reason(code, tuple(str(at) for at, _ in enumerate(names))) for code, names in VALUES.items()]


@pytest.mark.parametrize("reason", KNOWN, ids=str)
def test_a_reason_is_said_in_both_languages_with_all_its_values(reason: Reason) -> None:
    assert reason.code == EARLIER or ENGLISH.search(str(reason))
    assert not ENGLISH.search(reason_words([reason]))
    for value in reason.values:
        assert value in str(reason)
        assert value in reason_words([reason])


def test_extraction_gives_every_reason_but_that_of_earlier_versions() -> None:
    made = [value for value in vars(reasons).values() if isinstance(value, Reason)]
    made += [reasons.out_of_time(60), reasons.wrong_spellings(2), reasons.few_tones(3.4, 80)]
    assert sorted(reason.code for reason in made) == sorted(VALUES.keys() - {EARLIER})


def test_several_reasons_are_one_text() -> None:
    shown = (reasons.PICTURE, reasons.out_of_time(3600))
    assert in_english(shown) == (
        "a picture without text; the time for this document (3600 s) was over before OCR had read this page"
    )
    assert reason_words(shown).split("; ") == [reason_words([reason]) for reason in shown]
    assert reason_words([]) == in_english([]) == ""


@pytest.mark.parametrize(("code", "values"), [("pictures", ()), ("picture", ("1",)), ("few_tones", ("1",))])
def test_what_is_no_reason_is_refused(code: str, values: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="no reason"):
        Reason(code, values)


@pytest.mark.parametrize("rule", [*BY_ID, *PAGE_RULES, "of-another-version"])
def test_a_repair_is_said_in_thai(rule: str) -> None:
    assert any("\N{THAI CHARACTER KO KAI}" <= letter <= "\N{THAI CHARACTER KHOMUT}" for letter in repair_words(rule))


def test_every_sort_of_error_has_thai_words_and_keeps_the_message() -> None:
    known = {code for group, code in table() if group == "failure"} - {"other"}
    assert all(issubclass(getattr(errors, name), errors.TipmineError) for name in known)
    assert failure_words("EncryptedError", "needs a password") == "ไฟล์มีรหัสผ่าน (needs a password)"
    assert failure_words("RuntimeError", "lost") == "อ่านไฟล์นี้ไม่ได้ (lost)"
