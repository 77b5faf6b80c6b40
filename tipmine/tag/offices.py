"""Offices named by a title, a body and a province or number, where the gazetteer knows only the body.

`อธิบดี` + `กรมการจัดหางาน` is one office, and so are `ตำรวจภูธรจังหวัด` + `ขอนแก่น` and `สสว.` + `4`. A list of all of
them would be endless, so a known name is widened by the title before it and the place or number after it. It still
means the same actor: whoever acts for a body counts as that body.
"""

from __future__ import annotations

import re
from functools import cache

from tipmine.data import any_pattern, data_groups
from tipmine.provinces import province_at

_FILE = "office_titles.tsv"
_REACH = 60
"""Code points before a name in which its title is looked for; the longest real one has 40."""

_TAKES_A_PROVINCE = re.compile(r"(?:จังหวัด|อำเภอ(?:เมือง)?|สภ\. ?เมือง|เทศบาล(?:นคร|เมือง))$")
"""The end of names to which a province belongs. After any other name, it says only where something happens."""

_SHORT_TAKES_A_PROVINCE = re.compile(r"(?:จ|จว)\.$")
"""The end of short forms to which a province belongs: `พมจ.`, `ภ.จว.`, `อบจ.`."""

_ANY_SHORT = re.compile(r"[\u0e01-\u0e2e]\.$")
_SHORT_PROVINCE = re.compile(r" ?(?:จ|จว)\. ?")
"""Comes between any other short form, such as `ศรส.`, and the name of its province."""

_OFFICE_NUMBER = re.compile(r" ?\d{1,2}(?![\d.,:/]?\d)")
"""The number of an office of a region, in digits of either kind: `สสว.4`, `ตำรวจภูธรภาค ๕`."""

_CHIEF_DISTRICT = "เมือง"
"""Comes between `อำเภอ` and the name of its province."""

_AREA = "กรุงเทพมหานครพื้นที่"
_AREA_NUMBER = re.compile(r"\s?\d{1,2}(?:\s?[-\N{EN DASH}]\s?\d{1,2})?")
"""Offices in Bangkok are numbered by area: `พื้นที่ 3`, or several at once, `พื้นที่ 1 - 10`."""

_BODIES = ("สำนักงาน", "สำนัก", "กอง", "ฝ่าย", "ห้อง")
"""Right before a title, these make a body of it: `สำนักงานปลัดกระทรวง` is not the post of the permanent secretary."""


def start_with_title(text: str, start: int) -> int:
    """Where the office begins whose body's name begins at `start`; `start` itself if there is no title before it.

    A name that itself begins with a title is widened by `รอง` and the like.
    """
    title, deputy, whole = _titles()
    first = max(0, start - _REACH)
    match = (deputy if title.match(text, start) else whole).search(text[first:start])
    if match is None or text.endswith(_BODIES, 0, first + match.start()):
        return start
    return first + match.start()


def end_with_place(text: str, start: int, end: int) -> int:
    """Where the name `text[start:end]` ends with its province or its number; else `end` itself."""
    if text.endswith(_AREA, start, end):
        number = _AREA_NUMBER.match(text, end)
        return number.end() if number else end
    name = text[start:end]
    numbered, count = _numbers()
    if numbered.search(name):
        number = _OFFICE_NUMBER.match(text, end)
        return number.end() if number and not count.match(text, number.end()) else end
    at = end
    if _SHORT_TAKES_A_PROVINCE.search(name):
        at += text.startswith(" ", end)
    elif _ANY_SHORT.search(name) and (link := _SHORT_PROVINCE.match(text, end)):
        at = link.end()
    elif not _TAKES_A_PROVINCE.search(name):
        return end
    elif text.startswith(_CHIEF_DISTRICT, end):
        at += len(_CHIEF_DISTRICT)
    province = province_at(text, at)
    return at + len(province) if province else end


@cache
def _titles() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Patterns for a title, for what may precede a title, and for both right before the name of a body."""
    before, title, *_ = _words()
    return re.compile(title), re.compile(f"(?:{before})+$"), re.compile(f"(?:{before})*(?:{title}) ?$")


@cache
def _numbers() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns for the end of names that take a number, and for what makes that number a count, after it."""
    *_, numbered, count = _words()
    return re.compile(f"(?:{numbered})$"), re.compile(f" ?(?:{count})")


@cache
def _words() -> list[str]:
    """The patterns of the file: what comes before a title, titles, names that take a number, and counted things."""
    groups = data_groups(_FILE, "place", ("before", "title", "numbered", "count"))
    return [any_pattern(_FILE, (row["words"] for row in rows)) for rows in groups.values()]
