"""The passage as read from prose or a transcript, before it has an id and a place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tipmine.records import DocType, Kind, LineSpan

SHORT_NOTE = 120
"""A footnote or a note between turns with fewer letters only explains something; a longer one may state something."""
ReadAs = DocType | Literal["law"]
"""How a document is read: by its type, or as a law, which orders rather than recommends."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A passage without its id and its place in the document."""

    kind: Kind
    text: str
    spans: tuple[LineSpan, ...]
    section: tuple[str, ...]
    number: str = ""
    speaker: str = ""
