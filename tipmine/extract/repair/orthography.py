"""What Thai spelling allows: sequences that cannot be, and the signs of damage that follow.

A Thai syllable is written as an optional leading vowel, one or more consonants, marks above and below the last
of them (at most one vowel mark, then at most one tone mark), and an optional following vowel. Everything here
is a property of the script, not of any document: no word list is consulted.
"""

from __future__ import annotations

import re

from tipmine.thai import (
    CONSONANT_SET,
    CONSONANTS,
    FOLLOWING,
    LEADING,
    LEADING_SET,
    LETTER_SET,
    LETTERS,
    MARK_SET,
    MARKS,
    NIKHAHIT,
    SARA_AA,
    SARA_AM,
    SARA_E,
    THANTHAKHAT,
    TONES,
    VOWEL_MARKS,
)

SPACES = " \u00a0\u2009\u200a\u202f"
LOST = "\N{REPLACEMENT CHARACTER}"

_MARK_WITHOUT_BASE = f"(?:^|(?<=[^{CONSONANTS}{MARKS}]))[{MARKS}]"
_VOWEL_AFTER_TONE = f"[{TONES}{THANTHAKHAT}][{MARKS}]"
# A vowel mark may carry one tone or, in a few Indic endings, thanthakhat; never a second vowel mark.
_TWO_VOWEL_MARKS = f"[{VOWEL_MARKS}{NIKHAHIT}][{VOWEL_MARKS}{NIKHAHIT}]"
# U+0E32 and U+0E33 follow a bare or toned consonant; after a vowel mark the mark belongs to another base.
_VOWEL_AFTER_VOWEL_MARK = f"[{VOWEL_MARKS}{THANTHAKHAT}][{TONES}]?[{SARA_AA}{SARA_AM}]"
_DANGLING_LEADING = f"[{LEADING}](?![{CONSONANTS}])"
_DANGLING_FOLLOWING = f"(?:^|(?<=[^{CONSONANTS}{MARKS}{FOLLOWING}]))[\u0e30\u0e32\u0e33](?!\u0e45)"
# Sara ae, o, ai never share their first consonant with a vowel mark, nor sara e with these four.
_LEADING_WITH_VOWEL_MARK = (
    f"[\u0e41-\u0e44][{CONSONANTS}][\u0e31\u0e34-\u0e39]|\u0e40[{CONSONANTS}][\u0e31\u0e36\u0e38\u0e39]"
)
_IMPOSSIBLE = re.compile(
    "|".join(
        (
            _MARK_WITHOUT_BASE,
            _VOWEL_AFTER_TONE,
            _TWO_VOWEL_MARKS,
            _VOWEL_AFTER_VOWEL_MARK,
            _DANGLING_LEADING,
            _DANGLING_FOLLOWING,
            _LEADING_WITH_VOWEL_MARK,
        )
    )
)

_SIGNS: dict[str, re.Pattern[str]] = {
    "am_and_aa": re.compile(f"{SARA_AM}[{TONES}]?{SARA_AA}"),
    "nikhahit_and_aa": re.compile(f"{NIKHAHIT}[{TONES}]?{SARA_AA}"),
    "replacement_character": re.compile(LOST),
    "private_use": re.compile("[\ue000-\uf8ff]"),
    "space_before_mark": re.compile(f"[{SPACES}][{MARKS}{SARA_AM}]"),
    "space_before_aa": re.compile(f"[{CONSONANTS}][{TONES}]?[{SPACES}]+{SARA_AA}"),
    "tone_before_vowel": re.compile(f"[{TONES}][{VOWEL_MARKS}]"),
    "orphan_mark": re.compile(f"(?:^|(?<=[^{CONSONANTS}{MARKS}{SPACES}]))[{MARKS}]"),
    "double_sara_e": re.compile(f"{SARA_E}{SARA_E}"),
    "doubled_mark": re.compile(f"([{MARKS}])\\1"),
    "cid": re.compile(r"\(cid:\d+\)"),
    "foreign_mark": re.compile(f"(?<=[{CONSONANTS}{MARKS}])[\u0100-\u02ff&#$%*^~|\\\\][{LETTERS}]"),
    "two_vowel_marks": re.compile(_TWO_VOWEL_MARKS),
    "vowel_after_vowel_mark": re.compile(_VOWEL_AFTER_VOWEL_MARK),
    "dangling_leading_vowel": re.compile(_DANGLING_LEADING),
    "leading_with_vowel_mark": re.compile(_LEADING_WITH_VOWEL_MARK),
}

_VOWEL_MARK_SET = frozenset(c for c in MARK_SET if re.match(f"[{VOWEL_MARKS}{NIKHAHIT}]", c))


def _forbidden(before: str, char: str) -> bool:
    if char in MARK_SET:
        if before in CONSONANT_SET:
            return False
        return before not in _VOWEL_MARK_SET or char in _VOWEL_MARK_SET
    if before in LEADING_SET:
        return char not in CONSONANT_SET
    if char in "\u0e30\u0e32\u0e33\u0e45":
        bare = before == "^" or before in "\u0e32\u0e33"
        return bare or (char in "\u0e32\u0e33" and before in _VOWEL_MARK_SET | {THANTHAKHAT})
    return False


FORBIDDEN = frozenset(a + b for a in LETTER_SET | {"^"} for b in LETTER_SET if _forbidden(a, b))
"""Pairs of letters that cannot be adjacent; `^` is the beginning of a stretch."""


def first_impossible(text: str) -> int:
    """The offset of the first sequence that Thai spelling does not allow, or -1."""
    found = _IMPOSSIBLE.search(text)
    return found.start() if found else -1


def impossible_sequences(text: str) -> int:
    """How many places of `text` Thai spelling does not allow: marks without a base, two tones, lone vowels.

    Clean text has none but for stray typing; a figure above 1 in 1,000 letters means damage. Words cut at the
    end of a line are counted as they stand.

    >>> impossible_sequences("กิจกรรมป้องกัน")
    0
    """
    return sum(1 for _ in _IMPOSSIBLE.finditer(text))


def damage_signs(text: str) -> dict[str, int]:
    """Number of occurrences of each sign of damage in `text`; signs that do not occur are left out.

    The list is that of the survey of real Thai PDFs; signs overlap (one broken word may show two).
    """
    counts = ((name, sum(1 for _ in pattern.finditer(text))) for name, pattern in _SIGNS.items())
    return {name: count for name, count in counts if count}
