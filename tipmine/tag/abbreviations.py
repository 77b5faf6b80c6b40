"""Abbreviations that a document itself introduces: `ชื่อเต็ม (ย่อ)` on page 3 makes ย่อ known on page 40."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from tipmine.records import Token
from tipmine.tag.candidates import Candidate
from tipmine.tag.name_words import name_pattern, name_words

_LONGEST_NAME = 90
"""Code points before the bracket within which the full name must begin. Longer texts are sentences."""

_BRACKET = re.compile(
    r"\s?\((?:\s?(?:เรียกย่อว่า|ต่อไปเรียกว่า|หรือ|ย่อว่า)\s?)?"
    r"(?P<short>(?:[\u0e01-\u0e2e]{1,6}\.){1,6}|[\u0e01-\u0e2e]{2,6}|[A-Z][A-Z&-]{1,9})\s?\)"
)
_CLAUSE_END = re.compile(r"[;,()]|\s{2,}")


class Abbreviation(NamedTuple):
    """An abbreviation that a document introduces, its full name there, and its actor.

    `actor` (gazetteer id) and `sector` are empty if the gazetteer does not know the full name.
    """

    short: str
    name: str
    actor: str = ""
    sector: str = ""


def find_introductions(text: str, candidates: Sequence[Candidate]) -> Iterator[Abbreviation]:
    """The pairs "full name (abbreviation)" in a text. A gazetteer name before the bracket is taken as a whole."""
    for bracket in _BRACKET.finditer(text):
        short = bracket["short"]
        if short in name_words("not_abbreviation"):
            continue
        # Some forms of the gazetteer contain the bracket: ศูนย์ … (ศรส.).
        ends = (bracket.start(), bracket.end())
        known = next((c for c in candidates if c.start < bracket.start() and c.end in ends), None)
        if known:
            yield Abbreviation(short, text[known.start : bracket.start()], known.actor, known.sector)
            continue
        name = _name_before(text, bracket.start())
        if name and _fits(short, name):
            yield Abbreviation(short, name)


def _name_before(text: str, end: int) -> str:
    left = text[max(0, end - _LONGEST_NAME) : end]
    boundaries = [match.end() for match in _CLAUSE_END.finditer(left)]
    left = left[boundaries[-1] :] if boundaries else left
    head = name_pattern("introduced").search(left)
    # If there are several head words (สำนักงานกองทุน), the first begins the name.
    return left[head.start() :].strip() if head else ""


def _fits(short: str, name: str) -> bool:
    """Whether the letters of a Thai abbreviation occur in the name in order; Latin ones are only checked for length."""
    letters = [letter for letter in short if "\u0e01" <= letter <= "\u0e2e"]
    if not letters:
        return len(name) >= len(short)
    return len(name) > len(letters) * 2 and _is_subsequence(letters, name)


def _is_subsequence(letters: Iterable[str], text: str) -> bool:
    """Whether the letters occur in the text in their order; others may be between them."""
    at = 0
    for letter in letters:
        at = text.find(letter, at) + 1
        if not at:
            return False
    return True


def by_short_form(pairs: Iterable[Abbreviation]) -> dict[str, Abbreviation]:
    """The abbreviations of a document by their short form; if one has two full names, the first counts."""
    by_short: dict[str, Abbreviation] = {}
    for pair in pairs:
        by_short.setdefault(pair.short, pair)
    return by_short


def find_uses(text: str, tokens: Iterable[Token], known: Mapping[str, Abbreviation]) -> list[Candidate]:
    """The occurrences of the document's abbreviations in one of its texts, at the edges of tokens or of scripts."""
    if not known:
        return []
    edges = {token.start for token in tokens} | {len(text)}
    candidates = []
    pattern = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
    for match in re.finditer(pattern, text):
        if _on_edges(text, match.start(), match.end(), edges):
            pair = known[match.group()]
            candidates.append(Candidate(match.start(), match.end(), pair.actor, pair.sector, pair.name))
    return candidates


def _on_edges(text: str, start: int, end: int, edges: set[int]) -> bool:
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    starts = not before.isalnum() or start in edges
    ends = text[end - 1] == "." or not after.isalnum() or end in edges
    return starts and ends and before != "."
