"""START HERE: the records that flow between the stages.

    PDF/DOCX/TXT --extract--> Document of Lines --segment--> Passages --tokenize--> Tokens --tag--> Taggings
                                        utterances --themes--> ThemeSet
                    recommendations and evidence --trace--> Traces

Every record is a frozen dataclass or a named tuple. Offsets count Unicode code points from 0, the end exclusive, in the
*repaired* text of the record that carries them. Boxes are in PDF points with the origin at the top left of the page.
Pages and lines are counted from 1, as a reader counts them; page 0 is that of a source without pages (DOCX). Scores lie
between 0 and 1. Years are Buddhist era. Records that commands print give their JSON by `as_json`; the code that makes
records is in the stages. Those of a document (`Document`, `Page`, `Line`, ...) are defined in document_records.py, the
others below; import all of them from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, NamedTuple

from tipmine.document_records import (
    DOC_TYPES,
    Box,
    DocType,
    Document,
    DocumentInfo,
    Edit,
    Line,
    LineRole,
    OcrMode,
    Page,
    Quality,
    Verdict,
)
from tipmine.section_paths import join_section

__all__ = [
    "CELL_SEPARATOR", "DEFAULT_SEED", "DOC_TYPES", "EVIDENCE_KINDS", "KINDS", "LEAST_CANDIDATES", "PILLARS", "ROLES",
    "WRITTEN_KINDS", "ActorTag", "Band", "Box", "Coverage", "DocType", "Document", "DocumentInfo", "Edit", "Evidence",
    "Kind", "Line", "LineRole", "LineSpan", "Member", "OcrMode", "Page", "Passage", "Pillar", "PillarTag", "Quality",
    "Quote", "Role", "TableRow", "Tagging", "TextUnit", "Theme", "ThemeSet", "Token", "Trace", "Verdict",
]  # fmt: skip

Pillar = Literal["policy", "prevention", "prosecution", "protection", "partnership"]
PILLARS: tuple[Pillar, ...] = ("policy", "prevention", "prosecution", "protection", "partnership")
Kind = Literal["recommendation", "finding", "plan", "utterance", "method", "other"]
KINDS: tuple[Kind, ...] = ("recommendation", "finding", "plan", "utterance", "method", "other")
EVIDENCE_KINDS: tuple[Kind, ...] = ("finding", "utterance", "plan")
"""The kinds of passages that may be evidence for a recommendation."""
WRITTEN_KINDS: frozenset[Kind] = frozenset({"finding", "plan", "recommendation"})
"""The kinds of passages that reports and plans are made of; they share a style, and carry pillars as a rule."""
Role = Literal["addressee", "partner", "beneficiary", "mention"]
ROLES: tuple[Role, ...] = ("addressee", "partner", "beneficiary", "mention")

DEFAULT_SEED = 7
"""Seed for everything random, so that a repeated run gives the same result. The number itself has no meaning."""
TableRow = dict[str, Any]
"""A row of a table that reports, the desk and the command line show: name of the column -> value."""
LEAST_CANDIDATES = 10
"""Fewest pieces of evidence kept for a recommendation, if there are that many: readers need several to choose from, and
these pieces decide whether a recommendation has evidence at all. Fewer: more gaps are reported."""

Coverage = Literal["direct", "partial", "none"]
Band = Literal["confirmed", "likely", "weak"]


@dataclass(frozen=True, slots=True)
class LineSpan:
    """Which part of a passage's text came from which line: half-open offsets in the passage."""

    page: int
    """`Line.page` of the line."""
    line: int
    """`Line.number` of the line on that page. The lines of a table row that a page cuts may have several spans each."""
    start: int
    end: int
    box: Box | None = None
    """The box of the whole line."""


CELL_SEPARATOR = " | "
"""Between the cells of a table row in the text of a passage."""


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit of analysis: a paragraph, a speaker's turn, a numbered recommendation, a plan measure."""

    id: str
    doc: str
    kind: Kind
    text: str
    section: tuple[str, ...] = ()
    """Headings above the passage, outermost first."""
    number: str = ""
    """The item's number as printed, such as `1.2` or `(\N{THAI CHARACTER KO KAI})`; empty if it has none."""
    speaker: str = ""
    lines: tuple[LineSpan, ...] = ()
    order: int = 0
    """Place of the passage in its document, from 0."""

    @property
    def page(self) -> int:
        """The page on which the passage begins; 0 if the source has no pages."""
        return self.lines[0].page if self.lines else 0

    def as_json(self) -> dict[str, Any]:
        """The passage as the commands read it; `section` is one text (section_paths.py)."""
        return asdict(self) | {"section": join_section(self.section), "page": self.page}


class Token(NamedTuple):
    """A word, space or sign with its half-open offsets in the passage; all tokens joined are the text again."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class PillarTag:
    """A pillar on a passage."""

    code: Pillar
    score: float
    """Calibrated probability that the passage carries the pillar; 1 if a person said so."""
    reason: str
    """The words that carried the decision."""
    by: str = "model"
    """Who tagged it: `model` or a reviewer's name."""
    spans: tuple[tuple[int, int], ...] = ()
    """Where the words of the reason are in the passage: half-open offsets."""


@dataclass(frozen=True, slots=True)
class ActorTag:
    """An actor named in a passage at `text[start:end]`."""

    start: int
    end: int
    text: str
    """The words as printed."""
    actor: str
    """Gazetteer id; empty for an actor that the gazetteer does not know."""
    name: str
    """Canonical Thai name; the printed words where the gazetteer does not know the actor."""
    sector: str
    """As in the codebook: `government`, `ngo`, `person_group` ..."""
    level: str
    """`national`, `provincial` ...; several joined by `|`; empty if unknown."""
    role: Role
    score: float
    """Probability that span and role are right; 1 if a person decided."""
    reason: str
    """How the actor was found and what decided its role, in Thai."""
    by: str = "model"
    """Who tagged it: `model` or a reviewer's name."""

    def as_json(self) -> dict[str, Any]:
        """The actor as `tipmine tag` prints it."""
        return asdict(self) | {"score": round(self.score, 4)}


@dataclass(frozen=True, slots=True)
class Tagging:
    """All tags of one passage. `pillar_scores` holds all five pillars, `pillars` only those over their threshold."""

    id: str
    """Id of the passage."""
    kind: Kind
    pillars: tuple[PillarTag, ...]
    pillar_scores: Mapping[str, float]
    actors: tuple[ActorTag, ...]

    def as_json(self) -> dict[str, Any]:
        """The tagging as `tipmine tag` prints it."""
        return {
            "id": self.id,
            "kind": self.kind,
            "pillars": [asdict(tag) | {"score": round(tag.score, 4)} for tag in self.pillars],
            "pillar_scores": {code: round(score, 4) for code, score in self.pillar_scores.items()},
            "actors": [tag.as_json() for tag in self.actors],
        }


@dataclass(frozen=True, slots=True)
class TextUnit:
    """A text with its words, the input of themes and traces: an utterance, a finding, a recommendation."""

    id: str
    text: str
    words: tuple[str, ...]
    """The words of the text in order, without white space; each stage picks the content words itself."""
    doc: str = ""
    kind: str = ""
    speaker: str = ""
    group: str = ""
    """Province or name of the focus group; quotations are spread over the groups."""
    section: str = ""
    pillars: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    """Gazetteer ids of the actors that the text names."""


@dataclass(frozen=True, slots=True)
class Member:
    """An utterance (by its id) that belongs to a theme; `weight` from 0 to 1 says how firmly."""

    id: str
    weight: float


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim quotation: half-open offsets in the utterance `id`."""

    id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Theme:
    """A group of utterances about the same thing."""

    id: str
    label: str
    terms: tuple[str, ...]
    """The words that distinguish the theme from the others, best first."""
    size: int
    """Number of members."""
    docs: tuple[str, ...]
    """Ids of the transcripts in which the theme comes up."""
    stability: float
    """How well the theme is found again with other seeds and with documents left out: mean best Jaccard, 0 to 1."""
    members: tuple[Member, ...]
    quotes: tuple[Quote, ...]
    stable: bool = True
    """False: the theme is listed, but not presented as a finding."""

    def as_json(self) -> dict[str, Any]:
        """The theme as `tipmine themes` prints it."""
        return asdict(self) | {"stability": round(self.stability, 4)}


@dataclass(frozen=True, slots=True)
class ThemeSet:
    """The themes of a corpus and what became of the other utterances."""

    themes: tuple[Theme, ...]
    outliers: tuple[str, ...]
    """Ids of the utterances that belong to no theme."""
    set_aside: Mapping[str, str] = field(default_factory=dict)
    """Utterance id -> why it took no part (a greeting, a question of the moderator), in Thai."""
    figures: Mapping[str, float] = field(default_factory=dict)
    """Counts and means over the set, by name."""

    def as_json(self) -> dict[str, Any]:
        """The themes as `tipmine themes` prints them."""
        return {
            "themes": [theme.as_json() for theme in self.themes],
            "outliers": list(self.outliers),
            "set_aside": dict(self.set_aside),
            "figures": {name: round(value, 4) for name, value in self.figures.items()},
        }


@dataclass(frozen=True, slots=True)
class Evidence:
    """A candidate piece of evidence for a recommendation."""

    id: str
    """Id of the passage that is the evidence."""
    rank: int
    """From 1, best first."""
    score: float
    """Calibrated probability that a reader would accept it."""
    band: Band
    reasons: tuple[str, ...]
    """Why it was proposed, in Thai sentences, the most important first."""
    kind: str = ""
    """Kind of the passage."""


@dataclass(frozen=True, slots=True)
class Trace:
    """A recommendation (`rec` is its id) with its ranked evidence; coverage `none` makes it a gap."""

    rec: str
    coverage: Coverage
    evidence: tuple[Evidence, ...]

    def as_json(self) -> dict[str, Any]:
        """The trace as `tipmine trace` prints it."""
        return {
            "rec": self.rec,
            "coverage": self.coverage,
            "evidence": [asdict(item) | {"score": round(item.score, 4)} for item in self.evidence],
        }
