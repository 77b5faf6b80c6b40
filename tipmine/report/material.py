"""Reads from a run everything that the reports need; the tables of `tables.py` are pure functions of it.

Documents are read one at a time, and only what a report shows is kept (recommendations, their evidence, members of
themes, counts of pillars and actors), so a run of many documents fits into memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from threading import RLock
from typing import Any, Literal, NamedTuple, TypeVar

from tipmine.records import DocumentInfo, Evidence, Passage, Tagging, Theme, ThemeSet, Trace
from tipmine.report.reading import Actor, Counts, DocumentMaterial, KeptDocuments, Tally, read_document
from tipmine.report.reasons import failure_words
from tipmine.report.recids import recommendation_ids
from tipmine.report.twins import Sketch
from tipmine.store import decisions
from tipmine.store.run import Run

Made = TypeVar("Made")


LinkStatus = Literal["confirmed", "proposed", "rejected"]
"""Whether people have confirmed or rejected a link, or the machine alone proposes it."""


class Link(NamedTuple):
    """A link of a recommendation to a piece of evidence."""

    evidence: Evidence
    status: LinkStatus


class Failure(NamedTuple):
    """A file that could not be read: why, in Thai and as the terminal says it."""

    doc: str
    words: str
    message: str


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that the reports of a run show. `passages` and `taggings` hold what is shown, not the whole corpus."""

    infos: Mapping[str, DocumentInfo]
    counts: Mapping[str, Counts]
    failures: tuple[Failure, ...]
    copies: tuple[tuple[str, str], ...]
    """Files that were not read because a document has the same bytes, each with the id of that document."""
    sketches: Mapping[str, Sketch]
    """Document -> the sketch of its texts."""
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
    decided: decisions.ByField
    actors: Mapping[str, Actor]
    tallies: Mapping[tuple[str, str], Tally]
    """(actor key, pillar) -> the passages with both."""
    figures: Mapping[str, float]
    words: Mapping[str, tuple[str, ...]]
    """Words of the recommendations and of their evidence."""
    made: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What was computed from the material, by the name of the function; see `once`."""

    def links(self, rec: str) -> list[Link]:
        """The links of a recommendation to its evidence; rejected ones, which its trace leaves out, are last."""
        decided = decisions.link_decisions(self.decided.get(rec, {}))
        trace = self.traces.get(rec)
        kept = [
            Link(item, "confirmed" if item.id in decided else "proposed") for item in (trace.evidence if trace else ())
        ]
        return kept + [Link(item, "rejected") for item in self.rejected.get(rec, ())]


def gather(run: Run, kept: KeptDocuments | None = None) -> Material:
    """The material of a run.

    `kept` holds the documents for a caller who gathers the same run again after people have decided something: then
    only the documents that the decisions are about are read again. Without it no documents are kept, which takes less
    memory.
    """
    traces = {trace.rec: trace for trace in run.traces()}
    themes = run.themes()
    decided = decisions.active(run.connection)
    rejected = _rejected(run, decided)
    wanted = _wanted(traces, rejected, themes)
    if kept is not None:
        kept.update(run, wanted, decided)
    infos = {info.doc: info for info in run.documents()}
    combined = _CombinedDocuments()
    for doc in infos:
        combined.add(doc, kept.read(run, doc) if kept is not None else read_document(run, doc, wanted, decided))
    return Material(
        infos=infos,
        counts=combined.counts,
        failures=_failures(run),
        copies=tuple(run.copies()),
        sketches=combined.sketches,
        recommendations=tuple(combined.recommendations),
        rec_ids=recommendation_ids(combined.recommendations),
        passages=combined.passages,
        taggings=combined.taggings,
        themes=themes,
        themes_of=_themes_of(themes),
        traces=traces,
        rejected=rejected,
        decided=decided,
        actors=combined.actors,
        tallies=combined.tallies,
        figures=run.figures(),
        words=combined.words,
    )


class _CombinedDocuments:
    """The material of several documents, in the order in which they are added."""

    def __init__(self) -> None:
        self.counts: dict[str, Counts] = {}
        self.sketches: dict[str, Sketch] = {}
        self.recommendations: list[Passage] = []
        self.passages: dict[str, Passage] = {}
        self.taggings: dict[str, Tagging] = {}
        self.words: dict[str, tuple[str, ...]] = {}
        self.actors: dict[str, Actor] = {}
        self.tallies: dict[tuple[str, str], Tally] = {}

    def add(self, doc: str, document: DocumentMaterial) -> None:
        self.counts[doc] = document.counts
        self.sketches[doc] = document.sketch
        self.recommendations += document.recommendations
        self.passages |= document.passages
        self.taggings |= document.taggings
        self.words |= document.words
        for key, actor in document.actors.items():
            self.actors.setdefault(key, actor)
        for place, tally in document.tallies.items():
            self.tallies.setdefault(place, Tally()).add(tally)


_ONE_AT_A_TIME = RLock()
"""Visitors of the desk who ask for the same table wait for one computation. Reentrant: tables use other tables."""


def once(make: Callable[[Material], Made]) -> Callable[[Material], Made]:
    """A function of a run's material whose result is kept with the material, so that each table is computed once.

    The result is shared by all callers, who must not change it.
    """
    name = f"{make.__module__}.{make.__qualname__}"

    @wraps(make)
    def made(material: Material) -> Made:
        with _ONE_AT_A_TIME:
            if name not in material.made:
                material.made[name] = make(material)
            kept: Made = material.made[name]
        return kept

    return made


def _wanted(traces: Mapping[str, Trace], rejected: Mapping[str, tuple[Evidence, ...]], themes: ThemeSet) -> set[str]:
    wanted = {item.id for trace in traces.values() for item in trace.evidence}
    wanted |= {item.id for items in rejected.values() for item in items}
    return wanted | {member.id for theme in themes.themes for member in theme.members}


def _themes_of(themes: ThemeSet) -> dict[str, tuple[Theme, ...]]:
    themes_of: dict[str, tuple[Theme, ...]] = {}
    for theme in themes.themes:
        for member in theme.members:
            themes_of[member.id] = (*themes_of.get(member.id, ()), theme)
    return themes_of


def _failures(run: Run) -> tuple[Failure, ...]:
    errors = run.error_classes()
    # The message begins with the file's name, which is shown beside it already.
    messages = ((doc, message.removeprefix(f"{doc}: ")) for doc, message in run.failures())
    return tuple(Failure(doc, failure_words(errors[doc], message), message) for doc, message in messages)


def _rejected(run: Run, decided: decisions.ByField) -> dict[str, tuple[Evidence, ...]]:
    """Recommendation -> the links that people rejected, which the run's traces leave out."""
    rejected: dict[str, tuple[Evidence, ...]] = {}
    for subject, fields in decided.items():
        refused = {key for key, decision in decisions.link_decisions(fields).items() if decision.value == "no"}
        if refused:
            rejected[subject] = tuple(item for item in run.machine_evidence(subject) if item.id in refused)
    return rejected


def join(values: Iterable[str]) -> str:
    """The distinct values in order of first appearance, joined for a cell."""
    return "; ".join(dict.fromkeys(value for value in values if value))
