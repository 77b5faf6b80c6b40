"""The last consonants come out as Latin letters.

Some font maps give the consonants from wo waen to lo chula codes that are 0xD2B too low, so that they come out as the
six Latin letters from U+00FC to U+0101: `คüาม` for `ความ`, `Āน่üย` for `หน่วย`. No Latin word is next to them.
"""

from __future__ import annotations

import re

from tipmine.extract.repair.rule import Rule
from tipmine.thai import THAI

_SHIFT = 0x0D2B
_SHIFTED = "\u00fc-\u0101"
_LATIN = "A-Za-z\u00c0-\u024f"

RULE = Rule(
    id="shifted-consonant",
    kind="always",
    pattern=re.compile(f"(?<![{_LATIN}])(?:(?<=[{THAI}])[{_SHIFTED}]+|[{_SHIFTED}]+(?=[{THAI}]))(?![{_LATIN}])"),
    readings=lambda match: ("".join(chr(ord(letter) + _SHIFT) for letter in match[0]),),
    story="the font gives the consonants from wo waen to lo chula the codes of Latin letters",
    thai="ฟอนต์ให้รหัสอักษรละตินแก่พยัญชนะ ว ศ ษ ส ห ฬ",
    repairs=(
        ("Āน่\u00fcย\u00ffนับ\u00ffนุนกำลังรอคำ\u00ff\u0e31\u0e48ง", "หน่วยสนับสนุนกำลังรอคำสั่ง"),
        ("\u00fd\u0e39นย์พัก\u00fe\u0e4cนก", "ศูนย์พักษ์นก"),
    ),
    leaves=("เมืองZ\u00fcrich", "ภาษา \u0100 สามตัว", "ใน\u0100bh\u0101sa"),
)
