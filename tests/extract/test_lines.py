"""Lines: baselines, spaces, letter-spacing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.extract.making import glyph, glyphs_of
from tipmine.extract.glyphs import PageContent
from tipmine.extract.justified import Margins
from tipmine.extract.layout import lay_out
from tipmine.extract.lines import Spacing, print_line, to_segments
from tipmine.extract.listener import Glyph
from tipmine.extract.marks import to_clusters
from tipmine.thai import join_sara_am

CASES = Path(__file__).parent.parent / "cases" / "extract" / "sara_am.jsonl"
WORDS = st.lists(st.sampled_from(["คน", "ที่", "น้ำ", "ป้าย", "Act", "2551", "ผู้"]), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("others", "text"), [(2, "จัดทำแผนเตือนภัยเรื่องงาน นอก 12"), (1, "จัด ทำ แผน เตือน ภัย เรื่อง งาน นอก 12")]
)
def test_words_that_were_moved_apart_to_fill_a_line_are_not_parted(others: int, text: str) -> None:
    """They fill it if other lines end at the same place; wider gaps, and those beside numbers, are spaces."""
    glyphs: list[Glyph] = []
    x = 100.0
    for word in ("จัด", "ทำ", "แผน", "เตือน", "ภัย", "เรื่อง", "งาน", "นอก", "12"):
        glyphs += glyphs_of(word, x, start=len(glyphs))
        x = glyphs[-1].x1 + (5.0 if word == "งาน" else 3.0)
    line = to_clusters(glyphs)
    rest = [c for n in range(others) for c in to_clusters(glyphs_of("ก" * 9, x - 3.0 - 54.0, 120.0 + 20 * n))]
    assert print_line(to_segments(line), Spacing(False, Margins([*line, *rest]))).text == text


def set_apart(words: list[str], gap: float) -> list[Glyph]:
    """Words with the same gap in points between any two, and no printed space."""
    glyphs: list[Glyph] = []
    x = 100.0
    for word in words:
        glyphs += glyphs_of(word, x, start=len(glyphs))
        x = glyphs[-1].x1 + gap
    return glyphs


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["พิสูจน์", "ว่า", "เป็นการ", "ค้า"], "พิสูจน์ว่าเป็นการค้า"),
        (["ตลอดห้าปีที่ผ่านมา", "รัฐบาลประกาศให้เรื่องนี้", "เป็นวาระ"], "ตลอดห้าปีที่ผ่านมา รัฐบาลประกาศให้เรื่องนี้ เป็นวาระ"),
    ],
)
def test_in_a_narrow_column_few_words_are_moved_apart(words: list[str], text: str) -> None:
    """Two gaps among many letters are spaces between phrases, even if they are alike."""
    line = to_clusters(set_apart(words, 3.5))
    end = line[-1].x1
    rest = [c for n in range(3) for c in to_clusters(glyphs_of("ก" * 9, end - 54.0, 120.0 + 20 * n))]

    assert print_line(to_segments(line), Spacing(False, Margins([*line, *rest]))).text == text


def test_a_tab_beside_a_number_is_a_space_where_no_other_letters_stand_apart() -> None:
    tab = glyphs_of("2.", start=0) + glyphs_of("แบบรายงาน ฉบับนี้", 114.5, start=2)
    spread = [
        g._replace(x0=g.x0 + 2.5 * n, x1=g.x1 + 2.5 * n, x=g.x + 2.5 * n) for n, g in enumerate(glyphs_of("2.แบบ จบ"))
    ]

    assert read(tab) == "2. แบบรายงาน ฉบับนี้"
    assert read(spread) == "2.แบบ จบ"


def test_digits_in_another_type_do_not_give_a_thai_line_its_size() -> None:
    """Nor do they make it bold; where most letters are Latin, these do."""
    thai, number = glyphs_of("ครั้งที่"), [g._replace(size=15.0, bold=True) for g in glyphs_of("3/2568", 140.0, start=20)]
    latin = [g._replace(size=15.0) for g in glyphs_of("Annex", 140.0, start=20)]
    line, heading = (
        print_line(to_segments(to_clusters(glyphs)), Spacing(True)) for glyphs in (thai + number, [*thai[-2:], *latin])
    )

    assert (line.size, line.bold, heading.size) == (10.0, False, 15.0)


def read(glyphs: list[Glyph], prints_spaces: bool = True) -> str:
    return print_line(to_segments(to_clusters(glyphs)), Spacing(prints_spaces)).text


@given(WORDS)
def test_printed_spaces_are_kept_and_none_is_invented(words: list[str]) -> None:
    assert read(glyphs_of(" ".join(words))) == " ".join(words)
    assert read(glyphs_of("".join(words))) == "".join(words)


@given(WORDS, st.floats(0.0, 6.0))
def test_letter_spaced_text_is_closed_up(words: list[str], spacing: float) -> None:
    text = "".join(words) + "กรมการ"
    spread: list[Glyph] = []
    moved = 0.0
    for g in glyphs_of(text):
        if not g.mark and spread:
            moved += spacing
        spread.append(g._replace(x=g.x + moved, x0=g.x0 + moved, x1=g.x1 + moved))
    assert read(spread) == text


@pytest.mark.parametrize("text", ["จังหวัดนี้ ", "จังหวัดนี้"])
def test_a_space_printed_after_a_line_is_kept_since_a_phrase_ends_there(text: str) -> None:
    (line,) = lay_out(PageContent(1, 600, 800, glyphs_of(text))).lines
    piece = line.cells[0][0]
    assert piece.plain + piece.joint == text


def test_a_wide_gap_is_a_space_where_none_is_printed() -> None:
    assert read(glyphs_of("กรม") + glyphs_of("งาน", x=121.0, start=3), prints_spaces=False) == "กรม งาน"


def test_a_few_gaps_of_a_line_without_spaces_are_spaces_and_many_are_justification() -> None:
    """Justified lines of the Royal Gazette (PageMaker 6): the space is dropped and the pen moved by .24 em."""
    head, tail = "กรมการปกครองกระทรวงมหาดไทย", "ปลดกระทรวง"
    moved = glyphs_of(tail, x=100.0 + 6.0 * len(head) + 2.4, start=len(head))
    assert read(glyphs_of(head) + moved) == f"{head} {tail}"

    drawn, x = [], 100.0
    for start, word in enumerate(["กรมการ", "จดการ", "ปลดงาน", "มหาดไทย"] * 2):
        drawn += glyphs_of(word, x=x, start=10 * start)
        x += 6.0 * len(word) + 2.4
    assert " " not in read(drawn)


def test_a_space_that_the_next_letter_covers_is_none() -> None:
    drawn = [*glyphs_of("กรม"), glyph(" ", 118.0, width=3.0, place=3), glyph("ก", 118.1, place=4)]
    assert read(drawn) == "กรมก"


def test_lines_of_two_baselines_are_two_segments() -> None:
    segments = to_segments(to_clusters(glyphs_of("หนึ่ง") + glyphs_of("สอง", y=118.0, start=9)))
    assert [print_line([segment], Spacing(True)).text for segment in segments] == ["หนึ่ง", "สอง"]


def test_a_raised_note_number_joins_its_line() -> None:
    note = glyph("1", 118.0, y=96.0, width=3.0, place=9)._replace(size=6.0)
    assert read([*glyphs_of("กรม"), note]) == "กรม1"


@pytest.mark.parametrize("base", [92.5, 97.5])
def test_text_raised_at_raised_text_is_not_lost(base: float) -> None:
    at = [one._replace(size=6.0) for one in glyphs_of("ab", x=118.0, y=95.0, width=3.0, start=9)]
    note = glyph("1", 124.2, y=base, width=2.0, place=20)._replace(size=4.0)
    assert read([*glyphs_of("กรม"), *at, note]) == "กรมab1"


def test_text_drawn_over_other_text_is_not_mixed_with_it() -> None:
    below, above = glyphs_of("ข้อความแรกของบรรทัด"), glyphs_of("คำอื่นที่พิมพ์ทับลงไป", x=103.0, start=60)
    texts = {print_line([segment], Spacing(True)).text for segment in to_segments(to_clusters(below + above))}
    assert texts == {"ข้อความแรกของบรรทัด", "คำอื่นที่พิมพ์ทับลงไป"}


@pytest.mark.parametrize(
    "case", [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()], ids=lambda c: c["why"]
)
def test_sara_am_is_joined_and_its_look_alikes_are_not(case: dict[str, str]) -> None:
    assert join_sara_am(case["drawn"]) == case["text"]


def parted(drawn: list[tuple[str, float, float]]) -> list[str]:
    """Texts of the segments of texts that are drawn in this order."""
    glyphs = [g for at, (text, x, y) in enumerate(drawn) for g in glyphs_of(text, x, y, start=100 * at)]
    return ["".join(c.text for c in segment.clusters) for segment in to_segments(to_clusters(glyphs))]


LEFT_LINE, RIGHT_LINE = "บรรทัดซ้ายของคอลัมน์", "บรรทัดขวาของคอลัมน์"
RIGHT_OF_LEFT = 100.0 + 6.0 * sum(1 for g in glyphs_of(LEFT_LINE) if not g.mark) + 3.5


def test_a_narrow_gutter_is_seen_where_the_file_goes_on_with_the_next_line() -> None:
    drawn = [(LEFT_LINE, 100.0, 100.0), (LEFT_LINE, 100.0, 120.0), (RIGHT_LINE, RIGHT_OF_LEFT, 100.0)]
    assert parted(drawn) == [LEFT_LINE, RIGHT_LINE, LEFT_LINE]


@pytest.mark.parametrize(
    "drawn",
    [
        [(LEFT_LINE, 100.0, 100.0), (RIGHT_LINE, RIGHT_OF_LEFT, 100.0)],
        [(RIGHT_LINE, RIGHT_OF_LEFT, 100.0), (LEFT_LINE, 100.0, 100.0)],
        [(LEFT_LINE, 100.0, 100.0), ("x", 210.0, 94.0), (RIGHT_LINE, RIGHT_OF_LEFT, 100.0)],
        [(LEFT_LINE, 100.0, 100.0), (LEFT_LINE, 100.0, 120.0), ("xy", RIGHT_OF_LEFT, 100.0)],
    ],
    ids=["one line", "drawn from the right", "a raised letter between", "too short to be a line of a column"],
)
def test_a_space_within_a_line_is_no_gutter(drawn: list[tuple[str, float, float]]) -> None:
    assert any(text.startswith(LEFT_LINE) and text != LEFT_LINE for text in parted(drawn))
