"""Quotations and word totals come from the index; a plain look through every text must say the same."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import write_texts
from tests.conftest import ROOT
from tipmine.digits import arabic_digits, thai_digits
from tipmine.store.entries import open_index
from tipmine.store.forms import index_words
from tipmine.store.query import Query, search
from tipmine.store.run import Run, create_run

GOLD = ROOT / "corpora" / "sample" / "gold" / "passages.jsonl"
MIXED = "การคุ้มครองตามมาตรา ๖ แห่งพระราชบัญญัติ พ.ศ. 2551 โดยหน่วยงาน DSI เป็นผู้รับผิดชอบหลัก"
SPACED, JOINED = "ให้เด็ก ๆ ในชุมชน", "ให้เด็กๆ ในชุมชน"
TEXTS = (
    MIXED,
    SPACED,
    JOINED,
    *dict.fromkeys(json.loads(line)["text"] for line in GOLD.read_text(encoding="utf-8").splitlines()),
)
LONGEST = 40


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    with create_run(Path(tmp_path_factory.mktemp("quotations")) / "run") as opened:
        write_texts(opened, [("finding" if order % 3 else "plan", text) for order, text in enumerate(TEXTS)])
        yield opened


def cut(where: tuple[str, int, int]) -> str:
    """A piece of a text that begins and ends wherever it falls, in words and between a letter and its marks."""
    text, start, length = where
    at = start % len(text)
    return " ".join(text[at : at + length].replace('"', " ").split())


CUT = st.tuples(st.sampled_from(TEXTS), st.integers(0, 2_000), st.integers(1, LONGEST)).map(cut)
WRITTEN = st.sampled_from([str, arabic_digits, thai_digits, str.lower, str.upper])
LETTERS = (CUT | st.tuples(CUT, CUT).map("".join) | st.builds(lambda way, text: way(text), WRITTEN, CUT)).filter(
    str.strip
)


def plainly(letters: str) -> set[str]:
    """The texts that hold the letters, whatever their digits, Latin case and spaces before ๆ."""
    return {text for text in TEXTS if one_form(letters) in one_form(text)}


def one_form(text: str) -> str:
    return re.sub(r"\s+ๆ", "ๆ", arabic_digits(text).lower())


@settings(max_examples=300)
@given(LETTERS)
def test_a_quotation_is_found_wherever_its_letters_stand(run: Run, letters: str) -> None:
    answer = search(run, Query(f'"{letters}"', limit=len(TEXTS), facets=("kind",)))
    assert {hit.passage.text for hit in answer.hits} == plainly(letters)
    assert sum(answer.counts["kind"].values()) == answer.total == len(plainly(letters))


@pytest.mark.parametrize(
    "letters", ["มาตรา 6 แห่งพระราชบัญญัติ พ.ศ. ๒๕๕๑", "มาตรา ๖ แห่งพระราชบัญญัติ พ.ศ. 2551", "งาน dsi", "DsI"]
)
def test_a_quotation_is_found_in_whichever_digits_and_case_it_is_written(run: Run, letters: str) -> None:
    assert MIXED in {hit.passage.text for hit in search(run, Query(f'"{letters}"')).hits}
    assert all(hit.marks for hit in search(run, Query(f'"{letters}"')).hits)


@pytest.mark.parametrize("letters", ["เด็กๆ", "เด็ก ๆ", "ให้เด็กๆ ใน", "ให้เด็ก ๆ ใน", "ๆ ใน"])
def test_a_repeated_word_is_found_with_and_without_a_space_before_its_sign(run: Run, letters: str) -> None:
    hits = search(run, Query(f'"{letters}"', limit=len(TEXTS))).hits
    assert {SPACED, JOINED} <= {hit.passage.text for hit in hits}
    for hit in hits:
        assert hit.marks
        assert all(one_form(hit.passage.text[a:b]) == one_form(letters) for a, b in hit.marks)


@given(LETTERS, CUT.filter(str.strip))
def test_a_quotation_narrows_and_leaves_out_beside_other_conditions(run: Run, letters: str, other: str) -> None:
    asked = search(run, Query(f'"{letters}" -"{other}"', {"kind": ["plan"]}, limit=len(TEXTS)))
    plans = set(TEXTS[::3])
    assert {hit.passage.text for hit in asked.hits} == (plainly(letters) - plainly(other)) & plans


def test_the_index_knows_how_often_each_word_stands_in_the_run(run: Run) -> None:
    counted = Counter(form for _key, cut_words in run.iterate_words() for form in index_words(cut_words))
    assert open_index(run).word_totals == counted
    assert counted.total() > len(TEXTS)
