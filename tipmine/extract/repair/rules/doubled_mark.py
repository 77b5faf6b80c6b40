"""The same mark twice on one consonant.

Overprinting (bold made by printing twice) and fonts with two mark glyphs in one cell give each mark two or more
times. No consonant carries the same mark twice; but with displaced marks two consonants' marks may meet (`มีนี` comes
as `มนีี`), so words decide. Where letters stand loose the copy is set off by a space, and where a consonant carries two
marks, the copy of one may come out as U+FFFD behind both.
"""

from __future__ import annotations

import re

from tipmine.extract.repair.orthography import CONSONANTS, LOST, MARKS, SPACES, THAI, VOWEL_MARKS
from tipmine.extract.repair.rule import Rule
from tipmine.extract.thai import THANTHAKHAT, TONES


def _once(match: re.Match[str]) -> tuple[str, ...]:
    return (match[1] or match[2] + match[3],)


RULE = Rule(
    id="doubled-mark",
    kind="reading",
    # The second half: vowel, tone, vowel, tone, both marks of one consonant printed twice.
    pattern=re.compile(f"([{MARKS}])\\1+|(?<=[{CONSONANTS}])([{VOWEL_MARKS}])([{TONES}])(?:\\3|\\2\\3?)+"),
    readings=_once,
    story="the same mark stands twice on one consonant",
    thai="เครื่องหมายเดียวกันซ้ำบนพยัญชนะตัวเดียว",
    repairs=(("ข้\u0e49อความ", "ข้อความ"), ("ที่\u0e48", "ที่"), ("พันธุ\u0e38์", "พันธุ์")),
    leaves=("ก้อง", "ทั้งที่"),
    rate=0.8,
    weight=6.0,
)

SPACED = Rule(
    id="doubled-mark-space",
    kind="reading",
    pattern=re.compile(f"(?<=[{CONSONANTS}])([{MARKS}]{{1,2}})(?:[{SPACES}]\\1(?![{MARKS}]))+((?:[{SPACES}](?=[{THAI}]))?)"),
    readings=lambda match: (match[1] + match[2], match[1]),
    story="the same mark stands again behind a space",
    thai="เครื่องหมายเดียวกันซ้ำอีกหลังวรรค",
    repairs=(("ผู้ชุ ุ มนุม", "ผู้ชุมนุม"), ("ปฏิบั ั ติ ิ การ", "ปฏิบัติการ"), ("พื้นที่ ี่ ชุมชน", "พื้นที่ ชุมชน")),
    leaves=("ที่ นี่", "ปี นี้"),
    rate=0.9,
    weight=4.0,
)

UNKNOWN = Rule(
    id="doubled-mark-unknown",
    kind="reading",
    pattern=re.compile(f"(?<=[{CONSONANTS}{VOWEL_MARKS}])([{TONES}{THANTHAKHAT}])\\1+{LOST}"),
    readings=lambda match: (match[1],),
    story="the marks were printed twice, and the copy of one had no Unicode value",
    thai="เครื่องหมายถูกพิมพ์ซ้ำ และตัวซ้ำตัวหนึ่งไม่มีรหัสยูนิโคด",
    repairs=(("เพื่่\ufffdอพื้้\ufffdนที่่\ufffdนี้้\ufffd", "เพื่อพื้นที่นี้"),),
    leaves=("ที่\ufffd",),
    rate=0.8,
    weight=6.0,
)
