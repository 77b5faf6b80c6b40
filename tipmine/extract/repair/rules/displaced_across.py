"""A mark that comes one letter late, and a stray space before that letter.

Readers that put marks one letter late often see a gap there too, since the mark is drawn past the edge of its letter.
Where the next letter's mark is late as well, it is then two places from its own, a space and a letter further on: `ชวี
ติ` for `ชีวิต`, `ภมู ภิ าค` for `ภูมิภาค`. A stray space before a following sara aa or sara a is removed with it.
"""

from __future__ import annotations

import re

from tipmine.extract.repair import priors
from tipmine.extract.repair.orthography import SPACES
from tipmine.extract.repair.rule import Rule
from tipmine.extract.repair.rules.displaced import GAP, moves
from tipmine.thai import CONSONANTS, MARKS, SARA_A, SARA_AA

_LATE = f"([{CONSONANTS}])([{MARKS}]{{1,2}})"
_BEFORE_VOWEL = f"[{SPACES}](?=[{SARA_AA}{SARA_A}])"

RULE = Rule(
    id="mark-across-space",
    kind="reading",
    pattern=re.compile(f"(?<=[{CONSONANTS}{MARKS}])(?:[{SPACES}]{_LATE}(?:{_BEFORE_VOWEL})?|{_LATE}{_BEFORE_VOWEL})"),
    readings=lambda match: moves(match[1] or match[3], match[2] or match[4]),
    story="the mark was placed after the next letter, and there is a stray space before that letter",
    thai="เครื่องหมายถูกเรียงไปอยู่หลังตัวอักษรถัดไป และมีวรรคแทรกหน้าตัวอักษรนั้น",
    repairs=(
        ("พฒั นาคุณภาพชวี ติ", "พัฒนาคุณภาพชีวิต"),
        ("ในระดับภมู ภิ าคและท้องถิน่", "ในระดับภูมิภาคและท้องถิ่น"),
        ("ความรนุ แรงต่อผถู้ กู", "ความรุนแรงต่อผู้ถูก"),
        ("พระราชบญั ญัตคิ มุ้ ครองเด็ก", "พระราชบัญญัติคุ้มครองเด็ก"),
    ),
    leaves=("ชีวิต ดี", "ผู้ ที่", "มีนา กิจการ", "นายกิติ สุขใจ"),
    prior=priors.LATE_MARK_ACROSS_SPACE,
    prior_if_drawn=priors.LATE_MARK_IF_DRAWN,
)

WITH_SPACE = Rule(
    id="mark-across-spaces",
    kind="reading",
    pattern=re.compile(RULE.pattern.pattern + GAP),
    readings=RULE.readings,
    story="the mark was placed after the next letter, with a stray space on either side",
    thai="เครื่องหมายถูกเรียงไปอยู่หลังตัวอักษรถัดไป โดยมีวรรคเกินทั้งสองข้าง",
    repairs=(("พฒั นาคุณภาพชวี ติ และคมุ้ ครองผถู้ กู กระทำ", "พัฒนาคุณภาพชีวิตและคุ้มครองผู้ถูกกระทำ"),),
    leaves_if_awake=(*RULE.leaves, "ผู้ ที่ ถูกกระทำ", "ครั้ง ที่ สอง", "แผน ปี ถัดไป"),
    prior=priors.LATE_MARK_WITH_SPACE,
    dormant=True,
)
