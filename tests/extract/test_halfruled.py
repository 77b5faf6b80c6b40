"""Tables that are ruled only in part, and what is no table between rules."""

from __future__ import annotations

from tests.extract.making import glyph, glyphs_of
from tipmine.extract.halfruled import missing_edges
from tipmine.extract.listener import Glyph
from tipmine.extract.strips import SAME, Edge

LEFT, RIGHT = 50.0, 450.0
BORDERS = (80.0, 250.0, 350.0)
"""Where the columns of the tables below part; their texts begin 10 points further right."""


def horizontal(*heights: float) -> list[Edge]:
    return [Edge(False, y, LEFT, RIGHT) for y in heights]


def vertical(top: float, bottom: float, *places: float) -> list[Edge]:
    return [Edge(True, x, top, bottom) for x in places]


def row(y: float, *texts: str) -> list[Glyph]:
    glyphs: list[Glyph] = []
    for x, text in zip((LEFT, *BORDERS), texts, strict=False):
        glyphs += glyphs_of(text, x + 10, y, start=int(100 * y) + len(glyphs))
    return glyphs


def table(*heights: float) -> list[Glyph]:
    return [g for n, y in enumerate(heights) for g in row(y, str(n), "จัดอบรมครูในเรือน", "สำนักงาน", "ปีละสอง")]


def nowhere(x: float, y: float) -> int:  # noqa: ARG001 - a page without whole tables
    return 0


def borders(edges: list[Edge]) -> list[float]:
    return sorted({edge.at for edge in edges if edge.vertical})


def test_rules_between_rows_are_completed_at_the_strips_between_columns() -> None:
    letters = table(120, 150, 180)
    left, *between, right = borders(missing_edges(horizontal(100, 130, 160, 190), letters, nowhere))
    assert (left, right) == (LEFT, RIGHT)
    assert [sum(x > border + 10 for border in BORDERS) for x in between] == [0, 1, 2], "one before each column's text"
    assert not any(letter.x0 < x < letter.x1 for letter in letters for x in between)


def test_open_sides_are_closed_and_drawn_borders_are_kept() -> None:
    edges = horizontal(100, 130, 160, 190) + vertical(100, 190, *BORDERS)

    def inner(x: float, y: float) -> int:  # noqa: ARG001
        return 2 if BORDERS[0] < x < BORDERS[-1] else 0

    assert borders(missing_edges(edges, table(120, 150, 180), inner)) == [LEFT, *BORDERS, RIGHT]


def test_a_paragraph_between_a_headings_rule_and_the_table_is_no_row() -> None:
    """It has a wide gap, as justified lines have, right where the table has a border."""
    edges = horizontal(60, 100, 130, 160, 190) + vertical(100, 190, *BORDERS)
    before = glyphs_of("ปีหน้ากระทรวงจะขับเคลื่อนแผนงานสำคัญ", LEFT, 80)
    before += glyphs_of("ร่วมกับหน่วยงานภาคีทุกแห่ง", BORDERS[1] + 10, 80, start=100)
    assert before[-1].x1 > BORDERS[2] and not any(g.x0 < BORDERS[1] < g.x1 for g in before)
    found = missing_edges(edges, [*before, *table(120, 150, 180)], nowhere)
    assert found and all(edge.start >= 100 for edge in found if edge.vertical)


def test_heads_without_borders_belong_to_the_table_below() -> None:
    edges = horizontal(60, 100, 130, 160, 190) + vertical(100, 190, *BORDERS)
    found = missing_edges(edges, table(80, 120, 150, 180), nowhere)
    assert min(edge.start for edge in found if edge.vertical) == 60


def test_heads_under_a_caption_belong_to_the_table_below() -> None:
    """Neither has a rule above, but the frame of a box further up is as wide as the table."""
    caption = glyphs_of("ตารางแสดงจำนวนครูที่เข้ารับการอบรมในแต่ละปี", LEFT, 90)
    caption += glyphs_of("(รวมสองรุ่น)", BORDERS[2] + 30, 90, start=100)
    found = missing_edges(horizontal(60, 130, 160, 190, 220), [*caption, *table(122, 150, 180, 210)], nowhere)
    assert [90 < edge.at < 122 for edge in found if not edge.vertical] == [True]
    assert all(edge.start > 90 for edge in found if edge.vertical)
    assert len(borders(found)) == 2 + len(BORDERS)


def test_a_whole_table_lacks_nothing() -> None:
    edges = horizontal(100, 130, 160, 190) + vertical(100, 190, LEFT, *BORDERS, RIGHT)
    assert not missing_edges(edges, table(120, 150, 180), lambda x, y: 4)  # noqa: ARG005


def test_the_row_below_the_last_shade_belongs_to_the_table() -> None:
    found = missing_edges(horizontal(100, 130, 160, 190), table(120, 150, 180, 206), nowhere)
    assert [edge.at > 206 for edge in found if not edge.vertical] == [True]


def test_a_row_that_the_page_cuts_is_closed() -> None:
    edges = horizontal(100, 130) + vertical(100, 200, LEFT, *BORDERS, RIGHT)
    cut = [edge for edge in missing_edges(edges, table(120, 150, 165), lambda x, y: 4) if not edge.vertical]  # noqa: ARG005
    assert cut == [Edge(False, 200.0, LEFT, RIGHT)]


def test_running_text_between_rules_is_no_table() -> None:
    prose = [g for n, y in enumerate((120, 150, 180)) for g in glyphs_of("ก" * 60, LEFT + 5, y, start=1000 * n)]
    assert not missing_edges(horizontal(100, 130, 160, 190), prose, nowhere)
    beyond = table(120, 150, 180) + [
        g for n, y in enumerate((120, 150, 180)) for g in glyphs_of("ก" * 9, LEFT - 50, y, start=90_000 + 100 * n)
    ]
    assert not missing_edges(horizontal(100, 130, 160, 190), beyond, nowhere)


def test_rules_that_part_no_rows_make_no_table() -> None:
    """A head and a body of many rows between three rules: as one row, the cells would run together."""
    glyphs = table(120, 150, 165, 180, 195, 210, 250, 265, 280, 295)
    assert not missing_edges(horizontal(100, 130, 225, 310), glyphs, nowhere)


def test_text_between_two_tables_stays_outside() -> None:
    edges = horizontal(100, 130, 160, 230, 260, 290)
    edges += vertical(100, 160, LEFT, 250, RIGHT) + vertical(230, 290, LEFT, 150, 300, RIGHT)
    glyphs = [g for y in (120, 150, 250, 280) for g in row(y, "ก", "", "ขข")] + row(195, "หมายเหตุ", "ดูแบบ")

    def cells(x: float, y: float) -> int:  # noqa: ARG001
        return 0 if 160 < y < 230 else 3

    assert not missing_edges(edges, glyphs, cells)


def test_letters_across_the_borders_make_no_columns() -> None:
    letters = [
        glyph("x", x - SAME - 0.5, y, 2 * SAME) for y in (120, 150, 180) for x in (LEFT + SAME, RIGHT - SAME + 1)
    ]
    assert missing_edges(horizontal(100, 130, 160, 190) + vertical(100, 190, BORDERS[1]), letters, nowhere) == []
