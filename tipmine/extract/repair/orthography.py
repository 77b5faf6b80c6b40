"""What Thai spelling allows: sequences that cannot be, and the signs of damage that follow.

A Thai syllable is written as an optional leading vowel, one or more consonants, marks above and below the last
of them (at most one vowel mark, then at most one tone mark), and an optional following vowel. Everything here
is a property of the script, not of any document: no word list is consulted.

`_cannot_follow` is the only rule for neighbouring letters. Two things are made from it: `FORBIDDEN`, which the decoder
uses for the text it builds, and the pattern of impossible sequences, which is used for given texts; the pattern adds
sequences that take more than two letters to recognise.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from tipmine.thai import (
    BELOW_VOWELS,
    CONSONANT_SET,
    CONSONANTS,
    FOLLOWING,
    LAKKHANGYAO,
    LEADING,
    LEADING_SET,
    LETTER_SET,
    LETTERS,
    MAI_HAN_AKAT,
    MARK_SET,
    MARKS,
    NIKHAHIT,
    SARA_A,
    SARA_AA,
    SARA_AE,
    SARA_AI_MAIMALAI,
    SARA_AM,
    SARA_E,
    SARA_I,
    SARA_UE,
    SARA_UU,
    THANTHAKHAT,
    TONES,
    VOWEL_MARKS,
    vowel_mark_first,
)

SPACES = " \u00a0\u2009\u200a\u202f"
LOST = "\N{REPLACEMENT CHARACTER}"
START = "^"
"""In the pairs of `FORBIDDEN`: in place of the letter before the first of a stretch."""

_VOWEL_SIGNS = f"{VOWEL_MARKS}{NIKHAHIT}"
_VOWEL_SIGN_SET = frozenset(mark for mark in MARK_SET if re.match(f"[{_VOWEL_SIGNS}]", mark))


def _cannot_follow(before: str, char: str) -> bool:
    """Whether no spelling has the letter `char` right after the letter `before`, or first if that is `START`."""
    if char in MARK_SET:
        # A vowel mark may carry one tone or, in a few Indic endings, thanthakhat; never a second vowel mark.
        return before not in CONSONANT_SET and (before not in _VOWEL_SIGN_SET or char in _VOWEL_SIGN_SET)
    if before in LEADING_SET:
        return char not in CONSONANT_SET
    if char not in FOLLOWING:
        return False
    if before in (SARA_AA, SARA_AM):
        # Sara e, sara aa and sara a together are a vowel.
        return (before, char) != (SARA_AA, SARA_A)
    # These two follow a bare or toned consonant; after a vowel mark the mark belongs to another base.
    return before == START or (char in (SARA_AA, SARA_AM) and before in _VOWEL_SIGN_SET | {THANTHAKHAT})


FORBIDDEN = frozenset(a + b for a in LETTER_SET | {START} for b in LETTER_SET if _cannot_follow(a, b))
"""Pairs of letters that cannot be adjacent; `START` is the beginning of a stretch."""

NO_DAMAGE = frozenset({START + LAKKHANGYAO, NIKHAHIT + SARA_AA})
"""Forbidden pairs that are not a sign of damage in a text: a lone lakkhangyao was typed for the figure 1, which is on
its key; nikhahit and sara aa are sara am as compatibility normalisation (NFKD) writes it, also in word lists."""
DRAWN_OUT = frozenset({2 * SARA_AA, 2 * SARA_AM})
"""Forbidden pairs that are a sign of damage only where the letter does not come a third time: drawn-out speech is
written so."""


def _impossible_pairs() -> Iterator[str]:
    """Patterns of the pairs that are forbidden in texts, one for all pairs with the same second letters."""
    firsts: defaultdict[str, str] = defaultdict(str)
    for before in sorted(LETTER_SET):
        pairs = (before + char for char in sorted(LETTER_SET))
        firsts["".join(pair[1] for pair in pairs if pair in FORBIDDEN - DRAWN_OUT - NO_DAMAGE)] += before
    yield from (f"[{before}][{chars}]" for chars, before in firsts.items() if chars)
    first = "".join(pair[1] for pair in sorted(FORBIDDEN - NO_DAMAGE) if pair[0] == START)
    yield f"(?:^|(?<=[^{LETTERS}]))[{first}]"
    yield from (f"(?<!{pair[0]}){pair}(?!{pair[0]})" for pair in sorted(DRAWN_OUT))


_DANGLING_LEADING = f"[{LEADING}](?![{CONSONANTS}])"
_VOWEL_AFTER_VOWEL_MARK = f"[{VOWEL_MARKS}{THANTHAKHAT}][{TONES}]?[{SARA_AA}{SARA_AM}]|{NIKHAHIT}[{TONES}]{SARA_AM}"
# Sara ae, o, ai never share their first consonant with a vowel mark, nor sara e with these four.
_LEADING_WITH_VOWEL_MARK = (
    f"[{SARA_AE}-{SARA_AI_MAIMALAI}][{CONSONANTS}][{MAI_HAN_AKAT}{SARA_I}-{SARA_UU}]"
    f"|{SARA_E}[{CONSONANTS}][{MAI_HAN_AKAT}{SARA_UE}{BELOW_VOWELS}]"
)
_IMPOSSIBLE = re.compile(
    "|".join((_VOWEL_AFTER_VOWEL_MARK, _DANGLING_LEADING, _LEADING_WITH_VOWEL_MARK, *_impossible_pairs()))
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
    "two_vowel_marks": re.compile(f"[{_VOWEL_SIGNS}][{_VOWEL_SIGNS}]"),
    "vowel_after_vowel_mark": re.compile(_VOWEL_AFTER_VOWEL_MARK),
    "dangling_leading_vowel": re.compile(_DANGLING_LEADING),
    "leading_with_vowel_mark": re.compile(_LEADING_WITH_VOWEL_MARK),
}


def marks_without_spaces(text: str) -> str:
    """Separated marks of one consonant, without the `SPACES` between them and with the vowel mark before the tone."""
    return vowel_mark_first(re.sub(f"[{SPACES}]", "", text))


def first_impossible(text: str) -> int:
    """The offset of the first sequence that Thai spelling does not allow, or -1."""
    hit = _IMPOSSIBLE.search(text)
    return hit.start() if hit else -1


def impossible_sequences(text: str) -> int:
    """How many places of `text` Thai spelling does not allow: marks without a base, two tones, lone vowels.

    Clean text has none except stray typing; more than 1 in 1,000 letters means damage. Words cut at the end of a line
    are counted as they are.

    >>> impossible_sequences("กิจกรรมป้องกัน")
    0
    """
    return sum(1 for _ in _IMPOSSIBLE.finditer(text))


def damage_signs(text: str) -> dict[str, int]:
    """Number of occurrences of each sign of damage in `text`; signs that do not occur are left out.

    The list comes from the survey of real Thai PDFs; signs overlap (one broken word may show two).
    """
    counts = ((name, sum(1 for _ in pattern.finditer(text))) for name, pattern in _SIGNS.items())
    return {name: count for name, count in counts if count}
