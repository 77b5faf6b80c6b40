"""Finds lines that lost their low marks: none is there, and the words ask for as many as Thai has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tipmine.extract.repair.decoder import Priced, decode
from tipmine.extract.repair.lexicon import Lexicon
from tipmine.extract.repair.orthography import LOST
from tipmine.extract.repair.rules import lost_low
from tipmine.thai import count_letters

_FEWEST = 80
"""Thai letters without a low mark that are worth a trial. Undamaged text has 5 low marks in as many; lower tries more
undamaged lines in vain, and leaves less for the trial to see."""
_FEWEST_BESIDE = 10
"""The same where another font of the document lost its low marks: headings are set in a font of their own."""
_STRAY = 0.1
"""Share of the low marks to be expected that all lines of a font may have left; higher takes damage of another kind,
where some stay, for this one."""
_ASKED = 0.4
"""Share of the low marks to be expected that the words must ask for; lower believes chance, higher misses texts full of
names."""
_ASKED_OF_RUN = 0.6
"""The same for rows of lines whose font has low marks elsewhere: lists of place names have none for long, and words
that differ in such marks ask for half as many."""
_TRIED = 600
"""Thai letters that are tried; more takes longer."""
_PRICE = 2.0
"""Cost of a mark in the trial; lower finds some in undamaged text, too."""
_STANDS_FOR_MARK = re.compile(f"{LOST}|[\ue000-\uf8ff\u0100-\u036f]|\\(cid:")
"""What comes in the place of marks that other damage took."""


def lines_without(texts: Sequence[str], lexicon: Lexicon, beside: bool = False) -> frozenset[int]:
    """The numbers of the lines of one font, given in order, that lost their low marks; empty if there is no proof.

    `beside` says that another font of the document lost them; then a few lines prove it, but only if none has a mark.
    """
    found: set[int] = set()
    for run in _runs(texts, beside):
        needed = _ASKED if len(run) == len(texts) else _ASKED_OF_RUN
        if _asked([texts[number] for number in run], lexicon) >= needed:
            found.update(run)
    return frozenset(found)


def _runs(texts: Sequence[str], beside: bool) -> Iterator[list[int]]:
    """All lines together if they have next to no low mark, else the rows of lines that have none."""
    low = [len((_STANDS_FOR_MARK if _STANDS_FOR_MARK.search(text) else lost_low.LOW).findall(text)) for text in texts]
    # Letters are counted where marks are few, which is seldom.
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
    """How many low marks the words of `texts` ask for, as a share of those to be expected."""
    asked = letters = 0
    for text in (text[:_TRIED] for text in texts):
        offers = [Priced(reading, _PRICE) for reading in lost_low.RULE.candidates(text)]
        asked += len(decode(text, offers, lexicon).readings)
        letters += count_letters(text)
        if letters >= _TRIED:
            break
    return asked * lost_low.LETTERS_PER_LOW / max(letters, 1)
