"""Writes text to a file or to standard output, in UTF-8 whatever the terminal's own encoding.

Halves of surrogate pairs, which come from JSON escapes and from odd names of files, do not exist in UTF-8. They are
written as `\\udcff`, which is their escape in JSON.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from tipmine.atomic import replacing

_HALVES = "backslashreplace"
"""What happens to halves of surrogate pairs."""


def counted(number: int, thing: str) -> str:
    """A number of things in words.

    >>> counted(1, "passage"), counted(1200, "passage")
    ('1 passage', '1,200 passages')
    """
    return f"{number:,} {thing}" + ("" if number == 1 else "s")


def utf8_stdout() -> TextIO:
    """Standard output, switched to UTF-8: Thai text must survive a pipe on any machine."""
    sys.stdout.reconfigure(encoding="utf-8", errors=_HALVES)  # type: ignore[union-attr]  # a text stream here
    return sys.stdout


@contextmanager
def opened(target: Path | None, encoding: str = "utf-8", newline: str = "\n") -> Iterator[TextIO]:
    """A stream into the file `target`, which changes only if the block ends without an error; None: standard output.

    Raises RunError if there is no such folder.
    """
    if target is None:
        yield utf8_stdout()
        return
    from tipmine.report.files import check_folder_of

    check_folder_of(target)
    with replacing(target) as draft, draft.open("w", encoding=encoding, errors=_HALVES, newline=newline) as stream:
        yield stream


def write_text(content: str, target: Path | None) -> None:
    """Write `content` to the file `target`, or to standard output if it is None."""
    with opened(target) as stream:
        stream.write(content)
