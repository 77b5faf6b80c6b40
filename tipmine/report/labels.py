"""Thai wordings of codes and columns, from `data/report/labels.tsv`, for all reports and the query desk."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from tipmine.data import data_groups, data_rows


class Label(NamedTuple):
    """The wording of one code: in full, and short for narrow columns."""

    long: str
    short: str


@cache
def table() -> dict[tuple[str, str], Label]:
    """All labels by group and code."""
    return {(group, code): Label(long, short) for group, code, long, short in data_rows("report/labels.tsv", cells=4)}


def label(group: str, code: str) -> str:
    """The Thai wording of a code; if it has none, the code itself, so that nothing is hidden."""
    wording = table().get((group, code))
    return wording.long if wording else code


def short_label(group: str, code: str) -> str:
    """The short Thai wording of a code; if it has none, the code itself."""
    wording = table().get((group, code))
    return wording.short if wording else code


def code_of(group: str, wording: str) -> str:
    """The code of a group that a full or short wording names; the wording itself if it names no code.

    >>> code_of("pillar", "คุ้มครอง"), code_of("pillar", "protection")
    ('protection', 'protection')
    """
    wanted = wording.strip()
    return next((code for code in codes(group) if wanted in (label(group, code), short_label(group, code))), wording)


def codes(group: str) -> list[str]:
    """The codes of a group in the order of the file."""
    return [code for its_group, code in table() if its_group == group]


def yes_or_no(text: str) -> str | None:
    """The meaning of what a person wrote into a cell, `yes` or `no`; None for any other words.

    >>> yes_or_no(" ใช่"), yes_or_no("X"), yes_or_no("ปฏิเสธ"), yes_or_no("รอ")
    ('yes', 'yes', 'no', None)
    """
    return _answer_words().get(text.strip().lower())


@cache
def _answer_words() -> dict[str, str]:
    groups = data_groups("report/answer_words.tsv", "answer", ("yes", "no"), head=("answer", "word"))
    return {row["word"]: answer for answer, rows in groups.items() for row in rows}


def levels(level: str) -> str:
    """A gazetteer level such as `national|provincial` in words."""
    return ", ".join(short_label("level", code) for code in level.split("|") if code)
