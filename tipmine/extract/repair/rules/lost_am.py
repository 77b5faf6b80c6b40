"""A replacement character where the nikhahit of sara am was.

A glyph without a Unicode value comes out as U+FFFD (or as a control character after a whole sara am); before sara aa
(with or without a tone mark between) it is nearly always the nikhahit. Elsewhere U+FFFD may stand for any mark: that is
the rule `unknown-mark`.
"""

from __future__ import annotations

import re

from tipmine.extract.repair.orthography import CONSONANTS, LOST, SARA_AA, SARA_AM, SPACES, TONES
from tipmine.extract.repair.rule import Rule

RULE = Rule(
    id="lost-am",
    kind="always",
    pattern=re.compile(
        f"(?<=[{CONSONANTS}])(?!{LOST}{SARA_AA})([{TONES}]?)[{SPACES}]?{LOST}[{SPACES}]?([{TONES}]?){SARA_AA}"
        f"|(?<=[{CONSONANTS}]){SARA_AM}[{LOST}\\x00-\\x08\\x0e-\\x1f]"
    ),
    readings=lambda match: (match.expand(rf"\1\2{SARA_AM}") if match[1] is not None else SARA_AM,),
    story="the nikhahit of sara am had no Unicode value",
    thai="นิคหิตของสระอำไม่มีรหัสยูนิโคด",
    repairs=(("สม\ufffd\u0e48าเสมอ", "สม่ำเสมอ"), ("ท\ufffd า", "ทำ")),
    leaves=("\ufffdาน", "( \ufffdา )"),
)

BARE = Rule(
    id="lost-am-or-tone",
    kind="reading",
    pattern=re.compile(f"(?<=[{CONSONANTS}]){LOST}{SARA_AA}"),
    readings=lambda _: (SARA_AM,),
    story="the mark before sara aa had no Unicode value: the nikhahit of sara am, or a tone mark",
    thai="เครื่องหมายหน้าสระอาไม่มีรหัสยูนิโคด อาจเป็นนิคหิตของสระอำหรือวรรณยุกต์",
    repairs=(("จ\ufffdานวน", "จำนวน"), ("ต\ufffdารวจ", "ตำรวจ")),
    leaves=("\ufffdาน", "( \ufffdา )"),
    rate=0.8,
    weight=6.0,
)
"""Fonts may lose their tone marks as they lose the nikhahit, so words decide between the two."""
