"""What the codebook says, as far as the machine has to know it: kinds, sectors, names that prove nothing.

The codebook itself is for people; this module holds the few rules of it that are rules for the program.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple, get_args

from tipmine.records import PILLARS, Kind, Pillar

UNTAGGED_KINDS: frozenset[Kind] = frozenset({"other"})
"""Titles, headings and front matter carry no pillar and no actors."""

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

NO_PILLAR = "none"
"""In `pillar_lexicon.csv`: names of the field, of laws and bodies, which are no evidence for any pillar."""


class Phrase(NamedTuple):
    """A phrase of the seed lexicon: weight 3 names an action of the pillar, 2 is typical of it, 1 is weak."""

    pillar: Pillar
    text: str
    weight: float


@cache
def seed_lexicon() -> tuple[Phrase, ...]:
    """The phrases of `data/pillar_lexicon.csv` that speak for a pillar."""
    return tuple(
        Phrase(pillar, row["phrase"], float(row["weight"]))
        for row in _rows()
        for pillar in get_args(Pillar)
        if row["pillar"] == pillar
    )


@cache
def fixed_names() -> re.Pattern[str]:
    """Matches the fixed names that prove nothing; white space in a name may be missing or doubled in the text."""
    names = sorted({row["phrase"] for row in _rows() if row["pillar"] == NO_PILLAR}, key=len, reverse=True)
    spaced = [r"\s{0,2}".join(map(re.escape, name.split())) for name in names]
    return re.compile("|".join(spaced) or r"(?!)")


def lexicon_votes(text: str) -> list[float]:
    """For each pillar the summed weights of the seed phrases that `text` holds, each counted once."""
    votes = dict.fromkeys(PILLARS, 0.0)
    for pillar, phrase, weight in seed_lexicon():
        if phrase in text:
            votes[pillar] += weight
    return [votes[pillar] for pillar in PILLARS]


def _rows() -> list[dict[str, str]]:
    path = files("tipmine.data").joinpath("pillar_lexicon.csv")
    lines = [line for line in path.read_text(encoding="utf-8-sig").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))
