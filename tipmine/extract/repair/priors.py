"""What a rule believes about a text before it has seen any: the priors to choose from, each with its reason.

None is a measured share. Each was set by hand so that the cases of the rules and of `tests/cases/repair` are repaired
and the clean texts of `python -m tests.bench.repair_bench` stay as they are; that command shows what another value
does. Which one a new rule needs depends on what clean text has at the places that its pattern finds:

* something common (a letter, a space): a `rate` near 0, so that the repair must clearly improve a word;
* something odd that spelling allows, or damage that another rule may explain better: a `rate` below one half;
* nothing that spelling allows: a `rate` of one half and more. The text is damaged there; `rate` only ranks the repairs
  that are possible at the same place.
"""

from __future__ import annotations

from typing import NamedTuple


class Prior(NamedTuple):
    """A rule's belief before a text is seen."""

    rate: float
    """Expected share of the rule's places that are damaged, from 0 to 1. Higher repairs more single places, and more
    clean ones with them; lower leaves damage that no long word proves."""
    weight: float
    """Number of places of the text that the prior counts as much as. Higher needs a longer text to learn from; lower
    believes a few places, which may be chance."""


EVEN = Prior(0.5, 100.0)
"""For rules that words do not decide on: not used."""
LATE_MARK = Prior(0.0005, 60.0)
"""Every letter with a mark is a place, and words with exchanged marks are often words as well."""
LATE_MARK_IF_DRAWN = Prior(0.000_001, 60.0)
"""As `LATE_MARK`, where the letters under the marks are known from the page: the marks can only be late because the
text was already broken when it was printed, and then it is so throughout. Words that are in no list, such as those of
dialects, are more frequent than that."""
LATE_MARK_ACROSS_SPACE = Prior(0.001, 60.0)
"""As `LATE_MARK`, but a mark after a space and a letter is rarer, so a place says twice as much."""
LATE_MARK_WITH_SPACE = Prior(0.01, 100.0)
"""For rules that wake once late marks are known to bring a space along. Their cost then follows from the rule without
the space (`profile.py`); this only sets the share from which the rule is looked for in every line."""
SPACE_IN_WORD = Prior(0.0006, 60.0)
"""Every space between Thai letters is a place, and nearly all are intended."""
LOST_PART = Prior(0.001, 15.0)
"""The letter left is a common one. A font that loses the other part loses it everywhere, so few places prove it."""
OTHER_CODE = Prior(0.001, 20.0)
"""As `LOST_PART`, but each place turns a common letter into another, so that chance finds more words."""
PRINTED_AGAIN = Prior(0.002, 10.0)
"""People say words twice, too. Once letters are printed again, they are so all through a line: ten places settle it."""
PRINTED_AGAIN_WITH_SPACE = Prior(0.001, 10.0)
"""As `PRINTED_AGAIN`, and the space after it is more often intended than not."""
ODD_SIGN = Prior(0.01, 15.0)
"""A figure or another vowel right after a tall consonant: rare, but printed in real text."""
KNOWN_LOSS = Prior(0.1, 6.0)
"""For rules that wake once marks are known to be lost: clean text has one at about every tenth place."""
SECOND_CHOICE = Prior(0.1, 6.0)
"""Spelling forbids the place, but a rule with a higher rate explains it more often."""
SPACE_ON_BOTH_SIDES = Prior(0.2, 6.0)
"""Spelling forbids the space before the mark; that after it is more often intended than not."""
SPACE_PASSED = Prior(0.3, 4.0)
"""Spelling forbids the mark after a space; that the space is intended and the mark late is the rarer reason."""
LETTER_AS_SPACE = Prior(0.3, 20.0)
"""For a rule that wakes once the code in which a letter is a space is known. Most spaces are real all the same."""
ORDER_OR_PLACE = Prior(0.5, 6.0)
"""Spelling forbids the order; that the marks are exchanged, or belong to another letter, is equally likely."""
LOST_OR_STRAY = Prior(0.5, 4.0)
"""Spelling forbids the space; it replaces a lost letter as often as it is a stray one."""
LIKELY = Prior(0.6, 4.0)
"""Spelling forbids the place, or text never has it by chance; names and lists of letters are the exceptions."""
STRAY_SPACE = Prior(0.7, 4.0)
"""Spelling forbids the space before the mark; removing it is right unless `SPACE_PASSED` is."""
NEARLY_SURE = Prior(0.8, 4.0)
"""Spelling forbids the place, and one repair is known for it; words can still count against it."""
NEARLY_SURE_UNLESS_LATE = Prior(0.8, 6.0)
"""As `NEARLY_SURE`, but the marks of a second letter may be among those here, so more places are needed."""
SURE = Prior(0.9, 4.0)
"""Modern Thai never has the place, and the rule has other reasons to believe in damage."""
SURE_ONCE_AWAKE = Prior(0.9, 10.0)
"""As `SURE`, for a rule that wakes once such damage is proved; figures between letters may still be intended."""
