"""Blanks at the ends of lines: whether a phrase ends there."""

from __future__ import annotations

import pytest

from tests.extract.making import glyphs_of
from tipmine.extract.blanks import blanks_in_a_space
from tipmine.extract.lines import Spacing, print_line, to_segments
from tipmine.extract.listener import Glyph
from tipmine.extract.marks import Cluster, to_clusters


def page(*lines: str) -> list[Cluster]:
    glyphs: list[Glyph] = []
    for number, line in enumerate(lines):
        glyphs += glyphs_of(line, y=100.0 + 20 * number, start=len(glyphs))
    return to_clusters(glyphs)


@pytest.mark.parametrize(("blanks", "spaced"), [("  ", [False, True]), (" ", [True, True])])
def test_one_blank_ends_only_the_line_where_phrases_are_parted_by_two(blanks: str, spaced: list[bool]) -> None:
    line = blanks.join(["ระเบียบนี้", "ให้ใช้บังคับ", "ตั้งแต่วันถัดไป", "ตามประกาศ"])
    clusters = page(line, line, "การพัฒนาสังคม ", "ดังต่อไปนี้  ")
    spacing = Spacing(True, None, blanks_in_a_space(clusters))

    assert [print_line([segment], spacing).spaced for segment in to_segments(clusters)[-2:]] == spaced


def test_a_few_wide_spaces_do_not_show_how_phrases_are_parted() -> None:
    assert blanks_in_a_space(page("ข้อ ๑  ระเบียบนี้", "ข้อ ๒  ในระเบียบนี้", "ผู้ว่า ราชการ")) == 1
