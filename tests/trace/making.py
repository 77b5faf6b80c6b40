"""Text units for tests of tracing."""

from __future__ import annotations

from tipmine.records import TextUnit
from tipmine.tokenize import words


def unit(id_: str, text: str, **more: object) -> TextUnit:
    """A unit whose words are cut as they are in a run."""
    return TextUnit(id_, text, words(text), **more)  # type: ignore[arg-type]
