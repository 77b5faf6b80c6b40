"""The reasons that extraction gives for its doubts, and which of them another run may settle."""

from __future__ import annotations

from collections.abc import Iterable

from tipmine.quality_reasons import Reason

# For a page whose own text cannot be used.
PICTURE = Reason("picture")
NO_LETTERS = Reason("no_letters")
OUTLINED = Reason("outlined")
TINY = Reason("tiny")
WRONG_MAP = Reason("wrong_map")
WRONG_LANGUAGE = Reason("wrong_language")

# Why OCR has not read it, and what to do.
INSTALL = Reason("install")
NO_THAI_DATA = Reason("no_thai_data")
FAILED = Reason("failed")
NOTHING_FOUND = Reason("nothing_found")

# For a line.
READ_BY_OCR = Reason("read_by_ocr")
UNREAD_GLYPH = Reason("unread_glyph")
UNDECIDED = Reason("undecided")

# For a page with text.
EMPTY = Reason("empty")
LOST_TABLES = Reason("lost_tables")
BREAKS_OFF = Reason("breaks_off")


def out_of_time(seconds: float) -> Reason:
    """OCR did not reach a page in the time for the document."""
    return Reason("out_of_time", (f"{seconds:.10g}",))


def wrong_spellings(count: int) -> Reason:
    """So many places of a line are impossible in Thai."""
    return Reason("wrong_spellings", (str(count),))


def few_tones(tones: float, usual: float) -> Reason:
    """A page has lost tone marks: how many it has per 1,000 letters, and how many are usual."""
    return Reason("few_tones", (f"{tones:.0f}", f"{usual:.0f}"))


def can_be_read(reasons: Iterable[Reason], seconds: float) -> bool:
    """Whether OCR, with so many seconds for the document, may read a page that was left unread for these reasons.

    That is so where Tesseract is installed by now, and where the document is given more time than before.
    """
    return any(
        reason in (INSTALL, NO_THAI_DATA) or (reason.code == "out_of_time" and float(reason.values[0]) < seconds)
        for reason in reasons
    )
