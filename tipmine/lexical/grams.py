"""Character n-grams of texts, counted under a hash: no vocabulary is kept, and 100,000 passages take seconds.

Thai words are built from other words (คุ้มครอง, การคุ้มครอง, สถานคุ้มครอง), a tokenizer may cut the same letters
otherwise in another sentence, and people mistype: pieces of three to five letters see through all of that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

BUCKETS = 1 << 22
"""Hash values. At 4,000 different n-grams in a query 0.1 % of them share a bucket with another."""
_SIGNS = re.compile(r"[^\w\u0e00-\u0e7f]+|_+")
"""What is left out. Thai marks are no word characters to the regex engine, but they are letters here."""


def grams(text: str, sizes: Sequence[int]) -> NDArray[np.int64]:
    """The hashed n-grams of a text without signs and spaces, in order of size."""
    letters = np.frombuffer(_SIGNS.sub("", text).lower().encode("utf-32-le"), np.uint32).astype(np.int64)
    found = []
    for size in sizes:
        if len(letters) >= size:
            value = np.full(len(letters) - size + 1, size, np.int64)
            for offset in range(size):
                value = (value * 1_000_003 + letters[offset : offset + len(value)]) & 0x7FFFFFFF
            found.append((value ^ (value >> 9)) & (BUCKETS - 1))
    return np.concatenate(found) if found else np.zeros(0, np.int64)


def gram_counts(texts: Iterable[str], sizes: Sequence[int], keep: NDArray[np.bool_] | None = None) -> Any:
    """Texts by hash values as a sparse count matrix; `keep` limits it to some hash values."""
    data, indices, bounds = [], [], [0]
    for text in texts:
        found = grams(text, sizes)
        if keep is not None:
            found = found[keep[found]]
        names, counts = np.unique(found, return_counts=True)
        indices.append(names.astype(np.int32))
        data.append(counts.astype(np.float32))
        bounds.append(bounds[-1] + len(names))
    joined = np.concatenate(data) if data else np.zeros(0, np.float32)
    columns = np.concatenate(indices) if indices else np.zeros(0, np.int32)
    return sparse.csr_matrix((joined, columns, np.asarray(bounds)), shape=(len(bounds) - 1, BUCKETS))
