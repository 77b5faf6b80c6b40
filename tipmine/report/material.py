"""Reads from a run everything that the reports need; the tables of `tables.py` are pure functions of it.

Documents are read one at a time, and only what a report shows is kept (recommendations, their evidence, members of
themes, counts of pillars and actors), so that a run of many documents fits into memory.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from threading import RLock
from typing import Any, TypeVar

from tipmine.records import ActorTag, DocumentInfo, Evidence, Page, Passage, Tagging, Theme, ThemeSet, Trace
from tipmine.report.reasons import failure_words
from tipmine.report.recids import recommendation_ids
from tipmine.store import decisions as people
from tipmine.store import records_io as io
from tipmine.store.doubts import doubts_of
from tipmine.store.run import Run
from tipmine.tag.addressees import actors_of

Made = TypeVar("Made")
Row = dict[str, Any]
"""A row of a table: column code -> value."""
EVIDENCE_KINDS = ("finding", "utterance", "plan")


@dataclass(slots=True)
class Tally:
    """The passages with both an actor and a pillar: their number by kind, and the sum of the pillar's scores."""

    kinds: Counter[str] = field(default_factory=Counter)
    addressed: int = 0
    """Recommendations in which the actor is the addressee."""
    scores: float = 0.0

    @property
    def total(self) -> int:
        """Passages of all kinds."""
        return sum(self.kinds.values())

    @property
    def mean(self) -> float:
        """Mean score of the pillar over these passages, 0 to 1; 0 if there are none."""
        return self.scores / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class ReviewCounts:
    """Numbers of passages that people reviewed, and of others that someone should review."""

    reviewed: int = 0
    """Passages about which a person decided anything, links included."""
    confirmed: int = 0
    """Passages whose tags or kind a person reviewed and left as the machine gave them."""
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
class Material:
    """Everything that the reports of a run show. `passages` and `taggings` hold what is shown, not the whole corpus."""

    infos: Mapping[str, DocumentInfo]
    counts: Mapping[str, Counts]
    failures: tuple[tuple[str, str], ...]
    """Files that could not be read, each with the reason in words."""
    recommendations: tuple[Passage, ...]
    rec_ids: Mapping[str, str]
    """Passage id of a recommendation -> its readable id."""
    passages: Mapping[str, Passage]
    taggings: Mapping[str, Tagging]
    themes: ThemeSet
    themes_of: Mapping[str, tuple[Theme, ...]]
    traces: Mapping[str, Trace]
    rejected: Mapping[str, tuple[Evidence, ...]]
    """Links that people rejected: recommendation -> evidence as the machine gave it."""
    decided: people.ByField
    actors: Mapping[str, Actor]
    tallies: Mapping[tuple[str, str], Tally]
    """(actor key, pillar) -> the passages with both."""
    figures: Mapping[str, float]
    words: Mapping[str, tuple[str, ...]]
    """Words of the recommendations and of their evidence."""
    made: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What was computed from the material, by name of the function: see `once`."""

    def links(self, rec: str) -> list[tuple[Evidence, str]]:
        """The links of a recommendation, each with its status (`confirmed`, `proposed`), the rejected ones last."""
        said = people.linked(self.decided.get(rec, {}))
        trace = self.traces.get(rec)
        found = [(item, "confirmed" if item.id in said else "proposed") for item in (trace.evidence if trace else ())]
        return found + [(item, "rejected") for item in self.rejected.get(rec, ())]


def gather(run: Run | Material) -> Material:
    """The material of a run; material is returned unchanged."""
    if isinstance(run, Material):
        return run
    traces = {trace.rec: trace for trace in run.traces()}
    themes = run.themes()
    decided = people.active(run.connection)
    rejected = _rejected(run, decided)
    wanted = _wanted(traces, rejected, themes)
    reader = _Reader(wanted, decided)
    infos = {info.doc: info for info in run.documents()}
    damage = dict(run.connection.execute("SELECT doc, damage FROM documents"))
    lines = dict(run.connection.execute("SELECT doc, COUNT(*) FROM lines GROUP BY doc"))
    counts = {doc: reader.read(run, doc, lines=lines.get(doc, 0), damage=json.loads(damage[doc])) for doc in infos}
    return Material(
        infos=infos,
        counts=counts,
        failures=_failures(run),
        recommendations=tuple(reader.recommendations),
        rec_ids=recommendation_ids(reader.recommendations),
        passages=reader.passages,
        taggings=reader.taggings,
        themes=themes,
        themes_of=_themes_of(themes),
        traces=traces,
        rejected=rejected,
        decided=decided,
        actors=reader.actors,
        tallies=reader.tallies,
        figures=run.figures(),
        words=run.words(reader.passages),
    )


_ONE_AT_A_TIME = RLock()
"""Visitors of the desk who ask for the same table wait for one computation; tables are made of other tables."""


def once(make: Callable[[Material], Made]) -> Callable[[Run | Material], Made]:
    """A function of a run's material whose result is kept with the material, so that every table is computed once.

    What it returns is shared by all who ask for it: they must not change it.
    """
    name = f"{make.__module__}.{make.__qualname__}"

    @wraps(make)
    def made(run: Run | Material) -> Made:
        found = gather(run)
        with _ONE_AT_A_TIME:
            if name not in found.made:
                found.made[name] = make(found)
            kept: Made = found.made[name]
        return kept

    return made


class _Reader:
    """Reads the documents one by one and keeps the wanted passages."""

    def __init__(self, wanted: set[str], decided: people.ByField) -> None:
        self._wanted = wanted
        self._decided = decided
        self.recommendations: list[Passage] = []
        self.passages: dict[str, Passage] = {}
        self.taggings: dict[str, Tagging] = {}
        self.actors: dict[str, Actor] = {}
        self.tallies: dict[tuple[str, str], Tally] = {}

    def read(self, run: Run, doc: str, *, lines: int, damage: Mapping[str, int]) -> Counts:
        """Read one document: returns its counts and keeps its wanted passages."""
        machine = run.machine_taggings(doc=doc)
        taggings = people.apply_to_taggings(machine, self._decided)
        kinds: Counter[str] = Counter()
        reviews = ReviewCounts()
        passages = run.passages(doc=doc)
        for passage in passages:
            tagging = taggings[passage.id]
            kinds[tagging.kind] += 1
            reviews += _review_counts(machine[passage.id], tagging, self._decided.get(passage.id, {}))
            self._tally(tagging, actors_of(passage, tagging))
            if tagging.kind == "recommendation":
                self.recommendations.append(passage)
            if tagging.kind == "recommendation" or passage.id in self._wanted:
                self.passages[passage.id] = passage
                self.taggings[passage.id] = tagging
        return Counts(tuple(run.pages(doc)), lines, len(passages), kinds, damage, reviews)

    def _tally(self, tagging: Tagging, actors: Iterable[ActorTag]) -> None:
        seen: dict[str, bool] = {}
        for tag in actors:
            key = tag.actor or tag.name
            self.actors.setdefault(key, Actor(key, tag.name, tag.sector, tag.level))
            seen[key] = seen.get(key, False) or tag.role == "addressee"
        for key, addressed in seen.items():
            for pillar in tagging.pillars:
                tally = self.tallies.setdefault((key, pillar.code), Tally())
                tally.kinds[tagging.kind] += 1
                tally.scores += pillar.score
                tally.addressed += int(addressed and tagging.kind == "recommendation")


def _review_counts(machine: Tagging, now: Tagging, decided: Mapping[str, people.Decision]) -> ReviewCounts:
    """The review counts of one passage, each 0 or 1."""
    tagged = any(not people.is_link(field) for field in decided)
    same = _tags(machine) == _tags(now)
    return ReviewCounts(
        int(bool(decided)), int(tagged and same), int(tagged and not same), int(bool(doubts_of(now, decided)))
    )


def _tags(tagging: Tagging) -> tuple[Any, ...]:
    actors = frozenset((tag.start, tag.end, tag.role) for tag in tagging.actors)
    return tagging.kind, frozenset(tag.code for tag in tagging.pillars), actors


def _wanted(traces: Mapping[str, Trace], rejected: Mapping[str, tuple[Evidence, ...]], themes: ThemeSet) -> set[str]:
    wanted = {item.id for trace in traces.values() for item in trace.evidence}
    wanted |= {item.id for items in rejected.values() for item in items}
    return wanted | {member.id for theme in themes.themes for member in theme.members}


def _themes_of(themes: ThemeSet) -> dict[str, tuple[Theme, ...]]:
    found: dict[str, tuple[Theme, ...]] = {}
    for theme in themes.themes:
        for member in theme.members:
            found[member.id] = (*found.get(member.id, ()), theme)
    return found


def _failures(run: Run) -> tuple[tuple[str, str], ...]:
    errors = run.failed_with()
    # The message begins with the file's name, which stands beside it already.
    return tuple((doc, failure_words(errors[doc], message.removeprefix(f"{doc}: "))) for doc, message in run.failures())


def _rejected(run: Run, decided: people.ByField) -> dict[str, tuple[Evidence, ...]]:
    """Recommendation -> the links that people rejected, which the run's traces leave out."""
    found: dict[str, tuple[Evidence, ...]] = {}
    for subject, fields in decided.items():
        refused = {key for key, decision in people.linked(fields).items() if decision.value == "no"}
        if refused:
            rows = run.connection.execute("SELECT * FROM evidence WHERE rec = ? ORDER BY rank", (subject,))
            found[subject] = tuple(item for item in map(io.read_evidence, rows) if item.id in refused)
    return found


def join(values: Iterable[str]) -> str:
    """The distinct values in the order of their first appearance, joined for a cell."""
    return "; ".join(dict.fromkeys(value for value in values if value))
