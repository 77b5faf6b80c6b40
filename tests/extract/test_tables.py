"""Which grids are tables, and what their boxes hold."""

from __future__ import annotations

from tests.extract.making import glyph, glyphs_of
from tipmine.extract.glyphs import PageContent
from tipmine.extract.layout import lay_out
from tipmine.extract.listener import Glyph
from tipmine.extract.marks import Cluster, to_clusters
from tipmine.extract.tables import Grid, take_boxes, take_tables


def grid(rows: int, columns: int) -> list[list[tuple[float, float, float, float] | None]]:
    return [
        [(100.0 + 100 * c, 100.0 + 30 * r, 200.0 + 100 * c, 130.0 + 30 * r) for c in range(columns)]
        for r in range(rows)
    ]


def text_in(cells: dict[tuple[int, int], str]) -> list[Cluster]:
    glyphs = []
    for (row, column), text in cells.items():
        glyphs += glyphs_of(text, 105.0 + 100 * column, 120.0 + 30 * row, start=len(glyphs))
    return to_clusters(glyphs)


def test_a_filled_grid_is_a_table_and_takes_its_letters() -> None:
    clusters = text_in({(0, 0): "ที่", (0, 1): "งาน", (1, 0): "๑", (1, 1): "อบรม"})
    tables, rest = take_tables([grid(2, 2)], clusters)
    assert len(tables) == 1 and not rest


def test_a_frame_round_a_text_is_no_table() -> None:
    tables, rest = take_tables([grid(1, 1)], text_in({(0, 0): "ประกาศ"}))
    assert not tables and rest


def test_the_grid_of_a_chart_is_no_table() -> None:
    tables, _ = take_tables([grid(6, 6)], text_in({(2, 3): "12", (4, 1): "7"}))
    assert not tables


def test_an_empty_form_with_a_head_is_a_table() -> None:
    tables, _ = take_tables([grid(8, 4)], text_in({(0, 0): "ที่", (0, 1): "ชื่อ", (0, 2): "อายุ", (0, 3): "ปี"}))
    assert len(tables) == 1


def test_a_merged_cell_that_goes_on_overleaf_keeps_its_text() -> None:
    cells = grid(4, 3)
    cells[2][0] = cells[3][0] = None
    texts = {(0, 0): "เรื่อง", (1, 0): "ก", (2, 0): "งานล่าม", (1, 1): "อบรม", (2, 1): "จ้าง", (3, 1): "ตรวจ", (3, 2): "๓"}
    (table,), rest = take_tables([cells], text_in(texts))
    assert not rest
    assert table.grid[2][0] == (100.0, 160.0, 200.0, 220.0)
    assert ["".join(cluster.text for cluster in row[0] or ()) for row in table.rows] == ["เรื่อง", "ก", "งานล่าม", ""]


def test_text_beside_the_cells_of_a_table_is_not_lost() -> None:
    cells: Grid = [[(100.0 + 100 * c, 100.0 + 30 * r, 160.0 + 100 * c, 130.0 + 30 * r) for c in (0, 1)] for r in (0, 1)]
    clusters = text_in({(0, 0): "มาตรการ", (0, 1): "ปีหน้า", (1, 0): "อบรมครู", (1, 1): "๒"})
    clusters += to_clusters(glyphs_of("*", 170, 120, start=900))
    tables, rest = take_tables([cells], clusters)
    held = [cluster for table in tables for row in table.rows for cell in row for cluster in cell or ()]
    assert len(tables) == 1
    assert sorted(cluster.text for cluster in [*held, *rest]) == sorted(cluster.text for cluster in clusters)


def test_rows_of_a_page_keep_empty_cells_and_come_in_order() -> None:
    glyphs = glyphs_of("ก่อน", 100, 80) + glyphs_of("หลัง", 100, 220, start=90)
    for number, (text, column, row) in enumerate(
        (("ที่", 0, 0), ("งาน", 1, 0), ("ปี", 2, 0), ("๑", 0, 1), ("2568", 2, 1))
    ):
        glyphs += glyphs_of(text, 105.0 + 100 * column, 120.0 + 30 * row, start=200 + 20 * number)
    page = lay_out(PageContent(1, 600, 800, glyphs, tables=[grid(2, 3)]))
    assert [line.text for line in page.lines] == ["ก่อน", "ที่\tงาน\tปี", "๑\t\t2568", "หลัง"]


def test_a_turned_head_that_is_printed_twice_stands_once_and_in_its_cell() -> None:
    def upwards(text: str, x: float, start: int) -> list[Glyph]:
        bare = [glyph(letter, x, 125.0 - 5 * number, place=start + number) for number, letter in enumerate(text)]
        return [one._replace(x0=x - 10, x1=x, top=one.y - 5, bottom=one.y, angle=90) for one in bare]

    glyphs = upwards("NAME", 150, 0) + upwards("NAME", 150.3, 10) + glyphs_of("ปี", 205, 115, start=90)
    glyphs += glyphs_of("ล่าม", 105, 150, start=120) + glyphs_of("๒", 205, 150, start=150)
    page = lay_out(PageContent(1, 600, 800, glyphs, tables=[grid(2, 2)]))
    assert [line.text for line in page.lines] == ["NAME\tปี", "ล่าม\t๒"]


def test_the_lines_of_a_cell_are_joined_without_inventing_spaces() -> None:
    glyphs = glyphs_of("เจ้าหน้าที่ตำร", 105, 110) + glyphs_of("วจและทหารพราน", 105, 124, start=40)
    glyphs += glyphs_of("ปี", 205, 115, start=90)
    page = lay_out(PageContent(1, 600, 800, glyphs, tables=[grid(1, 2)]))
    assert page.lines[0].text == "เจ้าหน้าที่ตำรวจและทหารพราน\tปี"


def test_numbers_stand_apart_and_dashes_do_not_where_a_line_of_a_cell_ends() -> None:
    glyphs = glyphs_of("๑. อำเภอเมืองกก", 105, 104) + glyphs_of("๒. อำเภอปลายนา", 105, 115, start=40)
    glyphs += glyphs_of("ต.ค. ๒๕๖๗-", 205, 104, start=90) + glyphs_of("ก.ย. ๒๕๖๘", 205, 115, start=120)
    glyphs += glyphs_of("๑", 305, 104, start=150) + glyphs_of("๒", 305, 115, start=160)
    page = lay_out(PageContent(1, 600, 800, glyphs, tables=[grid(1, 3)]))
    assert page.lines[0].cells and page.lines[0].text == "๑. อำเภอเมืองกก ๒. อำเภอปลายนา\tต.ค. ๒๕๖๗-ก.ย. ๒๕๖๘\t๑ ๒"


def test_text_in_drawn_boxes_is_taken_box_by_box() -> None:
    clusters = to_clusters(
        glyphs_of("คณะหนึ่ง", 105, 120)
        + glyphs_of("คณะสอง", 305, 120, start=40)
        + glyphs_of("นอกกรอบ", 105, 300, start=80)
    )
    boxes, rest = take_boxes([(100, 100, 200, 130), (300, 100, 400, 130)], clusters, 600, 800)
    assert ["".join(c.text for c in inside) for _, inside in boxes] == ["คณะหนึ่ง", "คณะสอง"]
    assert "".join(c.text for c in rest) == "นอกกรอบ"
