"""Which run a command means, and how tables are printed: shared by the commands that read a run."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tipmine.errors import RunError, UsageError

if TYPE_CHECKING:
    from rich.console import JustifyMethod
    from rich.table import Table

    from tipmine.store.run import Run

OUTPUTS = Path("outputs")
FORMATS = ("table", "json", "csv", "xlsx")
Row = Mapping[str, Any]
_GAP = 2
"""Room between two columns on the terminal. Columns."""
_TEXT_COLUMN = 12
"""The least width of a column of text on the terminal, where its cells are longer. Columns."""


def open_chosen(folder: Path | None) -> Run:
    """The run in `folder`, or the newest one under `outputs/`. Raises RunError where there is none."""
    from tipmine.store.database import DATABASE
    from tipmine.store.run import open_run

    if folder is not None:
        return open_run(folder)
    runs = sorted(OUTPUTS.glob(f"*/{DATABASE}"), key=lambda path: path.stat().st_mtime)
    if not runs:
        raise RunError(str(OUTPUTS), "no run here", "a run folder", "tipmine run CORPUS, or name one with --run")
    return open_run(runs[-1].parent)


def write_table(rows: Sequence[Row], format_: str, output: Path | None, *, title: str = "") -> None:
    """Print or write rows as a table, JSON, CSV (with a byte order mark, for spreadsheets) or XLSX."""
    if format_ not in FORMATS:
        raise UsageError("--format", f"unknown: {format_}", ", ".join(FORMATS))
    if format_ == "xlsx":
        if output is None:
            raise UsageError("--format xlsx", "needs a file to write to", "--output FILE.xlsx")
        from tipmine.report.workbook import write_rows

        write_rows(output, title or "tipmine", rows)
        return
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a text stream at the command line
    if format_ == "json":
        _emit(json.dumps(list(rows), ensure_ascii=False, indent=2) + "\n", output)
    elif format_ == "csv":
        _write_csv(rows, output)
    else:
        print_table(rows, title)


def _emit(content: str, output: Path | None) -> None:
    if output is None:
        sys.stdout.write(content)
    else:
        output.write_text(content, encoding="utf-8", newline="\n")


def _write_csv(rows: Sequence[Row], output: Path | None) -> None:
    from tipmine.report.cells import defuse

    names = list(rows[0]) if rows else []

    def fill(stream: Any) -> None:
        writer = csv.DictWriter(stream, names)
        writer.writeheader()
        writer.writerows({name: defuse(value) for name, value in row.items()} for row in rows)

    if output is None:
        fill(sys.stdout)
    else:
        with output.open("w", encoding="utf-8-sig", newline="") as stream:
            fill(stream)


def print_table(rows: Sequence[Row], title: str = "") -> None:
    """A table on the terminal; Thai marks take no room of their own.

    Columns that do not fit follow in a second table below, behind the first column again, as pandas does it.
    """
    from rich.console import Console

    console = Console()
    if not rows:
        console.print("nothing found")
        return
    # A column that is empty all through would only take room from the others: a terminal has 80 columns.
    names = [name for name in rows[0] if any(row[name] not in ("", None) for row in rows)]
    for part, chosen in enumerate(_parts(rows, names, console.width)):
        console.print(_table(rows, chosen, console.width, "" if part else title))


def _parts(rows: Sequence[Row], names: Sequence[str], width: int) -> list[list[str]]:
    """The columns in parts that fit into `width`, each with the first column."""
    first, parts, room = names[0], [[names[0]]], width - _least(rows, names[0]) - _GAP
    for name in names[1:]:
        needed = _least(rows, name) + _GAP
        if needed > room and len(parts[-1]) > 1:
            parts.append([first])
            room = width - _least(rows, first) - _GAP
        parts[-1].append(name)
        room -= needed
    return parts


def _least(rows: Sequence[Row], name: str) -> int:
    """The least width of a column: figures keep theirs, text gives way, but not to a letter a line."""
    head = max(map(len, name.replace("_", " ").split()))
    longest = _longest(rows, name)
    return max(head, longest if _is_numeric(rows, name) else min(longest, _TEXT_COLUMN))


def _longest(rows: Sequence[Row], name: str) -> int:
    from rich.cells import cell_len

    return max(cell_len(str(row[name])) for row in rows)


def _is_numeric(rows: Sequence[Row], name: str) -> bool:
    return isinstance(rows[0][name], int | float)


def _table(rows: Sequence[Row], names: Sequence[str], width: int, title: str) -> Table:
    from rich.table import Table

    texts = sum(_longest(rows, name) > _least(rows, name) for name in names)
    spare = max(0, width - sum(_least(rows, name) + _GAP for name in names)) // max(1, texts)
    table = Table(title=title or None, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for name in names:
        justify: JustifyMethod = "right" if _is_numeric(rows, name) else "left"
        least = _least(rows, name)
        most = least if _is_numeric(rows, name) else least + spare
        table.add_column(name.replace("_", " "), justify=justify, overflow="fold", min_width=least, max_width=most)
    for row in rows:
        table.add_row(*(str(row[name]) for name in names))
    return table
