"""The marks of footnotes in the running text: printed small and raised, read as glued to the word before them.

ศาลหลายครั้ง¹ is read as ศาลหลายครั้ง1, which is no word and no number. Passages are without such marks; the lines of the
document keep them. A mark is known by the note at the foot of its page that begins with the same number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tipmine.digits import DIGITS, THAI_DIGITS
from tipmine.records import Line
from tipmine.segment.numbering import takes_a_number

_NOTE = re.compile(rf"\s*(?P<mark>[{DIGITS}]{{1,3}}|[*\u2020\u2021]{{1,3}})(?:\s|[^\s{DIGITS}.,/:%*-])")
# Behind a word or a quotation; a number that is meant as such has a space before it or goes on with a stop. A mark in
# Arabic digits also stands right behind a number in Thai ones, and any behind a year.
_GLUED = r"(?<=[\u0e01-\u0e4e\u201d\"')]){mark}(?=[\s\u0e01-\u0e4e]|$)"
_BEHIND_THAI_DIGITS = rf"|(?<=[{THAI_DIGITS}]){{mark}}(?=[\s\u0e01-\u0e4e]|$)"
_BEHIND_YEAR = r"|(?<=\b25[0-9]{{2}}){mark}(?=[\s\u0e01-\u0e4e]|$)|(?<=\b๒๕[๐-๙]{{2}}){mark}(?=[\s\u0e01-\u0e4e]|$)"
_LONGEST_WORD = 20
"""Length in code points of the longest of these words."""


def without_note_marks(lines: Sequence[Line]) -> list[Line]:
    """The lines of a document; the first glued mark of each note is taken out of the lines of the note's page.

    Sources without pages have their notes apart and no marks in the text.
    """
    awaited: dict[int, list[str]] = {}
    for line in lines:
        found = _NOTE.match(line.text) if line.role == "footnote" and line.box else None
        if found:
            awaited.setdefault(line.page, []).append(found["mark"])
    return [_without(line, awaited.get(line.page, [])) for line in lines]


def _without(line: Line, awaited: list[str]) -> Line:
    """A line without the marks of `awaited` notes; those that are found are taken from the list."""
    if line.role == "footnote":
        return line
    for printed in tuple(dict.fromkeys(awaited)):
        mark = _glued(printed)
        text = _without_first(mark, line.text)
        if text != line.text:
            line = replace(line, text=text, cells=_each(mark, line.cells))
            awaited.remove(printed)
    return line


def _glued(mark: str) -> re.Pattern[str]:
    """The pattern of a mark where it is glued to the text before it."""
    forms = _GLUED + (_BEHIND_YEAR if mark.isdigit() else "")
    if mark.isascii() and mark.isdigit():
        forms += _BEHIND_THAI_DIGITS
    return re.compile(forms.format(mark=re.escape(mark)))


def _without_first(mark: re.Pattern[str], text: str) -> str:
    """The text without its first mark. A number after a word that takes one (ครั้งที่1, มาตรา6) is not a mark."""
    for found in mark.finditer(text):
        if not takes_a_number(text[max(0, found.start() - _LONGEST_WORD) : found.start()]):
            return text[: found.start()] + text[found.end() :]
    return text


def _each(mark: re.Pattern[str], cells: tuple[str, ...]) -> tuple[str, ...]:
    """The cells without the first mark; the text of a row is that of its cells."""
    for at, cell in enumerate(cells):
        if (text := _without_first(mark, cell)) != cell:
            return (*cells[:at], text, *cells[at + 1 :])
    return cells
