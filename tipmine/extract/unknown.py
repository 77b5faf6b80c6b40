"""Glyphs for which neither map nor font gives a text: they get a stand-in, which is later read from the context.

A stand-in is one character of a private plane, so that marks attach and lines are laid out as if the glyph were known.
After all pages are laid out, each stand-in is tried as every letter of a similar look (a mark above, a mark below, a
letter); the one that gives the most likely words in all its places together wins. If words do not decide, the map's
reading is used and the line is doubtful.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from tipmine.digits import THAI_DIGITS
from tipmine.thai import (
    ABOVE_VOWELS,
    BELOW_MARKS,
    CARRIERS,
    MARKS,
    NIKHAHIT,
    THANTHAKHAT,
    TONES,
    count_thai,
    in_storage_order,
    is_mark,
    join_sara_am,
)

FIRST = 0xF0000
"""First stand-in: plane 15, in which only icon fonts have letters; `without_stand_ins` removes those."""

MOST = 2_000
"""Most stand-ins of one document; a file with more has no usable text and needs OCR."""

CONTEXT = 14
"""Letters on each side of a stand-in among which words are sought."""

SAMPLES = 24
"""Most places of one stand-in that are examined. Higher: more time, same result."""

MOST_COST = 3.0
"""Highest cost per letter (natural logarithm of its rarity) of the best reading. Prose has 1 to 2.5, with words cut at
both ends."""

LEAD = 4.0
"""Least difference of cost, in all places together, between the best reading and the next (natural logarithm)."""

HINT = 8.0
"""Discount on the cost of a reading that another font of the document has for the same glyph number."""

LEAST_THAI = 4
"""Fewest Thai letters of a context that is used."""
STRANGERS = 0.25
"""Share of other stand-ins in a context from which the context is not used."""

_STAND_IN = re.compile(f"[{chr(FIRST)}-{chr(FIRST + MOST - 1)}]")

Kind = Literal["above", "pair", "below", "letter", "hidden"]

_LETTERS = [
    *sorted(CARRIERS),
    *"\u0e2f\u0e30\u0e32\u0e33\u0e40\u0e41\u0e42\u0e43\u0e44\u0e46",
    *THAI_DIGITS,
    *"-/.,():\u201c\u201d",
]

_SINGLE = [*TONES, *ABOVE_VOWELS, THANTHAKHAT, NIKHAHIT]
_PAIR = [
    *(NIKHAHIT + tone for tone in TONES),
    *(vowel + tone for vowel in ABOVE_VOWELS for tone in TONES),
    "\N{THAI CHARACTER SARA I}" + THANTHAKHAT,
]
_CANDIDATES: dict[Kind, list[str]] = {
    "above": _SINGLE,
    "pair": _PAIR,
    "hidden": [*_SINGLE, *_PAIR, ""],
    "below": list(BELOW_MARKS),
    "letter": _LETTERS,
}


@dataclass(frozen=True, slots=True)
class Unknown:
    """What is known of such a glyph: its font and code, its text by the map, and what its look allows."""

    font: str
    code: int
    """Its code in the font: a map may give two glyphs the same text, but each has its own reading."""
    plain: str
    kind: Kind
    contours: int = 0
    """Number of contours of its outline; 0 if unknown."""
    choices: tuple[str, ...] = ()
    """The only letters that it can be, if more is known than its look."""


class UnknownGlyphs:
    """The glyphs of a document without a reading, and their stand-ins."""

    def __init__(self) -> None:
        self._known: dict[Unknown, str] = {}
        self._back: dict[str, Unknown] = {}
        self._hints: dict[str, set[str]] = defaultdict(set)
        self._told: dict[str, str] = {}
        self.unread: set[str] = set()
        """Stand-ins that `solve` could not read: their lines are in doubt, whatever the map says."""
        self._contours: dict[tuple[str, str], set[int]] = defaultdict(set)

    def stand_in(
        self, font: str, code: int, plain: str, kind: Kind, contours: int = 0, choices: tuple[str, ...] = ()
    ) -> str:
        """The stand-in of a glyph, the same in all its places; the map's reading if there are too many stand-ins."""
        key = Unknown(font, code, plain, kind, contours, choices)
        if key not in self._known:
            if len(self._known) >= MOST:
                return plain
            self._known[key] = chr(FIRST + len(self._known))
            self._back[self._known[key]] = key
        return self._known[key]

    def hint(self, plain: str, text: str) -> None:
        """Record the reading of the same glyph number in another font: fonts of one family are numbered alike."""
        if plain.startswith("(cid:"):
            self._hints[plain].add(text)

    def seen(self, font: str, text: str, contours: int) -> None:
        """Record the number of contours of a font's known mark; its shifted forms have as many."""
        self._contours[font, text].add(contours)

    def _may_be(self, glyph: Unknown, candidate: str) -> bool:
        known = self._contours.get((glyph.font, candidate))
        return not glyph.contours or not known or glyph.contours in known

    def tell(self, stand_in: str, text: str) -> None:
        """Record the reading that ActualText gives for the glyph in one of its places."""
        self._told.setdefault(stand_in, text)

    def take_in(self, other: UnknownGlyphs) -> dict[str, str] | None:
        """Takes in what is known from later pages; gives their stand-ins -> those here, None if too many."""
        if len(self._known.keys() | other._known.keys()) > MOST:
            return None
        names = {
            there: self.stand_in(glyph.font, glyph.code, glyph.plain, glyph.kind, glyph.contours, glyph.choices)
            for glyph, there in other._known.items()
        }
        for plain, texts in other._hints.items():
            self._hints[plain] |= texts
        for stand_in, text in other._told.items():
            self.tell(names[stand_in], text)
        for letter, contours in other._contours.items():
            self._contours[letter] |= contours
        return names

    def __len__(self) -> int:
        return len(self._known)

    def solve(self, lines: Iterable[str], cost: Callable[[str], float]) -> dict[str, str]:
        """Stand-in -> reading, for all stand-ins of these lines; the map's reading if words do not decide.

        `cost` gives the cost of the likeliest words of a text, as a negative logarithm of their probability.
        """
        places: dict[str, list[str]] = defaultdict(list)
        for line in lines:
            for hit in _STAND_IN.finditer(line):
                places[hit.group()].append(line[max(0, hit.start() - CONTEXT) : hit.end() + CONTEXT])
        answers = dict(self._told)
        for _ in range(2):
            for letter in sorted(places, key=lambda key: -len(places[key])):
                if letter not in answers and (answer := self._name(letter, places[letter], answers, cost)):
                    answers[letter] = answer
        self.unread |= {letter for letter in places if letter not in answers and not _draws_as_said(self._back[letter])}
        return {letter: answers.get(letter, self._fallback(letter)) for letter in places}

    def _name(self, letter: str, contexts: list[str], answers: dict[str, str], cost: Callable[[str], float]) -> str:
        """The reading that gives the most likely words in the contexts; empty if none clearly does."""
        glyph = self._back[letter]
        candidates = [
            candidate for candidate in glyph.choices or _CANDIDATES[glyph.kind] if self._may_be(glyph, candidate)
        ]
        likely = {other: one.choices[0] for other, one in self._back.items() if one.choices and other != letter}
        counts = Counter(substitute(context, likely | answers, keep=True) for context in contexts)
        sample = [text for text, _ in counts.most_common(SAMPLES) if _is_thai_prose(text)]
        if not sample or not candidates:
            return ""
        hints = self._hints.get(glyph.plain, ())
        costs = sorted(
            (sum(cost(substitute(text, {letter: choice})) for text in sample) - HINT * (choice in hints), choice)
            for choice in candidates
        )
        if costs[0][0] > MOST_COST * sum(map(count_thai, sample)):
            return ""
        return costs[0][1] if len(costs) == 1 or costs[1][0] - costs[0][0] >= LEAD else ""

    def _fallback(self, letter: str) -> str:
        """What the map says, or the likeliest choice if that is none; nothing for a glyph that draws nothing."""
        glyph = self._back[letter]
        if glyph.choices and glyph.plain not in glyph.choices:
            return glyph.choices[0]
        return "" if glyph.kind == "hidden" else glyph.plain


def _draws_as_said(glyph: Unknown) -> bool:
    """Whether a glyph may be what its map says: it draws nothing, or is a mark of another script (an overline)."""
    foreign = bool(glyph.plain) and unicodedata.combining(glyph.plain[-1]) > 0 and not is_mark(glyph.plain[-1])
    return glyph.kind == "hidden" or glyph.plain in glyph.choices or (foreign and glyph.kind in ("above", "below"))


_MARK_RUN = re.compile(f"[{MARKS}]{{2,}}")


def without_stand_ins(text: str) -> str:
    """The text as a file gives it, with U+FFFD for icons whose codes are those of stand-ins: they are not letters."""
    return _STAND_IN.sub("\N{REPLACEMENT CHARACTER}", text)


def is_stand_in(text: str) -> bool:
    """Whether a reading is the stand-in of a glyph: this one character and nothing else."""
    return bool(_STAND_IN.fullmatch(text))


def _is_thai_prose(text: str) -> bool:
    """Whether a context can decide a reading: it has Thai letters and few other stand-ins."""
    strangers = sum(1 for letter in text if is_stand_in(letter)) - 1
    return count_thai(text) >= LEAST_THAI and strangers <= STRANGERS * len(text)


def substitute(text: str, readings: dict[str, str], *, keep: bool = False) -> str:
    """The text with stand-ins replaced by their readings, and with marks in storage order again.

    Stand-ins without a reading are removed, or stay if `keep` says so.
    """
    if not _STAND_IN.search(text):
        return text
    text = _STAND_IN.sub(lambda hit: readings.get(hit.group(), hit.group() if keep else ""), text)
    text = _MARK_RUN.sub(lambda hit: in_storage_order(hit.group()), text)
    return join_sara_am(text)
