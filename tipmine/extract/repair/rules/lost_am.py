"""A replacement character where the nikhahit of sara am was, or beside a whole sara am.

Layout programs such as InDesign write sara am as two glyphs, one of which carries the whole letter and the other
nothing: the letter is there, and the U+FFFD before or after it is removed. Where the empty glyph comes after, readers
often see a gap there, too: the space is removed with it.

A glyph without a Unicode value comes out as U+FFFD (or as a control character after a whole sara am); before sara aa
(with or without a tone mark between) it is nearly always the nikhahit. Elsewhere U+FFFD may stand for any mark, which
is left to the rule `unknown-mark`. In a font that loses its tone marks as well, it may be one of them even before sara
aa, and the words decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tipmine.extract.repair import priors
from tipmine.extract.repair.orthography import LOST, SPACES
from tipmine.extract.repair.rule import Rule
from tipmine.thai import CONSONANTS, LEADING, SARA_AA, SARA_AM, TONES, VOWEL_MARKS

RULE = Rule(
    id="lost-am",
    kind="always",
    pattern=re.compile(
        f"(?<=[{CONSONANTS}])(?!{LOST}{SARA_AA})([{TONES}]?)[{SPACES}]?{LOST}[{SPACES}]?([{TONES}]?){SARA_AA}"
        f"|(?<=[{CONSONANTS}]){SARA_AM}(?:{LOST}(?:[{SPACES}](?=[{CONSONANTS}{LEADING}]))?|[\\x00-\\x08\\x0e-\\x1f])"
    ),
    readings=lambda match: (match.expand(rf"\1\2{SARA_AM}") if match[1] is not None else SARA_AM,),
    story="the nikhahit of sara am had no Unicode value",
    thai="นิคหิตของสระอำไม่มีรหัสยูนิโคด",
    repairs=(
        ("สม\ufffd\u0e48าเสมอ", "สม่ำเสมอ"),
        ("ท\ufffd า", "ทำ"),
        ("จำ\ufffd เป็นต้องมีตำ\ufffd นาน", "จำเป็นต้องมีตำนาน"),
        ("ถ้อยคำ\ufffd (ฉบับย่อ)", "ถ้อยคำ (ฉบับย่อ)"),
    ),
    leaves=("\ufffdาน", "( \ufffdา )"),
)

_BARE = re.compile(f"(?<=[{CONSONANTS}]){LOST}{SARA_AA}")
_ELSEWHERE = re.compile(f"(?<=[{CONSONANTS}{VOWEL_MARKS}]){LOST}(?![{LOST}{SPACES}{TONES}{SARA_AA}{SARA_AM}])")

BARE = Rule(
    id="lost-am-bare",
    kind="always",
    pattern=_BARE,
    readings=lambda _: (SARA_AM,),
    story="the only marks without a Unicode value are before sara aa, so this is the nikhahit of sara am",
    thai="เครื่องหมายที่ไม่มีรหัสยูนิโคดอยู่หน้าสระอาเท่านั้น จึงเป็นนิคหิตของสระอำ",
    repairs=(("จ\ufffdานวน", "จำนวน"), ("ต\ufffdารวจ", "ตำรวจ")),
    leaves=("\ufffdาน", "( \ufffdา )"),
)

OR_TONE = Rule(
    id="lost-am-or-tone",
    kind="reading",
    pattern=_BARE,
    readings=lambda _: (SARA_AM,),
    story="many marks have no Unicode value; this one before sara aa is the nikhahit or a tone mark",
    thai="เครื่องหมายหลายแห่งไม่มีรหัสยูนิโคด หน้าสระอาจึงอาจเป็นนิคหิตหรือวรรณยุกต์",
    repairs=(("ต\ufffdารวจท\ufffdองที\ufffdเข\ufffdาช\ufffdวยผู\ufffdเสียหายทันที", "ตำรวจท้องที่เข้าช่วยผู้เสียหายทันที"),),
    leaves_if_awake=("\ufffdาน", "( \ufffdา )", "ข้าวปลาอาหาร"),
    prior=priors.NEARLY_SURE_UNLESS_LATE,
    dormant=True,
)

_WHOLE = re.compile(f"(?<=[{CONSONANTS}])([{TONES}]?)[{SPACES}]?{LOST}[{SPACES}]?([{TONES}]?){SARA_AM}")

WHOLE = Rule(
    id="lost-am-whole",
    kind="always",
    pattern=_WHOLE,
    readings=lambda match: (match[1] + match[2] + SARA_AM,),
    story="the nikhahit had no Unicode value, but the whole sara am is there",
    thai="นิคหิตไม่มีรหัสยูนิโคด แต่สระอำยังอยู่ครบทั้งตัว",
    repairs=(
        ("ส\ufffdำนักงานจัดท\ufffdำแผนประจ\ufffdำปี", "สำนักงานจัดทำแผนประจำปี"),
        ("เรื่องที่ส \ufffdำคัญ", "เรื่องที่สำคัญ"),
        ("น\ufffdำเสนอน้\ufffdำดื่ม", "นำเสนอน้ำดื่ม"),
    ),
    leaves=("\ufffdำ", "( \ufffdำ )"),
)

WHOLE_OR_TONE = Rule(
    id="lost-am-whole-or-tone",
    kind="reading",
    pattern=_WHOLE,
    readings=WHOLE.readings,
    story="many marks have no Unicode value; this one before sara am is its nikhahit or a tone mark",
    thai="เครื่องหมายหลายแห่งไม่มีรหัสยูนิโคด หน้าสระอำจึงอาจเป็นนิคหิตหรือวรรณยุกต์",
    repairs=(
        ("ผู\ufffdใหญ\ufffdบ\ufffdานต\ufffdองใช\ufffdน\ufffdำดื\ufffdม", "ผู้ใหญ่บ้านต้องใช้น้ำดื่ม"),
        ("ต\ufffdองแจ\ufffdงสถานีต\ufffdำรวจ", "ต้องแจ้งสถานีตำรวจ"),
    ),
    leaves_if_awake=("\ufffdำ", "( \ufffdำ )", "ค่ำคืนนี้"),
    prior=priors.NEARLY_SURE_UNLESS_LATE,
    dormant=True,
)

IF_TONES_KEPT = frozenset({BARE.id, WHOLE.id})
"""Rules that hold only where no tone mark comes out as U+FFFD."""

IF_TONES_LOST = frozenset({OR_TONE.id, WHOLE_OR_TONE.id})
"""Rules that replace them where tone marks do come out as U+FFFD."""

FEWEST_ELSEWHERE = 2
"""Number of U+FFFD at places where sara am cannot be, from which tone marks are lost too."""
SHARE_ELSEWHERE = 0.1
"""The least ratio of that number to the number of U+FFFD before sara aa or sara am."""


def tones_are_lost(texts: Sequence[str]) -> bool:
    """Whether U+FFFD stands for marks other than the nikhahit in the lines of one font."""
    elsewhere = sum(len(_ELSEWHERE.findall(text)) for text in texts if LOST in text)
    before = sum(len(_BARE.findall(text)) + len(_WHOLE.findall(text)) for text in texts if LOST in text)
    return elsewhere >= max(FEWEST_ELSEWHERE, SHARE_ELSEWHERE * before)
