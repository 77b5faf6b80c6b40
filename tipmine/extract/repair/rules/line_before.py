"""Marks at the head of a line that belong to the last letters of the line before.

Readers that sort glyphs into lines by their height put a high mark of the last word at the head of the next line: for
`การประชุมขั้น` and `ต้น` they give `การประชุมขน`, and mai han-akat and mai tho before `ต้น`. No line of Thai begins
with a mark. The marks go back where they make known words, over the last consonant or the one before it; elsewhere they
stay. Only in plain text is it certain which line comes before which, so cells and columns are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tipmine.extract.repair.edits import Trail
from tipmine.extract.repair.lexicon import load_lexicon, looks_undamaged
from tipmine.extract.repair.orthography import SPACES, first_impossible, marks_without_spaces
from tipmine.extract.repair.rule import NEVER, Rule
from tipmine.thai import CONSONANTS, LETTERS, MARKS

_HEAD = re.compile(f"([{MARKS}](?:[{SPACES}]?[{MARKS}])?)(?![{SPACES}]?[{MARKS}])[{SPACES}]*")
_ENDS = (re.compile(f"[{CONSONANTS}][{MARKS}]*(?=[{CONSONANTS}]$)"), re.compile(f"[{CONSONANTS}][{MARKS}]*$"))
"""The last letter but one and the last one, with their marks, to which the marks may belong."""
_LAST_WORD = re.compile(f"[{LETTERS}]+$")
_LONGEST = 40
"""Letters of the last word, and of those before it, that are examined."""

RULE = Rule(
    id="mark-of-line-before",
    kind="learnt",
    pattern=NEVER,
    readings=lambda _: (),
    story="the mark belongs to the last word of the previous line",
    thai="เครื่องหมายต้นบรรทัดเป็นของคำท้ายบรรทัดก่อน",
    repairs=(
        ("การสืบสวนขน\n\u0e31 \u0e49 ต้น", "การสืบสวนขั้น\nต้น"),
        ("มี ๓ ขัน\n\u0e49 ตอน", "มี ๓ ขั้น\nตอน"),
        ("ในพื้นที\n\u0e48 สูง", "ในพื้นที่\nสูง"),
        ("นักเรียนชั้นปีท\n\u0e35\n\u0e48 1", "นักเรียนชั้นปีที่\n\n1"),
    ),
    leaves=("ตาราง ก\n\u0e49 ข", "ราคา 5\n\u0e31 บาท"),
)


def fetch_marks(trails: Sequence[Trail]) -> None:
    """Put marks at the head of a line back into the line before; the lines are those of one plain text, in order."""
    before: Trail | None = None
    for trail in trails:
        head = _HEAD.match(trail.text) if before else None
        at = _place(before.text, marks_without_spaces(head[1])) if before and head else -1
        if before and head and at >= 0:
            before.apply([(at, at, marks_without_spaces(head[1]), RULE.id)])
            trail.apply([(0, head.end(), "", RULE.id)])
            if not trail.text:
                # The next line may begin with the other mark of the same letter.
                continue
        before = trail


def _place(line: str, marks: str) -> int:
    """Where in `line` the marks make known words: before its last consonant or after it; -1 if nowhere."""
    start = max(0, len(line) - _LONGEST)
    for match in (end.search(line, start) for end in _ENDS):
        word = _LAST_WORD.search(line[start : match.end()] + marks + line[match.end() :]) if match else None
        if match and word and first_impossible(word[0]) < 0 and looks_undamaged(word[0], load_lexicon()):
            return match.end()
    return -1
