"""Which part of a report a passage is in: of the headings above it, the innermost that names a part decides.

Provincial reports put problems and proposals into one chapter (`ปัญหาอุปสรรคและข้อเสนอแนะ > ปัญหาอุปสรรค`): the
chapter's name says nothing about a passage whose own heading names one of the two.
"""

from __future__ import annotations

import re
from typing import Literal

from tipmine.segment.wordings import Wording

Part = Literal["problems", "reasoning", "limits", "measures", "proposals", "several", ""]

_PROPOSALS = Wording(
    "proposal", pattern=r"<words>|(?:แนวทาง|วิธี|มาตรการ)(?:การ|ใน(?:การ)?)?(?:แก้|ป้องกัน|พัฒนา)|นำผล|ที่เสนอ"
)
# The words for proposals in a heading that also names another part.
_BESIDE = Wording("proposal", pattern=r"(?:\s|,|/|และ)*<words>(?:แนะ|เชิงนโยบาย)?(?:และ)?")
_PROBLEMS = Wording(
    "problem",
    pattern=r"(?<!แก้)(?<!แก้ไข)(?<!ป้องกัน)(?<!จัดการ)(?<!ลด)(?<!ขจัด)(?<!ปราบปราม)(?<!รับมือ)(?<!ต่อ)(?<!กับ)ปัญหา|<words>",
)
_LIMITS = Wording("study", pattern=r"(?:ข้อ)?จำกัด(?:ของ|ใน)?(?:การ|งาน|ผล)?(?:<words>|ข้อมูล|รายงาน)")
_MEASURES = Wording("plan_part", pattern="<words>|แนวทาง|กิจกรรม|แผน|โครงการ|เป้าหมาย|วิธี")
# Divisions of a part, which do not show what part it is. Heads such as พื้นที่ศึกษา are divisions here (they name no
# part), but are not nested deeper than other headings.
_DIVISION = Wording(
    "division", pattern=r"[0-9.() ]*(?:<words>|ภารกิจ|อำเภอ|พื้นที่|การ(?:ป้องกัน|คุ้มครอง|ดำเนินคดี|ปราบปราม|บังคับใช้|ประสาน))"
)
# Findings and what they mean: reasoning and theory say in passing what should be. Of the words for studies (`study`),
# ประเมิน is not among them: plans report results of evaluations as well.
_REASONING = re.compile(
    r"อภิปราย(?!ราย|ทั่วไป|ไม่ไว้วางใจ)|ผล(?:ของ)?(?:การ)?(?:วิจัย|ศึกษา|วิเคราะห์|สัมภาษณ์|สำรวจ)|ข้อค้นพบ|ทฤษฎี|วรรณกรรม"
    r"|งานวิจัยที่เกี่ยวข้อง|แนวคิด(?!ริเริ่ม)"
)

_NAMES: dict[Part, re.Pattern[str] | Wording]
_NAMES = {"limits": _LIMITS, "problems": _PROBLEMS, "reasoning": _REASONING, "measures": _MEASURES}
"""The patterns of the parts other than proposals; the first that fits decides."""


def part_of(heading: str) -> Part:
    """The part of a report that a heading names; "several" if it names proposals together with problems or results."""
    part: Part = next((part for part, pattern in _NAMES.items() if pattern.search(heading)), "")
    if _PROPOSALS.search(heading):
        return "several" if part not in ("", "measures") else "proposals"
    return part


def own_part(path: tuple[str, ...]) -> Part:
    """The part named by the innermost heading that names one; empty if no heading does.

    A heading of problems under one of proposals says what the proposals are for: there the answer is "proposals".
    """
    parts = [part for part in map(part_of, path) if part]
    if not parts:
        return ""
    return "proposals" if parts[-1] == "problems" and "proposals" in parts else parts[-1]


def ruling_part(path: tuple[str, ...]) -> Part:
    """The part as in `own_part`, but only if it is sure enough to rule out kinds; else empty.

    `ปัญหา` is in titles of whole reports, too. So a heading of problems counts only if it is the innermost or if the
    innermost is a division (`ด้านการป้องกัน`) of it.
    """
    part = own_part(path)
    if part in ("problems", "several") and part_of(path[-1]) != part and not _DIVISION.match(path[-1]):
        return ""
    return part


def narrowed(path: tuple[str, ...]) -> tuple[str, ...]:
    """A heading path; if the passage is in another part, headings of several parts lose the words for proposals."""
    if own_part(path) not in ("problems", "reasoning", "limits"):
        return path
    return tuple(_BESIDE.sub("", heading) if part_of(heading) == "several" else heading for heading in path)
