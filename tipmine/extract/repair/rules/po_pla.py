"""The tone mark over a tall consonant come out as a vowel below.

Over po pla, fo fa and fo fan the tone mark has a shape of its own, shifted left. Word 2010 with TH Sarabun gives that
shape the code of sara u or sara uu: `ป้องกัน` comes as `ปูองกัน`, `ฝ่าย` as `ฝุาย`. Only words can tell.
"""

from __future__ import annotations

import re

from tipmine.extract.repair.rule import Rule

_TALL = "\u0e1b\u0e1d\u0e1f"
_TONE = {"\u0e38": "\u0e48", "\u0e39": "\u0e49"}

RULE = Rule(
    id="tall-consonant-tone",
    kind="reading",
    pattern=re.compile(f"(?<=[{_TALL}])[\u0e38\u0e39]"),
    readings=lambda match: (_TONE[match[0]],),
    story="the tone mark over a tall consonant came out as a vowel below",
    thai="วรรณยุกต์บนพยัญชนะหางยาวกลายเป็นสระอุหรืออู",
    repairs=(("การปูองกัน", "การป้องกัน"), ("ฝุายปกครอง", "ฝ่ายปกครอง"), ("เปูาหมาย", "เป้าหมาย")),
    leaves=("ปูพื้น", "ปุ๋ย", "ฝุ่น", "ปูอัด"),
    rate=0.001,
    weight=15.0,
    intact=re.compile(f"(?<=[{_TALL}])[\u0e48\u0e49]"),
    family="tall-consonant-tone",
)
