"""UTF-8 read as a one-byte code.

Every Thai letter is three bytes in UTF-8, of which the first two are always the same: E0 B8 or E0 B9. Read as Latin-1
or Windows-1252 they show as `à¸` and `à¹`, read as TIS-620 as sara e and tho thong or no nu. One such triple in Latin
letters is proof; in Thai letters it takes a row of three.
"""

from __future__ import annotations

import re

from tipmine.extract.repair.rule import Rule

_LATIN_TRIPLE = (
    "(?:\u00e0[\u00b8\u00b9]|\u00e2\u20ac|\u00e2\u0080)[\u0080-\u00bf\u0152-\u017e\u0192\u02c6\u02dc\u2013-\u2122]"
)
_THAI_TRIPLE = "(?:\u0e40[\u0e18\u0e19]|\u0e42\u20ac)[\u0080-\u00a0\u0e01-\u0e1f\u20ac\u2013-\u2026\ufffd]"


def _byte(char: str, code: str) -> bytes:
    try:
        return char.encode(code)
    except UnicodeEncodeError:
        return char.encode("latin-1", "replace")


def _decoded(text: str, code: str) -> str:
    data = b"".join(_byte(char, code) for char in text)
    try:
        return data.decode()
    except UnicodeDecodeError:
        return text


def _each_triple(match: re.Match[str]) -> tuple[str, ...]:
    return (re.sub(_THAI_TRIPLE, lambda triple: _decoded(triple[0], "cp874"), match[0]),)


LATIN = Rule(
    id="mojibake-utf8-latin",
    kind="always",
    pattern=re.compile(f"(?:{_LATIN_TRIPLE})+"),
    readings=lambda match: (_decoded(match[0], "cp1252"),),
    story="UTF-8 bytes were read as Latin letters",
    thai="ไบต์ UTF-8 ถูกอ่านเป็นอักษรละติน",
    repairs=(("à¸\u0081à¸²à¸£", "การ"), ("à¸ªà¸§à¸±à¸ªà¸\u0094à¸µ", "สวัสดี"), ("à¹€à¸”à¹‡à¸\u0081", "เด็ก")),
    leaves=("voilà", "à la carte", "â€"),
)

THAI = Rule(
    id="mojibake-utf8-thai",
    kind="always",
    pattern=re.compile(f"(?s)\\A.*?(?:{_THAI_TRIPLE}){{3}}.*"),
    readings=_each_triple,
    story="UTF-8 bytes were read as TIS-620 letters",
    thai="ไบต์ UTF-8 ถูกอ่านเป็นอักษรไทยรหัส TIS-620",
    repairs=(("เธ\u0081เธฒเธฃ", "การ"), ("เธชเธงเธฑเธชเธ”เธต", "สวัสดี")),
    leaves=("เธอเธอเธอ", "เธอนั้น", "เนนเน"),
)
