"""A term of a query: the other spellings that match, and the conditions it puts on the index."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import chain, combinations, pairwise

from tipmine.lexical.thesaurus import load_thesaurus
from tipmine.store.compounds import with_compounds
from tipmine.store.forms import index_form, index_words
from tipmine.store.index import Clause
from tipmine.tokenize import words as cut_words

_SHORT = re.compile(r"(?:[\u0e01-\u0e2e]\.?){2,6}|(?:[A-Z]\.?){2,6}")
"""What may be an abbreviation: two to six Thai consonants or Latin capitals, with or without full stops."""
_TERMS_KEPT = 1_000
"""Size of the cache of terms' words, which are needed for every passage when a NEAR is checked."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term as written: its letters and operators."""

    letters: str
    negative: bool = False
    quoted: bool = False
    prefix: bool = False
    widened: bool = False
    """Whether synonyms from the thesaurus match as well."""
    near: Term | None = None
    """The other side of a NEAR."""
    distance: int = 0
    """Most words between the sides of a NEAR."""

    def forms(self) -> tuple[str, ...]:
        """The letters as written, then the other spellings that match too."""
        if self.quoted or self.prefix:
            return (self.letters,)
        ways = (self.letters, *(synonyms(self.letters) if self.widened else ()))
        return tuple(dict.fromkeys(form for way in ways for form in (way, *_spellings(way))))

    def phrases(self) -> tuple[tuple[str, ...], ...]:
        """The spellings as words of the index, each once, and the compounds of which they are parts."""
        return _phrases(self)

    def sides(self) -> tuple[Term, ...]:
        """The term itself and, for a NEAR, the one on its other side."""
        return (self, self.near) if self.near else (self,)

    def needs_check(self) -> bool:
        """Whether the index alone cannot decide which passages match the term."""
        if self.near is None:
            return self.quoted
        left, right = self.phrases(), self.near.phrases()
        # A word is not near itself, but the index would find it.
        same = not set(left).isdisjoint(right)
        return same or self.prefix or self.near.prefix or any(len(phrase) > 1 for phrase in (*left, *right))

    def clause(self) -> Clause:
        """The term as a condition on the index; exact if it needs no check."""
        others = self.near.phrases() if self.near else ()
        return Clause(self.phrases(), self.negative, self.prefix, others, self.distance)

    def candidates(self) -> tuple[Clause, ...]:
        """Positive conditions that every passage with the quotation, or with both sides of the NEAR, fulfils."""
        if self.near is None:
            return (Clause((), letters=self.letters),)
        if any(side.prefix for side in self.sides()):
            return tuple(Clause(side.phrases(), prefix=side.prefix) for side in self.sides())
        return (replace(self, negative=False).clause(),)


@lru_cache(maxsize=_TERMS_KEPT)
def _phrases(term: Term) -> tuple[tuple[str, ...], ...]:
    if term.prefix:
        return _beginnings(term.letters)
    phrases = [tuple(index_words(cut_words(form))) for form in term.forms()]
    if not term.quoted:
        phrases = [wider for phrase in phrases if phrase for wider in with_compounds(phrase)]
        phrases += [cut for form in term.forms() if _SHORT.fullmatch(form) for cut in _cuts(index_form(form))]
    return tuple(dict.fromkeys(phrase for phrase in phrases if phrase))


def _cuts(letters: str) -> Iterator[tuple[str, ...]]:
    """All ways of splitting an abbreviation: the tokenizer splits it at full stops depending on the words around it.

    >>> list(_cuts("abc"))
    [('abc',), ('a', 'bc'), ('ab', 'c'), ('a', 'b', 'c')]
    """
    inner = range(1, len(letters))
    for borders in chain.from_iterable(combinations(inner, size) for size in range(len(letters))):
        yield tuple(letters[a:b] for a, b in pairwise((0, *borders, len(letters))))


def _beginnings(letters: str) -> tuple[tuple[str, ...], ...]:
    """The words of a prefix, in all the ways its last words may be joined: ผู้|เสีย* and ผู้เสีย*.

    How the tokenizer would split the whole word is unknown, so any number of last words may begin a single word.
    """
    cut = index_words(cut_words(letters))
    return tuple((*cut[:at], "".join(cut[at:])) for at in range(len(cut)))


def _spellings(letters: str) -> Iterator[str]:
    """An abbreviation without full stops, with one at its end, and with one after each letter."""
    if _SHORT.fullmatch(letters):
        bare = letters.replace(".", "")
        yield from (bare, bare + ".", ".".join(bare) + ".")


def synonyms(letters: str) -> tuple[str, ...]:
    """Synonyms: all terms of every thesaurus idea that has `letters` among its terms."""
    ideas = _ideas_by_form().get(index_form(letters), ())
    return tuple(term for idea in ideas for term in idea if term != letters)


@cache
def _ideas_by_form() -> Mapping[str, list[tuple[str, ...]]]:
    terms_of: dict[str, list[tuple[str, ...]]] = {}
    for concept in load_thesaurus().values():
        terms = tuple(dict.fromkeys(concept.terms))
        for form in {index_form(term) for term in terms}:
            terms_of.setdefault(form, []).append(terms)
    return terms_of
