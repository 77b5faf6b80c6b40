"""Where names of the gazetteer, and abbreviations that a document introduces itself, stand in a text.

These are candidates only: สังคม, จังหวัด and เครือข่าย are actors in one sentence and none in the next. Which of
them count is decided in `open_names`, that sees the sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from tipmine.records import Token
from tipmine.tag.gazetteer import Gazetteer

_NEGATIVE = "\N{NOT SIGN}"
"""Put before the label of phrases that contain a form and are no actors."""


class Match(NamedTuple):
    """A form as a finder reports it: half-open offsets, and the form that was listed."""

    start: int
    end: int
    form: str


class Finder(Protocol):
    """Finds listed forms in a text, longest first, none inside another; `tokenize.doc.PhraseFinder` is one."""

    def find(self, text: str) -> Sequence[tuple[int, int, str]]:
        """The forms in `text` from left to right."""


class FinderType(Protocol):
    """What makes a finder out of forms."""

    def __call__(self, forms: Mapping[str, str]) -> Finder:
        """`forms` maps each form to what the caller calls it."""


class Candidate(NamedTuple):
    """A known name in a text: half-open offsets, its actor's id (empty when only the document knows it)."""

    start: int
    end: int
    actor: str
    sector: str
    mined: str = ""
    """The full name that the document gave the abbreviation; empty for names of the gazetteer."""


class CandidateFinder:
    """Finds the names of a gazetteer in texts, longest first; phrases that are no actors win over what they hold."""

    def __init__(self, gazetteer: Gazetteer, finder: FinderType) -> None:
        self._gazetteer = gazetteer
        forms = {form: form for form in gazetteer.readings}
        self._finder = finder(forms | dict.fromkeys(gazetteer.negatives, _NEGATIVE))

    def find(self, text: str) -> list[Candidate]:
        """The candidates from left to right; forms whose context speaks for no actor are left out."""
        found = []
        for start, end, form in self._finder.find(text):
            if form in self._gazetteer.readings:
                actor = self._gazetteer.meaning(form, text, start, end)
                if actor:
                    found.append(Candidate(start, end, actor, self._gazetteer.actors[actor].sector))
        return found


def with_mined(candidates: Iterable[Candidate], mined: Iterable[Candidate]) -> list[Candidate]:
    """Both lists from left to right; where two overlap, what the document itself says wins."""
    own = list(mined)
    kept = [
        candidate
        for candidate in candidates
        if not any(candidate.start < other.end and other.start < candidate.end for other in own)
    ]
    return sorted((*kept, *own))


def split_tokens(tokens: Iterable[Token], candidates: Iterable[Candidate]) -> list[Token]:
    """The tokens, cut once more at the edges of candidates that lie inside a token."""
    edges = sorted({edge for candidate in candidates for edge in (candidate.start, candidate.end)})
    found: list[Token] = []
    for token in tokens:
        at = token.start
        inside = [edge for edge in edges if token.start < edge < token.end]
        for edge in (*inside, token.end):
            found.append(Token(at, edge, token.text[at - token.start : edge - token.start]))
            at = edge
    return found
