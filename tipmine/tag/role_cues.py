"""Words that tell what an actor does, or whom a heading asks, from `data/role_cues.tsv`.

All functions raise what `data_groups` and `any_pattern` raise, and InputError for an unknown role.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple, get_args

from tipmine.data import any_pattern, data_groups
from tipmine.errors import InputError
from tipmine.records import ROLES, Role

_FILE = "role_cues.tsv"
Side = Literal["before", "behind", "column", "saying", "heading"]
HeadingWords = Literal["proposal", "to"]


class RoleWords(NamedTuple):
    """Words that give an actor a role."""

    role: Role
    words: tuple[str, ...]


@cache
def cue_classes(side: Literal["before", "behind"]) -> dict[str, str]:
    """The cues before or behind an actor, each with its class."""
    return {word: row["class"] for row in _rows()[side] for word in row["words"].split("|")}


@cache
def role_words(side: Literal["column", "saying"]) -> tuple[RoleWords, ...]:
    """Words that give a role: to the actors under a column head, or to the actor before a verb of saying."""
    roles: dict[str, Role] = {role: role for role in ROLES}
    for row in _rows()[side]:
        if row["class"] not in roles:
            raise InputError(
                f"data/{_FILE}", f"{row['class']} is no role, in a row of the side {side}", ", ".join(ROLES)
            )
    return tuple(RoleWords(roles[row["class"]], tuple(row["words"].split("|"))) for row in _rows()[side])


@cache
def heading_words(use: HeadingWords) -> re.Pattern[str]:
    """A pattern for the words of headings that propose, or that stand before those to whom something is proposed."""
    classes = [row["class"] for row in _rows()["heading"]]
    if set(classes) != set(get_args(HeadingWords)):
        raise InputError(f"data/{_FILE}", f"the side heading has the classes {', '.join(classes)}", "proposal and to")
    return re.compile(any_pattern(_FILE, (row["words"] for row in _rows()["heading"] if row["class"] == use)))


@cache
def _rows() -> dict[str, list[dict[str, str]]]:
    return data_groups(_FILE, "side", get_args(Side))
