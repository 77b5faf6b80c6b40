"""Word lists, gazetteers, maps and defaults: edited by people, each file with its source."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable


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


def data_rows(name: str, *, optional: bool = False) -> list[list[str]]:
    """The cells of each line of a tab-separated file without a head; see `data_lines` for `name` and errors."""
    return [line.split("\t") for line in data_lines(name, optional=optional)]


def data_table(name: str) -> list[dict[str, str]]:
    """The rows of a table of this folder, by the names in its head; see `data_lines` for `name` and errors.

    Columns are split by tabs if the name ends in `.tsv`, else at commas.
    """
    return list(csv.DictReader(data_lines(name), delimiter="\t" if name.endswith(".tsv") else ","))


def data_fingerprint(*names: str) -> str:
    """Sixteen hex digits that change with the content of these files of this folder, and of the files in its folders.

    `names` are paths within the folder. Files that are only explained to people (`.md`) do not count.
    """
    digest = hashlib.sha256()
    for name in names:
        for path in _files_of(files("tipmine.data").joinpath(*name.split("/"))):
            digest.update(f"{name}/{path.name}".encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _files_of(path: Traversable) -> Iterator[Traversable]:
    if path.is_dir():
        for entry in sorted(path.iterdir(), key=lambda entry: entry.name):
            yield from _files_of(entry)
    elif path.is_file() and not path.name.endswith(".md"):
        yield path
