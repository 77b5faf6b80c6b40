"""Writes report files completely or not at all, with errors that say what to do."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tipmine.errors import RunError
from tipmine.report.cells import defuse


@contextmanager
def fresh(path: Path) -> Iterator[Path]:
    """A temporary path beside `path` to write to; it replaces `path` if the block ends without an error.

    Raises RunError if the folder cannot be written or another program keeps the file open.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield draft
        draft.replace(path)
    except OSError as error:
        raise RunError(
            str(path), f"cannot be written: {error.strerror or error}", "a file that may be replaced", "close it first"
        ) from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def write_text(path: Path, content: str) -> None:
    """Write a text file in UTF-8."""
    with fresh(path) as draft:
        draft.write_text(content, encoding="utf-8", newline="\n")


def write_csv(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write rows as CSV with a byte order mark, which spreadsheets need to read Thai."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    with fresh(path) as draft, draft.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, names, restval="")
        writer.writeheader()
        writer.writerows({name: defuse(value) for name, value in row.items()} for row in rows)


def write_json(path: Path, content: Any) -> None:
    """Write JSON with Thai letters as they are."""
    write_text(path, json.dumps(content, ensure_ascii=False, indent=1) + "\n")
