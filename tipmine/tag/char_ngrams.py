"""TF-IDF of character n-grams, equal to that of scikit-learn's `TfidfVectorizer` and much faster.

The vectorizer counts n-grams one by one in Python, which took more than half of the time for pillars. Here an
n-gram is encoded as one number, so that all texts of a document are looked up in the vocabulary at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

_BITS = 12
"""Bits per letter: five letters fit into 64 bits, and an alphabet can have up to 4,095 letters."""

_LONGEST = 5
"""Most letters of a sequence that can be encoded."""


class CharNgramCounter:
    """Computes the rows of a fitted vectorizer.

    The vectorizer must have `analyzer="char"`, `sublinear_tf`, rows of length 1 (the default) and sequences of at most
    five letters. Raises ValueError if its alphabet or sequences are too large.
    """

    def __init__(self, vectorizer: Any) -> None:
        vocabulary: dict[str, int] = vectorizer.vocabulary_
        alphabet = sorted({letter for term in vocabulary for letter in term})
        self._shortest, self._longest = vectorizer.ngram_range
        if len(alphabet) >= 1 << _BITS or self._longest > _LONGEST:
            raise ValueError(f"{len(alphabet)} letters in sequences of {self._longest} do not fit")
        self._codes = {ord(letter): number for number, letter in enumerate(alphabet, start=1)}
        terms = list(vocabulary)
        keys = np.array([self._key(term) for term in terms], dtype=np.int64)
        order = np.argsort(keys)
        self._keys = keys[order]
        self._columns = np.array([vocabulary[term] for term in terms], dtype=np.int64)[order]
        self._idf = np.asarray(vectorizer.idf_, dtype=np.float64)

    def _key(self, term: str) -> int:
        key = 0
        for letter in term:
            key = key << _BITS | self._codes[ord(letter)]
        return key

    def transform(self, texts: Sequence[str]) -> csr_matrix:
        """One row per text; the texts must be normalised by `features.fold_numbers_and_case`."""
        width = len(self._idf)
        letters, rows = self._letters(texts)
        met = self._met(letters, rows)
        places, counts = np.unique(met, return_counts=True)
        where, columns = places // width, places % width
        values = (np.log(counts) + 1) * self._idf[columns]
        lengths = np.sqrt(np.bincount(where, values**2, minlength=len(texts)))
        values /= lengths[where]
        starts = np.searchsorted(where, np.arange(len(texts) + 1))
        return csr_matrix((values.astype(np.float32), columns, starts), shape=(len(texts), width))

    def _letters(self, texts: Sequence[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """The letters of all texts as numbers (0 between texts and for unknown letters), and the text of each."""
        joined = "\0".join(texts)
        points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        different, places = np.unique(points, return_inverse=True)
        codes = np.array([self._codes.get(int(point), 0) for point in different], dtype=np.int64)
        sizes = np.array([len(text) + 1 for text in texts], dtype=np.int64)
        return codes[places.ravel()] if len(points) else codes, np.repeat(np.arange(len(texts)), sizes)

    def _met(self, letters: npt.NDArray[np.int64], rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """One number (row times width plus column) for each occurrence of a known sequence."""
        numbers = [np.zeros(0, dtype=np.int64)]
        keys, whole = letters, letters > 0
        for length in range(1, min(self._longest, len(letters)) + 1):
            if length > 1:
                last = letters[length - 1 :]
                keys = keys[:-1] << _BITS | last
                whole = whole[:-1] & (last > 0)
            if length >= self._shortest and len(self._keys):
                asked = keys[whole]
                at = np.minimum(np.searchsorted(self._keys, asked), len(self._keys) - 1)
                known = self._keys[at] == asked
                places = rows[: len(keys)][whole][known]
                numbers.append(places * len(self._idf) + self._columns[at[known]])
        return np.concatenate(numbers)
