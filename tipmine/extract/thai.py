"""Properties of Thai letters needed to read a page: which are marks, their positions and their order.

A Thai syllable is a sequence of bases (consonants and spacing vowels); each may carry one vowel sign above or below
and one sign over that (a tone mark or thanthakhat). Unicode stores them in the order base, vowel sign, tone.
Sara am is one letter in storage and two glyphs in most fonts: nikhahit over the base, then sara aa; a tone mark is
between them on paper and before sara am in storage.
"""

from __future__ import annotations

import re

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
MARKS = frozenset(ABOVE_MARKS + BELOW_MARKS)
CONSONANTS = frozenset(map(chr, range(0x0E01, 0x0E2F))) - {"\N{THAI CHARACTER RU}", "\N{THAI CHARACTER LU}"}

_THAI = re.compile("[\u0e01-\u0e5b]")
_SPLIT_AM = re.compile(f"{NIKHAHIT}([{TONES}]?) ?[{SARA_AA}{SARA_AM}]|([{TONES}]){NIKHAHIT} ?[{SARA_AA}{SARA_AM}]")

# Place in storage order among the marks of one base; nikhahit goes last so that sara am can take the tone before it.
_RANK = (
    dict.fromkeys(BELOW_MARKS + ABOVE_VOWELS, 0)
    | dict.fromkeys(TONES + THANTHAKHAT, 1)
    | {NIKHAHIT: 2, "\N{THAI CHARACTER YAMAKKAN}": 1}
)


def is_thai(letter: str) -> bool:
    """Whether a character is in the Thai block (baht sign and digits included)."""
    return "\u0e01" <= letter <= "\u0e5b"


def is_mark(text: str) -> bool:
    """Whether a glyph's reading consists of combining marks only."""
    return bool(text) and all(letter in MARKS for letter in text)


def in_storage_order(marks: str) -> str:
    """Marks of one base in the order Unicode text keeps them; marks printed twice are kept once.

    >>> in_storage_order("\\u0e48\\u0e35") == "\\u0e35\\u0e48"
    True
    """
    once = dict.fromkeys(marks)
    return "".join(sorted(once, key=lambda mark: _RANK.get(mark, 1)))


def join_sara_am(text: str) -> str:
    """Nikhahit, tone and sara aa, as fonts draw sara am, to tone and sara am, as text is kept.

    >>> join_sara_am("\\u0e19\\u0e4d\\u0e49\\u0e32") == "\\u0e19\\u0e49\\u0e33"
    True
    """
    return _SPLIT_AM.sub(lambda hit: (hit.group(1) or hit.group(2) or "") + SARA_AM, text)


def count_thai(text: str) -> int:
    """How many characters of the Thai block the text has: letters, marks, digits and signs."""
    return len(_THAI.findall(text))
