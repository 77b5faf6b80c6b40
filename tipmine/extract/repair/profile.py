"""The damage profile of a document: for each rule, the share of its possible places at which it was needed.

The damage is the same throughout a font, so what was found in some lines is the best guess for the others. Each share
starts from the rule's prior (`priors.py`), which a single line hardly changes and a whole document does.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from tipmine.extract.repair.catalogue import BY_ID, READING
from tipmine.extract.repair.orthography import SPACES
from tipmine.extract.repair.rule import Reading
from tipmine.extract.repair.rules import displaced, displaced_across, doubled_mark, spaced_mark
from tipmine.thai import CONSONANTS, LEADING

_SWAPS = {rule.id: rule.swap for rule in READING if rule.swap}
_OF_A_LINE = frozenset({displaced.RULE.id, displaced.PAST_TONE.id})
"""Rules for damage whose share differs from line to line."""
_LATE = _OF_A_LINE | {displaced_across.RULE.id}
SPACED = displaced.SPACED | {displaced_across.WITH_SPACE.id: displaced_across.RULE.id}
"""Each rule for a displaced mark whose damage includes the space after it -> the rule for such marks without the
space."""
_LINE_WEIGHT = 5.0
"""Number of places in a line that the document's share counts as much as. Lower: the line itself counts more."""
_NEXT_LETTER = re.compile(f"([{SPACES}]?)[{CONSONANTS}{LEADING}]")
_STEP = 1.0
"""Costs (natural logarithms) are rounded to multiples of this. Lower: more lines are decoded twice."""
_SUREST = 0.99
"""Highest share that a rule is believed to have, so that words can still count against it."""
_STRAY_SPACES = 0.05
"""Share of marks that are assumed to have a stray space before them. A mark after a space is either such a mark, or was
displaced past a real space; the second is more likely the further the line's share of displaced marks is above this.
Higher: more spaces are removed; lower: more are kept."""
_ACROSS = 0.3
"""Share of displaced marks with a stray space before the letter that they passed, where PDF readers see a gap. Higher:
words are joined across real spaces."""
_SPACE_ODDS = 20.0
"""How many times more likely a space follows a displaced mark than any other letter, in fonts where all displaced marks
have one: undamaged Thai has one space in 20 letters. Higher: more spaces are removed."""
_FEWEST_SPACED, _SHARE_SPACED = 2, 0.75
"""If at least so many displaced marks, and this share of those before a letter, have a space after them, the space is
part of the damage. Two of two happen by chance once in 400 times. Lower: real spaces are removed; higher: damage stays
in texts with few displaced marks."""


class Belief(NamedTuple):
    """What is believed about one rule in one font or line; both figures are from 0 to 1."""

    share: float
    """Share of the rule's places that are damaged (`Profile.share`)."""
    kept: float = 1.0
    """Of the letter that the damaged one looks like, the share in its usual shape (`Profile.kept`)."""


Beliefs = dict[str, Belief]


@dataclass(slots=True)
class Profile:
    """What was counted in the lines so far."""

    drawn: bool = False
    """Whether the marks of these lines were put on the letters over which they are drawn."""
    places: Counter[str] = field(default_factory=Counter)
    """By rule, the places at which it offered a reading."""
    uses: Counter[str] = field(default_factory=Counter)
    """By rule, the readings that were taken. Those of the rules in `SPACED` count for the rule without the space."""
    intact: Counter[str] = field(default_factory=Counter)
    """By rule, the undamaged occurrences of the letter that it restores."""
    restored: Counter[str] = field(default_factory=Counter)
    """By letter, the damaged occurrences, regardless of the rule that restored them."""
    followed: Counter[bool] = field(default_factory=Counter)
    """The number of displaced marks before a letter with a space between them (True) and without one (False)."""

    def note(self, text: str, offers: Iterable[Reading], accepted: Iterable[Reading]) -> None:
        """Count one line: offered and accepted readings, and undamaged letters of the kinds that swaps restore."""
        self.places.update(rule for rule, _ in {(offer.rule, offer.start) for offer in offers})
        for reading in accepted:
            self.uses[SPACED.get(reading.rule, reading.rule)] += 1
            if reading.rule in _SWAPS:
                self.restored[_SWAPS[reading.rule].letter] += 1
            if reading.rule in _LATE and (next_letter := _NEXT_LETTER.match(text, reading.end)):
                self.followed[bool(next_letter[1])] += 1
        for rule, swap in _SWAPS.items():
            self.intact[rule] += len(swap.intact.findall(text))

    def share(self, rule: str) -> float:
        """The share of this rule's places that are damaged, from 0 to 1, with its prior."""
        prior, if_drawn = BY_ID[rule].prior, BY_ID[rule].prior_if_drawn
        rate, weight = if_drawn if self.drawn and if_drawn else prior
        return (self.uses[rule] + rate * weight) / (self.possible_places(rule) + weight)

    def possible_places(self, rule: str) -> int:
        """The number of places where this rule's damage could have been.

        These are the places offered or, for damage that makes one letter look like another, all occurrences of the
        first.
        """
        swap = _SWAPS.get(rule)
        return self.intact[rule] + self.restored[swap.letter] if swap else self.places[rule]

    def kept(self, rule: str) -> float:
        """Of the letter that the damaged one looks like, the share, from 0 to 1, in its usual shape.

        1 if the rule names no other rule (`Swap.shape_rule`) that repairs that letter.
        """
        swap = _SWAPS.get(rule)
        if not swap or not swap.shape_rule:
            return 1.0
        usual = self.places[rule] - self.uses[rule]
        return (usual + 1.0) / (usual + self.uses[swap.shape_rule] + 1.0)

    def beliefs(self) -> Beliefs:
        """The belief about every rule that words decide on, from the lines counted."""
        beliefs = {rule.id: Belief(self.share(rule.id), self.kept(rule.id)) for rule in READING}
        return beliefs | _spaced_beliefs(beliefs)

    def spaces_follow(self) -> bool:
        """Whether the spaces after displaced marks are part of the damage."""
        return self.followed[True] >= max(_FEWEST_SPACED, _SHARE_SPACED * self.followed.total())


def line_beliefs(document: Beliefs, text: str, offers: Iterable[Reading], accepted: Iterable[Reading]) -> Beliefs:
    """The beliefs for one line: those of the document, adjusted by what a first reading of the line found.

    `offers` and `accepted` are the readings of `text` in that first reading. Only displacement differs between the
    lines of a font (it depends on how tightly a line is set); lost letters are lost in all of them.
    """
    line = Profile()
    line.note(text, offers, accepted)
    beliefs = {
        rule: Belief((line.uses[rule] + share * _LINE_WEIGHT) / (line.possible_places(rule) + _LINE_WEIGHT), kept)
        for rule, (share, kept) in document.items()
        if rule in _OF_A_LINE
    }
    beliefs |= _rival_beliefs(document, beliefs[displaced.RULE.id].share)
    return document | beliefs | _spaced_beliefs(beliefs)


def _spaced_beliefs(beliefs: Beliefs) -> Beliefs:
    """Beliefs for the rules in `SPACED`: in their fonts a mark with a space after it is more likely to be displaced
    than another mark, by a factor of `_SPACE_ODDS`."""
    shares = {rule: beliefs[plain].share for rule, plain in SPACED.items()}
    return {rule: Belief(_SPACE_ODDS * share / (1.0 + (_SPACE_ODDS - 1.0) * share)) for rule, share in shares.items()}


def _rival_beliefs(document: Beliefs, share: float) -> Beliefs:
    """Beliefs for the rules that explain the same places as displacement, from the line's `share` of displaced marks.

    The higher that share, the more likely a mark after a space was displaced past a real space, and the more likely two
    equal marks in a row belong to two letters.
    """
    past = share / (share + _STRAY_SPACES)
    doubled = min(document[doubled_mark.RULE.id].share, 1.0 - past)
    return {
        displaced.PAST_SPACE.id: Belief(past),
        spaced_mark.RULE.id: Belief(1.0 - past),
        displaced_across.RULE.id: Belief(max(document[displaced_across.RULE.id].share, _ACROSS * share)),
        doubled_mark.RULE.id: Belief(doubled),
    }


def costs(beliefs: Beliefs) -> dict[str, float]:
    """By rule, the cost of taking one of its readings: the log odds against it, rounded to multiples of `_STEP`.

    For damage that makes one letter look like another, only the share of the second letter that is real (`kept`) counts
    against the reading.

    Because of the rounding, a line has the same costs as its document unless it clearly differs, and most lines are
    decoded only once.
    """
    priced: dict[str, float] = {}
    for rule, (share, kept) in beliefs.items():
        damaged = min(_SUREST, share)
        against = kept if rule in _SWAPS else 1.0 - damaged
        priced[rule] = round(math.log(against / damaged) / _STEP) * _STEP
    return priced
