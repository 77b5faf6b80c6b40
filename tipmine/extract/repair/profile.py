"""The damage profile of a document: for each rule, the share of its possible places at which it was needed.

The damage is the same throughout a font, so what was found in some lines is the best guess for the others. The share
is estimated with the rule's own prior (`rate`, worth `weight` places): a single line hardly changes it, a whole
document does.
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

_OF_LETTERS = tuple(rule for rule in READING if rule.intact)
_OF_A_LINE = frozenset({displaced.RULE.id, displaced.PAST_TONE.id})
_LATE = _OF_A_LINE | {displaced_across.RULE.id}
SPACED = displaced.SPACED | {displaced_across.WITH_SPACE.id: displaced_across.RULE.id}
"""The rules for late marks with a space behind them that is part of the damage, and those for the same without."""
_LINE_WEIGHT = 5.0
"""Places that the document's share is worth against those of one line; lower follows the line more."""
_NEXT_LETTER = re.compile(f"([{SPACES}]?)[{CONSONANTS}{LEADING}]")
_STEP = 1.0
"""Steps in which costs are counted (natural logarithm); finer ones have more lines decoded twice."""
_SUREST = 0.99
"""No rule is believed beyond this, so that words can still speak against it."""
_STRAY_SPACES = 0.05
"""Share of marks with a stray space before them that is taken for granted in a line: the weight against a share of
displaced marks that tells whether the space is stray or was passed by the mark."""
_ACROSS = 0.3
"""Share of late marks that have a stray space before the letter passed, for that is where readers see a gap; higher
joins words over spaces."""
_SPACE_ODDS = 20.0
"""Letters of undamaged Thai for each space: how many times likelier a space follows a displaced mark than another
letter, in fonts where it always does."""
_FEWEST_SPACED, _SHARE_SPACED = 2, 0.75
"""Displaced marks with a space, and their share of those before a letter, from which the space belongs to the damage.
Two of two come by chance once in 400 times; lower takes real spaces out, higher leaves lines of few marks."""


class Belief(NamedTuple):
    """The share of a rule's places that are damaged, and of undamaged letters that look it."""

    share: float
    kept: float = 1.0


Beliefs = dict[str, Belief]


@dataclass(slots=True)
class Profile:
    """Places and uses of each rule so far."""

    places: Counter[str] = field(default_factory=Counter)
    uses: Counter[str] = field(default_factory=Counter)
    intact: Counter[str] = field(default_factory=Counter)
    family: Counter[str] = field(default_factory=Counter)
    followed: Counter[bool] = field(default_factory=Counter)
    """Displaced marks before a letter: whether a space is between."""

    def note(self, text: str, offers: Iterable[Reading], taken: Iterable[Reading]) -> None:
        """Count a line: what was offered, what was taken of it, and the letters that are not damaged."""
        self.places.update(rule for rule, _ in {(offer.rule, offer.start) for offer in offers})
        for reading in taken:
            self.uses[SPACED.get(reading.rule, reading.rule)] += 1
            self.family[BY_ID[reading.rule].family] += 1
            if reading.rule in _LATE and (next_letter := _NEXT_LETTER.match(text, reading.end)):
                self.followed[bool(next_letter[1])] += 1
        for rule in _OF_LETTERS:
            self.intact[rule.id] += len(rule.intact.findall(text)) if rule.intact else 0

    def share(self, rule: str) -> float:
        """The share of this rule's places that are damaged."""
        known = BY_ID[rule]
        return (self.uses[rule] + known.rate * known.weight) / (self.at(rule) + known.weight)

    def at(self, rule: str) -> int:
        """The places at which this rule's damage could have been: those offered, or the letters it damages."""
        known = BY_ID[rule]
        return self.places[rule] if known.intact is None else self.intact[rule] + self.family[known.family]

    def kept(self, rule: str) -> float:
        """The share of the undamaged letter's occurrences that come in its own shape; 1 if nothing rivals it."""
        rival = BY_ID[rule].rival
        own = self.places[rule] - self.uses[rule]
        return (own + 1.0) / (own + self.uses[rival] + 1.0) if rival else 1.0

    def beliefs(self) -> Beliefs:
        """What the lines counted say about every rule that words decide on."""
        beliefs = {rule.id: Belief(self.share(rule.id), self.kept(rule.id)) for rule in READING}
        return beliefs | _spaced_beliefs(beliefs)

    def spaces_follow(self) -> bool:
        """Whether the spaces behind displaced marks are part of the damage."""
        return self.followed[True] >= max(_FEWEST_SPACED, _SHARE_SPACED * self.followed.total())


def line_beliefs(document: Beliefs, text: str, offers: Iterable[Reading], taken: Iterable[Reading]) -> Beliefs:
    """The beliefs for one line: the document's, moved towards what a first reading of the line found.

    Only displacement differs from line to line (with how tight the line is set); lost letters are lost all through.
    """
    line = Profile()
    line.note(text, offers, taken)
    beliefs = {
        rule: Belief((line.uses[rule] + share * _LINE_WEIGHT) / (line.at(rule) + _LINE_WEIGHT), kept)
        for rule, (share, kept) in document.items()
        if rule in _OF_A_LINE
    }
    beliefs |= _rival_beliefs(document, beliefs[displaced.RULE.id].share)
    return document | beliefs | _spaced_beliefs(beliefs)


def _spaced_beliefs(beliefs: Beliefs) -> Beliefs:
    """A mark before a space is the likelier displaced where displaced ones always have a space behind them."""
    shares = {rule: beliefs[plain].share for rule, plain in SPACED.items()}
    return {rule: Belief(_SPACE_ODDS * share / (1.0 + (_SPACE_ODDS - 1.0) * share)) for rule, share in shares.items()}


def _rival_beliefs(document: Beliefs, share: float) -> Beliefs:
    """What else a share of displaced marks explains: a mark after a space went past a real one, and one that stands
    twice belongs to two letters."""
    past = share / (share + _STRAY_SPACES)
    doubled = min(document[doubled_mark.RULE.id].share, 1.0 - past)
    return {
        displaced.PAST_SPACE.id: Belief(past),
        spaced_mark.RULE.id: Belief(1.0 - past),
        displaced_across.RULE.id: Belief(max(document[displaced_across.RULE.id].share, _ACROSS * share)),
        doubled_mark.RULE.id: Belief(doubled),
    }


def costs(beliefs: Beliefs) -> dict[str, float]:
    """What taking a reading of each rule costs, in steps: the log odds against it.

    Where damage makes one letter look like another, the other letter is never damaged into the first; what stands
    against the reading is then only how often the letter comes undamaged.

    Steps make the costs of a line equal to those of its document unless it differs for real, so that most lines
    are decoded once.
    """
    priced: dict[str, float] = {}
    for rule, (share, kept) in beliefs.items():
        damaged = min(_SUREST, share)
        against = kept if BY_ID[rule].intact else 1.0 - damaged
        priced[rule] = round(math.log(against / damaged) / _STEP) * _STEP
    return priced
