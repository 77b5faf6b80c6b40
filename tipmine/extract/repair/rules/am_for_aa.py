"""Every sara aa that came out as sara am.

A font whose two glyphs share one Unicode value gives `กำร` for `การ`. The true sara am of such a font keeps a space
before it (`ท ำ`), because its nikhahit part is a glyph of its own. So the letter is sara am with the space and sara aa
without it, unless the words say otherwise (some readers drop that space).
"""

from __future__ import annotations

import re

from tipmine.extract.repair import priors
from tipmine.extract.repair.orthography import SPACES
from tipmine.extract.repair.rule import Rule, Swap
from tipmine.thai import CONSONANTS, SARA_AA, SARA_AM, TONES

RULE = Rule(
    id="am-for-aa",
    kind="reading",
    pattern=re.compile(f"(?<=[{CONSONANTS}])([{TONES}]?){SARA_AM}"),
    readings=lambda match: (match[1] + SARA_AA,),
    story="the font gives sara aa the code of sara am",
    thai="ฟอนต์ให้รหัสสระอำแก่สระอา",
    repairs=(("กำรตรวจสอบอำคำร", "การตรวจสอบอาคาร"), ("มหำวิทยำลัย", "มหาวิทยาลัย")),
    leaves=("ทำการ", "คำตอบ", "นำเสนอ"),
    prior=priors.OTHER_CODE,
    swap=Swap(re.compile(SARA_AA), letter="sara-aa", shape_rule="spaced-am"),
)

SPACED = Rule(
    id="spaced-am",
    kind="reading",
    pattern=re.compile(f"(?<=[{CONSONANTS}])([{TONES}]?)[{SPACES}]{{1,2}}([{TONES}]?){SARA_AM}"),
    readings=lambda match: (match[1] + match[2] + SARA_AM,),
    story="sara am follows its consonant directly",
    thai="สระอำต้องอยู่ติดพยัญชนะ",
    repairs=(("การน ำเสนอ", "การนำเสนอ"), ("ท ำกำรส ำรวจ", "ทำการสำรวจ")),
    leaves=("ทำ การ",),
    prior=priors.NEARLY_SURE,
)
