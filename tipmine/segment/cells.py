"""The cells of a table row, rejoined where a page end cuts the row, and which line each part is printed on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tipmine.records import CELL_SEPARATOR, Line, LineSpan
from tipmine.segment.characters import is_thai, squeeze


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell, white space squeezed."""

    text: str
    ends: tuple[int, ...]
    """For each line of the row, the offset in `text` at which the part printed on that line ends."""

    def behind(self, at: int) -> Cell:
        """The cell without its first `at` characters."""
        return Cell(self.text[at:], tuple(max(end - at, 0) for end in self.ends))


def cells_of(parts: Sequence[Line]) -> tuple[Cell, ...]:
    """The cells of a row printed on the lines `parts`, which all have the same number of cells."""
    return tuple(map(_cell, zip(*(part.cells for part in parts), strict=True)))


def _cell(pieces: Iterable[str]) -> Cell:
    text, ends = "", []
    for piece in pieces:
        text += _joint(text, piece) + piece
        ends.append(len(squeeze(text)))
    return Cell(squeeze(text), tuple(ends))


def _joint(upper: str, lower: str) -> str:
    upper, lower = upper.strip(), lower.strip()
    return "" if not upper or not lower or (is_thai(upper[-1]) and is_thai(lower[0])) else " "


def joined(cells: Iterable[Cell], parts: Sequence[Line]) -> tuple[str, tuple[LineSpan, ...]]:
    """The text of a row (its cells with ` | ` between them), and which part of it is printed on which line.

    Where a page end cuts several cells, the text goes back and forth between the lines. Neighbouring parts that are
    printed on the same line form one span, separators included. A row begins on its first line: if none of the text is
    printed there, that line has an empty span.
    """
    texts: list[str] = []
    spans: list[LineSpan] = []
    start = 0
    for cell in cells:
        begin = 0
        for part, end in zip(parts, cell.ends, strict=True):
            begin += begin > 0 and cell.text[begin : begin + 1].isspace()
            if end <= begin:
                continue
            if spans and (spans[-1].page, spans[-1].line) == (part.page, part.number):
                spans[-1] = replace(spans[-1], end=start + end)
            else:
                spans.append(LineSpan(part.page, part.number, start + begin, start + end, part.box))
            begin = end
        texts.append(cell.text)
        start += len(cell.text) + len(CELL_SEPARATOR)
    first = parts[0]
    if not spans or (spans[0].page, spans[0].line) != (first.page, first.number):
        spans.insert(0, LineSpan(first.page, first.number, 0, 0, first.box))
    return CELL_SEPARATOR.join(texts), tuple(spans)
