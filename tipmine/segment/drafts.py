"""The passage as the readers of prose and of transcripts give it, before it has an id and a place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tipmine.records import DocType, Kind, LineSpan

SHORT_NOTE = 120
"""A footnote, or a note between turns, of fewer letters explains something; a longer one may state something."""
ReadAs = DocType | Literal["law"]
"""How a document is read: by its type, or as a law, which orders and does not recommend."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A passage without its id and its place in the document."""

    kind: Kind
    text: str
    spans: tuple[LineSpan, ...]
    section: tuple[str, ...]
    number: str = ""
    speaker: str = ""
