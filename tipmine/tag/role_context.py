"""The words around an actor in its sentence that indicate its role: cues before and after it, verbs of saying.

The words are in `data/role_cues.tsv`. What they mean for a role is learnt, with the words as features
(`role_features.py`), or fixed by rules (`roles.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from tipmine.tag.role_cues import cue_classes, role_words, sentence_choice, sentence_words

NEAR = 12
"""Most code points between the name and a cue that counts as near."""

_REACH = 40
"""Code points before a name that are searched for cues; after a name, a cue must follow at once."""

MOST_CUES = 3
"""Number of cues before a name that are used, nearest first."""

NUMBERING = re.compile(r"[\s\d.()•-]*")
"""What may precede the first word of a text."""


class NamedActor(NamedTuple):
    """What the role of an actor depends on besides the text: half-open offsets and sector."""

    start: int
    end: int
    sector: str


class Cue(NamedTuple):
    """A word that indicates a role, its class, and its distance from the name in code points."""

    word: str
    group: str
    distance: int


def cues_before(text: str, actor: NamedActor) -> list[Cue]:
    """The cues before a name, nearest first, none inside another."""
    window = text[max(0, actor.start - _REACH) : actor.start].rstrip()[::-1]
    pattern, groups = pattern_before()
    cues: dict[str, Cue] = {}
    for match in pattern.finditer(window):
        word = match.group()[::-1]
        cues.setdefault(word, Cue(word, groups[word], match.start()))
        if len(cues) == MOST_CUES:
            break
    return list(cues.values())


@cache
def pattern_before() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern that finds the cues in a reversed text, the longest first, and the class of each cue."""
    groups = cue_classes("before")
    words = sorted(groups, key=len, reverse=True)
    return re.compile("|".join(re.escape(word[::-1]) for word in words)), groups


def cue_after(text: str, actor: NamedActor) -> Cue:
    """The longest cue right after a name; class `none` if there is none."""
    pattern, groups = pattern_after()
    match = pattern.match(text[actor.end : actor.end + _REACH].lstrip())
    return Cue(match.group(), groups[match.group()], 0) if match else Cue("", "none", 0)


@cache
def pattern_after() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern that finds the longest cue at the beginning of a text, and the class of each cue."""
    groups = cue_classes("after")
    return re.compile("|".join(map(re.escape, sorted(groups, key=len, reverse=True)))), groups


def saying_words(text: str, actors: Sequence[NamedActor]) -> list[str]:
    """For each actor who proposes, asks, thinks or says what follows, or is joined to such an actor by และ, the words
    that say so; empty for others."""
    words_of = [""] * len(actors)
    for i in reversed(range(len(actors))):
        start, end = actors[i].start, actors[i].end
        words = saying_words_at(text, end)
        if not words and i + 1 < len(actors) and joined_by_and(text, end, actors[i + 1].start):
            words = words_of[i + 1]
        words_of[i] = "" if _is_told(text, start) else words
    return words_of


def saying_words_at(text: str, at: int) -> str:
    """The words at offset `at`, after an actor, that make what follows this actor's statement; empty if none."""
    match = _says().match(text, at)
    return match.group().strip() if match else ""


@cache
def _says() -> re.Pattern[str]:
    words = sorted((word for row in role_words("saying") for word in row.words), key=len, reverse=True)
    return re.compile(rf"\s?(?:{sentence_choice('lead')})*(?:{'|'.join(map(re.escape, words))})")


def acts_after(text: str, end: int) -> bool:
    """Whether the words after an actor that ends at `end` say that this actor acts or should act."""
    return bool(_acts().match(text, end))


def joined_by_and(text: str, end: int, start: int) -> bool:
    """Whether two actors, one ending at `end` and the next beginning at `start`, are joined by และ and share a role."""
    return bool(_and().fullmatch(text, end, start))


def _is_told(text: str, start: int) -> bool:
    """Whether the words before an actor tell it to propose or ask something, or say something to it."""
    told = sentence_words("told")
    return text.endswith(told, 0, start) or (text[start - 1 : start].isspace() and text.endswith(told, 0, start - 1))


@cache
def _acts() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{sentence_choice('acts')})")


@cache
def _and() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{sentence_choice('and')}|,|/)?\s*")
