"""Bullets, months, lengths and spaces of Thai texts: what several modules of this stage need."""

from __future__ import annotations

import re
from functools import lru_cache

from tipmine.thai import NIKHAHIT, SARA_AA, SARA_AM, is_thai_letter, takes_room
from tipmine.years import MONTHS

BULLETS = (
    "•‣·●○▪■□◆◇➢➤►▶▸▹▫◼◾◉☑✅➔➜→⇒❯›✓✔❖❑★◦⁃∙\uf0b7\uf0a7\uf0d8\uf0fc\uf076"
    # Stars, suits of cards, pointing hands and arrows, with which people adorn leaflets and posters.
    "☆✦✧✩✪✫✬✭✮✯✰♠♣♥♦♤♧♡♢☛☞☚☜⇨⮚⮞➙➛➝➞➟➠➡➥➦➧➨➩➪➫➬➭➮➯➱➲➳➵➸➺➻➼➽➾"
    "\N{THAI CHARACTER FONGMAN}"
)
"""Signs printed as bullets, for use in a character class; those from U+F0B7 on are codes of Symbol and Wingdings. Stars
and dashes on a keyboard, which are not always bullets, are added where they count as such."""
ANY_MONTH = "|".join(MONTHS)
"""The names of the months as the choices of a pattern."""
_TEXTS_KEPT = 20_000
"""Size of the cache of counted texts (a few megabytes): each line and paragraph is counted about ten times. A smaller
cache drops the lines of a large document before they are needed again."""
_WHITE = re.compile(r"\s+")
_MAIYAMOK = "\N{THAI CHARACTER MAIYAMOK}"


@lru_cache(maxsize=_TEXTS_KEPT)
def letters(text: str) -> int:
    """Number of characters that take room on the line: white space and marks above and below letters do not count."""
    return sum(1 for char in text if not char.isspace() and takes_room(char))


def is_thai(char: str) -> bool:
    """Whether `char` is a Thai letter, vowel or mark, or maiyamok; Thai digits and other signs are not."""
    return is_thai_letter(char) or char == _MAIYAMOK


def squeeze(text: str) -> str:
    """`text` for comparison: runs of white space as one space, nikhahit and sara aa as sara am."""
    return _WHITE.sub(" ", text.replace(NIKHAHIT + SARA_AA, SARA_AM)).strip()
