"""Text units, the input of themes and traces, from the records of JSONL files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tipmine.jsonl import field_text
from tipmine.records import TextUnit

WordCutter = Callable[[str], tuple[str, ...]]
"""Cuts a text into words, as `tipmine.tokenize.words` does."""


def text_unit(record: Mapping[str, Any], words: WordCutter) -> TextUnit:
    """The unit from a record with `id`, `text` (a string) and, where known, the other fields of a unit.

    `group` may also be called `province`.
    """
    return TextUnit(
        id=str(record["id"]),
        text=record["text"],
        words=words(record["text"]),
        doc=field_text(record, "doc"),
        kind=field_text(record, "kind"),
        speaker=field_text(record, "speaker"),
        group=field_text(record, "group") or field_text(record, "province"),
        section=field_text(record, "section"),
    )
