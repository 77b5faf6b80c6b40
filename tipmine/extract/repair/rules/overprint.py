"""Bold made by printing every letter twice.

A heading printed twice with a small shift gives every glyph twice when glyphs are sorted by position:
`งงบบปปรระะมมาาณณ`. A row of at least four letters that each appear twice, three of them different and without marks, is
not Thai (marks alone are doubled for other reasons, on both sides of a true double letter). Figures and Latin letters
in the same row are halved with it.
"""

from __future__ import annotations

import re

from tipmine.extract.repair.rule import Rule
from tipmine.thai import AFTER_CONSONANT, CONSONANTS, LEADING

_PAIR = re.compile(r"(\S)\1")
_SPACING_PAIR = re.compile(f"([{CONSONANTS}{AFTER_CONSONANT}{LEADING}])\\1")
_ROW = re.compile(r"(?:(\S)\1 {0,2}){4,}")
_DIFFERENT = 3
"""Fewest different spacing letters in a row: laughter and drawn-out words (`มากกกก`) repeat one."""


def _halve(match: re.Match[str]) -> tuple[str, ...]:
    text = match[0]
    # Printed four times (bold and shadow) means two halvings.
    while _ROW.fullmatch(text) and len(set(_SPACING_PAIR.findall(text))) >= _DIFFERENT:
        text = _PAIR.sub(r"\1", text)
    return (text,)


RULE = Rule(
    id="overprint",
    kind="always",
    pattern=_ROW,
    readings=_halve,
    story="every letter was printed twice",
    thai="ตัวอักษรทุกตัวถูกพิมพ์ซ้ำสองครั้ง",
    repairs=(("งงบบปปรระะมมาาณณ", "งบประมาณ"), ("รราายยจจ่่าายย 22556655", "รายจ่าย 2565")),
    leaves=("กรรมมา", "กกหูหู", "มากกกกกกกก", "555555", "--------"),
)
