"""Sara am that lost its nikhahit.

Where the nikhahit glyph has no Unicode value, sara am comes out as sara aa, with or without the space that the
reader put in its place: `จ านวน`, `จานวน`, and `จา นวน` where glyphs are sorted by position. `ทา` may be `ทำ` or
`ทา`, so the words and the rest of the document decide.
"""

from __future__ import annotations

import re

from tipmine.extract.repair import priors
from tipmine.extract.repair.orthography import SPACES
from tipmine.extract.repair.rule import Rule, Swap
from tipmine.thai import CONSONANTS, SARA_AA, SARA_AM, TONES

_HEAD = f"(?<=[{CONSONANTS}])([{TONES}]?)"

SPACE_BEFORE = Rule(
    id="lost-nikhahit-space-before",
    kind="reading",
    pattern=re.compile(f"{_HEAD}[{SPACES}]{{1,2}}([{TONES}]?){SARA_AA}"),
    readings=lambda match: (match[1] + match[2] + SARA_AM,),
    story="the nikhahit of sara am came out as a space",
    thai="นิคหิตของสระอำกลายเป็นวรรค",
    repairs=(("จ านวน", "จำนวน"), ("ส านักงาน", "สำนักงาน"), ("ค าน า", "คำนำ")),
    leaves=("บริการ",),
    prior=priors.LOST_OR_STRAY,
    swap=Swap(re.compile(SARA_AM), letter="sara-am"),
)

SPACE_ONLY = Rule(
    id="space-before-aa",
    kind="reading",
    pattern=re.compile(f"{_HEAD}[{SPACES}]{{1,2}}([{TONES}]?){SARA_AA}"),
    readings=lambda match: (match[1] + match[2] + SARA_AA,),
    story="sara aa follows its consonant directly",
    thai="สระอาต้องอยู่ติดพยัญชนะ",
    repairs=(("บริก าร", "บริการ"), ("ม าตรา", "มาตรา")),
    leaves=("บริการ", "มาตรา ๕"),
    prior=priors.SECOND_CHOICE,
)

SPACE_AFTER = Rule(
    id="lost-nikhahit-space-after",
    kind="reading",
    pattern=re.compile(f"{_HEAD}{SARA_AA}[{SPACES}]([{SPACES}]?)"),
    # Of two spaces, one was intended.
    readings=lambda match: (match[1] + SARA_AM + match[2],),
    story="the nikhahit of sara am came out as a space and was placed after sara aa",
    thai="นิคหิตของสระอำกลายเป็นวรรคและถูกเรียงไปหลังสระอา",
    repairs=(("จา นวนผู้ดา เนินการ", "จำนวนผู้ดำเนินการ"),),
    leaves=("มา ตาม", "ราคา สูง", "พี่น้าและอา"),
    prior=priors.LOST_PART,
    swap=Swap(re.compile(SARA_AM), letter="sara-am"),
)

PLAIN = Rule(
    id="lost-nikhahit",
    kind="reading",
    pattern=re.compile(f"{_HEAD}{SARA_AA}"),
    readings=lambda match: (match[1] + SARA_AM,),
    story="the nikhahit of sara am was lost",
    thai="นิคหิตของสระอำหายไป",
    repairs=(("การดาเนินงาน", "การดำเนินงาน"), ("จานวน", "จำนวน"), ("ตาแหน่ง", "ตำแหน่ง"), ("ทางาน", "ทำงาน")),
    leaves=("ลา", "นาข้าว", "ตามา", "ป้าทาปาก"),
    prior=priors.LOST_PART,
    swap=Swap(re.compile(SARA_AM), letter="sara-am"),
)
