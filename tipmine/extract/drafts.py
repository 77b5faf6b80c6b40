"""Lines before repair, which all readers (PDF, DOCX, TXT, OCR) give to `compose.py`.

A draft line is one or more pieces of printed text. A body line has one piece; a table row has the printed lines
of each cell, because repair works on printed lines and cells are joined afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from tipmine.quality_reasons import Reason
from tipmine.records import LineRole

BoxTuple = tuple[float, float, float, float]
"""x0, top, x1, bottom in points, from the top left of the page."""


def bounding_box(boxes: Iterable[BoxTuple]) -> BoxTuple:
    """The smallest box that holds all of the boxes; there must be at least one.

    >>> bounding_box([(10.0, 20.0, 30.0, 40.0), (5.0, 25.0, 20.0, 60.0)])
    (5.0, 20.0, 30.0, 60.0)
    """
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def area_of(box: BoxTuple) -> float:
    """The area of a box in square points."""
    left, top, right, bottom = box
    return (right - left) * (bottom - top)


_MIDDLE = 0.25
"""Height in em above its baseline of the point that decides to which row a letter belongs."""


def row_height(baseline: float, size: float) -> float:
    """The height in points that decides the row of a letter or line of this size: tall and low marks cross rules."""
    return baseline - _MIDDLE * size


@dataclass(slots=True)
class Piece:
    """One printed line of one cell: as read here, as other PDF readers print it, and why the two differ."""

    text: str
    plain: str
    rules: tuple[str, ...] = ()
    font: str = ""
    joint: str = ""
    """What separates this piece from the next one of its cell: nothing or a space."""
    drawn: bool = False
    """Whether its marks were put on the letters over which they are drawn."""


@dataclass(slots=True)
class DraftLine:
    """A line of a document before repair. The box is in points; None if the source has no positions."""

    page: int
    cells: list[list[Piece]]
    box: BoxTuple | None = None
    role: LineRole = "body"
    block: int = 0
    size: float = 0.0
    bold: bool = False
    underlined: bool = False
    style: str = ""
    reason: Reason | None = None
    """Why the line is in doubt even before repair: OCR, a text layer under a scan."""
    score: float = 1.0

    @property
    def pieces(self) -> Iterator[Piece]:
        """The pieces of all cells."""
        return chain.from_iterable(self.cells)

    @property
    def text(self) -> str:
        """The text as read, with tabs between cells."""
        return "\t".join("".join(piece.text + piece.joint for piece in cell) for cell in self.cells)


@dataclass(slots=True)
class DraftPage:
    """A page before repair."""

    number: int
    width: float
    height: float
    lines: list[DraftLine] = field(default_factory=list)
    images: float = 0.0
    """Share of the page that pictures cover."""
    invisible: float = 0.0
    """Share of the page's glyphs that are not painted."""
    glyphs: int = 0
    outlined: int = 0
    """Number of shapes that are drawn in lines as letters are."""
    tiny: int = 0
    """Number of glyphs too small to be seen, if the file states sizes correctly."""
    unread: int = 0
    """Number of glyphs that neither their fonts nor the words around them identify."""
    broke_off: bool = False
    """Whether the page's content stream breaks off, so that text may be missing."""
    no_tables: bool = False
    """Whether its tables could not be found, so that their rows may be out of order."""
    needs_ocr: tuple[Reason, ...] = ()
    """Why the page's own text cannot be used; empty if it can, or if OCR has read the page."""
    by_ocr: list[DraftLine] | None = None
    """The lines that OCR read in advance; None if it was not used."""

    def rename(self, letters: Mapping[str, str]) -> None:
        """Replace letters in all text of the page, by the mapping `letters`."""
        table = {ord(letter): other for letter, other in letters.items() if letter != other}
        for line in self.lines if table else ():
            for piece in line.pieces:
                piece.text = piece.text.translate(table)
