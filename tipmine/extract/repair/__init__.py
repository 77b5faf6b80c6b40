"""[extract] -> segment -> tokenize -> tag -> themes -> trace: repair of damaged Thai text.

`repair_lines` takes the lines of one document, learns how the document is damaged, and gives each line with the edits
that repaired it. A text is never changed without an edit that can be replayed, undone and explained.
"""

from __future__ import annotations

from tipmine.extract.repair.catalogue import BY_ID, RULES
from tipmine.extract.repair.edits import Repaired, replay, undo
from tipmine.extract.repair.engine import repair_lines, repair_text
from tipmine.extract.repair.lexicon import word_share
from tipmine.extract.repair.orthography import damage_signs, impossible_sequences
from tipmine.records import Edit

__all__ = [
    "RULES",
    "Repaired",
    "damage_signs",
    "explain",
    "impossible_sequences",
    "reason",
    "repair_lines",
    "repair_text",
    "replay",
    "undo",
    "word_share",
]


def explain(edit: Edit) -> str:
    """Why an edit was made, in Thai and English: `before -> after (rule): reason`."""
    return f"{edit.before!r} \N{RIGHTWARDS ARROW} {edit.after!r} ({edit.rule}): {reason(edit.rule)}"


def reason(rule_id: str) -> str:
    """Why a rule makes its change, in Thai and English."""
    rule = BY_ID.get(rule_id)
    return f"{rule.thai} / {rule.story}" if rule else "a repair from the page itself"
