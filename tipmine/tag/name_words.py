"""Words of names, from `data/name_words.tsv`: where a name begins, how far it reaches, and whom it means."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, get_args

from tipmine.data import any_pattern, data_groups

_FILE = "name_words.tsv"

Use = Literal[
    "general", "unit", "body", "introduced", "link", "modal", "verb", "relative", "group", "place_after", "lower_unit",
    "takes_place", "house", "ministry", "ministry_post", "department_post", "not_province", "after_province",
    "opens_clause", "exploiting", "exploited", "not_abbreviation", "international", "provincial", "district",
    "community", "national",
]  # fmt: skip
"""What words are used for; the file explains each."""


def name_words(use: Use) -> tuple[str, ...]:
    """The words of one use, in the order of the file. Raises what `data_groups` raises."""
    return _table()[use]


@cache
def _table() -> dict[str, tuple[str, ...]]:
    groups = data_groups(_FILE, "use", get_args(Use))
    return {use: tuple(row["words"] for row in rows) for use, rows in groups.items()}


@cache
def name_pattern(use: Use) -> re.Pattern[str]:
    """A pattern for any of the words of one use. Raises what `data_groups` and `any_pattern` raise."""
    return re.compile(any_pattern(_FILE, name_words(use)))


@cache
def word_choice(use: Use) -> str:
    """A regular expression, without brackets, for any of the words of a use that has plain words, not expressions."""
    return "|".join(map(re.escape, name_words(use)))


@cache
def general_heads() -> re.Pattern[str]:
    """A pattern for one or more words of the use `general`, with spaces between them."""
    return re.compile(rf"(?:{any_pattern(_FILE, name_words('general'))}|\s)+")
