"""Which way a statement points: a lack, a matter in order, or a wish. Cues in `tipmine/data/lexicon/direction.tsv`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Literal

Sense = Literal["lack", "met", "wish"]

_SENSES: dict[str, Sense] = {"lack": "lack", "met": "met", "wish": "wish"}
_LONGEST_CUE = 4
"""Words in the longest cue, as the tokenizer may cut it."""


@cache
def _cues() -> dict[str, Sense]:
    content = (files("tipmine.data") / "lexicon" / "direction.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in content.splitlines() if line.strip() and not line.startswith("#"))
    return {cue: _SENSES[sense] for cue, sense in rows}


def directions(words: Sequence[str]) -> dict[Sense, tuple[str, ...]]:
    """The senses a text shows, each with its cues in order.

    >>> directions(("ล่าม", "ไม่มี", "ปัญหา", "แต่", "ไม่มี", "ค่า", "รถ"))
    {'met': ('ไม่มีปัญหา',), 'lack': ('ไม่มี',)}
    """
    cues = _cues()
    found: dict[Sense, list[str]] = {}
    at = 0
    while at < len(words):
        for length in range(min(_LONGEST_CUE, len(words) - at), 0, -1):
            cue = "".join(words[at : at + length])
            if cue in cues:
                found.setdefault(cues[cue], []).append(cue)
                at += length
                break
        else:
            at += 1
    return {sense: tuple(dict.fromkeys(texts)) for sense, texts in found.items()}
