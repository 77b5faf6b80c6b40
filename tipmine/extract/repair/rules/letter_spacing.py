"""Words set with a space between all their letters.

Headings are often spaced out by hand or by the layout program: `ก า ร ป ร ะ ชุ ม`. A row of at least four single
letters with their marks, with one space between each, is closed up where the result is made of known words; two spaces
are a real one. Lists of letters (`ก ข ค ง`) do not make words and stay, and so does a row of short words (`ไป มา หา
สู่`).
"""

from __future__ import annotations

import re

from tipmine.extract.repair.lexicon import word_share
from tipmine.extract.repair.rule import Rule
from tipmine.thai import AFTER_CONSONANT, CONSONANTS, LEADING, MARKS

_LETTER = f"(?:[{LEADING}]?[{CONSONANTS}][{MARKS}]{{0,2}}[{AFTER_CONSONANT}]?|[{AFTER_CONSONANT}{LEADING}])"


def _closed(match: re.Match[str]) -> tuple[str, ...]:
    text = re.sub(" ( ?)", r"\1", match[0])
    units = match[0].split()
    words = sum(len(unit) > 1 and word_share(unit) == 1.0 for unit in units)
    return (text,) if 2 * words < len(units) and word_share(text) == 1.0 else ()


RULE = Rule(
    id="letter-spacing",
    kind="always",
    pattern=re.compile(f"(?<!\\S){_LETTER}(?: {{1,2}}{_LETTER}){{3,80}}(?!\\S)"),
    readings=_closed,
    story="the letters of the words are spaced out",
    thai="ตัวอักษรในคำถูกเว้นวรรคทีละตัว",
    repairs=(("ก า ร ป ร ะ ชุ ม", "การประชุม"), ("ร า ย ง า น  ป ร ะ จำ ปี", "รายงาน ประจำปี")),
    leaves=("ก ข ค ง", "ข้อ ก ข และ ค", "อ บ ต", "ไป มา หา สู่"),
)
