"""Rows as a table on the terminal, or as JSON, CSV or XLSX."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from tipmine.cli.folding import fold
from tipmine.cli.output import opened, utf8_stdout, write_text
from tipmine.errors import UsageError

if TYPE_CHECKING:
    from rich.console import JustifyMethod
    from rich.table import Table

FORMATS = ("table", "json", "csv", "xlsx")
"""The formats of tables; all but `table` are also the endings of files in them."""
_NAMES = "a name in .csv, .json, .xlsx or .txt"
Row = Mapping[str, Any]
_GAP = 2
"""Space between two columns, in terminal columns."""
_TEXT_COLUMN = 12
"""Smallest width of a text column with longer cells, in terminal columns. Lower: words are broken."""


def write_table(
    rows: Sequence[Row], format_: str, output: Path | None, *, title: str = "", columns: Sequence[str] = ()
) -> None:
    """Print rows, or write them to the file `output`, as a table, JSON, CSV or XLSX.

    `columns` are the head of a CSV file without rows: programs cannot read one without a head. A CSV file gets the
    byte order mark that spreadsheets need to read Thai. Raises what `target_format` raises.
    """
    format_ = target_format(format_, output)
    if format_ == "xlsx" and output is not None:
        from tipmine.report.workbook import write_rows

        write_rows(output, title or "tipmine", rows)
        return
    if format_ == "json":
        write_text(json.dumps(list(rows), ensure_ascii=False, indent=2) + "\n", output)
    elif format_ == "csv":
        from tipmine.report.cells import column_names

        _write_csv(rows, output, column_names(rows) or columns)
    elif output is None:
        print_table(rows, title)
    else:
        with opened(output) as stream:
            print_table(rows, title, stream)


def target_format(format_: str, output: Path | None) -> str:
    """The format to write: the one asked for or, if that is empty, the one that the file's name ends in, or a table.

    Raises UsageError for an unknown format, for one that the file's name contradicts, for a name that says another kind
    of file, and for XLSX without a file. Commands that change something call this before they do.
    """
    ending = output.suffix.lower().removeprefix(".") if output is not None else ""
    named = ending if ending in FORMATS else ""
    if format_ not in ("", *FORMATS):
        raise UsageError("--format", f"unknown: {format_}", ", ".join(FORMATS))
    if format_ == "xlsx" and output is None:
        raise UsageError("--format xlsx", "needs a file to write to", "--output FILE.xlsx")
    if not format_ and ending not in ("", "txt", *FORMATS):
        raise UsageError(str(output), f"tables are not written as .{ending}", _NAMES, "or choose one with --format")
    if format_ and named and format_ != named:
        raise UsageError(str(output), f"a name for {named.upper()}, but --format {format_}", f"a name in .{format_}")
    return format_ or named or "table"


def _write_csv(rows: Sequence[Row], output: Path | None, columns: Sequence[str]) -> None:
    from tipmine.report.files import CSV_ENCODING, fill_csv

    with opened(output, CSV_ENCODING, newline="") as stream:
        fill_csv(stream, rows, columns)


def print_table(rows: Sequence[Row], title: str = "", stream: TextIO | None = None) -> None:
    """Print rows as a table to a stream, by default standard output; Thai marks take no space of their own.

    Columns that do not fit follow in a second table below, which repeats the first column, as in pandas. A table of
    counts is turned round if its rows fit better as columns.
    """
    from rich.console import Console

    # Texts of a corpus may hold `[/b]` or `:ok:`, which are not markup here.
    console = Console(file=stream or utf8_stdout(), markup=False, emoji=False)
    if not rows:
        console.print("nothing found")
        return
    # An entirely empty column would only take space from the others: a terminal has 80 columns.
    filled = [name for name in rows[0] if any(row[name] not in ("", None) for row in rows)]
    names = filled or list(rows[0])
    groups = _column_groups(rows, names, console.width)
    if len(groups) > 1 and _counts_only(rows, names):
        turned = _turned(rows, names)
        other = _column_groups(turned, list(turned[0]), console.width)
        rows, groups = (turned, other) if len(other) < len(groups) else (rows, groups)
    for part, chosen in enumerate(groups):
        console.print(_table(rows, chosen, console.width, "" if part else title))


def _counts_only(rows: Sequence[Row], names: Sequence[str]) -> bool:
    """Whether a table has names of its own for its rows and counts in all other columns, as a cross table has."""
    heads = [row[names[0]] for row in rows]
    return len(set(heads)) == len(heads) and all(type(row[name]) is int for row in rows for name in names[1:])


def _turned(rows: Sequence[Row], names: Sequence[str]) -> list[dict[str, Any]]:
    """The table with its rows as columns."""
    first = names[0]
    return [{f"{first}:": name} | {_shown(row[first]): row[name] for row in rows} for name in names[1:]]


def _column_groups(rows: Sequence[Row], names: Sequence[str], width: int) -> list[list[str]]:
    """The columns in groups that fit into `width`; each group begins with the first column."""
    first, parts, room = names[0], [[names[0]]], width - _least_width(rows, names[0]) - _GAP
    for name in names[1:]:
        needed = _least_width(rows, name) + _GAP
        if needed > room and len(parts[-1]) > 1:
            parts.append([first])
            room = width - _least_width(rows, first) - _GAP
        parts[-1].append(name)
        room -= needed
    return parts


def _least_width(rows: Sequence[Row], name: str) -> int:
    """Smallest width of a column: numbers are never broken; text is, but not into one letter per line."""
    head = max(map(len, name.replace("_", " ").split()))
    longest = _longest_cell(rows, name)
    return max(head, longest if _is_numeric(rows, name) else min(longest, _TEXT_COLUMN))


def _longest_cell(rows: Sequence[Row], name: str) -> int:
    from rich.cells import cell_len

    return max(cell_len(_shown(row[name])) for row in rows)


def _is_numeric(rows: Sequence[Row], name: str) -> bool:
    return isinstance(next((row[name] for row in rows if row[name] is not None), None), int | float)


def _shown(value: Any) -> str:
    return "" if value is None else str(value)


def _table(rows: Sequence[Row], names: Sequence[str], width: int, title: str) -> Table:
    from rich.table import Table

    widths = _widths(rows, names, width)
    table = Table(title=title or None, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for name in names:
        justify: JustifyMethod = "right" if _is_numeric(rows, name) else "left"
        table.add_column(name.replace("_", " "), justify=justify, overflow="fold", width=widths[name])
    for row in rows:
        table.add_row(*(fold(_shown(row[name]), widths[name]) for name in names))
    return table


def _widths(rows: Sequence[Row], names: Sequence[str], width: int) -> dict[str, int]:
    """The widths of columns: space beyond the smallest widths is shared equally by the columns that need more."""
    widths = {name: _least_width(rows, name) for name in names}
    spare = max(0, width - sum(least + _GAP for least in widths.values()))
    wanted = {name: _longest_cell(rows, name) - least for name, least in widths.items()}
    needy = sorted((name for name in names if wanted[name] > 0), key=lambda name: wanted[name])
    for at, name in enumerate(needy):
        more = min(wanted[name], spare // (len(needy) - at))
        widths[name] += more
        spare -= more
    return widths
