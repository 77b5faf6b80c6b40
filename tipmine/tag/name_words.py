"""Words of names, from `data/name_words.tsv`: where a name begins, how far it reaches, and whom it means."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from tipmine.data import data_table

Use = Literal["general", "unit", "body", "introduced", "link", "modal", "verb", "relative", "group"]
"""What words are used for; the file explains each."""


@cache
def name_words(use: Use) -> tuple[str, ...]:
    """The words of one use, in the order of the file."""
    return tuple(row["words"] for row in data_table("name_words.tsv") if row["use"] == use)


@cache
def name_pattern(use: Use) -> re.Pattern[str]:
    """A pattern for any of the words of one use."""
    return re.compile("|".join(name_words(use)))


@cache
def general_heads() -> re.Pattern[str]:
    """A pattern for one or more words of the use `general`, with spaces between them."""
    return re.compile(rf"(?:{'|'.join(name_words('general'))}|\s)+")
