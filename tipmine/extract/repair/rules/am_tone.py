"""A tone mark after sara am.

The tone belongs to the consonant before sara am. Typed or sorted after sara am, it has no base; there is only one place
where it can go.
"""

from __future__ import annotations

import re

from tipmine.extract.repair.rule import Rule, always
from tipmine.thai import CONSONANTS, SARA_AM, TONES

RULE = Rule(
    id="am-tone",
    kind="always",
    pattern=re.compile(f"(?<=[{CONSONANTS}]){SARA_AM}([{TONES}])"),
    readings=always(rf"\1{SARA_AM}"),
    story="a tone mark is written before sara am, on the consonant",
    thai="วรรณยุกต์ต้องอยู่บนพยัญชนะ ก่อนสระอำ",
    repairs=(("นำ\u0e49", "น้ำ"), ("ถำ\u0e49", "ถ้ำ"), ("คำ\u0e48คืน", "ค่ำคืน")),
    leaves=("ทำ \u0e49", "น้ำ"),
)
