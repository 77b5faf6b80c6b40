"""Reads fonts whose codes are not Unicode but have a fixed order: one-byte Thai, and glyph numbers.

One-byte Thai comes from PageMaker, old Distillers and Mac files. Such a font names its Thai glyphs by the Latin letters
with the same codes, so other readers print mojibake. It is recognised by its widths: no Latin font has letters of zero
width at exactly the codes of the Thai marks. The code is then the letter, by TIS-620 (cp874) or by the Macintosh
layout, which adds signs and shifted marks in 80-9F.

In a font without any map, only glyph numbers are known. Most fonts number their Thai letters in the order of Unicode,
and ASCII with the space at 3; the marks among them, recognised by their ink, show where Thai begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tipmine.extract.looks import ZERO_WIDTH
from tipmine.extract.onebyte import MAC_THAI, MAC_TWINS, WINDOWS_THAI
from tipmine.thai import ABOVE_MARKS, BELOW_MARKS, MARK_SET, in_thai_block, thai_of_byte

MIN_RIGHT = 3
"""Fewest codes of matching width, one of them a mark, for a font to be read in this way; smaller subsets stay as they
are."""

AGREE = 0.95
"""Share of the font's upper codes whose width must fit the Thai letter: zero for marks, more for others."""


_FIRST, _LAST = 0xA1, 0xFF
"""First and last byte of letters in the Thai code page; below them, Windows has signs."""


SYMBOL_PAGE = 0xF000
"""Added to the codes of a symbol font (cmap 3,0) by programs that write them as characters."""


def thai_letter(byte: int, mac: bool) -> str:
    """The Thai letter or sign of a byte, or empty if the layout has none."""
    extra = (MAC_THAI if mac else WINDOWS_THAI).get(byte)
    if extra:
        return extra
    return thai_of_byte(byte) if _FIRST <= byte <= _LAST else ""


class Layout:
    """A one-byte layout of Thai: TIS-620, or the Macintosh one."""

    def __init__(self, mac: bool) -> None:
        self._mac = mac

    def letter(self, plain: str) -> str:
        """The letter or sign of a code whose map says `plain`; empty if the layout has none."""
        if len(plain) != 1 or plain <= "~":
            return ""
        if ord(plain) & 0xFF00 == SYMBOL_PAGE:
            byte = ord(plain) - SYMBOL_PAGE
            return chr(byte) if " " <= chr(byte) <= "~" else thai_letter(byte, self._mac)
        letter = MAC_TWINS.get(plain, plain) if self._mac else plain
        try:
            byte = letter.encode("mac_roman" if self._mac else "cp1252")[0]
        except UnicodeEncodeError:
            if self._mac or letter > "\xff":
                return ""
            byte = ord(letter)
        return thai_letter(byte, self._mac)


def has_thai(entries: Iterable[tuple[str, float]]) -> bool:
    """Whether a font's map names Thai letters, which an old font's never does."""
    return any(len(plain) == 1 and in_thai_block(plain) for plain, _ in entries)


def find_layout(codes: Iterable[tuple[str, float]]) -> Layout | None:
    """The layout of a font, if it is a one-byte Thai font.

    `codes`: for each code its reading by the map, and its advance in em.
    """
    entries = [(plain, width) for plain, width in codes if len(plain) == 1]
    if has_thai(entries):
        return None
    for layout in (Layout(mac=False), Layout(mac=True)):
        right = wrong = marks = 0
        for plain, width in entries:
            letter = layout.letter(plain)
            if letter and (letter in MARK_SET) == (width < ZERO_WIDTH):
                right += 1
                marks += letter in MARK_SET
            elif letter:
                wrong += 1
        if marks and right >= MIN_RIGHT and right >= AGREE * (right + wrong):
            return layout
    return None


ASCII_FROM = 0x20 - 3
"""Glyph numbers of ASCII letters in the usual TrueType order, as a distance from their codes."""

MIN_MARKS = 4
"""Fewest marks that must be where the numbering expects them for it to be accepted."""

MARK_WEIGHT = 3
"""How many letters in the expected places count as much as one mark in its place, or one glyph out of place: nearly
every glyph of a font takes room as letters do."""

_THAI_ORDERS = (
    [chr(c) for c in (*range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E5C))],
    [chr(c) for c in (*range(0x0E01, 0x0E3B), *range(0x0E40, 0x0E5C))],
)
"""The Thai letters as fonts number them: with and without the baht sign."""


def find_numbering(looks: Mapping[int, str]) -> dict[int, str]:
    """Readings of glyph numbers, if the font numbers its Thai letters in the order of Unicode; else empty.

    `looks`: glyph number -> `above`, `below`, `spacing` or `blank`, for the glyphs that have ink or width.
    """
    marks = {glyph for glyph, look in looks.items() if look in ("above", "below")}
    if len(marks) < MIN_MARKS:
        return {}
    best: tuple[int, int, list[str]] | None = None
    for order in _THAI_ORDERS:
        for start in range(min(marks) - len(order), max(marks) + 1):
            right = wrong = 0
            for place, letter in enumerate(order):
                look = looks.get(start + place)
                if look is None:
                    continue
                wanted = "above" if letter in ABOVE_MARKS else "below" if letter in BELOW_MARKS else "spacing"
                if look == wanted:
                    right += 1 if wanted == "spacing" else MARK_WEIGHT
                else:
                    wrong += MARK_WEIGHT
            if best is None or right - wrong > best[0]:
                best = (right - wrong, start, order)
    if best is None:
        return {}
    readings = {best[1] + place: letter for place, letter in enumerate(best[2])}
    fitting = sum(1 for glyph in marks if readings.get(glyph, "") in MARK_SET)
    if fitting < max(MIN_MARKS, 0.5 * len(marks)):
        return {}
    ascii_letters = {code - ASCII_FROM: chr(code) for code in range(0x20, 0x7F)}
    return ascii_letters | readings
