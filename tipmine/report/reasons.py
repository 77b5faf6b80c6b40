"""Reasons in Thai, from `data/report/reasons.tsv` and `labels.tsv`: doubtful pages, unread files, changed letters."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from tipmine.data import any_pattern, data_table, row_errors
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
    """Why a file could not be read and what to do, in Thai, from the class of its error and its message in English.

    >>> failure_words("DamagedFileError", "the file is empty; expected: PDF; do: save or download it again")
    'ไฟล์ว่างเปล่า ควรบันทึกหรือดาวน์โหลดใหม่'
    """
    wrong = _NEXT_PART.split(message, maxsplit=1)[0]
    for wording in _failure_wordings():
        if match := wording.pattern.fullmatch(wrong):
            return f"{wording.sentence.format(**match.groupdict())} ควร{wording.do}"
    known = error if ("failure", error) in table() else "other"
    return label("failure", known)


_NEXT_PART = re.compile("; (?:expected|do): ")
"""What stands before what was expected, and before what to do, in the text of an error."""
_FAILURES = "report/failures.tsv"


class _FailureWording(NamedTuple):
    """How errors whose text `pattern` matches are worded in Thai: what is wrong, and what to do."""

    pattern: re.Pattern[str]
    sentence: str
    """With the groups of the pattern as values in braces."""
    do: str


@cache
def _failure_wordings() -> list[_FailureWording]:
    """The wordings in the file. Raises InputError, naming the row, for a sentence with values that have no group."""
    wordings = []
    for row in data_table(_FAILURES, ("pattern", "said", "do")):
        pattern = re.compile(any_pattern(_FAILURES, [row["pattern"]]), re.DOTALL)
        with row_errors(_FAILURES, row.values(), "only values that the pattern names"):
            try:
                row["said"].format(**dict.fromkeys(pattern.groupindex, ""))
            except (KeyError, IndexError) as error:
                raise ValueError(f"no value {error}") from error
        wordings.append(_FailureWording(pattern, row["said"], row["do"]))
    return wordings


def repair_words(rule: str) -> str:
    """Why an extraction rule changes letters, in Thai; also for rules of other versions."""
    from tipmine.extract.explain import PAGE_RULES
    from tipmine.extract.repair import reason

    if rule in PAGE_RULES:
        return PAGE_RULES[rule][0]
    thai, both, _english = reason(rule).partition(" / ")
    return thai if both else label("repair", "other")
