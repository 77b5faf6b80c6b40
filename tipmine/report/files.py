"""Writes report files completely or not at all, with errors that say what to do."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from tipmine.atomic import replacing
from tipmine.errors import RunError
from tipmine.report.cells import safe_cell

WORKBOOK = "recommendation_trace.xlsx"
CSV_ENCODING = "utf-8-sig"
"""UTF-8 with a byte order mark: without it, Excel reads Thai in the machine's legacy code page and garbles it."""


@contextmanager
def replacing_file(path: Path) -> Iterator[Path]:
    """A temporary path beside `path` to write to; it replaces `path` if the block ends without an error.

    Raises RunError if there is no such folder, it cannot be written, or another program keeps the file open.
    """
    check_folder_of(path)
    try:
        with replacing(path) as draft:
            yield draft
    except OSError as error:
        raise RunError(
            str(path), f"cannot be written: {error.strerror or error}", "a file that may be replaced", "close it first"
        ) from error


def check_folder_of(path: Path) -> None:
    """Raises RunError if the folder of a file to write does not exist: a slip in a name must not make folders."""
    if not path.parent.is_dir():
        wrong = "cannot be written: there is no such folder"
        raise RunError(str(path), wrong, "a file in a folder that is there", "make it")


def make_folder(folder: Path) -> Path:
    """A folder for several files, which is made if there is none. Raises RunError if that is impossible."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        wrong = f"cannot be made: {error.strerror or error}"
        raise RunError(str(folder), wrong, "a folder that you may write to") from error
    return folder


def write_text(path: Path, content: str) -> None:
    """Write a text file in UTF-8."""
    with replacing_file(path) as draft:
        draft.write_text(content, encoding="utf-8", newline="\n")


def write_csv(path: Path, rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """Write these columns of the rows as CSV, encoded as `CSV_ENCODING`. Raises RunError if it cannot be written."""
    with replacing_file(path) as draft, draft.open("w", encoding=CSV_ENCODING, newline="") as stream:
        fill_csv(stream, rows, columns)


def fill_csv(stream: TextIO, rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """Write the head and these columns of the rows as CSV into a stream; cells that a row lacks are empty.

    No head or cell is taken as a formula: heads can come from a corpus too, such as speakers in a cross table.
    """
    writer = csv.writer(stream)
    writer.writerow(map(safe_cell, columns))
    writer.writerows([safe_cell(row.get(name)) for name in columns] for row in rows)


def write_json(path: Path, content: Any) -> None:
    """Write JSON with Thai letters as they are."""
    write_text(path, json.dumps(content, ensure_ascii=False, indent=1) + "\n")
