"""Sheets of an XLSX: heads, widths, wrapping, drop-downs, and cells that are always text, number or link.

Row heights are computed here from the number of letters: Excel measures wrapped text when it opens a file, but
LibreOffice does not, and long Thai texts would overlap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from math import ceil
from pathlib import Path
from typing import Any

from tipmine.report.cells import column_names, safe_cell
from tipmine.report.files import replacing_file
from tipmine.report.shades import DARK, FILLS, SHADES
from tipmine.thai import takes_room

FONT = "Tahoma"
"""Comes with Excel and has Thai letters that fit the line height; LibreOffice uses a Thai font of its own."""
_SIZE = 10
"""Font size in points."""
_MOST_LETTERS = 32_767
"""Most code points in a cell of an XLSX."""
_LONGEST_LINK = 2_079
"""Longest address of a link that Excel opens, in code points; longer ones are written as text."""
_LONGEST_LIST = 255
"""Longest list of choices of a cell in code points, commas included; longer ones are left out."""
_MEASURED_ROWS = 200
"""Number of first rows from which the width of a column is computed."""
_NARROWEST, _WIDEST, _MARGIN = 8, 70, 2
"""Smallest and greatest computed width of a column, and what is added to its longest cell. Letters."""
_ROWS = 1_048_575
"""Most rows of a sheet below the head."""
_LINE = 14.5
"""Height in points of a line of Thai in 10-point type, including marks above and below."""
_TALLEST = 409
"""Greatest height of a row in points."""
_PAGE_WIDTH = 150.0
"""Greatest total width of the columns, in letters, that is readable on one page."""
_FILL = 0.92
"""Share of a cell's width that wrapped Thai fills on average. Lower: rows are too tall; higher: text is cut off."""
_BAD_NAME = re.compile(r"[\[\]:*?/\\]")
HOLE = "hole"
"""Style of a cell that is meaningful because it is empty."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell that people filled in: value, link address, and comment."""

    value: Any
    link: str = ""
    note: str = ""

    @property
    def filled(self) -> bool:
        """Whether it holds a value or a comment."""
        return self.value not in (None, "") or bool(self.note)


@dataclass(frozen=True, slots=True)
class Rich:
    """A text with marked parts, given as half-open offsets."""

    text: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Styled:
    """A value with a style: `s1` to `s5` (the steps of `shades.py`), `hole`, `old`, `group`, `group_number`."""

    value: Any
    style: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column: head, width in letters, whether people fill it in, and the choices offered to them."""

    head: str
    width: float = 14
    typed: bool = False
    choices: tuple[str, ...] = ()


@dataclass(slots=True)
class Sheet:
    """A sheet: name, columns, rows of values; `frozen` columns stay in sight."""

    name: str
    columns: list[Column]
    rows: list[list[Any]] = field(default_factory=list)
    frozen: int = 0


def write_rows(path: Path, title: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write a one-sheet workbook from mappings whose keys are the heads. Raises RunError if it cannot be written."""
    names = column_names(rows)
    values = [[row.get(name) for name in names] for row in rows]
    columns = [Column(name, _width(name, [row[at] for row in values])) for at, name in enumerate(names)]
    write_book(path, [Sheet(title, columns, values)])


def _width(head: str, values: Sequence[Any]) -> float:
    """The width of a column for its head and its first values, in letters."""
    texts = [head, *(str(value) for value in values[:_MEASURED_ROWS] if value is not None)]
    longest = max(map(len, texts))
    return float(min(_WIDEST, max(_NARROWEST, longest + _MARGIN)))


def write_book(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write a workbook with these sheets, replacing the one at `path`. Raises RunError if it cannot be written."""
    with new_book(path) as book:
        book.formats[0].set_font_name(FONT)
        book.formats[0].set_font_size(_SIZE)
        formats = _formats(book)
        used: set[str] = set()
        for sheet in sheets:
            _write_sheet(book.add_worksheet(sheet_name(sheet.name, used)), sheet, formats)


@contextmanager
def new_book(path: Path) -> Iterator[Any]:
    """An XLSX to fill, in which texts never become formulas, links or numbers; it then replaces the file at `path`.

    Raises RunError if it cannot be written.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with replacing_file(path) as draft:
        book = xlsxwriter.Workbook(str(draft), options)
        yield book
        try:
            book.close()
        except FileCreateError as error:
            raise OSError(str(error)) from error


def sheet_name(name: str, used: set[str]) -> str:
    """An unused name that a workbook allows: at most 31 letters, without forbidden characters."""
    clean = _BAD_NAME.sub(" ", name).strip(" '")[:31] or "Sheet"
    chosen, extra = clean, 1
    while chosen.lower() in used:
        extra += 1
        chosen = f"{clean[:28]} {extra}"
    used.add(chosen.lower())
    return chosen


def _formats(book: Any) -> dict[str, Any]:
    base = {"font_name": FONT, "font_size": _SIZE, "valign": "top", "text_wrap": True}
    edge = {"bottom": 1, "bottom_color": "#D9DFE5"}
    filled = {"border": 1, "border_color": "#FFFFFF", "align": "center"}
    styles: dict[str, dict[str, Any]] = {
        "cell": edge,
        "number": edge | {"align": "center"},
        "typed": edge | {"bg_color": "#FFFBE8"},
        "head": {"bold": True, "bg_color": "#1D3B4F", "font_color": "#FFFFFF", "valign": "vcenter", "border": 1},
        "head_typed": {"bold": True, "bg_color": "#8A6A00", "font_color": "#FFFFFF", "valign": "vcenter", "border": 1},
        "mark": {"bold": True, "font_color": "#8A4B00"},
        "plain": {},
        "old": edge | {"bg_color": "#FBE6E3", "font_color": "#8F251C", "bold": True},
        "group": {"bold": True, "bg_color": "#E4EEF5"},
        "group_number": {"bold": True, "bg_color": "#E4EEF5", "align": "center"},
        HOLE: filled | {"bg_color": "#FBE6E3"},
        "date": edge | {"bg_color": "#FFFBE8", "num_format": "d mmm yyyy"},
        "link": edge | {"bg_color": "#FFFBE8", "font_color": "#14577F", "underline": 1},
    }
    for step in range(1, SHADES + 1):
        ink = {"font_color": "#FFFFFF"} if step >= DARK else {}
        styles[f"s{step}"] = filled | {"bg_color": f"#{FILLS[step]}"} | ink
    return {name: book.add_format(base | style) for name, style in styles.items()}


def _write_sheet(page: Any, sheet: Sheet, formats: Mapping[str, Any]) -> None:
    rows = sheet.rows[:_ROWS]
    _set_page(page, sheet)
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, column.width)
        page.write_string(0, at, column.head, formats["head_typed" if column.typed else "head"])
    page.set_row(0, _height([column.head for column in sheet.columns], sheet.columns))
    for number, row in enumerate(rows, start=1):
        page.set_row(number, _height(row, sheet.columns))
        for at, value in enumerate(row):
            _write_cell(page, number, at, value, formats, typed=sheet.columns[at].typed)
    if sheet.columns:
        page.freeze_panes(1, sheet.frozen)
        page.autofilter(0, 0, max(1, len(rows)), len(sheet.columns) - 1)
    if rows:
        _offer_choices(page, sheet.columns, len(rows))


def _set_page(page: Any, sheet: Sheet) -> None:
    """Set how the sheet is printed: on A4 landscape, as many pages wide as its columns need, with the head on each."""
    page.hide_gridlines(2)
    page.set_landscape()
    page.set_paper(9)
    page.print_across()
    page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    page.set_header("&L&A")
    page.set_footer("&C&P / &N")
    page.fit_to_pages(max(1, round(sum(column.width for column in sheet.columns) / _PAGE_WIDTH)), 0)
    if sheet.columns:
        page.repeat_rows(0)
        if sheet.frozen:
            page.repeat_columns(0, sheet.frozen - 1)


def _offer_choices(page: Any, columns: Sequence[Column], rows: int) -> None:
    """Add drop-downs to the columns that have choices. Other entries are allowed: people need words not in the list."""
    for at, column in enumerate(columns):
        if column.choices and len(",".join(column.choices)) <= _LONGEST_LIST:
            rule = {"validate": "list", "source": list(column.choices), "error_type": "information"}
            page.data_validation(1, at, rows, at, rule)


def _height(row: Sequence[Any], columns: Sequence[Column]) -> float:
    """The height of a row in points, from its longest cell."""
    lines = max((_lines(value, column.width) for value, column in zip(row, columns, strict=True)), default=1)
    return min(_TALLEST, max(1, lines) * _LINE + 3)


def _lines(value: Any, width: float) -> int:
    while isinstance(value, Styled | Entry):
        value = value.value
    text = value.text if isinstance(value, Rich) else value
    if not isinstance(text, str):
        return 1
    room = max(1.0, (width - 1) * _FILL)
    return sum(max(1, ceil(sum(map(takes_room, part)) / room)) for part in text.split("\n"))


def _write_cell(page: Any, row: int, at: int, value: Any, formats: Mapping[str, Any], *, typed: bool) -> None:
    style = formats["typed" if typed else "cell"]
    if isinstance(value, Styled):
        value, style = value.value, formats[value.style]
    if isinstance(value, Entry):
        _write_entry(page, row, at, value, formats)
        return
    if isinstance(value, Rich):
        pieces = _pieces(value, formats)
        if len(pieces) > 2 and len(value.text) <= _MOST_LETTERS:
            page.write_rich_string(row, at, *pieces, style)
            return
        value = value.text
    safe = safe_cell(value)
    if isinstance(safe, bool) or safe == "":
        page.write(row, at, safe, style)
    elif isinstance(safe, int | float):
        page.write_number(row, at, safe, formats["number"] if style is formats["cell"] else style)
    else:
        page.write_string(row, at, str(safe)[:_MOST_LETTERS], style)


def _write_entry(page: Any, row: int, at: int, entry: Entry, formats: Mapping[str, Any]) -> None:
    """Write what people typed as they typed it: dates as dates, addresses as links, all else as text or number."""
    value = entry.value
    link = entry.link or (value if isinstance(value, str) and re.match(r"https?://\S+$", value) else "")
    if link and len(link) <= _LONGEST_LINK:
        page.write_url(row, at, link, formats["link"], str(value or link)[:_MOST_LETTERS])
    elif isinstance(value, datetime | date):
        page.write_datetime(row, at, value, formats["date"])
    else:
        _write_cell(page, row, at, value, formats, typed=True)
    if entry.note:
        page.write_comment(row, at, entry.note)


def _pieces(rich: Rich, formats: Mapping[str, Any]) -> list[Any]:
    """The text cut for `write_rich_string`: formats and pieces in turn, none of them empty."""
    safe = safe_cell(rich.text)
    text = str(safe)
    shift = len(text) - len(rich.text)
    if shift not in (0, 1):
        # Characters that XML cannot hold were removed, so the offsets are no longer valid.
        return []
    pieces: list[Any] = []
    at = 0
    for start, end in ((first + shift, last + shift) for first, last in rich.marks):
        if text[at:start]:
            pieces += [formats["plain"], text[at:start]]
        pieces += [formats["mark"], text[start:end]]
        at = end
    return [*pieces, formats["plain"], text[at:]] if text[at:] else pieces
