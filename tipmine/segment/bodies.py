"""Lines that name nothing but bodies: offices, organisations and groups of them, joined by / , and `และ`.

Whether a line is a name or a short sentence about one (ตำรวจจับกุม...) is not seen by its form, since names are made of
verbs, too (กรมคุ้มครองสิทธิ...). So the gazetteer in `data/actors` is asked.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from tipmine.gazetteer_rows import forms_of, gazetteer_rows
from tipmine.name_forms import LongestForms, takes_a_place
from tipmine.provinces import province_at
from tipmine.segment.characters import letters, squeeze
from tipmine.segment.cues import begins_with_an_action
from tipmine.segment.sentences import PREDICATE

LONGEST_LINE = 120
"""Letters of a line of names; longer ones are lists in running text."""
# Groups of persons are left out: what is said of workers or victims stands under them, too, but is not asked of them.
_WITHOUT = "person_groups"
_LINES_KEPT = 1_000
"""Size of the cache of lines: each is asked about as a heading and as what follows the one before."""
_BEFORE = re.compile(r"(?:สำนักงาน|สนง\.|ผู้แทน|หัวหน้า|ผู้บริหาร|หน่วยงาน|เครือข่าย) ?")
_PLACE = re.compile(r"[\u0e01-\u0e4e]{2,12}(?![\u0e01-\u0e4e])")
"""A place that is not listed, right behind the name of its office. Longer: sentences are taken for places."""
_WHICH = re.compile(r"(?: ?(?:จังหวัด|ในพื้นที่|ในจังหวัด|ที่เกี่ยวข้อง|ทุกแห่ง|ทุกจังหวัด|ทุกระดับ|ทุกภาคส่วน|และเครือข่าย))*")
_JOINT = re.compile(r"[\s/,()]*(?:และ|หรือ|ร่วมกับ)?[\s/,()]*")


@lru_cache(maxsize=_LINES_KEPT)
def names_only(text: str) -> bool:
    """Whether a line without its number is nothing but names of bodies.

    It is read once, from left to right, with the longest name at each place.

    >>> names_only("แรงงานจังหวัด / จัดหางานจังหวัด"), names_only("แรงงานจังหวัดควรเพิ่มล่าม")
    (True, False)
    """
    text = squeeze(text).rstrip(" :：")
    if letters(text) > LONGEST_LINE or PREDICATE.search(text):
        return False
    at = 0
    while (end := _end_of_name(text, at)) > at:
        joint = _JOINT.match(text, end)
        at = joint.end() if joint else end
        if at == len(text):
            return not joint or joint.group() in ("", ")")
    return False


def _end_of_name(text: str, start: int) -> int:
    """Where the name of a body that begins at `start` ends, with its place and which ones are meant; else `start`."""
    before = _BEFORE.match(text, start)
    end = max(_end_of_form(text, start), _end_of_form(text, before.end()) if before else 0)
    if not end:
        return start
    end = _end_of_place(text, start, end)
    which = _WHICH.match(text, end)
    return which.end() if which else end


def _end_of_form(text: str, start: int) -> int:
    """Where the longest name of the gazetteer ends that begins at `start`; 0 if none does."""
    form = _forms().at(text, start)
    return start + len(form) if form else 0


def _end_of_place(text: str, start: int, end: int) -> int:
    """Where the name `text[start:end]` ends with its province or with a smaller place right behind it.

    Abbreviations (`อบจ.`) take one as well.
    """
    if not (takes_a_place(text, start, end) or text.endswith(".", start, end)):
        return end
    space = text.startswith(" ", end)
    if province := province_at(text, end + space):
        return end + space + len(province)
    place = None if text.endswith("จังหวัด", start, end) else _PLACE.match(text, end)
    return place.end() if place and not begins_with_an_action(place.group()) else end


@cache
def _forms() -> LongestForms:
    return LongestForms(
        {form: row["id"] for row in gazetteer_rows(_WITHOUT) for form in forms_of(row) if len(form) > 1}
    )
