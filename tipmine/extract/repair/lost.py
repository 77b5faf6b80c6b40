"""Learns what U+FFFD stands for in the lines of one font.

A glyph without a Unicode value comes out as U+FFFD: in one font that is always sara aa, in another it is any tone mark.
So every letter that may be lost is tried at every place, and the words decide; their verdict at the clear places is the
guess for the others. Where nothing makes a word, U+FFFD stays: an invented letter would be worse.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tipmine.extract.repair.decoder import Priced, decode
from tipmine.extract.repair.lexicon import Lexicon
from tipmine.extract.repair.orthography import LOST
from tipmine.extract.repair.rule import Reading
from tipmine.extract.repair.rules import foreign_mark
from tipmine.extract.repair.trial import STANDS_FOR
from tipmine.thai import CONSONANT_SET, CONSONANTS, LEADING_SET, MARKS, SARA_A, SARA_AA, SARA_AM, THAI

UNKNOWN_ID = foreign_mark.UNKNOWN.id

_MARK, _VOWEL, _CONSONANT = 2.5, 3.5, 5.0
"""Cost of reading U+FFFD as a given letter of a kind while nothing is known: some letter must have been there. Marks
and sara aa are lost most often. Higher: longer words are needed as evidence."""
_FIRST = dict.fromkeys(STANDS_FOR + SARA_AA, _MARK) | dict.fromkeys([SARA_AM, SARA_A, *LEADING_SET], _VOWEL)
_CONSONANT_TOO = _FIRST | dict.fromkeys(CONSONANT_SET, _CONSONANT)
_WEIGHT = 3.0
"""Number of places that this first guess counts as much as. Higher: more places are needed to learn."""
_ROUNDS = 2
"""Readings of the places: the second uses the costs found by the first. Each costs as much as decoding all places."""
_PLACES = 60
"""Most places decoded, counting those that differ in the two letters on each side. Higher: rare letters are learnt, but
it takes longer."""
_AROUND = 40
"""Letters on each side of a place that are read with it. Lower: long words are cut."""
_FEWEST = 3
"""Fewest places that must agree before a consonant is considered, and before letters are put into unknown words."""
_UNREAD = 0.5
"""Share of the places without a reading from which the lost letter may be a consonant."""
_ONE_MEANING = 0.8
"""Share of the places read that must agree for the font to have lost one letter only."""

_AFTER_BASE = re.compile(f"(?<=[{CONSONANTS}{MARKS}{LOST}]){LOST}")
_BEFORE_BASE = re.compile(f"{LOST}(?=[{CONSONANTS}])")
_BESIDE = re.compile(f"(?<=[{THAI}]){LOST}|{LOST}(?=[{THAI}])")
_COUNTED = re.compile(f"{LOST}(?![{SARA_AA}{SARA_AM}])")
"""U+FFFD that counts: before sara aa and sara am it is most likely a nikhahit, which the rules `lost-am` repair."""

Place = tuple[str, int]
"""A stretch of a line and the offset of a U+FFFD in it."""


@dataclass(frozen=True, slots=True)
class LostLetters:
    """The cost of each letter that U+FFFD may be, and the letter that it always is, if the font has lost one only."""

    costs: Mapping[str, float]
    always: str = ""

    def offers(self, text: str) -> list[Priced]:
        """The readings of every U+FFFD of `text`."""
        if LOST not in text:
            return []
        after, before, beside = (
            [match.start() for match in place.finditer(text)] for place in (_AFTER_BASE, _BEFORE_BASE, _BESIDE)
        )
        return [
            self._priced(at, letter)
            for letter in self.costs
            for at in (before if letter in LEADING_SET else beside if letter in CONSONANT_SET else after)
        ]

    def _priced(self, at: int, letter: str) -> Priced:
        return Priced(Reading(at, at + 1, letter, UNKNOWN_ID), self.costs[letter], letter != self.always)


NOTHING_KNOWN = LostLetters(_FIRST)


def learn_lost(texts: Sequence[str], lexicon: Lexicon) -> LostLetters:
    """What U+FFFD stands for in the lines of one font."""
    places: dict[str, Place] = {}
    for text in texts:
        for match in _COUNTED.finditer(text) if LOST in text else ():
            start = max(0, match.start() - _AROUND)
            place = text[start : match.end() + _AROUND], match.start() - start
            places.setdefault(text[max(0, match.start() - 2) : match.end() + 2], place)
    if not places:
        return NOTHING_KNOWN
    sample = list(places.values())[:: -(-len(places) // _PLACES)]
    learnt, read = _learnt(sample, _FIRST, lexicon)
    if len(sample) >= _FEWEST and read[""] > _UNREAD * read.total():
        other, reread = _learnt(sample, _CONSONANT_TOO, lexicon)
        if other.always in CONSONANT_SET and reread[""] < read[""]:
            return other
    return learnt


def _learnt(sample: Sequence[Place], first: Mapping[str, float], lexicon: Lexicon) -> tuple[LostLetters, Counter[str]]:
    lost, read = LostLetters(first), Counter[str]()
    for _ in range(_ROUNDS):
        read = _read(sample, lost, lexicon)
        left = read[""] + _WEIGHT
        costs = {letter: math.log(left / (read[letter] + _WEIGHT * math.exp(-cost))) for letter, cost in first.items()}
        some = read.total() - read[""]
        often = [letter for letter in first if read[letter] >= max(_FEWEST, _ONE_MEANING * some)]
        lost = LostLetters(costs, "".join(often))
    return lost, read


def _read(sample: Sequence[Place], lost: LostLetters, lexicon: Lexicon) -> Counter[str]:
    """How many places were read as each letter; the empty string stands for no reading."""
    read = Counter[str]()
    for text, at in sample:
        reading_at = {reading.start: reading.after for reading in decode(text, lost.offers(text), lexicon).readings}
        read[reading_at.get(at, "")] += 1
    return read
