"""The marks of footnotes in the running text: printed small and raised, extracted as part of the word before them.

ศาลหลายครั้ง¹ is extracted as ศาลหลายครั้ง1, which is neither a word nor a number. Passages lack such marks; the
document's lines keep them. A mark is recognised by a note at the foot of its page that begins with the same number, or
among the notes at the end of the text, under their own heading. In Word files, whose notes stand after the text, marks
and numbers are in brackets: [1].
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tipmine.digits import DIGITS, THAI_DIGITS
from tipmine.records import Line
from tipmine.segment.numbering import takes_a_number
from tipmine.segment.wordings import Wording

_NOTE = re.compile(rf"\s*(?P<mark>[{DIGITS}]{{1,3}}|[*\u2020\u2021]{{1,3}})(?:\s|[^\s{DIGITS}.,/:%*-])")
_NOTE_OF_WORD = re.compile(r"(?P<mark>\[[0-9]{1,3}\])\s")
# After a word or a quotation; a real number has a space before it or a stop after it. A mark in Arabic digits may also
# follow a number in Thai digits directly, and any mark may follow a year.
_GLUED = r"(?<=[\u0e01-\u0e4e\u201d\"')]){mark}(?=[\s\u0e01-\u0e4e]|$)"
_BEHIND_THAI_DIGITS = rf"|(?<=[{THAI_DIGITS}]){{mark}}(?=[\s\u0e01-\u0e4e]|$)"
_BEHIND_YEAR = r"|(?<=\b25[0-9]{{2}}){mark}(?=[\s\u0e01-\u0e4e]|$)|(?<=\b๒๕[๐-๙]{{2}}){mark}(?=[\s\u0e01-\u0e4e]|$)"
_TITLE_OF_NOTES = Wording("notes_title", pattern="<words> ?[:：]?", flags=re.IGNORECASE)
_LONGEST_WORD = 20
"""Length in code points of the longest word that takes a number."""


def without_note_marks(lines: Sequence[Line]) -> list[Line]:
    """The lines of a document without note marks: the first attached mark of each note is removed from the note's page.

    For a note at the end of the text, under the heading of all notes, it is removed from the first page that has it.
    The whole of a Word file is one page, 0.
    """
    awaited: dict[int, list[str]] = {}
    at_end: list[str] = []
    under_title = False
    for line in lines:
        under_title = bool(_TITLE_OF_NOTES.fullmatch(line.text.strip())) or (under_title and line.role == "footnote")
        if line.role == "footnote" and (note := (_NOTE if line.box else _NOTE_OF_WORD).match(line.text)):
            marks = at_end if under_title else awaited.setdefault(line.page, [])
            marks.append(note["mark"])
    return [_without(_without(line, awaited.get(line.page, [])), at_end) for line in lines]


def _without(line: Line, awaited: list[str]) -> Line:
    """A line without the marks of `awaited` notes; marks found are removed from the list."""
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
    """The pattern of a mark attached to the text before it, or in brackets."""
    if mark.startswith("["):
        return re.compile(re.escape(mark))
    forms = _GLUED + (_BEHIND_YEAR if mark.isdigit() else "")
    if mark.isascii() and mark.isdigit():
        forms += _BEHIND_THAI_DIGITS
    return re.compile(forms.format(mark=re.escape(mark)))


def _without_first(mark: re.Pattern[str], text: str) -> str:
    """The text without its first mark. A number after a word that takes one (ครั้งที่1, มาตรา6) is not a mark."""
    for match in mark.finditer(text):
        in_brackets = match.group().startswith("[")
        if in_brackets or not takes_a_number(text[max(0, match.start() - _LONGEST_WORD) : match.start()]):
            return text[: match.start()] + text[match.end() :]
    return text


def _each(mark: re.Pattern[str], cells: tuple[str, ...]) -> tuple[str, ...]:
    """The cells without the first mark; the text of a row is that of its cells."""
    for at, cell in enumerate(cells):
        if (text := _without_first(mark, cell)) != cell:
            return (*cells[:at], text, *cells[at + 1 :])
    return cells
