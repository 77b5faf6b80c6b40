"""Plain text files: encodings of Thai text, form feeds as page breaks, underlined headings, typed tables.

Thai text files come as UTF-8 (with or without a mark), UTF-16 from Windows editors, and TIS-620 or its Windows
extension cp874 from anything older. UTF-8 is tried first, because cp874 text is hardly ever valid UTF-8.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from tipmine.errors import WrongTypeError
from tipmine.extract.drafts import DraftLine, DraftPage, Piece
from tipmine.extract.txt_tables import table_rows

BINARY_SHARE = 0.02
"""Share of control characters from which a file is not text."""
UTF16_SHARE = 0.9
"""Least share of high bytes 0x0E or 0x00 among every second byte of Thai text in UTF-16."""
BROKEN_SHARE = 0.005
"""Share of characters that are not valid UTF-8 from which a text is not UTF-8 but a one-byte encoding."""
LONGEST_HEADING = 120
"""Most code points of a line that a row of equals signs or tildes below makes a heading; below a longer line it divides
paragraphs."""
LONGEST_OVER_DASHES = 40
"""The same for a row of dashes, which more often divides turns or paragraphs."""
_UNDERLINE = re.compile("={3,}|~{3,}|-{5,}")


def decode(data: bytes, name: str = "text") -> tuple[str, str]:
    """The text of a file's bytes and the encoding that gave it.

    Raises WrongTypeError if the bytes are not text.

    >>> decode("กข".encode("cp874"))
    ('กข', 'cp874')
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), encoding
    guess = _utf16_without_mark(data)
    if guess:
        return data.decode(guess, errors="replace"), guess
    try:
        text, encoding = data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        text, encoding = _from_bytes(data)
    controls = sum(1 for letter in text if letter < " " and letter not in "\t\n\r\f\v\x1a")
    if controls > BINARY_SHARE * len(text):
        raise WrongTypeError(name, "the file is not text", "PDF, DOCX or plain text", "convert it first")
    return text, encoding


def _utf16_without_mark(data: bytes) -> str:
    """The UTF-16 encoding of data without a mark, or empty: Thai has 0x0E as every second byte, ASCII 0x00."""
    sample = data[:4000]
    if len(sample) < 4 or len(data) % 2:
        return ""
    high = (0x00, 0x0E)
    for encoding, start in (("utf-16-le", 1), ("utf-16-be", 0)):
        if sum(byte in high for byte in sample[start::2]) > UTF16_SHARE * (len(sample) // 2):
            return encoding
    return ""


def _from_bytes(data: bytes) -> tuple[str, str]:
    """Decodes UTF-8, even if cut in the middle of a letter; everything else is a one-byte encoding of Thai."""
    text = data.decode("utf-8", errors="replace")
    if text.count("\ufffd") < BROKEN_SHARE * len(text):
        return text, "utf-8"
    try:
        return data.decode("cp874"), "cp874"
    except UnicodeDecodeError:
        return data.decode("cp874", errors="replace"), "cp874"


def read_txt(path: Path) -> list[DraftPage]:
    """A text file as pages (divided by form feeds) of lines; empty lines are left out but divide blocks."""
    text, _ = decode(path.read_bytes(), path.name)
    pages: list[DraftPage] = []
    for number, sheet in enumerate(text.removesuffix("\f").split("\f"), 1):
        page = DraftPage(number, 0.0, 0.0)
        block, gap = 0, False
        typed = sheet.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        tables = table_rows(typed)
        for at, raw in enumerate(typed):
            line = raw.strip(" \t\x1a\x00")
            if not line:
                gap = True
                continue
            if _UNDERLINE.fullmatch(line) and page.lines and not gap:
                _underline(page, line)
            block += gap and bool(page.lines)
            gap = False
            if at not in tables:
                page.lines.append(DraftLine(number, [[Piece(line, line)]], block=block))
            elif cells := tables[at]:
                pieces = [[Piece(cell, cell)] if cell else [] for cell in cells]
                page.lines.append(DraftLine(number, pieces, role="table", block=block))
        pages.append(page)
    return pages


def _underline(page: DraftPage, rule: str) -> None:
    """Make a heading of the line read last, if it is short and the first of its block."""
    last = page.lines[-1]
    opens = len(page.lines) == 1 or page.lines[-2].block != last.block
    longest = LONGEST_OVER_DASHES if rule.startswith("-") else LONGEST_HEADING
    if opens and last.role == "body" and len(last.text) <= longest:
        last.role = "heading"
