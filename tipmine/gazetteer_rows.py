"""The rows of the gazetteer in `data/actors/*.csv`, and the forms of a name in a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files

from tipmine.data import data_table
from tipmine.errors import InputError

_COLUMNS = (
    *("id", "canonical_th", "canonical_en", "abbreviations", "aliases", "former_names", "sector", "level", "parent"),
    *("needs_context", "not_to_confuse", "token_only"),
)
"""The columns that code reads; the others are for people."""
_SEPARATOR = "|"
_YEARS = "@"
"""Separates a former name from the years in which it was in use: `name@2540-2545`."""


def gazetteer_files() -> list[str]:
    """The names of the files without `.csv`, in order; empty when there is no folder."""
    folder = files("tipmine.data").joinpath("actors")
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    return sorted(name.removesuffix(".csv") for name in names if name.endswith(".csv"))


def gazetteer_rows(*without: str) -> Iterator[dict[str, str]]:
    """The rows of all files but `without`, in their order; cells are without white space at their edges.

    Raises InputError, naming the file, for a missing column and for a row that lacks a cell, its id or its name.
    """
    for name in gazetteer_files():
        if name not in without:
            for row in data_table(f"actors/{name}.csv", _COLUMNS):
                if not row["id"].strip() or not row["canonical_th"].strip():
                    shown = " ".join(filter(None, row.values()))
                    raise InputError(f"data/actors/{name}.csv", f"row “{shown}” has no id or no name", "both")
                yield {key: value.strip() for key, value in row.items()}


def forms_of(row: Mapping[str, str]) -> tuple[str, ...]:
    """All forms of a row's Thai name, present and former.

    >>> forms_of({"canonical_th": "ก", "abbreviations": "ก.|", "aliases": "", "former_names": "ข@2540-2545"})
    ('ก', 'ก.', 'ข')
    """
    return tuple(dict.fromkeys((*current_forms(row), *former_forms(row))))


def current_forms(row: Mapping[str, str]) -> tuple[str, ...]:
    """The name of a row, its abbreviations and its other forms."""
    return (row["canonical_th"], *parts_of(row["abbreviations"]), *parts_of(row["aliases"]))


def former_forms(row: Mapping[str, str]) -> tuple[str, ...]:
    """The former names of a row, without the years in which they were in use."""
    return tuple(name.split(_YEARS, 1)[0].strip() for name in parts_of(row["former_names"]))


def parts_of(cell: str) -> tuple[str, ...]:
    """The parts of a cell that holds several."""
    return tuple(part.strip() for part in cell.split(_SEPARATOR) if part.strip())
