"""What Thai spelling forbids: the decoder's pairs, the sequences counted in texts and the signs of quality agree."""

from __future__ import annotations

from itertools import product

import pytest

from tipmine.extract.quality import count_signs
from tipmine.extract.repair import repair_text
from tipmine.extract.repair.orthography import (
    DRAWN_OUT,
    FORBIDDEN,
    NO_DAMAGE,
    START,
    damage_signs,
    impossible_sequences,
)
from tipmine.thai import LETTER_SET, SARA_AA

BEFORE = ("", "ก", "เก", "เ")
AFTER = ("", "ก")
PAIRS = ["".join(pair) for pair in product(sorted(LETTER_SET | {START}), sorted(LETTER_SET))]


def surroundings(pair: str) -> list[str]:
    """The pair among letters of which some let each allowed pair stand."""
    if pair[0] == START:
        return [head + pair[1] + after for head in ("", "1 ") for after in AFTER]
    return [before + pair + after for before in BEFORE for after in AFTER]


def test_a_pair_is_forbidden_where_no_surroundings_make_it_possible() -> None:
    impossible = {pair for pair in PAIRS if all(map(impossible_sequences, surroundings(pair)))}
    assert impossible == FORBIDDEN - NO_DAMAGE


def test_quality_sees_a_sign_in_each_text_that_spelling_forbids_and_in_no_other() -> None:
    texts = [text for pair in PAIRS for text in surroundings(pair)]
    assert [text for text in texts if bool(count_signs(text)) != bool(impossible_sequences(text))] == []


@pytest.mark.parametrize("pair", sorted(DRAWN_OUT))
def test_a_vowel_twice_is_damage_and_more_often_it_is_drawn_out_in_speech(pair: str) -> None:
    assert [impossible_sequences(f"ก{pair[0] * times}") for times in (1, 2, 3, 4)] == [0, 1, 0, 0]


@pytest.mark.parametrize("text", ["ข้อ \u0e45 (ก)", "ท\u0e4dา", "น\u0e4d\u0e49า"])
def test_lakkhangyao_alone_and_sara_am_in_two_halves_are_no_damage_but_are_never_put_there(text: str) -> None:
    assert NO_DAMAGE <= FORBIDDEN
    assert impossible_sequences(text) == 0


@pytest.mark.parametrize("text", ["เกาะ", "เพราะ", "เซฮาะ", "ฤๅษี", "สิทธิ์", "พุทธ\u0e4d", "มาาาก", "น้ำ", "เจอะ"])
def test_what_spelling_allows_is_not_counted(text: str) -> None:
    assert impossible_sequences(text) == 0
    assert not any(text[at : at + 2] in FORBIDDEN - DRAWN_OUT for at in range(len(text) - 1))


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("ทำาน", "am_and_aa"),
        ("ก่ี", "tone_before_vowel"),
        ("เเต่", "double_sara_e"),
        ("ที่่", "doubled_mark"),
        ("กิี", "two_vowel_marks"),
        ("กีา", "vowel_after_vowel_mark"),
        ("แกิ", "leading_with_vowel_mark"),
        ("ผู \u0e49ที่", "space_before_mark"),
        ("ม าตรา", "space_before_aa"),
        ("1\u0e49", "orphan_mark"),
    ],
)
def test_each_sign_of_the_survey_that_is_one_of_spelling_is_impossible(text: str, sign: str) -> None:
    assert damage_signs(text)[sign] == 1
    assert impossible_sequences(text) == 1


def test_a_letter_printed_twice_that_no_rule_takes_out_is_doubtful() -> None:
    assert repair_text("การาายงาน").doubtful
    assert not repair_text("มาาาก").doubtful
    assert not repair_text(f"เซฮ{SARA_AA}ะ").doubtful
