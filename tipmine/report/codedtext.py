"""The text of a document as exported to other programs, and the offset of each passage in it.

Passages are separated by an empty line; printed numbers and speakers come before a passage, outside it. All offsets
are in code points of this text, from 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tipmine.records import Passage

_ONE_FOR_ONE = {ord("\r"): " ", ord("\ufeff"): " ", 0: " "} | dict.fromkeys(range(0xD800, 0xE000), "?")
"""Carriage returns and byte order marks would shift offsets in programs that drop them; the others cannot be stored."""


@dataclass(frozen=True, slots=True)
class CodedText:
    """The text of a document, and the start of each passage in it by passage id."""

    text: str
    starts: dict[str, int]
    pages: tuple[tuple[int, int], ...]
    """Page map: (offset, page) where a new page begins, in order."""


def coded_text(passages: Iterable[Passage]) -> CodedText:
    """The passages of one document, in their order, as one text."""
    parts: list[str] = []
    starts: dict[str, int] = {}
    pages: list[tuple[int, int]] = []
    at = 0
    for passage in passages:
        before = f"{passage.number} " if passage.number else f"{passage.speaker}: " if passage.speaker else ""
        head = safe(before)
        if passage.page and (not pages or passage.page > pages[-1][1]):
            pages.append((at, passage.page))
        starts[passage.id] = at + len(head)
        parts += [head, safe(passage.text), "\n\n"]
        at += len(head) + len(passage.text) + 2
    return CodedText("".join(parts), starts, tuple(pages))


def safe(text: str) -> str:
    """A text with the same number of characters that every program stores and counts alike.

    >>> safe("a\\r\\nb")
    'a \\nb'
    """
    return text.translate(_ONE_FOR_ONE)
