"""A space inside a word.

Loose letter-spacing makes readers see a gap between two letters of one word: `จัดกา ร`. Thai has no spaces between
words, but has them between phrases, so a space is taken out only where what it divides is no word on one side and
one word together.
"""

from __future__ import annotations

import re

from tipmine.extract.repair.orthography import SPACES
from tipmine.extract.repair.rule import Rule
from tipmine.thai import THAI

RULE = Rule(
    id="inserted-space",
    kind="reading",
    pattern=re.compile(
        f"(?<=[{THAI}][{THAI}])[{SPACES}](?=[\u0e01-\u0e33\u0e40-\u0e44])|(?<=[{THAI}])[{SPACES}](?=[{THAI}][{THAI}])"
    ),
    readings=lambda _: ("",),
    story="the space divides one word",
    thai="วรรคแทรกอยู่กลางคำ",
    repairs=(("จัดกา รประชุม", "จัดการประชุม"), ("รู ปแบบ", "รูปแบบ"), ("ป ฏิบัติงาน", "ปฏิบัติงาน")),
    leaves=("ไป มา", "นาย ก ลงชื่อ", "พ ศ", "ชื่อ ตำแหน่ง"),
    rate=0.0006,
    weight=60.0,
)
