"""The Thai script: its letters by name, their classes, and the order of marks. A property of no document: no word list.

A Thai syllable is a sequence of bases (consonants and spacing vowels); each may carry one vowel sign above or below
and one sign over that (a tone mark or thanthakhat). Unicode stores them in the order base, vowel sign, tone.
Sara am is one letter in storage and two glyphs in most fonts: nikhahit over the base, then sara aa; a tone mark is
between them on paper and before sara am in storage.
"""

from __future__ import annotations

import re
import unicodedata

SARA_AA = "\N{THAI CHARACTER SARA AA}"
SARA_AM = "\N{THAI CHARACTER SARA AM}"
SARA_E = "\N{THAI CHARACTER SARA E}"
SARA_AE = "\N{THAI CHARACTER SARA AE}"
NIKHAHIT = "\N{THAI CHARACTER NIKHAHIT}"
TONES = "\N{THAI CHARACTER MAI EK}\N{THAI CHARACTER MAI THO}\N{THAI CHARACTER MAI TRI}\N{THAI CHARACTER MAI CHATTAWA}"
THANTHAKHAT = "\N{THAI CHARACTER THANTHAKHAT}"
ABOVE_VOWELS = (
    "\N{THAI CHARACTER MAI HAN-AKAT}\N{THAI CHARACTER SARA I}\N{THAI CHARACTER SARA II}"
    "\N{THAI CHARACTER SARA UE}\N{THAI CHARACTER SARA UEE}\N{THAI CHARACTER MAITAIKHU}"
)
BELOW_MARKS = "\N{THAI CHARACTER SARA U}\N{THAI CHARACTER SARA UU}\N{THAI CHARACTER PHINTHU}"
ABOVE_MARKS = ABOVE_VOWELS + TONES + THANTHAKHAT + NIKHAHIT + "\N{THAI CHARACTER YAMAKKAN}"

# Classes for the brackets of a pattern.
CONSONANTS = "\u0e01-\u0e2e"
LEADING = "\u0e40-\u0e44"
FOLLOWING = "\u0e30\u0e32\u0e33\u0e45"
UPPER_VOWELS = "\u0e31\u0e34-\u0e37\u0e47"
LOWER_VOWELS = "\u0e38-\u0e3a"
VOWEL_MARKS = UPPER_VOWELS + LOWER_VOWELS
MARKS = "".join(sorted(ABOVE_MARKS + BELOW_MARKS))
LETTERS = "\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e"
"""Consonants, vowels and marks."""
THAI = "\u0e01-\u0e3a\u0e40-\u0e4e"
"""Letters with paiyannoi and maiyamok: what Thai words are written with."""

_LETTER = re.compile(f"[{LETTERS}]")
LETTER_SET = frozenset(letter for letter in map(chr, range(0x0E01, 0x0E4F)) if _LETTER.match(letter))
MARK_SET = frozenset(MARKS)
CONSONANT_SET = frozenset(letter for letter in LETTER_SET if re.match(f"[{CONSONANTS}]", letter))
LEADING_SET = frozenset(letter for letter in LETTER_SET if re.match(f"[{LEADING}]", letter))
CARRIERS = CONSONANT_SET - {"\N{THAI CHARACTER RU}", "\N{THAI CHARACTER LU}"}
"""The consonants that carry marks: ru and lu, which stand among them, are vowels."""

_BLOCK = re.compile("[\u0e01-\u0e5b]")
_SPLIT_AM = re.compile(f"{NIKHAHIT}([{TONES}]?) ?[{SARA_AA}{SARA_AM}]|([{TONES}]){NIKHAHIT} ?[{SARA_AA}{SARA_AM}]")

# Place in storage order among the marks of one base; nikhahit goes last so that sara am can take the tone before it.
_RANK = (
    dict.fromkeys(BELOW_MARKS + ABOVE_VOWELS, 0)
    | dict.fromkeys(TONES + THANTHAKHAT, 1)
    | {NIKHAHIT: 2, "\N{THAI CHARACTER YAMAKKAN}": 1}
)


_UPPERMOST = frozenset(TONES + THANTHAKHAT)


def in_thai_block(letter: str) -> bool:
    """Whether a character is in the Thai block (baht sign and digits included)."""
    return "\u0e01" <= letter <= "\u0e5b"


def is_thai_letter(char: str) -> bool:
    """Whether a character is a Thai consonant, vowel or mark (digits, paiyannoi and maiyamok are none)."""
    return char in LETTER_SET


def takes_room(char: str) -> bool:
    """Whether a character has a place of its own on the line; marks above, below and around letters have none."""
    return unicodedata.category(char) not in ("Mn", "Me")


def thai_of_byte(byte: int) -> str:
    """The character of a byte in the Thai code page of Windows (TIS-620 with signs); empty if it has none."""
    return bytes([byte]).decode("cp874", "ignore")


def is_mark(text: str) -> bool:
    """Whether a glyph's reading consists of combining marks only."""
    return bool(text) and all(letter in MARK_SET for letter in text)


def in_storage_order(marks: str) -> str:
    """Marks of one base in the order Unicode text keeps them; marks printed twice are kept once.

    >>> in_storage_order("\\u0e48\\u0e35") == "\\u0e35\\u0e48"
    True
    """
    once = dict.fromkeys(marks)
    return "".join(sorted(once, key=lambda mark: _RANK.get(mark, 1)))


def vowel_mark_first(marks: str) -> str:
    """The marks of one consonant with tone marks and thanthakhat behind the others; marks printed twice are kept."""
    return "".join(sorted(marks, key=lambda mark: mark in _UPPERMOST))


def join_sara_am(text: str) -> str:
    """Nikhahit, tone and sara aa, as fonts draw sara am, to tone and sara am, as text is kept.

    >>> join_sara_am("\\u0e19\\u0e4d\\u0e49\\u0e32") == "\\u0e19\\u0e49\\u0e33"
    True
    """
    return _SPLIT_AM.sub(lambda hit: (hit.group(1) or hit.group(2) or "") + SARA_AM, text)


def count_thai(text: str) -> int:
    """How many characters of the Thai block the text has: letters, marks, digits and signs."""
    return len(_BLOCK.findall(text))


def count_letters(text: str) -> int:
    """How many Thai consonants, vowels and marks the text has."""
    return len(_LETTER.findall(text))
