"""START HERE: the records that flow between the stages.

    PDF/DOCX/TXT --extract--> Document of Lines --segment--> Passages --tokenize--> Tokens --tag--> Taggings
                                        utterances --themes--> ThemeSet
                    recommendations and evidence --trace--> Traces

Every record is a frozen dataclass. Offsets are Unicode code points, half-open, counted in the *repaired* text
of the record that carries them. Boxes are PDF points with the origin at the top left of the page. Pages and
lines are counted from 1, as a reader counts them. Records know how to become plain JSON (`as_json`), and
nothing else: what makes them lives in the stages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, NamedTuple

Pillar = Literal["policy", "prevention", "prosecution", "protection", "partnership"]
PILLARS: tuple[Pillar, ...] = ("policy", "prevention", "prosecution", "protection", "partnership")

Kind = Literal["recommendation", "finding", "plan", "utterance", "method", "other"]
KINDS: tuple[Kind, ...] = ("recommendation", "finding", "plan", "utterance", "method", "other")

Role = Literal["addressee", "partner", "beneficiary", "mention"]
ROLES: tuple[Role, ...] = ("addressee", "partner", "beneficiary", "mention")

OcrMode = Literal["auto", "never", "always"]
Verdict = Literal["clean", "repaired", "doubtful", "needs_ocr"]
LineRole = Literal["body", "heading", "table", "footnote", "running_head", "running_foot", "page_number", "figure"]
Coverage = Literal["direct", "partial", "none"]
Band = Literal["confirmed", "likely", "weak"]


class Box(NamedTuple):
    """A rectangle on a page in PDF points, origin at the top left: x0 <= x1, top <= bottom."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of a text: enough to replay it and to undo it.

    `at` is the offset at which the change is made in the text *as the earlier edits left it*; replaying edits
    in order on the raw text gives the repaired text, undoing them in reverse order gives the raw text back.
    """

    rule: str
    at: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Quality:
    """How far a line or a page can be trusted: `score` from 0 (unreadable) to 1 (clean), and what to do."""

    score: float
    verdict: Verdict
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """What stands printed on one line of one column of one page."""

    doc: str
    page: int
    number: int
    text: str
    raw: str
    box: Box | None
    edits: tuple[Edit, ...]
    quality: Quality
    role: LineRole = "body"
    block: int = 0
    """Which column, box or table of the page the line stands in, in reading order."""
    size: float = 0.0
    """Font size in points; 0 where the source has none."""
    bold: bool = False
    style: str = ""
    """The paragraph style that a DOCX names (`Heading 1`); empty elsewhere."""
    cells: tuple[str, ...] = ()
    """The cells of a table row, left to right; `text` joins them with tabs."""

    def as_json(self) -> dict[str, Any]:
        """The line as `tipmine extract` prints it."""
        return {
            "doc": self.doc,
            "page": self.page,
            "line": self.number,
            "text": self.text,
            "raw": self.raw,
            "box": [round(v, 2) for v in self.box] if self.box else None,
            "edits": [asdict(edit) for edit in self.edits],
            "quality": round(self.quality.score, 4),
            "verdict": self.quality.verdict,
            "reason": self.quality.reason,
            "role": self.role,
            "block": self.block,
            "size": round(self.size, 2),
            "bold": self.bold,
            "style": self.style,
            "cells": list(self.cells),
        }


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its size in points and how well it could be read."""

    number: int
    width: float
    height: float
    quality: Quality


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read: pages and lines in reading order. `doc` is its id, the file name without folders."""

    doc: str
    pages: tuple[Page, ...]
    lines: tuple[Line, ...]
    damage: Mapping[str, int] = field(default_factory=dict)
    """How often each kind of damage was found: rule id -> number of edits."""

    def plain_text(self) -> str:
        """One printed line a line, a form feed between pages."""
        pages: dict[int, list[str]] = {page.number: [] for page in self.pages}
        for line in self.lines:
            pages.setdefault(line.page, []).append(line.text)
        return "\f".join("".join(text + "\n" for text in lines) for lines in pages.values())


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What is known about a document besides its text: from the corpus manifest, else from the document itself."""

    doc: str
    path: str = ""
    sha256: str = ""
    type: str = ""
    """plan, report, transcript, letter or empty."""
    title: str = ""
    year_be: int | None = None
    province: str = ""
    speaker_group: str = ""


@dataclass(frozen=True, slots=True)
class LineSpan:
    """Which part of a passage's text came from which line: half-open offsets in the passage."""

    page: int
    line: int
    start: int
    end: int
    box: Box | None = None


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
    """The item's number as printed, such as `1.2` or `(\N{THAI CHARACTER KO KAI})`; empty where it has none."""
    speaker: str = ""
    lines: tuple[LineSpan, ...] = ()
    order: int = 0
    """Place of the passage in its document, from 0."""

    @property
    def page(self) -> int:
        """The page on which the passage begins; 0 where the source has no pages."""
        return self.lines[0].page if self.lines else 0

    def as_json(self) -> dict[str, Any]:
        """The passage as JSON; `section` joined by ` > ` as the commands read and write it."""
        return asdict(self) | {"section": " > ".join(self.section), "page": self.page}


class Token(NamedTuple):
    """A word with its half-open offsets in the passage; tokens and nothing else give the text back exactly."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class PillarTag:
    """A pillar on a passage: calibrated score, the words that carried it, who said so (`model` or a person's name)."""

    code: Pillar
    score: float
    reason: str
    by: str = "model"
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ActorTag:
    """An actor named in a passage. `actor` is the gazetteer id, or empty for one that the gazetteer does not know."""

    start: int
    end: int
    text: str
    actor: str
    name: str
    sector: str
    level: str
    role: Role
    score: float
    reason: str
    by: str = "model"

    def as_json(self) -> dict[str, Any]:
        """The actor as `tipmine tag` prints it."""
        return asdict(self) | {"score": round(self.score, 4)}


@dataclass(frozen=True, slots=True)
class Tagging:
    """All tags of one passage. `pillar_scores` holds all five; `pillars` only those over their threshold."""

    id: str
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
    """A text with its words, as themes and traces take it: an utterance, a finding, a recommendation."""

    id: str
    text: str
    words: tuple[str, ...]
    """The words of the text in order, white space left out; content words are chosen by the stage."""
    doc: str = ""
    kind: str = ""
    speaker: str = ""
    group: str = ""
    """Province or group of the focus group, for spreading quotations."""
    section: str = ""
    pillars: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    """Gazetteer ids of the actors that the text names."""


@dataclass(frozen=True, slots=True)
class Member:
    """An utterance that belongs to a theme, with its weight from 0 to 1."""

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
    """A group of utterances that speak of the same thing."""

    id: str
    label: str
    terms: tuple[str, ...]
    size: int
    docs: tuple[str, ...]
    stability: float
    """How well the theme comes back over seeds and left-out documents: mean best Jaccard, 0 to 1."""
    members: tuple[Member, ...]
    quotes: tuple[Quote, ...]
    stable: bool = True
    """False: listed, but not shown as a finding."""

    def as_json(self) -> dict[str, Any]:
        """The theme as `tipmine themes` prints it."""
        return asdict(self) | {"stability": round(self.stability, 4)}


@dataclass(frozen=True, slots=True)
class ThemeSet:
    """The themes of a corpus, the utterances left ungrouped, those set aside (with the reason), and figures."""

    themes: tuple[Theme, ...]
    outliers: tuple[str, ...]
    set_aside: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[str, float] = field(default_factory=dict)

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
    """A candidate piece of evidence for a recommendation: calibrated score, band, and the reasons in words."""

    id: str
    rank: int
    score: float
    band: Band
    reasons: tuple[str, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """A recommendation with its ranked evidence; `coverage` none makes it a gap."""

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
