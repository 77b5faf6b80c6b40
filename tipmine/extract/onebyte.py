"""One-byte layouts of Thai where they differ from TIS-620: that of the Macintosh and that of old Windows fonts.

Both contain the marks a second time, moved aside for tall consonants or up over a vowel mark.
"""

from __future__ import annotations

MAC_THAI = {
    0x80: "«", 0x81: "»", 0x82: "…",
    0x83: "\u0e48", 0x84: "\u0e49", 0x85: "\u0e4a", 0x86: "\u0e4b", 0x87: "\u0e4c",
    0x88: "\u0e48", 0x89: "\u0e49", 0x8A: "\u0e4a", 0x8B: "\u0e4b", 0x8C: "\u0e4c",
    0x8D: "\N{LEFT DOUBLE QUOTATION MARK}", 0x8E: "\N{RIGHT DOUBLE QUOTATION MARK}", 0x8F: "\u0e4d",
    0x91: "\N{BULLET}", 0x92: "\u0e31", 0x93: "\u0e47", 0x94: "\u0e34", 0x95: "\u0e35", 0x96: "\u0e36", 0x97: "\u0e37",
    0x98: "\u0e48", 0x99: "\u0e49", 0x9A: "\u0e4a", 0x9B: "\u0e4b", 0x9C: "\u0e4c",
    0x9D: "\N{LEFT SINGLE QUOTATION MARK}", 0x9E: "\N{RIGHT SINGLE QUOTATION MARK}",
}  # fmt: skip
"""Byte -> character on the Macintosh (Apple's THAI.TXT), quotation marks included."""

MAC_TWINS = {"\u2126": "\u03a9", "\u03bc": "\u00b5"}
"""Letters that readers and maps give for a look-alike of the Mac Roman table: ohm sign and Greek mu."""

WINDOWS_THAI = (
    {0x80: "\u0e10", 0x90: "\u0e0d", 0x98: "\u0e31", 0x99: "\u0e4d", 0x9A: "\u0e47"}
    | dict(zip(range(0x81, 0x85), "\u0e34\u0e35\u0e36\u0e37", strict=True))
    | {start + n: tone for start in (0x86, 0x8B, 0x9B) for n, tone in enumerate("\u0e48\u0e49\u0e4a\u0e4b\u0e4c")}
    | dict(zip(range(0xFC, 0xFF), "\u0e38\u0e39\u0e3a", strict=True))
)
"""Byte -> letter in old Windows fonts: shifted marks, and consonants without a foot, in the order in which the
private-use layout F700-F71A took them over."""
