"""Glyphs and small files made by hand for the tests of extract."""

from __future__ import annotations

from pathlib import Path

import pikepdf

from tipmine.extract.drafts import DraftLine, DraftPage, Piece
from tipmine.extract.listener import Glyph
from tipmine.thai import MARK_SET

FIXTURES = Path(__file__).parent.parent / "fixtures"
SIZE = 10.0


def glyphs_of(text: str, x: float = 100.0, y: float = 100.0, width: float = 6.0, start: int = 0) -> list[Glyph]:
    """Text as a producer draws it: marks without width at the right edge of their base."""
    drawn: list[Glyph] = []
    for number, letter in enumerate(text):
        mark = letter in MARK_SET
        advance = 0.0 if mark else 3.0 if letter == " " else width
        drawn.append(glyph(letter, x, y, advance, start + number, mark=mark))
        x += advance
    return drawn


def glyph(
    text: str,
    x: float,
    y: float = 100.0,
    width: float = 6.0,
    place: int = 0,
    *,
    plain: str | None = None,
    mark: bool = False,
) -> Glyph:
    reading = text if plain is None else plain
    return Glyph(
        text, reading, x, y - 8.0, x + width, y + 2.0, x, y, SIZE, "Font", False, 0, place, "", mark
    )  # fmt: skip


def draft(
    text: str, top: float = 100.0, size: float = 10.0, *, bold: bool = False, page: int = 1, x0: float = 50.0
) -> DraftLine:
    box = (x0, top, x0 + 5.0 * len(text), top + size)
    return DraftLine(page, [[Piece(text, text)]], box, size=size, bold=bold)


def page_of(lines: list[DraftLine], number: int = 1) -> DraftPage:
    return DraftPage(number, 600.0, 800.0, lines)


def save_copy(source: Path, target: Path, **options: object) -> Path:
    """A copy of a PDF, written anew with pikepdf's options."""
    with pikepdf.open(source) as pdf:
        pdf.save(target, **options)
    return target


def blank_pdf(target: Path, content: bytes = b"", pages: int = 1) -> Path:
    """A PDF of empty pages with this content stream."""
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page()
        pdf.pages[-1].Contents = pdf.make_stream(content)
    pdf.save(target)
    return target
