"""All rules in the order in which they are tried: first what is wrong everywhere, then what words must decide."""

from __future__ import annotations

from tipmine.extract.repair.rule import Rule
from tipmine.extract.repair.rules import (
    am_aa,
    am_for_aa,
    am_tone,
    displaced,
    double_sara_e,
    doubled_mark,
    foreign_mark,
    inserted_space,
    letter_spacing,
    lost_am,
    lost_nikhahit,
    mojibake_bytes,
    mojibake_utf8,
    nikhahit_aa,
    overprint,
    po_pla,
    private_use,
    spaced_mark,
    tone_order,
)

RULES: tuple[Rule, ...] = (
    mojibake_utf8.LATIN,
    mojibake_utf8.THAI,
    mojibake_bytes.LATIN,
    mojibake_bytes.MAC,
    private_use.RULE,
    letter_spacing.RULE,
    overprint.RULE,
    double_sara_e.RULE,
    nikhahit_aa.RULE,
    am_aa.RULE,
    lost_am.RULE,
    am_tone.RULE,
    foreign_mark.RULE,
    foreign_mark.UNKNOWN,
    doubled_mark.RULE,
    displaced.RULE,
    displaced.PAST_TONE,
    displaced.PAST_SPACE,
    spaced_mark.RULE,
    spaced_mark.AROUND,
    spaced_mark.AFTER_LEADING,
    mojibake_bytes.MAC_SPACE,
    tone_order.RULE,
    lost_nikhahit.SPACE_BEFORE,
    lost_nikhahit.SPACE_ONLY,
    lost_nikhahit.SPACE_AFTER,
    lost_nikhahit.PLAIN,
    am_for_aa.RULE,
    am_for_aa.SPACED,
    po_pla.RULE,
    inserted_space.RULE,
)
ALWAYS = tuple(rule for rule in RULES if rule.kind == "always")
READING = tuple(rule for rule in RULES if rule.kind == "reading")
BY_ID = {rule.id: rule for rule in RULES}
