"""Finds who leads a conversation, and which turns belong to the same question.

In a focus group the moderator's question often holds the only word for the topic ("what about the money?"), and the
answers that follow belong together although they share no words. `contexts` gives the other turns of each turn's
block, so that later stages can use them to understand short turns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tipmine.records import TextUnit

_MODERATOR = re.compile(
    r"ผู้ดำเนิน|ดำเนินรายการ|พิธีกร|วิทยากรกระบวนการ|ผู้สัมภาษณ์|ผู้นำ(?:การ)?สนทนา|ผู้นำกลุ่ม|ผู้ช่วยวิจัย|นักวิจัย|ผู้วิจัย"
    r"|moderator|facilitator|interviewer|^(?:mod|ผดร?|วิจัย)\.?$",
    re.IGNORECASE,
)

MAX_BLOCK = 9
"""Most turns before and after a turn that count as its block, if no question of a moderator ends it earlier."""


def is_moderator(speaker: str) -> bool:
    """Whether a speaker's name shows that they lead the conversation.

    >>> is_moderator("ผู้ดำเนินการสนทนา"), is_moderator("ผู้ให้ข้อมูล 3 (ครู)")
    (True, False)
    """
    return bool(_MODERATOR.search(speaker.strip()))


def blocks(units: Sequence[TextUnit]) -> list[int]:
    """A block number for each unit: turns of one document from one question of the moderator to the next.

    Each unit without a speaker, which is no turn, is a block of its own. `units` are in the order of the conversation;
    those of one document need not be contiguous.
    """
    current: dict[str, int] = {}
    numbers: list[int] = []
    for number, unit in enumerate(units):
        if not unit.speaker:
            numbers.append(number)
            continue
        if unit.doc not in current or is_moderator(unit.speaker):
            current[unit.doc] = number
        numbers.append(current[unit.doc])
    return numbers


def contexts(units: Sequence[TextUnit]) -> list[tuple[int, ...]]:
    """For each unit the indices of the other turns of its block, at most `MAX_BLOCK` on either side."""
    members: dict[int, list[int]] = {}
    numbers = blocks(units)
    for index, number in enumerate(numbers):
        members.setdefault(number, []).append(index)
    found: list[tuple[int, ...]] = []
    place = {index: at for block in members.values() for at, index in enumerate(block)}
    for index, number in enumerate(numbers):
        block, at = members[number], place[index]
        near = block[max(0, at - MAX_BLOCK) : at + MAX_BLOCK + 1]
        found.append(tuple(other for other in near if other != index))
    return found
