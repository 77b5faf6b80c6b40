"""Answers in a recommendation's own row of a response table ("recommendation | what was done").

Segmentation makes one passage of the recommendation and one of each answer in its row. The document itself says which
answer belongs to which recommendation, whatever words they share, so nothing is ranked: the answer is the first
evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tipmine.coverage import coverage_by_links
from tipmine.records import Evidence, Passage, Trace

IN_ITS_ROW = "คำตอบในแถวเดียวกันของตาราง"
"""The reason given for such a link: an answer in the same row of the table."""


def answers_in_rows(passages: Iterable[Passage]) -> dict[str, list[Passage]]:
    """Recommendation id -> the answers in its row, for recommendations that have any.

    `passages` are those of one document in order. An answer is a finding right after the recommendation that begins on
    the same line, as the parts of a table row do.
    """
    answers: dict[str, list[Passage]] = {}
    asked: Passage | None = None
    for passage in passages:
        if passage.kind == "recommendation":
            asked = passage
        elif asked is not None and passage.kind == "finding" and _line(passage) == _line(asked) is not None:
            answers.setdefault(asked.id, []).append(passage)
        else:
            asked = None
    return answers


def _line(passage: Passage) -> tuple[int, int] | None:
    return (passage.lines[0].page, passage.lines[0].line) if passage.lines else None


def with_answers(traces: Iterable[Trace], answers: Mapping[str, Sequence[Passage]]) -> list[Trace]:
    """The traces with the answers of their own rows before all other evidence, confirmed and with the score 1."""
    return [_with_answers(trace, answers[trace.rec]) if trace.rec in answers else trace for trace in traces]


def _with_answers(trace: Trace, answers: Sequence[Passage]) -> Trace:
    own = {answer.id for answer in answers}
    first = [Evidence(answer.id, 0, 1.0, "confirmed", (IN_ITS_ROW,), answer.kind) for answer in answers]
    ordered = [*first, *(item for item in trace.evidence if item.id not in own)]
    ranked = tuple(replace(item, rank=rank) for rank, item in enumerate(ordered, 1))
    return replace(trace, coverage=coverage_by_links(ranked, covered=True), evidence=ranked)
