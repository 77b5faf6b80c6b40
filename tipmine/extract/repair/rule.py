"""The form of a repair rule: a pattern, the possible originals, how likely they are, and an explanation."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

Readings = Callable[[re.Match[str]], Sequence[str]]


class Reading(NamedTuple):
    """One possible original of `text[start:end]`."""

    start: int
    end: int
    after: str
    rule: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of damage and its repair.

    `always` rules repair sequences that no clean text has; they are applied wherever the pattern matches. `reading`
    rules give possible originals; the words decide, weighted by how often such damage was found in the document.
    `learnt` rules give readings that were learnt from the document itself.

    `rate` is the expected share of candidate places that are damaged in an unknown text, `weight` the number of
    candidate places that this prior counts as against what the document shows.
    """

    id: str
    kind: Literal["always", "reading", "learnt"]
    pattern: re.Pattern[str]
    readings: Readings
    story: str
    thai: str
    repairs: tuple[tuple[str, str], ...]
    leaves: tuple[str, ...] = ()
    """Look-alikes that repair leaves alone; for a dormant rule, those that come near to waking it."""
    leaves_if_awake: tuple[str, ...] = ()
    """Look-alikes that a dormant rule leaves alone even in a document with its `repairs`, which wake it."""
    leaves_asleep: tuple[str, ...] = ()
    """What a dormant rule does change in a document with its `repairs`: elsewhere only its sleep protects it."""
    rate: float = 0.5
    weight: float = 100.0
    intact: re.Pattern[str] | None = None
    """What the letter looks like where it is not damaged. Given where damage makes one letter look like another:
    the share is then that of the letter's occurrences (`family` and intact ones), not of the places offered."""
    dormant: bool = False
    """Offered only in documents that gave a reason before any word was read."""
    rival: str = ""
    """The rule whose uses show that the undamaged letter comes in another shape in this font."""
    family: str = ""
    """Rules that undo the damage of one and the same letter."""

    def candidates(self, text: str) -> list[Reading]:
        """Every reading that this rule offers for places of `text`, each as short as it can be said."""
        found: list[Reading] = []
        for match in self.pattern.finditer(text):
            start, before = match.start(), match[0]
            found += [_shortest(start, before, after, self.id) for after in self.readings(match) if after != before]
        return list(dict.fromkeys(found)) if len(found) > 1 else found


def _shortest(start: int, before: str, after: str, rule: str) -> Reading:
    """The change without what stays the same at both ends; a letter is left on each side, so that taking out a
    space is the only reading with nothing in it."""
    head, tail = 0, min(len(before), len(after)) - 1
    while tail > 0 and before[-1] == after[-1]:
        before, after, tail = before[:-1], after[:-1], tail - 1
    while head < tail and before[head] == after[head]:
        head += 1
    return Reading(start + head, start + len(before), after[head:], rule)


def always(after: str) -> Readings:
    """A reading that is a template of `re.Match.expand`, for rules that need no choice."""
    return lambda match: (match.expand(after),)
