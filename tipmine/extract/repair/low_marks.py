"""Finds lines that lost their low marks: there are none, and the words ask for as many as Thai usually has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tipmine.extract.repair.decoder import Priced, decode
from tipmine.extract.repair.lexicon import Lexicon
from tipmine.extract.repair.orthography import LOST
from tipmine.extract.repair.rules import lost_low
from tipmine.thai import count_letters

_FEWEST = 80
"""Fewest Thai letters without a low mark that are worth a trial. Undamaged text has 5 low marks in as many. Lower: more
undamaged lines are tried in vain, and each trial sees less."""
_FEWEST_BESIDE = 10
"""Fewest such letters where another font of the document lost its low marks: headings are set in a font of their
own."""
_STRAY = 0.1
"""Largest share of the expected low marks that all lines of a font may have kept. Higher: damage of another kind, which
leaves some, is taken for this one."""
_ASKED = 0.4
"""Least share of the expected low marks that the words must ask for. Lower: chance is believed; higher: texts full of
names are missed."""
_ASKED_OF_RUN = 0.6
"""Least such share for rows of lines whose font has low marks elsewhere: long lists of place names may have none, and
words that differ in such marks ask for half as many."""
_TRIED = 600
"""Most Thai letters that are tried. Higher: it takes longer."""
_PRICE = 2.0
"""Cost of a mark in the trial. Lower: marks are found in undamaged text, too."""
_STANDS_FOR_MARK = re.compile(f"{LOST}|[\ue000-\uf8ff\u0100-\u036f]|\\(cid:")
"""What appears in place of marks that other damage removed."""


def lines_without(texts: Sequence[str], lexicon: Lexicon, beside: bool = False) -> frozenset[int]:
    """The numbers of the lines of one font, given in order, that lost their low marks; empty if there is no proof.

    `beside` says that another font of the document lost them; then a few lines are proof, but only if none has a mark.
    """
    without: set[int] = set()
    for run in _runs(texts, beside):
        needed = _ASKED if len(run) == len(texts) else _ASKED_OF_RUN
        if _asked([texts[number] for number in run], lexicon) >= needed:
            without.update(run)
    return frozenset(without)


def _runs(texts: Sequence[str], beside: bool) -> Iterator[list[int]]:
    """All lines together if they have next to no low marks, else the rows of lines without any."""
    low = [len((_STANDS_FOR_MARK if _STANDS_FOR_MARK.search(text) else lost_low.LOW).findall(text)) for text in texts]
    # Letters are counted only where marks are few, which is rare.
    if lost_low.LETTERS_PER_LOW * sum(low) <= _STRAY * sum(map(len, texts)):
        letters = sum(map(count_letters, texts))
        if (
            letters >= (_FEWEST_BESIDE if beside else _FEWEST)
            and lost_low.LETTERS_PER_LOW * sum(low) <= _STRAY * letters
        ):
            yield list(range(len(texts)))
            return
    if beside:
        return
    run: list[int] = []
    for number, marks in enumerate([*low, 1]):
        if not marks:
            run.append(number)
            continue
        if sum(count_letters(texts[own]) for own in run) >= _FEWEST:
            yield run
        run = []


def _asked(texts: Sequence[str], lexicon: Lexicon) -> float:
    """How many low marks the words of `texts` ask for, as a share of those expected."""
    asked = letters = 0
    for text in (text[:_TRIED] for text in texts):
        offers = [Priced(reading, _PRICE) for reading in lost_low.RULE.candidates(text)]
        asked += len(decode(text, offers, lexicon).readings)
        letters += count_letters(text)
        if letters >= _TRIED:
            break
    return asked * lost_low.LETTERS_PER_LOW / max(letters, 1)
