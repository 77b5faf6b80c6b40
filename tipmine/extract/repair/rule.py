"""What a repair rule consists of: a pattern, the possible originals, how likely they are, and an explanation."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from tipmine.extract.repair.priors import EVEN, Prior

NEVER = re.compile("(?!)")
"""The pattern of `learnt` rules whose places another module finds."""

Readings = Callable[[re.Match[str]], Sequence[str]]


class Reading(NamedTuple):
    """One possible original of `text[start:end]`."""

    start: int
    end: int
    after: str
    rule: str


class Swap(NamedTuple):
    """Damage that makes one letter, which the rule restores, look like another, which undamaged text has as well.

    `am-for-aa` restores sara aa, which came out as sara am. Real sara am stay, so the share of all sara am that are
    damaged says nothing. What counts is how many of the sara aa of the text came out as sara am.
    """

    intact: re.Pattern[str]
    """Finds the letter that the rule restores where it is undamaged."""
    letter: str
    """The name of that letter. Rules with the same name restore it from different damage and are counted together."""
    shape_rule: str = ""
    """The rule that repairs the letter that the damaged one looks like, if some fonts damage that too. The more often
    it was used, the fewer of those left unrepaired are real: beside `ท ำ` for `ทำ`, `กำร` has sara aa."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of damage and its repair.

    `kind` says what decides. `always`: nothing, since clean text never has what the pattern finds. `reading`: the
    words, among the `readings` that the rule gives for each place, weighed by how often such damage was found in the
    document. `learnt`: another module, which learns the readings from the document; the rule only names the edits.

    Only a `reading` rule needs `prior`, `prior_if_drawn`, `swap` and `dormant`.
    """

    id: str
    kind: Literal["always", "reading", "learnt"]
    pattern: re.Pattern[str]
    readings: Readings
    """The possible originals of what the pattern found."""
    story: str
    """Why the change is made, in English; users read it."""
    thai: str
    """The same in Thai."""
    repairs: tuple[tuple[str, str], ...]
    """Broken texts from real documents, with the correct ones; each is repaired by itself."""
    leaves: tuple[str, ...] = ()
    """Look-alikes that repair leaves alone; for a dormant rule, those that come close to waking it."""
    leaves_if_awake: tuple[str, ...] = ()
    """Look-alikes that a dormant rule leaves alone even in a document with its `repairs`, which wake it."""
    leaves_asleep: tuple[str, ...] = ()
    """Texts that a dormant rule does change in a document with its `repairs`: elsewhere its sleep protects them."""
    prior: Prior = EVEN
    """How likely the damage is before the document is seen; `priors.py` says which one to choose."""
    prior_if_drawn: Prior | None = None
    """The same in lines whose marks were put on the letters over which they are drawn; None if that changes nothing."""
    swap: Swap | None = None
    """Given if the damage makes one letter look like another; the share is then one of letters, not of places."""
    dormant: bool = False
    """Whether the rule is offered only in documents that gave a reason before any word was read (`engine._woken`)."""

    def candidates(self, text: str) -> list[Reading]:
        """Every reading that this rule offers for places of `text`, each as short as possible."""
        readings: list[Reading] = []
        for match in self.pattern.finditer(text):
            start, before = match.start(), match[0]
            readings += [_shortest(start, before, after, self.id) for after in self.readings(match) if after != before]
        return list(dict.fromkeys(readings)) if len(readings) > 1 else readings


def _shortest(start: int, before: str, after: str, rule: str) -> Reading:
    """The change without what stays the same at both ends; a letter is kept on each side, so that only the removal of a
    space is an empty reading."""
    head, tail = 0, min(len(before), len(after)) - 1
    while tail > 0 and before[-1] == after[-1]:
        before, after, tail = before[:-1], after[:-1], tail - 1
    while head < tail and before[head] == after[head]:
        head += 1
    return Reading(start + head, start + len(before), after[head:], rule)


def always(after: str) -> Readings:
    """A reading that is a template of `re.Match.expand`, for rules that need no choice."""
    return lambda match: (match.expand(after),)
