"""Sara ae typed as two sara e.

The two look the same in print, so the slip is common in typed text and survives into the PDF. No Thai word has
two sara e in a row, so the repair is safe everywhere before a consonant.
"""

from __future__ import annotations

import re

from tipmine.extract.repair.rule import Rule, always
from tipmine.thai import CONSONANTS, SARA_AE, SARA_E

RULE = Rule(
    id="double-sara-e",
    kind="always",
    pattern=re.compile(f"{SARA_E}{SARA_E}(?=[{CONSONANTS}])"),
    readings=always(SARA_AE),
    story="two sara e were typed instead of one sara ae",
    thai="สระเอสองตัวพิมพ์แทนสระแอ",
    repairs=(("เเต่", "แต่"), ("เเละเเผน", "และแผน"), ("ดูเเล", "ดูแล")),
    leaves=("เเ", "เอเชีย"),
)
