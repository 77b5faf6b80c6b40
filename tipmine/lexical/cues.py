"""Finds cues in a text that is given by its words: phrases of a word list, each with what it shows (its sense)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Generic, TypeVar

MOST_WORDS = 4
"""Most words into which the tokenizer may split a cue."""

_SenseT = TypeVar("_SenseT", bound=str)


class CueFinder(Generic[_SenseT]):
    """Finds the cues of a list, the longest at each place; they do not overlap."""

    def __init__(self, senses: Mapping[str, _SenseT]) -> None:
        """`senses` maps each cue, written without spaces, to its sense."""
        self._senses = dict(senses)
        # To skip quickly the many words that do not begin a cue.
        self._beginnings = frozenset(cue[:end] for cue in self._senses for end in range(1, len(cue) + 1))

    def scan(self, words: Sequence[str]) -> Iterator[tuple[_SenseT | None, str]]:
        """The text from left to right: each cue as a whole with its sense, any other word with None.

        >>> list(CueFinder({"ไม่มี": "lack"}).scan(("ล่าม", "ไม่", "มี", "เลย")))
        [(None, 'ล่าม'), ('lack', 'ไม่มี'), (None, 'เลย')]
        """
        at = 0
        while at < len(words):
            length = self._length_at(words, at)
            text = "".join(words[at : at + max(length, 1)])
            yield (self._senses[text] if length else None), text
            at += max(length, 1)

    def _length_at(self, words: Sequence[str], at: int) -> int:
        """The number of words of the longest cue that begins at the word `at`; 0 if none does."""
        if words[at] not in self._beginnings:
            return 0
        lengths = range(min(MOST_WORDS, len(words) - at), 0, -1)
        return next((length for length in lengths if "".join(words[at : at + length]) in self._senses), 0)
