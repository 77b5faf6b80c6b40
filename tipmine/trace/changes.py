"""Compares lists of recommendations: this year's with last year's, and those of one corpus with each other.

Similarity is the cosine of TF-IDF vectors of the words, computed from the recommendations themselves. It finds nearly
identical wording, not the same content in other words, and does not see negations: what asks the opposite is found by
its demands (`lexical/opposition.py`). Pairs keep their similarity for a reader to judge.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from tipmine.digits import arabic_digits
from tipmine.lexical.opposition import demands, opposed
from tipmine.lexical.wordlists import stopwords
from tipmine.records import TextUnit

State = Literal["new", "carried", "reworded", "reversed", "dropped"]
Likeness = Literal["opposed", "duplicate", "conflict"]

DUPLICATE = 0.80
"""Least cosine for two recommendations to count as nearly the same. Lower: pairs that only share set phrases."""
SAME_SUBJECT = 0.50
"""Least cosine for recommendations to different addressees, or with opposite demands, to be on the same subject. Lower:
more false conflicts."""
REWORDED = 0.55
"""Least cosine for a recommendation to count as an earlier one reworded. Lower: unrelated ones are paired; higher: a
reworded one is listed as dropped and new."""
BATCH = 500
"""Number of recommendations compared with all others at a time. With 20,000 others that takes up to 160 MB."""


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a recommendation; the id `before` or `after` is empty if that list does not have it."""

    state: State
    before: str
    after: str
    similarity: float | None
    """From 0 to 1; None without a partner."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two recommendations, by their ids.

    They demand the opposite (`opposed`), say the same (`duplicate`), or ask it of different bodies (`conflict`).
    """

    likeness: Likeness
    left: str
    right: str
    similarity: float


def compare(before: Sequence[TextUnit], after: Sequence[TextUnit]) -> list[Change]:
    """Pairs, the most similar first and each recommendation in one at most, then what is new, then what was dropped.

    `carried` is the same text except for white space and the script of digits: a changed figure or deadline is a
    changed recommendation, however similar the words are. `reversed` demands the opposite of what it was.
    """
    # Identical texts first: stop words alone have no vector, and digits in another script lower the cosine.
    same = _same(before, after)
    changes = [Change("carried", before[row].id, after[column].id, 1.0) for row, column in same]
    paired_before = {row for row, _ in same}
    paired_after = {column for _, column in same}
    for row, column, similarity in sorted(_near_pairs(before, after, REWORDED), key=lambda pair: -pair[2]):
        if row in paired_before or column in paired_after:
            continue
        paired_before.add(row)
        paired_after.add(column)
        state: State = "reversed" if _opposed(before[row], after[column], similarity) else "reworded"
        changes.append(Change(state, before[row].id, after[column].id, similarity))
    changes += [Change("new", "", unit.id, None) for at, unit in enumerate(after) if at not in paired_after]
    changes += [Change("dropped", unit.id, "", None) for at, unit in enumerate(before) if at not in paired_before]
    return changes


def _same(before: Sequence[TextUnit], after: Sequence[TextUnit]) -> list[tuple[int, int]]:
    """Index in `before` and in `after` of each pair of identical texts, each index once; copies pair up in order."""
    places: dict[str, deque[int]] = {}
    for row, unit in enumerate(before):
        places.setdefault(_spaceless(unit.text), deque()).append(row)
    pairs = []
    for column, unit in enumerate(after):
        rows = places.get(_spaceless(unit.text))
        if rows:
            pairs.append((rows.popleft(), column))
    return pairs


def alike(units: Sequence[TextUnit]) -> list[Pair]:
    """Pairs in one list that demand the opposite, say nearly the same, or ask the same of different `actors`.

    A text repeated word for word is paired only with its first occurrence: otherwise twenty editions of a plan would
    give 190 pairs for each measure.
    """
    first: dict[str, TextUnit] = {}
    pairs = []
    for unit in units:
        same = first.setdefault(_spaceless(unit.text), unit)
        if same is not unit:
            pairs.append(Pair("duplicate", same.id, unit.id, 1.0))
    distinct = list(first.values())
    for row, column, similarity in _near_pairs(distinct, distinct, min(DUPLICATE, SAME_SUBJECT)):
        left, right = distinct[row], distinct[column]
        if row >= column:
            continue
        if _opposed(left, right, similarity):
            pairs.append(Pair("opposed", left.id, right.id, similarity))
        elif similarity >= DUPLICATE:
            pairs.append(Pair("duplicate", left.id, right.id, similarity))
        elif similarity >= SAME_SUBJECT and left.actors and right.actors and not set(left.actors) & set(right.actors):
            pairs.append(Pair("conflict", left.id, right.id, similarity))
    return pairs


def _opposed(left: TextUnit, right: TextUnit, similarity: float) -> bool:
    """Whether two recommendations on the same subject demand the opposite."""
    return similarity >= SAME_SUBJECT and opposed(
        demands(left.words), demands(right.words), near=similarity >= DUPLICATE
    )


def _near_pairs(
    rows: Sequence[TextUnit], columns: Sequence[TextUnit], least: float
) -> Iterator[tuple[int, int, float]]:
    """Row index, column index and cosine of all pairs whose cosine reaches `least`."""
    if not rows or not columns:
        return
    from sklearn.feature_extraction.text import TfidfVectorizer

    stop = stopwords()
    words = [[word for word in unit.words if word not in stop] for unit in (*rows, *columns)]
    if not any(words):
        return
    vectors = TfidfVectorizer(analyzer=list, sublinear_tf=True).fit_transform(words)
    across = vectors[len(rows) :].T.tocsr()
    for start in range(0, len(rows), BATCH):
        product = (vectors[start : min(start + BATCH, len(rows))] @ across).tocoo()
        close = product.data >= least
        triples = zip(
            product.row[close].tolist(), product.col[close].tolist(), product.data[close].tolist(), strict=True
        )
        yield from ((start + row, column, min(1.0, cosine)) for row, column, cosine in triples)


def _spaceless(text: str) -> str:
    """A text for comparison, without white space and with Arabic digits."""
    return arabic_digits("".join(text.split()))
