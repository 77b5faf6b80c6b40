"""The other marks over a tall consonant that came out as the signs that follow the Thai marks in Unicode.

Thai fonts number the shapes of marks in a row: those shifted left over po pla, fo fa and fo fan come after the marks in
low position. A map that gives only the beginning of such a row and counts on from there gives mai ek to thanthakhat in
low position their own codes, and the shapes after them U+0E4E and what follows: mai han-akat comes as yamakkan
(`ป๎ญหา`), mai taikhu as the figure nought, tone marks over an upper vowel as the figures from one. A row that begins
with sara i gives mai tri, mai chattawa and thanthakhat the codes after sara uu (see `po_pla.py`) and mai han-akat that
of sara ai. Yamakkan is not printed in modern Thai; for the others only words can decide.
"""

from __future__ import annotations

import re

from tipmine.digits import THAI_DIGITS
from tipmine.extract.repair import priors
from tipmine.extract.repair.rule import Rule
from tipmine.thai import (
    CONSONANTS,
    LOW_MARKS,
    MAI_CHATTAWA,
    MAI_HAN_AKAT,
    MAI_TRI,
    MAITAIKHU,
    PHINTHU,
    SARA_AI_MAIMUAN,
    TALL_AND_LO_CHULA,
    THANTHAKHAT,
    UPPER_VOWELS,
    YAMAKKAN,
)

_AFTER_PHINTHU, _SECOND_AFTER_PHINTHU = "\u0e3b", "\u0e3c"
"""Codes without a letter, with which the count goes on after phinthu."""
_ONE_TO_FIVE = THAI_DIGITS[1:6]
_ALONE = {
    PHINTHU: MAI_TRI,
    _AFTER_PHINTHU: MAI_CHATTAWA,
    _SECOND_AFTER_PHINTHU: THANTHAKHAT,
    SARA_AI_MAIMUAN: MAI_HAN_AKAT,
    THAI_DIGITS[0]: MAITAIKHU,
}
_OVER_VOWEL = dict(zip(_ONE_TO_FIVE, LOW_MARKS, strict=True))

HAN_AKAT = Rule(
    id="tall-consonant-yamakkan",
    kind="reading",
    pattern=re.compile(f"(?<=[{TALL_AND_LO_CHULA}]){YAMAKKAN}"),
    readings=lambda _: (MAI_HAN_AKAT,),
    story="mai han-akat over a tall consonant came out as yamakkan",
    thai="ไม้หันอากาศบนพยัญชนะหางยาวกลายเป็นยามักการ",
    repairs=(("ป\u0e4eจจุบันมีป\u0e4eญหา", "ปัจจุบันมีปัญหา"), ("ฝ\u0e4eงใจ", "ฝังใจ"), ("ป\u0e4e\u0e48นป่วน", "ปั่นป่วน")),
    leaves=("พ\u0e4eราห\u0e4eมณ", "ปัญหา"),
    prior=priors.SURE,
)

OTHERS = Rule(
    id="tall-consonant-shape",
    kind="reading",
    pattern=re.compile(
        f"(?<=[{TALL_AND_LO_CHULA}])[{''.join(_ALONE)}](?![{THAI_DIGITS}])"
        f"|(?<=[{TALL_AND_LO_CHULA}][{UPPER_VOWELS}{YAMAKKAN}])[{''.join(_OVER_VOWEL)}](?=[{CONSONANTS}])"
    ),
    readings=lambda match: ((_ALONE | _OVER_VOWEL)[match[0]],),
    story="the mark over a tall consonant came out as another character of the Thai code chart",
    thai="เครื่องหมายบนพยัญชนะหางยาวกลายเป็นอักขระตัวอื่นในลำดับรหัส",
    repairs=(
        ("เป\u0e50นผู้ประสานงาน", "เป็นผู้ประสานงาน"),
        ("อีกฝ\u0e4e\u0e51งของแม่น้ำ", "อีกฝั่งของแม่น้ำ"),
        ("การฟื\u0e52นฟูจิตใจ", "การฟื้นฟูจิตใจ"),
        ("แก้ป\u0e43ญหา", "แก้ปัญหา"),
    ),
    leaves=("ปี\u0e51เดือน", "ปี\u0e52\u0e55\u0e56\u0e57", "รูปใหม่", "ไปใน", "ตาย\u0e50ราย"),
    prior=priors.ODD_SIGN,
)
