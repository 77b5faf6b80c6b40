"""Reads the lines of one font with what is known about its damage.

A line is cut at spaces and signs that no reading touches; the pieces are independent of each other, so only those
that look damaged are decoded, and each at most once for the same beliefs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from tipmine.extract.repair.catalogue import BY_ID, READING
from tipmine.extract.repair.decoder import Priced, decode
from tipmine.extract.repair.foreign import FOREIGN_ID, ForeignMarks
from tipmine.extract.repair.lexicon import Lexicon, looks_undamaged
from tipmine.extract.repair.lost import NOTHING_KNOWN, LostLetters
from tipmine.extract.repair.orthography import LOST, first_impossible
from tipmine.extract.repair.profile import Beliefs, costs
from tipmine.extract.repair.rule import Reading, Rule

_ACTIVE = 4.0
"""Factor by which a rule's share must exceed its first belief for the rule to be looked for in every line."""

_LONGEST = 2_000
"""Letters without a space after which a piece is cut anywhere: no printed line has as many. Higher: reading a piece
takes more memory; lower: more words are cut in two."""


class Piece(NamedTuple):
    """A part of a line between two spaces that no reading touches, and the readings offered inside it."""

    start: int
    text: str
    offers: tuple[Priced, ...]
    begun: bool
    """Whether there is no space before the piece: it may begin with the end of a word."""
    cut: bool
    """Whether there is no space after the piece: its last word may be cut short."""


@dataclass(slots=True)
class Reader:
    """What is known about a font while its lines are read."""

    lexicon: Lexicon
    foreign: ForeignMarks
    woken: frozenset[str]
    """Dormant rules for which the document gave a reason."""
    lost: LostLetters = NOTHING_KNOWN
    drawn: bool = False
    """Whether the marks were put on the letters over which they are drawn."""
    rules: tuple[Rule, ...] = field(init=False)
    beliefs: Beliefs = field(default_factory=dict)
    _decoded: dict[tuple[str, bool, bool, tuple[float, ...]], tuple[Reading, ...]] = field(default_factory=dict)
    _looks: dict[str, bool] = field(default_factory=dict)
    _offers: dict[str, list[Reading]] = field(default_factory=dict)
    _prices: tuple[Beliefs, dict[str, float]] | None = None

    def __post_init__(self) -> None:
        self.rules = tuple(rule for rule in READING if not rule.dormant or rule.id in self.woken)

    def waking(self, rules: frozenset[str]) -> Reader:
        """A reader with the same knowledge, with dormant `rules` woken."""
        return Reader(self.lexicon, self.foreign, self.woken | rules, self.lost, self.drawn)

    def suspicious(self, text: str) -> bool:
        """Whether `text` has letters outside known words, an impossible sequence, or a lost character."""
        known = self._looks.get(text)
        if known is None:
            known = first_impossible(text) >= 0 or LOST in text or not looks_undamaged(text, self.lexicon)
            self._looks[text] = known
        return known

    def active(self) -> frozenset[str]:
        """The rules that the document was found to need."""
        grown = {rule for rule, belief in self.beliefs.items() if belief.share > _ACTIVE * BY_ID[rule].prior.rate}
        return frozenset(grown | {FOREIGN_ID} if self.foreign.marks else grown)

    def offers(self, text: str) -> list[Reading]:
        """Every reading that the rules offer for places of `text`."""
        offers = self._offers.get(text)
        if offers is None:
            offers = self._offers[text] = [reading for rule in self.rules for reading in rule.candidates(text)]
        return offers

    def read(self, text: str, offers: list[Reading], beliefs: Beliefs, wanted: frozenset[str]) -> list[Reading]:
        """The readings that make `text` most likely: in suspicious pieces, and where a `wanted` rule applies."""
        # Most lines are undamaged: then no piece of them is suspicious either.
        if FOREIGN_ID not in wanted and not self.suspicious(text) and not any(offer.rule in wanted for offer in offers):
            return []
        if self._prices is None or self._prices[0] is not beliefs:
            self._prices = (beliefs, costs(beliefs))
        accepted: list[Reading] = []
        for piece in _pieces(text, self._priced(text, offers, self._prices[1])):
            if any(offer.reading.rule in wanted for offer in piece.offers) or (
                piece.offers and self.suspicious(piece.text)
            ):
                for reading in self._read_piece(piece):
                    start, end, after, rule = reading
                    accepted.append(Reading(start + piece.start, end + piece.start, after, rule))
        return accepted

    def _priced(self, text: str, offers: list[Reading], priced: dict[str, float]) -> list[Priced]:
        known = [Priced(offer, priced[offer.rule]) for offer in offers]
        return known + self.foreign.offers(text) + self.lost.offers(text)

    def _read_piece(self, piece: Piece) -> tuple[Reading, ...]:
        key = (piece.text, piece.begun, piece.cut, tuple(offer.cost for offer in piece.offers))
        readings = self._decoded.get(key)
        if readings is None:
            readings = decode(piece.text, piece.offers, self.lexicon, piece.begun, piece.cut).readings
            self._decoded[key] = readings
        return readings


def _pieces(text: str, offers: list[Priced]) -> Iterator[Piece]:
    """The parts of `text` that can be read on their own, in order."""
    offers.sort(key=lambda offer: (offer.reading.start, offer.reading.end))
    bounds = list(_bounds(text, offers))
    at = 0
    for start, end in bounds:
        own: list[Priced] = []
        while at < len(offers) and offers[at].reading.start < end:
            (first, last, after, rule), cost, in_word = offers[at]
            own.append(Priced(Reading(first - start, last - start, after, rule), cost, in_word))
            at += 1
        begun, cut = text[start - 1 : start] != " ", text[end : end + 1] != " "
        yield Piece(start, text[start:end], tuple(own), begun, cut)


def _bounds(text: str, offers: list[Priced]) -> Iterator[tuple[int, int]]:
    start = reach = at = 0
    for place, char in enumerate(text):
        while at < len(offers) and offers[at].reading.start <= place:
            reach = max(reach, offers[at].reading.end)
            at += 1
        if char == " " and place >= reach:
            if place > start:
                yield start, place
            start = place + 1
        elif place - start >= _LONGEST and place >= reach:
            yield start, place
            start = place
    if len(text) > start:
        yield start, len(text)
