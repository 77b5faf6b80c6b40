"""Reads a data file of Thai sentences that people edit: one sentence for each code, with placeholders for values."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from string import Formatter

from tipmine.data import data_groups
from tipmine.errors import InputError


class Sentences:
    """The sentences of a file of `data`, which is read when the first one is asked for."""

    def __init__(self, file: str, values: Mapping[str, str]) -> None:
        """`values` names, for each code of the file, the values that appear in braces in its sentence."""
        self._file = file
        self._values = values

    def __call__(self, code: str, **values: str) -> str:
        """The sentence of a code with its values.

        Raises InputError, naming the file and the code, if a sentence of the file is missing or has other values.
        """
        return self._written[code].format(**values)

    @cached_property
    def _written(self) -> dict[str, str]:
        groups = data_groups(self._file, "code", self._values)
        return {
            code: _checked(self._file, code, rows[-1]["sentence"], self._values[code].split())
            for code, rows in groups.items()
        }


def _checked(file: str, code: str, written: str, names: list[str]) -> str:
    expected = " ".join(f"{{{name}}}" for name in sorted(names)) or "no value in braces"
    try:
        values = {name for _, name, _, _ in Formatter().parse(written) if name is not None}
    except ValueError as error:
        raise InputError(f"data/{file}", f"the sentence {code} cannot be read: {error}", expected) from error
    if values != set(names):
        raise InputError(f"data/{file}", f"the sentence {code} has other values than it needs", expected)
    return written
