"""Compares recommendations: near duplicates, one subject with different addressees, and changes between years.

Similarity is the cosine of TF-IDF vectors of the words, computed from the recommendations themselves. It finds nearly
the same wording, not the same content in other words. Pairs are shown with their score for a reader to judge.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tipmine.digits import arabic_digits
from tipmine.lexical.wordlists import stopwords
from tipmine.records import Passage
from tipmine.report.labels import label
from tipmine.report.material import Material, Row, gather, general_actors, join
from tipmine.store.run import Run

DUPLICATE = 0.80
"""Least cosine for two recommendations to count as nearly the same. Lower: more pairs that only share set phrases."""
SAME_SUBJECT = 0.50
"""Least cosine for recommendations with different addressees to count as one subject. Lower: more false conflicts."""
REWORDED = 0.55
"""Least cosine for a recommendation to count as an earlier one reworded. Lower: unrelated ones are paired; higher: a
reworded one is listed as dropped and new."""

_Pair = tuple[int, int, float]
"""Index of a row, index of a column, similarity from 0 to 1."""


def pair_rows(run: Run | Material) -> list[Row]:
    """Near duplicates and conflicts: `pair`, `similarity`, and id, text, place and addressees of both."""
    found = gather(run)
    recs = found.recommendations
    rows = []
    for a, b, likeness in _alike(found, recs, recs):
        if a >= b:
            continue
        kind = _pair_kind(found, recs[a], recs[b], likeness)
        if kind:
            row: Row = {"pair": kind, "similarity": round(likeness, 3)}
            rows.append(row | _side(found, recs[a], "a") | _side(found, recs[b], "b"))
    return sorted(rows, key=lambda row: (row["pair"], -row["similarity"]))


def _pair_kind(found: Material, a: Passage, b: Passage, likeness: float) -> str:
    if likeness >= DUPLICATE:
        return "duplicate"
    ours, theirs = _addressed(found, a), _addressed(found, b)
    return "conflict" if ours and theirs and not ours & theirs and likeness >= SAME_SUBJECT else ""


def _addressed(found: Material, rec: Passage) -> set[str]:
    general = general_actors()
    tags = found.taggings[rec.id].actors
    return {tag.actor or tag.name for tag in tags if tag.role == "addressee" and tag.actor not in general}


def _side(found: Material, rec: Passage, side: str) -> Row:
    tags = found.taggings[rec.id].actors
    return {
        f"rec_{side}": found.rec_ids[rec.id],
        f"text_{side}": rec.text,
        f"place_{side}": f"{rec.doc} หน้า {rec.page}" if rec.page else rec.doc,
        f"addressees_{side}": join(tag.name for tag in tags if tag.role == "addressee"),
    }


def _alike(found: Material, rows: Sequence[Passage], columns: Sequence[Passage]) -> Iterator[_Pair]:
    """The pairs whose similarity is at least the lowest threshold in use."""
    if not rows or not columns:
        return
    from sklearn.feature_extraction.text import TfidfVectorizer

    stop = stopwords()
    words = [[word for word in found.words[p.id] if word not in stop] for p in (*rows, *columns)]
    if not any(words):
        return
    vectors = TfidfVectorizer(analyzer=list, sublinear_tf=True).fit_transform(words)
    product = (vectors[: len(rows)] @ vectors[len(rows) :].T).tocoo()
    lowest = min(SAME_SUBJECT, REWORDED)
    for a, b, value in zip(product.row.tolist(), product.col.tolist(), product.data.tolist(), strict=True):
        if value >= lowest:
            yield a, b, min(1.0, value)


def year_rows(run: Run | Material) -> list[Row]:
    """Changes of recommendations from one edition of a series of documents to the next.

    Documents of the same type and province form a series with one edition per year. Without two editions there are no
    rows. `change` is carried, reworded, new or dropped.
    """
    found = gather(run)
    editions: dict[tuple[str, str], dict[int, list[Passage]]] = {}
    for rec in found.recommendations:
        info = found.infos[rec.doc]
        if info.year_be:
            editions.setdefault((info.type, info.province), {}).setdefault(info.year_be, []).append(rec)
    rows: list[Row] = []
    for (type_, province), by_year in editions.items():
        years = sorted(by_year)
        series = " ".join(part for part in (label("type", type_) if type_ else "", province) if part)
        for before, after in pairwise(years):
            head = {"series": series, "year_before": before, "year_after": after}
            rows += [head | row for row in _changes(found, by_year[before], by_year[after])]
    return rows


def _changes(found: Material, before: Sequence[Passage], after: Sequence[Passage]) -> Iterator[Row]:
    """One row per recommendation: the most similar pairs first, then the unpaired ones of either side."""
    pairs = sorted(_alike(found, before, after), key=lambda pair: -pair[2])
    taken_before: set[int] = set()
    taken_after: set[int] = set()
    for a, b, likeness in pairs:
        if likeness >= REWORDED and a not in taken_before and b not in taken_after:
            taken_before.add(a)
            taken_after.add(b)
            # A changed figure or deadline is a changed recommendation, however similar the words are.
            change = "carried" if _plain(before[a].text) == _plain(after[b].text) else "reworded"
            yield _change(found, change, before[a], after[b], likeness)
    for b, rec in enumerate(after):
        if b not in taken_after:
            yield _change(found, "new", None, rec, None)
    for a, rec in enumerate(before):
        if a not in taken_before:
            yield _change(found, "dropped", rec, None, None)


def _plain(text: str) -> str:
    """A text for comparison, without white space and with Arabic digits."""
    return arabic_digits("".join(text.split()))


def _change(found: Material, change: str, a: Passage | None, b: Passage | None, likeness: float | None) -> Row:
    return {
        "change": change,
        "similarity": None if likeness is None else round(likeness, 3),
        "rec_a": found.rec_ids[a.id] if a else "",
        "text_before": a.text if a else "",
        "rec_b": found.rec_ids[b.id] if b else "",
        "text_after": b.text if b else "",
    }
