"""Marks in the low position that are lost without a trace.

Fonts of the Windows and Mac layouts have glyphs of their own, with private-use codes, for marks that are lower or
further left than usual: tone marks and thanthakhat over a consonant without an upper vowel, mai taikhu, and every mark
over po pla, fo fa and fo fan. Some converters drop exactly these: `ที่ผานมานี้ ไดดำเนินการ`, `งบประมาณป`. A mark above
an upper vowel or sara am keeps its usual glyph and stays.

Nothing shows where a mark was, so the rules are dormant until the lines of a font prove the loss. Undamaged Thai has a
low tone mark or thanthakhat at every 17th letter (42,736 among the 713,263 letters of the labelled passages, the
longest stretch without one 206 letters, 7 of 150 or more); `low_marks.py` looks for lines without any, and tests
whether the words ask for them. Then a mark is to be expected, and only two things decide: how common the words are, and
how often they occur side by side in the project's own passages (`counts.tsv`): `เขา` is taken for `เขา` or `เข้า`.
"""

from __future__ import annotations

import re

from tipmine.extract.repair import priors
from tipmine.extract.repair.rule import Rule, Swap
from tipmine.thai import (
    ABOVE_VOWELS,
    BELOW_VOWELS,
    CONSONANTS,
    LOW_MARKS,
    MAITAIKHU,
    MARKS,
    NIKHAHIT,
    SARA_AM,
    TALL_CONSONANTS,
    THAI,
    TONES,
    UPPER_VOWELS,
)

_OVER_TALL = tuple(vowel + tone for vowel in ABOVE_VOWELS if vowel != MAITAIKHU for tone in ("", *TONES))
_BARE = f"(?![{MARKS}{SARA_AM}])(?![{CONSONANTS}]{{0,2}}\\.)"
"""Without a mark above, and not in an abbreviation of up to three letters."""
_HIGH = f"{UPPER_VOWELS}{NIKHAHIT}{SARA_AM}"

LOW = re.compile(f"(?<![{_HIGH}])(?<![{_HIGH}].)[{LOW_MARKS}](?!.?[{_HIGH}])")
"""A mark that is certainly a low one. With an upper vowel or sara am beside it or one letter off, it may be a high one
that is out of order or was sorted after the next letter."""
LETTERS_PER_LOW = 17
"""Letters of undamaged Thai for each match of `LOW`."""

RULE = Rule(
    id="lost-low-mark",
    kind="reading",
    # A single letter numbers a paragraph.
    pattern=re.compile(f"(?:(?<=[{THAI}])|(?=.[{THAI}]))[{CONSONANTS}][{BELOW_VOWELS}]?{_BARE}"),
    readings=lambda match: tuple(match[0] + mark for mark in LOW_MARKS + MAITAIKHU * (len(match[0]) == 1)),
    story="marks directly above consonants are missing throughout this text; the words call for one here",
    thai="เครื่องหมายที่อยู่ติดพยัญชนะหายไปทั้งเอกสาร คำนี้ควรมีเครื่องหมาย",
    repairs=(
        (
            "ในปที่ผานมานี้ สำนักงานไดจัดอบรมใหความรูแกแรงงานตางดาวทั้งในโรงงานและบนเรือ แตยังไมครบทุกอำเภอ "
            "จึงขอใหหนวยงานที่เกี่ยวของรวมกันวางแผนเพื่อใหการชวยเหลือเปนไปอยางตอเนื่อง",
            "ในปีที่ผ่านมานี้ สำนักงานได้จัดอบรมให้ความรู้แก่แรงงานต่างด้าวทั้งในโรงงานและบนเรือ แต่ยังไม่ครบทุกอำเภอ "
            "จึงขอให้หน่วยงานที่เกี่ยวข้องร่วมกันวางแผนเพื่อให้การช่วยเหลือเป็นไปอย่างต่อเนื่อง",
        ),
    ),
    leaves=(
        "พระราชบัญญัติควบคุมการขอทาน พ.ศ. ๒๕๕๙ ใช้บังคับมาแปดปี กรมพัฒนาสังคมและสวัสดิการ ในฐานะผู้รักษาการตามกฎหมาย "
        "จัดทำรายงานการประเมินผลของกฎหมาย",
    ),
    leaves_if_awake=(
        "เขาใบพัดและเขาหลัก",
        "จังหวัดนครราชสีมาและจังหวัดพะเยา",
        "กรรมการกำหนดมาตรการและรายงานผลการดำเนินงาน",
    ),
    leaves_asleep=("ไมมีลูกมาก", "นาข้าว"),
    prior=priors.KNOWN_LOSS,
    swap=Swap(LOW, letter="low-mark"),
    dormant=True,
)

TALL = Rule(
    id="lost-mark-over-tall",
    kind="reading",
    pattern=re.compile(f"[{TALL_CONSONANTS}]{_BARE}"),
    readings=lambda match: tuple(match[0] + marks for marks in _OVER_TALL),
    story="marks above tall consonants are missing throughout this text; the words call for one here",
    thai="เครื่องหมายบนพยัญชนะหางยาวหายไปทั้งเอกสาร คำนี้ควรมีเครื่องหมาย",
    repairs=RULE.repairs,
    leaves=RULE.leaves,
    leaves_if_awake=("ปลากะพงและปลาทู", "แปลเอกสารและปรับแผน", "ปากนาม ปากพนัง"),
    leaves_asleep=("งบประมาณปกอน",),
    prior=priors.KNOWN_LOSS,
    swap=Swap(re.compile(f"[{TALL_CONSONANTS}][{UPPER_VOWELS}]"), letter="mark-over-tall"),
    dormant=True,
)

GUESSES = (RULE.id, TALL.id)
"""The rules whose results are guesses: of two words that differ only in such a mark, the wrong one may be chosen."""
