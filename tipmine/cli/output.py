"""Writes text to a file or to standard output, in UTF-8 whatever the terminal's own encoding."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TextIO


def utf8_stdout() -> TextIO:
    """Standard output, switched to UTF-8: Thai text must survive a pipe on any machine."""
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a text stream at the command line
    return sys.stdout


def write_text(content: str, target: Path | None) -> None:
    """Write `content` to the file `target`, or to standard output if it is None."""
    if target is None:
        utf8_stdout().write(content)
    else:
        target.write_text(content, encoding="utf-8", newline="\n")
