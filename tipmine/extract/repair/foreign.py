"""Learns from context which Thai marks are meant by the wrong characters of a font without a map.

If a font gives no Unicode values for its tone marks, the text has the glyph's number as a character instead: a Latin
letter, a sign, a digit, a spacing accent, `(cid:201)`. The number is the same throughout the font, so every
occurrence is the same mark. Signs that often come right after a Thai letter are suspects; a sample of their lines is
decoded with every mark as a possible reading, and if the words agree on one mark, that is what the sign means.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tipmine.extract.repair.decoder import Priced, decode
from tipmine.extract.repair.edits import Change
from tipmine.extract.repair.lexicon import Lexicon
from tipmine.extract.repair.rule import Reading
from tipmine.extract.repair.rules import foreign_mark
from tipmine.extract.repair.trial import STANDS_FOR, find_by_trial
from tipmine.thai import CONSONANTS, VOWEL_MARKS

FOREIGN_ID = foreign_mark.RULE.id

_SIGN = "\\(cid:\\d{1,5}\\)|[^\\s\ufffd\u0e00-\u0e7f\ue000-\uf8ff.,:;()\"'\u2018-\u201f]"
"""A sign that may stand for a mark. Full stops, brackets and quotation marks are left out: they often follow Thai
letters in their own right, above all in abbreviations. U+FFFD is no glyph's own number (`lost.py`)."""
_ONE = re.compile(_SIGN)
_ROW = re.compile(f"(?<=[{CONSONANTS}{VOWEL_MARKS}])(?:{_SIGN}){{1,2}}")
"""One or two signs after a consonant or vowel mark: a consonant may carry two marks that both lack a value."""
_SEEN = 3
"""Fewest different contexts in which a sign must occur and be read as a mark. Lower: the result is unsafe."""
_SEEN_ODD = 2
"""Fewest such contexts for signs that nobody writes in Thai text."""
_SAMPLE = 60
"""Occurrences that are decoded for each suspect."""
_AGREE = 0.7
"""Share of the mark readings that must agree on one mark."""
_ENOUGH = 0.4
"""Share of occurrences that must be read as any mark: digits and punctuation also stand for themselves."""
_SURE = 0.98
"""Strongest belief that a sign is a mark; below 1, so that a place where it cannot be one is left alone."""
_STRAY = 10.0
"""Cost of leaving, inside Thai, a sign that is a mark everywhere else."""
_GUESS = 4.0
"""Cost of reading a sign as a given mark while nothing is known. Higher: longer words are needed as evidence."""


@dataclass(frozen=True, slots=True)
class ForeignMarks:
    """What each sign stands for, with the share of its occurrences that do so."""

    marks: Mapping[str, tuple[str, float]]
    certain: Mapping[str, str] = field(default_factory=dict)
    """Signs that are always a mark, wherever they appear: found by trial where marks are out of place."""

    def changes(self, text: str) -> list[Change]:
        """The certain signs of `text` with their marks."""
        signs = ((match, self.certain.get(match[0])) for match in (_ONE.finditer(text) if self.certain else ()))
        return [(match.start(), match.end(), mark, FOREIGN_ID) for match, mark in signs if mark]

    def offers(self, text: str) -> list[Priced]:
        """The readings of `text` that the learnt signs offer."""
        offers: list[Priced] = []
        for start, sign in _signs(text) if self.marks else ():
            if sign in self.marks:
                mark, share = self.marks[sign]
                cost = math.log((1.0 - share) / share) - (_STRAY if share > _no_doubt(sign) else 0.0)
                offers.append(Priced(Reading(start, start + len(sign), mark, FOREIGN_ID), cost))
        return offers


def _no_doubt(sign: str) -> float:
    """The share from which a sign inside Thai never stands for itself, as figures and Latin letters often do."""
    return 0.95 if sign.isascii() and sign.isalnum() else 0.6


def _signs(text: str) -> Iterator[tuple[int, str]]:
    """Offset and text of each sign at a place where a mark is possible."""
    for row in _ROW.finditer(text):
        for match in _ONE.finditer(text, row.start(), row.end()):
            yield match.start(), match[0]


def learn_foreign(texts: Sequence[str], lexicon: Lexicon) -> ForeignMarks:
    """Find the signs that stand for marks in the lines of one font."""
    places: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for number, text in enumerate(texts):
        for start, sign in _signs(text):
            places[sign].setdefault(_surroundings(text, start, sign), number)
    suspects = {sign for sign, seen in places.items() if len(seen) >= _needed(sign)}
    if not suspects:
        return ForeignMarks({})
    chosen: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for number in _sample(places, suspects):
        text = texts[number]
        offers = [
            Priced(Reading(start, start + len(sign), mark, FOREIGN_ID), _GUESS)
            for start, sign in _signs(text)
            if sign in suspects
            for mark in STANDS_FOR
        ]
        reading_at = {r.start: r.after for r in decode(text, offers, lexicon).readings}
        for start, sign in {(p.reading.start, text[p.reading.start : p.reading.end]) for p in offers}:
            chosen[sign][_surroundings(text, start, sign)] = reading_at.get(start, "")
    agreed = ((sign, _agreed(Counter(readings.values()), _needed(sign))) for sign, readings in chosen.items())
    marks = {sign: meaning for sign, meaning in agreed if meaning}
    tried = [sign for sign in suspects - set(marks) if _odd(sign)]
    left = sorted(tried, key=lambda sign: (-len(places[sign]), sign))
    return ForeignMarks(marks, find_by_trial(texts, left, lexicon))


def _needed(sign: str) -> int:
    return _SEEN_ODD if _odd(sign) else _SEEN


def _odd(sign: str) -> bool:
    """Whether nobody writes `sign` in Thai text on purpose."""
    return sign.startswith("(cid:") or "\u0100" <= sign < "\u0370"


def _surroundings(text: str, start: int, sign: str) -> str:
    """Two letters before a sign and two after it: `พ.ศ.` a hundred times proves no more than once."""
    end = start + len(sign)
    return f"{text[max(0, start - 2) : start]}|{text[end : end + 2]}"


def _sample(places: Mapping[str, Mapping[str, int]], suspects: set[str]) -> list[int]:
    lines: set[int] = set()
    for sign in suspects:
        own = list(dict.fromkeys(places[sign].values()))
        lines.update(own[:: max(1, len(own) // _SAMPLE)][:_SAMPLE])
    return sorted(lines)


def _agreed(chosen: Counter[str], needed: int) -> tuple[str, float] | None:
    total, none = chosen.total(), chosen[""]
    read = total - none
    if read < needed or read < _ENOUGH * total:
        return None
    mark, count = max(((m, n) for m, n in chosen.items() if m), key=lambda pair: pair[1])
    return (mark, min(_SURE, read / total)) if count >= _AGREE * read else None
