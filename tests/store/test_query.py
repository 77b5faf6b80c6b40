from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import CAMPAIGN, FINDING, INTERPRETERS, SPOKEN, passage, write_sample_run
from tipmine.records import Tagging
from tipmine.store.language import parse
from tipmine.store.marks import find_marks
from tipmine.store.query import Answer, Hit, Query, concordance, search
from tipmine.store.run import Run
from tipmine.tokenize import words


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    with write_sample_run(Path(tmp_path_factory.mktemp("store")) / "run") as opened:
        yield opened


def texts(run: Run, text: str = "", **filters: list[str]) -> set[str]:
    return {hit.passage.text for hit in search(run, Query(text, filters)).hits}


def test_a_word_finds_the_passages_that_hold_it(run: Run) -> None:
    assert texts(run, "ล่าม") == {INTERPRETERS, FINDING}


def test_two_words_must_both_be_there(run: Run) -> None:
    assert texts(run, "ล่าม ผู้เสียหาย") == {INTERPRETERS}


def test_or_minus_and_prefix(run: Run) -> None:
    assert texts(run, "ล่าม OR รณรงค์") == {INTERPRETERS, FINDING, CAMPAIGN}
    assert texts(run, "ล่าม -ผู้เสียหาย") == {FINDING}
    assert texts(run, "-ล่าม") == {CAMPAIGN, SPOKEN}
    assert texts(run, "รณ*") == {CAMPAIGN}


def test_a_quotation_is_found_letter_by_letter(run: Run) -> None:
    assert texts(run, '"ขาดล่าม"') == {FINDING}
    assert texts(run, '"ล่ามขาด"') == set()


def test_thai_and_arabic_digits_are_equal(run: Run) -> None:
    assert texts(run, "2566") == texts(run, "๒๕๖๖") == {FINDING}


def test_filters_narrow_and_facets_count(run: Run) -> None:
    assert texts(run, "", pillar=["protection"], kind=["utterance"]) == {SPOKEN}
    assert texts(run, "", actor=["police"], role=["addressee"]) == {INTERPRETERS}
    counts = search(run, Query("", facets=("kind", "year", "coverage"))).counts
    assert counts["kind"] == {"recommendation": 2, "finding": 1, "utterance": 1}
    assert counts["year"] == {"2567": 3, "2566": 1}
    assert counts["coverage"] == {"direct": 1, "none": 1}


def test_a_query_for_nothing_finds_everything(run: Run) -> None:
    assert len(texts(run)) == 4


def test_key_words_in_context_are_sorted_by_the_words_beside_them() -> None:
    texts = ("แม่พบล่ามเก่ง", "น้องพบล่ามกลับ", "เขาเรียกล่ามไปหา", "เขารอล่าม ขาดคน")
    hits = [
        Hit(
            passage("d", n, "other", text),
            words(text),
            Tagging("d", "other", (), {}, ()),
            find_marks(text, words(text), parse("ล่าม")),
        )
        for n, text in enumerate(texts)
    ]
    answer = Answer(tuple(hits), len(hits), {})
    # Vowels written before a consonant are sorted after it, and spaces count for nothing.
    assert [row.right.strip() for row in concordance(answer)] == ["กลับ", "เก่ง", "ขาดคน", "ไปหา"]
    assert [row.left for row in concordance(answer, by="left")] == ["น้องพบ", "แม่พบ", "เขารอ", "เขาเรียก"]
    assert all(row.hit == "ล่าม" for row in concordance(answer))


@pytest.mark.parametrize(
    "text",
    ["a:b", "[x TO y]", "\u0e31", '"\\\\"', '"."', "x *", "\u200b", " ", "()a", "OR a"],
)
def test_odd_queries_are_answered(run: Run, text: str) -> None:
    answer = search(run, Query(text))
    assert len(answer.hits) <= answer.total <= len(run.passages())
