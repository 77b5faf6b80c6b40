"""Finds documents of a run that say nearly the same, such as one report as a Word file and as a PDF.

Both are counted, since tipmine cannot know that they are the same: next year's plan repeats much of this year's. People
are reported about them, because a document that is in the corpus twice confirms itself.

Documents are compared by sketches of fixed size (Broder 1997, "On the resemblance and containment of documents"): the
smallest hashes of a set are a random sample of it, and those of a union can be computed from the sketches of its parts.
"""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import NamedTuple

Sketch = tuple[int, ...]
"""The smallest hashes of a document's texts, in ascending order, each once."""

SKETCH = 64
"""Most hashes in a sketch. Higher: similarity is estimated better (64: within .12 in 19 of 20 cases), at a cost."""
LEAST_LETTERS = 30
"""Fewest letters for a text to count. Lower: phrases that many documents have are counted."""
LEAST_TEXTS = 5
"""Fewest texts for a document to be compared. Lower: short letters that share a formula are found."""
ALIKE = 0.5
"""Similarity (texts that both have, as a share of the texts of either) from which documents are twins. The same report
read from Word and from PDF is split differently in places. Lower: plans of two different years are found."""
COMMON = 50
"""Number of documents with a hash at which it no longer suggests pairs. Higher: slower where many share a formula."""


class Twins(NamedTuple):
    """Two documents that say nearly the same, by id, and their similarity, 0 to 1."""

    left: str
    right: str
    likeness: float


def sketch(texts: Iterable[str]) -> Sketch:
    """The sketch of a document's texts. White space, digits and signs do not count, nor do short texts."""
    letters = ("".join(filter(str.isalpha, text)) for text in texts)
    hashes = {_hash(text) for text in letters if len(text) >= LEAST_LETTERS}
    return tuple(heapq.nsmallest(SKETCH, hashes))


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


def twins(sketches: Mapping[str, Sketch]) -> list[Twins]:
    """The pairs of documents, by id, that say nearly the same, the most similar first."""
    holders: dict[int, list[str]] = {}
    for doc, hashes in sketches.items():
        if len(hashes) >= LEAST_TEXTS:
            for value in hashes:
                holders.setdefault(value, []).append(doc)
    pairs = {pair for docs in holders.values() if len(docs) <= COMMON for pair in combinations(docs, 2)}
    candidates = [Twins(left, right, _likeness(sketches[left], sketches[right])) for left, right in sorted(pairs)]
    return sorted((pair for pair in candidates if pair.likeness >= ALIKE), key=lambda pair: -pair.likeness)


def _likeness(left: Sketch, right: Sketch) -> float:
    union = heapq.nsmallest(SKETCH, {*left, *right})
    return len({*left} & {*right} & {*union}) / len(union)
