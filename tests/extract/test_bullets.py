"""Drawn bullets: which shapes before a line are bullets, and which are not."""

from __future__ import annotations

import pytest

from tests.extract.making import SIZE, glyphs_of
from tipmine.extract.bullets import with_drawn_bullets

LINE = glyphs_of("รับแจ้งเหตุ", 100.0, 200.0)
MIDDLE = 200.0 - 0.35 * SIZE

Box = tuple[float, float, float, float]


def dot(right: float = 96.0, wide: float = 3.0, high: float = 3.0, middle: float = MIDDLE) -> Box:
    return (right - wide, middle - high / 2, right, middle + high / 2)


def read(dots: list[Box], shapes: list[Box] | None = None) -> str:
    return "".join(glyph.text for glyph in with_drawn_bullets(LINE, dots, dots if shapes is None else shapes))


def test_a_dot_before_a_line_is_a_bullet() -> None:
    assert read([dot()]) == "•รับแจ้งเหตุ"


@pytest.mark.parametrize(
    "box",
    [
        dot(wide=9.0),
        dot(wide=9.0, high=9.0),
        dot(wide=0.8, high=0.8),
        dot(right=60.0),
        dot(middle=215.0),
        dot(middle=180.0),
        dot(right=118.0),
    ],
    ids=["a dash", "a check box", "a dot of a leader", "too far", "under the line", "over it", "between letters"],
)
def test_other_shapes_are_none(box: Box) -> None:
    assert read([box]) == "รับแจ้งเหตุ"


def test_a_dot_among_other_shapes_is_part_of_a_picture() -> None:
    assert read([dot()], [dot(), dot(right=91.0)]) == "รับแจ้งเหตุ"


def test_a_background_makes_no_picture_of_a_bullet() -> None:
    assert read([dot()], [dot(), (50.0, 150.0, 400.0, 300.0)]) == "•รับแจ้งเหตุ"


@pytest.mark.parametrize(("height", "bullet"), [(130.0, True), (20.0, False)])
def test_the_border_of_a_box_beside_a_bullet_makes_no_picture_of_it(height: float, bullet: bool) -> None:
    box = dot()
    border = (box[0] - 8, box[1] - height / 2, box[0] - 5, box[1] + height / 2)
    assert read([box], [box, border]).startswith("\N{BULLET}") is bullet


@pytest.mark.parametrize(("size", "bullet"), [(7.5, True), (8.5, False)])
def test_programs_draw_bullets_of_three_quarters_of_the_type_but_no_larger(size: float, bullet: bool) -> None:
    assert read([dot(wide=size, high=size)]).startswith("\N{BULLET}") is bullet


@pytest.mark.parametrize(("size", "bullet"), [(5.0, True), (7.5, False)])
def test_a_large_dot_within_another_shape_is_a_hole_of_it(size: float, bullet: bool) -> None:
    box = dot(wide=size, high=size)
    assert read([box], [box, (40.0, 150.0, 140.0, 260.0)]).startswith("\N{BULLET}") is bullet
