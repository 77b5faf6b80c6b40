"""Reading order: columns, bands, forms, spreads."""

from __future__ import annotations

import pytest

from tests.extract.making import glyphs_of
from tipmine.extract.lines import to_segments
from tipmine.extract.marks import to_clusters
from tipmine.extract.order import in_reading_order
from tipmine.extract.placed import item_of

FULL = "ข้อความเต็มบรรทัดของคอลัมน์นี้"


def order(placed: list[tuple[str, float, float]], spread: bool = False) -> list[str]:
    """Texts of rows in reading order, from texts with their places."""
    glyphs = [g for number, (text, x, y) in enumerate(placed) for g in glyphs_of(text, x, y, start=100 * number)]
    rows = in_reading_order([item_of(segment) for segment in to_segments(to_clusters(glyphs))], spread)
    return [
        "|".join("".join(c.text for c in item.segment.clusters) for item in row.items if item.segment) for row in rows
    ]


def columns(rows: int, offset: float = 0.0, left: float = 50.0, right: float = 300.0) -> list[tuple[str, float, float]]:
    placed = []
    for row in range(rows):
        placed.append((f"{FULL}ซ{row}", left, 100 + 20.0 * row))
        placed.append((f"{FULL}ข{row}", right, 100 + offset + 20.0 * row))
    return placed


@pytest.mark.parametrize("offset", [0.0, 7.0])
def test_two_columns_are_read_one_after_the_other(offset: float) -> None:
    read = order(columns(5, offset))
    assert [text[-2:] for text in read] == [f"ซ{n}" for n in range(5)] + [f"ข{n}" for n in range(5)]


def test_a_title_over_two_columns_comes_first_and_a_line_under_them_last() -> None:
    across = "หัวเรื่องที่ยาวข้ามทั้งสองคอลัมน์ของหน้ากระดาษแผ่นนี้ไปจนสุดขอบ"
    read = order([(across + "บน", 60, 70), *columns(4), (across + "ล่าง", 60, 300)])
    assert read[0].endswith("บน") and read[-1].endswith("ล่าง")
    assert [text[-2:] for text in read[1:-1]] == ["ซ0", "ซ1", "ซ2", "ซ3", "ข0", "ข1", "ข2", "ข3"]


def test_three_columns_are_read_one_after_the_other() -> None:
    placed = [
        (f"{FULL}{column}{row}", 50.0 + 250 * column, 100 + 20.0 * row) for row in range(5) for column in range(3)
    ]
    assert [text[-2:] for text in order(placed)] == [f"{column}{row}" for column in range(3) for row in range(5)]


def test_two_columns_above_three_are_read_one_after_the_other() -> None:
    wide = "ข้อความเต็มบรรทัดของคอลัมน์นี้ที่กว้างกว่าของคอลัมน์ข้างล่าง"
    above = [(f"{wide}{column}{row}", 50.0 + 380 * column, 100 + 27.0 * row) for row in range(5) for column in range(2)]
    below = [(f"{FULL}{c}{row}", 50.0 + 250 * c, 300 + 20.0 * row) for row in range(9) for c in range(3)]

    read = [text[-2:] for text in order([*above, *below])]
    assert read == [f"{c}{row}" for columns, rows in ((2, 5), (3, 9)) for c in range(columns) for row in range(rows)]


def test_hanging_numbers_stay_with_their_lines() -> None:
    placed = [
        item for row in range(5) for item in ((f"{row + 1}.", 50, 100 + 20.0 * row), (FULL, 90, 100 + 20.0 * row))
    ]
    assert order(placed) == [f"{number}.|{FULL}" for number in range(1, 6)]


def test_a_form_is_read_across() -> None:
    placed = []
    for row, (left, right) in enumerate((("ชื่อ", "นามสกุล"), ("อายุ", "อาชีพ"), ("บ้านเลขที่", "หมู่ที่"), ("ตำบล", "อำเภอ"))):
        placed += [(left, 50, 100 + 20.0 * row), (right, 300, 100 + 20.0 * row)]
    assert order(placed) == ["ชื่อ|นามสกุล", "อายุ|อาชีพ", "บ้านเลขที่|หมู่ที่", "ตำบล|อำเภอ"]


def test_a_table_of_figures_without_rules_is_read_across() -> None:
    placed = [
        item for row in range(6) for item in ((FULL, 50, 100 + 20.0 * row), (f"1,23{row}", 400, 100 + 20.0 * row))
    ]
    assert order(placed) == [f"{FULL}|1,23{row}" for row in range(6)]


def test_two_pages_on_one_sheet_are_read_one_after_the_other() -> None:
    placed = []
    for row in range(6):
        placed += [(FULL[: 12 + row], 50, 100 + 20.0 * row), (FULL[: 18 - row], 450, 100 + 20.0 * row)]
    read = order(placed, spread=True)
    assert not any("|" in text for text in read) and len(read) == 12


def test_every_segment_comes_once() -> None:
    read = order([*columns(6), ("ท้าย", 50, 400)])
    assert len(read) == len(set(read)) == 13


ACROSS = [("หนึ่งบรรทัดของข้อความที่ยาวข้ามทั้งสองคอลัมน์ของหน้ากระดาษแผ่นนี้ไปจนสุด", 50.0, 20.0 * n) for n in range(1, 9)]


def side(letter: str, x: float, lines: int = 4, text: str = FULL) -> list[tuple[str, float, float]]:
    return [(f"{text}{letter}{n}", x, 220.0 + 20 * n) for n in range(lines)]


def ends(placed: list[tuple[str, float, float]]) -> list[str]:
    """Ends of the rows in reading order, without those that cross the page."""
    return [text[-2:] for text in order(placed) if not text.endswith("สุด")]


@pytest.mark.parametrize("gap", [60.0, 4.0])
def test_level_columns_below_text_are_told_by_the_order_in_which_they_are_drawn(gap: float) -> None:
    left = side("ซ", 50.0)
    right = side("ข", 50.0 + 6.0 * sum(1 for g in glyphs_of(left[0][0]) if not g.mark) + gap)
    assert ends([*ACROSS, *left, *right]) == ["ซ0", "ซ1", "ซ2", "ซ3", "ข0", "ข1", "ข2", "ข3"]


def test_level_entries_below_text_that_are_drawn_row_by_row_are_read_across() -> None:
    rows = [item for pair in zip(side("ซ", 50.0), side("ข", 300.0), strict=True) for item in pair]
    assert ends([*ACROSS, *rows]) == ["ข0", "ข1", "ข2", "ข3"]


def test_short_entries_are_read_across_in_whatever_order_they_are_drawn() -> None:
    left = [("ชื่อ", 50.0, 220.0), ("ที่อยู่", 50.0, 240.0), ("อาชีพ", 50.0, 260.0), ("โทรศัพท์", 50.0, 280.0)]
    assert ends([*ACROSS, *left, *side("ข", 300.0)]) == ["ข0", "ข1", "ข2", "ข3"]


def test_a_heading_over_columns_and_a_line_under_them_belong_to_no_column() -> None:
    over, under = ("หัวข้อ บ0", 50.0, 200.0), ("ลงชื่อ ล0", 50.0, 320.0)
    assert ends([*ACROSS, over, *side("ซ", 50.0), *side("ข", 300.0), under]) == [
        "บ0", "ซ0", "ซ1", "ซ2", "ซ3", "ข0", "ข1", "ข2", "ข3", "ล0",
    ]  # fmt: skip


def test_a_column_that_goes_on_below_the_other_is_one_column() -> None:
    read = ends([*ACROSS, *side("ซ", 50.0, 6), *side("ข", 300.0, 4)])
    assert read == [*(f"ซ{n}" for n in range(6)), *(f"ข{n}" for n in range(4))]
