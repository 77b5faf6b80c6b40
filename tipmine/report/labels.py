"""Thai words for codes and columns, from `data/report/labels.tsv`: shared by all reports and the query desk."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Label(NamedTuple):
    """The words for one code: in full, and for narrow columns."""

    long: str
    short: str


@cache
def table() -> dict[tuple[str, str], Label]:
    """All labels by group and code."""
    return {(group, code): Label(long, short) for group, code, long, short in data_rows("labels.tsv")}


def data_rows(name: str) -> list[list[str]]:
    """The rows of a tab-separated file under `data/report`, comments and empty lines left out."""
    content = files("tipmine.data").joinpath("report", name).read_text(encoding="utf-8")
    return [line.split("\t") for line in content.splitlines() if line.strip() and not line.startswith("#")]


def label(group: str, code: str) -> str:
    """The Thai words for a code; the code itself where none are known, so that nothing is ever hidden."""
    found = table().get((group, code))
    return found.long if found else code


def short(group: str, code: str) -> str:
    """The Thai word for a code in a narrow column; the code itself where none is known."""
    found = table().get((group, code))
    return found.short if found else code


def codes(group: str) -> list[str]:
    """The codes of a group in the order of the file."""
    return [code for its_group, code in table() if its_group == group]


def levels(level: str) -> str:
    """A gazetteer level such as `national|provincial` in words."""
    return ", ".join(short("level", code) for code in level.split("|") if code)
