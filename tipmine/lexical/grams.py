"""Counts character n-grams of texts by hash value, without a vocabulary: 100,000 passages take seconds.

Thai words are built from other words (คุ้มครอง, การคุ้มครอง, สถานคุ้มครอง), a tokenizer may split the same letters
differently in another sentence, and people mistype. N-grams of three to five letters match in spite of that.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

BUCKETS = 1 << 22
"""Number of hash values. With 4,000 different n-grams in a query, 0.1 % of them share a value with another."""
BATCH = 2_000
"""Number of texts hashed at a time. Higher: more memory, no gain in speed."""
_SIGNS = re.compile(r"[^\w\u0e00-\u0e7f]+|_+")
"""Characters to leave out. Thai marks are not word characters for the regex engine, but they are kept here."""


def grams(text: str, sizes: Sequence[int]) -> NDArray[np.int64]:
    """The hash values of a text's n-grams, by size; punctuation and spaces are left out."""
    return np.concatenate([values for values, _ in _hashed(_letters(text), sizes)])


def gram_counts(texts: Iterable[str], sizes: Sequence[int], keep: NDArray[np.bool_] | None = None) -> Any:
    """A sparse count matrix, texts by hash values; `keep` (one flag per hash value) selects those to count."""
    parts: list[Any] = [sparse.csr_matrix((0, BUCKETS), dtype=np.float32)]
    left = iter(texts)
    while batch := list(itertools.islice(left, BATCH)):
        parts.append(_batch_counts(batch, sizes, keep))
    return sparse.vstack(parts, format="csr")


def _batch_counts(texts: Sequence[str], sizes: Sequence[int], keep: NDArray[np.bool_] | None) -> Any:
    """The counts of some texts, hashed as one sequence of letters; n-grams across two texts are dropped."""
    letters = [_letters(text) for text in texts]
    lengths = np.array([len(part) for part in letters])
    row_of = np.repeat(np.arange(len(texts), dtype=np.int32), lengths)
    rows, columns = [], []
    for values, size in _hashed(np.concatenate(letters), sizes):
        row = row_of[: len(values)]
        whole = row == row_of[size - 1 : size - 1 + len(values)]
        if keep is not None:
            whole &= keep[values]
        rows.append(row[whole])
        columns.append(values[whole])
    row, column = np.concatenate(rows), np.concatenate(columns)
    counts = sparse.coo_matrix((np.ones(len(row), np.float32), (row, column)), shape=(len(texts), BUCKETS))
    return counts.tocsr()


def _letters(text: str) -> NDArray[np.int64]:
    return np.frombuffer(_SIGNS.sub("", text).lower().encode("utf-32-le"), np.uint32).astype(np.int64)


def _hashed(letters: NDArray[np.int64], sizes: Sequence[int]) -> Iterator[tuple[NDArray[np.int64], int]]:
    """For each size the hash values of all n-grams in order; none if there are too few letters."""
    for size in sizes:
        value = np.full(max(0, len(letters) - size + 1), size, np.int64)
        for offset in range(size):
            value = (value * 1_000_003 + letters[offset : offset + len(value)]) & 0x7FFFFFFF
        yield (value ^ (value >> 9)) & (BUCKETS - 1), size
