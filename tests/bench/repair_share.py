# ruff: noqa: T201 - a script that talks to its user
"""What repair adds to the time of extraction, by processor time.

    python -m tests.bench.repair_share FOLDER [FOLDER ...]

The aim: less than a fifth of the rest. A timed repair takes the place of the usual one.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Collection, Sequence
from pathlib import Path
from unittest.mock import patch

from tipmine.errors import TipmineError
from tipmine.extract import compose as composing
from tipmine.extract.documents import extract_document
from tipmine.extract.repair import Repaired, repair_lines

spent: list[float] = []
"""Processor seconds of each call of repair."""


def timed(texts: Sequence[str], fonts: Sequence[str], drawn: Collection[str]) -> list[Repaired]:
    """Repairs as always, and notes the time."""
    start = time.process_time()
    done = repair_lines(texts, fonts, drawn)
    spent.append(time.process_time() - start)
    return done


def main(folders: Sequence[str]) -> None:
    """Reads every PDF below the folders once."""
    patch.object(composing, "repair_lines", timed).start()
    pages = letters = 0
    # Dictionaries and tables are loaded once a process and are not counted.
    repair_lines(["ผูป้ฏบัิตงิาน"])
    start = time.process_time()
    for path in sorted(path for folder in folders for path in Path(folder).rglob("*.pdf")):
        try:
            document = extract_document(path, ocr="never")
        except TipmineError as error:
            print(error)
            continue
        pages += len(document.pages)
        letters += sum(len(line.text) for line in document.lines)
    total = time.process_time() - start
    repair = sum(spent)
    print(f"{pages} pages, {letters:,} characters, {total:.1f} s of processor: {pages / total:.1f} pages/s a core")
    print(f"repair {repair:.1f} s, {repair / (total - repair):.1%} of the rest: {letters / repair:,.0f} characters/s")


if __name__ == "__main__":
    main(sys.argv[1:])
