"""Reasons in Thai, from `data/report/reasons.tsv` and `labels.tsv`: doubtful pages, unread files, changed letters."""

from __future__ import annotations

import re
from functools import cache

from tipmine.data import data_rows
from tipmine.extract.reasons import BETWEEN
from tipmine.report.labels import label, table

_BLANK = "{}"


def reason_words(reason: str) -> str:
    """The reasons for a page's quality in Thai; a sentence that the table lacks stays as it is.

    >>> reason_words("a picture without text; 12 pages more")
    'เป็นภาพที่ไม่มีตัวอักษร; 12 pages more'
    """
    return BETWEEN.join(_sentence(part) for part in reason.split(BETWEEN) if part)


def failure_words(error: str, message: str) -> str:
    """Why a file could not be read: the error's class in Thai, then the message for whoever looks after the files."""
    known = error if ("failure", error) in table() else "other"
    return f"{label('failure', known)} ({message})"


def repair_words(rule: str) -> str:
    """Why an extraction rule changes letters, in Thai; also for rules of other versions."""
    from tipmine.extract.explain import PAGE_RULES
    from tipmine.extract.repair import reason

    if rule in PAGE_RULES:
        return PAGE_RULES[rule][0]
    thai, both, _english = reason(rule).partition(" / ")
    return thai if both else label("repair", "other")


def _sentence(text: str) -> str:
    for pattern, thai in _patterns():
        if found := pattern.fullmatch(text):
            return thai.format(*found.groups())
    return text


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile("(.+?)".join(re.escape(part) for part in sentence.split(_BLANK))), thai)
        for sentence, thai in data_rows("report/reasons.tsv", cells=2)
    )
