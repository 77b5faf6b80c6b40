"""JSONL in and out for the commands: one JSON object per line; errors give the number of the line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tipmine.cli.output import opened
from tipmine.errors import DamagedFileError, MissingFileError
from tipmine.jsonl import parse_objects

STDIN = "-"


def read_text(source: str) -> str:
    """The text of a file, or of standard input for `-`, in any encoding that the extractor knows.

    Raises MissingFileError if there is no such file, WrongTypeError if the bytes are not text.
    """
    from tipmine.extract.txt import decode

    if source == STDIN:
        return decode(sys.stdin.buffer.read(), "standard input")[0]
    return decode(_existing(source).read_bytes(), source)[0]


def read_records(source: str, *, required: Iterable[str]) -> list[dict[str, Any]]:
    """The objects of a JSONL file, or of standard input for `-`; empty lines are skipped.

    Raises MissingFileError if there is no such file, DamagedFileError for a line that is not UTF-8, and RecordError
    for one that is not an object or lacks a `required` key (a required `text` must be a string). Errors name the line.
    """
    if source == STDIN:
        return list(parse_objects(_decoded(sys.stdin.buffer, "standard input"), "standard input", required))
    with _existing(source).open("rb") as stream:
        return list(parse_objects(_decoded(stream, source), source, required))


def _existing(source: str) -> Path:
    path = Path(source)
    if not path.is_file():
        raise MissingFileError(source, "no such file", "the name of a file, or - for standard input")
    return path


def _decoded(lines: Iterable[bytes], subject: str) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        try:
            yield line.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise DamagedFileError(f"{subject}, line {number}", "not UTF-8", "JSONL in UTF-8") from error


def write_records(records: Iterable[Mapping[str, Any]], target: Path | None) -> None:
    """Write objects, one per line, to the file `target`, or to standard output if it is None."""
    with opened(target) as stream:
        for record in records:
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")
