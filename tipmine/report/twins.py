"""Finds documents of a run that say nearly the same, such as a report as Word file and as PDF.

Both are counted, since tipmine cannot know that they are one: next year's plan repeats much of this year's. A person is
told of them, because a document that is in the corpus twice confirms itself.

Documents are compared by sketches of fixed size (Broder 1997, "On the resemblance and containment of documents"): the
smallest hashes of a set are a random sample of it, and those of a union can be taken from the sketches of its parts.
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
"""Most hashes of a sketch. More estimate the likeness better (64: to within .12 in 19 of 20 cases) and cost more."""
LEAST_LETTERS = 30
"""Letters from which a text counts. Lower counts phrases that many documents have."""
LEAST_TEXTS = 5
"""Texts from which a document is compared. Lower finds short letters that share a formula."""
ALIKE = 0.5
"""Likeness (texts that both have, as a share of the texts of either) from which documents are twins. The same report
read from Word and from PDF is cut differently in places. Lower finds plans of two years."""
COMMON = 50
"""Documents with a hash from which it brings no pairs together. Higher costs time where many share a formula."""


class Twins(NamedTuple):
    """Two documents that say nearly the same, by id, and their likeness, 0 to 1."""

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
    """The pairs of documents, by id, that say nearly the same, the likest first."""
    holders: dict[int, list[str]] = {}
    for doc, hashes in sketches.items():
        if len(hashes) >= LEAST_TEXTS:
            for value in hashes:
                holders.setdefault(value, []).append(doc)
    pairs = {pair for docs in holders.values() if len(docs) <= COMMON for pair in combinations(docs, 2)}
    found = [Twins(left, right, _likeness(sketches[left], sketches[right])) for left, right in sorted(pairs)]
    return sorted((pair for pair in found if pair.likeness >= ALIKE), key=lambda pair: -pair.likeness)


def _likeness(left: Sketch, right: Sketch) -> float:
    union = heapq.nsmallest(SKETCH, {*left, *right})
    return len({*left} & {*right} & {*union}) / len(union)
