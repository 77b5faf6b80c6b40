"""The features of the pillar model: words, character n-grams and the headings above a passage.

Fixed names that prove nothing (การป้องกันและปราบปรามการค้ามนุษย์) are removed first, so that the model neither learns
from them nor is misled by them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_matrix, csr_matrix, hstack

from tipmine.digits import arabic_digits
from tipmine.records import Passage, Token
from tipmine.tag.char_ngrams import CharNgramCounter
from tipmine.tag.codebook import fixed_name_spans, fixed_names
from tipmine.tag.spans import touching

HEADING_WEIGHT = 0.3
"""Weight of the heading directly above a passage, relative to the text; each heading further up has half the weight."""

HEADING_LEVELS = 3
"""Number of headings used, from the innermost outwards."""

_BREAK = "\x1f"
"""Separates the words of a passage; a control character that no text contains."""

_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
_SPACE = re.compile(r"\s+")

Tokenizer = Callable[[str], Sequence[Token]]


class TextParts(NamedTuple):
    """A passage prepared for the vectorizers: words joined by a separator, the text, and headings, innermost first."""

    words: str
    text: str
    headings: tuple[str, ...]


def text_parts(passage: Passage, tokens: Iterable[Token]) -> TextParts:
    """Prepare a passage: names that prove nothing are removed, numbers and runs of white space become one character."""
    hidden = fixed_name_spans(passage.text)
    words = [word for token in tokens if not touching(hidden, token.start, token.end) if (word := _word(token.text))]
    headings = tuple(fold_numbers_and_case(hide(heading)) for heading in reversed(passage.section[-HEADING_LEVELS:]))
    return TextParts(_BREAK.join(words), fold_numbers_and_case(hide(passage.text)), headings)


@lru_cache(maxsize=50_000)
def _word(text: str) -> str:
    # Most words of a document recur; a cache of this size takes about ten megabytes.
    return fold_numbers_and_case(text).strip()


def hide(text: str) -> str:
    """The text with the names that prove nothing replaced by a space."""
    return fixed_names().sub(" ", text)


def fold_numbers_and_case(text: str) -> str:
    """The text with every number as 0, runs of white space as one space, and Latin letters in lower case."""
    return _SPACE.sub(" ", _NUMBER.sub("0", arabic_digits(text))).lower()


class Terms(NamedTuple):
    """What a vectorizer has learnt: the column of each term and the inverse document frequency of each column."""

    columns: dict[str, int]
    idf: npt.NDArray[np.float64]


class Features:
    """Turns prepared passages into rows of a matrix. `fit` learns a vocabulary, `restore` takes a learnt one."""

    def __init__(self, word: Any, char: Any) -> None:
        self.word = word
        self.char = char
        self._char_ngrams = CharNgramCounter(char)

    @classmethod
    def fit(cls, texts: Sequence[TextParts]) -> Features:
        """Learn the vocabulary of words (single and pairs) and character n-grams (2-5 long), with their frequencies."""
        word, char = _word_vectorizer(min_df=2), _char_vectorizer(min_df=3)
        return cls(word.fit(parts.words for parts in texts), char.fit(parts.text for parts in texts))

    @classmethod
    def restore(cls, words: Terms, chars: Terms) -> Features:
        """Restore fitted features from their terms."""
        vectorizers = _word_vectorizer(vocabulary=words.columns), _char_vectorizer(vocabulary=chars.columns)
        for vectorizer, terms in zip(vectorizers, (words, chars), strict=True):
            vectorizer.idf_ = terms.idf
        return cls(*vectorizers)

    def matrix(self, texts: Sequence[TextParts]) -> csr_matrix:
        """One row per passage: columns of words, then of character n-grams; both include those of the headings."""
        words = self.word.transform([parts.words for parts in texts])
        chars = self._char_ngrams.transform([parts.text for parts in texts])
        # Passages under one heading share it, so each heading is counted only once.
        headings = sorted({heading for parts in texts for heading in parts.headings})
        if headings:
            weights = csr_matrix(_heading_weights(texts, headings))
            chars = chars + weights @ self._char_ngrams.transform(headings)
        return hstack([words, chars]).tocsr()

    def names(self) -> list[str]:
        """The term of each column, as it is written in a text."""
        words = [name.replace(_BREAK, "") for name in _terms(self.word)]
        return [*words, *_terms(self.char)]


def _word_vectorizer(**learnt: Any) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(
        token_pattern=f"[^{_BREAK}]+", ngram_range=(1, 2), sublinear_tf=True, dtype=np.float32, **learnt
    )


def _char_vectorizer(**learnt: Any) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(analyzer="char", ngram_range=(2, 5), sublinear_tf=True, dtype=np.float32, **learnt)


def _heading_weights(texts: Sequence[TextParts], headings: Sequence[str]) -> coo_matrix:
    """The weight of each heading (columns) for each passage (rows)."""
    columns = {heading: column for column, heading in enumerate(headings)}
    cells = [
        (row, columns[heading], HEADING_WEIGHT / 2**level)
        for row, parts in enumerate(texts)
        for level, heading in enumerate(parts.headings[:HEADING_LEVELS])
    ]
    rows, places, weights = zip(*cells, strict=True)
    return coo_matrix((np.array(weights, dtype=np.float32), (rows, places)), shape=(len(texts), len(headings)))


def _terms(vectorizer: Any) -> list[str]:
    return [str(term) for term in vectorizer.get_feature_names_out()]
