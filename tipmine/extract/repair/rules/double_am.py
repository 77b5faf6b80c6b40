"""Sara am printed twice.

Bold made by printing twice gives back the mark part of each letter a second time. Where the font has no nikhahit alone,
the copy comes out as another whole sara am, and what remains of it as U+FFFD, set off by a space where letters are set
loosely: `สำำ\\ufffdนัักงาน`, `ตำำ \\ufffd รวจ`. No Thai word has sara am twice in a row; in drawn-out speech it comes
more than twice.
"""

from __future__ import annotations

import re

from tipmine.extract.repair.orthography import LOST, SPACES
from tipmine.extract.repair.rule import Rule, always
from tipmine.thai import CONSONANTS, SARA_AM, TONES

RULE = Rule(
    id="double-am",
    kind="always",
    pattern=re.compile(f"(?<=[{CONSONANTS}{TONES}]){SARA_AM}{{2}}(?!{SARA_AM})(?:[{SPACES}]?{LOST})?"),
    readings=always(SARA_AM),
    story="the sara am was printed twice",
    thai="สระอำถูกพิมพ์ซ้ำสองครั้ง",
    repairs=(
        ("สำำนัักงานจัดทำำแผน", "สำนักงานจัดทำแผน"),
        ("คำำ\ufffdนำำ\ufffd", "คำนำ"),
        ("ส่งต่อตำำ \ufffd รวจ", "ส่งต่อตำรวจ"),
    ),
    leaves=("ทำำำำ", "จำนำ", "ทำ \ufffd รายงาน"),
)
