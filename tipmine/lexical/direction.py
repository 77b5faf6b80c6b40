"""Finds whether a statement names a lack, something in order, or a wish (`tipmine/data/lexicon/direction.tsv`)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal, get_args

from tipmine.data import data_groups
from tipmine.lexical.cues import CueFinder

Sense = Literal["lack", "met", "wish"]
"""`met`: something is in order, a need is met."""


@cache
def _cues() -> CueFinder[Sense]:
    senses: tuple[Sense, ...] = get_args(Sense)
    groups = data_groups("lexicon/direction.tsv", "sense", senses, head=("cue", "sense"))
    return CueFinder({row["cue"]: sense for sense in senses for row in groups[sense]})


def directions(words: Sequence[str]) -> dict[Sense, tuple[str, ...]]:
    """The senses that a text expresses, each with its cues in order.

    >>> directions(("ล่าม", "ไม่มี", "ปัญหา", "แต่", "ไม่มี", "ค่า", "รถ"))
    {'met': ('ไม่มีปัญหา',), 'lack': ('ไม่มี',)}
    """
    cues_of: dict[Sense, list[str]] = {}
    for sense, cue in _cues().scan(words):
        if sense:
            cues_of.setdefault(sense, []).append(cue)
    return {sense: tuple(dict.fromkeys(cues)) for sense, cues in cues_of.items()}
