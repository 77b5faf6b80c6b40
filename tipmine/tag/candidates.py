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


_JOINT = "และ"
_GROUP_SECTORS = frozenset({"person_group", "community"})
_LONGEST_GROUP = 10
"""Code points of a group's name up to which pairs are listed; longer ones stand in no word list."""

_MORE_GROUPS = ("ผู้หญิง", "หญิง", "เยาวชน", "ผู้ปกครอง", "พ่อแม่")


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
    rivals: tuple[str, ...] = ()
    """Ids of the actors that the form could mean, where the words around it do not tell which."""


class CandidateFinder:
    """Finds the names of a gazetteer in texts, longest first; phrases that are no actors win over what they hold."""

    def __init__(self, gazetteer: Gazetteer, finder: FinderType) -> None:
        self._gazetteer = gazetteer
        self._pairs = _pairs(gazetteer)
        forms = {form: form for form in gazetteer.readings}
        negatives = dict.fromkeys(gazetteer.negatives, _NEGATIVE)
        self._finder = finder(dict.fromkeys(self._pairs, _JOINT) | forms | negatives)

    def find(self, text: str) -> list[Candidate]:
        """The candidates from left to right; forms whose context speaks for no actor are left out.

        An abbreviation of several actors stays, with its `rivals`, where nothing near it tells which is meant.
        """
        found = []
        for start, end, form in self._finder.find(text):
            if form in self._gazetteer.readings:
                found += self._candidate(form, text, start)
            elif form in self._pairs:
                first, second = self._pairs[form]
                found += self._candidate(first, text, start)
                found += self._candidate(second, text, end - len(second))
        return found

    def _candidate(self, form: str, text: str, start: int) -> list[Candidate]:
        end = start + len(form)
        actor = self._gazetteer.meaning(form, text, start, end)
        if actor:
            return [Candidate(start, end, actor, self._gazetteer.actors[actor].sector)]
        rivals = self._gazetteer.rivals(form)
        return [Candidate(start, end, "", "", rivals=rivals)] if rivals else []

    def settle(self, found: Sequence[Sequence[Candidate]]) -> list[list[Candidate]]:
        """The candidates of a document's passages; a form that two share means the one that the document names."""
        named = {candidate.actor for candidates in found for candidate in candidates if candidate.actor}
        return [[self._settled(candidate, named) for candidate in candidates] for candidates in found]

    def _settled(self, candidate: Candidate, named: set[str]) -> Candidate:
        fitting = [actor for actor in candidate.rivals if actor in named]
        if candidate.actor or len(fitting) != 1:
            return candidate
        return candidate._replace(actor=fitting[0], sector=self._gazetteer.actors[fitting[0]].sector)


def _pairs(gazetteer: Gazetteer) -> dict[str, tuple[str, str]]:
    """Two groups of people joined by และ, such as เด็กและสตรี, and the two forms in them.

    Word lists hold some of these as one word, in which a finder would meet neither group.
    """
    groups = [actor.name for actor in gazetteer.actors.values() if actor.sector in _GROUP_SECTORS]
    short = [name for name in (*groups, *_MORE_GROUPS) if len(name) <= _LONGEST_GROUP and name in gazetteer.readings]
    joined = {f"{first}{_JOINT}{second}": (first, second) for first in short for second in short if first != second}
    return {form: pair for form, pair in joined.items() if form not in gazetteer.readings}


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
    edges = iter(sorted({edge for candidate in candidates for edge in (candidate.start, candidate.end)}))
    edge = next(edges, -1)
    found: list[Token] = []
    for token in tokens:
        at = token.start
        while 0 <= edge < token.end:
            if at < edge:
                found.append(Token(at, edge, token.text[at - token.start : edge - token.start]))
                at = edge
            edge = next(edges, -1)
        found.append(token if at == token.start else Token(at, token.end, token.text[at - token.start :]))
    return found
