"""Finds names of the gazetteer in a text, and merges them with abbreviations that the document itself introduces.

These are only candidates: สังคม, จังหวัด and เครือข่าย are actors in one sentence but not in the next. `open_names`,
which sees the sentence, decides which of them are names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple, Protocol

from tipmine.records import Token
from tipmine.tag.gazetteer import Gazetteer
from tipmine.tag.name_words import Use, name_words, word_choice
from tipmine.tag.offices import end_with_place, start_with_title
from tipmine.tag.spans import touching

_JOINT = "และ"
_GROUP_SECTORS = frozenset({"person_group", "community"})
_LONGEST_GROUP = 10
"""Most code points of a group name for which pairs are listed; word lists have no pairs of longer names."""

_POSTS: tuple[tuple[Use, str], ...] = (("ministry_post", "กระทรวง"), ("department_post", "กรม"))
"""The words that end a post in any ministry or department, and the word with which the body's name begins."""
_LONGEST_BODY = 80
"""Most code points of the name of a ministry or department, with some to spare."""

_PROVINCE = "province"
"""Gazetteer id of a province as an administration."""
_LONGEST_PROVINCE = 18
"""Most code points between จังหวัด and the modal of a province that should act; the longest name has 15. Higher:
provinces are found far before a modal that belongs to somebody else."""
_REACH_BEFORE = 20
"""Code points before a province in which the word that opens its clause is looked for."""


class Finder(Protocol):
    """Finds listed forms in a text, the longest of overlapping ones; `tokenize.doc.PhraseFinder` is one."""

    def find(self, text: str) -> Sequence[tuple[int, int, str]]:
        """The forms in `text` from left to right: half-open offsets, and the form."""


class FinderType(Protocol):
    """Makes a finder from forms; the class `tokenize.doc.PhraseFinder` is one."""

    def __call__(self, forms: Iterable[str]) -> Finder:
        """A finder of these forms."""


class Candidate(NamedTuple):
    """A known name in a text: half-open offsets, and the id of its actor (empty if only the document introduces it)."""

    start: int
    end: int
    actor: str
    sector: str
    full_name: str = ""
    """The full name that the document gives for the abbreviation; empty for names of the gazetteer."""
    rivals: tuple[str, ...] = ()
    """Ids of the actors that the form could mean, if the words around it do not decide between them."""


class CandidateFinder:
    """Finds gazetteer names in texts, the longest of overlapping ones; phrases listed as not being actors win."""

    def __init__(self, gazetteer: Gazetteer, finder: FinderType) -> None:
        self._gazetteer = gazetteer
        self._pairs = _pairs(gazetteer)
        # A negative phrase is found so that the forms in it are not; `find` then leaves it out.
        self._finder = finder([*self._pairs, *gazetteer.readings, *sorted(gazetteer.negatives)])

    def find(self, text: str) -> list[Candidate]:
        """The candidates from left to right; bodies include the title before and the place after them.

        Forms that do not mean an actor in their context are left out. An abbreviation that several actors share is kept
        with its `rivals` if nothing near it settles which is meant.
        """
        candidates = []
        for start, end, form in self._finder.find(text):
            if form.startswith(name_words("exploited")) and text.endswith(name_words("exploiting"), 0, start):
                continue
            if form in self._gazetteer.readings:
                candidates += self._candidate(form, text, start)
            elif form in self._pairs:
                first, second = self._pairs[form]
                candidates += self._candidate(first, text, start)
                candidates += self._candidate(second, text, end - len(second))
        return _widened(text, _with_provinces(text, [self._whole(candidate, text) for candidate in candidates]))

    def _whole(self, candidate: Candidate, text: str) -> Candidate:
        """A post in any ministry or department, such as `ปลัดกระทรวง`, together with the body to which it belongs."""
        post = text[candidate.start : candidate.end]
        head = next((head for use, head in _POSTS if post.endswith(name_words(use))), "")
        if not head:
            return candidate
        probe = head + text[candidate.end : candidate.end + _LONGEST_BODY]
        start, end, form = next(iter(self._finder.find(probe)), (0, 0, ""))
        longer = end - len(head)
        if start or longer <= 0 or form not in self._gazetteer.readings:
            return candidate
        body = self._candidate(form, probe, 0)
        return body[0]._replace(start=candidate.start, end=candidate.end + longer) if body else candidate

    def _candidate(self, form: str, text: str, start: int) -> list[Candidate]:
        end = start + len(form)
        actor = self._gazetteer.meaning(form, text, start, end)
        if actor:
            return [Candidate(start, end, actor, self._gazetteer.actors[actor].sector)]
        rivals = self._gazetteer.rivals(form)
        return [Candidate(start, end, "", "", rivals=rivals)] if rivals else []

    def settle(self, by_passage: Sequence[Sequence[Candidate]]) -> list[list[Candidate]]:
        """The candidates of a document's passages; a shared form now means the one actor that the document names."""
        named = {candidate.actor for candidates in by_passage for candidate in candidates if candidate.actor}
        return [[self._settled(candidate, named) for candidate in candidates] for candidates in by_passage]

    def _settled(self, candidate: Candidate, named: set[str]) -> Candidate:
        fitting = [actor for actor in candidate.rivals if actor in named]
        if candidate.actor or len(fitting) != 1:
            return candidate
        return candidate._replace(actor=fitting[0], sector=self._gazetteer.actors[fitting[0]].sector)


def _with_provinces(text: str, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates, and provinces named as those who should act, even if no list has their names."""
    for match in _province_acts().finditer(text):
        start, end = match.span()
        opens = _opens_a_clause().search(text[max(0, start - _REACH_BEFORE) : start])
        if opens and not any(other.start < end and start < other.end for other in candidates):
            candidates.append(Candidate(start, end, _PROVINCE, "government"))
    return sorted(candidates)


@cache
def _province_acts() -> re.Pattern[str]:
    """A province named as the one that should act: right before the modal, or before จึง."""
    return re.compile(
        rf"(?<!\d)(?<!\d )จังหวัด(?!{word_choice('not_province')})"
        rf"(?:(?!{word_choice('after_province')})[\u0e01-\u0e4e]){{0,{_LONGEST_PROVINCE}}}?(?=(?:จึง)?(?:ควร|ต้อง|พึง))"
    )


@cache
def _opens_a_clause() -> re.Pattern[str]:
    """What may precede a province that acts; any other word makes it a place or a part of another name."""
    return re.compile(rf"(?:^|[^\u0e01-\u0e4e]|{word_choice('opens_clause')})$")


def _widened(text: str, candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates, with offices in place of their bodies; gazetteer forms inside an office are dropped.

    In `รองอธิบดีกรมการจัดหางาน`, อธิบดี and กรมการจัดหางาน become one candidate that covers all of it. The result never
    overlaps: a title that begins inside the name before it is left to that name.
    """
    kept: list[Candidate] = []
    for candidate in candidates:
        if kept and candidate.start < kept[-1].end:
            continue
        office = _office(text, candidate)
        while kept and kept[-1].start >= office.start:
            kept.pop()
        if kept and kept[-1].end > office.start:
            office = office._replace(start=candidate.start)
        kept.append(office)
    return kept


def _office(text: str, candidate: Candidate) -> Candidate:
    """The candidate with the title before it, which people and groups do not have, and the place after it."""
    titled = candidate.sector not in _GROUP_SECTORS | {"offender"}
    start = start_with_title(text, candidate.start) if titled else candidate.start
    return candidate._replace(start=start, end=end_with_place(text, candidate.start, candidate.end))


def _pairs(gazetteer: Gazetteer) -> dict[str, tuple[str, str]]:
    """Pairs of groups of people joined by และ, such as เด็กและสตรี: joined form -> the two forms in it.

    Word lists have some of these pairs as one word, in which a finder would find neither group.
    """
    groups = [actor.name for actor in gazetteer.actors.values() if actor.sector in _GROUP_SECTORS]
    short = [
        name for name in (*groups, *name_words("group")) if len(name) <= _LONGEST_GROUP and name in gazetteer.readings
    ]
    joined = {f"{first}{_JOINT}{second}": (first, second) for first in short for second in short if first != second}
    return {form: pair for form, pair in joined.items() if form not in gazetteer.readings}


def with_abbreviations(candidates: Sequence[Candidate], introduced: Iterable[Candidate]) -> list[Candidate]:
    """Gazetteer names and `introduced` abbreviations from left to right; if two overlap, the abbreviation wins.

    A longer gazetteer form around it stays: if a document introduces (พม.), กระทรวง พม. is still one name, and บก.ปคม.
    is still the police if it introduces the committee as (ปคม.).
    """
    own = [
        candidate
        for candidate in introduced
        if not any(_inside(candidate, longer) for longer in touching(candidates, candidate.start, candidate.end))
    ]
    kept = [candidate for candidate in candidates if not touching(own, candidate.start, candidate.end)]
    return sorted((*kept, *own))


def _inside(candidate: Candidate, longer: Candidate) -> bool:
    """Whether a candidate is a part of a longer one, and not all of it."""
    size = longer.end - longer.start
    return longer.start <= candidate.start and candidate.end <= longer.end and candidate.end - candidate.start < size


def split_tokens(tokens: Iterable[Token], candidates: Iterable[Candidate]) -> list[Token]:
    """The tokens, split at the edges of candidates that are inside a token."""
    edges = iter(sorted({edge for candidate in candidates for edge in (candidate.start, candidate.end)}))
    edge = next(edges, -1)
    parts: list[Token] = []
    for token in tokens:
        at = token.start
        while 0 <= edge < token.end:
            if at < edge:
                parts.append(Token(at, edge, token.text[at - token.start : edge - token.start]))
                at = edge
            edge = next(edges, -1)
        parts.append(token if at == token.start else Token(at, token.end, token.text[at - token.start :]))
    return parts
