"""The same mark twice on one consonant.

Overprinting (bold made by printing twice) and fonts with two mark glyphs in one cell give each mark two or more
times. No consonant carries the same mark twice; but with displaced marks two consonants' marks may meet (`มีนี` comes
as `มนีี`), so words decide.
"""

from __future__ import annotations

import re

from tipmine.extract.repair.orthography import CONSONANTS, MARKS, VOWEL_MARKS
from tipmine.extract.repair.rule import Rule
from tipmine.extract.thai import TONES


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
