"""The Thai sentences that say why a pillar or an actor was tagged, from `data/tag_reasons.tsv`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from tipmine.sentences import read_sentences

_FILE = "tag_reasons.tsv"
_VALUES: Mapping[str, str] = {
    **dict.fromkeys(("pillar_together", "by_person", "listed", "listed_shortened", "unlisted", "or"), ""),
    **dict.fromkeys(("from_heading", "role_place"), ""),
    **dict.fromkeys(("pillar_heading", "listed_above"), "heading"),
    **dict.fromkeys(("role_after", "role_before", "role_proposer"), "word"),
    "listed_within": "form",
    "listed_alone": "others",
    "undecided": "names",
    "introduced": "name words",
    "role_column": "head",
    "role_words": "words",
    "below_with": "asked word",
    "below_object": "asked",
}
"""Each code of the file with the values that its sentence takes."""


def sentence(code: str, **values: str) -> str:
    """The sentence of a code with its values. Raises what `read_sentences` raises.

    >>> sentence("role_column", head="หน่วยงานหลัก")
    'บทบาทดูจากหัวคอลัมน์: หน่วยงานหลัก'
    """
    return _sentences()[code].format(**values)


@cache
def _sentences() -> dict[str, str]:
    return read_sentences(_FILE, _VALUES)
