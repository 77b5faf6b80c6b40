"""Signatures: the dots to sign on, the name in brackets, the post and the date, each printed on a line of its own.

    (ลงชื่อ)......................ผู้เสนอแผน
    (นางสาวสมมติ ตัวอย่าง)
    พัฒนาสังคมและความมั่นคงของมนุษย์จังหวัด

They are one passage of kind `other`. Alone, the line with a post may look like a heading or a measure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tipmine.digits import arabic_digits
from tipmine.records import LineSpan
from tipmine.segment.characters import ANY_MONTH, letters, squeeze
from tipmine.segment.drafts import Draft
from tipmine.segment.wordings import Wording

LONGEST_LINE = 70
"""Most letters of a line of a signature. Higher: the sentence below a signature is joined to it."""
MOST_BELOW_NAME = 3
"""Most lines below the name in brackets: the post, whom it is done for, the date."""
OFF_CENTRE = 20.0
"""Most points between the centres of two lines of a signature, which are set one below the other. Higher: what stands
at the margin below a signature is joined to it."""

_SIGN_HERE = re.compile(r"^\(?\s?(?:ลงชื่อ|ลงนาม)\s*\)?\s*[.…_(:]|^\(?(?:ลงชื่อ|ลงนาม)\)?$")
_NAME = Wording(pattern=r"^\(\s?(?:<title_of_person>|พล\S{1,12}|ว่าที่\S{1,12})[^()]{3,40}\)$|^\([.…\s]{6,}\)$")
_DATE = re.compile(rf"^(?:วันที่\s?)?[0-9. …]{{1,12}}(?:(?:{ANY_MONTH})\s?)?[0-9. …]{{0,8}}$")
_SENTENCE = re.compile(r"ควร|จะ|ได้|ต้อง|หมายเหตุ|เรียน|เรื่อง|ดังนี้|[:：]|^(?:เอกสาร|สิ่งที่)?แนบ|^ภาคผนวก")


def joined_signatures(drafts: Iterable[Draft]) -> list[Draft]:
    """The drafts of a document with the lines of each signature joined into one."""
    drafts = list(drafts)
    joined: list[Draft] = []
    at = 0
    while at < len(drafts):
        end = _end_of_signature(drafts, at)
        joined.append(_joined(drafts[at:end]) if end > at + 1 else drafts[at])
        at = max(end, at + 1)
    return joined


def _end_of_signature(drafts: Sequence[Draft], at: int) -> int:
    """The index behind the signature that begins at `at`; `at` if none does."""
    begins_with_name = bool(_NAME.search(_plain(drafts[at])))
    if not (begins_with_name or _SIGN_HERE.search(_plain(drafts[at]))):
        return at
    end = at + 1
    if not begins_with_name:
        if end == len(drafts) or not _NAME.search(_plain(drafts[end])):
            return at
        end += 1
    name, most = drafts[end - 1], min(end + MOST_BELOW_NAME, len(drafts))
    while end < most and _belongs_below(name, drafts[end]):
        end += 1
    return end


def _belongs_below(name: Draft, line: Draft) -> bool:
    text = _plain(line)
    if line.number or line.speaker or letters(text) > LONGEST_LINE or text.startswith("("):
        return False
    if _SIGN_HERE.search(text) or (_SENTENCE.search(text) and not _DATE.search(text)):
        return False
    return _are_centred_alike(name.spans, line.spans)


def _are_centred_alike(upper: Sequence[LineSpan], lower: Sequence[LineSpan]) -> bool:
    """Whether two texts are set one below the other on one page; where positions are unknown, they may be."""
    one, other = upper[-1], lower[0]
    if one.box is None or other.box is None:
        return True
    centres = [(box.x0 + box.x1) / 2 for box in (one.box, other.box)]
    return one.page == other.page and abs(centres[0] - centres[1]) <= OFF_CENTRE


def _plain(draft: Draft) -> str:
    return arabic_digits(squeeze(draft.text))


def _joined(lines: Sequence[Draft]) -> Draft:
    signature = Draft("other", "", (), lines[0].section)
    for line in lines:
        signature = signature.followed_by(line.text, line.spans)
    return signature
