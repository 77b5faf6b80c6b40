"""Parses JSONL, one JSON object per line, with the line number in errors; and reads fields of the objects."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tipmine.errors import RecordError


def parse_objects(lines: Iterable[str], subject: str, required: Iterable[str] = ()) -> Iterator[dict[str, Any]]:
    """The objects of the lines of `subject`, a name for errors; empty lines are skipped.

    Raises RecordError for a line that is not an object or lacks a `required` key (a required `text` must be a string).
    """
    wanted = tuple(required)
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        where = f"{subject}, line {number}"
        try:
            record = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            raise RecordError(where, f"not JSON: {error}", "one JSON object per line") from error
        except ValueError as error:
            raise RecordError(where, "a number of thousands of digits", "numbers of usual size") from error
        if not isinstance(record, dict):
            raise RecordError(where, f"a JSON {type(record).__name__}", "an object")
        check_record(record, where, wanted)
        yield record


def check_record(record: Mapping[str, Any], where: str, required: Sequence[str]) -> None:
    """Raises RecordError, naming the place `where`, for a record that lacks a `required` field.

    A required `text` must be a string.
    """
    missing = [key for key in required if record.get(key) is None]
    if missing:
        raise RecordError(where, f"lacks {', '.join(missing)}", f"an object with {', '.join(required)}")
    if "text" in required and not isinstance(record["text"], str):
        raise RecordError(where, "text is not a string", 'an object with "text": "..."')


def field_text(record: Mapping[str, Any], key: str) -> str:
    """A field of a record as text, empty if it is missing. In tables, speakers and documents may be numbers."""
    value = record.get(key)
    return "" if value is None else str(value)


def lines_of(text: str) -> list[str]:
    """The lines of a text file. Only line feeds end a line: in JSON, U+2028 and the like may appear inside a string."""
    return [line.removesuffix("\r") for line in text.split("\n")]
