"""Sara am followed by its own second half.

In some fonts the nikhahit glyph is mapped to the whole letter sara am; the sara aa after it then comes a second time.
Measured on budget books, every such sara am has no width: it is the nikhahit. No Thai word has sara aa after sara am,
so the pair is always one letter. The tone mark of the same consonant may come between them.
"""

from __future__ import annotations

import re

from tipmine.extract.repair.rule import Rule, always
from tipmine.thai import SARA_AA, SARA_AM, TONES

RULE = Rule(
    id="am-aa",
    kind="always",
    pattern=re.compile(f"{SARA_AM}([{TONES}]?){SARA_AA}"),
    readings=always(rf"\1{SARA_AM}"),
    story="the nikhahit came out as a whole sara am, so its sara aa appears twice",
    thai="นิคหิตออกมาเป็นสระอำทั้งตัว สระอาจึงซ้ำ",
    repairs=(("ดำาเนินการ", "ดำเนินการ"), ("ตำ\u0e48ากว่า", "ต่ำกว่า"), ("สมำ\u0e48าเสมอ", "สม่ำเสมอ")),
    leaves=("นำอาหาร", "ทำ าน"),
)
