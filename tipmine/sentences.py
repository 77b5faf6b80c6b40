"""Reads a data file of Thai sentences that people edit: for each code a sentence, with places for values in it."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter

from tipmine.data import data_groups
from tipmine.errors import InputError


def read_sentences(file: str, values: Mapping[str, str]) -> dict[str, str]:
    """The sentences of a file of `data` by their codes; `values` names, for each code, what stands in braces in it.

    Raises InputError, naming the file and the code, if a sentence is missing or has other values.
    """
    groups = data_groups(file, "code", values)
    return {code: _checked(file, code, rows[-1]["sentence"], values[code].split()) for code, rows in groups.items()}


def _checked(file: str, code: str, written: str, names: list[str]) -> str:
    expected = " ".join(f"{{{name}}}" for name in sorted(names)) or "no value in braces"
    try:
        found = {name for _, name, _, _ in Formatter().parse(written) if name is not None}
    except ValueError as error:
        raise InputError(f"data/{file}", f"the sentence {code} cannot be read: {error}", expected) from error
    if found != set(names):
        raise InputError(f"data/{file}", f"the sentence {code} has other values than it needs", expected)
    return written
