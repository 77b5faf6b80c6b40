"""The records of a document as it was read: pages, lines and their edits. `records.py` has the rules for all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, NamedTuple

from tipmine.quality_reasons import Reason, in_english

DocType = Literal["plan", "report", "transcript", "letter", ""]
"""The type of a document; empty if it is unknown. Segment alone treats laws as a type of their own."""
DOC_TYPES: tuple[DocType, ...] = ("plan", "report", "transcript", "letter")
OcrMode = Literal["auto", "never", "always"]
Verdict = Literal["clean", "repaired", "doubtful", "needs_ocr"]
LineRole = Literal["body", "heading", "table", "footnote", "running_head", "running_foot", "page_number", "figure"]


class Box(NamedTuple):
    """A rectangle on a page in PDF points, origin at the top left: x0 <= x1, top <= bottom."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of a text: replayed, the edits turn the raw text into the repaired one; undone, they turn it back."""

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
    reasons: tuple[Reason, ...] = ()
    """Why the text is doubtful or needs OCR."""

    @property
    def reason(self) -> str:
        """The reasons in words, in English; empty if there are none."""
        return in_english(self.reasons)


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
    """One page: its size in points, how well it could be read, and its number in the file, not the printed one."""

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
