"""Limits for the PDF library: the size of an unpacked stream, the codes of a font, the time and objects of a page.

A PDF of a megabyte can unpack to a terabyte, name a billion codes in one line of a font, or draw a form that draws a
form a billion times. The library has no limits of its own, so this module's replacements of zlib and range are put into
it (`library.py`), and a `Watch` checks drawing.
"""

from __future__ import annotations

import time
import zlib

from pdfminer.pdftypes import PDFStream

MAX_STREAM = 64_000_000
"""Largest unpacked stream in bytes. A page of dense vector maps takes 20 million; pictures are not unpacked here."""

MAX_CODES = 65_536
"""Most codes in one range of a font's widths or map. No real font has more; codes beyond that come from a damaged
number and are left out."""

MAX_PAGE_SECONDS = 60.0
"""Longest time for one page. An ordinary page takes 0.1 s, a large map 10."""

MAX_DRAWN = 2_000_000
"""Glyphs, paths and forms of one page. A dense page of text has 10,000."""

MAX_FORMS = 20_000
"""Forms (nested drawings) of one page. Each costs more than a glyph; a page of icons has hundreds."""

_ZLIB_HEAD = 2
"""Bytes before the first block of zlib data (RFC 1950)."""

_BROKE_OFF = "tipmine_broke_off"


class OverLimitError(Exception):
    """A stream or a page is over its limit; the message says which."""


class BoundedZlib:
    """The part of zlib that the library uses, with a limit on the output. Truncated data give what can be unpacked."""

    broke_off = False
    """Whether the data unpacked last had no end."""

    error = zlib.error
    decompressobj = staticmethod(zlib.decompressobj)

    @staticmethod
    def decompress(data: bytes) -> bytes:
        """The data unpacked. Raises OverLimitError over MAX_STREAM bytes, zlib.error where nothing can be unpacked."""
        unpacker = zlib.decompressobj()
        parts: list[bytes] = []
        size = 0
        packed = data
        try:
            while data and not unpacker.eof:
                part = unpacker.decompress(data, 1 << 20)
                parts.append(part)
                size += len(part)
                if size > MAX_STREAM:
                    raise OverLimitError(f"a stream unpacks to over {MAX_STREAM:,} bytes")
                data = unpacker.unconsumed_tail
        except zlib.error:
            if not parts:
                raise
        finally:
            BoundedZlib.broke_off = not unpacker.eof and not _has_end(packed)
        return b"".join(parts)


def _has_end(packed: bytes) -> bool:
    """Whether zlib data go on to their last block; a wrong or missing checksum after it does not matter."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    rest = packed[_ZLIB_HEAD:]
    try:
        while rest and not unpacker.eof:
            unpacker.decompress(rest, 1 << 20)
            rest = unpacker.unconsumed_tail
    except zlib.error:
        return False
    return unpacker.eof


def content_of(stream: PDFStream) -> tuple[bytes, bool]:
    """The data of a content stream, unpacked, and whether they are whole. Raises what unpacking raises."""
    if stream.data is None:
        BoundedZlib.broke_off = False
        stream.get_data()
        # Noted in the stream, since a form is unpacked once and drawn on many pages.
        setattr(stream, _BROKE_OFF, BoundedZlib.broke_off)
    return stream.get_data(), not getattr(stream, _BROKE_OFF, False)


def bounded_codes(*bounds: int) -> range:
    """A range for the library's loops over codes, cut off after MAX_CODES."""
    return range(*bounds)[:MAX_CODES]


class Watch:
    """Raises OverLimitError if a page takes too long or draws too much."""

    def __init__(self) -> None:
        self._end = time.monotonic() + MAX_PAGE_SECONDS
        self._calls = 0
        self._forms = 0

    def check(self) -> None:
        """To be called for each thing drawn. Raises OverLimitError; looks at the clock once in 256 calls."""
        self._calls += 1
        if self._calls > MAX_DRAWN:
            raise OverLimitError(f"a page draws over {MAX_DRAWN:,} things")
        if not self._calls & 0xFF:
            self.look()

    def check_many(self, count: int) -> None:
        """Checks as `check` does, for several things drawn at once."""
        before = self._calls
        self._calls += count
        if self._calls > MAX_DRAWN:
            raise OverLimitError(f"a page draws over {MAX_DRAWN:,} things")
        if before >> 8 != self._calls >> 8:
            self.look()

    def look(self) -> None:
        """Checks the clock. Raises OverLimitError when the time is up."""
        if time.monotonic() > self._end:
            raise OverLimitError(f"a page takes over {MAX_PAGE_SECONDS:.0f} s")

    def check_form(self) -> None:
        """To be called for each form drawn: forms within forms multiply."""
        self._forms += 1
        if self._forms > MAX_FORMS:
            raise OverLimitError(f"a page draws over {MAX_FORMS:,} forms")
        self.check()
