"""Finds the names of actors in a passage with a conditional random field (CRF) over words and gazetteer matches.

A list cannot hold every name (`ผู้จัดการหอพัก`, `ทีมเคลื่อนที่เร็ว`), nor can it show whether สังคม or จังหวัด acts or
is a topic or a place. The CRF sees each word, its neighbours and its gazetteer match, and so learns how far to trust a
match. Labels are B (a name begins), I (it continues), O (not in a name).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, Unpack

from tipmine.digits import arabic_digits
from tipmine.records import Kind, Token
from tipmine.tag.candidates import Candidate
from tipmine.tag.crf import Penalties, open_crf, train_crf
from tipmine.tag.name_words import name_words
from tipmine.tag.spans import touching, within

_AFFIX = 4
"""Most code points of a word's prefix or suffix used as a feature."""

_WORDS_KEPT = 50_000
"""Size of the cache of word shapes. It holds the words of any single report and takes about ten megabytes."""

KEEP_MATCH = 0.1
"""A gazetteer match that the CRF does not label is kept if, according to the CRF, its first word has at least this
probability of being part of a name. Lower: more matches are kept, at the cost of precision."""

_SOME = re.compile("บาง(?:ราย|คน|นาย|แห่ง|ส่วน)|หลาย(?:ราย|คน|แห่ง)")
"""Words that say that some of a group are meant. They end the name: what follows says what these do."""
_LONGEST_SOME = len("หลายแห่ง")
"""Code points of the longest of these words."""


class Name(NamedTuple):
    """A span that names an actor: half-open offsets, and the lowest probability of any of its words being in a name."""

    start: int
    end: int
    score: float


def features(tokens: Sequence[Token], candidates: Sequence[Candidate], kind: Kind) -> list[list[str]]:
    """The features of each token, as strings, in the form that CRFsuite takes."""
    words = [_shape(token.text) for token in tokens]
    places = _places(tokens, candidates)
    padded = ["<", "<", *words, ">", ">"]
    around = ["<", *places, ">"]
    rows = []
    for i, word in enumerate(words):
        left2, left, _, right, right2 = padded[i : i + 5]
        row = [
            "bias",
            f"kind={kind}",
            f"w={word}",
            f"w-1={left}",
            f"w+1={right}",
            f"w-2={left2}",
            f"w+2={right2}",
            f"w-1,0={left}|{word}",
            f"w0,1={word}|{right}",
            f"g={places[i]}",
            f"g-1={around[i]}",
            f"g+1={around[i + 2]}",
            f"g,w={places[i]}|{word}",
            f"g,w-1={places[i]}|{left}",
            f"g,w+1={places[i]}|{right}",
        ]
        row += _affixes(word)
        rows.append(row)
    return rows


@lru_cache(maxsize=_WORDS_KEPT)
def _affixes(word: str) -> tuple[str, ...]:
    lengths = range(2, min(_AFFIX, len(word) - 1) + 1)
    return (*(f"p={word[:n]}" for n in lengths), *(f"s={word[-n:]}" for n in lengths))


@lru_cache(maxsize=_WORDS_KEPT)
def _shape(word: str) -> str:
    """The word in lower case; any number becomes "0" and any white space "_", since their values name nobody."""
    if word.isspace():
        return "_"
    plain = arabic_digits(word)
    return "0" if plain.replace(",", "").replace(".", "").isdecimal() else plain.lower()


def _places(tokens: Sequence[Token], candidates: Iterable[Candidate]) -> list[str]:
    """The gazetteer label of each token: B- or I- and the sector of the candidate it begins or continues, else O."""
    starts = {token.start: index for index, token in enumerate(tokens)}
    places = ["O"] * len(tokens)
    for candidate in candidates:
        index = starts.get(candidate.start)
        if index is None:
            continue
        what = candidate.sector or "mined"  # an introduced abbreviation; the shipped model knows this value
        places[index] = f"B-{what}"
        index += 1
        while index < len(tokens) and tokens[index].start < candidate.end:
            places[index] = f"I-{what}"
            index += 1
    return places


def labels(tokens: Sequence[Token], spans: Iterable[tuple[int, int]]) -> list[str]:
    """B, I or O for each token; a token belongs to the span that covers more than half of it."""
    tags = ["O"] * len(tokens)
    for start, end in spans:
        inside = [
            i for i, token in enumerate(tokens) if 2 * (min(end, token.end) - max(start, token.start)) > len(token.text)
        ]
        for order, index in enumerate(inside):
            tags[index] = "I" if order else "B"
    return tags


class NameCRF:
    """A trained CRF for names, read from a CRFsuite file."""

    def __init__(self, path: Path) -> None:
        self._tagger = open_crf(path)

    def names(self, tokens: Sequence[Token], candidates: Sequence[Candidate], kind: Kind) -> list[Name]:
        """The names in a passage from left to right, without white space at their edges.

        A name that cuts through a gazetteer candidate is widened to cover it. A candidate that the CRF does not label
        is kept unless the CRF is sure that it is not a name (`KEEP_MATCH`).
        """
        if not tokens:
            return []
        self._tagger.set(features(tokens, candidates, kind))
        by_crf = [self._name(tokens, first, last) for first, last in _runs(self._tagger.tag())]
        widened = _within_clauses(tokens, _ended(tokens, _widened(by_crf, candidates)), candidates)
        return sorted((*widened, *self._passed_over(tokens, candidates, widened)))

    def _name(self, tokens: Sequence[Token], first: int, last: int) -> Name:
        while last > first and tokens[last].text.isspace():
            last -= 1
        score = min(1 - self._tagger.marginal("O", index) for index in range(first, last + 1))
        return Name(tokens[first].start, tokens[last].end, score)

    def _passed_over(
        self, tokens: Sequence[Token], candidates: Sequence[Candidate], names: Sequence[Name]
    ) -> Iterator[Name]:
        starts = {token.start: index for index, token in enumerate(tokens)}
        for candidate in candidates:
            if touching(names, candidate.start, candidate.end):
                continue
            index = starts.get(candidate.start)
            score = 1 - self._tagger.marginal("O", index) if index is not None else 0.0
            if score >= KEEP_MATCH:
                yield Name(candidate.start, candidate.end, score)


def _widened(names: Sequence[Name], candidates: Sequence[Candidate]) -> list[Name]:
    """The names, widened to the edges of the candidates that they cut; those that then overlap are joined."""
    joined: list[Name] = []
    for name in names:
        start, end = name.start, name.end
        for candidate in touching(candidates, name.start, name.end):
            if candidate.start < start < candidate.end:
                start = candidate.start
            if candidate.start < end < candidate.end:
                end = candidate.end
        if joined and joined[-1].end > start:
            joined[-1] = Name(joined[-1].start, max(joined[-1].end, end), min(joined[-1].score, name.score))
        else:
            joined.append(Name(start, end, name.score))
    return joined


def _ended(tokens: Sequence[Token], names: Iterable[Name]) -> list[Name]:
    """The names, each ended after a word for "some of a group" that begins in it. Known names after that are kept by
    the rule for unlabelled candidates.
    """
    text, first = "".join(token.text for token in tokens), tokens[0].start
    ended = []
    for name in names:
        some = _SOME.search(text, name.start - first, name.end - first + _LONGEST_SOME)
        ended.append(name._replace(end=some.end() + first) if some and some.start() + first < name.end else name)
    return ended


def _within_clauses(tokens: Sequence[Token], names: Sequence[Name], candidates: Sequence[Candidate]) -> list[Name]:
    """The names; a span that contains a verb is a clause, so only the known names inside it are kept.

    Signs of a verb: a modal, a relative pronoun at the beginning, or words between two known names that cannot link two
    names.
    """
    kept: list[Name] = []
    for name in names:
        held = within(candidates, name.start, name.end)
        inside = touching(tokens, name.start, name.end)
        clause = inside[0].text in name_words("relative")
        clause |= any(token.text in name_words("modal") for token in inside if token.start > name.start)
        names_first = bool(held) and held[0].start == name.start
        if clause or (names_first and any(_apart(inside, *pair) for pair in pairwise(held))):
            kept += [Name(c.start, c.end, name.score) for c in held]
        else:
            kept.append(name)
    return kept


def _apart(tokens: Sequence[Token], first: Candidate, second: Candidate) -> bool:
    """Whether there are words between two names none of which can link two names, which suggests a verb."""
    between = [t.text for t in tokens if first.end <= t.start and t.end <= second.start and not t.text.isspace()]
    return bool(between) and not any(word in name_words("link") for word in between)


def _runs(path: Sequence[str]) -> list[tuple[int, int]]:
    """First and last index (inclusive) of each name in a sequence of labels."""
    runs: list[tuple[int, int]] = []
    start = -1
    for index, label in enumerate([*path, "O"]):
        if start >= 0 and label != "I":
            runs.append((start, index - 1))
            start = -1
        if label == "B" or (label == "I" and start < 0):
            start = index
    return runs


def train_names(
    sequences: Iterable[tuple[Sequence[Token], Sequence[Candidate], Kind, Iterable[tuple[int, int]]]],
    path: Path,
    **penalties: Unpack[Penalties],
) -> None:
    """Fit a CRF to passages, each its tokens, candidates, kind and the spans of its names; write it to `path`."""
    rows = (
        (features(tokens, candidates, kind), labels(tokens, spans)) for tokens, candidates, kind, spans in sequences
    )
    train_crf(rows, path, **penalties)
