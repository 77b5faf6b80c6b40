"""A space inside a word.

Loose letter-spacing makes readers see a gap between two letters of one word: `จัดกา ร`. Thai has no spaces between
words, but has them between phrases, so a space is removed only where the letters on one side are not a word, and both
sides together are one.
"""

from __future__ import annotations

import re

from tipmine.extract.repair import priors
from tipmine.extract.repair.orthography import SPACES
from tipmine.extract.repair.rule import Rule
from tipmine.thai import CONSONANTS, LEADING, MAI_HAN_AKAT, PAIYANNOI, SARA_A, SARA_AA, SARA_AM, THAI

_BEGINS = f"{CONSONANTS}{PAIYANNOI}{SARA_A}{MAI_HAN_AKAT}{SARA_AA}{SARA_AM}{LEADING}"
"""What a single letter after the space may be."""

RULE = Rule(
    id="inserted-space",
    kind="reading",
    pattern=re.compile(f"(?<=[{THAI}][{THAI}])[{SPACES}](?=[{_BEGINS}])|(?<=[{THAI}])[{SPACES}](?=[{THAI}][{THAI}])"),
    readings=lambda _: ("",),
    story="the space splits a word",
    thai="วรรคแทรกอยู่กลางคำ",
    repairs=(("จัดกา รประชุม", "จัดการประชุม"), ("รู ปแบบ", "รูปแบบ"), ("ป ฏิบัติงาน", "ปฏิบัติงาน")),
    leaves=("ไป มา", "นาย ก ลงชื่อ", "พ ศ", "ชื่อ ตำแหน่ง"),
    prior=priors.SPACE_IN_WORD,
)
