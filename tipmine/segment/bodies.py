"""Lines that consist only of names of bodies: offices, organisations and groups of them, joined by / , and `และ`.

The form of a line does not distinguish a name from a short sentence about one (ตำรวจจับกุม...): names, too, contain
verbs (กรมคุ้มครองสิทธิ...). So the names are looked up in the gazetteer in `data/actors`.
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
"""Most letters of a line of names; longer ones are lists in running text."""
# Groups of persons are left out: a heading such as workers or victims says whom its items are about, not who must act.
_WITHOUT = "person_groups"
_LINES_KEPT = 1_000
"""Size of the cache of lines: each is checked twice, as a heading and as the line after a heading."""
_BEFORE = re.compile(r"(?:สำนักงาน|สนง\.|ผู้แทน|หัวหน้า|ผู้บริหาร|หน่วยงาน|เครือข่าย) ?")
_PLACE = re.compile(r"[\u0e01-\u0e4e]{2,12}(?![\u0e01-\u0e4e])")
"""An unlisted place right after the name of its office. A longer limit takes sentences for places."""
_WHICH = re.compile(r"(?: ?(?:จังหวัด|ในพื้นที่|ในจังหวัด|ที่เกี่ยวข้อง|ทุกแห่ง|ทุกจังหวัด|ทุกระดับ|ทุกภาคส่วน|และเครือข่าย))*")
_JOINT = re.compile(r"[\s/,()]*(?:และ|หรือ|ร่วมกับ)?[\s/,()]*")


@lru_cache(maxsize=_LINES_KEPT)
def names_only(text: str) -> bool:
    """Whether a line, without its number, consists only of names of bodies.

    The line is read once, from left to right, taking the longest name at each place.

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
    """The end of the name at `start`, with its place and words such as ที่เกี่ยวข้อง; `start` if no name begins there."""
    before = _BEFORE.match(text, start)
    end = max(_end_of_form(text, start), _end_of_form(text, before.end()) if before else 0)
    if not end:
        return start
    end = _end_of_place(text, start, end)
    which = _WHICH.match(text, end)
    return which.end() if which else end


def _end_of_form(text: str, start: int) -> int:
    """The end of the longest gazetteer name that begins at `start`; 0 if none begins there."""
    form = _forms().at(text, start)
    return start + len(form) if form else 0


def _end_of_place(text: str, start: int, end: int) -> int:
    """The end of the name `text[start:end]` together with the province or smaller place right after it, if any.

    Abbreviations (`อบจ.`) take a place as well.
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
