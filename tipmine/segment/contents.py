"""Tables of contents: which lines are in one, and which of them end an entry.

The entries look like the headings that they name, in type and in number. What they have in common is the number of a
page at the end, and these numbers rise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tipmine.digits import DIGITS, arabic_digits
from tipmine.records import Line
from tipmine.segment.characters import letters
from tipmine.segment.wordings import Wording

FEWEST_ENTRIES = 3
"""Fewest lines with the number of a page below the heading of a table of contents. Lower: text that ends with a number
is taken for an entry; higher: short tables are read as text and headings."""
MOST_UNNUMBERED = 3
"""Most lines running without the number of a page within a table: names of parts, lines of an entry that takes several.
Higher: what follows the table is taken for a part of it; lower: tables are cut short at such lines."""
LONGEST_ENTRY = 150
"""Most letters of a line in a table of contents; a longer one is a paragraph of text."""

_TITLE = Wording("contents_title", pattern=r"<words>(?: ?\(ต่อ\))?", flags=re.IGNORECASE)
_COLUMNS = Wording("contents_columns")
# Pages before the first chapter have letters.
_PAGE = re.compile(
    rf"[\s.\u2026](?:(?P<number>[{DIGITS}]{{1,3}})(?:\s?[-\u2013]\s?[{DIGITS}]{{1,3}})?|[\u0e01-\u0e2e])\s*$"
)

Place = tuple[int, int]
"""Page and number of a line."""


class Contents:
    """The tables of contents of a document."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines: set[Place] = set()
        self._ends: set[Place] = set()
        for at, line in enumerate(lines):
            if _TITLE.fullmatch(line.text.strip()):
                self._read(list(_below(lines[at + 1 :], line)))

    def _read(self, lines: Sequence[tuple[Line, bool]]) -> None:
        """Take in the lines below a heading, each with whether it ends with the number of a page."""
        entries = [at for at, (_, numbered) in enumerate(lines) if numbered]
        if len(entries) < FEWEST_ENTRIES:
            return
        table = lines[: entries[-1] + 1]
        self._lines |= {_place(line) for line, _ in table}
        self._ends |= {_place(line) for line, numbered in table if numbered or _COLUMNS.match(line.text)}

    def hold(self, line: Line) -> bool:
        """Whether a line is in a table of contents, below its heading."""
        return _place(line) in self._lines

    def end_entry(self, line: Line) -> bool:
        """Whether an entry, or the line with the heads of the columns, ends with this line."""
        return _place(line) in self._ends


def _below(lines: Sequence[Line], title: Line) -> Iterator[tuple[Line, bool]]:
    """The lines of the title's page as far as they may be a table of contents, and which ones end with a page.

    A number that is lower than one above it is no page. After the last entry there may be more lines.
    """
    last, unnumbered = 0, 0
    for line in lines:
        page = _page(line.text)
        numbered = page is not None and (page == 0 or page >= last)
        unnumbered = 0 if numbered else unnumbered + 1
        too_long = unnumbered > MOST_UNNUMBERED or letters(line.text) > LONGEST_ENTRY
        if line.page != title.page or too_long or _TITLE.fullmatch(line.text.strip()):
            return
        last = max(last, page or 0)
        yield line, numbered


def _page(text: str) -> int | None:
    """The number of a page with which a line ends; 0 for a letter, None for other lines."""
    match = _PAGE.search(text)
    return None if match is None else int(arabic_digits(match["number"] or "0"))


def _place(line: Line) -> Place:
    return line.page, line.number
