"""What Thai pages say about doubtful pages and unread files is Thai, and follows the words of the extraction."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.data_copies import FOLDER, read_changed
from tipmine import errors
from tipmine.extract import reasons
from tipmine.extract.explain import PAGE_RULES
from tipmine.extract.repair.catalogue import BY_ID
from tipmine.quality_reasons import EARLIER, VALUES, Reason, in_english
from tipmine.report import reasons as thai
from tipmine.report.labels import label, table
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


def test_every_sort_of_error_has_thai_words_also_for_a_message_that_is_not_known() -> None:
    known = {code for group, code in table() if group == "failure"} - {"other"}
    assert all(issubclass(getattr(errors, name), errors.TipmineError) for name in known)
    assert failure_words("EncryptedError", "needs a password") == "ไฟล์มีรหัสผ่าน"
    assert failure_words("RuntimeError", "lost") == "อ่านไฟล์นี้ไม่ได้"


READING = [
    *(FOLDER.parent / "extract").glob("*.py"),
    *(FOLDER.parent / f"{name}.py" for name in ("limits", "work", "corpus")),
]
NOT_OF_A_FILE = ("evaluation.py",)
RAISED = ("MissingFileError", "WrongTypeError", "EncryptedError", "DamagedFileError", "TooLargeError", "OverLimitError")


def messages() -> Iterator[tuple[str, str]]:
    """What the reading of files raises: the class, and the text with a number for each value in it."""
    for path in READING:
        if path.name in NOT_OF_A_FILE:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RAISED:
                wrong = node.args[0 if node.func.id == "OverLimitError" else 1]
                if isinstance(wrong, ast.Constant) and isinstance(wrong.value, str):
                    yield node.func.id, wrong.value
                elif isinstance(wrong, ast.JoinedStr):
                    parts = (str(part.value) if isinstance(part, ast.Constant) else "7" for part in wrong.values)
                    yield node.func.id, "".join(parts)


def test_everything_that_is_raised_about_a_file_is_said_in_thai() -> None:
    found = set(messages())
    assert len(found) >= 15
    for name, wrong in found:
        whole = wrong.replace("not 7", "not PDF")
        thai = failure_words(name, f"{whole}; expected: something; do: something")
        assert thai not in {label("failure", code) for code in (name, "other")}, (name, wrong)
        assert "something" not in thai


@pytest.mark.parametrize(
    ("message", "thai"),
    [
        ("took over 60 s; expected: x", "ใช้เวลาเกิน 60 วินาที ควรแบ่งเป็นหลายไฟล์ หรือเพิ่มเวลาใน tipmine.toml"),
        ("an old Office file (.doc)", "เป็นไฟล์ Word แบบเก่า (.doc) ควรบันทึกเป็น .docx ใน Word หรือ LibreOffice"),
        (
            "cannot be opened: Permission denied; do: check",
            "เปิดไฟล์ไม่ได้ อาจไม่มีสิทธิ์อ่าน ควรตรวจสิทธิ์ในการอ่านไฟล์",
        ),
        ("not enough memory to read it", "หน่วยความจำไม่พอสำหรับไฟล์นี้ ควรแบ่งเป็นหลายไฟล์ หรือเพิ่มหน่วยความจำใน tipmine.toml"),
        ("the stage tag failed (ValueError: a; do: b)", "ขั้นตอน tag ของ tipmine ทำงานผิดพลาดกับไฟล์นี้ ตัวไฟล์ไม่ได้เสีย ควรแจ้ง"),
    ],
)
def test_why_a_file_was_not_read_is_reported_with_what_to_do(message: str, thai: str) -> None:
    assert failure_words("InputError", message).startswith(thai)


def test_a_slip_in_the_sentences_names_file_and_row(tmp_path: Path, monkeypatch: Any) -> None:
    read_changed("report/failures.tsv", "เป็นรูปภาพ", "เป็นรูป {what}", tmp_path, monkeypatch)
    thai._failure_wordings.cache_clear()
    with pytest.raises(errors.InputError, match=r"data/report/failures\.tsv: row “a picture .*no value 'what'"):
        failure_words("WrongTypeError", "a picture")
    thai._failure_wordings.cache_clear()
