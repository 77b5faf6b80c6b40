"""How labels of speakers, headings, heads of columns and of lines are worded, from `data/segment/wordings.tsv`."""

from __future__ import annotations

from functools import cache
from typing import Literal, get_args

from tipmine.data import any_pattern, data_groups

_FILE = "segment/wordings.tsv"

Use = Literal[
    "speaker", "sure_speaker", "other_label", "fixed_heading", "references", "column",
    "goes_on", "may_go_on", "needs_subject", "opens_text", "body", "topic",
    "takes_number", "caption", "part", "person_column", "speech_column", "hangs", "how_far_column", "of_respondents",
    "predicate", "never_heading", "titled_part", "response_column", "takes_letter",
    "of_a_plan", "of_a_report", "no_province", "letter_part",
]  # fmt: skip
"""What a wording shows; the file explains each."""


def wordings(use: Use) -> tuple[str, ...]:
    """The patterns of one use, in the order of the file. Raises what `data_groups` raises."""
    return _table()[use]


@cache
def _table() -> dict[str, tuple[str, ...]]:
    groups = data_groups(_FILE, "use", get_args(Use))
    return {use: tuple(row["pattern"] for row in rows) for use, rows in groups.items()}


def any_of(*uses: Use) -> str:
    """The patterns of some uses as one, a group without a number. Raises what `data_groups` and `any_pattern` raise."""
    return f"(?:{any_pattern(_FILE, (pattern for use in uses for pattern in wordings(use)))})"
