"""The codebook rules that the program needs: untagged kinds, sectors, seed phrases, names that prove nothing.

The codebook itself (`data/codebook.md`) is for people.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from tipmine.data import data_table, row_errors
from tipmine.errors import InputError
from tipmine.records import PILLARS, Kind, Pillar
from tipmine.tag.spans import Span

UNTAGGED_KINDS: frozenset[Kind] = frozenset({"other"})
"""Titles, headings and front matter have no pillar and no actors."""

SECTORS: tuple[str, ...] = (
    "government",
    "local_government",
    "police_justice",
    "education",
    "health",
    "labour",
    "ngo",
    "private",
    "international",
    "community",
    "person_group",
    "offender",
    "media",
    "academia",
    "mixed",
)

_LEXICON = "pillar_lexicon.csv"
NO_PILLAR = "none"
"""Value in the pillar column of `pillar_lexicon.csv` for names (of the field, laws, bodies) that are not evidence for
any pillar."""


class Phrase(NamedTuple):
    """A phrase of the seed lexicon. Weight 3: it names an action of the pillar; 2: typical of it; 1: weak."""

    pillar: Pillar
    text: str
    weight: float


@cache
def seed_lexicon() -> tuple[Phrase, ...]:
    """The phrases of `data/pillar_lexicon.csv` that are evidence for a pillar."""
    pillars: dict[str, Pillar] = {pillar: pillar for pillar in PILLARS}
    phrases = []
    for row in _lexicon_rows():
        if row["pillar"] != NO_PILLAR:
            with row_errors(_LEXICON, row.values(), "a number as weight"):
                phrases.append(Phrase(pillars[row["pillar"]], row["phrase"], float(row["weight"])))
    return tuple(phrases)


@cache
def fixed_names() -> re.Pattern[str]:
    """A pattern for the fixed names that prove nothing; spaces in a name may be missing or doubled in the text."""
    names = {row["phrase"] for row in _lexicon_rows() if row["pillar"] == NO_PILLAR}
    spaced = [r"\s{0,2}".join(map(re.escape, name.split())) for name in sorted(names, key=len, reverse=True)]
    return re.compile("|".join(spaced) or r"(?!)")


def _lexicon_rows() -> list[dict[str, str]]:
    rows = data_table(_LEXICON, ("pillar", "phrase", "weight"))
    for row in rows:
        if row["pillar"] not in (*PILLARS, NO_PILLAR) or not row["phrase"].strip():
            shown = f"row “{' '.join(row.values())}” has no phrase or an unknown pillar"
            raise InputError(f"data/{_LEXICON}", shown, ", ".join((*PILLARS, NO_PILLAR)))
    return rows


def fixed_name_spans(text: str) -> list[Span]:
    """Where fixed names that prove nothing are in `text`, in order."""
    return [Span(*match.span()) for match in fixed_names().finditer(text)]


def lexicon_votes(text: str) -> list[float]:
    """For each pillar, in the order of PILLARS, the summed weights of its seed phrases in `text`, each counted once."""
    votes = dict.fromkeys(PILLARS, 0.0)
    for pillar, phrase, weight in seed_lexicon():
        if phrase in text:
            votes[pillar] += weight
    return [votes[pillar] for pillar in PILLARS]
