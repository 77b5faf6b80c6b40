"""The wording of speakers' labels, headings, column heads, beginnings of lines and the like.

The file `data/segment/wordings.tsv` is read when a wording is first looked for, so an invalid row does not break
imports.
"""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import Literal, get_args

from tipmine.data import any_pattern, data_groups

_FILE = "segment/wordings.tsv"
SLOT = "<words>"
"""Placeholder for the words of a `Wording` in its pattern."""
_SLOTS = re.compile(r"(?<!P)<(\w+)>")
"""A placeholder; the name of a group, as in `(?P<name>...)`, is none."""

Use = Literal[
    "speaker", "sure_speaker", "other_label", "participants", "recorder", "about_talk", "person_column", "name_column",
    "speech_column", "polite", "particle", "interjection", "fixed_heading", "front_matter", "contents_title",
    "contents_columns", "references", "notes_title", "division", "problem", "proposal", "part", "item_word",
    "article_word", "inserted", "titled_part", "topic", "predicate", "never_heading", "opens_text", "caption",
    "goes_on", "may_go_on", "needs_subject", "body", "no_space_after", "letter_head", "letter_part", "as_follows",
    "namely", "for_example", "counted", "takes_number", "counts", "takes_letter", "column", "response_column",
    "resolved_column", "reporter_column", "how_far_column", "of_respondents", "states", "plan_heading",
    "outside_text", "form_part", "title_of_person", "staff", "plan_part", "of_a_plan", "of_a_report", "study", "law",
    "order", "no_province",
]  # fmt: skip
"""What a wording shows, in the order of the file, which explains each."""


def wordings(use: Use) -> tuple[str, ...]:
    """The patterns of one use, in the order of the file. Raises what `data_groups` and `any_pattern` raise."""
    return _table()[use]


@cache
def _table() -> dict[str, tuple[str, ...]]:
    groups = data_groups(_FILE, "use", get_args(Use))
    table = {use: tuple(row["pattern"] for row in rows) for use, rows in groups.items()}
    for patterns in table.values():
        any_pattern(_FILE, patterns)  # an invalid row is refused at once, not when a document first needs it
    return table


class Wording:
    """The patterns of some uses as one regular expression, compiled at the first search.

    `pattern` is the whole expression. In it `<words>` stands for any of the patterns, and the name of another use, as
    in `<as_follows>`, for any of its patterns. The methods are those of `re.Pattern`; each raises what `wordings`
    raises.
    """

    def __init__(self, *uses: Use, pattern: str = SLOT, flags: re.RegexFlag = re.NOFLAG) -> None:
        self._uses, self._whole, self._flags = uses, pattern, flags

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(_SLOTS.sub(self._choices, self._whole), self._flags)

    def _choices(self, slot: re.Match[str]) -> str:
        """The patterns that fill a placeholder, as the choices of a group."""
        uses = self._uses if slot.group() == SLOT else (slot[1],)
        return f"(?:{'|'.join(pattern for use in uses for pattern in _table()[use])})"

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
        """The text with each occurrence of the wording replaced by `instead`."""
        return self._pattern.sub(instead, text)

    def findall(self, text: str) -> list[str]:
        """All occurrences of the wording that do not overlap."""
        return self._pattern.findall(text)


PROPOSAL = Wording("proposal")
"""The words that name proposals, in headings and at the heads of columns."""
