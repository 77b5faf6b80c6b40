"""The other marks over a tall consonant come out as the signs behind the Thai marks.

Thai fonts number the shapes of marks in a row: those shifted left over po pla, fo fa and fo fan stand behind the marks
in low position. A map that gives such a row one beginning and counts on gives mai ek to thanthakhat in low position
their own codes, and the shapes behind them U+0E4E and what follows: mai han-akat comes as yamakkan (`ป๎ญหา`), mai
taikhu as the figure nought, tone marks over an upper vowel as the figures from one. A row that begins with sara i
gives mai tri, mai chattawa and thanthakhat the codes behind sara uu (see `po_pla.py`) and mai han-akat that of sara ai.
Yamakkan is printed in no modern Thai; for the others only words can tell.
"""

from __future__ import annotations

import re

from tipmine.digits import THAI_DIGITS
from tipmine.extract.repair.rule import Rule
from tipmine.thai import CONSONANTS, UPPER_VOWELS

_TALL = "\u0e1b\u0e1d\u0e1f\u0e2c"
_YAMAKKAN = "\N{THAI CHARACTER YAMAKKAN}"
_HAN_AKAT = "\N{THAI CHARACTER MAI HAN-AKAT}"
_ALONE = {
    "\N{THAI CHARACTER PHINTHU}": "\N{THAI CHARACTER MAI TRI}",
    "\u0e3b": "\N{THAI CHARACTER MAI CHATTAWA}",
    "\u0e3c": "\N{THAI CHARACTER THANTHAKHAT}",
    "\N{THAI CHARACTER SARA AI MAIMUAN}": _HAN_AKAT,
    "\N{THAI DIGIT ZERO}": "\N{THAI CHARACTER MAITAIKHU}",
}
_OVER_VOWEL = dict(zip("\u0e51\u0e52\u0e53\u0e54\u0e55", "\u0e48\u0e49\u0e4a\u0e4b\u0e4c", strict=True))

HAN_AKAT = Rule(
    id="tall-consonant-yamakkan",
    kind="reading",
    pattern=re.compile(f"(?<=[{_TALL}]){_YAMAKKAN}"),
    readings=lambda _: (_HAN_AKAT,),
    story="mai han-akat over a tall consonant came out as yamakkan",
    thai="ไม้หันอากาศบนพยัญชนะหางยาวกลายเป็นยามักการ",
    repairs=(("ป\u0e4eจจุบันมีป\u0e4eญหา", "ปัจจุบันมีปัญหา"), ("ฝ\u0e4eงใจ", "ฝังใจ"), ("ป\u0e4e\u0e48นป่วน", "ปั่นป่วน")),
    leaves=("พ\u0e4eราห\u0e4eมณ", "ปัญหา"),
    rate=0.9,
    weight=4.0,
)

OTHERS = Rule(
    id="tall-consonant-shape",
    kind="reading",
    pattern=re.compile(
        f"(?<=[{_TALL}])[{''.join(_ALONE)}](?![{THAI_DIGITS}])"
        f"|(?<=[{_TALL}][{UPPER_VOWELS}{_YAMAKKAN}])[{''.join(_OVER_VOWEL)}](?=[{CONSONANTS}])"
    ),
    readings=lambda match: ((_ALONE | _OVER_VOWEL)[match[0]],),
    story="the mark over a tall consonant came out as the sign that the count of its shapes reached",
    thai="เครื่องหมายบนพยัญชนะหางยาวกลายเป็นอักขระตัวอื่นในลำดับรหัส",
    repairs=(
        ("เป\u0e50นผู้ประสานงาน", "เป็นผู้ประสานงาน"),
        ("อีกฝ\u0e4e\u0e51งของแม่น้ำ", "อีกฝั่งของแม่น้ำ"),
        ("การฟื\u0e52นฟูจิตใจ", "การฟื้นฟูจิตใจ"),
        ("แก้ป\u0e43ญหา", "แก้ปัญหา"),
    ),
    leaves=("ปี\u0e51เดือน", "ปี\u0e52\u0e55\u0e56\u0e57", "รูปใหม่", "ไปใน", "ตาย\u0e50ราย"),
    rate=0.01,
    weight=15.0,
)
