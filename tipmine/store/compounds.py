"""The compounds of the dictionary that a word is a part of: a search for the word finds these too.

The tokenizer takes the longest words that it knows, so การค้ามนุษย์ and แรงงานประมง are one word each in the index.
Whether letters inside a word are a part of it is decided by length: short words stand by chance in too many others
(นา in นาย, งาน in สำนักงาน, หน้า in เจ้าหน้าที่).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache

from tipmine.tokenize.dictionary import project_words

_LEAST = 4
"""Fewest code points of a word that is searched inside compounds."""
_LEAST_PART = 3
"""Fewest code points of each other part. Lower: letters of almost any word are divided into parts."""
_LEAST_TOGETHER = 8
"""Fewest code points of the word and the shortest other part together. Lower: หน้า is found in เจ้าหน้าที่."""
_NOUN_MAKERS = ("การ", "ความ")
"""Beginnings that make a noun of any verb: what follows them is one part."""
_THAI = re.compile("[\u0e01-\u0e4e]+")
_KEPT = 5_000
"""Size of the cache of words and their compounds."""


@lru_cache(maxsize=_KEPT)
def compounds(word: str) -> tuple[str, ...]:
    """The words of the dictionary of which `word` is a part, in the order of the dictionary.

    >>> compounds("ค้ามนุษย์")[:2], compounds("งาน"), "แรงงานประมง" in compounds("ประมง")
    (('การค้ามนุษย์', 'ขบวนการค้ามนุษย์'), (), True)
    """
    if len(word) < _LEAST or word in _NOUN_MAKERS or not _THAI.fullmatch(word):
        return ()
    listed = _listed()
    found = []
    at = listed.find(word)
    while at >= 0:
        start, end = listed.rfind("\n", 0, at) + 1, listed.find("\n", at)
        whole = listed[start:end]
        if whole != word and _is_part(whole, at - start, at - start + len(word)):
            found.append(whole)
        at = listed.find(word, at + 1)
    return tuple(dict.fromkeys(found))


@cache
def _listed() -> str:
    """The words of the dictionary in one text, each between line ends: searching it is faster than word by word."""
    return "\n" + "\n".join(sorted(project_words())) + "\n"


def _is_part(whole: str, start: int, end: int) -> bool:
    """Whether the letters from `start` to `end` are a part of a word, and what is beside them is made of parts too."""
    least = max(_LEAST_PART, _LEAST_TOGETHER - (end - start))
    border = next((len(head) for head in _NOUN_MAKERS if _is_noun(whole, head)), 0)
    if start < border < end or _is_cut(whole, start, end, border):
        return False
    divides = _divider(least)
    return divides(whole[:start]) and divides(whole[end:])


def _is_noun(whole: str, head: str) -> bool:
    return whole.startswith(head) and whole[len(head) :] in project_words()


def _is_cut(whole: str, start: int, end: int, border: int) -> bool:
    """Whether another word, as long or longer, ends or begins inside: การค้า in คดีการค้ามนุษย์, since ค้ามนุษย์ does.

    Words over the `border` between การ or ความ and what follows do not count.
    """
    known, length, size = project_words(), end - start, len(whole)
    over_start = ((a, b) for a in range(start) for b in range(start + 1, end))
    over_end = ((a, b) for a in range(start + 1, end) for b in range(end + 1, size + 1))
    return any(
        b - a >= length and not a < border < b and whole[a:b] in known
        for pairs in (over_start, over_end)
        for a, b in pairs
    )


@cache
def _divider(least: int) -> Callable[[str], bool]:
    """A function that says whether letters can be divided into words of the dictionary, each of at least `least`."""
    known = project_words()

    @lru_cache(maxsize=_KEPT)
    def divides(letters: str) -> bool:
        if not letters or (letters in known and len(letters) >= least):
            return True
        return any(letters[:at] in known and divides(letters[at:]) for at in range(least, len(letters) - least + 1))

    return divides


def with_compounds(phrase: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """A phrase, in the form of the index, and those in which its words are parts of compounds.

    At its ends the compound may go on beyond the phrase; the whole phrase may be in one, too.

    >>> with_compounds(("คดี", "ล่าม"))
    (('คดี', 'ล่าม'), ('คดี', 'ล่ามภาษา'))
    """
    if len(phrase) == 1:
        return (tuple(phrase), *((whole,) for whole in compounds(phrase[0])))
    first, *inner, last = phrase
    firsts = (first, *(whole for whole in compounds(first) if whole.endswith(first)))
    lasts = (last, *(whole for whole in compounds(last) if whole.startswith(last)))
    inside = ((whole,) for whole in compounds("".join(phrase)))
    return (*((start, *inner, end) for start in firsts for end in lasts), *inside)
