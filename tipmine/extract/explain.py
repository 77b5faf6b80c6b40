"""Explains every edit in words: which rule, why, and where in the line.

The rules of `repair/rules`, which depend on words, have their own explanations; the rules below depend on the page
alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tipmine.extract.actualtext import ACTUAL_TEXT
from tipmine.extract.bullets import RULE_BULLET
from tipmine.extract.compose import RULE_MARK_ORDER, RULE_OVERPRINT, RULE_SPACING
from tipmine.extract.fonts import FONT_ENCODING, FONT_MAP, NO_GLYPH
from tipmine.extract.marks import RULE_NIKHAHIT
from tipmine.extract.repair import reason
from tipmine.records import Edit

PAGE_RULES = {
    ACTUAL_TEXT: (
        "ไฟล์บอกข้อความที่แท้จริงของอักษรกลุ่มนี้ไว้เอง",
        "the file itself says how to read this group of glyphs (ActualText)",
    ),
    FONT_MAP: (
        "รูปอักษรในแบบตัวพิมพ์ขัดกับตารางแปลงของมัน จึงเชื่อรูปอักษร",
        "the outline of the glyph contradicts the font's character map; the outline is believed",
    ),
    FONT_ENCODING: (
        "แบบตัวพิมพ์ใช้รหัสของตัวเอง จึงอ่านตามตารางของแบบตัวพิมพ์นั้น",
        "the font uses its own codes, which are read by its own table",
    ),
    NO_GLYPH: (
        "รหัสนี้ไม่มีรูปอักษรบนหน้า จึงไม่นับ",
        "this code prints nothing on the page, so it is left out",
    ),
    RULE_NIKHAHIT: (
        "รูปที่ไม่มีความกว้างหน้าสระอาคือนิคหิต",
        "the glyph without width before sara aa is the nikhahit",
    ),
    RULE_BULLET: (
        "จุดหน้าข้อวาดเป็นรูป ไม่ใช่ตัวอักษร จึงอ่านเป็นเครื่องหมายหัวข้อย่อย",
        "the dot before the item is drawn, not typed; it is read as a bullet",
    ),
    RULE_MARK_ORDER: (
        "เครื่องหมายกลับไปอยู่กับพยัญชนะที่พิมพ์อยู่เหนือหรือใต้",
        "the mark goes back to the letter that it is printed above or below",
    ),
    RULE_SPACING: (
        "ระยะห่างของตัวอักษรบอกว่ามีหรือไม่มีช่องว่าง",
        "the distance between the letters shows whether there is a space",
    ),
    RULE_OVERPRINT: (
        "ตัวอักษรพิมพ์ซ้อนที่เดียวกัน จึงนับครั้งเดียว",
        "the letter was printed twice in the same place and counts once",
    ),
}
"""Rule id -> why, in Thai and in English."""
_CONTEXT = 8
"""Letters shown on each side of a change. Code points."""


def explain_edits(raw: str, edits: Sequence[Edit]) -> Iterator[str]:
    """A sentence for each edit, with the letters around it as the earlier edits left them."""
    text = raw
    for edit in edits:
        end = edit.at + len(edit.before)
        left, right = text[max(0, edit.at - _CONTEXT) : edit.at], text[end : end + _CONTEXT]
        change = f"{left}[{edit.before}]{right} \N{RIGHTWARDS ARROW} {left}[{edit.after}]{right}"
        yield f"{change} ({edit.rule}): {_why(edit.rule)}"
        text = text[: edit.at] + edit.after + text[end:]


def _why(rule_id: str) -> str:
    return " / ".join(PAGE_RULES[rule_id]) if rule_id in PAGE_RULES else reason(rule_id)
