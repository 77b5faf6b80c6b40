"""Words that show what an actor does, or whom a heading asks, from `data/role_cues.tsv`.

All functions raise what `data_groups` and `any_pattern` raise, and InputError for an unknown role.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from typing import Literal, NamedTuple, get_args

from tipmine.data import any_pattern, data_groups
from tipmine.errors import InputError
from tipmine.records import ROLES, Role

_FILE = "role_cues.tsv"
Side = Literal["before", "after", "column", "saying", "heading", "sentence"]
HeadingWords = Literal["proposal", "to", "number", "between", "place", "follows"]
SentenceWords = Literal["joins", "and", "acts", "should", "told", "lead", "when"]
"""The classes of the side; the file explains each."""


class RoleWords(NamedTuple):
    """Words that give an actor a role."""

    role: Role
    words: tuple[str, ...]


@cache
def cue_classes(side: Literal["before", "after"]) -> dict[str, str]:
    """The cues before or after an actor, each with its class."""
    return {word: row["class"] for row in _rows()[side] for word in row["words"].split("|")}


@cache
def role_words(side: Literal["column", "saying"]) -> tuple[RoleWords, ...]:
    """Words that give a role: to the actors under a column head, or to the actor before a verb of saying."""
    roles: dict[str, Role] = {role: role for role in ROLES}
    for row in _rows()[side]:
        if row["class"] not in roles:
            raise InputError(
                f"data/{_FILE}", f"{row['class']} is not a role, in a row of the side {side}", ", ".join(ROLES)
            )
    return tuple(RoleWords(roles[row["class"]], tuple(row["words"].split("|"))) for row in _rows()[side])


@cache
def heading_words(use: HeadingWords) -> re.Pattern[str]:
    """A pattern for the words of headings that have one use: `to`, for example, precedes those who are asked."""
    return re.compile(heading_choice(use))


def heading_choice(use: HeadingWords) -> str:
    """The words of headings that have one use as a regular expression without brackets, for larger patterns."""
    return any_pattern(_FILE, _of_class("heading", get_args(HeadingWords), use))


@cache
def sentence_words(use: SentenceWords) -> tuple[str, ...]:
    """The words of one use that the features and rules of roles look for in a sentence, in the order of the file."""
    return tuple(word for words in _of_class("sentence", get_args(SentenceWords), use) for word in words.split("|"))


def sentence_choice(use: SentenceWords) -> str:
    """The words of `sentence_words` as a regular expression without brackets."""
    return "|".join(map(re.escape, sentence_words(use)))


def _of_class(side: Side, known: Collection[str], use: str) -> list[str]:
    """The words, joined by `|`, of the rows of a side that have the class `use`; the classes must be those `known`."""
    rows = _rows()[side]
    classes = dict.fromkeys(row["class"] for row in rows)
    if set(classes) != set(known):
        raise InputError(f"data/{_FILE}", f"the side {side} has the classes {', '.join(classes)}", ", ".join(known))
    return [row["words"] for row in rows if row["class"] == use]


@cache
def _rows() -> dict[str, list[dict[str, str]]]:
    return data_groups(_FILE, "side", get_args(Side))
