"""One written term of a query: the ways of writing it that count as well, and the conditions it puts on the index."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import chain, combinations, pairwise

from tipmine.lexical.thesaurus import load_thesaurus
from tipmine.store.index import Clause, index_form, index_words
from tipmine.tokenize import words as cut_words

_SHORT = re.compile(r"(?:[\u0e01-\u0e2e]\.?){2,6}|(?:[A-Z]\.?){2,6}")
"""What may be an abbreviation: some Thai consonants or Latin capitals, with or without stops."""
UNSURE = 3
"""Forms of a term of up to so many letters that are not the written one count only where no Thai letter follows
(ตร. is not in ตรวจ)."""

_TERMS_KEPT = 1_000
"""Terms whose words are kept: checking a NEAR asks for them passage by passage."""


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
        return _phrases(self)

    def sides(self) -> tuple[Term, ...]:
        """The term itself, and with a NEAR the one on its other side."""
        return (self, self.near) if self.near else (self,)

    def needs_check(self) -> bool:
        """Whether the index alone cannot tell where the term holds."""
        if self.near is None:
            return self.quoted
        left, right = self.phrases(), self.near.phrases()
        # A word is not near itself, which the index would say.
        same = not set(left).isdisjoint(right)
        return same or self.prefix or self.near.prefix or any(len(phrase) > 1 for phrase in (*left, *right))

    def clause(self) -> Clause:
        """The term as a condition on the index; exact where it needs no check."""
        others = self.near.phrases() if self.near else ()
        return Clause(self.phrases(), self.negative, self.prefix, others, self.distance)

    def candidates(self) -> tuple[Clause, ...]:
        """Conditions, none of them negative, that hold wherever both sides of a NEAR may stand close enough."""
        if any(side.prefix for side in self.sides()):
            return tuple(Clause(side.phrases(), prefix=side.prefix) for side in self.sides())
        return (replace(self, negative=False).clause(),)


@lru_cache(maxsize=_TERMS_KEPT)
def _phrases(term: Term) -> tuple[tuple[str, ...], ...]:
    if term.prefix:
        return _beginnings(term.letters)
    found = [tuple(index_words(cut_words(form))) for form in term.forms()]
    if not term.quoted:
        found += [cut for form in term.forms() if _SHORT.fullmatch(form) for cut in _cuts(index_form(form))]
    return tuple(dict.fromkeys(phrase for phrase in found if phrase))


def _cuts(letters: str) -> Iterator[tuple[str, ...]]:
    """Every way of cutting an abbreviation: where its stops make the tokenizer do so depends on what stands beside it.

    >>> list(_cuts("abc"))
    [('abc',), ('a', 'bc'), ('ab', 'c'), ('a', 'b', 'c')]
    """
    inner = range(1, len(letters))
    for borders in chain.from_iterable(combinations(inner, size) for size in range(len(letters))):
        yield tuple(letters[a:b] for a, b in pairwise((0, *borders, len(letters))))


def _beginnings(letters: str) -> tuple[tuple[str, ...], ...]:
    """The words of which the last goes on. How the last ones would be cut if they went on is not known, so that each
    number of them may be the beginning of one word: ผู้|เสีย* and ผู้เสีย*."""
    cut = index_words(cut_words(letters))
    return tuple((*cut[:at], "".join(cut[at:])) for at in range(len(cut)))


def _spellings(letters: str) -> Iterator[str]:
    """An abbreviation without stops, with one at its end, and with one after each letter."""
    if _SHORT.fullmatch(letters):
        bare = letters.replace(".", "")
        yield from (bare, bare + ".", ".".join(bare) + ".")


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
