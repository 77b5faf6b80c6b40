"""Reads pages without text by tesseract if it is installed; if not, the page says what to install.

Measured on clean 300 dpi pages: 2.3 to 4.2 s per page on one thread, 2 to 10 % of the letters wrong, mostly tone
marks. So every line from OCR is marked as doubtful. Two threads make a page slower, not faster.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tipmine.errors import MissingPartError
from tipmine.extract.deadlines import Deadlines
from tipmine.extract.drafts import DraftLine, DraftPage, Piece
from tipmine.extract.quality import why_ocr
from tipmine.extract.reasons import FAILED, INSTALL, NO_THAI_DATA, NOTHING_FOUND, READ_BY_OCR, out_of_time
from tipmine.records import OcrMode

LEAST_LINE = 50.0
"""Least mean confidence of a line. Lines below are not text: stamps, signatures, tone marks read as separate lines."""

DPI = 300
"""Dots per inch at which pages are rendered; tesseract's manual asks for at least 300."""
LANGUAGES = "tha+eng"
"""Tesseract's models, the main one first."""
LEAST_CONFIDENCE = 30.0
"""Least confidence of a word. Words below are specks and borders."""

MAX_PIXELS = 5_000
"""Longest side of a rendered page in pixels: A3 at 300 dpi; larger pages are rendered at a lower resolution."""
WORD_GAP = 0.35
"""Width of a gap, as a share of the word's height, from which it is a printed space. Lower: spaces appear within
phrases."""
SCORE_PER_CONFIDENCE = 0.008
"""Quality score per point of tesseract's confidence (0 to 100): even a certain line scores at most .8."""

_THREADS = "OMP_THREAD_LIMIT"
"""The variable that limits tesseract's threads."""


def read_missing(path: Path, pages: Sequence[DraftPage], password: str | None, ocr: OcrMode, until: Deadlines) -> None:
    """Marks the pages whose own text cannot be used and reads them by OCR; changes `pages` in place.

    `ocr`: `never` only marks; `auto` reads if tesseract is installed with Thai data; `always` raises MissingPartError
    if it is not. Stops at the deadline for OCR. Pages that were not read by then, and those on which OCR fails
    or finds nothing, stay marked and say so.
    """
    missing = []
    for page in pages:
        why = why_ocr(page)
        page.needs_ocr = (why,) if why else ()
        if why:
            missing.append(page)
    if not missing or ocr == "never":
        return
    if not thai_ocr():
        installed = shutil.which("tesseract") is not None
        if ocr == "always":
            lack = "tesseract has no Thai data" if installed else "tesseract is not installed"
            raise MissingPartError(path.name, lack, "tesseract with Thai data", str(INSTALL))
        for page in missing:
            page.needs_ocr += (NO_THAI_DATA if installed else INSTALL,)
        return
    _read_pages(path, [page for page in missing if page.by_ocr is None], password, until)
    for page in missing:
        if page.by_ocr:
            page.lines, page.needs_ocr = page.by_ocr, ()
        elif page.by_ocr is not None:
            page.needs_ocr += (NOTHING_FOUND,)


def read_pictures(path: Path, pages: Sequence[DraftPage], password: str | None, ocr: OcrMode, until: Deadlines) -> None:
    """Reads in advance, if OCR may be used, the pages without a single glyph: nothing on other pages can help there."""
    pictures = [page for page in pages if not page.glyphs and why_ocr(page)]
    if pictures and ocr != "never" and thai_ocr():
        _read_pages(path, pictures, password, until)


def thai_ocr() -> bool:
    """Whether tesseract is installed with its Thai data, and starts."""
    if shutil.which("tesseract") is None:
        return False
    import pytesseract

    try:
        return "tha" in pytesseract.get_languages()
    except (OSError, pytesseract.TesseractError):
        return False


def _read_pages(path: Path, pages: Sequence[DraftPage], password: str | None, until: Deadlines) -> None:
    if not pages:
        return
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path, password=password)
    except pypdfium2.PdfiumError:
        for page in pages:
            page.needs_ocr += (FAILED,)
        return
    try:
        with _one_thread():
            _read_each(document, pages, until)
    finally:
        document.close()


@contextmanager
def _one_thread() -> Iterator[None]:
    """Limits tesseract to one thread by the environment, its only setting for this; a user's own number is kept."""
    if _THREADS in os.environ:
        yield
        return
    os.environ[_THREADS] = "1"
    try:
        yield
    finally:
        os.environ.pop(_THREADS, None)


def _read_each(document: Any, pages: Sequence[DraftPage], until: Deadlines) -> None:
    import pypdfium2
    import pytesseract

    too_late = out_of_time(until.seconds)
    for number, page in enumerate(pages):
        left = until.ocr - time.monotonic()
        if left <= 0:
            for unread in pages[number:]:
                unread.needs_ocr += (too_late,)
            return
        scale = min(DPI / 72, MAX_PIXELS / max(page.width, page.height, 1.0))
        try:
            picture = document[page.number - 1].render(scale=scale, grayscale=True).to_pil()
            data = pytesseract.image_to_data(picture, lang=LANGUAGES, output_type=pytesseract.Output.DICT, timeout=left)
        except (pypdfium2.PdfiumError, RuntimeError, OSError):
            # This concerns one page: the others may be read, and this one stays marked. Tesseract's errors, and the end
            # of its time, are RuntimeErrors; only the clock distinguishes them.
            page.needs_ocr += (too_late if time.monotonic() >= until.ocr else FAILED,)
            continue
        page.by_ocr = _lines(data, page.number, 1 / scale)


def _lines(data: dict[str, list[Any]], number: int, scale: float) -> list[DraftLine]:
    """The words that tesseract found, as draft lines; Thai words without a printed space between them are joined."""
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
            DraftLine(
                number,
                [[Piece(text, text, font="ocr")]],
                (left * scale, top * scale, right * scale, bottom * scale),
                block=block,
                reason=READ_BY_OCR,
                score=SCORE_PER_CONFIDENCE * confidence,
            )
        )
    return lines


def _join(words: Sequence[tuple[str, int, int, int]]) -> str:
    """The words of a line, with a space wherever the gap is wide enough for one."""
    text, edge = "", None
    for word, left, width, height in words:
        if edge is not None and left - edge > WORD_GAP * height:
            text += " "
        text += word
        edge = left + width
    return text
