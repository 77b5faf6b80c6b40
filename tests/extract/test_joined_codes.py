"""Maps whose code points were joined by "or": which letters they come from."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import pytest

from tipmine.extract.joined_codes import are_joined, possible_letters
from tipmine.thai import MARK_SET

CONSONANTS = "".join(map(chr, range(0x0E01, 0x0E2F)))
REST = "".join(map(chr, [*range(0x0E30, 0x0E3A), *range(0x0E40, 0x0E4E)]))


def ranges(letters: dict[int, str]) -> Iterator[list[tuple[int, str]]]:
    """The ranges of a map: neighbours by code and by letter."""
    places = enumerate(sorted(letters.items()))
    for _, group in groupby(places, key=lambda place: (place[1][0] - place[0], place[1][0] - ord(place[1][1]))):
        yield [item for _, item in group]


def joined(letters: dict[int, str]) -> dict[int, str]:
    """What Ghostscript 10.0.0 writes for a map: letters alone are right, the start of a range is joined by "or"."""
    wrong = {}
    for run in ranges(letters):
        start = ord(run[0][1])
        value = (start >> 8 | start & 0xFF) if len(run) > 1 else start
        wrong |= {code: chr(value + step) for step, (code, _) in enumerate(run)}
    return wrong


def read(letters: dict[int, str]) -> dict[int, str]:
    """The letters that are read from the joined map; the first choice where several are open."""
    wrong = joined(letters)
    possible = possible_letters(wrong, lambda code: letters[code] not in MARK_SET)
    return {code: possible.get(code, [text])[0] for code, text in wrong.items()}


@pytest.mark.parametrize("used", [CONSONANTS + REST, "กขคงจชซดตถทธนบปผพฟภมยรลวสหอ" + REST, "กขงจดตนบปมยรลวสหอะาเแไใ"])
def test_letters_in_the_order_of_unicode_are_read(used: str) -> None:
    """As in the fonts of TLWG: consonants at one distance from their codes, what follows at another."""
    letters = {ord(letter) - 0x0D2D + 3 * (letter in REST): letter for letter in used}
    assert are_joined(joined(letters).values())
    assert read(letters) == letters


def test_letters_with_second_shapes_between_them_are_read() -> None:
    letters = {
        2 * at if letter < "\N{THAI CHARACTER DO DEK}" else at + 60: letter for at, letter in enumerate(CONSONANTS, 5)
    }
    assert read(letters) == letters


def test_latin_letters_digits_and_spaces_stay() -> None:
    thai = {ord(letter) - 0x0D2D: letter for letter in CONSONANTS}
    latin = {code - 29: chr(code) for code in range(0x20, 0x7F)}
    assert read(thai | latin) == thai | latin


def test_quotation_marks_and_shifted_marks_are_read() -> None:
    quotes = {309: "\u201c", 310: "\u201d"}
    possible = possible_letters(joined(quotes), lambda _: True)
    assert {code: letters[0] for code, letters in possible.items()} == quotes
    shifted = possible_letters({341: "\xff", 342: "\u0100", 345: "\uf70e"}, lambda _: False)
    assert (shifted[341], shifted[342]) == (["\N{THAI CHARACTER MAI EK}"], ["\N{THAI CHARACTER MAI THO}"])


def test_a_right_map_is_believed() -> None:
    letters = dict(enumerate("สวัสดีครับ 2568 (Act) N/A"))
    right = {code: letter for code, letter in letters.items() if list(letters.values()).index(letter) == code}
    assert not are_joined(right.values())
    assert all(
        right[code] in choices
        for code, choices in possible_letters(right, lambda code: right[code] not in MARK_SET).items()
    )
