"""The tone mark over a tall consonant that came out as a vowel below.

Over po pla, fo fa and fo fan the tone mark has a shape of its own, shifted left. Word 2010 with TH Sarabun gives that
shape the code of sara u or sara uu: `ป้องกัน` comes as `ปูองกัน`, `ฝ่าย` as `ฝุาย`. Only words can decide.
"""

from __future__ import annotations

import re

from tipmine.extract.repair import priors
from tipmine.extract.repair.rule import Rule, Swap
from tipmine.thai import BELOW_VOWELS, MAI_EK, MAI_THO, SARA_U, SARA_UU, TALL_CONSONANTS

_TONE = {SARA_U: MAI_EK, SARA_UU: MAI_THO}

RULE = Rule(
    id="tall-consonant-tone",
    kind="reading",
    pattern=re.compile(f"(?<=[{TALL_CONSONANTS}])[{BELOW_VOWELS}]"),
    readings=lambda match: (_TONE[match[0]],),
    story="the tone mark over a tall consonant came out as a vowel below",
    thai="วรรณยุกต์บนพยัญชนะหางยาวกลายเป็นสระอุหรืออู",
    repairs=(("การปูองกัน", "การป้องกัน"), ("ฝุายปกครอง", "ฝ่ายปกครอง"), ("เปูาหมาย", "เป้าหมาย")),
    leaves=("ปูพื้น", "ปุ๋ย", "ฝุ่น", "ปูอัด"),
    prior=priors.LOST_PART,
    swap=Swap(re.compile(f"(?<=[{TALL_CONSONANTS}])[{MAI_EK}{MAI_THO}]"), letter="tall-consonant-tone"),
)
