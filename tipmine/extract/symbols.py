"""Bullets, boxes, arrows and mathematical signs of symbol fonts (data/glyphs/symbol_fonts.tsv)."""

from __future__ import annotations

from functools import lru_cache

from tipmine.data import data_rows, row_errors

_FILE = "glyphs/symbol_fonts.tsv"
UNKNOWN_SYMBOL = "\N{BULLET}"
"""The reading of a symbol font's sign that is not in the table: nearly all are list marks."""

_FAMILIES = ("wingdings3", "wingdings2", "wingdings", "webdings", "symbol", "zapfdingbats")


@lru_cache(maxsize=1)
def _table() -> dict[tuple[str, int], str]:
    table: dict[tuple[str, int], str] = {}
    for row in data_rows(_FILE, cells=3):
        family, code, letter = row
        with row_errors(_FILE, row, "a code in hexadecimal digits"):
            table[family, int(code, 16)] = letter
    return table


@lru_cache(maxsize=512)
def _family(font: str) -> str:
    name = font.lower().rpartition("+")[2].replace(" ", "").replace("-", "").replace("#20", "")
    return next((family for family in _FAMILIES if name.startswith(family)), "")


def is_symbol_font(font: str) -> bool:
    """Whether a font of that name holds signs in place of letters."""
    return bool(_family(font))


def symbol(font: str, text: str, code: int) -> str:
    """The character meant by a glyph of a symbol font, or of the private area that such fonts use.

    `text` is its map's reading, `code` its code; the private area F020-F0FF repeats the font's own codes.

    >>> symbol("ABCDEF+Wingdings-Regular", "\\uf0fc", 3), symbol("Symbol", "\\uf0b7", 3), symbol("Arial", "\\uf020", 3)
    ('✓', '•', ' ')
    """
    family = _family(font) or "wingdings"
    if len(text) == 1 and "\uf020" <= text <= "\uf0ff":
        place = ord(text) - 0xF000
    elif text.startswith("(cid:") or len(text) != 1 or text == "\ufffd":
        return UNKNOWN_SYMBOL if text.startswith("(cid:") or text == "\ufffd" else text
    elif family != "symbol" and text <= "\xff" and code == ord(text):
        place = code
    else:
        return text
    if place in (0x20, 0xA0):
        return " "
    return _table().get((family, place), UNKNOWN_SYMBOL)
