"""ToUnicode maps: long ranges read at once give what the library gives."""

from __future__ import annotations

from io import BytesIO

from hypothesis import example, given
from hypothesis import strategies as st
from pdfminer.cmapdb import CMapParser, FileUnicodeMap

from tipmine.extract.maps import RangeParser

CODE = st.integers(0, 0xFFFF)


def read(parser: type[CMapParser], ranges: list[tuple[int, int, int]]) -> dict[int, str]:
    lines = "".join(f"<{a:04x}> <{b:04x}> <{letter:04x}>\n" for a, b, letter in ranges)
    found = FileUnicodeMap()
    parser(found, BytesIO(f"begincmap\n{len(ranges)} beginbfrange\n{lines}endbfrange\nendcmap".encode())).run()
    return found.cid2unichr


@given(st.lists(st.tuples(CODE, CODE, CODE) | st.tuples(CODE, st.integers(0, 40), CODE), max_size=4))
@example([(3, 3, 0x20), (0, 0xFFFF, 0)])
@example([(0, 0xFF, 0x20), (0x50, 0xFF, 0x70), (0x80, 0xC0, 0xA0)])
@example([(0, 0x40, 0xD7F0), (0, 0x40, 0xDFF0), (0, 0x40, 0xFFF0)])
def test_ranges_give_what_the_library_gives(ranges: list[tuple[int, int, int]]) -> None:
    assert read(RangeParser, ranges) == read(CMapParser, ranges)
