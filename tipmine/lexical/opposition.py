"""Finds whether two texts with nearly the same words demand the opposite (`tipmine/data/lexicon/opposition.tsv`).

Measures of likeness leave out negations, so ควรเปิดเผยชื่อ and ต้องไม่เปิดเผยชื่อ are one text to them. What is compared
here is only what each text demands, with its sign: a ไม่ in a clause about whom or how something is done turns no
demand round.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from typing import Literal, get_args

from tipmine.data import data_groups
from tipmine.lexical.cues import CueFinder
from tipmine.lexical.wordlists import content_words

Sense = Literal["demand", "ask", "let", "not", "forbid", "end", "make", "pass", "and", "aside", "keep"]

_FILE = "lexicon/opposition.tsv"
_NAMED_FIRST = 5
"""Words with content behind ขอให้ and the like among which what is demanded stands: a ministry's name takes four."""
_NUMBER = re.compile(r"[\W\d]+")
_NOUN = "การ"
"""Makes a noun of a verb: ระงับการส่งกลับ and ส่งกลับ speak of the same."""
TEXTS_KEPT = 10_000
"""Texts whose demands are kept: a recommendation is compared with many others."""
OBJECTS = 2
"""Words behind what is demanded that must be the same in two texts: เปิดเผยชื่อผู้เสียหาย is not เปิดเผยชื่อนายจ้าง."""
OBJECTS_IF_NEAR = 1
"""The same for texts that are alike in nearly all words."""


@dataclass(frozen=True, slots=True)
class Demand:
    """Something that a text demands, or demands not to be done (`negative`); `objects` are the next content words."""

    what: str
    negative: bool
    objects: tuple[str, ...]


def opposed(left: Sequence[Demand], right: Sequence[Demand], *, near: bool) -> bool:
    """Whether two texts demand the opposite of the same thing; `near` says that they have nearly the same words.

    >>> close = demands(("ศาล", "ควร", "เปิดเผย", "ชื่อ")), demands(("ศาล", "ต้อง", "ไม่", "เปิดเผย", "ชื่อ"))
    >>> opposed(*close, near=True)
    True
    """
    length = OBJECTS_IF_NEAR if near else OBJECTS
    return any(
        one.what == other.what
        and one.negative != other.negative
        # Where one of the texts ends, there is nothing to compare.
        and all(mine == theirs for mine, theirs in zip(one.objects[:length], other.objects[:length], strict=False))
        for one in _unequivocal(left)
        for other in _unequivocal(right)
    )


def _unequivocal(all_demands: Sequence[Demand]) -> list[Demand]:
    """The demands without those of which the text demands the opposite as well."""
    signs = {(demand.what, demand.negative) for demand in all_demands}
    return [demand for demand in all_demands if (demand.what, not demand.negative) not in signs]


@lru_cache(maxsize=TEXTS_KEPT)
def demands(words: tuple[str, ...]) -> tuple[Demand, ...]:
    """What a text, given by its words in order, demands.

    >>> [(demand.what, demand.negative) for demand in demands(("ไม่", "ควร", "กักตัว", "เด็ก", "ที่", "ไม่", "มี", "บัตร"))]
    [('กักตัว', True)]
    """
    pieces = list(_senses(words))
    reader = _Reader(begins_with_demand=not any(sense in ("demand", "ask") for sense, _ in pieces))
    heads = [(at, reader.negative) for at, (sense, word) in enumerate(pieces) if reader.read(sense, word)]
    return tuple(Demand(pieces[at][1], negative, _objects(pieces[at + 1 :])) for at, negative in heads)


def _objects(rest: Sequence[tuple[Sense | None, str]]) -> tuple[str, ...]:
    """The next words with content behind what is demanded."""
    with_content = (word for sense, word in rest if sense == "make" or (not sense and content_words((word,))))
    return tuple(islice(with_content, OBJECTS))


class _Reader:
    """Follows a text form by form and word by word, and says of each word whether it is what is demanded."""

    def __init__(self, *, begins_with_demand: bool) -> None:
        """`begins_with_demand`: the text demands what it begins with, as an item of a list does, which has no ควร."""
        self.negative = False
        self._turned = False
        """Whether a negation stands before the next word."""
        self._left = int(begins_with_demand)
        """How many of the next words with content may be what is demanded."""
        self._fresh = True
        """Whether no word has come since the demand was opened."""
        self._joined = False
        """Whether the next word is joined by และ to what was demanded before it, and so has its sign."""

    def read(self, sense: Sense | None, word: str) -> bool:
        """Whether this word or form, the next one of the text, is what is demanded; `negative` is then its sign."""
        if sense in (None, "make"):
            return self._word(more=sense == "make", content=bool(content_words((word,))))
        if sense in ("not", "forbid", "end"):
            self._turned = not self._turned
        if sense in ("demand", "ask") or (sense in ("forbid", "end") and not self._fresh):
            self.negative = False
        self._joined = sense == "and" or (self._joined and sense not in ("demand", "ask"))
        if sense in ("demand", "end", "and"):
            self._left = max(self._left, 1)
            self._fresh = True
        elif sense in ("ask", "forbid") or (sense == "let" and self._left and self._fresh):
            self._left = _NAMED_FIRST
            self._fresh = True
        elif sense in ("aside", "keep"):
            self._left = 0
            self.negative = self._turned = False
        return False

    def _word(self, *, more: bool, content: bool) -> bool:
        """`read` for a word; with `more`, the demand goes on after it, `content` says whether it has content."""
        demanded = self._left > 0
        if demanded:
            self.negative = self._turned or self.negative if self._joined else self._turned != self.negative
            # ของ in the name of a ministry takes no place; แก้ไข may be what is demanded, though it says little.
            self._left -= not more and (content or self._left == 1)
        self._turned = self._fresh = self._joined = False
        return demanded


def _senses(words: Sequence[str]) -> Iterator[tuple[Sense | None, str]]:
    """The forms in a text with their sense, and the other words without one, but no numbers and single letters."""
    for sense, text in _forms().scan(words):
        if sense:
            yield sense, text
            continue
        word = text.removeprefix(_NOUN)
        if len(word) > 1 and not _NUMBER.fullmatch(word):
            yield None, word


@cache
def _forms() -> CueFinder[Sense]:
    senses: tuple[Sense, ...] = get_args(Sense)
    groups = data_groups(_FILE, "sense", senses, head=("form", "sense"))
    return CueFinder({row["form"]: sense for sense in senses for row in groups[sense]})
