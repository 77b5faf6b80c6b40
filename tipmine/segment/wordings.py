"""How speakers' labels, headings, heads of columns and lines and the like are worded: `data/segment/wordings.tsv`.

The file is read when a wording is first looked for, so that a row that cannot be used does not stop an import.
"""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import Literal, get_args

from tipmine.data import any_pattern, data_groups

_FILE = "segment/wordings.tsv"
SLOT = "<words>"
"""Stands in the pattern of a `Wording` for its words."""

Use = Literal[
    "speaker", "sure_speaker", "other_label", "fixed_heading", "references", "column", "proposal",
    "goes_on", "may_go_on", "needs_subject", "opens_text", "body", "topic",
    "takes_number", "caption", "part", "person_column", "speech_column", "hangs", "how_far_column", "of_respondents",
    "predicate", "never_heading", "titled_part", "response_column", "reporter_column", "takes_letter",
    "of_a_plan", "of_a_report", "no_province", "letter_part",
    "states", "plan_heading", "outside_text", "form_part", "title_of_person", "staff",
    "polite", "particle", "interjection",
]  # fmt: skip
"""What a wording shows; the file explains each."""


def wordings(use: Use) -> tuple[str, ...]:
    """The patterns of one use, in the order of the file. Raises what `data_groups` and `any_pattern` raise."""
    return _table()[use]


@cache
def _table() -> dict[str, tuple[str, ...]]:
    groups = data_groups(_FILE, "use", get_args(Use))
    table = {use: tuple(row["pattern"] for row in rows) for use, rows in groups.items()}
    for patterns in table.values():
        any_pattern(_FILE, patterns)  # a broken row is refused at once, and not by the first document that needs it
    return table


class Wording:
    """The patterns of some uses as one regular expression, compiled when it is first looked for.

    `pattern` is the whole expression, in which `<words>` stands for any of the patterns of the uses. The methods are
    those of `re.Pattern`. Each raises what `wordings` raises.
    """

    def __init__(self, *uses: Use, pattern: str = SLOT, flags: re.RegexFlag = re.NOFLAG) -> None:
        self._uses, self._whole, self._flags = uses, pattern, flags

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        words = "|".join(pattern for use in self._uses for pattern in wordings(use))
        return re.compile(self._whole.replace(SLOT, f"(?:{words})"), self._flags)

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The wording at `start`."""
        return self._pattern.match(text, start)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The wording, if it is the whole text."""
        return self._pattern.fullmatch(text)

    def search(self, text: str) -> re.Match[str] | None:
        """The first place with the wording."""
        return self._pattern.search(text)

    def sub(self, instead: str, text: str) -> str:
        """The text with `instead` in the place of the wording, wherever it occurs."""
        return self._pattern.sub(instead, text)

    def findall(self, text: str) -> list[str]:
        """The wording at all places that do not overlap."""
        return self._pattern.findall(text)
