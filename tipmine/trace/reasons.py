"""Why a piece of evidence was proposed, in Thai sentences with the words that carried it.

The first reason is a whole sentence for people; the others add what else holds. Nothing is said that cannot be
pointed at: shared words stand in both texts, ideas are named with the words that were read as them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tipmine.lexical.direction import directions
from tipmine.lexical.synonyms import WordVectors
from tipmine.lexical.thesaurus import ConceptMatcher, Hit
from tipmine.lexical.wordlists import content_words
from tipmine.records import TextUnit

if TYPE_CHECKING:
    from tipmine.trace.tracing import Ranked

SHOWN = 4
"""Words or ideas named in one sentence: more is not read."""
COMMON_SHARE = 0.2
"""A word or idea in more than this share of the evidence is not named as a reason."""
_PILLARS = {
    "policy": "นโยบาย",
    "prevention": "การป้องกัน",
    "prosecution": "การดำเนินคดี",
    "protection": "การคุ้มครองช่วยเหลือ",
    "partnership": "ความร่วมมือ",
}


class Explainer:
    """Explains pairs of one tracing; remembers what it read in each text."""

    def __init__(self, recommendations: Sequence[TextUnit], evidence: Sequence[TextUnit], vectors: WordVectors) -> None:
        self._recommendations = recommendations
        self._evidence = evidence
        self._vectors = vectors
        self._counts = Counter(word for unit in evidence for word in set(content_words(unit.words)))
        self._matcher = ConceptMatcher(unit.words for unit in (*recommendations, *evidence))
        self._hits: dict[str, dict[str, Hit]] = {}

    def reasons(self, row: int, column: int, ranked: Ranked) -> tuple[str, ...]:
        """The sentences for a recommendation and a piece of evidence, the strongest first."""
        rec, item = self._recommendations[row], self._evidence[column]
        if ranked.idle[column]:
            return ("ข้อความนี้เป็นคำถามของผู้ดำเนินการหรือคำรับสั้น ๆ จึงไม่นับเป็นหลักฐาน",)
        said = [
            *self._shared_words(rec, item),
            *self._shared_ideas(rec, item, "r" + rec.id, "e" + item.id),
            *self._near_words(rec, item),
            *self._tags(rec, item),
            *self._direction(item),
        ]
        if not said or said[0].startswith(("กล่าวถึงข้อขัดข้อง", "ระวัง")):
            said.insert(0, self._faint(item))
        return tuple(said)

    def _find(self, key: str, unit: TextUnit) -> dict[str, Hit]:
        if key not in self._hits:
            self._hits[key] = self._matcher.find(unit.words)
        return self._hits[key]

    def _rare(self, word: str) -> bool:
        return self._counts[word] <= max(2.0, COMMON_SHARE * len(self._evidence))

    def _shared_words(self, rec: TextUnit, item: TextUnit) -> list[str]:
        there = set(content_words(item.words))
        shared = [word for word in dict.fromkeys(content_words(rec.words)) if word in there and self._rare(word)]
        shared.sort(key=lambda word: (self._counts[word], -len(word)))
        if not shared:
            return []
        return [f"ข้อเสนอแนะและหลักฐานใช้คำเดียวกันคือ {_listed(shared)}"]

    def _shared_ideas(self, rec: TextUnit, item: TextUnit, rec_key: str, item_key: str) -> list[str]:
        ours, theirs = self._find(rec_key, rec), self._find(item_key, item)
        said = []
        same = sorted(set(ours) & set(theirs), key=lambda c: -ours[c].strength * theirs[c].strength)
        for concept in same[:SHOWN]:
            left, right = "".join(ours[concept].words), "".join(theirs[concept].words)
            name = self._matcher.concepts[concept].name
            if left != right:
                said.append(f"กล่าวถึงเรื่อง “{name}” เหมือนกันด้วยถ้อยคำต่างกัน: “{left}” กับ “{right}”")
        for concept in sorted(ours, key=lambda c: -ours[c].strength):
            for other in self._matcher.concepts[concept].related:
                if other in theirs and other not in ours and len(said) < SHOWN:
                    names = self._matcher.concepts[concept].name, self._matcher.concepts[other].name
                    carried = "".join(theirs[other].words)
                    said.append(f"“{names[0]}” ในข้อเสนอแนะเกี่ยวเนื่องกับ “{names[1]}” ซึ่งหลักฐานกล่าวว่า “{carried}”")
        return said

    def _near_words(self, rec: TextUnit, item: TextUnit) -> list[str]:
        pairs = self._vectors.near(content_words(rec.words), content_words(item.words))
        pairs = [pair for pair in pairs if self._rare(pair[1])][:2]
        if not pairs:
            return []
        named = " และ ".join(f"“{left}” กับ “{right}”" for left, right, _ in pairs)
        return [f"คำที่มักใช้ร่วมกันในเอกสารชุดนี้: {named}"]

    def _tags(self, rec: TextUnit, item: TextUnit) -> list[str]:
        said = []
        if set(rec.actors) & set(item.actors):
            said.append("กล่าวถึงหน่วยงานหรือกลุ่มบุคคลเดียวกัน")
        pillars = [_PILLARS[code] for code in rec.pillars if code in item.pillars and code in _PILLARS]
        if pillars:
            said.append(f"อยู่ในด้านเดียวกัน: {', '.join(pillars)}")
        return said

    def _direction(self, item: TextUnit) -> list[str]:
        found = directions(item.words)
        if "met" in found:
            return [f"ระวัง: หลักฐานอาจกล่าวว่าเรื่องนี้เรียบร้อยแล้ว (“{found['met'][0]}”)"]
        if "lack" in found:
            return [f"กล่าวถึงข้อขัดข้องหรือความขาดแคลน: {_listed(found['lack'])}"]
        return []

    def _faint(self, item: TextUnit) -> str:
        if item.speaker:
            return "ไม่พบคำหรือเรื่องที่ตรงกันโดยตรง เสนอไว้เพราะคำถามและคำตอบข้างเคียงกล่าวถึงเรื่องใกล้กัน"
        return "ไม่พบคำหรือเรื่องที่ตรงกันโดยตรง เสนอไว้เพราะถ้อยคำคล้ายกันบางส่วน"


def _listed(words: Sequence[str]) -> str:
    return " ".join(f"“{word}”" for word in words[:SHOWN])
