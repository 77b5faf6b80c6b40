"""ToUnicode maps with long ranges, read at once where the library enters code by code.

Some programs map all 65,536 codes of a font in one range, for each font; that took a tenth of the time of reading.
PDF 32000-1, 9.10.3.
"""

from __future__ import annotations

from typing import Any

from pdfminer.cmapdb import CMapParser, FileUnicodeMap
from pdfminer.psparser import PSKeyword

from tipmine.extract.bounded import MAX_CODES

LONG = 16
"""Fewest codes of a range that is entered at once."""

_SURROGATES = range(0xD800, 0xE000)
_NO_BREAK_SPACE = 0xA0
_BYTES = 2


class RangeParser(CMapParser):
    """The library's parser, except for long ranges of letters of two bytes each."""

    cmap: FileUnicodeMap

    def do_keyword(self, pos: int, token: PSKeyword) -> None:
        """Reads an operator of the map."""
        if token is not self.KEYWORD_ENDBFRANGE or not self._in_cmap:
            super().do_keyword(pos, token)
            return
        entries = self.popall()
        for at in range(0, len(entries) - 2, 3):
            entry = entries[at : at + 3]
            if not self._enter_at_once(*(value for _, value in entry)):
                self.push(*entry)
                super().do_keyword(pos, token)

    def _enter_at_once(self, start: Any, end: Any, letter: Any) -> bool:
        """Enters a range if it is plain and long; returns whether it was."""
        if not (isinstance(start, bytes) and isinstance(end, bytes) and isinstance(letter, bytes)):
            return False
        first, last = int.from_bytes(start, "big"), int.from_bytes(end, "big")
        count, base = min(last - first + 1, MAX_CODES), int.from_bytes(letter, "big")
        letters = range(base, base + count)
        if len(start) != len(end) or len(letter) != _BYTES or count < LONG or letters[-1] > 0xFFFF:
            return False
        if letters[0] < _SURROGATES.stop and letters[-1] >= _SURROGATES.start:
            return False
        known = self.cmap.cid2unichr
        spaced = first + _NO_BREAK_SPACE - base if _NO_BREAK_SPACE in letters else -1
        keeps_space = known.get(spaced) == " "
        known.update(zip(range(first, first + count), map(chr, letters), strict=True))
        if keeps_space:
            # As in the library: a space is not replaced by a no-break space.
            known[spaced] = " "
        return True
