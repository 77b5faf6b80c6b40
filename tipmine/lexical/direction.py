"""Finds whether a statement names a lack, something in order, or a wish (`tipmine/data/lexicon/direction.tsv`)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal, get_args

from tipmine.data import data_groups

Sense = Literal["lack", "met", "wish"]

_LONGEST_CUE = 4
"""Most words into which the tokenizer may split a cue."""


@cache
def _cues() -> dict[str, Sense]:
    senses: tuple[Sense, ...] = get_args(Sense)
    groups = data_groups("lexicon/direction.tsv", "sense", senses, head=("cue", "sense"))
    return {row["cue"]: sense for sense in senses for row in groups[sense]}


@cache
def _beginnings() -> frozenset[str]:
    """All beginnings of cues, to skip quickly the many words that do not begin a cue."""
    return frozenset(cue[:end] for cue in _cues() for end in range(1, len(cue) + 1))


def directions(words: Sequence[str]) -> dict[Sense, tuple[str, ...]]:
    """The senses that a text expresses, each with its cues in order.

    >>> directions(("ล่าม", "ไม่มี", "ปัญหา", "แต่", "ไม่มี", "ค่า", "รถ"))
    {'met': ('ไม่มีปัญหา',), 'lack': ('ไม่มี',)}
    """
    cues, beginnings = _cues(), _beginnings()
    cues_of: dict[Sense, list[str]] = {}
    at = 0
    while at < len(words):
        if words[at] not in beginnings:
            at += 1
            continue
        for length in range(min(_LONGEST_CUE, len(words) - at), 0, -1):
            cue = "".join(words[at : at + length])
            if cue in cues:
                cues_of.setdefault(cues[cue], []).append(cue)
                at += length
                break
        else:
            at += 1
    return {sense: tuple(dict.fromkeys(texts)) for sense, texts in cues_of.items()}
