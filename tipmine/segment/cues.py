"""The cue files: which patterns match a passage, and what each adds to the score of every kind."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple, get_args

from tipmine.data import any_pattern, data_rows
from tipmine.digits import arabic_digits
from tipmine.errors import InputError
from tipmine.records import KINDS, Kind
from tipmine.section_paths import split_section
from tipmine.segment.characters import BULLETS, squeeze
from tipmine.segment.drafts import ReadAs
from tipmine.segment.numbering import marker_of
from tipmine.segment.parts import narrowed

# `บทที่ 5 สรุป อภิปรายผล และข้อเสนอแนะ` names a chapter's parts: it does not make them all recommendations.
_COMPOUND = re.compile(r"((?:สรุป(?! ?ปัญหา)|อภิปราย).{0,60}?)(?:\s|และ)+ข้อเสนอแนะ")
# Bullets and printed markup before the words, also after a number: `5.3**ข้อเสนอแนะ`.
_DECORATION = re.compile(rf"^([0-9.() ]*)[*{BULLETS}\u2013\u2014-]+\s*(?=[^0-9\s])")

_NOMINALISER = "การ"
"""Makes a noun of the verb after it."""

FITTED, BY_HAND = "segment/kind_cues.tsv", "segment/kind_cues_by_hand.tsv"
"""The cues whose weights are fitted, and those whose weights a person chose; cues are numbered in this order."""
_BEFORE_WEIGHTS = 2
"""Number of columns before the weights: where to look, and the pattern."""
Where = Literal["any", "type", "section", "last", "start", "text", "shape"]
"""Where a cue is looked for; `kind_cues.tsv` explains each."""

_LONGEST_NAME = 40
"""Most characters of a name before what is to be done. Higher: sentences whose second clause begins with a verb are
taken for measures; lower: long names hide them."""

CARRIES_A_RECOMMENDATION = 0.7
"""Log odds that a single cue of wording or heading must add for a passage to be a recommendation; length and type alone
are not enough.

Higher: terse list items are lost if their heading does not say what they are; lower: captions and bare noun phrases
become recommendations. Between .3 and .8 the labelled passages do not change; real plans and reports do.
"""


@dataclass(frozen=True, slots=True)
class Cue:
    """One line of a cue file: where to look, for which pattern, and what a match adds to each kind."""

    at: int
    """Its place among the cues of both files, from 0."""
    where: Where
    pattern: re.Pattern[str]
    weights: Mapping[Kind, float]

    @property
    def names_an_action(self) -> bool:
        """Whether it is a cue for the beginning of a text and carries a recommendation."""
        return self.where == "start" and self.weights["recommendation"] >= CARRIES_A_RECOMMENDATION


class CueMatch(NamedTuple):
    """A cue that matches a passage, and the words that it matches."""

    cue: Cue
    words: str


def heading_path(section: str | Sequence[str]) -> tuple[str, ...]:
    """A heading path in the form that cues are matched against; a string is split at ` > `."""
    parts = split_section(section) if isinstance(section, str) else section
    return narrowed(tuple(_COMPOUND.sub(r"\1", _plain(part)) for part in parts if part.strip()))


def matching_cues(text: str, section: str | Sequence[str] = (), doc_type: ReadAs = "") -> list[CueMatch]:
    """The cues that match a passage, in the order of the files."""
    path, plain = heading_path(section), _unnumbered(text)
    places = {"any": "*", "section": " > ".join(path), "last": "".join(path[-1:]), "text": plain, "shape": plain}
    matches: list[CueMatch] = []
    for cue in cues():
        if cue.where == "start":
            match = cue.pattern.match(plain)
        elif cue.where == "type":
            match = cue.pattern.fullmatch(doc_type)
        else:
            match = cue.pattern.search(places[cue.where])
        if match:
            matches.append(CueMatch(cue, match.group()))
    return matches


def begins_with_an_action(text: str) -> bool:
    """Whether a text begins with what is to be done: a cue for the beginning that carries a recommendation matches."""
    return any(cue.pattern.match(text) for cue in cues() if cue.names_an_action)


def begins_with_an_activity(text: str) -> bool:
    """Whether a text begins with the name of what is done: การ before a verb that may begin what is to be done.

    >>> begins_with_an_activity("1.2 การพัฒนาทักษะของล่าม"), begins_with_an_activity("การค้ามนุษย์")
    (True, False)
    """
    plain = _unnumbered(text)
    return plain.startswith(_NOMINALISER) and begins_with_an_action(plain.removeprefix(_NOMINALISER))


def names_before_an_action(text: str) -> bool:
    """Whether a text begins with a short name, a space and what is to be done.

    >>> names_before_an_action("ล่ามชุมชน จัดอบรมปีละสองรุ่น")
    True
    """
    plain = _unnumbered(text)
    return any(begins_with_an_action(plain[at + 1 :]) for at in range(_LONGEST_NAME + 1) if plain[at : at + 1] == " ")


def _unnumbered(text: str) -> str:
    """A text in the form that cues are matched against, without its number.

    Words before a number that say something about the kind, such as ตัวชี้วัดที่ 2, stay.
    """
    plain = _plain(text)
    marker = marker_of(plain)
    return plain[marker.end :] if marker is not None and (marker.says_item or not marker.word) else plain


def _plain(text: str) -> str:
    return _DECORATION.sub(r"\1", arabic_digits(squeeze(text)))


@cache
def kinds_in_order() -> tuple[Kind, ...]:
    """The kinds in the order of the columns of the cue files."""
    kinds: dict[str, Kind] = {kind: kind for kind in KINDS}
    columns = _table(FITTED)[0][_BEFORE_WEIGHTS:]
    if sorted(columns) != sorted(KINDS):
        raise InputError(f"data/{FITTED}", f"columns for {', '.join(columns)}", ", ".join(KINDS))
    if _table(BY_HAND)[0] != _table(FITTED)[0]:
        raise InputError(f"data/{BY_HAND}", f"columns {', '.join(_table(BY_HAND)[0])}", ", ".join(_table(FITTED)[0]))
    return tuple(kinds[name] for name in columns)


@cache
def cues() -> tuple[Cue, ...]:
    """The lines of the cue files, in their order. Raises InputError, naming the line, for one that cannot be used."""
    rows = [(name, row) for name in (FITTED, BY_HAND) for row in _table(name)[1:]]
    return tuple(_cue(at, name, row) for at, (name, row) in enumerate(rows))


def _cue(at: int, name: str, row: Sequence[str]) -> Cue:
    places: dict[str, Where] = {where: where for where in get_args(Where)}
    where, pattern, *written = row
    if where not in places:
        raise InputError(f"data/{name}", f"“{where}” is no place, in the row of “{pattern}”", ", ".join(places))
    try:
        weights = dict(zip(kinds_in_order(), map(float, written), strict=True))
    except ValueError as error:
        raise InputError(f"data/{name}", f"{error}, in the row of “{pattern}”", "a number for each kind") from error
    return Cue(at, places[where], re.compile(any_pattern(name, (pattern,))), weights)


@cache
def _table(name: str) -> tuple[tuple[str, ...], ...]:
    return tuple(map(tuple, data_rows(name, cells=_BEFORE_WEIGHTS + len(KINDS))))
