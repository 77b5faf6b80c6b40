"""Characters that nobody sees inside Thai words: zero-width spaces, soft hyphens, direction marks, dotted circles.

Word processors and web pages put them between Thai words so that lines may break there; copied text carries them along.
A search for the word then does not find it, and a mark after such a character loses its base. The dotted circle is
drawn for a mark that was alone in the source.
"""

from __future__ import annotations

import re

from tipmine.extract.repair.rule import Rule
from tipmine.thai import MARKS, THAI

_HIDDEN = "[\u00ad\u200b-\u200f\u2060\ufeff]+"

RULE = Rule(
    id="invisible-letter",
    kind="always",
    pattern=re.compile(f"(?<=[{THAI}]){_HIDDEN}|{_HIDDEN}(?=[{THAI}])"),
    readings=lambda _: ("",),
    story="there is an invisible character inside or next to a Thai word",
    thai="มีอักขระที่มองไม่เห็นแทรกอยู่ในคำ",
    repairs=(
        ("แรง\u200bงาน", "แรงงาน"),
        ("ท\u200b\u0e35\u0e48", "ที่"),
        ("คุ้ม\u00adครอง", "คุ้มครอง"),
        ("\ufeffบทนำ", "บทนำ"),
    ),
    leaves=("co\u00adoperation", "\U0001f468\u200d\U0001f469"),
)

CIRCLE = Rule(
    id="dotted-circle",
    kind="always",
    pattern=re.compile(f"(?<=[{THAI}])\u25cc(?=[{MARKS}])"),
    readings=lambda _: ("",),
    story="a dotted circle replaces the letter that the mark belongs to",
    thai="วงกลมเส้นประใช้แทนพยัญชนะของเครื่องหมายที่หลุดออกมา",
    repairs=(("ผู\u25cc\u0e49เสียหาย", "ผู้เสียหาย"), ("ท\u25cc\u0e35\u0e48", "ที่")),
    leaves=("\u25cc\u0e49", "\u25cc ก"),
)
