"""Letters with marks printed again.

Programs for posters and slides draw a letter with marks in one piece, and for outlines and shadows several times; where
the piece and its letters do not match one to one, it is also given back behind the letter that follows: `ส่งส่เสริมริ`,
`เรีย รี นรู้`, `ครั้รั้ รั้รั้ งที่ที่`. Bare letters come once. Real Thai has such repetitions too (`ในที่ที่`, `ดีดี`), so words decide,
and a word said twice is left where nothing else near it is repeated.
"""

from __future__ import annotations

import re

from tipmine.extract.repair.lexicon import word_share
from tipmine.extract.repair.orthography import CONSONANTS, LEADING, LEADING_SET, MARKS, SPACES, THAI
from tipmine.extract.repair.rule import Rule
from tipmine.extract.thai import SARA_AA

_NEXT = f"[{CONSONANTS}{LEADING}{SARA_AA}\u0e30]"
_REPEATED = re.compile(
    f"([{CONSONANTS}][{MARKS}]{{1,2}})({_NEXT}?)((?:[{SPACES}]?\\1(?![{MARKS}]))+)((?:[{SPACES}](?=[{THAI}]))?)"
)
_AROUND = 100
"""Letters on each side of a word said twice in which other repetitions show that it was printed twice."""
_TIMES = 4
"""Copies of a letter with marks, spaces not counted, that no Thai text has in a row."""


def _is_proof(match: re.Match[str]) -> bool:
    """Whether this repetition is no Thai: behind the next letter, no word of its own, or too often."""
    cluster, following, copies, _ = match.groups()
    if following:
        return following not in LEADING_SET
    return 1 + copies.count(cluster) >= _TIMES or word_share(cluster) < 1.0


def _once(match: re.Match[str]) -> tuple[str, ...]:
    if not _is_proof(match) and not match[2]:
        around = match.string[max(0, match.start() - _AROUND) : match.end() + _AROUND]
        if not any(map(_is_proof, _REPEATED.finditer(around))):
            return ()
    # The space is the text's own or came with the repetition.
    return tuple(dict.fromkeys((match[1] + match[2] + match[4], match[1] + match[2])))


RULE = Rule(
    id="repeated-cluster",
    kind="reading",
    pattern=_REPEATED,
    readings=_once,
    story="a letter with its marks was printed again behind itself or behind the next letter",
    thai="พยัญชนะพร้อมเครื่องหมายถูกพิมพ์ซ้ำหลังตัวเองหรือหลังตัวอักษรถัดไป",
    repairs=(
        ("การประชุมครั้รั้ รั้รั้ งที่ที่ ที่ที่ 4/2567", "การประชุมครั้งที่ 4/2567"),
        ("ส่งส่เสริมริการเรีย รี นรู้", "ส่งเสริมการเรียนรู้"),
        ("กลุ่มลุ่อาชีพ", "กลุ่มอาชีพ"),
        ("ผู้เรียรี นที่เที่กี่ยกี่วข้อข้ง", "ผู้เรียนที่เกี่ยวข้อง"),
    ),
    leaves=("พักในที่ที่ปลอดภัย", "สิ่งดีดีที่มี", "ปีปีหนึ่ง", "ต่างๆ นานา ไปไปมามา", "ปีที่ 2 ครั้งที่ 2", "นั่งนั่นเอง", "สถานที่ที่ที่ประชุมเลือก"),
    rate=0.002,
    weight=10.0,
)
