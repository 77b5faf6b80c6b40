"""A PDF -> draft pages, in one piece or a range of pages at a time, with the same result.

A range holds what its own pages show. What depends on the whole document waits until all ranges are there: names of
glyphs that no font names, pages whose text then turns out to be useless, running heads, page numbers and headings.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tipmine.errors import TooLargeError
from tipmine.extract.deadlines import Deadlines
from tipmine.extract.drafts import DraftPage
from tipmine.extract.furniture import assign_roles
from tipmine.extract.glyphs import PdfReader, open_pdf
from tipmine.extract.layout import lay_out, name_unknown
from tipmine.extract.ocr import read_missing, read_pictures
from tipmine.extract.unknown import UnknownGlyphs
from tipmine.records import OcrMode

MAX_PAGES = 20_000
"""Most pages of a document."""


@dataclass(slots=True)
class PageRange:
    """Pages of a PDF, read as far as possible without the others, and their glyphs that have no name yet."""

    pages: list[DraftPage]
    unknown: UnknownGlyphs


def count_pages(path: Path, password: str | None) -> int:
    """How many pages a PDF has. Raises TooLargeError, and what `open_pdf` raises."""
    with open_pdf(path, password) as reader:
        _check_count(path, reader)
        return len(reader)


def read_range(
    path: Path, password: str | None, ocr: OcrMode, until: Deadlines, start: int = 0, stop: int | None = None
) -> PageRange:
    """Reads the pages from `start` up to `stop`, counted from 0. Raises TooLargeError, and what `open_pdf` raises."""
    pages: list[DraftPage] = []
    with open_pdf(path, password) as reader:
        _check_count(path, reader)
        for content in reader.pages(start, stop):
            pages.append(lay_out(content))
            if time.monotonic() > until.whole:
                raise TooLargeError(
                    path.name,
                    f"the time ran out at page {content.number}",
                    "a document that can be read in that time",
                    "split it into parts",
                )
    read_pictures(path, pages, password, ocr, until)
    return PageRange(pages, reader.fonts.unknown)


def join_ranges(
    path: Path, ranges: Sequence[PageRange], password: str | None, ocr: OcrMode, until: Deadlines
) -> list[DraftPage]:
    """The pages of a whole document from its ranges, which are changed in the process.

    Pages without usable text that OCR does not reach in time say so. Raises MissingPartError for OCR.
    """
    whole = ranges[0]
    for other in ranges[1:]:
        names = whole.unknown.take_in(other.unknown)
        if names is None:
            # Too many stand-ins: the document is read in one go, where the order decides which glyphs get none.
            whole = read_range(path, password, ocr, until)
            break
        for page in other.pages:
            page.rename(names)
        whole.pages += other.pages
    name_unknown(whole.pages, whole.unknown)
    read_missing(path, whole.pages, password, ocr, until)
    assign_roles(whole.pages)
    return whole.pages


def _check_count(path: Path, reader: PdfReader) -> None:
    if len(reader) > MAX_PAGES:
        raise TooLargeError(path.name, f"{len(reader):,} pages", f"at most {MAX_PAGES:,}", "split it into parts")
