"""Underlined lines of a page."""

from __future__ import annotations

import pytest

from tests.extract.making import draft, page_of
from tipmine.extract.furniture import assign_roles
from tipmine.extract.strips import Edge
from tipmine.extract.underlines import mark_underlined

TEXT = "ข้อเสนอของกลุ่มย่อยที่หนึ่ง"
WIDTH = 5.0 * len(TEXT)


def rule(start: float = 50.0, end: float = 50.0 + WIDTH, at: float = 110.5) -> Edge:
    return Edge(False, at, start, end)


@pytest.mark.parametrize(
    ("rules", "underlined"),
    [
        ([rule()], True),
        ([rule(at=108.0)], True),
        ([rule(end=90), rule(start=91)], True),
        ([rule(end=50 + WIDTH + 1.5)], True),
        ([rule(end=50 + WIDTH / 2)], False),
        ([rule(end=400)], False),
        ([rule(at=118)], False),
        ([rule(at=99)], False),
        ([rule(), rule(at=300)], False),
        ([], False),
        ([rule(end=float("inf")), rule(start=float("nan"))], False),
    ],
)
def test_a_rule_under_the_whole_line_and_nothing_else_underlines_it(rules: list[Edge], underlined: bool) -> None:
    """The rule that is drawn as long where no line fills it is a border."""
    line = draft(TEXT)
    mark_underlined([line, draft("สั้น", 290)], rules)

    assert line.underlined == underlined


def test_the_edge_of_a_box_behind_the_line_underlines_nothing() -> None:
    line = draft(TEXT)
    mark_underlined([line], [rule(), rule(at=98)], [(50.0, 98.0, 50.0 + WIDTH, 110.5)])

    assert not line.underlined


def test_an_underlined_line_is_a_heading_and_a_row_of_a_table_is_none() -> None:
    line, row = draft(TEXT), draft(TEXT, 200)
    row.role = "table"
    mark_underlined([line, row], [rule(), rule(at=210.5)])
    assert not line.underlined and not row.underlined

    mark_underlined([line, row], [rule()])
    assign_roles([page_of([line, *(draft(f"เนื้อความบรรทัดที่ {k} ที่ยาวพอสมควร", 220.0 + 20 * k) for k in range(9))])])
    assert line.role == "heading"
