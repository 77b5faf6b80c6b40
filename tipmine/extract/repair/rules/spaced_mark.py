"""A space between a letter and its mark, or between a leading vowel and its letter.

Readers that make a space of every gap wider than some share of the letter height find one before a mark that is set off
from its consonant. A mark cannot follow a space, so the space is not part of the text; whether a real space was there
and belongs after the mark is left to `mark-past-space`. A tone mark before sara aa is left to the rules for sara aa,
since there the space may be a lost nikhahit.
"""

from __future__ import annotations

import re

from tipmine.extract.repair import priors
from tipmine.extract.repair.orthography import SPACES, marks_without_spaces
from tipmine.extract.repair.rule import Rule
from tipmine.thai import CONSONANTS, LEADING, MARKS, SARA_AA, TONES

_BEFORE = f"(?<=[{CONSONANTS}{MARKS}])[{SPACES}]{{1,2}}(?![{TONES}]{SARA_AA})([{MARKS}](?:[{SPACES}]?[{MARKS}]){{0,1}})"

RULE = Rule(
    id="space-before-mark",
    kind="reading",
    pattern=re.compile(_BEFORE),
    readings=lambda match: (marks_without_spaces(match[1]),),
    story="a mark cannot follow a space",
    thai="เครื่องหมายอยู่หลังวรรคไม่ได้",
    repairs=(
        ("ผู \u0e49ที่", "ผู้ที่"),
        ("หม \u0e39\u0e48 ๖", "หมู่ ๖"),
        ("อยู \u0e48แล้ว", "อยู่แล้ว"),
        ("รอบท \u0e48\u0e35 1", "รอบที่ 1"),
    ),
    leaves=("ผู้ ที่", "หมู่ ๖"),
    prior=priors.STRAY_SPACE,
)

AROUND = Rule(
    id="spaces-around-mark",
    kind="reading",
    pattern=re.compile(f"{_BEFORE}[{SPACES}]{{1,2}}(?=[{CONSONANTS}{LEADING}])"),
    readings=lambda match: (marks_without_spaces(match[1]),),
    story="the mark was set off from the letters on both sides",
    thai="เครื่องหมายถูกเว้นวรรคทั้งสองข้าง",
    repairs=(("เป \u0e47 นตัวเอก", "เป็นตัวเอก"), ("ที่ม \u0e31\u0e48 นคง", "ที่มั่นคง")),
    leaves=("เป็น ตัวเอก",),
    prior=priors.SPACE_ON_BOTH_SIDES,
)

AFTER_LEADING = Rule(
    id="space-after-leading-vowel",
    kind="reading",
    pattern=re.compile(f"([{LEADING}])[{SPACES}]{{1,2}}(?=[{CONSONANTS}])"),
    readings=lambda match: (match[1],),
    story="a leading vowel comes directly before its consonant",
    thai="สระหน้าต้องอยู่ติดพยัญชนะ",
    repairs=(("เ ด็ก ๆ", "เด็ก ๆ"), ("เท่าใ ด", "เท่าใด"), ("ไ ด้", "ได้")),
    leaves=("สระ เ แ โ",),
    prior=priors.LIKELY,
)
