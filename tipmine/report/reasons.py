"""Reasons in Thai, from `data/report/reasons.tsv` and `labels.tsv`: doubtful pages, unread files, changed letters."""

from __future__ import annotations

from collections.abc import Iterable

from tipmine.quality_reasons import BETWEEN, VALUES, Reason
from tipmine.report.labels import label, table
from tipmine.sentences import Sentences

_sentence = Sentences("report/reasons.tsv", {code: " ".join(names) for code, names in VALUES.items()})


def reason_words(reasons: Iterable[Reason]) -> str:
    """The reasons for a page's quality in Thai.

    >>> reason_words([Reason("picture"), Reason("few_tones", ("3", "80"))])
    'เป็นภาพที่ไม่มีตัวอักษร; มีวรรณยุกต์ 3 ตัวต่ออักษรไทย 1,000 ตัว ข้อความปกติมีราว 80 ตัว'
    """
    return BETWEEN.join(_sentence(reason.code, **reason.named()) for reason in reasons)


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
