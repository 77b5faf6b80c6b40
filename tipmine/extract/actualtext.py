"""ActualText: the text of a span of glyphs, as given by the program that made the PDF.

LibreOffice, Chromium and Google Docs wrap Thai clusters in `/Span <</ActualText ...>> BDC ... EMC`, because one
glyph cannot be mapped to its letters. A reader that ignores it loses more than half of the text of such files
(5-gram recall 0.38 against 0.999 on a LibreOffice page). PDF 32000-1, 14.9.4.
"""

from __future__ import annotations

from typing import Any

from pdfminer.pdftypes import resolve1

from tipmine.extract.unknown import without_stand_ins

ACTUAL_TEXT = "actual-text"
"""Rule id of readings that come from here."""

UNKNOWN = "\N{REPLACEMENT CHARACTER}"


class ActualTextStack:
    """The open marked-content spans; gives the reading of the next glyph.

    The text of a span goes to its first glyph; the glyphs after it in the span add their width and no text.
    An outer ActualText covers inner spans.
    """

    def __init__(self) -> None:
        self._open: list[str | None] = []
        self._text: str | None = None
        self._used = False

    def open(self, props: Any) -> None:
        """A span begins; `props` is its property list, or something else that is ignored."""
        raw = resolve1(props.get("ActualText")) if isinstance(props, dict) else None
        text = without_stand_ins(_decode(raw)) if isinstance(raw, bytes) else None
        if text is not None and (UNKNOWN in text or (raw and not text)):
            # InDesign writes U+FFFD for what it could not name; the glyphs' own readings are better.
            text = None
        self._open.append(text)
        if text is not None and self._text is None:
            self._text, self._used = text, False

    def close(self) -> None:
        """The innermost span ends. Surplus ends are common in real files and are ignored."""
        if self._open:
            self._open.pop()
        if not any(text is not None for text in self._open):
            self._text = None

    @property
    def idle(self) -> bool:
        """Whether no ActualText is open."""
        return self._text is None

    def text_for(self, text: str, rule: str) -> tuple[str, str, bool]:
        """Reading of the next glyph, the rule that gave it, and whether it belongs to the glyph before."""
        if self._text is None:
            return text, rule, False
        if self._used:
            return "", ACTUAL_TEXT, True
        self._used = True
        return self._text, ACTUAL_TEXT, False


def _decode(raw: bytes) -> str:
    """A PDF text string: UTF-16 or UTF-8 with a byte order mark, else PDFDocEncoding (Latin-1 is near enough)."""
    if raw.startswith(b"\xfe\xff"):
        return raw[2:].decode("utf-16-be", errors="replace")
    if raw.startswith(b"\xff\xfe"):
        return raw[2:].decode("utf-16-le", errors="replace")
    if raw.startswith(b"\xef\xbb\xbf"):
        return raw[3:].decode("utf-8", errors="replace")
    return raw.decode("latin-1")
