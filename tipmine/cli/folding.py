"""Breaks text for narrow columns of the terminal: between words and, in words that are too long, between letters.

Thai has no spaces between words, so rich would break it before any letter, even before a vowel that belongs to the
letter on its left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_OPENING = frozenset("([{\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}")
_CLUSTER = re.compile("[\u0e40-\u0e44]?.[\u0e2f-\u0e3a\u0e45-\u0e4e]*", re.DOTALL)
"""A letter with the vowel written before it, and with the vowels, marks and signs after it that never begin a line."""


def fold(text: str, width: int) -> str:
    """The text with a line break wherever a column of `width` terminal cells needs one; Thai marks take no cells.

    Spaces at breaks are left out. A single cluster of letter and vowels that is wider than `width` stays whole.

    >>> fold("ควรกำหนดหน้าที่", 8).split("\\n")
    ['ควรกำหนด', 'หน้าที่']
    """
    from rich.cells import cell_len

    if cell_len(text) <= width and "\n" not in text:
        return text
    return "\n".join(row for line in text.split("\n") for row in _rows(line, width))


def _rows(line: str, width: int) -> Iterator[str]:
    from rich.cells import cell_len

    row = ""
    for piece in _pieces(line, width):
        if row and cell_len((row + piece).rstrip()) > width:
            yield row.rstrip()
            row = ""
        row += piece
    yield row.rstrip()


def _pieces(line: str, width: int) -> Iterator[str]:
    """The parts between which a line may be broken; words are divided only if they are wider than `width`."""
    from rich.cells import cell_len

    from tipmine.tokenize import tokenize_text

    starts = [token.start for token in tokenize_text(line) if token.start and _may_begin(line, token.start)]
    for start, end in zip([0, *starts], [*starts, len(line)], strict=True):
        piece = line[start:end]
        yield from [piece] if cell_len(piece.rstrip()) <= width else _CLUSTER.findall(piece)


def _may_begin(line: str, at: int) -> bool:
    """Whether a row may begin at an offset: closing brackets and full stops stay with what they close."""
    before = line[at - 1]
    return before.isspace() or (before not in _OPENING and (line[at].isalnum() or line[at] in _OPENING))
