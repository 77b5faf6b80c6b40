"""Glyphs as they are drawn: the quick way of collecting them, for upright text, gives what the plain way gives."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.extract.making import FIXTURES
from tipmine.extract.glyphs import open_pdf
from tipmine.extract.listener import Glyph, Listener

EXACT = ("text", "plain", "font", "bold", "angle", "place", "rule", "mark")
KERNS = st.integers(-900, 900).map(str)
STRINGS = st.text("ab (", max_size=4).map(lambda text: f"<{text.encode().hex()}>")
OPERATORS = st.one_of(
    st.lists(KERNS | STRINGS, max_size=5).map(lambda parts: f"[{' '.join(parts)}] TJ"),
    st.integers(-4, 9).map(lambda by: f"{by} Tc"),
    st.integers(-4, 9).map(lambda by: f"{by} Tw"),
    st.integers(40, 160).map(lambda share: f"{share} Tz"),
    st.integers(-5, 5).map(lambda by: f"{by} Ts"),
    st.integers(4, 30).map(lambda size: f"/F0 {size} Tf"),
    st.tuples(st.integers(-80, 80), st.integers(-30, 30)).map(lambda by: f"{by[0]} {by[1]} Td"),
    st.sampled_from(["/Span << /ActualText (xy) >> BDC", "EMC", "3 Tr", "0 Tr"]),
)


def drawn(path: Path) -> list[Glyph]:
    with open_pdf(path) as pdf:
        return [glyph for page in pdf.pages() for glyph in page.glyphs]


def both_ways(path: Path) -> tuple[list[Glyph], list[Glyph]]:
    with patch.object(Listener, "_write_upright", Listener._write):
        plainly = drawn(path)
    return drawn(path), plainly


def assert_alike(path: Path) -> None:
    quick, plain = both_ways(path)
    assert [[getattr(glyph, name) for name in EXACT] for glyph in quick] == [
        [getattr(glyph, name) for name in EXACT] for glyph in plain
    ]
    for one, other in zip(quick, plain, strict=True):
        places = [[getattr(glyph, name) for name in Glyph._fields if name not in EXACT] for glyph in (one, other)]
        assert places[0] == pytest.approx(places[1], abs=1e-6)


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.pdf")), ids=lambda path: path.stem)
def test_both_ways_read_the_pages_of_real_producers_alike(path: Path) -> None:
    assert_alike(path)


@settings(max_examples=60, deadline=None)
@given(st.lists(OPERATORS, max_size=12), st.booleans())
def test_both_ways_read_any_text_alike(operators: list[str], clipped: bool) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(300, 300))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    pdf.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F0=pdf.make_indirect(font)))
    clip = "100 100 90 60 re W n " if clipped else ""
    content = f"{clip}BT /F0 10 Tf 120 120 Td {' '.join(operators)} ET"
    pdf.pages[0].Contents = pdf.make_stream(content.encode())
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.pdf"
        pdf.save(path)
        assert_alike(path)
