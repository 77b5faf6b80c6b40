"""Thai and Arabic digits: one for the other, letter for letter, so that offsets stay valid."""

from __future__ import annotations

ARABIC_DIGITS = "0123456789"
THAI_DIGITS = "\u0e50\u0e51\u0e52\u0e53\u0e54\u0e55\u0e56\u0e57\u0e58\u0e59"
DIGITS = "0-9\u0e50-\u0e59"
"""Arabic and Thai digits, for the brackets of a pattern."""
_PAIRS = tuple(zip(THAI_DIGITS, ARABIC_DIGITS, strict=True))
_TO_THAI = str.maketrans(ARABIC_DIGITS, THAI_DIGITS)


def arabic_digits(text: str) -> str:
    """The text with Arabic digits in place of Thai ones.

    >>> arabic_digits("พ.ศ. ๒๕๖๗")
    'พ.ศ. 2567'
    """
    for thai, arabic in _PAIRS:  # in texts, this is twenty times as fast as `translate`
        text = text.replace(thai, arabic)
    return text


def thai_digits(text: str) -> str:
    """The text with Thai digits in place of Arabic ones.

    >>> thai_digits("หน้า 12")
    'หน้า ๑๒'
    """
    return text.translate(_TO_THAI)
