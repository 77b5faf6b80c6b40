"""The form of a word in the search index, so that equivalent ways of writing a word match each other.

Thai and Arabic digits are indexed alike, Latin letters without case, and abbreviations without full stops. Quotations
are compared letter for letter, digits and case likewise, and MAI YAMOK with or without a space before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from tipmine.digits import arabic_digits
from tipmine.lexical.wordlists import word_spans

_WORDS_KEPT = 100_000
"""Size of the cache of words and their forms in the index; most runs have fewer different words."""
_PIECE = re.compile(r"[^()\[\]{}<>/|;:!?\u2026\u2022\"\u00ab\u00bb\u2018\u2019\u201c\u201d]+")
"""A run of characters other than brackets, quotation marks and the like, at which words always end."""
_MARKS = ".,-_'`*+=~^%&#@$\\\u2013\u2014\u00b7\u0e46\u0e2f"
"""Characters ignored at the ends of a word: punctuation, the repetition sign and the abbreviation sign."""

_BEFORE_REPEAT = re.compile(r"\s+(?=\N{THAI CHARACTER MAIYAMOK})")


class Form(NamedTuple):
    """A word of the index, and the half-open offsets of what it was made from, without punctuation at its ends.

    The offsets include the full stop of an abbreviation.
    """

    form: str
    start: int
    end: int


def index_form(word: str) -> str:
    """The form of a word in the index: Arabic digits, lower case, without spaces, full stops and marks at its ends.

    >>> index_form("DSI."), index_form("\u0e52\u0e55\u0e56\u0e58"), index_form("1.5%")
    ('dsi', '2568', '1.5')
    """
    bare = word.replace(".", "") if any(c.isalpha() for c in word) else word
    return arabic_digits("".join(bare.split())).lower().strip(_MARKS)


def letters_form(text: str) -> str:
    """A text as quotations are compared with it: Arabic digits and lower case, letter for letter.

    Offsets in it are those in the text.

    >>> letters_form("\u0e52\u0e55 DSI"), letters_form("\u0e52\u0e55 \u0130")
    ('25 dsi', '25 \u0130')
    """
    digits = arabic_digits(text)
    folded = digits.lower()
    return folded if len(folded) == len(digits) else "".join(c.lower() if len(c.lower()) == 1 else c for c in digits)


def letters_key(text: str) -> str:
    """The text as quotations are looked for: `letters_form` without spaces before a MAI YAMOK.

    >>> letters_key("เด็ก ๆ") == letters_key("เด็กๆ") == "เด็กๆ"
    True
    """
    return _BEFORE_REPEAT.sub("", letters_form(text))


def letters_pattern(letters: str) -> re.Pattern[str]:
    """What finds a quotation in the `letters_form` of a text; it may have spaces before a MAI YAMOK inside.

    >>> letters_pattern("เด็กๆ").search("มีเด็ก ๆ").span()
    (2, 8)
    """
    key = letters_key(letters)
    return re.compile(re.escape(key[0]) + "".join(r"\s*ๆ" if c == "ๆ" else re.escape(c) for c in key[1:]))


@lru_cache(maxsize=_WORDS_KEPT)
def _forms(word: str) -> tuple[Form, ...]:
    """The index words of a tokenizer's word: several if it holds brackets, none if it is only punctuation.

    >>> [form for form, start, end in _forms("ปปง.(สอท)")], _forms("-"), _forms("1.5%")
    (['ปปง', 'สอท'], (), (Form(form='1.5', start=0, end=3),))
    """
    return tuple(Form(form, *_core(piece)) for piece in _PIECE.finditer(word) if (form := index_form(piece[0])))


def _core(piece: re.Match[str]) -> tuple[int, int]:
    """The half-open offsets of a piece without the marks at its ends, but with the full stop of an abbreviation."""
    written = piece[0]
    left = len(written) - len(written.lstrip(_MARKS + " "))
    core = written[left:].rstrip(_MARKS + " ")
    stop = written[left + len(core) :].startswith(".") and any(c.isalpha() for c in core)
    return piece.start() + left, piece.start() + left + len(core) + stop


def index_words(words: Iterable[str]) -> list[str]:
    """The words of a text in the form of the index, in order."""
    return [each.form for word in words for each in _forms(word)]


def index_spans(text: str, words: Iterable[str]) -> Iterator[Form]:
    """The words of a text in the form of the index, with offsets; a word that does not follow is skipped."""
    for start, end in word_spans(text, words):
        yield from (Form(each.form, start + each.start, start + each.end) for each in _forms(text[start:end]))
