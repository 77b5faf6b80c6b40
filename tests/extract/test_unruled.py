"""Tables whose rows no rules part, and what looks like one."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import repeat

import pytest

from tests.extract.making import glyphs_of
from tipmine.extract.glyphs import PageContent
from tipmine.extract.layout import lay_out
from tipmine.extract.listener import Glyph
from tipmine.extract.strips import Edge

PLACES = (60.0, 90.0, 260.0, 400.0)
"""Where the columns of the tables below begin."""

HEADS = ("ที่", "มาตรการ", "หน่วยงาน", "ปี")
FIRST = ("จัดอบรมครูในโรงเรียน", "จัดล่ามประจำด่าน", "เยี่ยมบ้านผู้เสียหาย")


def line(y: float, *texts: str) -> list[Glyph]:
    glyphs: list[Glyph] = []
    for x, text in zip(PLACES, texts, strict=False):
        glyphs += glyphs_of(text, x, y, width=5.0, start=int(1000 * y) + len(glyphs))
    return glyphs


def texts(glyphs: list[Glyph], *rules: float, starts: Iterable[float] = repeat(50.0)) -> list[str]:
    """The lines of a page with these letters and horizontal rules, which begin at `starts`; tabs are between cells."""
    edges = [Edge(False, y, start, 500.0) for y, start in zip(rules, starts, strict=False)]
    return [draft.text for draft in lay_out(PageContent(1, 600, 800, glyphs, horizontal_rules=edges)).lines]


def counted(step: float, inner: float, *, above: float = 0.0, heads: tuple[str, ...] = HEADS) -> list[Glyph]:
    """Rows of two lines, `step` points apart; numbers in the middle of their rows are `above` the second line."""
    glyphs = line(100, *heads)
    for number, text in enumerate(FIRST, 1):
        y = 100 + step * number - inner
        glyphs += line(y, "" if above else str(number), text, "สำนักงานจังหวัด", "" if above else "2568")
        if above:
            glyphs += line(y + inner - above, str(number), "", "", "2568")
        glyphs += line(y + inner, "", "ทุกอำเภอ", "เชียงดาว")
    return glyphs + line(100 + step * 4 + 10, "ย่อหน้าถัดไปเป็นความเรียงที่ยาวพอจะพาดผ่านช่องทุกช่องของตารางข้างบนนี้จนสุดบรรทัด")


def run_together() -> list[Glyph]:
    """Lines at one distance, where numbers in the middle of their rows do not say where the rows begin."""
    glyphs = line(100, *HEADS)
    for number, text in enumerate(FIRST, 1):
        y = 74 + 39 * number
        glyphs += line(y, "", text, "สำนักงาน") + line(y + 13, str(number), "", "", "2568") + line(y + 26, "", "ทุกอำเภอ")
    return glyphs


ROWS = ["\t".join(HEADS)] + [f"{n}\t{text}ทุกอำเภอ\tสำนักงานจังหวัดเชียงดาว\t2568" for n, text in enumerate(FIRST, 1)]


@pytest.mark.parametrize(
    "glyphs",
    [
        counted(36, 13),
        counted(26, 13),
        counted(36, 13, above=6.5),
        counted(26, 13, above=6.5),
    ],
    ids=["apart", "close", "in the middle", "in the middle, close"],
)
def test_counted_rows_with_heads_are_a_table_without_any_rule(glyphs: list[Glyph]) -> None:
    found = texts(glyphs)
    assert found[:4] == ROWS
    assert found[4].startswith("ย่อหน้า") and "\t" not in found[4]


@pytest.mark.parametrize(
    "glyphs",
    [
        counted(36, 13, heads=("", "มาตรการ", "หน่วยงาน", "ปี")),
        counted(36, 13, heads=("ที่", "มาตรการ", "หน่วยงาน")),
        line(80, "รายชื่อคณะกรรมการจังหวัดสมมติชุดที่ลงนามในข้อตกลงร่วมกับหน่วยงานของรัฐทุกแห่ง") + counted(36, 13)[21:],
        run_together(),
    ],
    ids=["no head over the numbers", "no head over the years", "no heads", "rows run together"],
)
def test_where_it_is_not_sure_there_is_no_table(glyphs: list[Glyph]) -> None:
    assert not any("\t" in text for text in texts(glyphs))


def test_rows_under_ruled_heads_begin_with_the_first_column() -> None:
    glyphs = line(100, "ด้าน", "มาตรการ", "หน่วยงาน", "ปี")
    for at, (side, text) in enumerate(zip(("ก", "ข", "ค"), FIRST, strict=True)):
        glyphs += line(130 + 28 * at, side, text, "สำนักงานจังหวัด", "2568") + line(144 + 28 * at, "", "", "เชียงดาว")
    found = texts(glyphs, 85, 110, 210)
    assert found == ["ด้าน\tมาตรการ\tหน่วยงาน\tปี"] + [
        f"{side}\t{text}\tสำนักงานจังหวัดเชียงดาว\t2568" for side, text in zip(("ก", "ข", "ค"), FIRST, strict=True)
    ]
    assert not any("\t" in text for text in texts(glyphs)), "without rules, nothing says that it is a table"


def test_rules_that_begin_nearly_alike_belong_together() -> None:
    glyphs = line(100, *HEADS)
    for at, text in enumerate(FIRST):
        glyphs += line(130 + 28 * at, "ก", text, "สำนักงานจังหวัด", "2568")
    assert texts(glyphs, 85, 110, 210, starts=(49.4, 49.6, 50.0)) == texts(glyphs, 85, 110, 210)
    assert "\t" not in texts(glyphs, 85, 110, 210, starts=(49.4, 59.6, 50.0))[0]


def test_text_in_columns_between_rules_is_no_table() -> None:
    glyphs = [
        glyph
        for row in range(9)
        for x in (60.0, 210.0, 360.0)
        for glyph in glyphs_of("ก" * 27, x, 100.0 + 15 * row, width=5.0, start=1000 * row + int(x))
    ]
    assert not any("\t" in text for text in texts(glyphs, 85, 105, 240))


def test_rules_that_part_rows_are_no_rules_of_heads() -> None:
    """Of four rules, three of which are under rows in the same columns, none is under heads."""
    glyphs = [
        g for n in range(6) for g in line(100 + 15 * n + 10 * (n // 2), "ก", FIRST[n % 3], "สำนักงานจังหวัด", "2568")
    ]
    assert not any("\t" in text for text in texts(glyphs, 85, 120, 160, 200))


def test_a_counted_list_beside_other_columns_of_text_is_no_table() -> None:
    glyphs: list[Glyph] = []
    for row in range(9):
        y = 100.0 + 15 * row
        first = f"{row // 3 + 1}." if row % 3 == 0 else ""
        parts = [(60.0, first), (80.0, "เผยรายชื่อสถานที่"), (210.0, "คดีแรงงานบังคับทุกคดี"), (360.0, "ตั้งเป้าตอบกลับไว้ก่อน")]
        for x, text in parts:
            glyphs += glyphs_of(text, x, y, width=5.0, start=int(1000 * y) + len(glyphs))

    assert not any("\t" in text for text in texts(glyphs))
