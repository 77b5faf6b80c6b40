"""The Thai sentences of reasons come from a file that people edit."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import tipmine.data
from tipmine.errors import InputError
from tipmine.trace.sentences import sentence

FOLDER = Path(tipmine.data.__file__).parent


@pytest.fixture
def file(tmp_path: Path, monkeypatch: Any) -> Iterator[Path]:
    """A copy of the file that is read in its place."""
    monkeypatch.setattr(tipmine.data, "files", lambda _: tmp_path)
    vars(sentence).pop("_written", None)
    yield Path(shutil.copy(FOLDER / "trace_reasons.tsv", tmp_path))
    vars(sentence).pop("_written", None)


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_what_stands_in_the_texts_is_shown_as_it_is() -> None:
    assert sentence("shared_words", words="“{x}”").endswith("“{x}”")


def test_an_edited_sentence_is_shown(file: Path) -> None:
    change(file, "shared_words\tมีคำที่ตรงกัน: {words}", "shared_words\tตรงกันที่ {words}")
    assert sentence("shared_words", words="“ล่าม”") == "ตรงกันที่ “ล่าม”"


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("\tมีคำที่ตรงกัน: {words}", "\tมีคำที่ตรงกัน", "the sentence shared_words has other values than it needs"),
        ("\tมีคำที่ตรงกัน: {words}", "\tมีคำที่ตรงกัน: {word}", "the sentence shared_words has other values"),
        ("\tมีคำที่ตรงกัน: {words}", "\tมีคำที่ตรงกัน: {words", "the sentence shared_words cannot be read"),
        ("\nshared_words\t", "\nshared_word\t", "has an unknown code"),
        ("\nfaint_turn\t", "\nfaint\t", "no row has the code faint_turn"),
    ],
)
def test_a_sentence_that_cannot_be_filled_in_is_named(file: Path, old: str, new: str, wrong: str) -> None:
    change(file, old, new)
    with pytest.raises(InputError, match=wrong) as refused:
        sentence("idle")
    assert str(refused.value).startswith("data/trace_reasons.tsv: ")
