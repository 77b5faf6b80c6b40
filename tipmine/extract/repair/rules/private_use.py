"""Marks in the private-use area.

Thai fonts made before OpenType hold each mark in several places (lowered, shifted left over a tall consonant) and
number the extra shapes U+F700-F71D in the Windows layout, U+F884-F89E in the Mac layout. A PDF whose ToUnicode map was
built from such a font gives those numbers instead of the marks; pdfminer gives the Mac ones for glyph names. The table
is one to one. Private-use characters outside it are left alone: they belong to some other font.
"""

from __future__ import annotations

import re

from tipmine.extract.private_marks import private_marks
from tipmine.extract.repair.rule import Rule


def _mark(match: re.Match[str]) -> tuple[str, ...]:
    return (private_marks().get(match[0], match[0]),)


RULE = Rule(
    id="private-use",
    kind="always",
    pattern=re.compile("[\uf700-\uf71d\uf884-\uf89e]"),
    readings=_mark,
    story="the font keeps this shape of the mark in the private-use area",
    thai="ฟอนต์เก็บรูปเครื่องหมายนี้ไว้ในช่วงรหัสส่วนตัว",
    repairs=(
        ("ผู\uf70bเยาว\uf70e", "ผู้เยาว์"),
        ("เป\uf712น", "เป็น"),
        ("นา\uf71d\u0e34กา", "นาฬิกา"),
        ("เป\uf88dาหมาย", "เป้าหมาย"),
    ),
    leaves=("\ue000ก", "\uf0b7 ข้อแรก"),
)
