"""Words with offsets."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tipmine.tokenize import tokenize_text, words, words_of
from tipmine.tokenize.dictionary import cut, encodable, load_words, project_dictionary
from tipmine.tokenize.words import with_offsets

THAI = st.text(alphabet=st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B))
ANY = (
    st.text(alphabet=st.characters(exclude_categories=()))
    | THAI
    | st.text(alphabet=" \n\u200b\ufeffก\u0e33\u0e48a1.\ud800")
)


@settings(deadline=None, max_examples=400)
@given(ANY)
@example("")
@example("\ud800ก")
@example("\u0e48\u0e48\u0e33")
def test_tokens_put_together_are_the_text(text: str) -> None:
    tokens = tokenize_text(text)

    assert "".join(token.text for token in tokens) == text
    assert [token.start for token in tokens] == [0, *(token.end for token in tokens)][: len(tokens)]
    assert all(token.start < token.end and text[token.start : token.end] == token.text for token in tokens)


@given(ANY)
@settings(deadline=None)
def test_words_are_the_tokens_that_carry_meaning(text: str) -> None:
    found = words(text)

    assert found == words_of(tokenize_text(encodable(text)))
    assert all(any(map(str.isalnum, word)) and not set(" \n\t") & set(word) for word in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ผู้เสียหาย 3 คน", ("ผู้เสียหาย", "3", "คน")),
        ("เด็ก \N{THAI CHARACTER MAIYAMOK} (15 ปี)", ("เด็ก", "15", "ปี")),
        ("NGOs และ IOM", ("NGOs", "และ", "IOM")),
        ("ร้อยละ ๔๕.๕", ("ร้อยละ", "๔๕.๕")),
        ("", ()),
        (" \n ... - ", ()),
    ],
)
def test_words_leave_out_spaces_and_signs(text: str, expected: tuple[str, ...]) -> None:
    assert words(text) == expected


def test_a_cut_that_does_not_add_up_is_thrown_away() -> None:
    assert [token.text for token in with_offsets("กข 12", ["กข"])] == ["กข", " ", "12"]


def test_names_built_of_known_words_stay_divisible() -> None:
    assert "แรงงาน" in words("กระทรวงแรงงาน")


def test_a_dictionary_is_known_by_its_content() -> None:
    name = load_words({"กขฃคฅฆง", "ฮฬอ"})

    assert load_words(["ฮฬอ", "กขฃคฅฆง"]) == name
    assert cut("กขฃคฅฆงฮฬอ", name) == ["กขฃคฅฆง", "ฮฬอ"]


def test_a_megabyte_without_a_space_takes_linear_time() -> None:
    text = "การคัดแยกผู้เสียหายตากลมมากกว่า" * 32_000
    project_dictionary()
    start = time.process_time()
    tokens = tokenize_text(text)

    assert tokens[-1].end == len(text) >= 900_000
    # Measured 0.5 s; anything worse than linear takes minutes.
    assert time.process_time() - start < 15
