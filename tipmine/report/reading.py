"""Reads what the reports need of one document: its counts, its recommendations, and the passages that a report shows.

`material.py` combines the documents. The query desk keeps them: after a decision it has to read only the document
concerned, not the whole run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from tipmine.records import ActorTag, Page, Passage, Tagging
from tipmine.report.twins import Sketch, sketch
from tipmine.store import decisions
from tipmine.store.doubts import doubts_of
from tipmine.store.fields import Field
from tipmine.store.run import Run
from tipmine.tag.addressees import actors_of


@dataclass(slots=True)
class Tally:
    """The passages with both an actor and a pillar: their number by kind, and the sum of the pillar's scores."""

    kinds: Counter[str] = field(default_factory=Counter)
    addressed: int = 0
    """Recommendations in which the actor is the addressee."""
    scores: float = 0.0

    def add(self, other: Tally) -> None:
        """Add the counts of another tally."""
        self.kinds += other.kinds
        self.addressed += other.addressed
        self.scores += other.scores

    @property
    def total(self) -> int:
        """Number of passages of all kinds."""
        return sum(self.kinds.values())

    @property
    def mean(self) -> float:
        """Mean score of the pillar over these passages, 0 to 1; 0 without passages."""
        return self.scores / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class ReviewCounts:
    """How many passages people have reviewed, and how many others someone should review."""

    reviewed: int = 0
    """Passages about which a person decided anything, links included."""
    confirmed: int = 0
    """Passages whose tags or kind a person reviewed and left unchanged."""
    corrected: int = 0
    """Passages whose tags or kind a person changed."""
    doubtful: int = 0
    """Passages with a doubtful tag."""

    def __add__(self, other: ReviewCounts) -> ReviewCounts:
        return ReviewCounts(
            self.reviewed + other.reviewed,
            self.confirmed + other.confirmed,
            self.corrected + other.corrected,
            self.doubtful + other.doubtful,
        )


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts over one document."""

    pages: tuple[Page, ...]
    lines: int
    passages: int
    kinds: Mapping[str, int]
    damage: Mapping[str, int]
    reviews: ReviewCounts


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor of the corpus: its key (the gazetteer's id, or the words as printed), name, sector and level."""

    key: str
    name: str
    sector: str
    level: str


@dataclass(frozen=True, slots=True)
class DocumentMaterial:
    """What one document adds to the material of a run."""

    counts: Counts
    recommendations: tuple[Passage, ...]
    passages: Mapping[str, Passage]
    """Its recommendations, and those of its other passages that are wanted, by id."""
    taggings: Mapping[str, Tagging]
    words: Mapping[str, tuple[str, ...]]
    actors: Mapping[str, Actor]
    tallies: Mapping[tuple[str, str], Tally]
    """(actor key, pillar) -> the passages with both."""
    sketch: Sketch
    """Sketch of the texts of its passages; see `twins.py`."""


def read_document(run: Run, doc: str, wanted: AbstractSet[str], decided: decisions.ByField) -> DocumentMaterial:
    """Read one document with the decisions in force; keep its recommendations, and other passages if `wanted`."""
    machine = run.machine_taggings(doc=doc)
    taggings = decisions.apply_to_taggings(machine, decided)
    kinds: Counter[str] = Counter()
    reviews = ReviewCounts()
    actors: dict[str, Actor] = {}
    tallies: dict[tuple[str, str], Tally] = {}
    passages = run.passages(doc=doc)
    for passage in passages:
        tagging = taggings[passage.id]
        kinds[tagging.kind] += 1
        reviews += _review_counts(machine[passage.id], tagging, decided.get(passage.id, {}))
        _tally(tallies, actors, tagging, actors_of(passage, tagging))
    recommendations = tuple(passage for passage in passages if taggings[passage.id].kind == "recommendation")
    shown = {passage.id: passage for passage in passages if passage.id in wanted}
    shown |= {passage.id: passage for passage in recommendations}
    return DocumentMaterial(
        Counts(tuple(run.pages(doc)), run.count("lines", doc), len(passages), kinds, run.damage(doc), reviews),
        recommendations,
        shown,
        {key: taggings[key] for key in shown},
        run.words(shown),
        actors,
        tallies,
        sketch(passage.text for passage in passages),
    )


class KeptDocuments:
    """The documents of one run as they were read, for gathering it again after people have decided something."""

    def __init__(self) -> None:
        self._documents: dict[str, DocumentMaterial] = {}
        self._wanted: AbstractSet[str] = frozenset()
        self._decided: decisions.ByField = {}

    def update(self, run: Run, wanted: AbstractSet[str], decided: decisions.ByField) -> None:
        """Forget the documents whose wanted or decided passages have changed since they were read."""
        subjects = {*decided, *self._decided}
        touched = {key for key in subjects if decided.get(key) != self._decided.get(key)} | (wanted ^ self._wanted)
        if self._documents:
            for passage in run.passages_by_id(touched).values():
                self._documents.pop(passage.doc, None)
        self._wanted, self._decided = wanted, decided

    def read(self, run: Run, doc: str) -> DocumentMaterial:
        """One document; it is read unless it is kept."""
        if doc not in self._documents:
            self._documents[doc] = read_document(run, doc, self._wanted, self._decided)
        return self._documents[doc]


def _tally(
    tallies: dict[tuple[str, str], Tally], actors: dict[str, Actor], tagging: Tagging, tags: Iterable[ActorTag]
) -> None:
    """Count a passage in the tallies of its actors and pillars; new actors are added to `actors`."""
    seen: dict[str, bool] = {}
    for tag in tags:
        key = tag.actor or tag.name
        actors.setdefault(key, Actor(key, tag.name, tag.sector, tag.level))
        seen[key] = seen.get(key, False) or tag.role == "addressee"
    for key, addressed in seen.items():
        for pillar in tagging.pillars:
            tally = tallies.setdefault((key, pillar.code), Tally())
            tally.kinds[tagging.kind] += 1
            tally.scores += pillar.score
            tally.addressed += int(addressed and tagging.kind == "recommendation")


def _review_counts(machine: Tagging, now: Tagging, decided: Mapping[Field, decisions.Decision]) -> ReviewCounts:
    """The review counts of one passage, each 0 or 1."""
    tagged = any(field.about_tags for field in decided)
    same = _tags(machine) == _tags(now)
    return ReviewCounts(
        int(bool(decided)), int(tagged and same), int(tagged and not same), int(bool(doubts_of(now, decided)))
    )


def _tags(tagging: Tagging) -> tuple[Any, ...]:
    actors = frozenset((tag.start, tag.end, tag.role) for tag in tagging.actors)
    return tagging.kind, frozenset(tag.code for tag in tagging.pillars), actors
