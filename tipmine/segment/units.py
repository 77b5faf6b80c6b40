"""A document's lines as units in reading order: paragraphs, table rows, footnotes, figures.

Running heads and feet and page numbers are dropped. Footnotes and figures are printed between the lines of the
paragraph around them, so each of these streams is joined separately, and the units are then sorted by their first line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from tipmine.digits import DIGITS, THAI_DIGITS, arabic_digits
from tipmine.records import Document, Line
from tipmine.segment.characters import letters, squeeze
from tipmine.segment.layout import Layout
from tipmine.segment.measures import Row, rows_of
from tipmine.segment.note_marks import without_note_marks
from tipmine.segment.numbering import Marker, marker_of
from tipmine.segment.paragraphs import FLOWING, Paragraph, join_lines, paragraphs_of
from tipmine.segment.sentences import is_caption
from tipmine.segment.table_columns import is_header
from tipmine.segment.table_rows import may_be_rest

Unit = Paragraph | Row
# Official letters announce the next page's first words at the foot of the page: /ระเบียบวาระที่ ๒ ...
_CATCHWORD = re.compile(r"^\s*/\s?\S.{0,40}(?:\.{2,}|\u2026)\s*$")
# A raised number is close to the note's first word; one on the line has a bracket, or a stop and a space, after it; a
# year or an amount is longer or goes on with a digit or a sign. Notes of Word have it in brackets (extract/docx.py).
_NOTE_NUMBER = re.compile(
    rf"(?:\[(?P<in_brackets>[0-9]{{1,3}})\]|(?P<number>[0-9]{{1,3}}|[{THAI_DIGITS}]{{1,3}}|[*\u2020\u2021]{{1,3}})"
    rf"(?:\)|\.(?=\s))?)\s*(?=[^\s{DIGITS}.,])"
)
FARTHEST_NOTE = 3
"""Largest step from the number of a note to that of the next one on its page. Higher: a line of a note that begins with
a number is taken for another note; lower: a note is joined to the one above it where one between them was not read."""

_FULL, _SAME_SIZE = 2.0, 0.3
"""Ems by which the last line of a note on a page may miss the end of the longest one, if the note goes on on the next
page; points by which sizes within a note differ. Higher: a text below a short note is joined to it."""


def units_of(document: Document, begins: Callable[[Line], bool]) -> list[Unit]:
    """All units of `document` in reading order; `begins` is passed on to `paragraphs_of`."""
    document = replace(document, lines=tuple(without_note_marks(document.lines)))
    place = {(line.page, line.number): at for at, line in enumerate(document.lines)}
    flowing = [line for line in document.lines if line.role in FLOWING and not _CATCHWORD.match(line.text)]
    units: list[Unit] = list(paragraphs_of(flowing, Layout(flowing), begins))
    units.extend(_tables(document))
    units.extend(_notes(document))
    units.extend(_figures(document))
    return sorted(units, key=lambda unit: place[_first(unit).page, _first(unit).number])


def _first(unit: Unit) -> Line:
    return unit.paragraph.first if isinstance(unit, Row) else unit.first


def _tables(document: Document) -> Iterator[Unit]:
    """Table rows; a row with a single filled cell is framed text and becomes a paragraph."""
    lines = [line for line in document.lines if line.role == "table" and line.text.strip()]
    framed: list[Line] = []
    tables: list[list[Line]] = [[]]
    ended_by = _headings_above_tables(document)
    above: Line | None = None
    headers: set[tuple[str, ...]] = set()
    rows_above: set[tuple[str, ...]] = set()
    is_header_again = False
    for line in lines:
        if (line.page, line.number) in ended_by:
            tables.append([])
        (framed if _is_framed(line, above) else tables[-1]).append(line)
        # If the header, even one of two rows, is printed again, the rest of a row is below it.
        is_header_again = line.cells in headers or (is_header_again and line.cells in rows_above)
        if not is_header_again:
            above = line
        if is_header(line.cells):
            headers.add(line.cells)
        rows_above.add(line.cells)
    for rows in tables:
        yield from rows_of(rows)
    for line in framed:
        paragraph = join_lines([line], "table")
        yield replace(paragraph, marker=marker_of(paragraph.text))


def _headings_above_tables(document: Document) -> set[tuple[int, int]]:
    """Page and number of each first row that has a heading above it on its page: no table goes on below a heading."""
    found: set[tuple[int, int]] = set()
    heading: Line | None = None
    for line in document.lines:
        if line.role == "heading" and not is_caption(squeeze(line.text)):
            heading = line
        elif line.role == "table":
            if heading and heading.page == line.page:
                found.add((line.page, line.number))
            heading = None
    return found


def _is_framed(line: Line, above: Line | None) -> bool:
    """Whether a table row is a text in a frame: it has one filled cell, and is not the rest of a row cut by a page end.

    Words merged over a whole row are in its first cell, so only text in another cell is surely such a rest.
    """
    filled = [at for at, cell in enumerate(line.cells) if cell.strip()]
    if len(filled) > 1:
        return False
    return not filled or filled[0] == 0 or above is None or not may_be_rest(above, line)


def _notes(document: Document) -> Iterator[Paragraph]:
    """Footnotes, each with its number as marker; a line without a number continues the note above it."""
    current: list[Line] = []
    for line in document.lines:
        if line.role != "footnote" or not line.text.strip():
            continue
        opens = _opens_note(line, current) or (current and not _may_go_on(current, line))
        if current and opens:
            yield _note(current)
            current = []
        current.append(line)
    if current:
        yield _note(current)


def _may_go_on(current: Sequence[Line], line: Line) -> bool:
    """Whether a line without a number is of the note above it: on its page, or on the next one below a full line."""
    last = current[-1]
    if line.page == last.page:
        return True
    if line.page != last.page + 1 or line.box is None or last.box is None or abs(line.size - last.size) > _SAME_SIZE:
        return False
    ends = max(other.box.x1 for other in current if other.box), line.box.x1
    return last.box.x1 > max(ends) - _FULL * last.size


def _note(lines: list[Line]) -> Paragraph:
    paragraph = join_lines(lines, "footnote")
    number = _NOTE_NUMBER.match(paragraph.text)
    marker = Marker(_note_number(number), number.end(), "note", 0) if number else None
    return replace(paragraph, marker=marker)


def _opens_note(line: Line, current: Sequence[Line]) -> bool:
    """Whether a line begins a note; below the lines of another (`current`) its number must come soon after that one's.

    A line of a note may begin with a number, too, such as a sum of money.
    """
    number = _NOTE_NUMBER.match(line.text.lstrip())
    before = _NOTE_NUMBER.match(current[0].text.lstrip()) if current else None
    if number is None or before is None or line.page != current[-1].page:
        return number is not None
    pair = [arabic_digits(_note_number(match)) for match in (before, number)]
    if not all(value.isdigit() for value in pair):
        return True
    return 0 < int(pair[1]) - int(pair[0]) <= FARTHEST_NOTE


def _note_number(match: re.Match[str]) -> str:
    """The number or sign of a note as printed, without brackets."""
    return match["number"] or match["in_brackets"]


def _figures(document: Document) -> Iterator[Paragraph]:
    """The labels and numbers of each figure as one unit, since each of them alone says nothing."""
    lines = [line for line in document.lines if line.role == "figure" and line.text.strip()]
    for _, run in groupby(lines, key=lambda line: (line.page, line.block)):
        group = list(run)
        if sum(letters(line.text) for line in group):
            yield join_lines(group, "figure")


def next_paragraph(units: Sequence[Unit], at: int) -> Paragraph | None:
    """The next heading or running text among the five units after the one at `at`; None if a table row comes first."""
    for unit in units[at + 1 : at + 6]:
        if isinstance(unit, Row):
            return None
        if unit.role in ("body", "heading"):
            return unit
    return None
