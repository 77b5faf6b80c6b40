"""How a recommendation words its demand: ควร, ต้อง, เสนอให้ and the like, from `data/report/modality.tsv`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from tipmine.data import data_groups
from tipmine.lexical.wordlists import word_spans

_NO_DEMAND = "-"
"""What the file has for a form that demands nothing, such as ไม่ต้อง."""
_RANKS = ("1", "2", "3")
"""Strengths of a demand, the strongest first; the file explains each."""


def modality(text: str, words: Sequence[str]) -> str:
    """The modal expression of a recommendation; empty if it has none of the known ones.

    `words` are those of the text in order. A form counts only as whole words: ผู้ต้องหา and ความต้องการ demand nothing.
    Of several forms, the first of the strongest rank is returned.

    >>> modality("ควรถามผู้ต้องหา โดยไม่ต้องรอ", ["ควร", "ถาม", "ผู้ต้องหา", "โดย", "ไม่", "ต้อง", "รอ"])
    'ควร'
    """
    demands = [(rank, at, shown) for at, rank, shown in _forms_in(text, words) if shown != _NO_DEMAND]
    return min(demands, default=(0, 0, ""))[2]


def _forms_in(text: str, words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Offset, rank and wording of each form; where several begin, the longest. No form is inside another."""
    spans = word_spans(text, words)
    ends = {end for _start, end in spans}
    free = 0
    for start, _end in spans:
        if start < free:
            continue
        for form, shown, rank in _forms():
            if text.startswith(form, start) and start + len(form) in ends:
                yield start, rank, shown
                free = start + len(form)
                break


@cache
def _forms() -> list[tuple[str, str, int]]:
    """The forms, longest first, each with its wording and its rank."""
    groups = data_groups("report/modality.tsv", "rank", _RANKS, head=("form", "shown", "rank"))
    forms = [(row["form"], row["shown"], int(rank)) for rank, rows in groups.items() for row in rows]
    return sorted(forms, key=lambda form: -len(form[0]))
