"""Lines that name nothing but bodies: offices, organisations and groups of them, joined by / , and `และ`.

Whether a line is a name or a short sentence about one (ตำรวจจับกุม...) is not seen by its form, since names are made of
verbs, too (กรมคุ้มครองสิทธิ...). So the gazetteer in `data/actors` is asked.
"""

from __future__ import annotations

import re
from functools import cache

from tipmine.data import data_table
from tipmine.segment.sentences import PREDICATE
from tipmine.segment.thai import letters, squeeze

LONGEST_LINE = 120
"""Letters of a line of names; longer ones are lists in running text."""
# Groups of persons are left out: what is said of workers or victims stands under them, too, but is not asked of them.
_FILES = (
    "community", "education_health_labour", "government", "local_government", "ngo_international", "police_justice",
    "private_media_academia",
)  # fmt: skip
_COLUMNS = ("canonical_th", "abbreviations", "aliases", "former_names")
_BEFORE = r"(?:(?:สำนักงาน|สนง\.|ผู้แทน|หัวหน้า|ผู้บริหาร|หน่วยงาน|เครือข่าย) ?)?"
# An office of a province or district is followed by its name; places that are not listed are short.
_PLACE = r"(?:(?:(?<=จังหวัด)|(?<=อำเภอ)|(?<=ตำบล)|(?<=เทศบาล)|(?<=[.])|(?<=[.] )) ?[\u0e01-\u0e4e]{2,12})?"
_WHICH = r"(?: ?(?:จังหวัด|ในพื้นที่|ในจังหวัด|ที่เกี่ยวข้อง|ทุกแห่ง|ทุกจังหวัด|ทุกระดับ|ทุกภาคส่วน|และเครือข่าย))*"
_JOINT = r"[\s/,()]*(?:และ|หรือ|ร่วมกับ)?[\s/,()]*"


def names_only(text: str) -> bool:
    """Whether a line without its number is nothing but names of bodies.

    >>> names_only("แรงงานจังหวัด / จัดหางานจังหวัด"), names_only("แรงงานจังหวัดควรเพิ่มล่าม")
    (True, False)
    """
    text = squeeze(text).rstrip(" :：")
    if letters(text) > LONGEST_LINE or PREDICATE.search(text):
        return False
    return bool(_names().fullmatch(text))


@cache
def _names() -> re.Pattern[str]:
    forms = {
        form.strip()
        for name in _FILES
        for row in data_table(f"actors/{name}.csv")
        for column in _COLUMNS
        for form in row[column].split("|")
    }
    longest_first = sorted((form for form in forms if len(form) > 1), key=len, reverse=True)
    name = f"{_BEFORE}(?:{'|'.join(map(re.escape, longest_first))}){_PLACE}{_WHICH}"
    return re.compile(f"{name}(?:{_JOINT}{name})*[)]?")
