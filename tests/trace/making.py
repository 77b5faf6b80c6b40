"""Text units for tests of tracing: recommendations and a talk."""

from __future__ import annotations

from pathlib import Path

from tipmine.records import TextUnit
from tipmine.tokenize import words

CASES = Path(__file__).parent.parent / "cases" / "trace"


def unit(id_: str, text: str, **more: object) -> TextUnit:
    """A unit whose words are cut as they are in a run."""
    return TextUnit(id_, text, words(text), **more)  # type: ignore[arg-type]


RECS = [
    unit("r1", "ควรจัดหาล่ามประจำศูนย์คัดแยกผู้เสียหาย"),
    unit("r2", "ควรกำหนดวงเงินสำรองจ่ายระดับจังหวัด"),
    unit("r3", "ควรใช้ดาวเทียมติดตามเรือประมงกลางทะเล"),
]
TALK = [
    ("q1", "ผู้ดำเนินการ", "เรื่องล่ามเป็นอย่างไรบ้าง"),
    ("u1", "ก", "ล่ามหายาก ต้องขอแม่ค้ามาช่วยแปล"),
    ("u2", "ข", "คุยกันไม่รู้เรื่อง ไม่มีคนแปลให้"),
    ("q2", "ผู้ดำเนินการ", "แล้วงบประมาณล่ะ"),
    ("u3", "ก", "ควักกระเป๋าตัวเองก่อน สำรองจ่ายทุกครั้ง"),
    ("u4", "ข", "ครับ"),
    ("u5", "ค", "เบิกไม่ได้ งบมาไม่ทัน"),
    ("q3", "ผู้ดำเนินการ", "มีอะไรอีกไหม"),
    ("u6", "ค", "ฝนตกหนัก ถนนหน้าตลาดน้ำท่วม"),
]
EVIDENCE = [unit(id_, text, speaker=speaker, doc="fg", kind="utterance") for id_, speaker, text in TALK]
