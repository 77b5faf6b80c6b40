"""A long PDF in pieces that several workers read: cut, read a piece, join. The result is that of one reading."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Sequence
from pathlib import Path

from tipmine.extract.collecting import rare_collection
from tipmine.extract.compose import compose
from tipmine.extract.deadlines import deadlines
from tipmine.extract.documents import MAX_SECONDS, file_type
from tipmine.extract.pdf import PageRange, count_pages, join_ranges, read_range
from tipmine.records import Document, OcrMode

LEAST_PAGES = 100
"""Fewest pages of a piece: a few seconds' work. Lower: opening the file takes a larger share."""

MOST_PIECES = 12
"""Most pieces of a document. Each reader walks the page tree of the whole, which takes a hundredth of the time for
reading the pages: with more pieces that adds up."""

BYTES_OF_PAGE = 300
"""Fewest bytes in the file of a page with anything on it: a small file is not opened to count its pages."""

Span = tuple[int, int]
"""A half-open range of pages, counted from 0."""


def cut(path: Path, longest: int, password: str | None = None) -> list[Span]:
    """The pieces of a PDF of more than `longest` pages; none for a shorter one, or another file.

    Raises the errors of `extract_document`.
    """
    if file_type(path) != "pdf" or path.stat().st_size < longest * BYTES_OF_PAGE:
        return []
    count = count_pages(path, password)
    if count <= longest:
        return []
    size = max(min(LEAST_PAGES, longest), -(-count // MOST_PIECES))
    return [(start, min(start + size, count)) for start in range(0, count, size)]


def read_piece(
    path: Path, span: Span, *, password: str | None = None, ocr: OcrMode = "auto", seconds: float = MAX_SECONDS
) -> bytes:
    """Reads some pages into a packed form for `join_pieces`, small enough to be sent between processes.

    `seconds` is the time for this piece. Raises the errors of `extract_document`.
    """
    with rare_collection():
        return zlib.compress(pickle.dumps(read_range(path, password, ocr, deadlines(seconds), *span)), level=1)


def join_pieces(
    path: Path,
    pieces: Sequence[bytes],
    *,
    doc: str | None = None,
    password: str | None = None,
    ocr: OcrMode = "auto",
    seconds: float = MAX_SECONDS,
) -> Document:
    """The document from all its pieces in order, as `extract_document` gives it.

    `seconds` is the time for joining them. Raises the errors of `extract_document`.
    """
    with rare_collection():
        ranges = [_unpack(piece) for piece in pieces]
        return compose(doc or path.name, join_ranges(path, ranges, password, ocr, deadlines(seconds)))


def _unpack(piece: bytes) -> PageRange:
    pages: PageRange = pickle.loads(zlib.decompress(piece))  # noqa: S301 -- made by a worker of the same run
    return pages
