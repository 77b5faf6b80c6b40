"""Why a piece of evidence was proposed, in Thai sentences with the words that carried it.

The first reason is a whole sentence for people; the others add what else holds. Nothing is said that cannot be
pointed at: shared words stand in both texts, ideas are named with the words that were read as them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

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
Ground = Literal["idea", "words", "none"]

GROUND_WORDS = 2
"""Shared content words from which a link has a ground by words alone. One is mostly chance."""
SINGLE_WORD = 2
"""Pieces of evidence up to which one shared word is a ground by itself. More lets chance words through."""
SEEN = 5
"""Pieces of evidence in which each of two neighbouring words must stand. Fewer show chance company as a reason."""
IDEA_SAMPLE = 2_000
"""Pieces of evidence, evenly spread, on which it is counted how common an idea is."""
_SAME = {"problem": "ปัญหา", "measure": "มาตรการ", "actor": "หน่วยงาน", "person": "กลุ่มคน", "place": "สถานที่"}
_ORDER = {"problem": 0, "measure": 1, "process": 2, "thing": 3, "person": 4, "place": 5, "actor": 6}
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
        self._common = self._common_ideas()

    def _common_ideas(self) -> frozenset[str]:
        step = max(1, len(self._evidence) // IDEA_SAMPLE)
        sample = self._evidence[::step]
        counts = Counter(concept for unit in sample for concept in self._matcher.find(unit.words))
        most = max(2.0, COMMON_SHARE * len(sample))
        return frozenset(concept for concept, count in counts.items() if count > most)

    def reasons(self, row: int, column: int, ranked: Ranked) -> tuple[str, ...]:
        """The sentences for a recommendation and a piece of evidence, the strongest first."""
        if ranked.idle[column]:
            return ("ข้อความนี้เป็นคำถามของผู้ดำเนินการ คำทักทาย หรือคำรับสั้น ๆ จึงไม่นับเป็นหลักฐาน",)
        rec, item = self._recommendations[row], self._evidence[column]
        said = [*self._same_ideas(rec, item), *self._related_ideas(rec, item)][:SHOWN]
        words = self._shared_words(rec, item)
        if words:
            said.append(f"ใช้คำเดียวกันทั้งสองฝ่าย: {_listed(words)}")
        if not said:
            said.append(self._faint(item))
        return (*said, *self._near_words(rec, item), *self._tags(rec, item), *self._direction(item))

    def ground(self, row: int, column: int) -> Ground:
        """What stands in both texts that a reader can be shown: an idea or its neighbour, words only, or nothing.

        One shared word is enough only where hardly any other evidence has it: ประชุม and จังหวัด stand everywhere.
        """
        rec, item = self._recommendations[row], self._evidence[column]
        if self._same_ideas(rec, item) or self._related_ideas(rec, item):
            return "idea"
        shared = self._shared_words(rec, item)
        enough = len(shared) >= GROUND_WORDS or any(self._counts[word] <= SINGLE_WORD for word in shared)
        return "words" if enough else "none"

    def _find(self, key: str, unit: TextUnit) -> dict[str, Hit]:
        if key not in self._hits:
            found = self._matcher.find(unit.words)
            self._hits[key] = {concept: hit for concept, hit in found.items() if concept not in self._common}
        return self._hits[key]

    def _rare(self, word: str) -> bool:
        return self._counts[word] <= max(2.0, COMMON_SHARE * len(self._evidence))

    def _shared_words(self, rec: TextUnit, item: TextUnit) -> list[str]:
        there = set(content_words(item.words))
        shared = [word for word in dict.fromkeys(content_words(rec.words)) if word in there and self._rare(word)]
        return sorted(shared, key=lambda word: (self._counts[word], -len(word)))

    def _same_ideas(self, rec: TextUnit, item: TextUnit) -> list[str]:
        ours, theirs = self._find("r" + rec.id, rec), self._find("e" + item.id, item)
        concepts = self._matcher.concepts
        same = sorted(
            set(ours) & set(theirs),
            key=lambda c: (_ORDER.get(concepts[c].type, 9), -ours[c].strength * theirs[c].strength, c),
        )
        said = []
        for concept in same:
            kind = _SAME.get(concepts[concept].type, "เรื่อง")
            left, right = "".join(ours[concept].words), "".join(theirs[concept].words)
            carried = f"“{left}”" if left == right else f"ข้อเสนอแนะว่า “{left}” หลักฐานว่า “{right}”"
            said.append(f"พูดถึง{kind}เดียวกัน: {concepts[concept].name} ({carried})")
        return said

    def _related_ideas(self, rec: TextUnit, item: TextUnit) -> list[str]:
        ours, theirs = self._find("r" + rec.id, rec), self._find("e" + item.id, item)
        concepts = self._matcher.concepts
        said = []
        for concept in sorted(ours, key=lambda c: (-ours[c].strength, c)):
            for other in concepts[concept].related:
                if other not in theirs or other in ours:
                    continue
                name, against, carried = concepts[concept].name, concepts[other].name, "".join(theirs[other].words)
                if concepts[other].type == "problem" and concepts[concept].type != "problem":
                    said.append(f"หลักฐานพูดถึงปัญหาที่ข้อเสนอแนะมุ่งแก้: {against} (“{carried}”) ตรงกับ{name}")
                else:
                    said.append(f"พูดถึงเรื่องที่เกี่ยวเนื่องกัน: {name} กับ{against} (“{carried}”)")
        return list(dict.fromkeys(said))

    def _near_words(self, rec: TextUnit, item: TextUnit) -> list[str]:
        pairs = self._vectors.near(content_words(rec.words), content_words(item.words))
        pairs = [
            pair for pair in pairs if self._rare(pair[1]) and min(self._counts[pair[0]], self._counts[pair[1]]) >= SEEN
        ][:2]
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
