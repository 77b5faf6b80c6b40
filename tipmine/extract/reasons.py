"""Why a page or a line is in doubt: every sentence that extraction gives as a reason, in English.

`data/report/reasons.tsv` has the same sentences with their Thai words. `{}` is filled by `str.format`.
"""

from __future__ import annotations

import re

BETWEEN = "; "
"""Separates the reasons for one page."""

# For a page whose own text cannot be used.
PICTURE = "a picture without text"
NO_LETTERS = "its fonts do not say which letters their glyphs are"
OUTLINED = "its letters are drawn as shapes and not as text"
TINY = "its glyphs are too small to be seen by the sizes in the file"
WRONG_MAP = "its fonts give their glyphs letters of no language"
WRONG_LANGUAGE = "a scan whose hidden text is not Thai: it was read as another language"

# Why OCR has not read it, and what to do.
INSTALL = "install tesseract-ocr with its Thai data (Debian, Ubuntu: tesseract-ocr-tha) and run again"
NO_THAI_DATA = "tesseract has no Thai data: {}"
FAILED = "OCR failed on this page"
OUT_OF_TIME = "the time for this document ({} s) was over before OCR had read this page"
NOTHING_FOUND = "OCR found no text on this page"

# For a line.
READ_BY_OCR = "read by OCR: tone marks may be missing"
WRONG_SPELLINGS = "{} spelling(s) that Thai does not allow"
UNREAD_GLYPH = "a glyph that neither its font nor the words around it name"
UNDECIDED = "a damaged word could not be decided"

# For a page with text.
FEW_TONES = "{} tone marks per 1,000 Thai letters, where clean text has about {}"
EMPTY = "an empty page"
LOST_TABLES = "the rules of the page could not be made out: text of tables may be out of order"
BREAKS_OFF = "the file breaks off within the page: text may be missing"

_SECONDS = re.compile(re.escape(OUT_OF_TIME).replace(re.escape("{}"), "(.+?)"))


def can_be_read(reason: str, seconds: float) -> bool:
    """Whether OCR, with so many seconds for the document, may read a page that was left unread for this reason.

    That is so where Tesseract is installed by now, and where the document is given more time than before.
    """
    given = _SECONDS.search(reason)
    return INSTALL in reason or (given is not None and float(given[1]) < seconds)
