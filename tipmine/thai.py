"""The Thai script: its letters by name, their classes, and the order of marks. Nothing depends on documents or words.

A Thai syllable is a sequence of bases (consonants and spacing vowels); each may carry one vowel sign above or below
and one sign over that (a tone mark or thanthakhat). Unicode stores them in the order base, vowel sign, tone.
Sara am is one letter in storage and two glyphs in most fonts: nikhahit over the base, then sara aa; a tone mark is
between them on paper and before sara am in storage.
"""

from __future__ import annotations

import re
import unicodedata

SARA_A = "\N{THAI CHARACTER SARA A}"
SARA_AA = "\N{THAI CHARACTER SARA AA}"
SARA_AM = "\N{THAI CHARACTER SARA AM}"
LAKKHANGYAO = "\N{THAI CHARACTER LAKKHANGYAO}"
SARA_E = "\N{THAI CHARACTER SARA E}"
SARA_AE = "\N{THAI CHARACTER SARA AE}"
SARA_AI_MAIMUAN = "\N{THAI CHARACTER SARA AI MAIMUAN}"
SARA_AI_MAIMALAI = "\N{THAI CHARACTER SARA AI MAIMALAI}"
MAI_HAN_AKAT = "\N{THAI CHARACTER MAI HAN-AKAT}"
SARA_I = "\N{THAI CHARACTER SARA I}"
SARA_II = "\N{THAI CHARACTER SARA II}"
SARA_UE = "\N{THAI CHARACTER SARA UE}"
SARA_UEE = "\N{THAI CHARACTER SARA UEE}"
MAITAIKHU = "\N{THAI CHARACTER MAITAIKHU}"
SARA_U = "\N{THAI CHARACTER SARA U}"
SARA_UU = "\N{THAI CHARACTER SARA UU}"
PHINTHU = "\N{THAI CHARACTER PHINTHU}"
MAI_EK = "\N{THAI CHARACTER MAI EK}"
MAI_THO = "\N{THAI CHARACTER MAI THO}"
MAI_TRI = "\N{THAI CHARACTER MAI TRI}"
MAI_CHATTAWA = "\N{THAI CHARACTER MAI CHATTAWA}"
THANTHAKHAT = "\N{THAI CHARACTER THANTHAKHAT}"
NIKHAHIT = "\N{THAI CHARACTER NIKHAHIT}"
YAMAKKAN = "\N{THAI CHARACTER YAMAKKAN}"
PAIYANNOI = "\N{THAI CHARACTER PAIYANNOI}"
SO_SUA = "\N{THAI CHARACTER SO SUA}"
RU = "\N{THAI CHARACTER RU}"
LU = "\N{THAI CHARACTER LU}"
PO_PLA = "\N{THAI CHARACTER PO PLA}"
FO_FA = "\N{THAI CHARACTER FO FA}"
FO_FAN = "\N{THAI CHARACTER FO FAN}"
LO_CHULA = "\N{THAI CHARACTER LO CHULA}"

TONES = MAI_EK + MAI_THO + MAI_TRI + MAI_CHATTAWA
ABOVE_VOWELS = MAI_HAN_AKAT + SARA_I + SARA_II + SARA_UE + SARA_UEE + MAITAIKHU
BELOW_VOWELS = SARA_U + SARA_UU
BELOW_MARKS = BELOW_VOWELS + PHINTHU
ABOVE_MARKS = ABOVE_VOWELS + TONES + THANTHAKHAT + NIKHAHIT + YAMAKKAN
LOW_MARKS = TONES + THANTHAKHAT
"""The marks that fonts hold in a second, lower shape, for a consonant without a vowel mark above."""
TALL_CONSONANTS = PO_PLA + FO_FA + FO_FAN
"""The consonants whose stem reaches so high that marks over them are further left."""
TALL_AND_LO_CHULA = TALL_CONSONANTS + LO_CHULA
"""The tall consonants and lo chula, over which some fonts move marks to the left as well; few words have it."""

# Classes for the brackets of a pattern.
CONSONANTS = "\u0e01-\u0e2e"
LEADING = f"{SARA_E}-{SARA_AI_MAIMALAI}"
FOLLOWING = SARA_A + SARA_AA + SARA_AM + LAKKHANGYAO
AFTER_CONSONANT = SARA_A + SARA_AA + SARA_AM
"""The following vowels except lakkhangyao, which follows ru and lu only."""
UPPER_VOWELS = f"{MAI_HAN_AKAT}{SARA_I}-{SARA_UEE}{MAITAIKHU}"
LOWER_VOWELS = f"{SARA_U}-{PHINTHU}"
VOWEL_MARKS = UPPER_VOWELS + LOWER_VOWELS
MARKS = "".join(sorted(ABOVE_MARKS + BELOW_MARKS))
LETTERS = f"{CONSONANTS}{SARA_A}-{PHINTHU}{SARA_E}-{LAKKHANGYAO}{MAITAIKHU}-{YAMAKKAN}"
"""Consonants, vowels and marks."""
THAI = "\u0e01-\u0e3a\u0e40-\u0e4e"
"""Letters with paiyannoi and maiyamok: what Thai words are written with."""

COUNTING_LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
"""The letters that count items and pages, as Word and polyglossia have them: without the obsolete kho khuat and kho
khon, and without kho rakhang, with which few people count."""

_LETTER = re.compile(f"[{LETTERS}]")
LETTER_SET = frozenset(letter for letter in map(chr, range(0x0E01, 0x0E4F)) if _LETTER.match(letter))
MARK_SET = frozenset(MARKS)
CONSONANT_SET = frozenset(letter for letter in LETTER_SET if re.match(f"[{CONSONANTS}]", letter))
LEADING_SET = frozenset(letter for letter in LETTER_SET if re.match(f"[{LEADING}]", letter))
CARRIERS = CONSONANT_SET - {RU, LU}
"""The consonants that carry marks: ru and lu, which Unicode lists among them, are vowels."""

_BLOCK = re.compile("[\u0e01-\u0e5b]")
_SPLIT_AM = re.compile(f"{NIKHAHIT}([{TONES}]?) ?[{SARA_AA}{SARA_AM}]|([{TONES}]){NIKHAHIT} ?[{SARA_AA}{SARA_AM}]")

# Place in storage order among the marks of one base; nikhahit goes last so that sara am can take the tone before it.
_RANK = dict.fromkeys(BELOW_MARKS + ABOVE_VOWELS, 0) | dict.fromkeys(LOW_MARKS, 1) | {NIKHAHIT: 2, YAMAKKAN: 1}
_UPPERMOST = frozenset(LOW_MARKS)


def in_thai_block(letter: str) -> bool:
    """Whether a character is in the Thai block (baht sign and digits included)."""
    return "\u0e01" <= letter <= "\u0e5b"


def is_thai_letter(char: str) -> bool:
    """Whether a character is a Thai consonant, vowel or mark (digits, paiyannoi and maiyamok are not)."""
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
    """The marks of one consonant with tone marks and thanthakhat after the others; marks printed twice are kept."""
    return "".join(sorted(marks, key=lambda mark: mark in _UPPERMOST))


def join_sara_am(text: str) -> str:
    """Turn nikhahit, tone and sara aa, as fonts draw sara am, into tone and sara am, as text is stored.

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
