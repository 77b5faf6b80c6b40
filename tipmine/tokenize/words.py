"""Cuts text into tokens with offsets, and into the words that carry meaning."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable

from tipmine.records import Token
from tipmine.tokenize.dictionary import cut, project_dictionary

# MAI YAMOK repeats the word before it, PAIYANNOI marks a shortened name: Unicode calls them letters, they are signs.
_SIGNS = frozenset("\N{THAI CHARACTER MAIYAMOK}\N{THAI CHARACTER PAIYANNOI}")
_COARSE = re.compile(r"\s+|[^\W\d_]+|\d+|.", re.DOTALL)


def tokenize_text(text: str) -> tuple[Token, ...]:
    """The tokens of `text`: every character is in exactly one of them, so that joined they are `text` again.

    >>> [token.text for token in tokenize_text("ผู้เสียหาย 3 คน")]
    ['ผู้เสียหาย', ' ', '3', ' ', 'คน']
    """
    return with_offsets(text, cut(text, project_dictionary()))


def with_offsets(text: str, pieces: list[str]) -> tuple[Token, ...]:
    """Tokens from consecutive `pieces` of `text`.

    Where the pieces do not add up to the text, they are discarded and the text is split into runs of letters, digits
    and spaces: an offset that is wrong by one would misplace every actor and quotation after it.
    """
    if sum(map(len, pieces)) != len(text):
        pieces = _COARSE.findall(text)
    tokens = []
    at = 0
    for piece in pieces:
        end = at + len(piece)
        tokens.append(Token(at, end, sys.intern(text[at:end])))  # a word is in memory once, however often it recurs
        at = end
    return tuple(tokens)


def words(text: str) -> tuple[str, ...]:
    """The words of `text` in order, without white space, punctuation, MAI YAMOK and PAIYANNOI.

    >>> words("เด็ก ๆ ในชุมชน (3 ราย)")
    ('เด็ก', 'ใน', 'ชุมชน', '3', 'ราย')
    """
    return tuple(piece for piece in cut(text, project_dictionary()) if carries_meaning(piece))


def carries_meaning(piece: str) -> bool:
    """Whether a token contains a letter or a digit, MAI YAMOK and PAIYANNOI aside."""
    return any(letter.isalnum() and letter not in _SIGNS for letter in piece)


def words_of(tokens: Iterable[Token]) -> tuple[str, ...]:
    """The words that `words` returns, from existing tokens."""
    return tuple(token.text for token in tokens if carries_meaning(token.text))
