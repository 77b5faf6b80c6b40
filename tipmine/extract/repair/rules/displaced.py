"""A mark that comes one letter late.

A mark is drawn with no width at the right edge of its consonant. Readers that sort glyphs by position put it after the
next letter wherever letters are set a little tight: `กิจ` comes as `กจิ`. One mark may come late alone or with the
other mark of its consonant, and the next letter may be a vowel or a figure as well as a consonant. The displaced word
is often one that spelling allows, so words decide; where no word fits, spelling does (a mark after a leading vowel, two
vowel marks on one consonant). `mark-past-space` repairs such marks across a space.

Some readers also see a gap after every mark that comes late and put a space there: `สำนกั งานส่งเสรมิ และ`. In such a
font nearly all of them have one, while undamaged Thai has a space after every 20th letter; then the space is removed
with the displacement, and so is a real one after such a mark, which cannot be distinguished.
"""

from __future__ import annotations

import re

from tipmine.extract.repair import priors
from tipmine.extract.repair.orthography import LOST, SPACES
from tipmine.extract.repair.rule import Rule
from tipmine.thai import CONSONANTS, LEADING, MARKS, SARA_AA, TONES, VOWEL_MARKS, vowel_mark_first

_LONGEST = 4
"""Most marks of two neighbouring consonants; a longer row is not text."""


def moves(base: str, marks: str) -> tuple[str, ...]:
    """The possible originals: the first marks go before the letter, or the last (if its own mark came first)."""
    splits = [(marks[:k], marks[k:]) for k in range(1, len(marks) + 1)]
    splits += [(marks[k:], marks[:k]) for k in range(1, len(marks))]
    return tuple(dict.fromkeys(_ordered(moved) + base + left for moved, left in splits))


def _ordered(marks: str) -> str:
    """The marks with the vowel mark before the tone; more than two belong to several letters and stay as they are."""
    return vowel_mark_first(marks) if len(marks) == 2 else marks


RULE = Rule(
    id="displaced-mark",
    kind="reading",
    pattern=re.compile(f"(?<=[{CONSONANTS}{MARKS}])([^{MARKS}{SPACES}{LOST}\\n])([{MARKS}]{{1,{_LONGEST}}})"),
    readings=lambda match: moves(match[1], match[2]),
    story="the mark was placed after the next letter",
    thai="เครื่องหมายถูกเรียงไปอยู่หลังตัวอักษรถัดไป",
    repairs=(
        ("กจิกรรม", "กิจกรรม"),
        ("มนษุย์", "มนุษย์"),
        ("ผูป้ฏบัิตกิาร", "ผู้ปฏิบัติการ"),
        ("ทีใ\u0e48ช้", "ที่ใช้"),
        ("มกีาร", "มีการ"),
        ("เทา\u0e48นัน้", "เท่านั้น"),
    ),
    leaves=("กิจกรรม", "ทีม", "การประชุม", "นายกิติพนธ์ นาคประชา", "กะเลยถืกซ็อตเด้อ"),
    prior=priors.LATE_MARK,
    prior_if_drawn=priors.LATE_MARK_IF_DRAWN,
)

PAST_TONE = Rule(
    id="displaced-vowel",
    kind="reading",
    pattern=re.compile(f"(?<=[{CONSONANTS}{MARKS}])([{TONES}])([{CONSONANTS}{SARA_AA}{LEADING}])([{VOWEL_MARKS}])"),
    readings=lambda match: (match[3] + match[1] + match[2],),
    story="the vowel mark was placed after the next letter, but the tone mark of its consonant was not",
    thai="สระถูกเรียงไปอยู่หลังตัวอักษรถัดไป แต่วรรณยุกต์ยังอยู่ที่เดิม",
    repairs=(("คร้งัที่แล้ว", "ครั้งที่แล้ว"), ("น้ำข่นุ", "น้ำขุ่น"), ("ของผ้เ\u0e39สียหาย", "ของผู้เสียหาย")),
    leaves=("ต้นไม้ก่อสร้าง", "บ้านนี้"),
    prior=priors.LATE_MARK,
    prior_if_drawn=priors.LATE_MARK_IF_DRAWN,
)

GAP = f"[{SPACES}](?=[{CONSONANTS}{LEADING}])(?![{CONSONANTS}]{{1,3}}\\.)"
"""A space before a word; before an abbreviation it is mostly printed."""

WITH_SPACE = Rule(
    id="displaced-mark-space",
    kind="reading",
    pattern=re.compile(RULE.pattern.pattern + GAP),
    readings=RULE.readings,
    story="the mark was placed after the next letter, with a space that is not printed",
    thai="เครื่องหมายถูกเรียงไปอยู่หลังตัวอักษรถัดไป และมีวรรคเกินตามมา",
    repairs=(
        ("สำนกั งานส่งเสรมิ และพฒั นาชมุ ชน", "สำนักงานส่งเสริมและพัฒนาชุมชน"),
        ("ระดบั ตำบลเพอ่ื เป็นกลไก", "ระดับตำบลเพื่อเป็นกลไก"),
    ),
    leaves_if_awake=(
        "ระดับ ตำบลเพื่อ เป็นกลไก",
        "ในกรณี ผู้เสียหายร้องขอ",
        "ผู้เสียหายที่ ศาลสั่ง",
        "มติ คณะกรรมการ",
        "นายกิติ สุขใจ และนางจันที มีทรัพย์",
    ),
    prior=priors.LATE_MARK_WITH_SPACE,
    dormant=True,
)

TONE_WITH_SPACE = Rule(
    id="displaced-vowel-space",
    kind="reading",
    pattern=re.compile(PAST_TONE.pattern.pattern + GAP),
    readings=PAST_TONE.readings,
    story="the vowel mark was placed after the next letter, with a space that is not printed",
    thai="สระถูกเรียงไปอยู่หลังตัวอักษรถัดไป และมีวรรคเกินตามมา",
    repairs=(("ระดบั ตำบลคร้งั ท่ีสอง", "ระดับตำบลครั้งที่สอง"),),
    leaves_if_awake=(*WITH_SPACE.leaves_if_awake, "เพื่อนที่ดี ต่อกัน", "ผู้ใหญ่บ้านนี้ ดูแล"),
    prior=priors.LATE_MARK_WITH_SPACE,
    dormant=True,
)

SPACED = {WITH_SPACE.id: RULE.id, TONE_WITH_SPACE.id: PAST_TONE.id}
"""Rules for marks with a space -> those for the same marks without one."""

PAST_SPACE = Rule(
    id="mark-past-space",
    kind="reading",
    pattern=re.compile(f"(?<=[^\\s])([{SPACES}])([{MARKS}]{{1,2}})(?=[^\\s])"),
    readings=lambda match: (_ordered(match[2]) + match[1],),
    story="the mark was placed after the space that follows its letter",
    thai="เครื่องหมายถูกเรียงไปอยู่หลังวรรค",
    repairs=(("เด็กและสตร \u0e35ทีอ่ยูใ\u0e48นภาวะ", "เด็กและสตรี ที่อยู่ในภาวะ"),),
    leaves=("ผู้ ที่",),
    prior=priors.SPACE_PASSED,
)
