"""Pages without text, read by tesseract where it is installed; where it is not, the page says what to install.

Measured on clean 300 dpi pages: 2.3 to 4.2 s a page on one thread, 2 to 10 % of the letters wrong, mostly tone
marks; so every line that comes from OCR is doubtful, and says so. Two threads make a page slower, not faster.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tipmine.errors import MissingPartError
from tipmine.extract.drafts import Draft, DraftPage, Piece
from tipmine.extract.quality import why_ocr

LEAST_LINE = 50.0
"""Mean confidence of a line under which it is no text: stamps, signatures, tone marks read as a line of their own."""

DPI = 300
LANGUAGES = "tha+eng"
LEAST_CONFIDENCE = 30.0
"""Words under this are specks and borders."""

MAX_PIXELS = 5_000
"""Longest side of a rendered page: A3 at 300 dpi; a poster is read smaller."""

INSTALL = "install tesseract-ocr with its Thai data (Debian, Ubuntu: tesseract-ocr-tha) and run again"


def read_missing(path: Path, pages: Sequence[DraftPage], password: str | None, ocr: str, deadline: float) -> None:
    """Marks the pages whose own text cannot be used and reads them, in place.

    `ocr`: `never` only marks; `auto` reads where tesseract is installed; `always` raises MissingPartError where it
    is not. Stops at the deadline (time.monotonic); pages not reached stay marked.
    """
    missing = []
    for page in pages:
        page.needs_ocr = why_ocr(page)
        if page.needs_ocr:
            missing.append(page)
    if not missing or ocr == "never":
        return
    if shutil.which("tesseract") is None:
        if ocr == "always":
            raise MissingPartError(path.name, "tesseract is not installed", "tesseract with Thai data", INSTALL)
        for page in missing:
            page.needs_ocr += f"; {INSTALL}"
        return
    if not thai_ocr():
        for page in missing:
            page.needs_ocr += f"; tesseract has no Thai data: {INSTALL}"
        return
    _read_pages(path, [page for page in missing if page.by_ocr is None], password, deadline)
    for page in missing:
        if page.by_ocr:
            page.lines, page.needs_ocr = page.by_ocr, ""


def read_pictures(path: Path, pages: Sequence[DraftPage], password: str | None, ocr: str, deadline: float) -> None:
    """Reads ahead the pages without a single glyph, whose text nothing on other pages can make usable, if OCR may."""
    pictures = [page for page in pages if not page.glyphs and why_ocr(page)]
    if pictures and ocr != "never" and thai_ocr():
        _read_pages(path, pictures, password, deadline)


def thai_ocr() -> bool:
    """Whether tesseract is installed with its Thai data."""
    if shutil.which("tesseract") is None:
        return False
    import pytesseract

    return "tha" in pytesseract.get_languages()


def _read_pages(path: Path, pages: Sequence[DraftPage], password: str | None, deadline: float) -> None:
    if not pages:
        return
    import pypdfium2
    import pytesseract

    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    document = pypdfium2.PdfDocument(path, password=password)
    try:
        for page in pages:
            if time.monotonic() > deadline:
                return
            scale = min(DPI / 72, MAX_PIXELS / max(page.width, page.height, 1.0))
            picture = document[page.number - 1].render(scale=scale, grayscale=True).to_pil()
            data = pytesseract.image_to_data(picture, lang=LANGUAGES, output_type=pytesseract.Output.DICT)
            page.by_ocr = _lines(data, page.number, 1 / scale)
    finally:
        document.close()


def _lines(data: dict[str, list[Any]], number: int, scale: float) -> list[Draft]:
    """Words that tesseract found, as draft lines; Thai words it parts without a space on paper are joined."""
    grouped: dict[tuple[int, int, int], list[int]] = {}
    for place, word in enumerate(data["text"]):
        if word.strip() and float(data["conf"][place]) >= LEAST_CONFIDENCE:
            key = (data["block_num"][place], data["par_num"][place], data["line_num"][place])
            grouped.setdefault(key, []).append(place)
    lines = []
    for (block, _, _), places in grouped.items():
        confidence = sum(float(data["conf"][p]) for p in places) / len(places)
        if confidence < LEAST_LINE:
            continue
        text = _join([(data["text"][p], data["left"][p], data["width"][p], data["height"][p]) for p in places])
        left, top = min(data["left"][p] for p in places), min(data["top"][p] for p in places)
        right = max(data["left"][p] + data["width"][p] for p in places)
        bottom = max(data["top"][p] + data["height"][p] for p in places)
        lines.append(
            Draft(
                number,
                [[Piece(text, text, font="ocr")]],
                (left * scale, top * scale, right * scale, bottom * scale),
                block=block,
                reason="read by OCR: tone marks may be missing",
                score=0.008 * confidence,
            )
        )
    return lines


def _join(words: Sequence[tuple[str, int, int, int]]) -> str:
    """Words of a line with the spaces that are wide enough to be spaces."""
    text, edge = "", None
    for word, left, width, height in words:
        if edge is not None and left - edge > 0.35 * height:
            text += " "
        text += word
        edge = left + width
    return text
