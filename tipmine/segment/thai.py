"""Thai letters, digits, months and spaces: what several modules of this stage need."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

DIGITS = "0-9\u0e50-\u0e59"
"""Arabic and Thai digits, for the brackets of a pattern."""
MONTHS = "มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม"
"""The names of the months as the choices of a pattern."""
_TEXTS_KEPT = 20_000
"""Size of the cache of counted texts: each line and paragraph is asked about some ten times. A few megabytes; smaller
ones forget the lines of a large document before they are asked about again."""
_WHITE = re.compile(r"\s+")
_NIKHAHIT_AA = "\N{THAI CHARACTER NIKHAHIT}\N{THAI CHARACTER SARA AA}"


@lru_cache(maxsize=_TEXTS_KEPT)
def letters(text: str) -> int:
    """Number of characters that take room on the line: marks above and below letters and white space do not count."""
    return sum(1 for char in text if not char.isspace() and unicodedata.category(char) != "Mn")


def is_thai(char: str) -> bool:
    """Whether `char` is a letter, vowel or mark of the Thai script (Thai digits and signs are not)."""
    return "\u0e01" <= char <= "\u0e2e" or "\u0e30" <= char <= "\u0e3a" or "\u0e40" <= char <= "\u0e4e"


def squeeze(text: str) -> str:
    """`text` for comparison: runs of white space as one space, nikhahit and sara aa as sara am."""
    return _WHITE.sub(" ", text.replace(_NIKHAHIT_AA, "\N{THAI CHARACTER SARA AM}")).strip()
