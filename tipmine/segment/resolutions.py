"""What meetings and governments have resolved: an assignment is planned, everything else that was resolved is reported.

So it is coded in the labelled minutes and cabinet papers: `ให้กรม...`, `มอบหมาย...` and `เห็นชอบให้...` are plan; that
a draft law was approved, money granted, somebody appointed or a report noted is a finding. As an item of the resolution
itself, the approval of a plan or a project also says what will be done; in a report or in the news, it is an event.

All texts here have Arabic digits and single spaces (`arabic_digits`, `squeeze`).
"""

from __future__ import annotations

import re
from typing import Literal

from tipmine.segment.wordings import Wording

_MEETING = "ที่ประชุม|คณะรัฐมนตรี"
_BODY = rf"(?:{_MEETING}|ครม\.|คณะ(?:อนุ)?กรรมการ\S{{0,60}}?)"
# The text itself says that it is a resolution: in minutes by a label, in reports on them by a verb.
_LABEL = re.compile(rf"มติ(?:{_MEETING})?(?: ?[:：]| ?\([0-9]+\)|(?= ))(?: ?\([0-9]+\))? ?")
_RESOLVED = re.compile(rf"{_BODY} ?(?:ได้)?(?:พิจารณา(?:แล้ว)? ?)?(?:ได้|จึง)?(?:(?:มี|ลง)มติ|มอบหมาย)")
# The line above a list, or the heading, says so of what follows.
_INTRODUCES = Wording(
    pattern=rf"(?:มีมติ|ลงมติ|มติ(?:{_MEETING})|มอบหมาย|สั่งการ)(?!.*มติ).{{0,120}}(?:<as_follows>|คือ|[:：])\s*$"
)
_HEADING = re.compile(
    rf"[0-9.() ]*(?:สรุป)?(?:มติ|ข้อสั่งการ)(?:{_MEETING}|(?:ใน)?(?:การประชุม)?(?:คราว|ครั้ง)|เดิม|\s|[:：]|$)"
)
# People's assemblies use these words for what they ask of others: จึงมีมติดังต่อไปนี้ ๑. ขอให้กระทรวง...
_OF_ASSEMBLY = Wording(pattern=r"จึง(?:ได้)?มีมติ ?<as_follows>")
# `1.`, `(2)`, `3.1)`.
_NUMBER = re.compile(r"^\(?[0-9]{1,2}(?:\.[0-9]{1,2})*[.)]* ")
# A report on a resolution says what is to be done: `มีมติมอบหมายให้กรมสมมติ...`.
_TOLD_TO_DO = Wording("body", pattern=r"มอบ(?:หมาย)?ให้|กำชับให้|สั่งการให้|(?:มี|ลง)มติให้|มอบหมาย(?=หน่วย|<words>)")
# The resolution itself says it: `ให้จังหวัดสมมติ...`, even after another one: `รับทราบรายงาน และให้กรมสมมติ...`.
_ASSIGNS = Wording(
    "body",
    pattern=r"(?:ขอ)?ให้(?!ข้อมูล|สัมภาษณ์|ถ้อยคำ|ความเห็นชอบ)|มอบ(?!โล่|รางวัล|เงิน|ทุน|เกียรติ)|กำชับ|สั่งการ|เร่งรัด|ห้าม"
    r"|(?:ให้ความ)?เห็นชอบให้|อนุมัติให้|รับทราบ(?:.{0,150} )?และ(?:ขอ)?(?:ให้|มอบหมาย)"
    r"|.{0,200}(?:และ|ทั้งนี้ ?|โดย| )มอบหมายให้"
    r"|(?:เห็นชอบ|รับทราบ|อนุมัติ)[^|]{0,150}?(?:และ| )มอบ(?:หมาย)?(?!โล่|รางวัล|เงิน|ทุน|เกียรติ|อำนาจ) ?[\u0e01-\u0e2e]"
    r"|(?:เห็นชอบ|รับทราบ|อนุมัติ|รับรอง)[^|]{0,150}?(?:และ|โดย|ทั้งนี้) ?ขอให้ ?[\u0e01-\u0e2e\u0e40-\u0e44]"
    r"|(?!อนุมัติ(?:งบ|วงเงิน|เงิน)).{0,200}(?:และ|ทั้งนี้ ?|โดย| )(?:ขอ|มอบหมาย)?ให้ ?"
    r"(?:<words>|คณะ|ฝ่าย|พมจ|อปท|อบต|ทุก|เสนอ|นำ|แก้ไข|รายงาน|จัด)",
)
# `เห็นชอบในหลักการของ (ร่าง) แผน...`.
_APPROVES_A_PLAN = re.compile(
    r"(?:(?:ให้ความ)?เห็นชอบ|อนุมัติ|รับ)(?:ใน)?(?:หลักการ)?(?:ของ|ต่อ|กับ)? ?(?:\(?ร่าง\)? ?)?"
    r"(?:แผน|โครงการ|มาตรการ|แนวทาง|ยุทธศาสตร์|นโยบาย|กลไก|กิจกรรม|กรอบ(?:แนวทาง|การดำเนิน|แผน))"
)
# `รับทราบ...`, `เห็นชอบ...`; in a report on the resolution: `มีมติเห็นชอบ...`.
_REPORTS = re.compile(r"(?:ให้ความ)?เห็นชอบ|อนุมัติ|รับทราบ|รับรอง|แต่งตั้ง|รับหลักการ|เห็นด้วย|ยกเว้น")
_TOLD = re.compile(rf"มติ ?(?:{_REPORTS.pattern})")


def labels_a_resolution(text: str) -> bool:
    """Whether a paragraph is nothing but the label of the resolution below it: `มติที่ประชุม`."""
    return bool(_LABEL.fullmatch(f"{text.strip()} "))


def resolution(text: str, path: tuple[str, ...]) -> Literal["to do", "reported", "open", ""]:
    """What sort of resolution a text is; empty if it is not a resolution.

    `path` has the headings and the introduction of the list, outermost first. "open" means that it is a resolution, but
    of unknown sort: a bare verb may say what is to be done.
    """
    if _RESOLVED.match(text):
        return "to do" if _TOLD_TO_DO.search(text) else "reported" if _TOLD.search(text) else "open"
    text, labelled = _LABEL.subn("", text, count=1) if _LABEL.match(text) else (text, 0)
    above = "".join(path[-1:])
    if _OF_ASSEMBLY.match(above) or not (labelled or _HEADING.match(above) or _INTRODUCES.search(above)):
        return ""
    text = _NUMBER.sub("", text, count=1)
    if _ASSIGNS.match(text) or _APPROVES_A_PLAN.match(text):
        return "to do"
    return "reported" if _REPORTS.match(text) else "open"
