"""Measures how far a text is from what is printed.

Wrong characters are the Levenshtein distance between the text and the truth (insertions, deletions and
substitutions of code points) per 1,000 code points of the truth. Order is measured separately, because a column
read too early would count thousands of correct characters as wrong.
"""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Iterable

from rapidfuzz.distance import Levenshtein

from tipmine.thai import MARK_SET

_PIECE = 12
"""Length of the pieces whose order is compared: long enough to occur once, short enough to survive an error."""


def wrong_per_thousand(pairs: Iterable[tuple[str, str]], *, spaces: bool) -> float:
    """Wrong characters per 1,000 of the truth over `pairs` of (text, truth), with or without white space."""
    wrong = total = 0
    for pair in pairs:
        text, truth = pair if spaces else map(_without_spaces, pair)
        wrong += Levenshtein.distance(text, truth)
        total += len(truth)
    return 1000 * wrong / max(1, total)


def _without_spaces(text: str) -> str:
    return re.sub(r"\s+", "", text)


def comparable_text(text: str) -> str:
    """The text with one space for any white space, and sara am in one spelling, since both look alike in print.

    A line end between Thai letters is removed: whether a printed line ends a phrase is not for the reader to say.
    """
    text = text.replace("\u0e4d\u0e32", "\u0e33").replace("\u200b", "")
    text = re.sub("(?<=[\u0e01-\u0e5b]) ?[\r\n\f]+ ?(?=[\u0e01-\u0e5b])", "", text)
    return re.sub(r"\s+", " ", text).strip()


def in_order(truth: str, text: str) -> float:
    """Share of the pieces of the truth that are in the same order in `text`, of those that occur once in both.

    0 if no piece occurs once in both, as when a text is shorter than a piece.
    """
    there = _once(text)
    places = [there[piece] for piece in _once(truth) if piece in there]
    tails: list[int] = []
    for place in places:
        at = bisect.bisect_left(tails, place)
        tails[at : at + 1] = [place]
    return len(tails) / max(len(places), 1)


def _once(text: str) -> dict[str, int]:
    pieces = [text[at : at + _PIECE] for at in range(len(text) - _PIECE + 1)]
    counts = Counter(pieces)
    return {piece: at for at, piece in enumerate(pieces) if counts[piece] == 1}


def marks_lost(truth: str, text: str) -> int:
    """Number of Thai marks that the truth has more often than the text, regardless of their place."""
    wanted = Counter(letter for letter in truth if letter in MARK_SET)
    return sum((wanted - Counter(letter for letter in text if letter in MARK_SET)).values())


def measure(truth: str, text: str) -> dict[str, float]:
    """All figures of one document: `wrong` and `wrong_with_spaces` per 1,000, `in_order` 0 to 1, `marks_lost`."""
    truth, text = comparable_text(truth), comparable_text(text)
    return {
        "wrong": wrong_per_thousand([(text, truth)], spaces=False),
        "wrong_with_spaces": wrong_per_thousand([(text, truth)], spaces=True),
        "in_order": in_order(_without_spaces(truth), _without_spaces(text)),
        "marks_lost": marks_lost(truth, text),
    }
