"""Decides which utterances are left out of the search for themes, and why."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tipmine.errors import RecordError
from tipmine.lexical.dialogue import moderator_turns
from tipmine.lexical.thesaurus import ConceptMatcher
from tipmine.lexical.wordlists import civilities, content_words, is_backchannel, negations, word_list
from tipmine.records import TextUnit

MODERATOR = "ผู้ดำเนินการสนทนา"
BACKCHANNEL = "คำทักทาย คำรับ หรือคำขอบคุณ"
SMALL_TALK = "เรื่องทั่วไปของการประชุม"
EMPTY = "ไม่มีคำที่มีเนื้อหา"

SMALL_TALK_WORDS = 8
"""Most content words of a turn that may be small talk (about the room, the weather). Higher: findings are set aside."""
COURTESY_WORDS = 7
"""Most words of a turn of mere courtesy (`courtesy.txt`). Higher: turns that say something in such words are set aside
("I told it all already, why tell it again")."""
SURE = 1.0
"""Least strength of a thesaurus match that shows a turn to be on topic; 1: the term occurs as written."""
_SPACES = re.compile(r"\s+")


def check_ids(units: Sequence[TextUnit]) -> None:
    """Raises RecordError, naming both records, if two units have the same id: themes know their members by it."""
    first: dict[str, int] = {}
    for number, unit in enumerate(units, 1):
        if unit.id in first:
            wrong = f"its id {unit.id} is also that of record {first[unit.id]}"
            expected = "an id of its own for each utterance"
            raise RecordError(f"record {number}", wrong, expected, "put the name of the transcript before the number")
        first[unit.id] = number


def set_aside(units: Sequence[TextUnit]) -> dict[str, str]:
    """Id -> reason in Thai, for units that have no content of their own."""
    matcher = ConceptMatcher(unit.words for unit in units)
    reasons: dict[str, str] = {}
    for unit, by_moderator in zip(units, moderator_turns(units), strict=True):
        if by_moderator:
            reasons[unit.id] = MODERATOR
        elif is_backchannel(unit.text) or _only_courtesy(unit.words):
            reasons[unit.id] = BACKCHANNEL
        elif not content_words(unit.words):
            reasons[unit.id] = EMPTY
        elif _small_talk(unit) and all(hit.strength < SURE for hit in matcher.find(unit.words).values()):
            reasons[unit.id] = SMALL_TALK
    return reasons


def _only_courtesy(words: Sequence[str]) -> bool:
    """Whether a short turn's content words all express assent, readiness or sympathy, and nothing is denied.

    >>> _only_courtesy(("ได้", "ครับ", "สะดวก")), _only_courtesy(("ไม่", "สะดวก", "ค่ะ"))
    (True, False)
    """
    if len(words) > COURTESY_WORDS or not negations().isdisjoint(words):
        return False
    return word_list("courtesy").issuperset(content_words(words))


def _small_talk(unit: TextUnit) -> bool:
    """Whether a short turn greets, thanks or speaks of the meeting itself."""
    if len(content_words(unit.words)) > SMALL_TALK_WORDS:
        return False
    text = _SPACES.sub("", unit.text)
    return unit.words[0] in civilities() or any(phrase in text for phrase in word_list("small_talk"))
