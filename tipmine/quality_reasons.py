"""Why a page or a line is in doubt: codes with values, and their English sentences.

Records and runs hold the codes. `tipmine extract` and Python give the sentences below; `data/report/reasons.tsv` has
those of reports and the query desk, in Thai, with the same values.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from string import Formatter

BETWEEN = "; "
"""Separates several reasons in a text."""
EARLIER = "earlier"
"""The code of a reason in the words of an earlier version, of which no code is known."""

_INSTALL = "install tesseract-ocr with its Thai data (Debian, Ubuntu: tesseract-ocr-tha) and run again"
_ENGLISH = {
    # For a page whose own text cannot be used.
    "picture": "a picture without text",
    "no_letters": "its fonts do not say which letters their glyphs are",
    "outlined": "its letters are drawn as shapes and not as text",
    "tiny": "its glyphs are too small to be seen by the sizes in the file",
    "wrong_map": "its fonts give their glyphs letters of no language",
    "wrong_language": "a scan whose hidden text is not Thai: it was read as another language",
    # Why OCR has not read it, and what to do.
    "install": _INSTALL,
    "no_thai_data": f"tesseract has no Thai data: {_INSTALL}",
    "failed": "OCR failed on this page",
    "out_of_time": "the time for this document ({seconds} s) was over before OCR had read this page",
    "nothing_found": "OCR found no text on this page",
    # For a line.
    "read_by_ocr": "read by OCR: tone marks may be missing",
    "wrong_spellings": "{count} spelling(s) that Thai does not allow",
    "unread_glyph": "a glyph that neither its font nor the words around it name",
    "undecided": "a damaged word could not be decided",
    # For a page with text.
    "few_tones": "{tones} tone marks per 1,000 Thai letters, where clean text has about {usual}",
    "empty": "an empty page",
    "lost_tables": "the rules of the page could not be made out: text of tables may be out of order",
    "breaks_off": "the file breaks off within the page: text may be missing",
    EARLIER: "{words}",
}
VALUES = {
    code: tuple(name for _, name, _, _ in Formatter().parse(sentence) if name) for code, sentence in _ENGLISH.items()
}
"""Code -> the names of its values, in the order of `Reason.values`."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason for doubt; its text is the English sentence. Raises ValueError for an unknown code or other values."""

    code: str
    values: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.code not in VALUES or len(self.values) != len(VALUES[self.code]):
            raise ValueError(f"no reason: {self.code} {self.values}")

    def __str__(self) -> str:
        return _ENGLISH[self.code].format(**self.named())

    def named(self) -> dict[str, str]:
        """The values by name, as sentences have them."""
        return dict(zip(VALUES[self.code], self.values, strict=True))


def in_english(reasons: Iterable[Reason]) -> str:
    """Several reasons as one text."""
    return BETWEEN.join(map(str, reasons))
