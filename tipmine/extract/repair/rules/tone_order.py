"""A tone mark before the vowel mark of the same consonant.

Both are drawn in the same place, and some producers write the tone first. Spelling puts the vowel mark first. In a text
with displaced marks the tone may belong to the consonant before (`ที่มี` comes as `ทีม่ี`), so words decide.
"""

from __future__ import annotations

import re

from tipmine.extract.repair import priors
from tipmine.extract.repair.orthography import SPACES
from tipmine.extract.repair.rule import Rule
from tipmine.thai import CONSONANTS, THANTHAKHAT, TONES, VOWEL_MARKS

RULE = Rule(
    id="tone-order",
    kind="reading",
    pattern=re.compile(f"(?<=[{CONSONANTS}])([{TONES}{THANTHAKHAT}])[{SPACES}]?([{VOWEL_MARKS}])"),
    readings=lambda match: (match[2] + match[1],),
    story="the vowel mark is written before the tone mark",
    thai="สระบนล่างต้องเขียนก่อนวรรณยุกต์",
    repairs=(("ท่ี", "ที่"), ("ต้ังแต่", "ตั้งแต่"), ("เก่ียวข้อง", "เกี่ยวข้อง")),
    leaves=("ที่", "ตั้งแต่"),
    prior=priors.ORDER_OR_PLACE,
)
