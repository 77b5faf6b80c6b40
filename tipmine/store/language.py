"""The language of the search box: what is written into terms, and terms into conditions on the index.

| written | means |
|---|---|
| `ล่าม ผู้เสียหาย` | both, anywhere in the passage; each is cut into words that must stand together |
| `"การคัดแยกผู้เสียหาย"` | exactly these letters |
| `ล่าม OR คนแปล` | one of them |
| `-ตำรวจ` | not this |
| `คุ้มครอง*` | words that begin so |
| `ล่าม NEAR/5 ตำรวจ` | both, in either order, with at most five words between them |
| `~ล่าม` | this, or any other way the thesaurus has of saying it |
| `pillar:protection year:2567` | passages with this value of a facet; several values of one facet are alternatives |

An abbreviation finds itself with and without its stops.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from tipmine.lexical.thesaurus import load_thesaurus
from tipmine.store.index import FACETS, Clause, index_form
from tipmine.tokenize import words as cut_words

NEAR_WORDS = 10
"""Words between the two sides of a NEAR that names no number."""
_MOST_NEAR = 100
_TERM = re.compile(rf'(-?)(~?)(?:({"|".join(FACETS)}):)?(?:"([^"]*)"|(\S+))')
_NEAR = re.compile(r"NEAR(?:/(\d{1,4}))?")
_SHORT = re.compile(r"(?:[\u0e01-\u0e2e]\.?){2,6}|(?:[A-Z]\.?){2,6}")
"""What may be an abbreviation: some Thai consonants or Latin capitals, with or without stops."""
_UNSURE = 3
"""Other forms of a term of up to so many letters are marked only where no Thai letter follows (ตร. is not in ตรวจ)."""


@dataclass(frozen=True, slots=True)
class Term:
    """One written term: its letters, and how it was written."""

    letters: str
    negative: bool = False
    quoted: bool = False
    prefix: bool = False
    widened: bool = False
    """Whether the other ways of saying it count as well."""
    near: Term | None = None
    """The other side of a NEAR."""
    distance: int = 0
    """Words that may stand between the sides of a NEAR."""

    def forms(self) -> tuple[str, ...]:
        """The letters as written, then the other forms that count as well."""
        if self.quoted or self.prefix:
            return (self.letters,)
        ways = (self.letters, *(other_ways(self.letters) if self.widened else ()))
        return tuple(dict.fromkeys(form for way in ways for form in (way, *_spellings(way))))

    def phrases(self) -> tuple[tuple[str, ...], ...]:
        """The forms as words of the index, each once."""
        return tuple(dict.fromkeys(_index_words(form) for form in self.forms()))

    def clause(self) -> Clause:
        """The term as a condition on the index."""
        others = self.near.phrases() if self.near else ()
        return Clause(self.phrases(), self.negative, self.prefix, others, self.distance)

    def sides(self) -> tuple[Term, ...]:
        """The term itself, and with a NEAR the one on its other side."""
        return (self, self.near) if self.near else (self,)


def _index_words(form: str) -> tuple[str, ...]:
    found = tuple(filter(None, map(index_form, cut_words(form))))
    return found or (index_form(form),)


def _spellings(letters: str) -> Iterator[str]:
    """An abbreviation with a stop at its end and with one after each letter; the tokenizer may cut them differently."""
    if _SHORT.fullmatch(letters):
        bare = letters.replace(".", "")
        if len(bare) > _UNSURE:
            yield bare
        yield bare + "."
        yield ".".join(bare) + "."


def other_ways(letters: str) -> tuple[str, ...]:
    """How else the thesaurus says it: all terms of every idea that has `letters` among its terms."""
    ideas = _ideas_by_form().get(index_form(letters), ())
    return tuple(term for idea in ideas for term in idea if term != letters)


@cache
def _ideas_by_form() -> Mapping[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for concept in load_thesaurus().values():
        terms = tuple(dict.fromkeys((concept.name, *concept.official, *concept.spoken, *concept.abbreviations)))
        for form in {index_form(term) for term in terms}:
            found.setdefault(form, []).append(terms)
    return found


def parse(text: str) -> list[list[Term]]:
    """The written query as groups of terms: one group must hold, in it every term. Facets are left out.

    >>> [[term.letters for term in group] for group in parse('"a b" c OR d kind:plan')]
    [['a b', 'c'], ['d']]
    """
    groups: list[list[Term]] = [[]]
    distance = -1
    for minus, wide, facet, quoted, bare in _TERM.findall(text):
        if facet and not minus:
            continue
        if bare == "OR" and not minus:
            groups.append([])
            distance = -1
        elif (near := _NEAR.fullmatch(bare)) and not minus and groups[-1]:
            distance = min(int(near[1] or NEAR_WORDS), _MOST_NEAR)
        elif term := _term(minus, wide, quoted, f"{facet}:{bare}" if facet else bare):
            _add(groups[-1], term, distance)
            distance = -1
    return [group for group in groups if group]


def _term(minus: str, wide: str, quoted: str, bare: str) -> Term | None:
    if quoted.strip():
        return Term(quoted, bool(minus), quoted=True)
    if not quoted and bare.strip('"*'):
        return Term(bare.strip('"').rstrip("*"), bool(minus), prefix=bare.endswith("*"), widened=bool(wide))
    return None


def _add(group: list[Term], term: Term, distance: int) -> None:
    """Add a term to its group; with a distance from the term before it, as the other side of a NEAR."""
    if distance < 0:
        group.append(term)
        return
    before = group[-1]
    if before.near is None:
        group[-1] = replace(before, near=term, distance=distance)
    else:
        # A third term is near the second: `a NEAR b NEAR c`.
        group.append(replace(before.near, negative=before.negative, near=term, distance=distance))


def facets_of(text: str) -> dict[str, list[str]]:
    """The values of facets that a query is written with.

    >>> facets_of('ล่าม pillar:protection pillar:policy speaker:"ผู้ให้ข้อมูล 1"')
    {'pillar': ['protection', 'policy'], 'speaker': ['ผู้ให้ข้อมูล 1']}
    """
    found: dict[str, list[str]] = {}
    for minus, _wide, facet, quoted, bare in _TERM.findall(text):
        if facet and not minus:
            found.setdefault(facet, []).append(quoted or bare)
    return found


def find_marks(text: str, groups: Sequence[Sequence[Term]]) -> tuple[tuple[int, int], ...]:
    """Where the asked letters stand in a text, without overlaps; digits and Latin case are equal as in the index."""
    folded = _fold(text)
    wanted = [side for group in groups for term in group if not term.negative for side in term.sides()]
    spans: list[tuple[int, int]] = []
    for term in wanted:
        for place, form in enumerate(term.forms()):
            spans += _spans(folded, _fold(form), whole=place > 0)
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not merged or start >= merged[-1][1]:
            merged.append((start, end))
    return tuple(merged)


def _spans(folded: str, needle: str, *, whole: bool) -> Iterator[tuple[int, int]]:
    start = folded.find(needle) if needle else -1
    while start >= 0:
        end = start + len(needle)
        if not (whole and len(needle) <= _UNSURE and "\u0e01" <= folded[end : end + 1] <= "\u0e4e"):
            yield start, end
        start = folded.find(needle, end)


def _fold(text: str) -> str:
    # One letter for one letter, so that offsets stay; index_form would drop the stops of abbreviations.
    return "".join(folded if len(folded := index_form(c)) == 1 else c for c in text)


def near_holds(term: Term, words: Sequence[str]) -> bool:
    """Whether the sides of a NEAR stand close enough in a passage, given by its words in the form of the index."""
    if term.near is None:
        return True
    left, right = (_places(words, side.phrases()) for side in term.sides())
    return any(0 <= max(a, c) - min(b, d) <= term.distance for a, b in left for c, d in right)


def _places(words: Sequence[str], phrases: Sequence[tuple[str, ...]]) -> list[tuple[int, int]]:
    """Where one of the phrases stands: half-open places in the words."""
    return [
        (at, at + len(phrase))
        for phrase in phrases
        for at in range(len(words) - len(phrase) + 1)
        if tuple(words[at : at + len(phrase)]) == phrase
    ]


def places(groups: Sequence[Sequence[Term]], words: Sequence[str]) -> list[tuple[int, int]]:
    """Where the terms of a query stand in the words (in the form of the index) of a passage."""
    wanted = [side for group in groups for term in group if not term.negative for side in term.sides()]
    found = [span for term in wanted for span in _term_places(term, words)]
    return sorted(set(found))


def _term_places(term: Term, words: Sequence[str]) -> list[tuple[int, int]]:
    if not term.prefix:
        return _places(words, term.phrases())
    *before, last = term.phrases()[0]
    return [
        (at, at + len(before) + 1)
        for at in range(len(words) - len(before))
        if list(words[at : at + len(before)]) == before and words[at + len(before)].startswith(last)
    ]
