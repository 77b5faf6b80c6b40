"""Reads the word lists of `tipmine/data/lexicon`, and selects the words that say something about a text's content."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Literal

from tipmine.data import data_groups, data_lines

_PUNCTUATION = re.compile(r"[\s.…ๆ()\[\]\"'“”!?,–-]+")
_DRAWN = re.compile(r"([^\W\d])\1{2,}|(\N{THAI CHARACTER SARA AA})\2")
"""A letter repeated to show a drawn-out sound. A letter written twice is normal spelling, except for the long a."""
_LAUGHTER = re.compile(r"[(\[][^)\]]{0,40}[)\]]")
_PARTS = re.compile(r"[\s.…,]+")
_NUMBER = re.compile(r"[\d๐-๙.,%/:-]+")


@cache
def _unwanted() -> frozenset[str]:
    return word_list("stopwords") | civilities()


@cache
def word_list(name: str) -> frozenset[str]:
    """The entries of `tipmine/data/lexicon/<name>.txt`: one per line; lines with `#` are comments."""
    return frozenset(map(str.strip, data_lines(f"lexicon/{name}.txt")))


def stopwords() -> frozenset[str]:
    """Words without content of their own, negations included."""
    return word_list("stopwords")


def negations() -> frozenset[str]:
    """Words that negate a statement; they show whether a text names a lack."""
    return word_list("negations")


def civilities() -> frozenset[str]:
    """Words of courtesy and stage directions."""
    return word_list("civilities")


def weak_terms() -> frozenset[str]:
    """Words that have content but cannot name a theme: times, units, forms of address, general verbs."""
    return word_list("weak_terms")


def particles(use: Literal["question", "turn"]) -> tuple[str, ...]:
    """The particles with which people end a question, or a turn (`particles.tsv`)."""
    groups = data_groups("lexicon/particles.tsv", "use", ("question", "turn"), head=("particle", "use"))
    return tuple(row["particle"] for row in groups[use])


@cache
def _closing() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(map(re.escape, particles('turn')))})$")


def content_words(words: Sequence[str]) -> tuple[str, ...]:
    """The words that say something, without stop words, bare numbers and single letters.

    >>> content_words(("หา", "ล่าม", "ไม่", "ได้", "12"))
    ('หา', 'ล่าม')
    """
    says = _says_something
    return tuple([word for word in words if says(word)])


@lru_cache(100_000)
def _says_something(word: str) -> bool:
    return len(word) > 1 and word not in _unwanted() and not _NUMBER.fullmatch(word)


def bare_turn(text: str) -> str:
    """A turn without laughter in brackets, punctuation, spaces, drawn-out sounds and final particles.

    Use it only to look a turn up among the back-channels: meaningful words such as พี่ may be lost from its end.

    >>> bare_turn("(หัวเราะ) ใช่ ๆ ครับ"), bare_turn("อืมมมม")
    ('ใช่', 'อืม')
    """
    bare = _PUNCTUATION.sub("", _LAUGHTER.sub("", text))
    bare = _DRAWN.sub(lambda drawn: drawn[1] or drawn[2], bare)
    while True:
        shorter = _closing().sub("", bare)
        if shorter == bare or not shorter:
            return bare
        bare = shorter


@cache
def _backchannels() -> frozenset[str]:
    """The back-channels as listed, and without their particles."""
    listed = word_list("backchannels")
    return listed | frozenset(filter(None, map(bare_turn, listed)))


_BACKCHANNEL_PARTS = 4
"""Most back-channels that a turn may consist of: `ครับ ขอบคุณครับ ยินดีครับ` has three."""


def is_backchannel(text: str) -> bool:
    """Whether a whole turn only greets, agrees, thanks or laughs.

    >>> is_backchannel("ครับ ขอบคุณครับ"), is_backchannel("ใช่ครับ ล่ามหายาก")
    (True, False)
    """
    known = _backchannels()
    bare = bare_turn(text)
    if not bare or bare in known:
        return True
    parts = [bare_turn(part) for part in _PARTS.split(_LAUGHTER.sub("", text))]
    parts = [part for part in parts if part]
    return len(parts) <= _BACKCHANNEL_PARTS and all(part in known for part in parts)


def word_spans(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """The half-open offsets of the words of a text, given in their order; a word that does not follow is passed over.

    >>> word_spans("กา กากา", ["กา", "ขา", "กากา"])
    [(0, 2), (3, 7)]
    """
    spans: list[tuple[int, int]] = []
    at = 0
    for word in words:
        start = text.find(word, at)
        if start >= 0:
            at = start + len(word)
            spans.append((start, at))
    return spans
