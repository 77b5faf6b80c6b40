"""What the search box understands, and that a run answers it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import CAMPAIGN, FINDING, INTERPRETERS, SPOKEN, write_sample_run, write_texts
from tipmine.errors import QuestionError, UsageError
from tipmine.store.language import as_letters, facets_of, parse
from tipmine.store.marks import term_ranges
from tipmine.store.query import Query, narrowed, search
from tipmine.store.run import Run, create_run
from tipmine.store.terms import synonyms


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    with write_sample_run(Path(tmp_path_factory.mktemp("language")) / "run") as opened:
        yield opened


def texts(run: Run, text: str, **filters: list[str]) -> set[str]:
    return {hit.passage.text for hit in search(run, Query(text, filters)).hits}


def test_near_counts_the_words_between_in_either_order(run: Run) -> None:
    assert texts(run, "ตำรวจ NEAR/5 ล่าม") == texts(run, "ล่าม NEAR/5 ตำรวจ") == {INTERPRETERS, FINDING}
    assert texts(run, "สถานีตำรวจ NEAR/1 ล่าม") == {FINDING}
    assert texts(run, "สถานีตำรวจ NEAR/0 ล่าม") == set()
    assert texts(run, "ตำรวจ NEAR/1 ล่าม") == {FINDING}
    assert texts(run, "ตำรวจ NEAR/0 ผู้เสียหาย") == set()


def test_a_chain_of_near_binds_each_to_the_one_before() -> None:
    ((first, second),) = parse("a NEAR/2 b NEAR/3 c")
    assert (first.letters, first.near and first.near.letters, first.distance) == ("a", "b", 2)
    assert (second.letters, second.near and second.near.letters, second.distance) == ("b", "c", 3)


def test_the_wave_adds_what_the_thesaurus_says_as_well(run: Run) -> None:
    assert "คนแปลภาษา" in synonyms("ล่าม")
    assert texts(run, "ล่าม") == {INTERPRETERS, FINDING}
    assert texts(run, "~ล่าม") == {INTERPRETERS, FINDING, SPOKEN}


def test_facets_are_written_into_the_text_with_names_and_both_eras(run: Run) -> None:
    assert texts(run, "pillar:prevention") == {CAMPAIGN}
    assert texts(run, "ล่าม kind:finding") == {FINDING}
    assert texts(run, "year:2023") == texts(run, "year:๒๕๖๖") == {SPOKEN}
    assert texts(run, 'speaker:"ผู้ให้ข้อมูล 1"') == {SPOKEN}
    assert texts(run, "theme:ไม่มีคนแปล") == {SPOKEN}


def test_a_chosen_value_narrows_the_written_ones(run: Run) -> None:
    assert texts(run, "kind:finding kind:utterance", kind=["finding"]) == {FINDING}
    assert texts(run, "kind:finding", kind=["utterance"]) == set()
    assert search(run, Query("kind:finding", {"kind": ["plan"]}, facets=("year",))).counts == {"year": {}}


def test_an_unknown_facet_is_named() -> None:
    assert facets_of("colour:red ล่าม") == {}
    from tipmine.store.query import index_values

    with pytest.raises(UsageError, match="not a facet"):
        index_values(None, {"colour": ["red"]})  # type: ignore[arg-type]  # refused before the run is asked


@pytest.mark.parametrize(
    ("facet", "value", "known"),
    [
        ("pillar", "police", "prosecution"),
        ("kind", "actor", "utterance"),
        ("role", "Partner", "partner"),
        ("sector", "police", "police_justice"),
        ("coverage", "full", "partial"),
        ("doubtful", "maybe", "yes"),
    ],
)
def test_a_mistyped_value_of_a_facet_with_a_fixed_list_is_refused(run: Run, facet: str, value: str, known: str) -> None:
    from tipmine.store.query import index_values

    for ask in (lambda: index_values(run, {facet: [value]}), lambda: texts(run, f"ล่าม {facet}:{value}")):
        with pytest.raises(
            QuestionError, match=rf"{value}: is not a value of the facet {facet}; expected: .*\b{known}\b"
        ):
            ask()


@pytest.mark.parametrize("year", ["67", "0", "0067", "ปีนี้", "25670", "9" * 4990], ids=lambda year: year[:9])
def test_what_is_no_year_of_four_digits_is_refused(run: Run, year: str) -> None:
    from tipmine.store.query import index_values

    for ask in (lambda: index_values(run, {"year": [year]}), lambda: texts(run, f"ล่าม year:{year}")):
        with pytest.raises(QuestionError, match="is not a year; expected: four digits"):
            ask()


def test_places_are_those_of_words_phrases_and_prefixes() -> None:
    words = ["การ", "คุ้มครอง", "ล่าม", "ตำรวจ", "ล่าม"]
    assert term_ranges(parse("ล่าม"), words) == [(2, 3), (4, 5)]
    assert term_ranges(parse("คุ้ม*"), words) == [(1, 2)]
    assert term_ranges(parse("-ล่าม"), words) == []


NOTHING = (
    "ฯ",
    "ๆ",
    ".",
    "*",
    "~",
    '""',
    "OR",
    "\\",
    '"',
    "-",
    "OR OR",
    '-"',
    "((",
    "AND",
    "NOT",
    "NEAR/3",
    "kind:plan *",
    "* ฯ",
)


@pytest.mark.parametrize("text", NOTHING)
def test_a_query_with_nothing_to_search_for_is_refused(run: Run, text: str) -> None:
    for ask in (parse, lambda text: search(run, Query(text)), lambda text: narrowed(Query("ล่าม"), Query(text))):
        with pytest.raises(QuestionError, match="nothing in it to search for") as refused:
            ask(text)
        assert refused.value.code == "nothing"


@pytest.mark.parametrize("text", ["", " ", "\u200b", "kind:finding", "(kind:finding) ()", "kind:finding OR kind:plan"])
def test_a_query_without_words_is_no_wrong_one(text: str) -> None:
    assert parse(text) == []


def test_signs_in_quotation_marks_are_searched(tmp_path: Path) -> None:
    with create_run(tmp_path / "run") as run:
        write_texts(run, [("other", "เด็กๆ ไปโรงเรียน"), ("other", "กรุงเทพฯ"), ("other", "ไม่มี")])
        assert texts(run, '"ๆ"') == {"เด็กๆ ไปโรงเรียน"}
        assert texts(run, '"ฯ"') == {"กรุงเทพฯ"}
        assert texts(run, '"*"') == set()


def test_and_and_not_are_operators(run: Run) -> None:
    assert texts(run, "ล่าม AND ผู้เสียหาย") == {INTERPRETERS}
    assert texts(run, "ล่าม NOT ผู้เสียหาย") == texts(run, "ล่าม AND NOT ผู้เสียหาย") == {FINDING}
    assert texts(run, "NOT ล่าม") == texts(run, "NOT NOT -ล่าม") == {CAMPAIGN, SPOKEN}
    assert texts(run, "ล่าม NOT (ผู้เสียหาย OR ปี)") == set()
    assert texts(run, "ล่าม NOT -ผู้เสียหาย") == {INTERPRETERS}
    assert texts(run, "รณรงค์ OR NOT ล่าม AND คุย") == {CAMPAIGN, SPOKEN}
    assert texts(run, "ล่าม NOT OR รณรงค์") == {INTERPRETERS, FINDING, CAMPAIGN}
    assert texts(run, "ล่าม AND kind:finding") == {FINDING}
    assert texts(run, '"AND"') == texts(run, "and") == set()
    with pytest.raises(QuestionError, match="cannot be left out"):
        search(run, Query("ล่าม NOT kind:finding"))
    assert as_letters("ก NOT ข NOT (ค ง) AND จ") == '"ก" NOT ข NOT ( ค ง ) AND "จ"'
