"""What is set aside before themes are sought, and why."""

from __future__ import annotations

from collections.abc import Sequence

from tipmine.lexical.dialogue import is_moderator
from tipmine.lexical.wordlists import content_words, is_backchannel
from tipmine.records import TextUnit

MODERATOR = "ผู้ดำเนินการสนทนา"
BACKCHANNEL = "คำทักทาย คำรับ หรือคำขอบคุณ"
EMPTY = "ไม่มีคำที่มีเนื้อหา"


def set_aside(units: Sequence[TextUnit]) -> dict[str, str]:
    """Ids of units that say nothing of their own, each with the reason in Thai."""
    found: dict[str, str] = {}
    for unit in units:
        if is_moderator(unit.speaker):
            found[unit.id] = MODERATOR
        elif is_backchannel(unit.text):
            found[unit.id] = BACKCHANNEL
        elif not content_words(unit.words):
            found[unit.id] = EMPTY
    return found
