"""What holds for every text: edits tell the whole story, a second repair changes nothing, letters are kept."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bench.damage import CLASSES, damage_lines
from tests.repair.strategies import WORDS, broken, prose
from tests.timing import cpu_seconds
from tipmine.extract.repair import repair_lines, repair_text, replay, undo

FREE = {
    "foreign-mark",
    "unknown-mark",
    "tall-consonant-shape",
    "overprint",
    "repeated-cluster",
    "repeated-cluster-space",
}
FREE |= {f"mojibake-{kind}" for kind in ("latin", "mac", "utf8-latin", "utf8-thai")}
KEPT = re.compile("[\u0e01-\u0e0c\u0e0e\u0e11-\u0e2b\u0e2d\u0e2e\u0e50-\u0e59A-Za-z0-9]")
"""Consonants (but those that have private-use shapes), digits, Latin letters."""


@settings(max_examples=400, deadline=None)
@given(broken)
def test_edits_lead_from_the_raw_text_to_the_repaired_one_and_back(text):
    repaired = repair_text(text)
    assert repaired.before == text
    assert replay(text, repaired.edits) == repaired.text
    assert undo(repaired.text, repaired.edits) == text


@settings(max_examples=400, deadline=None)
@given(broken)
def test_repairing_a_repaired_text_changes_nothing(text):
    once = repair_text(text).text
    assert repair_text(once).text == once


@settings(max_examples=300, deadline=None)
@given(broken)
def test_consonants_digits_and_latin_letters_are_neither_lost_nor_made(text):
    repaired = repair_text(text)
    if not FREE & {edit.rule for edit in repaired.edits}:
        assert KEPT.findall(repaired.text) == KEPT.findall(text)


@settings(max_examples=300, deadline=None)
@given(broken)
def test_every_character_comes_from_a_place_of_the_raw_text(text):
    repaired = repair_text(text)
    assert len(repaired.origin) == len(repaired.text)
    assert all(0 <= start <= end <= len(text) for start, end in repaired.origin)
    if not FREE & {edit.rule for edit in repaired.edits}:
        for char, (start, end) in zip(repaired.text, repaired.origin, strict=True):
            assert char in text[start:end] or not KEPT.match(char)


@settings(max_examples=100, deadline=None)
@given(st.lists(prose, min_size=1, max_size=8), st.sampled_from(sorted(CLASSES)), st.integers(0, 9))
def test_made_damage_is_undone_by_the_edits_and_repaired_once_for_all(lines, kind, seed):
    raw = damage_lines(kind, lines, seed)
    repaired = repair_lines(raw)
    for line in repaired:
        assert replay(line.before, line.edits) == line.text
        assert undo(line.text, line.edits) == line.before
    again = repair_lines([line.text for line in repaired])
    assert [line.text for line in again] == [line.text for line in repaired]


@settings(max_examples=150, deadline=None)
@given(prose)
def test_clean_words_are_left_alone(text):
    assert repair_text(text).text == text


def test_lines_and_text_agree_and_line_breaks_stay():
    lines = ["การดำาเนินงาน", "", "ของผูป้ฏบัิตกิาร ทีใ\u0e48ช้", "clean line"]
    assert repair_text("\n".join(lines)).text == "\n".join(line.text for line in repair_lines(lines))


def test_fonts_must_match_the_lines():
    with pytest.raises(ValueError, match="2 lines but 1 fonts"):
        repair_lines(["a", "b"], ["F1"])


@pytest.mark.parametrize(
    "unit",
    [
        "\u0e48",
        "ก\u0e48\u0e35",
        "กี่",
        "เ",
        " \u0e49",
        "ค า",
        "\ufffd",
        "(cid:1)",
        "ก\u0164",
        "\u0e33า",
        "กกขข",
        "\u00e0\u00b8\u00a1",
        "เธ\u0081",
        "\u00a1\u00d2\u00c3",
        "ดำเนินการ",
    ],
)
def test_time_grows_in_step_with_the_length(unit):
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        return cpu_seconds(lambda: repair_text(text))

    # Four times the text may take twelve times as long (other work on the machine jitters), not sixteen.
    assert seconds(12_000) < 12 * seconds(3_000) + 0.2


@pytest.mark.parametrize("space", ["", " "])
def test_a_line_of_a_whole_document_is_repaired_as_lines_are_and_in_linear_time(space):
    broken_words = "ผูป้ฏบัิตงิาน" + space
    line = repair_lines([broken_words * 400])[0]
    assert line.text.count("ผู้ปฏิบัติงาน") >= 395
    assert replay(line.before, line.edits) == line.text

    def seconds(words):
        return cpu_seconds(lambda: repair_lines([broken_words * words]))

    assert seconds(4_000) < 8 * seconds(1_000) + 0.2


def test_different_fonts_of_one_document_are_learnt_apart():
    source = random.Random(4)  # noqa: S311 - repeatable, not secret
    lines = [" ".join(source.sample(WORDS[:30], 8)) for _ in range(40)]
    raw = [
        line.replace("\u0e33", "า") if i % 2 else damage_lines("displaced", [line], i)[0]
        for i, line in enumerate(lines)
    ]
    repaired = repair_lines(raw, [f"F{i % 2}" for i in range(40)])
    wrong = sum(line.text != whole for line, whole in zip(repaired, lines, strict=True))
    assert wrong <= 4
