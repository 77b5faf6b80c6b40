"""One-byte Thai read as UTF-8 first: two letters that came out as one Latin letter.

A reader that tries UTF-8 first joins a byte from C2 to DF with one from 80 to BF after it. The result may be a Latin
letter that stands for a byte of its own: C2 A4 (yo yak, kho khwai) comes out as the letter of A4 (kho khwai), C3 A4 (ro
ruea, kho khwai) as that of E4 (sara ai). So `ด้วยความ` is read as `ด้วความ`, `การความ` as `กาไวาม`. Other joined
characters prove that such a reader was used (`mojibake_bytes.has_joined`); then words decide.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import product

from tipmine.extract.repair import priors
from tipmine.extract.repair.rule import Rule
from tipmine.extract.repair.rules.mojibake_bytes import latin_table
from tipmine.thai import LETTERS, THAI

_ONLY_LETTERS = re.compile(f"[{LETTERS}]+")
_FIRST_LEAD, _LAST_SHIFTED = 0xC2, 0xA0


def _letter(byte: int) -> str:
    """The Thai letter of a byte, or empty."""
    return latin_table().get(bytes([byte]).decode("cp1252", "ignore") or chr(byte), "")


@cache
def _joined() -> dict[str, tuple[str, ...]]:
    """Thai letter -> the pairs of letters whose bytes may have been joined to its Latin letter."""
    pairs: dict[str, tuple[str, ...]] = {}
    for lead, trail in product(range(_FIRST_LEAD, 0xDB), range(0x80, 0xC0)):
        code = ord(bytes((lead, trail)).decode())
        letter = _letter(code) if code < 0x100 else latin_table().get(chr(code), "")
        pair = _letter(lead) + _letter(trail)
        # A shifted mark on a consonant other than yo yak would make every other letter a suspect.
        if letter and _ONLY_LETTERS.fullmatch(pair) and (trail > _LAST_SHIFTED or lead == _FIRST_LEAD):
            pairs[letter] = tuple(dict.fromkeys((*pairs.get(letter, ()), pair)))
    return pairs


_SIGNS = "".join(letter for letter in _joined() if letter > "\u0e4e")

RULE = Rule(
    id="mojibake-swallowed",
    kind="reading",
    pattern=re.compile(f"[{''.join(letter for letter in _joined() if letter not in _SIGNS)}]"),
    readings=lambda match: _joined()[match[0]],
    story="the bytes of two letters were read as one Latin letter",
    thai="ไบต์ของอักษรสองตัวถูกอ่านรวมเป็นอักษรละตินตัวเดียว",
    repairs=(
        (
            "\u00a1\u00d2\u00f4\u00d9\u00e1\u0174\u00e9\u00c7\u00a4\u00c7\u00d2\u00c1\u00e0\u00a2\u00e9\u00d2\u00e3\u00a8\u00ca\u0537\u00b8\u00d4",
            "การดูแลด้วยความเข้าใจสิทธิ",
        ),
        (
            "\u00a8\u0474\u00b7\u00d3\u00c3\u00d2\u00c2\u00a7\u04b9\u00a1\u00d2\u00e4\u00c7\u00d2\u00c1\u00c3\u00e8\u00c7\u00c1\u00c1\u00d7\u00cd",
            "จัดทำรายงานการความร่วมมือ",
        ),
        ("\u00b5\u04fa\u00c5\u00c7\u0467\u00e4\u01f9\u00ec\u00b4\u00e9\u00c7\u00a1\u0479", "ตำบลวังไวน์ด้วยกัน"),
    ),
    leaves_if_awake=("ด้วความ", "กาไวาม", "สระ เ แ โ ใ ไ", "ข้อ \u0e45 (ก)"),
    prior=priors.OTHER_CODE,
    dormant=True,
)

SIGN = Rule(
    id="mojibake-swallowed-sign",
    kind="reading",
    pattern=re.compile(f"(?<=[{THAI}])[{_SIGNS}](?=[{THAI}])"),
    readings=RULE.readings,
    story="the bytes of two letters were read as one Latin letter, which then became a digit or a sign",
    thai="ไบต์ของอักษรสองตัวถูกอ่านรวมเป็นอักษรละตินตัวเดียว แล้วกลายเป็นตัวเลขหรือเครื่องหมาย",
    repairs=(
        (
            "\u00b4\u00d9\u00e1\u017c\u00d9\u00e9\u00e0\u00ca\u00d5\u00c2\u00cb\u00d2\u00c2\u00a4\u00fa\u00b7\u0621\u00b4\u00e9\u04b9",
            "ดูแลผู้เสียหายครบทุกด้าน",
        ),
        ("\u00c7\u0479\u00b7\u00d5\u00e8\u00f8\u00c1\u0579\u04a4\u00c1", "วันที่\u0e58มีนาคม"),
    ),
    leaves_if_awake=("ค\u0e5aทุก", "สถานี\u0e56ไฟ"),
    prior=priors.SURE_ONCE_AWAKE,
    dormant=True,
)
