"""Three fictional focus groups on three matters, and which turn is about which."""

from __future__ import annotations

from collections.abc import Iterator

from tipmine.records import TextUnit
from tipmine.tokenize import words

TOPICS = {
    "ล่าม": ["ล่ามไม่มีเลย ต้องหาคนแปลเอง", "คนแปลภาษาหายาก ล่ามอยู่ไกล", "ไม่มีล่าม คุยกันไม่รู้เรื่อง", "แปลภาษาพม่าไม่ได้ ต้องรอล่าม"],
    "งบ": ["เบิกเงินช้า ควักกระเป๋าตัวเองก่อน", "งบประมาณไม่พอ สำรองจ่ายเอง", "เงินค่าอาหารเบิกไม่ได้", "ค่าน้ำมันควักเอง เบิกเงินไม่ทัน"],
    "ย้าย": ["เจ้าหน้าที่ย้ายบ่อย คนใหม่ต้องเริ่มใหม่", "โยกย้ายทุกปี สอนงานใหม่ตลอด", "คนเก่าย้ายไป คนใหม่ไม่รู้งาน", "ย้ายบ่อย งานไม่ต่อเนื่อง"],
}


def talk() -> Iterator[TextUnit]:
    for doc in ("fg1", "fg2", "fg3"):
        number = 0
        for topic, turns in TOPICS.items():
            for speaker, text in [
                ("ผู้ดำเนินการ", f"เรื่อง{topic}เป็นอย่างไร"),
                *zip("กขคง", turns, strict=True),
                ("ก", "ครับ"),
            ]:
                number += 1
                yield TextUnit(f"{doc}#{number}", text, words(text), doc, "utterance", speaker, group=doc)


UNITS = list(talk())
GOLD = {unit.id: topic for unit in UNITS for topic, turns in TOPICS.items() if unit.text in turns}
