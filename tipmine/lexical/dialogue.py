"""Finds who leads a conversation, and which turns belong to the same question.

In a focus group the moderator's question often holds the only word for the topic ("what about the money?"), and the
answers that follow belong together although they share no words. `contexts` gives the other turns of each turn's block;
later stages use them to understand short turns.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from tipmine.data import data_groups
from tipmine.lexical.wordlists import particles
from tipmine.records import TextUnit

MAX_BLOCK = 9
"""Most turns before and after a turn that count as its block, unless a moderator's question ends it earlier."""

FEWEST_TURNS = 4
"""Fewest turns of a speaker who is taken for the moderator although the name does not say so."""
LEAST_TURN_SHARE = 0.1
"""Least share of the turns of the conversation that such a speaker must have."""
ASKING_FIRST = 0.5
"""Least share of the first speaker's turns that must ask or lead for that speaker to be the moderator. Lower: people
who answer with questions are taken for moderators, and their words are lost to themes and traces."""
ASKING = 0.75
"""Least share of asking or leading turns for any other speaker to be the moderator; most moderators speak first."""
ASKING_MORE = 0.3
"""How much larger that share must be than the share among all other turns of the conversation."""

_SIGNS = r"[\s.…\"”’)\]]"
"""Signs that may follow a question, besides particles."""


def is_moderator(speaker: str) -> bool:
    """Whether a speaker's name shows that they lead the conversation.

    >>> is_moderator("ผู้ดำเนินการสนทนา"), is_moderator("ผู้ให้ข้อมูล 3 (ครู)")
    (True, False)
    """
    return bool(_moderators().search(speaker.strip()))


@cache
def _moderators() -> re.Pattern[str]:
    groups = data_groups("lexicon/moderators.tsv", "place", ("in", "whole"), head=("words", "place"))
    within, whole = ("|".join(re.escape(row["words"]) for row in rows) for rows in groups.values())
    return re.compile(rf"{within}|^(?:{whole})\.?$", re.IGNORECASE)


def moderator_turns(units: Sequence[TextUnit]) -> list[bool]:
    """Whether each unit is a turn of somebody who leads the conversation, by their name or else by what they say.

    Transcripts often call the moderator `M` or by a personal name. In a document without a telling name, the moderator
    is the speaker whose turns ask and lead most often, if that is often enough (`ASKING_FIRST`, `ASKING`) and by
    `ASKING_MORE` more often than the others. `units` are in the order of the conversation.
    """
    turns: dict[str, dict[str, list[str]]] = {}
    for unit in units:
        if unit.speaker:
            turns.setdefault(unit.doc, {}).setdefault(unit.speaker, []).append(unit.text)
    leaders: set[tuple[str, str]] = set()
    for doc, texts_of in turns.items():
        named = [speaker for speaker in texts_of if is_moderator(speaker)]
        leaders |= {(doc, speaker) for speaker in named or _leading(texts_of)}
    return [(unit.doc, unit.speaker) in leaders for unit in units]


def _leading(texts_of: Mapping[str, Sequence[str]]) -> list[str]:
    """The speaker of a conversation who asks, or nobody; `texts_of`: each speaker's turns, the first speaker first."""
    total = sum(map(len, texts_of.values()))
    fewest = max(FEWEST_TURNS, LEAST_TURN_SHARE * total)
    asked = {speaker: sum(map(leads, texts)) for speaker, texts in texts_of.items()}
    if len(texts_of) < 2:
        return []
    first = next(iter(texts_of))
    share_of: dict[str, float] = {}
    for speaker, texts in texts_of.items():
        if len(texts) < fewest:
            continue
        share = asked[speaker] / len(texts)
        share_of_others = (sum(asked.values()) - asked[speaker]) / (total - len(texts))
        if share >= max(ASKING_FIRST if speaker == first else ASKING, share_of_others + ASKING_MORE):
            share_of[speaker] = share
    return [max(share_of, key=share_of.__getitem__)] if share_of else []


def leads(text: str) -> bool:
    """Whether a turn asks something at the end of a sentence, or leads on (`tipmine/data/lexicon/leading.tsv`).

    >>> leads("แล้วเรื่องล่ามล่ะคะ"), leads("ไม่มีใครช่วยเลยค่ะ")
    (True, False)
    """
    return bool(_cues().search(text))


@cache
def _cues() -> re.Pattern[str]:
    groups = data_groups("lexicon/leading.tsv", "place", ("end", "in"), head=("cue", "place"))
    ends, within = ("|".join(re.escape(row["cue"]) for row in rows) for rows in groups.values())
    closing = "|".join(map(re.escape, particles("question")))
    return re.compile(rf"(?:{ends})(?:{_SIGNS}|{closing})*$|(?<!ไม่)(?:{within})")


def blocks(units: Sequence[TextUnit], by_moderator: Sequence[bool]) -> list[int]:
    """A block number for each unit: turns of one document from one question of the moderator to the next.

    `by_moderator` says which units are the moderators' (`moderator_turns`).
    A unit without a speaker is not a turn and is a block of its own. `units` are in the order of the
    conversation; those of one document need not be contiguous.
    """
    current: dict[str, int] = {}
    numbers: list[int] = []
    for number, (unit, asks) in enumerate(zip(units, by_moderator, strict=True)):
        if not unit.speaker:
            numbers.append(number)
            continue
        if unit.doc not in current or asks:
            current[unit.doc] = number
        numbers.append(current[unit.doc])
    return numbers


def contexts(units: Sequence[TextUnit], by_moderator: Sequence[bool]) -> list[tuple[int, ...]]:
    """For each unit the indices of the other turns of its block (see `blocks`), at most `MAX_BLOCK` on either side."""
    members: dict[int, list[int]] = {}
    numbers = blocks(units, by_moderator)
    for index, number in enumerate(numbers):
        members.setdefault(number, []).append(index)
    neighbours: list[tuple[int, ...]] = []
    place = {index: at for block in members.values() for at, index in enumerate(block)}
    for index, number in enumerate(numbers):
        block, at = members[number], place[index]
        near = block[max(0, at - MAX_BLOCK) : at + MAX_BLOCK + 1]
        neighbours.append(tuple(other for other in near if other != index))
    return neighbours
