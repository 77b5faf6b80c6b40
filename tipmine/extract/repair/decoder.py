"""Finds the most likely original of a damaged text, by a search over possible readings.

The text is a lattice: from every offset one arc leads to the next (the character as it is), and each `Reading` adds
an arc over its span with other letters on it. A path spells a text; its cost is the cost of its words (`lexicon`), of
letters in no known word, of sequences that spelling forbids, and of the readings that it takes. The cheapest path is
found with one pass over the offsets (Viterbi). A state is the beginning of a word, spelt by the letters so far. So the
number of states at an offset is bounded by the length of words, and the time is linear in the length of the text.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from tipmine.extract.repair.lexicon import NOT_SEEN, UNSEEN_LETTER, WORD_START, Lexicon
from tipmine.extract.repair.orthography import FORBIDDEN
from tipmine.extract.repair.rule import Reading
from tipmine.extract.repair.trie import Node
from tipmine.thai import LEADING_SET, is_thai_letter

UNKNOWN_WORD = 7.0
"""Cost of beginning a stretch that no word covers. Higher: letters are forced into known words."""
WHOLE_BEFORE_SPACE = 6.0
"""Extra cost of joining whole words across a space. Lower: the parts of compounds that are set apart are joined."""
_COMMON_WORDS = 14.0
"""Cost below which two or more letters before a space count as whole words: one rare or two common ones."""
BEGUN = 5.0
"""Cost of the end of a word at the beginning of a line. Lower: a damaged first word passes for one."""
CUT = 2.0
"""Extra cost of a word that the end of a line cuts, added to that of the commonest word that it may be."""
IMPOSSIBLE = 14.0
"""Cost of a sequence that spelling forbids. Above the cost of any single reading, so that it is repaired even
where no word helps, and finite, so that a text made of nothing else still has a path."""

Taken = tuple["Taken | None", Reading]
"""Readings taken so far, newest first, as a linked list that paths share."""
State = tuple[float, "Taken | None"]
_NOWHERE: State = (float("inf"), None)


class Layer:
    """The cheapest ways to reach an offset: between two words, inside a stretch of unknown letters (by the last two
    of them), inside a known word (by its letters so far)."""

    __slots__ = ("between", "inside", "unknown")

    def __init__(self) -> None:
        self.between = _NOWHERE
        self.unknown: dict[str, State] = {}
        self.inside: dict[Node, State] = {}


class Priced(NamedTuple):
    """A reading and what taking it costs (negative if the document shows that it is the rule)."""

    reading: Reading
    cost: float
    in_word: bool = False
    """Whether its letters must be part of a known word."""


class Decoded(NamedTuple):
    """The cheapest path: its cost and the readings on it in order."""

    cost: float
    readings: tuple[Reading, ...]


def decode(text: str, offers: Sequence[Priced], lexicon: Lexicon, begun: bool = True, cut: bool = True) -> Decoded:
    """The cheapest path through `text` with `offers`.

    `begun` says that its first word may have begun on the line before, `cut` that its last may continue on the next.
    """
    by_start: dict[int, list[Priced]] = {}
    for offer in offers:
        by_start.setdefault(offer.reading.start, []).append(offer)
    first = Layer()
    first.between = (0.0, None)
    if begun:
        first.unknown[NOT_SEEN] = (BEGUN, None)
    layers: list[Layer | None] = [first] + [None] * len(text)
    for at, char in enumerate(text):
        layer = layers[at]
        if layer is None:
            continue
        layers[at] = None
        new = _step(layer, char, lexicon)
        old = layers[at + 1]
        layers[at + 1] = new if old is None else _merged(old, new)
        for reading, cost, in_word in by_start.get(at, ()):
            moved = _after_reading(layer, reading, lexicon)
            if moved is not None and in_word:
                moved = _only_in_words(moved)
            if moved is not None:
                _pay(moved, cost, reading)
                old = layers[reading.end]
                layers[reading.end] = moved if old is None else _merged(old, moved)
    return _best(layers[-1] or Layer(), CUT if cut else UNKNOWN_WORD)


def _after_reading(layer: Layer, reading: Reading, lexicon: Lexicon) -> Layer | None:
    """`layer` after the letters of `reading`, or None if no spelling allows them."""
    if not reading.after:
        return _after_joining(layer)
    for letter in reading.after:
        layer = _step(layer, letter, lexicon, FORBIDDEN)
        if layer.between is _NOWHERE and not layer.inside and not layer.unknown:
            return None
    return layer


def _only_in_words(layer: Layer) -> Layer:
    """`layer` without the ways whose last letter is not in a known word."""
    new = Layer()
    new.inside = layer.inside
    ends = [(cost + node.cost, path) for node, (cost, path) in layer.inside.items() if node.cost]
    new.between = min(ends, key=lambda state: state[0], default=_NOWHERE)
    return new


def _after_joining(layer: Layer) -> Layer:
    """`layer` after a space was removed.

    Removing it means that it divides a known word. If the letters before it are whole words, it is more likely
    intended. Rare words do not count as whole words, since the lists hold many names of two words as one.
    """
    new = Layer()
    for node, (cost, path) in layer.inside.items():
        whole = node.depth > 1 and layer.between[0] < cost + _COMMON_WORDS
        new.inside[node.strict()] = (cost + WHOLE_BEFORE_SPACE * whole, path)
    return new


def _pay(layer: Layer, cost: float, reading: Reading) -> None:
    """Add the cost of `reading`, and the reading itself, to every way."""
    total, path = layer.between
    layer.between = (total + cost, (path, reading))
    layer.unknown = {key: (total + cost, (path, reading)) for key, (total, path) in layer.unknown.items()}
    layer.inside = {node: (total + cost, (path, reading)) for node, (total, path) in layer.inside.items()}


def _merged(layer: Layer, other: Layer) -> Layer:
    """The cheaper ways of both, in `layer`."""
    if other.between[0] < layer.between[0]:
        layer.between = other.between
    unknown, inside = layer.unknown, layer.inside
    for key, state in other.unknown.items():
        if key not in unknown or state[0] < unknown[key][0]:
            unknown[key] = state
    for node, state in other.inside.items():
        if node not in inside or state[0] < inside[node][0]:
            inside[node] = state
    return layer


def _best(layer: Layer, unfinished: float) -> Decoded:
    ends = [layer.between, *layer.unknown.values()]
    ends += [(cost + unfinished + node.likeliest(), path) for node, (cost, path) in layer.inside.items()]
    cost, path = min(ends, key=lambda state: state[0])
    readings: list[Reading] = []
    while path is not None:
        readings.append(path[1])
        path = path[0]
    return Decoded(cost, tuple(reversed(readings)))


def _step(layer: Layer, char: str, lexicon: Lexicon, never: Collection[str] = ()) -> Layer:
    """The ways after one more character; ways with a pair of letters in `never` end here.

    Uses plain tuples and one pass: nine tenths of the time are spent here.
    """
    new = Layer()
    if not is_thai_letter(char):
        new.between = _leave_thai(layer)
        return new
    end = _NOWHERE
    inside = new.inside
    for node, state in layer.inside.items():
        child = node[char]
        if child is not None:
            inside[child] = state
            if child.cost and state[0] + child.cost < end[0]:
                end = (state[0] + child.cost, state[1])
    letters = lexicon.letters
    cost, path = layer.between
    best, best_key = _NOWHERE, ""
    least = best[0]
    unknown = layer.unknown
    if layer.between is not _NOWHERE:
        child = lexicon.root[char]
        if child is not None:
            inside[child] = layer.between
            if child.cost and cost + child.cost < end[0]:
                end = (cost + child.cost, path)
        unknown = {**unknown, WORD_START: (cost + UNKNOWN_WORD, path)}
    for last, state in unknown.items():
        letter = letters.get(last + char)
        if letter is None:
            letter = UNSEEN_LETTER
            pair = last[1] + char
            if pair in FORBIDDEN:
                if pair in never:
                    continue
                letter += IMPOSSIBLE
        if state[0] + letter < least:
            least = state[0] + letter
            best, best_key = (least, state[1]), last[1] + char
    if best_key:
        new.unknown[best_key] = best
        if best[0] < end[0] and char not in LEADING_SET:
            end = best
    new.between = end
    return new


def _leave_thai(layer: Layer) -> State:
    """The state after a character that is not a Thai letter: all words end, and a leading vowel has no base."""
    best = layer.between
    for key, (cost, path) in layer.unknown.items():
        total = cost + IMPOSSIBLE if key[1] in LEADING_SET else cost
        if total < best[0]:
            best = (total, path)
    return best
