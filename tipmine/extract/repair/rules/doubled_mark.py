"""The same mark twice on one consonant.

Overprinting (bold made by printing twice) and fonts with two mark glyphs in one cell give each mark two or more times.
No consonant carries the same mark twice; but with displaced marks two consonants' marks may meet (`มีนี` comes as
`มนีี`), so words decide. Where letters are set loosely, the copy is set off by a space, and where a consonant carries
two marks, the copy of one may come out as U+FFFD after both. A mark repeated after a space is mostly a displaced one of
the next letter (`วนั`, a space, mai han-akat and `บ` for `วันนับ`); it is a copy only where marks come twice all
through the text.
"""

from __future__ import annotations

import re

from tipmine.extract.repair import priors
from tipmine.extract.repair.orthography import LOST, SPACES
from tipmine.extract.repair.rule import Rule
from tipmine.thai import CONSONANTS, MARKS, THAI, THANTHAKHAT, TONES, VOWEL_MARKS

_AROUND = 100
"""Letters on each side of a mark repeated after a space among which other doubled marks show that doubling is the
rule."""
_FEWEST, _SHARE = 2, 0.2
"""Fewest doubled marks there, and their least share of all marks; displaced marks of two letters meet in less than a
tenth."""
_TWICE = re.compile(f"([{MARKS}])\\1")
_ANY = re.compile(f"[{MARKS}]")


def _once(match: re.Match[str]) -> tuple[str, ...]:
    return (match[1] or match[2] or match[3] + match[4],)


def _once_of_many(match: re.Match[str]) -> tuple[str, ...]:
    around = match.string[max(0, match.start() - _AROUND) : match.end() + _AROUND]
    twice = len(_TWICE.findall(around))
    usual = twice >= max(_FEWEST, _SHARE * len(_ANY.findall(around)))
    return (match[1] + match[2], match[1]) if usual else ()


RULE = Rule(
    id="doubled-mark",
    kind="reading",
    # The third part: vowel, tone, vowel, tone, both marks of one consonant printed twice.
    pattern=re.compile(
        f"([{TONES}{THANTHAKHAT}])\\1+{LOST}|([{MARKS}])\\2+"
        f"|(?<=[{CONSONANTS}])([{VOWEL_MARKS}])([{TONES}])(?:\\4|\\3\\4?)+{LOST}?"
    ),
    readings=_once,
    story="the same mark appears twice on one consonant",
    thai="เครื่องหมายเดียวกันซ้ำบนพยัญชนะตัวเดียว",
    repairs=(
        ("ข้\u0e49อความ", "ข้อความ"),
        ("ที่\u0e48", "ที่"),
        ("พันธุ\u0e38\u0e4c", "พันธุ์"),
        ("เพื่่\ufffdอพื้้\ufffdนที่่\ufffdนี้้\ufffd", "เพื่อพื้นที่นี้"),
    ),
    leaves=("ก้อง", "ทั้งที่", "ฟู่\ufffd"),
    prior=priors.NEARLY_SURE_UNLESS_LATE,
)

SPACED = Rule(
    id="doubled-mark-space",
    kind="reading",
    pattern=re.compile(
        f"(?<=[{CONSONANTS}])([{MARKS}]{{1,2}})(?:[{SPACES}]\\1(?![{MARKS}]))+((?:[{SPACES}](?=[{THAI}]))?)"
    ),
    readings=_once_of_many,
    story="the same mark appears again after a space",
    thai="เครื่องหมายเดียวกันซ้ำอีกหลังวรรค",
    repairs=(
        ("จััดให้้ผู้้ชุ \u0e38 มนุุมพบล่่าม", "จัดให้ผู้ชุมนุมพบล่าม"),
        ("เจ้้าหน้้าที่่ปฏิิบั \u0e31 ติ \u0e34 การในพื้้นที่่", "เจ้าหน้าที่ปฏิบัติการในพื้นที่"),
    ),
    leaves=("ที่ นี่", "ปี นี้"),
    prior=priors.SURE,
)
