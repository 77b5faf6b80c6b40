"""The Thai sentences of reasons, from `data/trace_reasons.tsv`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from tipmine.sentences import read_sentences

_FILE = "trace_reasons.tsv"
_VALUES: Mapping[str, str] = {
    **dict.fromkeys(("idle", "nearest", "same_actors", "faint", "faint_turn", "confirmed_before"), ""),
    **dict.fromkeys(("problem", "measure", "actor", "person", "place", "matter"), ""),
    **dict.fromkeys(("policy", "prevention", "prosecution", "protection", "partnership"), ""),
    **dict.fromkeys(("same_idea", "maybe_same_idea"), "kind name words"),
    **dict.fromkeys(("both_say", "near_pair"), "asked said"),
    **dict.fromkeys(("related", "related_problem"), "name near said"),
    **dict.fromkeys(("maybe_related", "shared_words", "met", "lack"), "words"),
    "near_words": "pairs",
    "same_pillars": "pillars",
}
"""Each code of the file with the values that its sentence takes."""


def sentence(code: str, **values: str) -> str:
    """The sentence of a code with its values. Raises what `read_sentences` raises.

    >>> sentence("same_pillars", pillars=sentence("policy"))
    'อยู่ในด้านเดียวกัน: นโยบาย'
    """
    return _sentences()[code].format(**values)


@cache
def _sentences() -> dict[str, str]:
    return read_sentences(_FILE, _VALUES)
