"""The addressees of a passage: actors asked by its text or, if it asks none, those named in its heading.

Recommendations are often listed below `๑. กระทรวงแรงงาน` or `ข้อเรียกร้องต่อรัฐบาล` and do not name anybody again. A
heading counts only if it consists of names or says to whom its proposals are addressed: `การคุ้มครองแรงงาน` does not
ask แรงงาน. Tags have spans in the text; actors from a heading have none and are added when records are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from tipmine.data import data_rows
from tipmine.name_forms import LongestForms, takes_a_place
from tipmine.records import ActorTag, Passage, Tagging
from tipmine.tag.candidates import Candidate, CandidateFinder
from tipmine.tag.columns import role_of_head
from tipmine.tag.gazetteer import load_gazetteer
from tipmine.tag.name_words import general_heads
from tipmine.tag.role_cues import heading_choice, heading_words
from tipmine.tag.sentences import sentence

SECTORS_WITHOUT_DUTIES = ("person_group", "offender")
"""Sectors of people whom the others protect or pursue: no recommendation is addressed to them."""

ASKING = ("recommendation", "plan")
"""Kinds of passages that ask somebody to act."""
_SCORE = 0.9
"""Score of an actor from a heading. Chosen, not fitted: no labelled file has such headings."""
_HEADINGS_KEPT = 5_000
"""Size of the cache of headings; a large report has a few hundred."""
_LONGEST = 150
"""Most code points of a heading that is searched for names; a longer one is text."""

_BRACKET = re.compile(r"\([^()]*\)")
_PLACE = re.compile(r"\s?[\u0e01-\u0e4e]{2,20}")
"""The name of a place after a name that takes one."""


def actors_of(passage: Passage, tagging: Tagging) -> tuple[ActorTag, ...]:
    """The actors of a passage: those tagged in its text and, if none of them is asked to act, those of its heading.

    The latter have the role `addressee`, an empty span at 0, the heading's words as text, and a reason that says they
    are from the heading. They are added only to recommendations and plan measures.
    """
    if tagging.kind not in ASKING or any(tag.role == "addressee" and can_answer(tag) for tag in tagging.actors):
        return tagging.actors
    return (*tagging.actors, *named_above(passage.section))


def addressees(passage: Passage, tagging: Tagging) -> list[ActorTag]:
    """The actors that a passage asks to act, by its text or else by its heading."""
    return [tag for tag in actors_of(passage, tagging) if tag.role == "addressee"]


def can_answer(tag: ActorTag) -> bool:
    """Whether an actor is specific and could do what a recommendation asks; หน่วยงานที่เกี่ยวข้อง is not specific."""
    return tag.actor not in general_actors() and tag.sector not in SECTORS_WITHOUT_DUTIES


@cache
def general_actors() -> frozenset[str]:
    """Ids of gazetteer entries that are not specific actors, from `data/general_actors.txt`."""
    return frozenset(row[0] for row in data_rows("general_actors.txt"))


def from_heading(tag: ActorTag) -> bool:
    """Whether an actor is named only by the heading."""
    return tag.start == tag.end


@lru_cache(maxsize=_HEADINGS_KEPT)
def named_above(section: tuple[str, ...]) -> tuple[ActorTag, ...]:
    """The actors of the innermost heading in a passage's `section` that names any who can answer."""
    for depth in reversed(range(len(section))):
        tags = tuple(tag for tag in _of_heading(section[depth], inner=depth > 0) if can_answer(tag))
        if tags:
            return tags
    return ()


def _of_heading(heading: str, *, inner: bool) -> Iterator[ActorTag]:
    """The actors to whom a heading assigns what is below it; `inner` if it is within another heading."""
    if len(heading) > _LONGEST:
        return
    gazetteer = load_gazetteer()
    for part in _parts(heading, inner):
        names = _nothing_but_names(part)
        for name in names:
            row = gazetteer.actors[name.actor]
            words = part[name.start : name.end]
            reason = sentence("listed_above", heading=heading)
            yield ActorTag(0, 0, words, row.id, row.name, row.sector, row.level, "addressee", _SCORE, reason)
        if names:
            return


def _parts(heading: str, inner: bool) -> Iterator[str]:
    """The parts of a heading that may be the names of those who are asked.

    A first heading that is only a name, without a number, is the letterhead or the author of a document.
    """
    number = _number().match(heading)
    bare = _BRACKET.sub(lambda match: " " * len(match.group()), heading[number.end() if number else 0 :])
    bare = bare[: next(_end().finditer(bare)).start()]
    head, colon, names = bare.partition(":")
    if colon and role_of_head(head) == "addressee":
        yield names.strip()
    for match in heading_words("to").finditer(bare):
        if not bare[: match.start()].strip() or heading_words("proposal").search(bare, 0, match.start()):
            yield bare[match.end() :].strip()
    if inner or number:
        yield bare.strip()


def _nothing_but_names(text: str) -> list[Candidate]:
    """The names in a text that consists of known names and what joins them; empty for any other text."""
    named = _finder().find(text)
    if not named or not all(name.actor for name in named):
        return []
    before = text[: named[0].start]
    if before and not general_heads().fullmatch(before):
        return []
    ends = [*(name.start for name in named[1:]), len(text)]
    return named if all(_joins(text, name, end) for name, end in zip(named, ends, strict=True)) else []


def _joins(text: str, name: Candidate, end: int) -> bool:
    """Whether the text from the end of a name to `end` only joins names or says of which place it is."""
    place = _PLACE.match(text, name.end, end) if takes_a_place(text, name.start, name.end) else None
    return bool(_between().fullmatch(text, name.end, end) or (place and _between().fullmatch(text, place.end(), end)))


@cache
def _finder() -> CandidateFinder:
    return CandidateFinder(load_gazetteer(), LongestForms)


@cache
def _number() -> re.Pattern[str]:
    """The number of a heading or its bullet."""
    return re.compile(
        rf"\s*(?:(?:{heading_choice('number')})(?:ที่)?\s?)?"
        r"[(\[]?(?:\d{1,2}(?:\.\d{1,2})*|[\u0e01-\u0e2e](?=[.)]))[.)\]]*\s+|\s*[-•–]\s*"
    )


@cache
def _end() -> re.Pattern[str]:
    """What may follow the names in a heading: that they should act, and words that introduce what is below."""
    return re.compile(rf"\s*(?:(?:ควร|ต้อง|พึง)[\u0e01-\u0e4e]*)?\s*(?:มี)?(?:{heading_choice('follows')})?[\s:]*$")


@cache
def _between() -> re.Pattern[str]:
    """What may appear between the names in a heading and after the last one."""
    return re.compile(
        rf"(?:\s|[,/;-]|{heading_choice('between')}|(?:{heading_choice('place')})[\u0e01-\u0e4e]{{2,20}})*"
    )
