"""Reading order: columns, bands, forms, spreads."""

from __future__ import annotations

import pytest

from tests.extract.making import glyphs_of
from tipmine.extract.lines import to_segments
from tipmine.extract.marks import to_clusters
from tipmine.extract.order import in_reading_order, item_of

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
