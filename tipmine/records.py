"""START HERE: the records that flow between the stages.

    PDF/DOCX/TXT --extract--> Document of Lines --segment--> Passages --tokenize--> Tokens --tag--> Taggings
                                        utterances --themes--> ThemeSet
                    recommendations and evidence --trace--> Traces

Every record is a frozen dataclass or a named tuple. Offsets count Unicode code points from 0, the end exclusive, in
the *repaired* text of the record that carries them. Boxes are in PDF points with the origin at the top left of the
page. Pages and lines are counted from 1, as a reader counts them; page 0 is that of a source without pages (DOCX).
Scores lie between 0 and 1. Years are Buddhist era. Records that commands print know their JSON (`as_json`); the code
that makes records is in the stages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, NamedTuple

from tipmine.section_paths import join_section

Pillar = Literal["policy", "prevention", "prosecution", "protection", "partnership"]
PILLARS: tuple[Pillar, ...] = ("policy", "prevention", "prosecution", "protection", "partnership")
Kind = Literal["recommendation", "finding", "plan", "utterance", "method", "other"]
KINDS: tuple[Kind, ...] = ("recommendation", "finding", "plan", "utterance", "method", "other")
DocType = Literal["plan", "report", "transcript", "letter", ""]
"""The type of a document; empty if it is unknown. Segment alone treats laws as a type of their own."""
DOC_TYPES: tuple[DocType, ...] = ("plan", "report", "transcript", "letter")
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
    """One change of a text: replayed in order, the edits lead from the raw text to the repaired one; undone, back."""

    rule: str
    """Id of the rule that made the change, such as `am-aa`."""
    at: int
    """Offset of the change in the text *as the earlier edits left it*."""
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Quality:
    """How far the text of a line or a page can be trusted: `score` from 0 (unreadable) to 1 (clean)."""

    score: float
    verdict: Verdict
    reason: str = ""
    """Why the text is doubtful or needs OCR, in words; empty if it is not."""


@dataclass(frozen=True, slots=True)
class Line:
    """What is printed on one line of one column of one page."""

    doc: str
    page: int
    """Number of the page in the file, from 1; 0 if the source has no pages."""
    number: int
    """Number of the line on its page, from 1, in reading order."""
    text: str
    """The repaired text."""
    raw: str
    """The text as a plain reader of the file gives it."""
    box: Box | None
    """None if the source has no positions, as in DOCX and TXT."""
    edits: tuple[Edit, ...]
    """The changes that lead from `raw` to `text`."""
    quality: Quality
    role: LineRole = "body"
    block: int = 0
    """Number of the column, box or table of the page that holds the line, in reading order."""
    size: float = 0.0
    """Font size in points; 0 if the source has none."""
    bold: bool = False
    style: str = ""
    """The paragraph style that a DOCX names (`Heading 1`); empty for other sources."""
    cells: tuple[str, ...] = ()
    """The cells of a table row, left to right; `text` joins them with tabs. Empty for lines outside tables."""

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
    """One page: its size in points, how well it could be read, and its number in the file, whatever it has in print."""

    number: int
    width: float
    height: float
    quality: Quality


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it was read: pages and lines in reading order."""

    doc: str
    """The document's id: the file's name; in a corpus its path below the documents' folder, parts joined by `/`."""
    pages: tuple[Page, ...]
    lines: tuple[Line, ...]
    damage: Mapping[str, int] = field(default_factory=dict)
    """How often each kind of damage was repaired: rule id -> number of edits."""

    def plain_text(self) -> str:
        """The text with one printed line per line and a form feed between pages."""
        pages: dict[int, list[str]] = {page.number: [] for page in self.pages}
        for line in self.lines:
            pages.setdefault(line.page, []).append(line.text)
        return "\f".join("".join(text + "\n" for text in lines) for lines in pages.values())


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What is known about a document besides its text: from the corpus manifest, else from the document itself.
    Fields are empty (`year_be` None) where neither says anything."""

    doc: str
    path: str = ""
    """Where the file was when it was read."""
    sha256: str = ""
    """Of the file's bytes, in hex."""
    type: DocType = ""
    title: str = ""
    year_be: int | None = None
    province: str = ""
    speaker_group: str = ""
    """Who was heard, in a transcript: the name of the focus group."""


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
