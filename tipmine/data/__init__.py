"""Word lists, gazetteers, maps and defaults: edited by people, each file with its source."""

from __future__ import annotations

import csv
import hashlib
import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import zip_longest
from typing import Any

from tipmine.errors import InputError


def data_lines(name: str, *, optional: bool = False) -> list[str]:
    """The lines of a file of this folder without blank ones and comments (`#` at the beginning).

    `name` is the path of the file within the folder. Raises FileNotFoundError if it is missing, unless it is
    `optional`: then it has no lines.
    """
    path = files("tipmine.data").joinpath(*name.split("/"))
    if optional and not path.is_file():
        return []
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def data_rows(name: str, *, cells: int | None = None, optional: bool = False) -> list[list[str]]:
    """The cells of each line of a tab-separated file without a head; see `data_lines` for `name` and further errors.

    Raises InputError for a row that has not as many cells as `cells` says, if it says anything.
    """
    rows = [line.split("\t") for line in data_lines(name, optional=optional)]
    for row in rows:
        if cells is not None and len(row) != cells:
            raise InputError(f"data/{name}", f"{_shown(row)} has {len(row)} cells", f"{cells}, separated by tabs")
    return rows


def data_table(name: str, columns: Iterable[str] = ()) -> list[dict[str, str]]:
    """The rows of a table of this folder, by the names in its head; see `data_lines` for `name` and further errors.

    Columns are split by tabs if the name ends in `.tsv`, else at commas. Raises InputError for a head that lacks one of
    `columns`, and for a row with more or fewer cells than the head.
    """
    reader = csv.DictReader(data_lines(name), delimiter="\t" if name.endswith(".tsv") else ",")
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        raise InputError(f"data/{name}", f"has no column {', '.join(missing)}", ", ".join(columns))
    rows = list(reader)
    for row in rows:
        # The reader gives None as the name of a cell too many and as the content of a missing one.
        if None in row or None in row.values():
            raise InputError(f"data/{name}", f"{_shown(_cells(row))} is not complete", "a cell for each column")
    return rows


def data_toml(name: str) -> dict[str, Any]:
    """The content of a TOML file of this folder; see `data_lines` for `name`. Raises InputError if it is not TOML."""
    text = files("tipmine.data").joinpath(*name.split("/")).read_text(encoding="utf-8-sig")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"data/{name}", f"is not TOML: {error}", "lines such as “near = 1.0”") from error


@contextmanager
def row_errors(name: str, row: Iterable[str], expected: str) -> Iterator[None]:
    """Turns a ValueError or OverflowError inside the block into an InputError that names the file and the row."""
    try:
        yield
    except (ValueError, OverflowError) as error:
        raise InputError(f"data/{name}", f"{_shown(row)} cannot be used: {error}", expected) from error


def data_groups(
    name: str, column: str, keys: Collection[str], *, head: Sequence[str] = ()
) -> dict[str, list[dict[str, str]]]:
    """The rows of a table of this folder by their cell in `column`, each group in the order of the file.

    `head` names the columns of a file that has no head. Code joins the words of a group to one pattern, and an empty
    word would find everything. So InputError is raised for a row that has a key not among `keys`, an empty cell, an
    empty alternative (`a|`) or more or fewer cells than the head, and for one of `keys` that has no row. See
    `data_lines` for `name` and further errors.
    """
    # A cell too many has the name None here, too, and a missing one the content None.
    rows = [dict(zip_longest(head, cells)) for cells in data_rows(name)] if head else data_table(name, (column,))
    groups: dict[str, list[dict[str, str]]] = {key: [] for key in keys}
    for row in rows:
        shown = _shown(_cells(row))
        if None in row or not all(word.strip() for cell in row.values() for word in (cell or "").split("|")):
            raise InputError(
                f"data/{name}", f"{shown} is not complete", "a cell for each column, without empty alternatives"
            )
        if row[column] not in groups:
            raise InputError(f"data/{name}", f"{shown} has an unknown {column}", ", ".join(groups))
        groups[row[column]].append(row)
    for key, members in groups.items():
        if not members:
            raise InputError(f"data/{name}", f"no row has the {column} {key}", "at least one row")
    return groups


def any_pattern(name: str, patterns: Iterable[str]) -> str:
    """Regular expressions from the file `name` as the choices of one, for code to compile.

    Raises InputError, naming the file and the expression, for one that is none, and for one with a flag for the whole
    expression such as `(?i)`, which would hold for all of them.
    """
    chosen = tuple(patterns)
    for pattern in chosen:
        try:
            re.compile(pattern)
            re.compile(f"(?:{pattern})")  # refuses flags, which must be at the very beginning
        except re.error as error:
            wrong = f"“{pattern}” is not a regular expression: {error}"
            raise InputError(
                f"data/{name}", wrong, "closed brackets, and a backslash before special characters"
            ) from error
    return "|".join(chosen)


def data_fingerprint(*names: str) -> str:
    """Sixteen hex digits that change with the content of these files of this folder, and of the files in its folders.

    `names` are paths within the folder. Files that are only explained to people (`.md`) do not count.
    """
    digest = hashlib.sha256()
    for name in names:
        for path in _files_of(files("tipmine.data").joinpath(*name.split("/"))):
            digest.update(f"{name}/{path.name}".encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _cells(row: Mapping[str, str]) -> list[str]:
    """The cells of a row of a table, of which some may be missing or too many (a list)."""
    return [cell if isinstance(cell, str) else " ".join(cell or ()) for cell in row.values()]


def _shown(cells: Iterable[str]) -> str:
    """A row for an error message."""
    return f"row “{' '.join(cells)}”"


def _files_of(path: Traversable) -> Iterator[Traversable]:
    if path.is_dir():
        for entry in sorted(path.iterdir(), key=lambda entry: entry.name):
            yield from _files_of(entry)
    elif path.is_file() and not path.name.endswith(".md"):
        yield path
