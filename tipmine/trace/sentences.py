"""The Thai sentences of reasons, from `data/trace_reasons.tsv`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from string import Formatter

from tipmine.data import data_groups
from tipmine.errors import InputError

_FILE = "trace_reasons.tsv"
_VALUES: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("idle", "nearest", "same_actors", "faint", "faint_turn"), frozenset()),
    **dict.fromkeys(("problem", "measure", "actor", "person", "place", "matter"), frozenset()),
    **dict.fromkeys(("policy", "prevention", "prosecution", "protection", "partnership"), frozenset()),
    **dict.fromkeys(("same_idea", "maybe_same_idea"), frozenset({"kind", "name", "words"})),
    **dict.fromkeys(("both_say", "near_pair"), frozenset({"asked", "said"})),
    **dict.fromkeys(("related", "related_problem"), frozenset({"name", "near", "said"})),
    **dict.fromkeys(("maybe_related", "shared_words", "met", "lack"), frozenset({"words"})),
    "near_words": frozenset({"pairs"}),
    "same_pillars": frozenset({"pillars"}),
}
"""Each code of the file with the values that its sentence takes."""


def sentence(code: str, **values: str) -> str:
    """The sentence of a code with its values. Raises InputError if the file lacks a sentence or one of its values.

    >>> sentence("same_pillars", pillars=sentence("policy"))
    'อยู่ในด้านเดียวกัน: นโยบาย'
    """
    return _sentences()[code].format(**values)


@cache
def _sentences() -> dict[str, str]:
    groups = data_groups(_FILE, "code", _VALUES)
    return {code: _checked(code, rows[-1]["sentence"]) for code, rows in groups.items()}


def _checked(code: str, written: str) -> str:
    expected = " ".join(f"{{{name}}}" for name in sorted(_VALUES[code])) or "no value in braces"
    try:
        found = {name for _, name, _, _ in Formatter().parse(written) if name is not None}
    except ValueError as error:
        raise InputError(f"data/{_FILE}", f"the sentence {code} cannot be read: {error}", expected) from error
    if found != _VALUES[code]:
        raise InputError(f"data/{_FILE}", f"the sentence {code} has other values than it needs", expected)
    return written
