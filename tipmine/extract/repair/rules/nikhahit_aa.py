"""Sara am written as nikhahit and sara aa.

Several producers store the glyph in its two halves, with the tone mark before, between or after them; sorting by
position may put the nikhahit last. Compatibility normalisation also turns sara am into this pair; joined again, it is
the letter that people type and search for. A nikhahit without sara aa (Pali and Sanskrit) is left alone.
"""

from __future__ import annotations

import re

from tipmine.extract.repair.orthography import SPACES
from tipmine.extract.repair.rule import Rule
from tipmine.thai import NIKHAHIT, SARA_AA, SARA_AM, TONES

RULE = Rule(
    id="nikhahit-aa",
    kind="always",
    pattern=re.compile(
        f"([{TONES}]?)[{SPACES}]?{NIKHAHIT}[{SPACES}]?([{TONES}]?){SARA_AA}|([{TONES}]?){SARA_AA}{NIKHAHIT}([{TONES}]?)"
    ),
    readings=lambda match: ("".join(tone or "" for tone in match.groups()) + SARA_AM,),
    story="nikhahit and sara aa are the two halves of sara am",
    thai="นิคหิตกับสระอาคือสระอำที่ถูกแยกเป็นสองส่วน",
    repairs=(
        ("ท\u0e4dา", "ทำ"),
        ("น\u0e49\u0e4dา", "น้ำ"),
        ("น\u0e4d\u0e49า", "น้ำ"),
        ("จ\u0e4d าเนียร", "จำเนียร"),
        ("จา\u0e4dแนก", "จำแนก"),
    ),
    leaves=("ส\u0e4dสกฤต", "ส\u0e4d ก", "พุทธ\u0e4d"),
)
