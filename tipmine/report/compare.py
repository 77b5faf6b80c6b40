"""Tables that compare recommendations: opposite demands, near duplicates, and changes from year to year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, product

from tipmine.records import Passage, TableRow, TextUnit
from tipmine.report.labels import codes, label
from tipmine.report.material import Material, join, once
from tipmine.report.register import main_pillar
from tipmine.tag.addressees import addressees, general_actors
from tipmine.trace.changes import alike, compare

SAME_TITLE = 0.85
"""Least similarity of two titles without digits and spaces (share of letters in common, in order, 0 to 1) for documents
to be editions of one series. Lower: studies of different matters are compared, and all that they recommend is listed as
new and dropped. Higher: a plan with a new title is not compared with the previous one if it kept no measure."""
_NO_LETTERS = re.compile(r"[\d\s]+")


@once
def pair_rows(material: Material) -> list[TableRow]:
    """Recommendations that demand the opposite, say nearly the same, or ask it of different bodies, in this order.

    `pair` is opposed, duplicate or conflict; `similarity`, and the id, text, place, addressees and pillar of both.
    `pillars_apart` holds both pillars if texts that say nearly the same have different ones, else nothing.
    """
    recs = {rec.id: rec for rec in material.recommendations}
    rows: list[TableRow] = [
        {"pair": pair.likeness, "similarity": round(pair.similarity, 3)}
        | _side(material, recs[pair.left], "a")
        | _side(material, recs[pair.right], "b")
        | {"pillars_apart": [] if pair.likeness == "conflict" else _apart(material, pair.left, pair.right)}
        for pair in alike(_units(material, material.recommendations))
    ]
    order = codes("pair")
    return sorted(rows, key=lambda row: (order.index(row["pair"]), -row["similarity"]))


def _units(material: Material, recs: Sequence[Passage]) -> list[TextUnit]:
    """The recommendations, with the actors whom they address by name."""
    return [TextUnit(rec.id, rec.text, material.words[rec.id], actors=_addressed(material, rec)) for rec in recs]


def _addressed(material: Material, rec: Passage) -> tuple[str, ...]:
    general = general_actors()
    tags = addressees(rec, material.taggings[rec.id])
    return tuple(tag.actor or tag.name for tag in tags if tag.actor not in general)


def _side(material: Material, rec: Passage, side: str) -> TableRow:
    return {
        f"rec_{side}": material.rec_ids[rec.id],
        f"text_{side}": rec.text,
        f"place_{side}": f"{rec.doc} หน้า {rec.page}" if rec.page else rec.doc,
        f"addressees_{side}": join(tag.name for tag in addressees(rec, material.taggings[rec.id])),
        f"pillar_{side}": main_pillar(material.taggings[rec.id]),
    }


def _apart(material: Material, left: str, right: str) -> list[str]:
    """The pillars of two recommendations that say nearly the same, if they differ.

    A heading or the whole document may have decided about a text of few words, so the same text may have two pillars.
    """
    pillars = [main_pillar(material.taggings[key]) for key in (left, right) if key]
    return pillars if len(set(pillars)) > 1 else []


@once
def year_rows(material: Material) -> list[TableRow]:
    """Changes of recommendations from one edition of a series of documents to the next.

    Documents of the same type and province form a series with one edition per year. Two editions are compared if they
    have nearly the same title or share a recommendation, carried or reworded; if no two editions do, there are no rows.
    `change` is carried, reworded, reversed (it demands the opposite now), new or dropped; `pillars_apart` is as in
    `pair_rows`.
    """
    editions: dict[tuple[str, str], dict[int, list[Passage]]] = {}
    for rec in material.recommendations:
        info = material.infos[rec.doc]
        if info.year_be:
            editions.setdefault((info.type, info.province), {}).setdefault(info.year_be, []).append(rec)
    rows: list[TableRow] = []
    for (type_, province), by_year in editions.items():
        years = sorted(by_year)
        series = " ".join(part for part in (label("type", type_) if type_ else "", province) if part)
        for before, after in pairwise(years):
            head = {"series": series, "year_before": before, "year_after": after}
            changes = list(_changes(material, by_year[before], by_year[after]))
            kept = any(row["similarity"] is not None for row in changes)
            if kept or _title_of_one_series(material, by_year[before], by_year[after]):
                rows += [head | row for row in changes]
    return rows


def _title_of_one_series(material: Material, before: Sequence[Passage], after: Sequence[Passage]) -> bool:
    """Whether documents of the two editions have nearly the same title, except for the year."""
    from rapidfuzz.distance import Indel

    ours, theirs = (
        {_NO_LETTERS.sub("", material.infos[rec.doc].title) for rec in its} - {""} for its in (before, after)
    )
    return any(Indel.normalized_similarity(*titles) >= SAME_TITLE for titles in product(ours, theirs))


def _changes(material: Material, before: Sequence[Passage], after: Sequence[Passage]) -> Iterator[TableRow]:
    texts = {rec.id: rec.text for rec in (*before, *after)}
    for change in compare(_units(material, before), _units(material, after)):
        yield {
            "change": change.state,
            "similarity": None if change.similarity is None else round(change.similarity, 3),
            "rec_a": material.rec_ids.get(change.before, ""),
            "text_before": texts.get(change.before, ""),
            "rec_b": material.rec_ids.get(change.after, ""),
            "text_after": texts.get(change.after, ""),
            "pillars_apart": _apart(material, change.before, change.after),
        }
