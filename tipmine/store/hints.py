"""What a query would find if its words were in quotation marks: inside any other word, by letters."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tipmine.store.entries import open_index
from tipmine.store.index import Group
from tipmine.store.language import as_letters, parse
from tipmine.store.query import Query, conditions
from tipmine.store.run import Run

_MOST_READ = 5_000
"""Most passages that are read to find letters. With more there is no hint, since it would take longer than the answer.
"""


@dataclass(frozen=True, slots=True)
class LettersHint:
    """How many passages a query finds as it is and by letters, and how it is written for the latter."""

    as_words: int
    by_letters: int
    text: str

    def __str__(self) -> str:
        passages = "passage" if self.as_words == 1 else "passages"
        found = f"{self.as_words:,} {passages} as words, {self.by_letters:,} as letters inside other words too"
        return f"{found}: put words in quotation marks for these, '{self.text}'"


def letters_hint(run: Run, query: Query) -> LettersHint | None:
    """What to tell beside the answer to a query: that the letters of its words are in more passages than the words.

    None if they are not, if nothing in the query could be put in quotation marks, and if finding out would take long.
    Raises what `search` raises.
    """
    text = as_letters(query.text)
    index = open_index(run)
    asked = conditions(run, index, query)
    if text == query.text or asked.filters is None or not asked.terms:
        return None
    quoted = [term for group in parse(text) for term in group if term.quoted and not term.negative]
    if sum(index.search([Group(t.candidates())], asked.filters, limit=1).total for t in quoted) > _MOST_READ:
        return None
    lettered = conditions(run, index, replace(query, text=text))
    as_words, by_letters = (index.search(each.any_of, asked.filters, limit=1).total for each in (asked, lettered))
    return LettersHint(as_words, by_letters, text) if by_letters > as_words else None
