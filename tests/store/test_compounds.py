"""A word is found inside the compounds that the dictionary has as one word, but not where it only looks like a part."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.builders import write_texts
from tipmine.cli.main import app
from tipmine.store.compounds import compounds
from tipmine.store.counting import collocates
from tipmine.store.hints import letters_hint
from tipmine.store.language import parse
from tipmine.store.marks import find_marks
from tipmine.store.query import Query, concordance, search
from tipmine.store.run import Run, create_run
from tipmine.tokenize import words
from tipmine.tokenize.dictionary import project_words

TRADE = "การค้ามนุษย์เป็นปัญหาใหญ่"
SORTING = "ควรคัดแยกผู้เสียหายให้เร็ว"
FISHING = "แรงงานประมงไม่มีสัญญา"
OFFICE = "นายจ้างไปสำนักงานแล้ว"
TEXTS = (TRADE, SORTING, FISHING, OFFICE)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    with create_run(Path(tmp_path_factory.mktemp("compounds")) / "run") as opened:
        write_texts(opened, [("finding", text) for text in TEXTS])
        yield opened


def texts(run: Run, text: str) -> set[str]:
    return {hit.passage.text for hit in search(run, Query(text)).hits}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("ค้ามนุษย์", {TRADE}),
        ("ผู้เสียหาย", {SORTING}),
        ("คัดแยก", {SORTING}),
        ("แรงงาน", {FISHING}),
        ("ประมง", {FISHING}),
        ("-ประมง", {TRADE, SORTING, OFFICE}),
        ("ประมง NEAR/3 สัญญา", {FISHING}),
        ("งาน", set()),
        ("จ้าง", set()),
        ("นา", set()),
        ("การค้า", set()),
    ],
)
def test_a_word_is_found_as_a_part_of_a_compound(run: Run, asked: str, found: set[str]) -> None:
    assert texts(run, asked) == found


# Of the words in the runs of the sample and of the corpora that were made by hand.
@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("ค้ามนุษย์", "ขบวนการค้ามนุษย์"),
        ("ตำรวจ", "สถานีตำรวจ"),
        ("ล่าม", "ล่ามภาษา"),
        ("เด็ก", "สิทธิเด็ก"),
        ("แรงงาน", "พนักงานตรวจแรงงาน"),
        ("เสียหาย", "ค่าเสียหาย"),
        ("รู้สึก", "ความรู้สึก"),
        ("คุ้มครอง", "สถานคุ้มครอง"),
        ("กฎหมาย", "การบังคับใช้กฎหมาย"),
        ("ประเทศ", "ประเทศต้นทาง"),
    ],
)
def test_parts(part: str, whole: str) -> None:
    assert whole in compounds(part)


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("หน้า", "เจ้าหน้าที่"),
        ("เสีย", "ผู้เสียหาย"),
        ("กรรม", "คณะกรรมการ"),
        ("หวัด", "จังหวัด"),
        ("หวัด", "ประจำจังหวัด"),
        ("การค้า", "การค้ามนุษย์"),
        ("การค้า", "ขบวนการค้ามนุษย์"),
        ("ความรู้", "ความรู้สึก"),
        ("หางาน", "จัดหางาน"),
        ("ทำความ", "ทำความเข้าใจ"),
        ("งาน", "พนักงาน"),
        ("นาย", "นายจ้าง"),
        ("ความ", "ความรู้"),
    ],
)
def test_letters_that_are_no_part(part: str, whole: str) -> None:
    assert part in whole
    assert whole in project_words()
    assert whole not in compounds(part)


def test_a_phrase_is_found_where_its_ends_are_in_compounds() -> None:
    text = "ตำรวจต้องคุ้มครองผู้เสียหายเป็นศูนย์กลาง"
    assert words(text)[-2:] == ("คุ้มครอง", "ผู้เสียหายเป็นศูนย์กลาง")
    (mark,) = find_marks(text, words(text), parse("คุ้มครองผู้เสียหาย"))
    assert text[slice(*mark)] == "คุ้มครองผู้เสียหายเป็นศูนย์กลาง"


def test_the_compound_is_marked_and_is_a_hit_everywhere(run: Run) -> None:
    answer = search(run, Query("ค้ามนุษย์", facets=("kind",)))
    assert answer.counts == {"kind": {"finding": 1}}
    assert [row.hit for row in concordance(answer)] == ["การค้ามนุษย์"]
    assert "การค้ามนุษย์" not in {row.word for row in collocates(run, Query("ค้ามนุษย์"))}


def test_a_near_whose_sides_are_in_many_compounds_is_found_among_them(run: Run) -> None:
    assert texts(run, "แรงงาน NEAR/5 สัญญา") == texts(run, "สัญญา NEAR/5 แรงงาน") == {FISHING}
    assert texts(run, "หน้า NEAR/5 ธรรม") == set()


@pytest.mark.parametrize(
    ("asked", "as_words", "by_letters", "written"),
    [
        ("นา", 0, 1, '"นา"'),
        ("งาน", 0, 2, '"งาน"'),
        ("งาน -นายจ้าง", 0, 1, '"งาน" -นายจ้าง'),
        ("(งาน OR ปัญหา) kind:finding", 1, 3, '( "งาน" OR "ปัญหา" ) kind:finding'),
    ],
)
def test_letters_in_more_passages_than_words_are_reported(
    run: Run, asked: str, as_words: int, by_letters: int, written: str
) -> None:
    hint = letters_hint(run, Query(asked))
    assert hint
    assert (hint.as_words, hint.by_letters, hint.text) == (as_words, by_letters, written)
    assert search(run, Query(asked)).total == as_words
    assert search(run, Query(written)).total == by_letters


@pytest.mark.parametrize(
    "asked", ["", "ค้ามนุษย์", '"นา"', "นา*", "-นา", "นา NEAR ไป", "~นา", "kind:finding", "kind:plan นา"]
)
def test_nothing_is_reported_where_letters_find_no_more(run: Run, asked: str) -> None:
    assert letters_hint(run, Query(asked)) is None


def test_the_command_tells_it_on_stderr(run: Run, tmp_path: Path) -> None:
    queries = tmp_path / "queries.txt"
    queries.write_text("นา\nแรงงาน\n", encoding="utf-8")
    for arguments in (["นา"], ["นา", "--count", "kind"], ["--queries", str(queries)]):
        result = CliRunner().invoke(app, ["query", "--run", str(run.folder), *arguments, "--format", "json"])
        assert "0 passages as words, 1 as letters" in result.stderr
        assert "0 passages as words" not in result.stdout
    assert "นา: 0 passages" in result.stderr
    assert "as letters" not in CliRunner().invoke(app, ["query", "--run", str(run.folder), "แรงงาน"]).stderr
