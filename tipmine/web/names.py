"""Thai words for what the pages show: facets and their values, decisions, times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from tipmine.records import ThemeSet
from tipmine.report.labels import label, short
from tipmine.report.thai import thai_date
from tipmine.store.decisions import Decision
from tipmine.store.run import Run

FACETS: Mapping[str, str] = {
    "pillar": "เสาหลัก",
    "kind": "ประเภทข้อความ",
    "actor": "ผู้เกี่ยวข้อง",
    "role": "บทบาท",
    "theme": "ประเด็น",
    "year": "ปี พ.ศ.",
    "province": "จังหวัด",
    "type": "ประเภทเอกสาร",
    "doc": "เอกสาร",
    "coverage": "หลักฐานรองรับ",
    "reviewed": "การตรวจ",
    "sector": "ภาคส่วน",
    "level": "ระดับ",
    "speaker": "ผู้พูด",
}
"""The facets in the order in which the search desk offers them."""
WHY: Mapping[str, str] = {"least sure": "ระบบไม่แน่ใจ", "random": "สุ่มตรวจ"}
_REVIEWED: Mapping[str, str] = {"yes": "คนตรวจแล้ว", "no": "ยังไม่ตรวจ"}
_CODED = frozenset({"pillar", "kind", "role", "sector", "level", "type", "coverage"})


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a run's documents, actors and themes."""

    docs: Mapping[str, str]
    actors: Mapping[str, str]
    themes: Mapping[str, str]

    @classmethod
    def of_run(cls, run: Run) -> Names:
        """Read the names of a run; those of actors go through all tags, which in a large run takes a second."""
        actors = run.connection.execute("SELECT DISTINCT actor, name FROM actor_tags WHERE actor != ''")
        docs = {info.doc: info.title or info.doc for info in run.documents()}
        return cls(docs, {row["actor"]: row["name"] for row in actors}, {})

    def with_labels(self, themes: ThemeSet) -> Names:
        """The same with the themes' labels, which people change while they work."""
        return replace(self, themes={theme.id: theme.label or theme.id for theme in themes.themes})

    def value(self, facet: str, value: str) -> str:
        """A facet's value in words; the value itself where it has no name."""
        if facet in _CODED:
            return label(facet, value)
        named: Mapping[str, Mapping[str, str]] = {
            "doc": self.docs,
            "actor": self.actors,
            "theme": self.themes,
            "reviewed": _REVIEWED,
        }
        return named.get(facet, {}).get(value, value)


def decision_words(decision: Decision) -> str:
    """A decision in a few words.

    >>> decision_words(Decision(1, "p", "pillar:policy", "no", "ก", ""))
    'ไม่ใช่ด้านนโยบาย'
    """
    head, _, rest = decision.field.partition(":")
    yes = decision.value == "yes"
    if head == "pillar":
        return ("ยืนยัน" if yes else "ไม่ใช่") + label("pillar", rest)
    if head == "actor":
        role = decision.value.removeprefix("role=")
        if role != decision.value:
            return f"เปลี่ยนบทบาทเป็น “{label('role', role)}”"
        return "ยืนยันผู้เกี่ยวข้อง" if yes else "ตัดผู้เกี่ยวข้องออก"
    if head == "kind":
        return f"ประเภท: {label('kind', decision.value)}"
    if head == "label":
        return f"ตั้งชื่อประเด็น: {decision.value}"
    return "ยืนยันหลักฐาน" if yes else "ปฏิเสธหลักฐาน"


def thai_time(at: str) -> str:
    """A stored moment as a date of the Buddhist Era with the local time of day."""
    try:
        moment = datetime.fromisoformat(at).astimezone()
    except ValueError:
        return at
    return f"{thai_date(moment.date())} {moment:%H:%M} น."


def kind_word(kind: str) -> str:
    """The short word for a kind of passage, as badges carry it."""
    return short("kind", kind)
