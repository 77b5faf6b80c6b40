"""The passage as read from prose or a transcript, before it has an id and a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
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

    def followed_by(self, text: str, spans: Sequence[LineSpan]) -> Draft:
        """This draft with another text, printed on `spans`, behind its own, a space between them."""
        joint = " " if self.text else ""
        shift = len(self.text) + len(joint)
        moved = [replace(span, start=span.start + shift, end=span.end + shift) for span in spans]
        return replace(self, text=self.text + joint + text, spans=(*self.spans, *moved))
