"""Thai letters by their classes, digits, and the order of a dictionary."""

from __future__ import annotations

import re
import unicodedata

from tipmine import thai
from tipmine.digits import ARABIC_DIGITS, DIGITS, THAI_DIGITS, thai_digits
from tipmine.thai_order import thai_order

BLOCK = [chr(code) for code in range(0x0E01, 0x0E5C) if unicodedata.name(chr(code), "")]


def test_digits_and_signs_are_in_the_block_and_no_letters() -> None:
    signs = {letter for letter in BLOCK if thai.in_thai_block(letter) and not thai.is_thai_letter(letter)}
    named = {unicodedata.name(sign).removeprefix("THAI ").removeprefix("CHARACTER ") for sign in signs}
    assert {name for name in named if not name.startswith("DIGIT")} == {
        *("PAIYANNOI", "MAIYAMOK", "FONGMAN", "ANGKHANKHU", "KHOMUT", "CURRENCY SYMBOL BAHT"),
    }


def test_marks_take_no_room_and_all_other_letters_do() -> None:
    assert {letter for letter in BLOCK if not thai.takes_room(letter)} == thai.MARK_SET


def test_the_classes_of_patterns_are_those_of_the_sets() -> None:
    for pattern, letters in (
        (thai.LETTERS, thai.LETTER_SET),
        (thai.MARKS, thai.MARK_SET),
        (thai.CONSONANTS, thai.CONSONANT_SET),
        (thai.LEADING, thai.LEADING_SET),
    ):
        assert set(re.findall(f"[{pattern}]", "".join(BLOCK))) == letters
    assert thai.CARRIERS < thai.CONSONANT_SET
    assert set(re.findall(f"[{DIGITS}]", ARABIC_DIGITS + "".join(BLOCK))) == {*ARABIC_DIGITS, *THAI_DIGITS}


def test_a_byte_is_the_letter_of_the_thai_code_page() -> None:
    assert [thai.thai_of_byte(byte) for byte in (0xA1, 0xD3, 0xDB, 0xFB)] == ["ก", thai.SARA_AM, "", "\u0e5b"]


def test_lists_stand_in_the_order_of_a_thai_dictionary() -> None:
    assert sorted(["แขก", "เก", "ขา", "กา", "ไก่", "กา"], key=thai_order) == ["กา", "กา", "เก", "ไก่", "ขา", "แขก"]


def test_thai_digits_leave_other_signs_alone() -> None:
    assert thai_digits("หน้า 10–12, ฉบับที่ ๓") == "หน้า ๑๐–๑๒, ฉบับที่ ๓"
