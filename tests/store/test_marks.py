"""What a query marks in Thai text, where words are inside other words and nothing is between them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.builders import write_texts
from tests.conftest import ROOT
from tipmine.store.entries import open_index
from tipmine.store.forms import index_spans, index_words
from tipmine.store.language import parse
from tipmine.store.marks import find_marks, near_holds, term_ranges
from tipmine.store.query import Query, concordance, search
from tipmine.store.run import Run, create_run
from tipmine.tokenize import words

GOLD = ROOT / "corpora" / "sample" / "gold" / "passages.jsonl"
TEXTS = tuple(dict.fromkeys(json.loads(line)["text"] for line in GOLD.read_text(encoding="utf-8").splitlines()))
WORD = st.sampled_from(sorted({form for text in TEXTS for form in index_words(words(text)) if len(form) > 1}))
OFFICES = "สำนักงานประสานงานกับคนทำงาน งานนี้จึงไม่ใช่งานของตำรวจ"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    with create_run(Path(tmp_path_factory.mktemp("marks")) / "run") as opened:
        write_texts(opened, [("finding", text) for text in TEXTS])
        yield opened


def marks(text: str, query: str) -> list[tuple[int, str]]:
    return [(a, text[a:b]) for a, b in find_marks(text, words(text), parse(query))]


def marked(text: str, query: str) -> list[str]:
    return [letters for _start, letters in marks(text, query)]


@given(WORD)
def test_a_concordance_has_a_row_for_each_time_the_word_stands_in_the_run(run: Run, word: str) -> None:
    # Not of abbreviations, and of words that are cut otherwise when they are alone.
    assume([term.phrases() for group in parse(word) for term in group] == [((word,),)])
    rows = concordance(search(run, Query(word, limit=len(TEXTS))))
    assert len(rows) == open_index(run).word_totals[word]
    assert all(index_words([row.hit]) == [word] for row in rows)


def test_letters_inside_another_word_are_no_hit_but_of_a_quotation() -> None:
    assert marks(OFFICES, "งาน") == [(OFFICES.index(" ") + 1, "งาน"), (OFFICES.rindex("งาน"), "งาน")]
    assert len(marks(OFFICES, '"งาน"')) == OFFICES.count("งาน") == 5


def test_of_the_sides_of_a_near_only_those_close_together_are_hits() -> None:
    text = "ตำรวจจึงไม่ได้สอบปากคำเด็กเพราะไม่มีล่าม วันต่อมาจึงมีล่ามไปกับตำรวจ"
    first, second = text.index("ล่าม"), text.rindex("ล่าม")
    assert marks(text, "ล่าม NEAR/2 ตำรวจ") == [(second, "ล่าม"), (text.rindex("ตำรวจ"), "ตำรวจ")]
    assert marks(text, "ล่าม NEAR/0 ตำรวจ") == []
    assert marks(text, "เด็ก NEAR/4 ล่าม") == [(text.index("เด็ก"), "เด็ก"), (first, "ล่าม")]


@given(WORD, WORD, st.integers(0, 8), st.sampled_from(TEXTS))
def test_a_near_has_places_where_it_holds(left: str, right: str, distance: int, text: str) -> None:
    forms = index_words(words(text))
    ((term,),) = parse(f'"{left}" NEAR/{distance} "{right}"')
    assert bool(term_ranges([[term]], forms)) == near_holds(term, forms)


def test_a_beginning_marks_the_word_and_punctuation_beside_it_is_no_part() -> None:
    text = "ให้ ผู้เสียหาย, (ล่าม) และ \u201cDSI\u201d ทราบ 12."
    assert marked(text, "ผู้เสีย* OR ล่าม OR dsi OR 12") == ["ผู้เสียหาย", "ล่าม", "DSI", "12"]


def test_digits_are_equal_beside_a_letter_whose_small_form_is_longer() -> None:
    assert marked("ปี ๒๕๖๖ มีล่าม \N{LATIN CAPITAL LETTER I WITH DOT ABOVE}", '"ปี 2566"') == ["ปี ๒๕๖๖"]


def test_the_words_of_the_index_have_their_places_in_the_text() -> None:
    for text in TEXTS:
        spans = list(index_spans(text, words(text)))
        assert [each.form for each in spans] == index_words(words(text))
        assert all(index_words([text[each.start : each.end]]) == [each.form] for each in spans)


def test_marks_stand_over_spaces_between_the_words_of_a_term_but_not_of_a_quotation() -> None:
    text = "ให้จัดหา ล่ามและจัดหาล่าม"
    assert [text[a:b] for a, b in find_marks(text, words(text), parse("จัดหาล่าม"))] == ["จัดหา ล่าม", "จัดหาล่าม"]
    assert [text[a:b] for a, b in find_marks(text, words(text), parse('"จัดหาล่าม"'))] == ["จัดหาล่าม"]


def test_marks_do_not_overlap_and_stand_on_the_letters() -> None:
    text = "ล่ามและล่ามแปล"
    marks = find_marks(text, words(text), parse("ล่าม ล่ามแปล"))
    assert marks == ((0, 4), (7, 14))
