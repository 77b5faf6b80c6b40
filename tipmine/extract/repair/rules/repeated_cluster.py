"""Letters with marks printed again.

Programs for posters and slides draw a letter with marks in one piece, and for outlines and shadows several times; where
the piece and its letters do not match one to one, the piece also appears again after the next letter: `ส่งส่เสริมริ`,
`เรีย รี นรู้`, `ครั้รั้ รั้รั้ งที่ที่`. Bare letters come once. Real Thai has such repetitions too (`ในที่ที่`,
`ดีดี`), so words decide, and a word said twice is left where nothing else near it is repeated.
"""

from __future__ import annotations

import re

from tipmine.extract.repair import priors
from tipmine.extract.repair.lexicon import word_share
from tipmine.extract.repair.orthography import SPACES
from tipmine.extract.repair.rule import Rule
from tipmine.thai import CONSONANTS, LEADING, LEADING_SET, MARKS, SARA_A, SARA_AA, THAI

_NEXT = f"[{CONSONANTS}{LEADING}{SARA_AA}{SARA_A}]"
# A copy after the next letter that is set off only on the left begins a word said twice: `ตัว ตัวแทน`.
_REPEATED = re.compile(
    f"([{CONSONANTS}][{MARKS}]{{1,2}})({_NEXT})?"
    f"((?:(?(2)(?:[{SPACES}]\\1(?=[{SPACES}])|\\1)|[{SPACES}]?\\1)(?![{MARKS}]))+)((?:[{SPACES}](?=[{THAI}]))?)"
)
_LAST_COPY = re.compile(f"[{SPACES}]?[^{SPACES}{MARKS}][{MARKS}]+")
_AROUND = 100
"""Letters on each side of a word said twice among which other repetitions show that it was printed twice."""
_TIMES = 4
"""Repetitions in a row of a letter with marks, some joined and some set off, that no Thai text has; people do say
`ดีดีดีดี`."""


def _has_space(text: str) -> bool:
    return any(space in text for space in SPACES)


def _is_proof(match: re.Match[str]) -> bool:
    """Whether this repetition is not Thai: it follows the next letter, is not a word, or comes too often."""
    cluster, following, copies, _ = match.groups()
    if following:
        return following not in LEADING_SET
    often = 1 + copies.count(cluster) >= _TIMES
    return word_share(cluster) < 1.0 or (often and _has_space(copies) and 2 * cluster in cluster + copies)


def _is_offered(match: re.Match[str]) -> bool:
    """Whether this is more than a word said twice, or is among repetitions that are."""
    if match[2] or _is_proof(match):
        return True
    around = match.string[max(0, match.start() - _AROUND) : match.end() + _AROUND]
    return any(map(_is_proof, _REPEATED.finditer(around)))


def _once(match: re.Match[str]) -> tuple[str, ...]:
    if not _is_offered(match):
        return ()
    whole, copies, space = match[1] + (match[2] or ""), match[3], match[4]
    originals = [whole + space]
    if space and _has_space(copies):
        # A copy that was set off may have brought the space after it as well.
        originals.append(whole)
    if copies.count(match[1]) > 1:
        # The last copy may begin the next word.
        originals.append(whole + _LAST_COPY.findall(copies)[-1] + space)
    return tuple(originals)


def _once_without_space(match: re.Match[str]) -> tuple[str, ...]:
    return (match[1] + (match[2] or ""),) if match[4] and not _has_space(match[3]) and _is_offered(match) else ()


RULE = Rule(
    id="repeated-cluster",
    kind="reading",
    pattern=_REPEATED,
    readings=_once,
    story="a letter with its marks appears again, directly after itself or after the next letter",
    thai="พยัญชนะพร้อมเครื่องหมายถูกพิมพ์ซ้ำหลังตัวเองหรือหลังตัวอักษรถัดไป",
    repairs=(
        ("การประชุมครั้รั้ รั้รั้ งที่ที่ ที่ที่ 4/2567", "การประชุมครั้งที่ 4/2567"),
        ("ส่งส่เสริมริการเรีย รี นรู้", "ส่งเสริมการเรียนรู้"),
        ("กลุ่มลุ่อาชีพ", "กลุ่มอาชีพ"),
        ("ที่เที่กี่ยกี่วข้อข้งกับเด็ก", "ที่เกี่ยวข้องกับเด็ก"),
    ),
    leaves=(
        "พักในที่ที่ปลอดภัย",
        "สิ่งดีดีที่มี",
        "ปีปีหนึ่ง",
        "มีมีมีมี",
        "ต่างๆ นานา ไปไปมามา",
        "ปีที่ 2 ครั้งที่ 2",
        "นั่งนั่นเอง",
        "สถานที่ที่ที่ประชุมเลือก",
    ),
    prior=priors.PRINTED_AGAIN,
)

WITH_SPACE = Rule(
    id="repeated-cluster-space",
    kind="reading",
    pattern=_REPEATED,
    readings=_once_without_space,
    story="a letter with its marks appears twice, with a space after it",
    thai="พยัญชนะพร้อมเครื่องหมายถูกพิมพ์ซ้ำและมีวรรคตามมา",
    repairs=(("ผู้เรียรี น", "ผู้เรียน"), ("ระดับดัชั้นชั้ เรียรี นใหม่", "ระดับชั้นเรียนใหม่")),
    leaves=("พักในที่ที่ ปลอดภัย", "สิ่งดีดี ที่มี"),
    prior=priors.PRINTED_AGAIN_WITH_SPACE,
)

_CLUSTER = f"([{CONSONANTS}][{MARKS}]{{1,2}})"

PAIR = Rule(
    id="repeated-clusters",
    kind="reading",
    pattern=re.compile(
        f"{_CLUSTER}{_CLUSTER}[{SPACES}]?\\1[{SPACES}]?([{CONSONANTS}{SARA_AA}])[{SPACES}]?\\2(?![{MARKS}])"
    ),
    readings=lambda match: (match[1] + match[2] + match[3],),
    story="two letters with their marks appear twice, each one again after the next letter",
    thai="พยัญชนะพร้อมเครื่องหมายสองตัวติดกันถูกพิมพ์ซ้ำ แต่ละตัวอยู่หลังตัวอักษรถัดไป",
    repairs=(("คู่มื คู่ อ มื ล่าม", "คู่มือ ล่าม"), ("คู่มืคู่อมืผู้ปฏิบัติ", "คู่มือผู้ปฏิบัติ")),
    leaves=("ที่นี่ ที่นี่", "ที่นี่ที่อยู่", "ผู้รู้ ผู้ดี"),
    prior=priors.LIKELY,
)
