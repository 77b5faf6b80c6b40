"""The words that the tokenizer knows, and how they are passed to nlpo3.

There are three sources: PyThaiNLP's general list, `data/lexicon/words.tsv` (terms of the field that are to stay whole)
and the names in `data/actors/*.csv`. The last two may be missing.

A name of the gazetteer is added only if it cannot be built from known words (`ศปคม`, `โนนสำราญ`). Any other name is
left divisible: if กระทรวงแรงงาน were one word, a search for แรงงาน would not find it, and two passages would share a
word only if both spelled out the whole name. To find whole names, use `PhraseFinder`.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from tipmine.data import data_rows
from tipmine.gazetteer_rows import forms_of, gazetteer_rows

_MIN_LETTERS = 2
"""Fewest code points of a dictionary word."""
_MIN_BARE = 3
"""Fewest code points of a name that is written without a full stop. Lower: names cut other words."""
_THAI_LETTER = re.compile("[\u0e01-\u0e2e]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def cut(text: str, dictionary: str) -> list[str]:
    """`text` cut into words of `dictionary` (a name returned by `load_words`); the pieces joined are the text.

    nlpo3's safe mode is off: it works on overlapping windows and loses the order of the pieces where they meet (3 of 5
    lines of government text were not reproduced). The plain mode always reproduced the text and took linear time on
    1 MB without a space.
    """
    import nlpo3

    pieces: list[str] = nlpo3.segment(encodable(text), dictionary)
    return pieces


def encodable(text: str) -> str:
    """`text` with a placeholder for each lone surrogate, which UTF-8 cannot encode; offsets do not change."""
    return _LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text) if _LONE_SURROGATE.search(text) else text


@cache
def project_words() -> frozenset[str]:
    """All words of the project dictionary."""
    known = general_words() | frozenset(_usable(lexicon_terms()))
    dictionary = load_words(known)
    names = frozenset(
        name for name in _usable(gazetteer_names()) if _safe(name) and not _buildable(name, dictionary, known)
    )
    return known | names


@cache
def project_dictionary() -> str:
    """The name under which nlpo3 knows the project dictionary, which is loaded once per process (0.3 s)."""
    return load_words(project_words())


def load_words(words: Iterable[str]) -> str:
    """Load `words` into nlpo3 and return the name of that dictionary; the same set of words is loaded only once.

    nlpo3 reads dictionaries from files and cannot unload one (about 25 MB each). So the name is a hash of the content,
    and the file is deleted as soon as it is read.
    """
    content = "\n".join(sorted(words)).encode()
    name = hashlib.blake2b(content, digest_size=12).hexdigest()
    _load_once(name, content)
    return name


_loaded: set[str] = set()


def _load_once(name: str, content: bytes) -> None:
    if name in _loaded:
        return
    import nlpo3

    handle, path = tempfile.mkstemp(suffix=".txt", prefix="tipmine-words-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        message, done = nlpo3.load_dict(path, name)
    finally:
        Path(path).unlink(missing_ok=True)
    if not done:
        raise RuntimeError(f"nlpo3 did not take the dictionary: {message}")
    _loaded.add(name)


@cache
def general_words() -> frozenset[str]:
    """PyThaiNLP's word list: about 62,000 words."""
    from pythainlp.corpus import thai_words

    return frozenset(_usable(thai_words()))


def lexicon_terms() -> list[str]:
    """The first column of `data/lexicon/words.tsv`; empty when the file is missing."""
    return [row[0].strip() for row in data_rows("lexicon/words.tsv", optional=True)]


def gazetteer_names() -> list[str]:
    """All forms of names that `data/actors/*.csv` lists; empty when there are no such files."""
    return [name for row in gazetteer_rows() for name in forms_of(row)]


def _usable(candidates: Iterable[str]) -> Iterable[str]:
    """The words that may enter a dictionary: no single letters, and no forms with a space, which would be in tokens."""
    for word in candidates:
        if len(word) >= _MIN_LETTERS and not any(letter.isspace() for letter in word):
            yield word


def _buildable(name: str, dictionary: str, known: frozenset[str]) -> bool:
    return all(piece in known or not _THAI_LETTER.search(piece) for piece in cut(name, dictionary))


def _safe(name: str) -> bool:
    """Whether a name may be added: Latin names are one word anyway, and two bare Thai letters cut other words."""
    return bool(_THAI_LETTER.search(name)) and (len(name) >= _MIN_BARE or not name.isalpha())
