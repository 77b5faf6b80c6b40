"""Forms of writing that a search must not tell apart: stops, digits, brackets, the borders of words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import CAMPAIGN, FINDING, INTERPRETERS, SPOKEN, write_sample_run
from tipmine.digits import arabic_digits, thai_digits
from tipmine.lexical.thesaurus import load_thesaurus
from tipmine.store.forms import index_words
from tipmine.store.language import parse
from tipmine.store.marks import find_marks, term_ranges
from tipmine.store.query import Query, concordance, search
from tipmine.store.run import Run
from tipmine.tokenize import words

SHORT = sorted(
    {
        form.replace(".", "")
        for concept in load_thesaurus().values()
        for form in concept.abbreviations
        if form.endswith(".") and all("\u0e01" <= c <= "\u0e2e" or c == "." for c in form)
    }
)
BESIDE = ("ให้ {} ดำเนินการ", "กระทรวง ({}) และคณะ", "ที่ประชุม {}", "{}/สำนักงาน", "\u201c{}\u201d")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    with write_sample_run(Path(tmp_path_factory.mktemp("forms")) / "run") as opened:
        yield opened


def texts(run: Run, text: str) -> set[str]:
    return {hit.passage.text for hit in search(run, Query(text)).hits}


def spellings(bare: str) -> list[str]:
    return [bare, bare + ".", ".".join(bare) + "."]


def test_there_are_abbreviations_to_try() -> None:
    assert len(SHORT) > 20


@pytest.mark.parametrize("beside", BESIDE)
def test_an_abbreviation_is_found_in_every_spelling_by_every_spelling(beside: str) -> None:
    missed = [
        (written, asked)
        for bare in SHORT
        for written in spellings(bare)
        for asked in spellings(bare)
        if not term_ranges(parse(asked), index_words(words(beside.format(written))))
    ]
    assert missed == []


def test_an_abbreviation_is_marked_where_it_stands_and_not_inside_a_word() -> None:
    text = "ตรวจแล้ว ให้ ตร. และ ต.ร. ทราบ"
    assert [text[a:b] for a, b in find_marks(text, words(text), parse("ต.ร."))] == ["ตร.", "ต.ร."]


@given(st.integers(0, 99_999_999))
def test_digits_are_equal_in_words_and_quotations(number: int) -> None:
    asked, written = str(number), thai_digits(str(number))
    assert arabic_digits(written) == asked
    for text, query in ((f"ปี {written} นี้", asked), (f"ปี {asked} นี้", written)):
        assert term_ranges(parse(query), index_words(words(text)))
        assert find_marks(text, words(text), parse(f'"{query}"')) == ((3, 3 + len(asked)),)


def test_a_quotation_finds_letters_wherever_words_begin_and_end(run: Run) -> None:
    assert texts(run, '"รวจควรจัด"') == {INTERPRETERS}
    assert texts(run, '"ปี 2566 มี"') == texts(run, '"ปี ๒๕๖๖ มี"') == {FINDING}
    assert texts(run, '-"ล่าม"') == {CAMPAIGN, SPOKEN}
    assert texts(run, '"ล่าม" -"ขาดล่"') == {INTERPRETERS}


def test_a_prefix_may_end_inside_a_word_and_begin_before_it(run: Run) -> None:
    assert texts(run, "ผู้เสีย*") == texts(run, "แก่ผู้เสีย*") == {INTERPRETERS}
    assert texts(run, "สถานีตำ* NEAR/1 ล่*") == {FINDING}


def test_a_minus_before_near_leaves_out_only_what_stands_close(run: Run) -> None:
    assert texts(run, "ล่าม -(สถานีตำรวจ NEAR/0 ล่าม)") == {INTERPRETERS, FINDING}
    assert texts(run, "ล่าม -(สถานีตำรวจ NEAR/1 ล่าม)") == {INTERPRETERS}


def test_a_lone_mark_asks_for_nothing(run: Run) -> None:
    assert texts(run, "ล่าม - ผู้เสียหาย") == texts(run, "ล่าม / ผู้เสียหาย") == {INTERPRETERS}


def test_what_comes_with_a_copied_text_does_not_hide_it(run: Run) -> None:
    assert texts(run, "\ufeffล่\u200bาม\r\nผู้เสียหาย\x00") == {INTERPRETERS}
    assert parse("ท\u0e4dาความ") == parse("ทำความ")


def test_a_context_is_cut_where_words_end(run: Run) -> None:
    (hit,) = search(run, Query("รณรงค์")).hits
    (line,) = concordance(search(run, Query("รณรงค์")))
    assert line.left == CAMPAIGN[: hit.marks[0][0]]
    borders = {0, len(CAMPAIGN)}
    at = 0
    for word in words(CAMPAIGN):
        at = CAMPAIGN.index(word, at) + len(word)
        borders |= {at, at - len(word)}
    assert CAMPAIGN.index(line.right) + len(line.right) in borders
