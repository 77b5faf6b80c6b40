"""Lakkhangyao typed for sara aa, and sara am with a nikhahit of its own.

Lakkhangyao looks like sara aa with a longer foot and is written only after the two Sanskrit vowels. Sara am holds its
nikhahit already; a second one comes from typing both, or from a font whose map doubles it.
"""

from __future__ import annotations

import re

from tipmine.extract.repair.rule import Rule, always
from tipmine.thai import CONSONANTS, LAKKHANGYAO, LU, MARKS, NIKHAHIT, RU, SARA_AA, SARA_AM, TONES

RULE = Rule(
    id="lakkhangyao",
    kind="always",
    pattern=re.compile(f"(?<=[{CONSONANTS}{MARKS}])(?<![{RU}{LU}]){LAKKHANGYAO}"),
    readings=lambda _: (SARA_AA,),
    story="lakkhangyao only follows ru or lu; here it is a sara aa",
    thai="ลากข้างยาวใช้หลัง ฤ และ ฦ เท่านั้น ที่นี่คือสระอา",
    repairs=(("แรงง\u0e45น", "แรงงาน"), ("ค\u0e49\u0e45มนุษย์", "ค้ามนุษย์")),
    leaves=("ฤๅษี", "ข้อ \u0e45 (ก)"),
)

AM = Rule(
    id="nikhahit-am",
    kind="always",
    pattern=re.compile(f"{NIKHAHIT}([{TONES}]?){SARA_AM}"),
    readings=always(f"\\1{SARA_AM}"),
    story="sara am already contains a nikhahit",
    thai="สระอำมีนิคหิตอยู่ในตัวแล้ว",
    repairs=(("ต\u0e4dำรวจ", "ตำรวจ"), ("น\u0e4d\u0e49ำ", "น้ำ")),
    leaves=("ตำรวจ", "ส\u0e4dสกฤต"),
)
